"""A person's recent events, and the weighted seeds that scoring starts from."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self

import numpy as np

from recs.arrays import AnyArray, EventCodes, Floats, Positions, Scores
from recs.columns import DAY_S, MOST_WEIGHT, WEIGHT_BY_CODE, Event, event_codes
from recs.errors import ConfigurationError, InvalidHistoryError
from recs.vocabulary import Vocabulary

# What an event says about the present outranks what it says about the past: an item that was viewed, then
# bought, is no longer "in your cart". Index is the event code.
_EVENT_RANK: Final = np.array([0, 1, 2, 4, 5, 6, 3, 0, 0], dtype=np.int64)
_DISMISS: Final = np.uint8(Event.DISMISS)
_DISMISSED: Final = int(Event.DISMISS)
_LAST_CODE: Final = len(Event)
_FEW: Final = 24  # so many events are weighed faster in plain Python than by some twenty small numpy calls
_WEIGHT_BY_CODE: Final = WEIGHT_BY_CODE.astype(np.float64)
_WEIGHTS: Final[list[float]] = WEIGHT_BY_CODE.tolist()
_RANKS: Final[list[int]] = _EVENT_RANK.tolist()
_RANK_EVENT: Final = np.array([0, 1, 2, 6, 3, 4, 5], dtype=np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Events of one person, oldest first, most recent last.

    Parameters
    ----------
    item_ids : sequence or ndarray of int or str, length n
        Repeats are welcome: they are summed with saturation.
    events : ndarray of uint8, shape (n,), optional
        Codes of `recs.columns.Event`; 0 or None for "something". ``History.of`` also takes names.
    weights : ndarray of float32, shape (n,), optional
        Non-negative. Default: the weight of the event type.
    timestamps : ndarray of float64, shape (n,), optional
        Unix seconds. Without them the order alone tells what is recent.
    as_of : float, optional
        Unix seconds at which the question is asked; default the latest timestamp.

    Raises
    ------
    InvalidHistoryError
        Columns of different lengths, NaN, infinite or negative weights, NaN times.

    Examples
    --------
    >>> History.of([7, 9], events=["view", "cart_add"], timestamps=[0.0, 60.0], as_of=90.0).events.tolist()
    [1, 4]
    """

    item_ids: Sequence[int] | Sequence[str] | AnyArray
    events: EventCodes | None = None
    weights: Scores | None = None
    timestamps: Floats | None = None
    as_of: float | None = None

    def __post_init__(self) -> None:
        if isinstance(self.item_ids, str | bytes | set | dict) or not hasattr(self.item_ids, "__getitem__"):
            raise InvalidHistoryError(
                f"item_ids must be a sequence of ids, not {type(self.item_ids).__name__} {self.item_ids!r}"
            )
        n = len(self.item_ids)
        for name in ("events", "weights", "timestamps"):
            column = getattr(self, name)
            if column is not None and getattr(column, "shape", None) != (n,):
                found = f"has shape {column.shape}" if isinstance(column, np.ndarray) else "is no array"
                raise InvalidHistoryError(
                    f"{name} {found}, item_ids has {n} entries (History.of takes plain sequences)"
                )
        if self.weights is not None and not (self.weights >= 0).all():
            raise InvalidHistoryError("weights must be numbers of at least 0")
        if self.weights is not None and np.isinf(self.weights).any():
            raise InvalidHistoryError("weights must be finite")
        # A sum is finite only if all its terms are, and takes less time than a look at each.
        if (
            self.timestamps is not None
            and not math.isfinite(sum(self.timestamps.tolist()))
            and not np.isfinite(self.timestamps).all()
        ):
            raise InvalidHistoryError("timestamps must be finite")
        if self.as_of is not None and not _is_finite(self.as_of):
            raise InvalidHistoryError(f"as_of must be finite, not {self.as_of!r}")
        if self.events is not None and n and _largest(self.events) > _LAST_CODE:
            raise InvalidHistoryError(f"unknown event code {int(self.events.max())}")

    @classmethod
    def of(
        cls,
        item_ids: Iterable[Any],
        *,
        events: Iterable[str | int] | None = None,
        weights: Iterable[float] | None = None,
        timestamps: Iterable[float] | None = None,
        as_of: float | None = None,
    ) -> Self:
        """Build a history of plain Python sequences.

        Parameters
        ----------
        item_ids, events, weights, timestamps, as_of
            As in the class; events may be names (``"cart_add"``).

        Returns
        -------
        History

        Raises
        ------
        InvalidHistoryError, UnknownEventError
            As in the class, and as in `event_codes`.
        """
        return cls(
            item_ids if isinstance(item_ids, np.ndarray | list | tuple | str) else list(item_ids),
            None if events is None else event_codes(events),
            None if weights is None else _numbers("weights", weights).astype(np.float32),
            None if timestamps is None else _numbers("timestamps", timestamps),
            as_of,
        )

    def latest(self, count: int) -> "History":
        """Return the last events.

        Parameters
        ----------
        count : int, at least 1

        Returns
        -------
        History
            Sharing memory; this one when it holds no more than so many.
        """
        first = len(self.item_ids) - count
        if first <= 0:
            return self
        return History(
            self.item_ids[first:],
            None if self.events is None else self.events[first:],
            None if self.weights is None else self.weights[first:],
            None if self.timestamps is None else self.timestamps[first:],
            self.as_of,
        )

    def __len__(self) -> int:
        return len(self.item_ids)


