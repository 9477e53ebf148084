"""What several generators give from one item to another, added up once instead of at every request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from recs.arrays import AnyArray, Positions, Scores, read_only
from recs.candidates.neighbours import NeighbourTable

_BLOCK_ROWS: Final = 4096
_COLUMN_BITS: Final = 16


class Weighted(NamedTuple):
    """A generator's table and its factor in the blend."""

    table: NeighbourTable
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class BlendedNeighbours:
    """Each item's best neighbours by the weighted sum of what all generators give.

    A score sums what seeds give, and what a seed gives sums what generators give: the inner sum is the same
    for everybody, so a request that hears three generators costs what one costs.

    Parameters
    ----------
    table : NeighbourTable
        As wide as the widest generator's.
    strongest : ndarray of uint8, shape (n_items, k)
        Which generator gives each neighbour the most: its place among them; 0 at padding.
    """

    table: NeighbourTable
    strongest: NDArray[np.uint8]

    @classmethod
    def of(cls, generators: Sequence[Weighted]) -> Self:
        """Add up tables of the same items.

        Parameters
        ----------
        generators : sequence of Weighted
            At least one, at most 255; each names a neighbour of an item once.

        Returns
        -------
        BlendedNeighbours
            Ties by position. What is not among an item's best is left out, so that a slate may differ from
            that of the separate tables in its last places.

        Notes
        -----
        O(n_items * w log w) for w neighbours of all tables together, about 0.5 s for 50,000 items and two
        tables of 64; memory beside the result is bounded.
        """
        n_items = generators[0].table.positions.shape[0]
        width = max(table.positions.shape[1] for table, _ in generators)
        positions = np.empty((n_items, width), dtype=np.int32)
        scores = np.empty((n_items, width), dtype=np.float32)
        strongest = np.empty((n_items, width), dtype=np.uint8)
        for first in range(0, n_items, _BLOCK_ROWS):
            rows = slice(first, min(first + _BLOCK_ROWS, n_items))
            positions[rows], scores[rows], strongest[rows] = _blended(generators, rows, width)
        return cls(NeighbourTable(read_only(positions), read_only(scores)), read_only(strongest))

    def arrays(self) -> Mapping[str, AnyArray]:
        """Return the arrays to be saved, by short name."""
        return {**self.table.arrays(), "strongest": self.strongest}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, AnyArray]) -> Self:
        """Rebuild it from what `arrays` returned, sharing memory."""
        return cls(NeighbourTable.from_arrays(arrays), read_only(arrays["strongest"]))


def _blended(
    generators: Sequence[Weighted], rows: slice, width: int
) -> tuple[Positions, Scores, NDArray[np.uint8]]:
    """Return the best sums of some rows: positions, scores and the strongest generator of each."""
    positions, values, owners = _side_by_side(generators, rows)
    fresh = np.ones(positions.shape, dtype=np.bool_)
    np.not_equal(positions[:, 1:], positions[:, :-1], out=fresh[:, 1:])
    starts = np.flatnonzero(fresh)
    values, owners = values.ravel(), owners.ravel()
    sums = np.full(positions.shape, -np.inf, dtype=np.float32)
    sums.ravel()[starts] = np.add.reduceat(values, starts)
    sums[positions < 0] = -np.inf
    largest = np.repeat(np.maximum.reduceat(values, starts), np.diff(starts, append=values.shape[0]))
    # Of equal generators the first is named: the largest of what is left when others count as nothing.
    first_owner = np.minimum.reduceat(np.where(values == largest, owners, np.uint8(255)), starts)
    strongest = np.zeros(positions.shape, dtype=np.uint8)
    strongest.ravel()[starts] = first_owner
    best = np.argsort(-sums, axis=1, kind="stable")[:, :width]  # rows lie in order of position: so do ties
    kept = np.take_along_axis(sums, best, axis=1)
    padding = kept == -np.inf
    found = np.take_along_axis(positions, best, axis=1)
    named = np.take_along_axis(strongest, best, axis=1)
    return (
        np.where(padding, -1, found),
        np.where(padding, np.float32(np.nan), kept),
        np.where(padding, np.uint8(0), named),
    )


def _side_by_side(generators: Sequence[Weighted], rows: slice) -> tuple[Positions, Scores, NDArray[np.uint8]]:
    """Join rows of all tables, sorted by position and then by generator."""
    joined = np.concatenate([table.positions[rows] for table, _ in generators], axis=1)
    values = np.concatenate([table.scores[rows] * np.float32(weight) for table, weight in generators], axis=1)
    owner_of = np.repeat(
        np.arange(len(generators), dtype=np.uint8), [table.positions.shape[1] for table, _ in generators]
    )
    keys = joined.astype(np.int64) << _COLUMN_BITS
    keys |= np.arange(joined.shape[1])
    keys.sort(axis=1)
    columns = keys & ((1 << _COLUMN_BITS) - 1)
    return keys >> _COLUMN_BITS, np.take_along_axis(values, columns, axis=1), owner_of[columns]
