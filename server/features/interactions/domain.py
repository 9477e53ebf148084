"""What an interaction is, and the rules that are fixed at the moment it is accepted."""

from __future__ import annotations

from typing import NamedTuple

from recs import EVENT_WEIGHTS, Event

WEIGHTS: dict[int, float] = {int(event): weight for event, weight in EVENT_WEIGHTS.items()}
EVENT_CODES: dict[str, int] = {event.name.lower(): int(event) for event in Event}
CLIENT_EVENTS: dict[str, tuple[int, float]] = {
    event.name.lower(): (int(event), EVENT_WEIGHTS[event])
    for event in (Event.IMPRESSION, Event.VIEW, Event.CLICK)
}
"""What clients may say, as code and weight; everything else is a fact of the server's own."""
MAX_AGE_MS = 24 * 3_600_000
# The log looks two days back for an id that it holds already: what is older may be a replay, and is refused.
REFUSED_AGE_MS = 48 * 3_600_000
MAX_POSITION = 1_000


class Interaction(NamedTuple):
    """One accepted event; times are Unix milliseconds."""

    id: str
    product_id: int
    event: int
    weight: float
    occurred_ms: int
    slate_id: str | None = None
    position: int | None = None


def clamped(occurred_ms: int, now_ms: int) -> int:
    """Return a time that lies within the day before now: a client's clock may be wrong in both directions."""
    return max(now_ms - MAX_AGE_MS, min(occurred_ms, now_ms))
