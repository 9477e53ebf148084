"""Fitting: item-kNN, all counting models, and adding events between refits."""

import warnings
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix

from recs.bench.figures import Figure, peak_rss_mb
from recs.bench.synthetic import AS_OF, read_input
from recs.candidates.item_knn import ItemKnn
from recs.candidates.item_to_item import ItemToItem
from recs.candidates.transitions import Transitions
from recs.catalogue import catalogue_ids, catalogue_of
from recs.incremental.state import CountingState, counted_half_lives
from recs.interactions import Interactions
from recs.matrix import user_items
from recs.recommender import HybridConfig, HybridRecommender
from recs.training import TrainingSet

COUNTING: Final = (ItemKnn(threads=2), ItemToItem(Transitions(threads=2)))
"""Every generator of the library that counts; the first of them is what is served without a choice."""

_ROUNDS: Final = 3
_BATCH: Final = 10_000


def measure_knn(path: Path, gate_s: float | None) -> list[Figure]:
    """Measure fitting item-kNN, matrix included, on checked interactions."""
    training = _training(path)
    figures = []
    for threads in (1, 2):
        wall, cpu = _timed(partial(ItemKnn(threads=threads).fit, training))
        name = f"item-kNN, {len(training.interactions):,} interactions, {threads} thread{'s' * (threads > 1)}"
        figures += [
            Figure(name, wall, "s", gate_s if threads > 1 else None),
            Figure(f"{name}, processor time", cpu, "s"),
        ]
    return figures


def measure_beside_implicit(path: Path) -> list[Figure]:
    """Measure item-kNN beside `implicit` on one thread, by turns, in processor time; nothing without it."""
    try:
        implicit = import_module("implicit.nearest_neighbours")
    except ImportError:
        return []
    training = _training(path)
    config = ItemKnn()
    matrix = user_items(training.interactions, half_life_s=config.half_life_s, history_cap=config.history_cap)
    as_matrix = csr_matrix(matrix)  # the type that it takes without converting
    ours, theirs = [], []
    for _ in range(_ROUNDS):
        ours.append(_timed(lambda: config.fit_matrix(matrix, training.catalogue.listed))[1])
        # One more neighbour, because there every item counts itself.
        other = implicit.CosineRecommender(K=config.neighbours + 1, num_threads=1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it converts its own transpose and says so
            theirs.append(_timed(partial(other.fit, as_matrix, show_progress=False))[1])
    name = f"item-kNN, {len(training.interactions):,} interactions, 1 thread"
    return [
        Figure(f"{name}, implicit's processor time", float(np.median(theirs)), "s"),
        Figure(f"{name}, to implicit", float(np.median(ours) / np.median(theirs)), "x", 1.3),
    ]


def measure_counting(path: Path, snapshot: Path, gates: tuple[float, float] | None) -> list[Figure]:
    """Measure fitting item-kNN, transitions and the lists of popular items from a table, and saving them."""
    interactions, items = read_input(path)
    before_mb = peak_rss_mb()
    recommender = HybridRecommender(HybridConfig(generators=COUNTING))
    started, cpu_started = perf_counter(), process_time()
    fitted = recommender.fit(interactions, items, as_of=AS_OF)
    wall, cpu = perf_counter() - started, process_time() - cpu_started
    above_mb = peak_rss_mb() - before_mb
    saving, _ = _timed(lambda: fitted.save(snapshot))
    name = f"all counting models, {len(interactions):,} interactions, 2 threads"
    gate_s, gate_mb = gates or (None, None)
    return [
        Figure(name, wall, "s", gate_s),
        Figure(f"{name}, processor time", cpu, "s"),
        Figure(f"{name}, peak memory above its input", above_mb, "MB", gate_mb),
        Figure("save", saving, "s"),
    ]


def measure_incremental(path: Path) -> list[Figure]:
    """Measure counting once, adding a batch, forgetting a person, and fitting from the counts."""
    interactions, items = read_input(path)
    config = HybridConfig(generators=(ItemKnn(threads=2),))
    base, batch = interactions.iloc[:-_BATCH], interactions.iloc[-_BATCH:]
    states: list[CountingState] = []

    def count(make: Callable[[], CountingState]) -> float:
        return _timed(lambda: states.append(make()))[0]

    counting = count(lambda: CountingState.of(base, counted_half_lives(config), as_of=AS_OF))
    adding = count(lambda: states[-1].apply(batch, as_of=AS_OF))
    forgetting = count(lambda: states[-1].forget(batch["user_id"].iloc[:1].tolist()))
    fitting, _ = _timed(lambda: states[-1].snapshot(config, items))
    return [
        Figure(f"count {len(base):,} interactions", counting, "s"),
        Figure(f"add {len(batch):,} events to the counts", adding, "s"),
        Figure("forget one person", forgetting, "s"),
        Figure("fit from the counts, 2 threads", fitting, "s"),
    ]


def _training(path: Path) -> TrainingSet:
    interactions, items = read_input(path)
    window = Interactions.of(interactions, as_of=AS_OF, item_ids=catalogue_ids(items))
    return TrainingSet(window, catalogue_of(items, window.items))


def _timed(call: Callable[[], object]) -> tuple[float, float]:
    started, cpu_started = perf_counter(), process_time()
    call()
    return perf_counter() - started, process_time() - cpu_started
