"""`python -m recs bench`: figures of the library on this machine, on long-tailed synthetic input."""

import argparse
import json
import resource
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd
from tqdm import tqdm

from recs.arrays import Floats, Mask
from recs.attributes import ItemAttributes
from recs.candidates.item_knn import ItemKnn
from recs.candidates.neighbours import NeighbourTable
from recs.candidates.ranked_list import RankedList
from recs.columns import DAY_S
from recs.history import History
from recs.parts import FittedGenerator, ServingConfig, SnapshotParts
from recs.ranking.candidates import Candidates
from recs.recommender import HybridConfig, HybridRecommender
from recs.snapshot import RecommenderSnapshot
from recs.storage import SnapshotFacts
from recs.vocabulary import Vocabulary

_SEED: Final = 7
_AS_OF: Final = 60 * DAY_S
_HISTORY: Final = 20
_NEIGHBOURS: Final = 64
_CATEGORIES: Final = 14
_BRANDS: Final = 40
_RSS_UNITS_PER_MB: Final = 2**20 if sys.platform == "darwin" else 2**10

T = TypeVar("T")
Q = TypeVar("Q")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; the gate is a limit from above, or None for the reader only."""

    name: str
    value: float
    unit: str
    gate: float | None = None

    def row(self) -> dict[str, Any]:
        """Return the row of the report."""
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "gate": self.gate,
            "ratioToBare": None,
        }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--json", type=Path, required=True, metavar="OUT", help="where the figures are written"
    )
    parser.add_argument("--interactions", type=int, default=2_000_000, metavar="N", help="default 2,000,000")
    parser.add_argument("--users", type=int, default=50_000, metavar="N", help="default 50,000")
    parser.add_argument("--items", type=int, default=20_000, metavar="N", help="default 20,000")
    parser.add_argument(
        "--large-items", type=int, default=1_000_000, metavar="N", help="default 1,000,000; 0 skips"
    )
    parser.add_argument(
        "--requests", type=int, default=2_000, metavar="N", help="requests per figure (default 2,000)"
    )


def run(arguments: argparse.Namespace, *, progress: bool) -> str:
    """Measure, write the report.

    Returns
    -------
    str
        A table of the figures.
    """
    figures: list[Figure] = []
    sizes = [size for size in (arguments.items, arguments.large_items) if size]
    with (
        tempfile.TemporaryDirectory(prefix="recs-bench-") as directory,
        tqdm(total=1 + len(sizes), desc="bench", unit="stage", disable=not progress) as bar,
    ):
        snapshot = Path(directory) / "fitted"
        figures += _alone(measure_fit, arguments.interactions, arguments.users, arguments.items, snapshot)
        bar.update()
        for size in sizes:
            path = snapshot
            if size != arguments.items:
                path = Path(directory) / "large"
                _alone(write_large, size, path)
            figures += _alone(measure_serving, path, arguments.requests)
            bar.update()
    arguments.json.write_text(
        json.dumps([figure.row() for figure in figures], indent=2) + "\n", encoding="utf-8"
    )
    return "\n".join(
        f"{figure.name:<40} {figure.value:>12,.3f} {figure.unit:<4}"
        + (f" (at most {figure.gate:g})" if figure.gate is not None else "")
        for figure in figures
    )


def _alone(measure: Callable[..., T], *arguments: Any) -> T:
    # A process per stage: its peak memory is its own, and no allocation of one stage warms up another.
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, *arguments).result()


def _peak_rss_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _RSS_UNITS_PER_MB


def _popularity(n_items: int) -> Floats:
    weights: Floats = np.arange(1, n_items + 1, dtype=np.float64) ** -0.8
    weights /= weights.sum()
    return weights


def synthetic(n_interactions: int, n_users: int, n_items: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make interactions with a long tail, and their catalogue.

    Parameters
    ----------
    n_interactions, n_users, n_items : int

    Returns
    -------
    interactions, items : DataFrame
        The same for the same numbers.
    """
    rng = np.random.default_rng(_SEED)
    ids = np.arange(n_items, dtype=np.int64) * 7 + 5
    interactions = pd.DataFrame(
        {
            "user_id": rng.integers(0, n_users, n_interactions),
            "item_id": ids[rng.choice(n_items, n_interactions, p=_popularity(n_items))],
            "timestamp": rng.uniform(0, _AS_OF, n_interactions),
            "event": rng.choice(
                ["view", "click", "favorite", "cart_add", "purchase"],
                n_interactions,
                p=[0.6, 0.2, 0.1, 0.07, 0.03],
            ),
        }
    )
    items = pd.DataFrame(
        {
            "item_id": ids,
            "category": np.arange(n_items) % _CATEGORIES,
            "brand": np.arange(n_items) % _BRANDS,
            "listed_at": rng.uniform(0, _AS_OF, n_items),
        }
    )
    return interactions, items


def measure_fit(n_interactions: int, n_users: int, n_items: int, path: Path) -> list[Figure]:
    """Measure fitting with one and two threads, and saving."""
    interactions, items = synthetic(n_interactions, n_users, n_items)
    before_mb = _peak_rss_mb()
    snapshot, one_thread = _timed_fit(interactions, items, threads=1)
    peak_mb = _peak_rss_mb()
    _, two_threads = _timed_fit(interactions, items, threads=2)
    started = perf_counter()
    snapshot.save(path)
    saved = perf_counter() - started
    return [
        *one_thread,
        *two_threads,
        Figure("fit, peak memory", peak_mb, "MB"),
        Figure("fit, peak memory above its input", peak_mb - before_mb, "MB"),
        Figure("save", saved, "s"),
    ]


