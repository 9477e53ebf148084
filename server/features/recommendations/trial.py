"""Judges models on what happened after the moment they know of: no look ahead, the same shoppers for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from recs import History, RecommenderSnapshot
from server.features.recommendations.training import TrainingWindow

CUTOFF = 10
MAX_SHOPPERS = 2_000
MIN_SHOPPERS = 30
# With so many a cut is moved forward, to let the candidate know a part of what the champion does not.
AMPLE_SHOPPERS = 100
HISTORY_LENGTH = 50
TEST_SHARE = 0.1

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One shopper: what was known at the cut, and what they turned to next."""

    history: History
    targets: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """A window cut at one instant."""

    cut_s: float
    training: pd.DataFrame
    catalogue: pd.DataFrame
    cases: tuple[Case, ...]


def split_window(window: TrainingWindow, *, champion_until_s: float | None, seed: int = 0) -> Split:
    """Cut after the champion's knowledge ends, if enough happened since; else before the last tenth.

    Only so is a comparison with the champion fair: everything it is judged on came after it was fitted. Cut
    at the very end of its knowledge, the candidate would be its twin, and what newer events teach would count
    for nothing; so where the newer half of them, or of very many the last tenth of the window, suffices to
    judge by, it learns from the rest.
    """
    interactions = window.interactions
    times = interactions["timestamp"].to_numpy()
    last_tenth = float(np.quantile(times, 1.0 - TEST_SHARE)) if len(times) else 0.0
    if champion_until_s is not None:
        for cut_s, least in _cuts_after(times, champion_until_s, last_tenth):
            cases = _cases(interactions, cut_s, seed)
            if len(cases) >= least:
                return _split(window, cut_s, cases)
    return _split(window, last_tenth, _cases(interactions, last_tenth, seed))


def _cuts_after(times: Floats, champion_until_s: float, last_tenth: float) -> Iterator[tuple[float, int]]:
    """Yield cuts that are fair to the champion, and how many shoppers each must leave to judge by."""
    since = times[times > champion_until_s]
    if len(since):
        half = float(np.median(since))
        if last_tenth > half:
            yield last_tenth, AMPLE_SHOPPERS
        yield half, AMPLE_SHOPPERS
    yield champion_until_s, MIN_SHOPPERS


def _split(window: TrainingWindow, cut_s: float, cases: tuple[Case, ...]) -> Split:
    known = window.interactions[window.interactions["timestamp"] <= cut_s]
    listed = window.catalogue[window.catalogue["listed_at"] <= cut_s]
    return Split(cut_s, known, listed, cases)


def _cases(interactions: pd.DataFrame, cut_s: float, seed: int) -> tuple[Case, ...]:
    positive = interactions[interactions["weight"] > 0]
    after = positive[positive["timestamp"] > cut_s]
    shoppers = np.unique(after["user_id"].to_numpy())
    if len(shoppers) > MAX_SHOPPERS:
        shoppers = np.random.default_rng(seed).choice(shoppers, MAX_SHOPPERS, replace=False)
    before = positive[(positive["timestamp"] <= cut_s) & positive["user_id"].isin(shoppers)]
    before = (
        before.sort_values(["user_id", "timestamp"], kind="stable").groupby("user_id").tail(HISTORY_LENGTH)
    )
    targets = after[after["user_id"].isin(shoppers)].groupby("user_id")["item_id"].agg(frozenset).to_dict()
    cases = []
    for user_id, rows in before.groupby("user_id"):
        wanted = targets[user_id] - set(rows["item_id"].tolist())
        if wanted:
            cases.append(Case(_history(rows, cut_s), frozenset(wanted)))
    return tuple(cases)


def _history(rows: pd.DataFrame, as_of: float) -> History:
    return History(
        item_ids=rows["item_id"].to_numpy(),
        events=rows["event"].to_numpy(),
        weights=rows["weight"].to_numpy(),
        timestamps=rows["timestamp"].to_numpy(),
        as_of=as_of,
    )


def recent_histories(window: TrainingWindow, limit: int, *, seed: int = 0) -> list[History]:
    """Return what some shoppers did last, as a worker would ask with it."""
    shoppers = window.interactions["user_id"].unique()
    if len(shoppers) > limit:
        shoppers = np.random.default_rng(seed).choice(shoppers, limit, replace=False)
    rows = window.interactions[window.interactions["user_id"].isin(shoppers)]
    rows = rows.sort_values(["user_id", "timestamp"], kind="stable").groupby("user_id").tail(HISTORY_LENGTH)
    as_of = window.until.timestamp()
    return [_history(mine, as_of) for _user_id, mine in rows.groupby("user_id")]


def judge(snapshot: RecommenderSnapshot, cases: tuple[Case, ...]) -> Floats:
    """Return nDCG@10 of every case."""
    return np.array(
        [_ndcg(snapshot.recommend(case.history, n=CUTOFF).item_ids, case.targets) for case in cases]
    )


def judge_popularity(snapshot: RecommenderSnapshot, cases: tuple[Case, ...]) -> Floats:
    """Return nDCG@10 of every case when all are shown what is popular."""
    return np.array(
        [
            _ndcg(snapshot.popular(CUTOFF, exclude=case.history.item_ids).item_ids, case.targets)
            for case in cases
        ]
    )


def _ndcg(shown: NDArray[Any], targets: frozenset[int]) -> float:
    gains = [1.0 / np.log2(rank + 2) for rank, item_id in enumerate(shown.tolist()) if item_id in targets]
    ideal = sum(1.0 / np.log2(rank + 2) for rank in range(min(CUTOFF, len(targets))))
    return float(sum(gains) / ideal)
