"""Column names, event types and default weights: the words in which tables reach the library."""

from collections.abc import Iterable
from enum import IntEnum
from typing import Final

import numpy as np

from recs.arrays import EventCodes, Scores, read_only
from recs.errors import MissingColumnsError, RepeatedColumnError, UnknownEventError

USER_ID: Final = "user_id"
ITEM_ID: Final = "item_id"
TIMESTAMP: Final = "timestamp"
EVENT: Final = "event"
WEIGHT: Final = "weight"
CATEGORY: Final = "category"
BRAND: Final = "brand"
LISTED_AT: Final = "listed_at"

_READ: Final = (USER_ID, ITEM_ID, TIMESTAMP, EVENT, WEIGHT, CATEGORY, BRAND, LISTED_AT)

DAY_S: Final = 86_400.0

EARLIEST_S: Final = -62_135_596_800.0
LATEST_S: Final = 253_402_300_799.0
"""Unix seconds of the years 1 to 9999: beyond them a time is in other units, such as milliseconds."""
MOST_WEIGHT: Final = 1e9
"""Squares and sums of more are no longer exact in the arithmetic of models, and then not finite."""


class Event(IntEnum):
    """What a person did with an item; the codes are stored in logs and never change."""

    VIEW = 1
    CLICK = 2
    FAVORITE = 3
    CART_ADD = 4
    PURCHASE = 5
    RATING = 6
    DISMISS = 7
    IMPRESSION = 8


EVENT_WEIGHTS: Final[dict[Event, float]] = {
    Event.VIEW: 1.0,
    Event.CLICK: 1.0,
    Event.FAVORITE: 3.0,
    Event.CART_ADD: 4.0,
    Event.PURCHASE: 6.0,
    Event.RATING: 2.0,
    Event.DISMISS: 0.0,
    Event.IMPRESSION: 0.0,
}


def _weights_by_code() -> Scores:
    weights = np.ones(256, dtype=np.float32)
    for event, weight in EVENT_WEIGHTS.items():
        weights[event] = weight
    return read_only(weights)


WEIGHT_BY_CODE: Final[Scores] = _weights_by_code()
"""Default weight by event code, shape (256,); code 0 means "no event type" and weighs 1."""

EVENT_CODE_BY_NAME: Final[dict[str, int]] = {event.name.lower(): int(event) for event in Event}


def event_codes(events: Iterable[str | int]) -> EventCodes:
    """Translate event names or codes to codes.

    Parameters
    ----------
    events : iterable of str or int
        Names as in `Event` in lower case (``"cart_add"``), or their codes.

    Returns
    -------
    ndarray of uint8, shape (n_events,)

    Raises
    ------
    UnknownEventError
        A name or code outside `Event`.

    Notes
    -----
    O(n_events) in Python: for histories and lists of distinct names, not for whole logs.

    Examples
    --------
    >>> event_codes(["view", Event.PURCHASE]).tolist()
    [1, 5]
    """
    codes = []
    for event in events:
        code = EVENT_CODE_BY_NAME.get(event) if isinstance(event, str) else _whole(event)
        if code is None or not 1 <= code <= len(Event):
            raise UnknownEventError(f"unknown event {event!r}; known: {', '.join(EVENT_CODE_BY_NAME)}")
        codes.append(code)
    return np.array(codes, dtype=np.uint8)


def _whole(number: object) -> int | None:
    if isinstance(number, int | np.integer) and not isinstance(number, bool):
        return int(number)
    return int(number) if isinstance(number, float) and number.is_integer() else None


def require_columns(table: str, needed: Iterable[str], present: Iterable[str]) -> None:
    """Refuse a table that lacks columns, or has two of a name.

    Parameters
    ----------
    table : str
        The name by which the error calls the table.
    needed, present : iterable of str

    Raises
    ------
    MissingColumnsError
        Naming every missing column at once.
    RepeatedColumnError
        A column that this library reads appears twice.
    """
    have = list(present)
    missing = [name for name in needed if name not in have]
    if missing:
        raise MissingColumnsError(table, missing, have)
    repeated = [name for name in _READ if have.count(name) > 1]
    if repeated:
        raise RepeatedColumnError(table, repeated[0])
