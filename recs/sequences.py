"""Sequences of items, many at once: what order-aware models learn from and are asked about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array

from recs.arrays import AnyArray, Floats, Positions, StoredPositions
from recs.errors import ShapeError


@dataclass(frozen=True, slots=True, eq=False)
class Sequences:
    """Ragged rows of item positions, oldest first.

    Parameters
    ----------
    items : ndarray of int32, shape (n,)
        Positions of all rows, one row after the other.
    starts : ndarray of int64, shape (n_rows + 1,)
        Row ``r`` owns ``items[starts[r]:starts[r + 1]]``.
    n_items : int
        Size of the vocabulary.
    ages : ndarray of float64, shape (n,)
        Share of the training window between each event and its end: 0 = now, 1 = the oldest. All 0 where no
        time is known, so that fading does nothing.
    baskets : ndarray of int32, shape (n,)
        Number of each event's basket within its row: events of one basket have no order among themselves.

    Raises
    ------
    ShapeError
        The arrays do not fit together.
    """

    items: StoredPositions
    starts: Positions
    n_items: int
    ages: Floats
    baskets: StoredPositions

    def __post_init__(self) -> None:
        n = self.items.shape[0]
        if self.ages.shape != (n,) or self.baskets.shape != (n,):
            raise ShapeError(f"{n} items, {self.ages.shape} ages and {self.baskets.shape} baskets")
        if self.starts.shape[0] < 1 or self.starts[0] != 0 or self.starts[-1] != n:
            raise ShapeError(f"rows must cover all of the {n} items")
        if n and not (int(self.items.min()) >= 0 and int(self.items.max()) < self.n_items):
            raise ShapeError(f"items must be positions below {self.n_items}")

    @classmethod
    def of(
        cls, rows: Iterable[Sequence[int] | AnyArray], n_items: int, ages: Floats | None = None
    ) -> "Sequences":
        """Build sequences of plain rows, each event its own basket.

        Parameters
        ----------
        rows : iterable of sequence of int
        n_items : int
        ages : ndarray of float64, shape (n,), optional

        Returns
        -------
        Sequences

        Examples
        --------
        >>> Sequences.of([[2, 0], [1]], 3).lengths.tolist()
        [2, 1]
        """
        kept = [np.asarray(row, dtype=np.int32) for row in rows]
        starts = np.concatenate(([0], np.cumsum([row.shape[0] for row in kept], dtype=np.int64)))
        items = np.concatenate([*kept, np.empty(0, dtype=np.int32)])
        steps = (np.arange(items.shape[0]) - np.repeat(starts[:-1], np.diff(starts))).astype(np.int32)
        return cls(
            items, starts.astype(np.int64), n_items, np.zeros(items.shape[0]) if ages is None else ages, steps
        )

    @classmethod
    def joined(cls, parts: Sequence["Sequences"]) -> "Sequences":
        """Put the rows of several sequences behind each other.

        Parameters
        ----------
        parts : sequence of Sequences
            At least one, all of one vocabulary.

        Returns
        -------
        Sequences
        """
        firsts = np.cumsum([0, *(part.items.shape[0] for part in parts[:-1])])
        ends = [part.starts[1:] + first for part, first in zip(parts, firsts, strict=True)]
        return cls(
            np.concatenate([part.items for part in parts]),
            np.concatenate([np.zeros(1, dtype=np.int64), *ends]),
            parts[0].n_items,
            np.concatenate([part.ages for part in parts]),
            np.concatenate([part.baskets for part in parts]),
        )

    def __len__(self) -> int:
        return int(self.starts.shape[0]) - 1

    @property
    def lengths(self) -> Positions:
        """Events per row, shape (n_rows,)."""
        return np.diff(self.starts)

    @property
    def rows(self) -> Positions:
        """Row of every event, shape (n,)."""
        return np.repeat(np.arange(len(self)), self.lengths)

    @property
    def steps_back(self) -> Positions:
        """How many events of the same row come after each event, shape (n,)."""
        return np.repeat(self.starts[1:], self.lengths) - 1 - np.arange(self.items.shape[0])

    @property
    def baskets_back(self) -> Positions:
        """How many baskets of the same row come after each event's own, shape (n,)."""
        filled = self.lengths > 0
        last = self.baskets[self.starts[1:][filled] - 1]
        return np.repeat(last, self.lengths[filled]).astype(np.int64) - self.baskets

    def take(self, chosen: AnyArray) -> "Sequences":
        """Return the chosen rows in the order asked for.

        Parameters
        ----------
        chosen : ndarray of int, shape (m,)

        Returns
        -------
        Sequences
        """
        return self.slices(self.starts[:-1][chosen], self.starts[1:][chosen])

    def slices(self, first: AnyArray, end: AnyArray) -> "Sequences":
        """Return pieces of the events as rows of their own; pieces may overlap.

        Parameters
        ----------
        first, end : ndarray of int, shape (m,)
            Events ``first[r]`` up to but not including ``end[r]``.

        Returns
        -------
        Sequences

        Examples
        --------
        >>> Sequences.of([[2, 0, 1]], 3).slices(np.array([0, 0]), np.array([1, 2])).items.tolist()
        [2, 2, 0]
        """
        lengths = end - first
        starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        index = np.arange(int(starts[-1])) - np.repeat(starts[:-1] - first, lengths)
        return Sequences(self.items[index], starts, self.n_items, self.ages[index], self.baskets[index])

    def latest(self, count: int) -> "Sequences":
        """Return every row without all but its latest events.

        Parameters
        ----------
        count : int

        Returns
        -------
        Sequences
        """
        return self.slices(np.maximum(self.starts[:-1], self.starts[1:] - count), self.starts[1:])

    def matrix(self, weights: AnyArray) -> csr_array:
        """Sum weights per row and item.

        Parameters
        ----------
        weights : ndarray, shape (n,)

        Returns
        -------
        csr_array of float32, shape (n_rows, n_items)
            Indices sorted.
        """
        summed = coo_array(
            (weights.astype(np.float32), (self.rows, self.items)), shape=(len(self), self.n_items)
        ).tocsr()
        summed.sort_indices()
        return csr_array(summed)

    def item_counts(self) -> Floats:
        """Return how many rows hold each item, shape (n_items,)."""
        ones = self.matrix(np.ones(self.items.shape[0]))
        return np.bincount(ones.indices, minlength=self.n_items).astype(np.float64)

    def items_as_met(self) -> Positions:
        """Order the items by their first event, those never met at the end.

        Returns
        -------
        ndarray of int64, shape (n_items,)
            Positions. What is drawn in this order does not depend on how items are numbered.

        Examples
        --------
        >>> Sequences.of([[2, 0, 2], [3]], 5).items_as_met().tolist()
        [2, 0, 3, 1, 4]
        """
        firsts = np.full(self.n_items, self.items.shape[0], dtype=np.int64)
        np.minimum.at(firsts, self.items, np.arange(self.items.shape[0]))
        return firsts.argsort(kind="stable")