@dataclass(frozen=True, slots=True)
class RecencyConfig:
    """How much a past event counts now.

    Parameters
    ----------
    short_half_life_s, long_half_life_s : float
        Seconds; an event of age ``a`` counts ``short_share * 2**(-a/short) + (1 - short_share) *
        2**(-a/long)``. The short part is the current session, the long part the taste.
    short_share : float in [0, 1]
    rank_decay : float in (0, 1]
        Per step back from the latest event, for histories without times.
    max_events : int
        Only the latest so many events are looked at: bounds the work of a request.
    max_seeds : int
        Only the heaviest so many distinct items become seeds.
    """

    short_half_life_s: float = 1800.0
    long_half_life_s: float = 14 * DAY_S
    short_share: float = 0.6
    rank_decay: float = 0.8
    max_events: int = 200
    max_seeds: int = 50

    def __post_init__(self) -> None:
        if not (self.short_half_life_s > 0 and self.long_half_life_s > 0):
            raise ConfigurationError("half-lives must be positive seconds")
        if not 0 <= self.short_share <= 1 or not 0 < self.rank_decay <= 1:
            raise ConfigurationError("short_share must be in [0, 1] and rank_decay in (0, 1]")
        if self.max_events < 1 or self.max_seeds < 1:
            raise ConfigurationError("max_events and max_seeds must be at least 1")


@dataclass(frozen=True, slots=True, eq=False)
class Seeds:
    """Distinct known items of a history with what each of them weighs now, in order of position.

    Attributes
    ----------
    positions : ndarray of int64, shape (n_seeds,)
        Ascending.
    weights : ndarray of float32, shape (n_seeds,)
        Positive: ``log1p`` of the summed, decayed event weights. One seed's weight never depends on another's
        when the history has times, so that taking a seed away can only lower what it supported.
    events : ndarray of uint8, shape (n_seeds,)
        The most telling event of each seed; 0 when unknown.
    blocked : ndarray of int64
        Positions of every known item in the history, dismissed ones included.
    unknown_ids : tuple
        Ids that the vocabulary does not hold, without repeats, in order of appearance.
    """

    positions: Positions
    weights: Scores
    events: EventCodes
    blocked: Positions = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    unknown_ids: tuple[int | str, ...] = ()

    def __len__(self) -> int:
        return int(self.positions.shape[0])


NO_SEEDS: Final = Seeds(
    np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32), np.empty(0, dtype=np.uint8)
)


def seeds_of(history: History, vocabulary: Vocabulary, recency: RecencyConfig) -> Seeds:
    """Turn a history into seeds.

    Parameters
    ----------
    history : History
    vocabulary : Vocabulary
    recency : RecencyConfig

    Returns
    -------
    Seeds

    Raises
    ------
    InvalidIdsError
        Ids of another type than the vocabulary's.

    Notes
    -----
    O(m log m) for ``m = min(len(history), max_events)``; about 25 us for 20 events.
    """
    if len(history.item_ids) == 0:
        return NO_SEEDS
    recent = history.latest(recency.max_events)
    positions = vocabulary.positions(recent.item_ids)
    if positions.shape[0] <= _FEW and recent.weights is None and recent.timestamps is not None:
        return _few_seeds(recent, positions.tolist(), recency)
    events, weights = recent.events, _weights_now(recent, recency)
    unknown: tuple[int | str, ...] = ()
    if positions.item(positions.argmin()) < 0:  # half of the time that min() takes on small arrays
        known = positions >= 0
        unknown = _unknown_ids(recent, positions.tolist())
        positions, weights = positions[known], weights[known]
        events = None if events is None else events[known]
    return _distinct(positions, weights, events, unknown, recency.max_seeds)


def _unknown_ids(history: History, positions: list[int]) -> tuple[int | str, ...]:
    rows = zip(history.item_ids, positions, strict=True)
    return tuple(dict.fromkeys(_plain(item_id) for item_id, position in rows if position < 0))


