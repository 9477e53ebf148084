"""Interactions, checked and turned into arrays of positions; the only reader of interaction tables."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from recs.arrays import AnyArray, EventCodes, Floats, StoredPositions
from recs.columns import (
    EARLIEST_S,
    EVENT,
    ITEM_ID,
    LATEST_S,
    MOST_WEIGHT,
    TIMESTAMP,
    USER_ID,
    WEIGHT,
    WEIGHT_BY_CODE,
    event_codes,
    require_columns,
)
from recs.errors import (
    InputError,
    InvalidIdsError,
    InvalidTimestampsError,
    InvalidWeightsError,
    UnknownEventError,
)
from recs.origin import Origin
from recs.vocabulary import Vocabulary, encode_ids, named_kind

if TYPE_CHECKING:
    from collections.abc import Iterable

_TABLE = "interactions"
_MIXED_NUMBERS = ("integer", "floating", "mixed-integer-float")


@dataclass(frozen=True, slots=True, eq=False)
class Interactions:
    """Who did what with which item, when.

    Attributes
    ----------
    users, items : Vocabulary
    user_positions, item_positions : ndarray of int32, shape (n,)
    weights : ndarray of float64, shape (n,)
        At least 0, at most `MOST_WEIGHT`.
    timestamps : ndarray of float64, shape (n,)
        Unix seconds, none later than `as_of`.
    events : ndarray of uint8, shape (n,)
        Codes of `recs.columns.Event`; 0 where unnamed.
    as_of : float
        Unix seconds.
    n_future : int
        Rows later than `as_of` that were left out.
    """

    users: Vocabulary
    items: Vocabulary
    user_positions: StoredPositions
    item_positions: StoredPositions
    weights: Floats
    timestamps: Floats
    events: EventCodes
    as_of: float
    n_future: int

    def __len__(self) -> int:
        return int(self.user_positions.shape[0])

    @classmethod
    def of(
        cls,
        frame: pd.DataFrame,
        *,
        as_of: float | datetime | None = None,
        item_ids: "Iterable[Any] | AnyArray" = (),
    ) -> "Interactions":
        """Check a table of interactions.

        Parameters
        ----------
        frame : DataFrame
            Columns ``user_id``, ``item_id`` (integers or text), ``timestamp`` (unix seconds or datetimes, UTC
            when naive); optional ``event`` (names or codes of `Event`) and ``weight`` (default: by event,
            else 1). Rows in any order.
        as_of : float or datetime, optional
            End of the window, inclusive; default the latest timestamp.
        item_ids : iterable, optional
            Further items that the vocabulary must hold, such as a catalogue's.

        Returns
        -------
        Interactions

        Raises
        ------
        InputError
            No table at all.
        MissingColumnsError, InvalidIdsError, InvalidWeightsError, InvalidTimestampsError, UnknownEventError
            Naming the column and the first row at fault: its number from 1, or its line in the file that the
            table was read from.

        Notes
        -----
        O(n); about 0.2 s for 2 million rows with integer ids.
        """
        if not isinstance(frame, pd.DataFrame):
            raise InputError(f"{_TABLE} must be a DataFrame, not {type(frame).__name__}")
        origin = Origin.of(frame, _TABLE)
        require_columns(origin.name, (USER_ID, ITEM_ID, TIMESTAMP), map(str, frame.columns))
        timestamps = seconds_of(frame[TIMESTAMP], origin)
        events = _events(frame, origin)
        weights = _weights(frame, events, origin)
        now = as_of_seconds(as_of, timestamps)
        past = timestamps <= now
        n_future = int(past.shape[0] - np.count_nonzero(past))
        if n_future:
            frame, origin = frame.loc[past], origin.among(np.flatnonzero(past))
            timestamps, events, weights = timestamps[past], events[past], weights[past]
        users, user_positions = _positions(frame[USER_ID], (), origin)
        items, item_positions = _positions(frame[ITEM_ID], item_ids, origin)
        return cls(users, items, user_positions, item_positions, weights, timestamps, events, now, n_future)


def as_of_seconds(as_of: float | datetime | None, timestamps: Floats) -> float:
    """Return the end of the window in unix seconds.

    Parameters
    ----------
    as_of : float, datetime or None
        None = the latest timestamp (0 when there is none). A naive datetime is UTC.
    timestamps : ndarray of float64

    Returns
    -------
    float

    Raises
    ------
    InvalidTimestampsError
        No instant of the years 1 to 9999.
    """
    if as_of is None:
        return float(timestamps.max()) if timestamps.size else 0.0
    if isinstance(as_of, datetime):
        return (as_of if as_of.tzinfo else as_of.replace(tzinfo=UTC)).timestamp()
    given: object = as_of
    number = isinstance(given, int | float | np.number) and not isinstance(given, bool)
    if not (number and EARLIEST_S <= as_of <= LATEST_S):
        raise InvalidTimestampsError(
            f"as_of must be a datetime or unix seconds between the years 1 and 9999, not {as_of!r}"
        )
    return float(as_of)


def _first_bad(bad: AnyArray) -> int:
    return int(np.flatnonzero(bad)[0])


def seconds_of(column: "pd.Series[Any]", origin: Origin) -> Floats:
    """Return a column of times in unix seconds.

    Parameters
    ----------
    column : Series
        Unix seconds or datetimes, UTC when naive.
    origin : Origin
        For errors.

    Returns
    -------
    ndarray of float64, shape (n,)

    Raises
    ------
    InvalidTimestampsError
        Missing, of a type that is no time, or outside the years 1 to 9999, as milliseconds are.
    """
    name = column.name
    if column.empty:  # a file with a header only has columns of no particular type
        return np.empty(0)
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        if column.isna().any():
            raise InvalidTimestampsError(
                f"{origin}: {name} is missing in {origin.row(_first_bad(column.isna().to_numpy()))}"
            )
        naive = column.dt.tz_convert("UTC").dt.tz_localize(None) if column.dt.tz is not None else column
        return naive.to_numpy().astype("datetime64[us]").astype(np.int64) / 1e6
    if not _is_real(column) and pd.api.types.infer_dtype(column) not in _MIXED_NUMBERS:
        raise InvalidTimestampsError(
            f"{origin}: {name} must be unix seconds or datetimes, not {column.dtype}; "
            f"{origin.first_text(column)}"
        )
    seconds = column.to_numpy(dtype=np.float64, na_value=np.nan)
    bad = ~np.isfinite(seconds)
    if bad.any():
        raise InvalidTimestampsError(
            f"{origin}: {name} is missing or not finite in {origin.row(_first_bad(bad))}"
        )
    if seconds.min() < EARLIEST_S or seconds.max() > LATEST_S:
        row = _first_bad((seconds < EARLIEST_S) | (seconds > LATEST_S))
        raise InvalidTimestampsError(
            f"{origin}: {name} must be unix seconds between the years 1 and 9999; "
            f"{origin.row(row)} has {seconds[row]:.0f}, as if in milliseconds or less"
        )
    return seconds


def _is_real(column: "pd.Series[Any]") -> bool:
    kinds = pd.api.types
    return kinds.is_integer_dtype(column.dtype) or kinds.is_float_dtype(column.dtype)


def _events(frame: pd.DataFrame, origin: Origin) -> EventCodes:
    if EVENT not in frame.columns:
        return np.zeros(len(frame), dtype=np.uint8)
    codes, names = pd.factorize(frame[EVENT], use_na_sentinel=True)
    if (codes < 0).any():
        raise UnknownEventError(f"{origin}: {EVENT} is missing in {origin.row(_first_bad(codes < 0))}")
    known: list[EventCodes] = []
    for place, name in enumerate(names.tolist()):
        try:
            known.append(event_codes([name]))
        except UnknownEventError as error:
            row = origin.row(_first_bad(codes == place))
            raise UnknownEventError(f"{origin}: {EVENT}: {error}; first in {row}") from None
    return np.concatenate(known)[codes] if known else np.zeros(0, dtype=np.uint8)


def _weights(frame: pd.DataFrame, events: EventCodes, origin: Origin) -> Floats:
    if WEIGHT not in frame.columns:
        return WEIGHT_BY_CODE[events].astype(np.float64)
    try:
        weights = frame[WEIGHT].to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError):
        raise InvalidWeightsError(
            f"{origin}: {WEIGHT} must be numbers; {origin.first_text(frame[WEIGHT])}"
        ) from None
    bad = ~((weights >= 0) & (weights <= MOST_WEIGHT))
    if bad.any():
        row = _first_bad(bad)
        raise InvalidWeightsError(
            f"{origin}: {WEIGHT} must be finite, at least 0 and at most {MOST_WEIGHT:.0e}; "
            f"{origin.row(row)} has {weights[row]}"
        )
    return weights


def _positions(
    column: "pd.Series[Any]", further: "Iterable[Any] | AnyArray", origin: Origin
) -> tuple[Vocabulary, StoredPositions]:
    codes, uniques = pd.factorize(column, use_na_sentinel=True)
    if (codes < 0).any():
        raise InvalidIdsError(f"{origin}: {column.name} is missing in {origin.row(_first_bad(codes < 0))}")
    try:
        distinct = encode_ids(uniques.to_numpy() if hasattr(uniques, "to_numpy") else np.asarray(uniques))
        more = encode_ids(further)
    except InvalidIdsError as error:
        raise InvalidIdsError(f"{origin}: {column.name}: {error}{origin.second_kind(column)}") from None
    if distinct.size and more.size and (distinct.dtype.kind == "i") != (more.dtype.kind == "i"):
        raise InvalidIdsError(
            f"{origin}: {column.name} holds {named_kind(distinct)}, the catalogue {named_kind(more)}: "
            "ask for text ids if both are meant as text"
        )
    joined = np.concatenate([part for part in (distinct, more) if part.size] or [distinct])
    vocabulary = Vocabulary.of(joined)
    by_code = vocabulary.positions(distinct).astype(np.int32)
    return vocabulary, by_code[codes] if len(codes) else np.empty(0, dtype=np.int32)
