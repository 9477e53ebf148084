"""Checks and look-ups that decide which items may appear at all."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from recs.arrays import AnyArray, Mask
from recs.errors import InvalidCountError, InvalidEligibleError, InvalidIdsError
from recs.vocabulary import Vocabulary

_MOST_ITEMS = np.iinfo(np.int32).max
"""Positions are stored in 32 bits: who asks for more asks for all."""


def checked_count(n: object) -> int:
    """Return n, at most what any catalogue holds, or refuse it.

    Raises
    ------
    InvalidCountError
        Not an integer, or below 1.
    """
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 1:
        raise InvalidCountError(n)
    return min(int(n), _MOST_ITEMS)


def checked_eligible(eligible: Any, n_items: int) -> Mask | None:
    """Return the mask, or refuse it without reading it.

    Raises
    ------
    InvalidEligibleError
        Not a bool array of shape (n_items,).
    """
    if eligible is None:
        return None
    if not isinstance(eligible, np.ndarray) or eligible.dtype.kind != "b" or eligible.shape != (n_items,):
        found = getattr(eligible, "dtype", type(eligible).__name__), getattr(eligible, "shape", None)
        raise InvalidEligibleError(f"eligible must be a bool array of shape ({n_items},), not {found}")
    return eligible


def blocked_positions(exclude: Iterable[Any] | AnyArray, vocabulary: Vocabulary) -> set[int]:
    """Return the positions of ids that must not appear.

    Parameters
    ----------
    exclude : iterable of int or str
        Unknown ids are harmless: they cannot appear anyway.
    vocabulary : Vocabulary

    Returns
    -------
    set of int
        May hold -1 for unknown ids.

    Raises
    ------
    InvalidIdsError
        Ids of another type than the vocabulary's.

    Notes
    -----
    O(len(exclude) log n_items).
    """
    if isinstance(exclude, str | bytes):
        raise InvalidIdsError(f"exclude must be ids, not one text: {exclude!r}")
    ids = exclude if isinstance(exclude, np.ndarray | list | tuple) else list(exclude)
    return set(vocabulary.positions(ids).tolist()) if len(ids) else set()