def _few_seeds(history: History, positions: list[int], recency: RecencyConfig) -> Seeds:
    """Do for a short history what the numpy functions below do for a long one."""
    times = history.timestamps.tolist() if history.timestamps is not None else []
    events = [0] * len(positions) if history.events is None else history.events.tolist()
    now = max(times) if history.as_of is None else history.as_of
    per_short, per_long = -1.0 / recency.short_half_life_s, -1.0 / recency.long_half_life_s
    share = recency.short_share
    totals: dict[int, float] = {}
    telling: dict[int, int] = {}
    dismissed: set[int] = set()
    for position, event, time_s in zip(positions, events, times, strict=True):
        age_s = now - time_s if now > time_s else 0.0
        decay = share * 2.0 ** (age_s * per_short) + (1.0 - share) * 2.0 ** (age_s * per_long)
        totals[position] = totals.get(position, 0.0) + _WEIGHTS[event] * decay
        if _RANKS[event] > _RANKS[telling.setdefault(position, 0)]:
            telling[position] = event
        if event == _DISMISSED:
            dismissed.add(position)
    unknown: tuple[int | str, ...] = ()
    if totals.pop(-1, None) is not None:
        unknown = _unknown_ids(history, positions)
    blocked = sorted(totals)
    counting = [position for position in blocked if totals[position] > 0.0 and position not in dismissed]
    if len(counting) > recency.max_seeds:
        counting = sorted(sorted(counting, key=lambda p: (-totals[p], p))[: recency.max_seeds])
    return Seeds(
        np.array(counting, dtype=np.int64),
        np.array([math.log1p(totals[position]) for position in counting], dtype=np.float32),
        np.array([telling[position] for position in counting], dtype=np.uint8),
        np.array(blocked, dtype=np.int64),
        unknown,
    )


def _numbers(name: str, given: Iterable[float]) -> Floats:
    try:
        numbers = np.asarray(list(given), dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InvalidHistoryError(f"{name} must be numbers ({error})") from None
    if name == "weights" and (np.abs(numbers) > MOST_WEIGHT).any():
        raise InvalidHistoryError(f"weights must be finite and at most {MOST_WEIGHT:.0e}")
    return numbers


def _is_finite(number: object) -> bool:
    return isinstance(number, int | float | np.number) and math.isfinite(number)


def _largest(codes: EventCodes) -> int:
    return max(codes.tolist()) if codes.shape[0] <= _FEW else int(codes.max())


def group_starts(grouped: AnyArray) -> Positions:
    """Return where runs of equal values begin, and the length as a last entry.

    Parameters
    ----------
    grouped : ndarray, shape (n,)
        Equal values side by side.

    Returns
    -------
    ndarray of int64, shape (n_groups + 1,)
    """
    if grouped.shape[0] == 0:
        return np.zeros(1, dtype=np.int64)
    ends = np.empty(grouped.shape[0] + 1, dtype=np.bool_)
    ends[0] = ends[-1] = True
    np.not_equal(grouped[1:], grouped[:-1], out=ends[1:-1])
    return ends.nonzero()[0]


def _plain(item_id: Any) -> int | str:
    return item_id if isinstance(item_id, str) else int(item_id)


def _weights_now(history: History, recency: RecencyConfig) -> Floats:
    """Return what each event weighs at the moment of the question."""
    weights = _recency(history, recency)
    if history.weights is not None:
        weights *= history.weights
    elif history.events is not None:
        weights *= _WEIGHT_BY_CODE.take(history.events)
    return weights


def _recency(history: History, recency: RecencyConfig) -> Floats:
    if history.timestamps is None:
        steps_back = np.arange(len(history.item_ids) - 1, -1, -1, dtype=np.float64)
        return np.asarray(np.power(recency.rank_decay, steps_back))
    times = history.timestamps
    now = float(times.max()) if history.as_of is None else history.as_of
    ages_s = now - times
    np.maximum(ages_s, 0.0, out=ages_s)
    short = ages_s * (-1.0 / recency.short_half_life_s)
    np.exp2(short, out=short)
    short *= recency.short_share
    ages_s *= -1.0 / recency.long_half_life_s
    np.exp2(ages_s, out=ages_s)
    ages_s *= 1.0 - recency.short_share
    ages_s += short
    return ages_s


def _distinct(
    positions: Positions,
    weights: Floats,
    events: EventCodes | None,
    unknown: tuple[int | str, ...],
    max_seeds: int,
) -> Seeds:
    if positions.size == 0:
        return Seeds(NO_SEEDS.positions, NO_SEEDS.weights, NO_SEEDS.events, NO_SEEDS.positions, unknown)
    # One sort groups the events of an item and puts its most telling event last in the group.
    keys = positions << 3
    if events is not None:
        keys |= _EVENT_RANK.take(events)
    order = keys.argsort(kind="stable")
    keys = keys.take(order)
    grouped = keys >> 3
    bounds = group_starts(grouped)
    starts = bounds[:-1]
    totals = np.log1p(np.add.reduceat(weights.take(order), starts)).astype(np.float32)
    distinct = grouped.take(starts)
    kinds = _RANK_EVENT.take(keys.take(bounds[1:] - 1) & 7)
    if events is not None and _DISMISSED in events.tobytes():
        totals[np.isin(distinct, positions[events == _DISMISS])] = 0.0
    blocked = distinct
    if np.count_nonzero(totals) < totals.shape[0] or totals.shape[0] > max_seeds:
        heaviest = np.sort(np.argsort(-totals, kind="stable")[:max_seeds])
        heaviest = heaviest[totals[heaviest] > 0]
        distinct, totals, kinds = distinct[heaviest], totals[heaviest], kinds[heaviest]
    return Seeds(distinct, totals, kinds, blocked, unknown)
