"""Serving half of every item-to-item method: a fixed-width table of neighbours per item."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Self

import numpy as np

from recs.arrays import AnyArray, Positions, Scores, StoredPositions, read_only
from recs.candidates.base import Contributions
from recs.errors import ShapeError
from recs.history import Seeds


@lru_cache(maxsize=128)
def _givers(n_seeds: int, width: int) -> Positions:
    return read_only(np.arange(n_seeds).repeat(width))


@dataclass(frozen=True, slots=True, eq=False)
class NeighbourTable:
    """Each item's best neighbours.

    Parameters
    ----------
    positions : ndarray of int32, shape (n_items, k)
        Best first, ties by position, padded with -1.
    scores : ndarray of float32, shape (n_items, k)
        Same order; NaN at padding.

    Raises
    ------
    ShapeError
        The two arrays differ in shape or are not two-dimensional.
    """

    kind: ClassVar[str] = "neighbours"

    positions: StoredPositions
    scores: Scores

    def __post_init__(self) -> None:
        if self.positions.ndim != 2 or self.positions.shape != self.scores.shape:
            raise ShapeError(
                f"neighbour positions {self.positions.shape} and scores {self.scores.shape} "
                "must have the same shape (n_items, k)"
            )

    def contributions(self, seeds: Seeds, most: int) -> Contributions:
        """Return the weighted neighbours of every seed.

        Parameters
        ----------
        seeds : Seeds
            n_seeds distinct positions in this table.
        most : int
            Neighbours wanted per seed, at least 1.

        Returns
        -------
        Contributions
            n_seeds * min(k, most) parts; padding keeps position -1.

        Notes
        -----
        O(n_seeds * most), whatever the size of the catalogue.
        """
        kept = min(self.positions.shape[1], most)
        # take copies whole rows, several times as fast as an index: what is not wanted is dropped after it
        positions = self.positions.take(seeds.positions, axis=0)[:, :kept]
        values = self.scores.take(seeds.positions, axis=0)[:, :kept] * seeds.weights[:, None]
        return Contributions(positions.ravel(), values.ravel(), _givers(positions.shape[0], kept))

    def neighbours_of(self, position: int) -> tuple[Positions, Scores]:
        """Return one item's neighbours without padding.

        Parameters
        ----------
        position : int

        Returns
        -------
        positions : ndarray of int64, shape (m,), m <= k
        scores : ndarray of float32, shape (m,)
        """
        row = self.positions[position]
        kept = row >= 0
        return row[kept].astype(np.int64), self.scores[position][kept]

    def arrays(self) -> Mapping[str, AnyArray]:
        """Return the arrays to be saved, by short name."""
        return {"positions": self.positions, "scores": self.scores}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, AnyArray]) -> Self:
        """Rebuild the table from what `arrays` returned.

        Parameters
        ----------
        arrays : mapping of str to ndarray

        Returns
        -------
        NeighbourTable
            Sharing memory with the arrays.
        """
        return cls(read_only(arrays["positions"]), read_only(arrays["scores"]))
