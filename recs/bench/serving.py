"""Opening a snapshot and asking it."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Final, TypeVar

import numpy as np

from recs.arrays import Mask
from recs.attributes import ItemAttributes
from recs.bench.figures import Figure, peak_rss_mb
from recs.bench.synthetic import AS_OF, BRANDS, CATEGORIES, SEED, popularity
from recs.candidates.neighbours import NeighbourTable
from recs.candidates.ranked_list import RankedList
from recs.columns import DAY_S
from recs.history import History
from recs.parts import FittedGenerator, ServingConfig, SnapshotParts
from recs.ranking.candidates import Candidates
from recs.snapshot import RecommenderSnapshot
from recs.storage import SnapshotFacts
from recs.vocabulary import Vocabulary

_HISTORY: Final = 50
_NEIGHBOURS: Final = 64

Q = TypeVar("Q")


def write_large(n_items: int, path: Path) -> None:
    """Write a snapshot with random neighbours: fitting it would not change what serving costs."""
    rng = np.random.default_rng(SEED)
    categories = (np.arange(n_items) % CATEGORIES).astype(np.int32)
    listed = np.ones(n_items, dtype=np.bool_)
    scores = np.sort(rng.random((n_items, _NEIGHBOURS), dtype=np.float32), axis=1)[:, ::-1]
    table = NeighbourTable(rng.integers(0, n_items, scores.shape, dtype=np.int32), scores)
    ranked = RankedList.of(rng.random(n_items, dtype=np.float32), categories, CATEGORIES, listed)
    parts = SnapshotParts(
        vocabulary=Vocabulary.of(np.arange(n_items, dtype=np.int64) * 7 + 5),
        attributes=ItemAttributes(
            categories,
            (np.arange(n_items) % BRANDS).astype(np.int32),
            Vocabulary.of(np.arange(CATEGORIES)),
            Vocabulary.of(np.arange(BRANDS)),
        ),
        generators=(FittedGenerator("item_knn", 1.0, table),),
        popular=ranked,
        trending=ranked,
        newest=ranked,
        repeat_rates=np.zeros(n_items, dtype=np.float32),
        serving=ServingConfig(),
    )
    RecommenderSnapshot(parts, SnapshotFacts(AS_OF, {"items": n_items}, {}, {})).save(path)


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
        *_timed(f"recommend, {size}", recommend, histories, 150.0, 1000.0),
        *_timed(f"score, {size}", snapshot.score, histories),
        *_timed(f"slate of 12, {size}", cut, candidates),
        *_timed(f"popular, {size}", snapshot.popular, [12] * 500),
        Figure(f"serving, peak memory, {size}", peak_rss_mb(), "MB"),
    ]


def _opened(path: Path, *, verify: bool, times: int) -> tuple[float, RecommenderSnapshot]:
    snapshots, took = [], []
    for _ in range(times):
        started = perf_counter()
        snapshots.append(RecommenderSnapshot.load(path, verify=verify))
        took.append(perf_counter() - started)
    return float(np.median(took)), snapshots[0]


def _requests(snapshot: RecommenderSnapshot, requests: int) -> tuple[list[History], Mask]:
    rng = np.random.default_rng(SEED)
    chosen = rng.choice(snapshot.n_items, (requests, _HISTORY), p=popularity(snapshot.n_items))
    events = rng.integers(1, 6, chosen.shape).astype(np.uint8)
    ages_s = np.sort(rng.exponential(DAY_S, chosen.shape), axis=1)[:, ::-1]
    histories = [
        History(snapshot.item_ids[items], kinds, None, AS_OF - ages, AS_OF)
        for items, kinds, ages in zip(chosen, events, ages_s, strict=True)
    ]
    return histories, rng.random(snapshot.n_items) < 0.9


def _timed(
    name: str,
    call: Callable[[Q], object],
    questions: list[Q],
    gate: float | None = None,
    tail_gate: float | None = None,
) -> list[Figure]:
    for question in questions[:50]:
        call(question)
    took = []
    for question in questions:
        started = perf_counter()
        call(question)
        took.append(perf_counter() - started)
    return [
        Figure(f"{name}, median", float(np.median(took)) * 1e6, "us", gate),
        Figure(f"{name}, p99", float(np.percentile(took, 99)) * 1e6, "us", tail_gate),
    ]
