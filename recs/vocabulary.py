"""The only place where ids become positions and positions become ids."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from recs.arrays import AnyArray, Positions, StoredPositions, read_only
from recs.errors import InvalidIdsError

_INT64: Final = np.dtype(np.int64)
_MOST_PLACES: Final = 8  # per id, of four bytes

ItemId = int | str
IdKind = Literal["int64", "utf8"]

_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]*")


def is_written_integer(text: str) -> bool:
    """Return whether text is the one way in which an integer id is written.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool
        False for ``007``, ``+7``, ``-0``, ``7.0``, ``7 `` and ``1e3``: who reads them as integers makes one
        id of two.

    Examples
    --------
    >>> [is_written_integer(text) for text in ("7", "-7", "007", "7.0")]
    [True, True, False, False]
    """
    return _INTEGER.fullmatch(text) is not None


def encode_ids(ids: Iterable[Any] | AnyArray) -> AnyArray:
    """Bring ids into the form in which they are stored and compared.

    Parameters
    ----------
    ids : iterable of int, or iterable of str
        One type throughout.

    Returns
    -------
    ndarray of int64 or of fixed-width bytes, shape (n_ids,)
        Text as UTF-8, whose byte order is the order of code points.

    Raises
    ------
    InvalidIdsError
        Mixed types, missing values, fractions, integers outside int64, or text with a NUL.

    Notes
    -----
    O(n_ids); text costs a Python call per id.
    """
    array = np.asarray(ids if isinstance(ids, (np.ndarray, list, tuple)) else list(ids))
    if array.ndim != 1:
        raise InvalidIdsError(f"ids must be one-dimensional, not of shape {array.shape}")
    if array.size == 0:
        return array.astype(np.int64) if array.dtype.kind not in "SUO" else array.astype("S1")
    if array.dtype.kind in "iu":
        if array.dtype.kind == "u" and int(array.max()) > np.iinfo(np.int64).max:
            raise InvalidIdsError("an integer id is larger than int64")
        return array.astype(np.int64, copy=False)
    if array.dtype.kind == "S":
        return array
    if array.dtype.kind in "UOT":
        return _encode_objects(ids, array)
    raise InvalidIdsError(f"ids must be integers or text, not {array.dtype}")


def _encode_objects(ids: Iterable[Any] | AnyArray, array: AnyArray) -> AnyArray:
    # The originals are looked at: numpy would have turned 1 into "1" and cut trailing NULs.
    originals = array.tolist() if isinstance(ids, np.ndarray) else list(ids)
    if all(type(item_id) is int for item_id in originals):
        try:
            return np.array(originals, dtype=np.int64)
        except OverflowError:
            raise InvalidIdsError("an integer id is outside int64") from None
    encoded = []
    for item_id in originals:
        if not isinstance(item_id, str):
            raise InvalidIdsError(_mixture(originals))
        if "\0" in item_id or not item_id:
            raise InvalidIdsError(f"text ids must not be empty or hold NUL: {item_id!r}")
        try:
            encoded.append(item_id.encode())
        except UnicodeEncodeError:
            raise InvalidIdsError(f"id {item_id!r} is not valid text") from None
    return np.array(encoded)


def named_kind(ids: AnyArray) -> str:
    """Name the kind of encoded ids with an example, for errors."""
    kind = "integers" if ids.dtype.kind == "i" else "text"
    if ids.size == 0:
        return kind
    first = ids[0] if ids.dtype.kind == "i" else ids[0].decode()
    return f"{kind} such as {first!r}" if kind == "text" else f"{kind} such as {first}"


def _mixture(ids: list[Any]) -> str:
    # One of each type: whichever is the stranger, it is named.
    kinds = list(
        {type(item_id): f"{type(item_id).__name__} {item_id!r}" for item_id in reversed(ids)}.values()
    )
    return f"ids must all be integers or all text; found {' and '.join(reversed(kinds))}"


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Sorted distinct ids; the position of an id is its rank, so position order is id order.

    Parameters
    ----------
    ids : ndarray of int64 or of bytes, shape (n,)
        Sorted and distinct: build with `Vocabulary.of`.
    places : ndarray of int32, optional
        The position of every integer from one below the first id to one above the last, -1 where it is no
        id: build with `addressed`.
    """

    ids: AnyArray
    places: StoredPositions | None = None

    @classmethod
    def of(cls, ids: Iterable[Any] | AnyArray) -> "Vocabulary":
        """Build a vocabulary of the distinct ids.

        Parameters
        ----------
        ids : iterable of int, or iterable of str
            In any order, repeated or not.

        Returns
        -------
        Vocabulary

        Raises
        ------
        InvalidIdsError
            As in `encode_ids`.

        Notes
        -----
        O(n log n).

        Examples
        --------
        >>> Vocabulary.of([30, 10, 30]).positions([10, 20, 30]).tolist()
        [0, -1, 1]
        """
        return cls(read_only(np.unique(encode_ids(ids))))

    def addressed(self) -> "Vocabulary":
        """Return the same vocabulary with a table to look ids up in, where they lie close enough for one.

        A search among a million ids waits for memory twenty times per question, a look into a table once.

        Returns
        -------
        Vocabulary
            This one when its ids are text, or so scattered that the table would cost more than 32 bytes per
            id: a sixteenth of what an item's neighbours take.

        Notes
        -----
        O(last id - first id).
        """
        if self.kind != "int64" or len(self) == 0:
            return self
        before, after = int(self.ids[0]) - 1, int(self.ids[-1]) + 1
        if after - before > _MOST_PLACES * len(self) or before < np.iinfo(np.int64).min:
            return self
        places = np.full(after - before + 1, -1, dtype=np.int32)
        places[self.ids - before] = np.arange(len(self), dtype=np.int32)
        return Vocabulary(self.ids, read_only(places))

    @property
    def kind(self) -> IdKind:
        """Whether ids are integers or text."""
        return "int64" if self.ids.dtype.kind == "i" else "utf8"

    def __len__(self) -> int:
        return int(self.ids.shape[0])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vocabulary) and np.array_equal(self.ids, other.ids)

    __hash__ = None  # type: ignore[assignment]  # equality is by content; hashing a million ids is never meant

    def positions(self, ids: Iterable[Any] | AnyArray) -> Positions:
        """Find the positions of ids.

        Parameters
        ----------
        ids : iterable of int, or iterable of str

        Returns
        -------
        ndarray of int64, shape (n_ids,)
            -1 for an id that is not here.

        Raises
        ------
        InvalidIdsError
            Ids of another type than the vocabulary's.

        Notes
        -----
        O(n_ids) with a table, else O(n_ids log n) by binary search; no array of the vocabulary's size.
        """
        # Most questions are histories that already stand in an array: there is nothing to bring into form.
        queries = (
            ids if isinstance(ids, np.ndarray) and ids.dtype is _INT64 and ids.ndim == 1 else encode_ids(ids)
        )
        held = self.ids
        if queries.shape[0] == 0 or held.shape[0] == 0:
            return np.full(queries.shape[0], -1, dtype=np.int64)
        if (queries.dtype.kind == "i") != (held.dtype.kind == "i"):
            raise InvalidIdsError(f"this vocabulary holds {named_kind(held)}, not {named_kind(queries)}")
        if self.places is not None:
            # What lies before or after, also by overflow, is led to the ends, where no id is.
            found: Positions = self.places.take(queries - (held.item(0) - 1), mode="clip").astype(np.int64)
            return found
        # searchsorted would cast the whole vocabulary to a wider type: narrow the questions instead.
        narrowed = queries if queries.dtype is held.dtype else queries.astype(held.dtype, copy=False)
        found = held.searchsorted(narrowed)
        unknown = held.take(found, mode="clip") != queries  # beyond the end, the last id is smaller
        if np.count_nonzero(unknown):  # a third of the time that any() takes on small arrays
            found[unknown] = -1
        return found

    def ids_at(self, positions: AnyArray) -> AnyArray:
        """Return the ids at positions.

        Parameters
        ----------
        positions : ndarray of int, shape (n,)
            Each in 0 .. len - 1.

        Returns
        -------
        ndarray of int64 or of str, shape (n,)

        Notes
        -----
        O(n).
        """
        ids = self.ids[positions]
        return ids if ids.dtype.kind == "i" else np.char.decode(ids, "utf-8")

    def fingerprint(self) -> str:
        """Return the SHA-256 of the kind and of all ids, as hexadecimal digits.

        Notes
        -----
        O(n); about 10 ms for a million integers.
        """
        digest = hashlib.sha256(self.ids.dtype.str.encode())
        digest.update(np.ascontiguousarray(self.ids).data)
        return digest.hexdigest()
