"""Names for the array types that cross module borders; nothing is computed here."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

AnyArray: TypeAlias = NDArray[Any]
Positions: TypeAlias = NDArray[np.int64]
"""Positions in a vocabulary, 0 .. n-1; -1 where an id is unknown."""
StoredPositions: TypeAlias = NDArray[np.int32]
"""Positions as kept in snapshots: half the memory, 2**31 items at most."""
Codes: TypeAlias = NDArray[np.int32]
Scores: TypeAlias = NDArray[np.float32]
Floats: TypeAlias = NDArray[np.float64]
EventCodes: TypeAlias = NDArray[np.uint8]
Mask: TypeAlias = NDArray[np.bool_]


def read_only(array: AnyArray) -> AnyArray:
    """Return a view of the array that refuses writes.

    Parameters
    ----------
    array : ndarray
        Any shape and type; its own flag stays as it is.

    Returns
    -------
    ndarray
        A plain `numpy.ndarray` view, also for memory maps: the subclass costs about 1 us per index.
    """
    view = array.view(np.ndarray)
    view.flags.writeable = False
    return view
