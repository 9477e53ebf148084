"""Drawing the items that an answer is ranked among."""

from typing import Final

import numpy as np

from recs.arrays import AnyArray, StoredPositions
from recs.candidates.rows import looked_up
from recs.sequences import Sequences

_ROWS_AT_ONCE: Final = 4096


def drawn_negatives(met: Sequences, count: int, rng: np.random.Generator) -> StoredPositions:
    """Draw items that each row does not hold, all with the same chance.

    Parameters
    ----------
    met : Sequences
    count : int
        Per row, at least 1.
    rng : numpy Generator

    Returns
    -------
    ndarray of int32, shape (n_rows, count)
        Distinct within a row, except where fewer than `count` items are left to it; any items where none is.
        The same items however they are numbered, except among those that no row holds.

    Notes
    -----
    O(events + n_rows * count * log count): of twice as many draws a row keeps the first that fit. Only rows
    for which that is not enough look through all items.
    """
    drawn = np.zeros((len(met), count), dtype=np.int32)
    order = met.items_as_met().astype(np.int32)
    for first in range(0, len(met), _ROWS_AT_ONCE):
        rows = np.arange(first, min(first + _ROWS_AT_ONCE, len(met)))
        part = met.take(rows)
        tries = order[rng.integers(0, met.n_items, (rows.size, 2 * count), dtype=np.int32)]
        fits = _fresh(tries) & ~_held(part, tries)
        place = np.cumsum(fits, axis=1)
        enough = place[:, -1] >= count
        chosen = fits & (place <= count) & enough[:, None]
        drawn[rows[enough]] = tries[chosen].reshape(-1, count)
        for row in np.flatnonzero(~enough).tolist():
            drawn[first + row] = _drawn_from_the_rest(part.take(np.array([row])), order, count, rng)
    return drawn


def _fresh(tries: StoredPositions) -> AnyArray:
    """Tell the first of equal draws of a row from the others."""
    order = np.argsort(tries, axis=1, kind="stable")
    ordered = np.take_along_axis(tries, order, axis=1)
    first = np.ones(tries.shape, dtype=np.bool_)
    first[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    fresh = np.empty_like(first)
    np.put_along_axis(fresh, order, first, axis=1)
    return fresh


def _held(met: Sequences, tries: StoredPositions) -> AnyArray:
    keys = np.arange(tries.shape[0])[:, None] * np.int64(met.n_items) + tries
    _, found = looked_up(met.matrix(np.ones(met.items.shape[0])), keys.ravel())
    return found.reshape(tries.shape)


def _drawn_from_the_rest(
    met: Sequences, order: StoredPositions, count: int, rng: np.random.Generator
) -> AnyArray:
    others = order[~np.isin(order, met.items)]
    if others.size == 0:
        others = order
    return rng.choice(others, count, replace=others.size < count)
