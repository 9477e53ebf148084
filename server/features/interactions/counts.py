"""What visitors turned to since the last fit: counted in memory within the bounds that training sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from server.features.interactions.domain import WEIGHTS
from server.features.interactions.ledger import Ledger, Uncounted

MAX_COUNTS = 20_000
# What training allows a visitor in a day; here for as long as the counts last, which is shorter mostly.
MAX_COUNTS_PER_VISITOR = 100
DAY_MS = 86_400_000
# Row ids are dense: a thousand billion visitors are enough.
_VISITOR_BITS = 40

Count = tuple[int, int, int]
"""A product, the code of what was done with it, and the UTC day: a repeat on the same day counts once."""


class Totals(NamedTuple):
    """What was counted, by product."""

    product_ids: NDArray[np.int64]
    weights: list[NDArray[np.float64]]
    """One array per half-life, decayed to the moment that was asked for."""


class Counts(Ledger[Count]):
    """Weights of interactions by product, in columns that can be summed whenever somebody asks."""

    def __init__(self, max_counts: int = MAX_COUNTS, uncounted: Uncounted | None = None) -> None:
        super().__init__(max_counts, MAX_COUNTS_PER_VISITOR, uncounted)
        # One more: a fact comes in before the one that it displaces goes.
        self._n_slots = max_counts + 1
        self._top = 0
        self._emptied()
        self._product_ids = np.zeros(max_counts + 1, dtype=np.int64)
        self._visitor_ids = np.zeros(max_counts + 1, dtype=np.int64)
        self._times_s = np.zeros(max_counts + 1, dtype=np.float64)
        self._weights = np.zeros(max_counts + 1, dtype=np.float64)

    def note(self, visitor_id: int, product_id: int, event: int, occurred_ms: int) -> None:
        """Count what a visitor did with a product."""
        if WEIGHTS.get(event, 0.0) > 0:
            self._note(visitor_id, (product_id, event, occurred_ms // DAY_MS), occurred_ms, occurred_ms)

    def restore(self, visitor_id: int, product_id: int, event: int, occurred_ms: int) -> None:
        """Count what the log has."""
        if WEIGHTS.get(event, 0.0) > 0:
            self._restore(visitor_id, (product_id, event, occurred_ms // DAY_MS), occurred_ms)

    def totals(
        self, half_lives_s: Sequence[float], *, since_s: float, now_s: float, least_visitors: int
    ) -> Totals:
        """Sum by product what happened after a moment, of products that enough visitors turned to.

        Costs O(n log n) for n facts: a millisecond or two for as many as fit.
        """
        times_s = self._times_s[: self._top]
        rows = np.flatnonzero((self._weights[: self._top] > 0) & (times_s > since_s))
        product_ids, places = np.unique(self._product_ids[rows], return_inverse=True)
        pairs = np.unique((places << _VISITOR_BITS) | self._visitor_ids[rows])
        n_visitors = np.bincount(pairs >> _VISITOR_BITS, minlength=len(product_ids))
        enough = n_visitors >= least_visitors
        ages_s = np.maximum(0.0, now_s - times_s[rows])
        weights = []
        for half_life_s in half_lives_s:
            decayed = self._weights[rows] * np.exp2(-ages_s / half_life_s)
            sums = np.bincount(places, weights=decayed, minlength=len(product_ids))
            weights.append(sums.astype(np.float64, copy=False)[enough])
        return Totals(product_ids[enough], weights)

    def _products_of(self, key: Count) -> Iterable[int]:
        return key[:1]

    def _again(self, before_ms: int, occurred_ms: int) -> int:
        del occurred_ms
        return before_ms

    def _added(self, visitor_id: int, key: Count, occurred_ms: int) -> None:
        product_id, event, _day = key
        slot = self._slots[visitor_id, key] = self._free.pop()
        self._product_ids[slot] = product_id
        self._visitor_ids[slot] = visitor_id
        self._times_s[slot] = occurred_ms / 1e3
        self._weights[slot] = WEIGHTS[event]
        self._top = max(self._top, slot + 1)

    def _removed(self, visitor_id: int, key: Count) -> None:
        slot = self._slots.pop((visitor_id, key))
        self._weights[slot] = 0.0
        self._free.append(slot)

    def _emptied(self) -> None:
        self._slots: dict[tuple[int, Count], int] = {}
        self._free = list(range(self._n_slots - 1, -1, -1))
        self._top = 0