def _timed_fit(
    interactions: pd.DataFrame, items: pd.DataFrame, *, threads: int
) -> tuple[RecommenderSnapshot, list[Figure]]:
    recommender = HybridRecommender(HybridConfig(generators=(ItemKnn(threads=threads),)))
    started, cpu_started = perf_counter(), process_time()
    snapshot = recommender.fit(interactions, items, as_of=_AS_OF)
    wall, cpu = perf_counter() - started, process_time() - cpu_started
    name = f"fit, {threads} thread{'s' * (threads > 1)}"
    return snapshot, [Figure(name, wall, "s", 3.0), Figure(f"{name}, processor time", cpu, "s")]


def write_large(n_items: int, path: Path) -> None:
    """Write a snapshot with random neighbours: fitting it would not change what serving costs."""
    rng = np.random.default_rng(_SEED)
    categories = (np.arange(n_items) % _CATEGORIES).astype(np.int32)
    listed = np.ones(n_items, dtype=np.bool_)
    scores = np.sort(rng.random((n_items, _NEIGHBOURS), dtype=np.float32), axis=1)[:, ::-1]
    table = NeighbourTable(rng.integers(0, n_items, scores.shape, dtype=np.int32), scores)
    ranked = RankedList.of(rng.random(n_items, dtype=np.float32), categories, _CATEGORIES, listed)
    parts = SnapshotParts(
        vocabulary=Vocabulary.of(np.arange(n_items, dtype=np.int64) * 7 + 5),
        attributes=ItemAttributes(
            categories,
            (np.arange(n_items) % _BRANDS).astype(np.int32),
            Vocabulary.of(np.arange(_CATEGORIES)),
            Vocabulary.of(np.arange(_BRANDS)),
        ),
        generators=(FittedGenerator("item_knn", 1.0, table),),
        popular=ranked,
        trending=ranked,
        newest=ranked,
        repeat_rates=np.zeros(n_items, dtype=np.float32),
        serving=ServingConfig(),
    )
    RecommenderSnapshot(parts, SnapshotFacts(_AS_OF, {"items": n_items}, {}, {})).save(path)


def measure_serving(path: Path, requests: int) -> list[Figure]:
    """Measure opening a snapshot and asking it, each request with another history."""
    opened, snapshot = _opened(path, verify=False, times=20)
    verified, _ = _opened(path, verify=True, times=1)
    size = f"{snapshot.n_items:,} items"
    histories, eligible = _requests(snapshot, requests)
    excluded = snapshot.item_ids[:3].tolist()
    candidates = [snapshot.score(history) for history in histories[:200]]

    def recommend(history: History) -> object:
        return snapshot.recommend(history, 12, eligible, excluded)

    def cut(scored: Candidates) -> object:
        return scored.slate(12, eligible=eligible, exclude=excluded)

    return [
        Figure(f"open, {size}", opened * 1e3, "ms", 10.0),
        Figure(f"open and verify, {size}", verified * 1e3, "ms"),
        *_timed(f"recommend, {size}", recommend, histories, 200.0),
        *_timed(f"score, {size}", snapshot.score, histories, 120.0),
        *_timed(f"slate of 12, {size}", cut, candidates, None),
        *_timed(f"popular, {size}", snapshot.popular, [12] * 500, None),
        Figure(f"serving, peak memory, {size}", _peak_rss_mb(), "MB"),
    ]


def _opened(path: Path, *, verify: bool, times: int) -> tuple[float, RecommenderSnapshot]:
    snapshots, took = [], []
    for _ in range(times):
        started = perf_counter()
        snapshots.append(RecommenderSnapshot.load(path, verify=verify))
        took.append(perf_counter() - started)
    return float(np.median(took)), snapshots[0]


def _requests(snapshot: RecommenderSnapshot, requests: int) -> tuple[list[History], Mask]:
    rng = np.random.default_rng(_SEED)
    chosen = rng.choice(snapshot.n_items, (requests, _HISTORY), p=_popularity(snapshot.n_items))
    events = rng.integers(1, 6, chosen.shape).astype(np.uint8)
    ages_s = np.sort(rng.exponential(DAY_S, chosen.shape), axis=1)[:, ::-1]
    histories = [
        History(snapshot.item_ids[items], kinds, None, _AS_OF - ages, _AS_OF)
        for items, kinds, ages in zip(chosen, events, ages_s, strict=True)
    ]
    return histories, rng.random(snapshot.n_items) < 0.9


def _timed(name: str, call: Callable[[Q], object], questions: list[Q], gate: float | None) -> list[Figure]:
    for question in questions[:50]:
        call(question)
    took = []
    for question in questions:
        started = perf_counter()
        call(question)
        took.append(perf_counter() - started)
    return [
        Figure(f"{name}, median", float(np.median(took)) * 1e6, "us", gate),
        Figure(f"{name}, p99", float(np.percentile(took, 99)) * 1e6, "us"),
    ]
