"""What follows what, counted row by row in blocks: the whole table of pairs would not fit into memory."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from scipy.sparse import _sparsetools, csr_array

from recs.arrays import AnyArray, Positions, Scores, StoredPositions
from recs.candidates.rows import stable_order
from recs.sequences import Sequences

_BLOCK_PAIRS: Final = 1_000_000

RowsToKeep = Callable[[csr_array], csr_array]
"""Takes the counts of some rows, columns in no order; returns what is kept of them."""


@dataclass(frozen=True, slots=True, eq=False)
class NearbyPairs:
    """Weighted counts of pairs of events that lie close together in one sequence.

    Parameters
    ----------
    sequences : Sequences
    weights : ndarray of float32, shape (n,), or None
        A pair counts as much as its later event; None = 1.
    by_distance : ndarray of float32, shape (2 * lags + 1,)
        What a pair counts by the number of baskets from the row's item to the column's, from ``-lags`` to
        ``lags``; 0 at distance 0.
    """

    sequences: Sequences
    weights: Scores | None
    by_distance: Scores

    @property
    def lags(self) -> int:
        """Longest distance in baskets."""
        return int(self.by_distance.shape[0]) // 2

    def kept_rows(self, keep: RowsToKeep, threads: int = 1) -> csr_array:
        """Count block by block and join what is kept of each.

        Parameters
        ----------
        keep : callable
            Called once per block, from several threads at the same time.
        threads : int

        Returns
        -------
        csr_array of float32, shape (n_items, n_items)

        Notes
        -----
        Time O(pairs), memory that of a million pairs per thread, of the events and of what is kept.
        """
        items, n_items = self.sequences.items, self.sequences.n_items
        order = stable_order(items).astype(np.int32)
        bounds = np.concatenate(([0], np.cumsum(np.bincount(items, minlength=n_items))))
        first, end = self._windows()
        pairs = np.concatenate(([0], np.cumsum((end - first)[order], dtype=np.int64)))[bounds]

        def block(rows: tuple[int, int]) -> csr_array:
            start, stop = rows
            events = order[bounds[start] : bounds[stop]]
            inner = bounds[start : stop + 1] - bounds[start]
            return keep(self._counted(events, inner, first[events], end[events]))

        with ThreadPoolExecutor(threads) as pool:
            return _stacked(list(pool.map(block, _blocks(pairs))), n_items)

    def _windows(self) -> tuple[StoredPositions, StoredPositions]:
        """Return the first event within reach of each event, and the first behind it."""
        baskets = self.sequences.baskets
        span = int(baskets.max(initial=0)) + self.lags + 1
        keys = self.sequences.rows * span
        keys += baskets
        backward = self.lags if self.by_distance[: self.lags].any() else 0
        first = np.searchsorted(keys, keys - backward).astype(np.int32)
        return first, np.searchsorted(keys, keys + self.lags, side="right").astype(np.int32)

    def _counted(
        self, events: StoredPositions, bounds: Positions, first: StoredPositions, end: StoredPositions
    ) -> csr_array:
        """Count the pairs of some events, grouped into rows by bounds."""
        lengths = end - first
        ends = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
        if ends[-1] > 2 * _BLOCK_PAIRS and bounds.shape[0] == 2 and events.shape[0] > 1:
            return self._in_halves(events, first, end)
        others = np.arange(ends[-1], dtype=np.int32)
        others += (first - ends[:-1]).astype(np.int32).repeat(lengths)
        distance = self.sequences.baskets.take(others)
        distance -= (self.sequences.baskets.take(events) - self.lags).repeat(lengths)
        values = self.by_distance.take(distance)
        if self.weights is not None:
            values *= self.weights.take(np.maximum(others, events.repeat(lengths)))
        return _summed(ends[bounds], self.sequences.items.take(others), values, self.sequences.n_items)

    def _in_halves(self, events: StoredPositions, first: StoredPositions, end: StoredPositions) -> csr_array:
        middle = events.shape[0] // 2
        halves = [
            self._counted(events[part], np.array([0, events[part].shape[0]]), first[part], end[part])
            for part in (slice(0, middle), slice(middle, None))
        ]
        columns, values = (
            np.concatenate(each) for each in zip(*[(h.indices, h.data) for h in halves], strict=True)
        )
        return _summed(np.array([0, values.shape[0]]), columns, values, self.sequences.n_items)


def _summed(starts: Positions, columns: AnyArray, values: Scores, n_columns: int) -> csr_array:
    """Sum the entries of equal columns in every row, as a product with the identity does in linear time."""
    n_rows, size = starts.shape[0] - 1, values.shape[0]
    each = np.arange(n_columns + 1, dtype=np.int32)
    indptr = np.empty(n_rows + 1, dtype=np.int32)
    indices, summed = np.empty(size, dtype=np.int32), np.empty(size, dtype=np.float32)
    ones = np.ones(n_columns, dtype=np.float32)
    _sparsetools.csr_matmat(
        n_rows,
        n_columns,
        starts.astype(np.int32),
        columns,
        values,
        each,
        each[:-1],
        ones,
        indptr,
        indices,
        summed,
    )
    found = int(indptr[-1])
    return csr_array((summed[:found], indices[:found], indptr), shape=(n_rows, n_columns))


def _blocks(pairs: Positions) -> Iterator[tuple[int, int]]:
    """Cut rows into runs of at most a million pairs, one row at least."""
    start, n_rows = 0, pairs.shape[0] - 1
    while start < n_rows:
        fitting = int(np.searchsorted(pairs, pairs[start] + _BLOCK_PAIRS, side="right")) - 1
        stop = min(max(start + 1, fitting), n_rows)
        yield start, stop
        start = stop


def _stacked(blocks: list[csr_array], n_items: int) -> csr_array:
    lengths = np.concatenate([np.diff(block.indptr) for block in blocks])
    starts = np.concatenate(([0], np.cumsum(lengths)))
    columns = np.concatenate([block.indices for block in blocks])
    values = np.concatenate([block.data for block in blocks])
    return csr_array((values, columns, starts), shape=(n_items, n_items))


def likely_best(matrix: csr_array, count: int) -> csr_array:
    """Drop what is certainly not among the largest positive entries of its row, without sorting any.

    Parameters
    ----------
    matrix : csr_array
        Columns distinct, in any order.
    count : int
        Entries that must stay in a row.

    Returns
    -------
    csr_array
        At least the `count` largest of each row, all equals of the last of them included.
    """
    kept: list[Positions] = []
    for start, stop in pairwise(matrix.indptr.tolist()):
        row = matrix.data[start:stop]
        surplus = stop - start - count
        least = np.partition(row, surplus)[surplus] if surplus > 0 else 0
        kept.append((row >= least).nonzero()[0] + start if least > 0 else row.nonzero()[0] + start)
    lengths = [each.shape[0] for each in kept]
    chosen = np.concatenate(kept)
    return csr_array(
        (matrix.data[chosen], matrix.indices[chosen], np.concatenate(([0], np.cumsum(lengths)))),
        shape=matrix.shape,
    )
