"""Serving half of every list that is the same for everybody: popular, trending, new."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from recs.arrays import AnyArray, Codes, Mask, Positions, Scores, StoredPositions, read_only

_FIRST_CHUNK = 64
_LARGEST_CHUNK = 16_384


@dataclass(frozen=True, slots=True, eq=False)
class RankedList:
    """Items in one order, overall and within every category.

    Parameters
    ----------
    scores : ndarray of float32, shape (n_items,)
        Larger is better; NaN where an item cannot be scored (and is in no order).
    order : ndarray of int32, shape (n_ranked,)
        Positions by falling score, ties by position.
    category_order : ndarray of int32, shape (n_ranked,)
        The same positions grouped by category code, the same order within a group. Items without a category
        come first.
    category_starts : ndarray of int64, shape (n_categories + 1,)
        Group ``c`` is ``category_order[category_starts[c]:category_starts[c + 1]]``.
    """

    scores: Scores
    order: StoredPositions
    category_order: StoredPositions
    category_starts: Positions

    @classmethod
    def of(cls, scores: Scores, categories: Codes, n_categories: int, listed: Mask) -> Self:
        """Rank items once, for serving many times.

        Parameters
        ----------
        scores : ndarray of float, shape (n_items,)
            NaN = cannot score.
        categories : ndarray of int32, shape (n_items,)
            Codes 0 .. n_categories - 1; -1 for none.
        n_categories : int
        listed : ndarray of bool, shape (n_items,)
            Items that may be recommended at all.

        Returns
        -------
        RankedList

        Notes
        -----
        O(n_items log n_items).
        """
        stored = scores.astype(np.float32)
        ranked = np.flatnonzero(listed & ~np.isnan(stored))
        order = ranked[np.argsort(-stored[ranked], kind="stable")].astype(np.int32)
        codes = categories[order]
        by_category = np.argsort(codes, kind="stable")
        starts = np.searchsorted(codes[by_category], np.arange(n_categories + 1)).astype(np.int64)
        return cls(read_only(stored), read_only(order), read_only(order[by_category]), read_only(starts))

    def best(
        self, n: int, eligible: Mask | None, blocked: Collection[int], category: int | None = None
    ) -> list[int]:
        """Walk the order until n items are found.

        Parameters
        ----------
        n : int
            At least 0.
        eligible : ndarray of bool, shape (n_items,), optional
            Only indexed, never scanned as a whole.
        blocked : collection of int
            Positions to leave out; membership must be cheap.
        category : int, optional
            Code of the only category to walk.

        Returns
        -------
        list of int
            Positions, best first; fewer than n only when no more items qualify.

        Notes
        -----
        O(n + skipped). Chunks grow from 64 to 16,384, so memory is bounded even when hardly anything is
        eligible; then the walk itself is O(n_items): give the category instead of a mask where there is one.
        """
        order = self.order
        if category is not None:
            order = self.category_order[self.category_starts[category] : self.category_starts[category + 1]]
        found: list[int] = []
        start, size = 0, _FIRST_CHUNK
        while len(found) < n and start < order.shape[0]:
            chunk = order[start : start + size]
            if eligible is not None:
                chunk = chunk[eligible[chunk]]
            for position in chunk.tolist():
                if position not in blocked:
                    found.append(position)
                    if len(found) == n:
                        break
            start += size
            size = min(size * 2, _LARGEST_CHUNK)
        return found

    def arrays(self) -> Mapping[str, AnyArray]:
        """Return the arrays to be saved, by short name."""
        return {
            "scores": self.scores,
            "order": self.order,
            "category_order": self.category_order,
            "category_starts": self.category_starts,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, AnyArray]) -> Self:
        """Rebuild the list from what `arrays` returned, sharing memory.

        Parameters
        ----------
        arrays : mapping of str to ndarray

        Returns
        -------
        RankedList
        """
        return cls(
            read_only(arrays["scores"]),
            read_only(arrays["order"]),
            read_only(arrays["category_order"]),
            read_only(arrays["category_starts"]),
        )
