"""Opening a snapshot and asking it."""

from collections.abc import Callable, Sequence
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
from recs.parts import FittedGenerator, ServingConfig, SnapshotParts, blended_neighbours
from recs.ranking.candidates import Candidates
from recs.snapshot import RecommenderSnapshot
from recs.storage import SnapshotFacts
from recs.vocabulary import Vocabulary

_HISTORY: Final = 50
_NEIGHBOURS: Final = 64
_FAMILY: Final = 256

Q = TypeVar("Q")


def write_large(n_items: int, names: Sequence[str], path: Path) -> None:
    """Write a snapshot that nobody fitted: that would not change what serving costs.

    Parameters
    ----------
    n_items : int
    names : sequence of str
        Its generators; each has a table of its own.
    path : Path
        Must not exist.
    """
    rng = np.random.default_rng(SEED)
    categories = (np.arange(n_items) % CATEGORIES).astype(np.int32)
    listed = np.ones(n_items, dtype=np.bool_)
    ranked = RankedList.of(rng.random(n_items, dtype=np.float32), categories, CATEGORIES, listed)
    generators = tuple(FittedGenerator(name, 1.0, _neighbours(n_items, rng)) for name in names)
    parts = SnapshotParts(
        vocabulary=Vocabulary.of(np.arange(n_items, dtype=np.int64) * 7 + 5).addressed(),
        attributes=ItemAttributes(
            categories,
            (np.arange(n_items) % BRANDS).astype(np.int32),
            Vocabulary.of(np.arange(CATEGORIES)),
            Vocabulary.of(np.arange(BRANDS)),
        ),
        generators=generators,
        blended=blended_neighbours(generators),
        popular=ranked,
        trending=ranked,
        newest=ranked,
        repeat_rates=np.zeros(n_items, dtype=np.float32),
        serving=ServingConfig(),
    )
    RecommenderSnapshot(parts, SnapshotFacts(AS_OF, {"items": n_items}, {}, {})).save(path)


def _neighbours(n_items: int, rng: np.random.Generator) -> NeighbourTable:
    """Make neighbours half of an item's own family, so that items of a history agree, half from anywhere."""
    family, half = min(_FAMILY, n_items), min(_NEIGHBOURS // 2, n_items // 4)
    items, steps = np.arange(n_items)[:, None], np.arange(half)
    own = items - items % family
    near = own + steps * (family // half) + rng.integers(0, family // half, (n_items, half))
    positions = [np.minimum(near, n_items - half + steps)]
    stride = (n_items - 2 * family) // half
    if stride > 0:
        positions.append((own + family + steps * stride + rng.integers(0, stride, (n_items, 1))) % n_items)
    joined = np.stack(positions, axis=2).reshape(n_items, -1).astype(np.int32)
    return NeighbourTable(joined, np.sort(rng.random(joined.shape, dtype=np.float32), axis=1)[:, ::-1])


def measure_serving(path: Path, requests: int) -> list[Figure]:
    """Measure opening a snapshot and asking it, each request with another history of 50 items."""
    opened, snapshot = _opened(path, verify=False, times=20)
    verified, _ = _opened(path, verify=True, times=1)
    size = f"{snapshot.n_items:,} items"
    asked = f"{' + '.join(generator.name for generator in snapshot.parts.generators)}, {size}"
    histories, eligible = _requests(snapshot, requests)
    excluded = snapshot.item_ids[:3].tolist()
    candidates = [snapshot.score(history) for history in histories[:200]]

    def recommend(history: History) -> object:
        return snapshot.recommend(history, 12, eligible, excluded)

    def cut(scored: Candidates) -> object:
        return scored.slate(12, eligible=eligible, exclude=excluded)

    return [
        Figure(f"open, {asked}", opened * 1e3, "ms", 10.0),
        Figure(f"open and verify, {asked}", verified * 1e3, "ms"),
        *_timed(f"recommend, {asked}", recommend, histories, 150.0, 1000.0),
        *_timed(f"score, {asked}", snapshot.score, histories),
        *_timed(f"slate of 12, {asked}", cut, candidates),
        *_timed(f"popular, {asked}", snapshot.popular, [12] * 500),
        Figure(f"serving, peak memory, {asked}", peak_rss_mb(), "MB"),
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
