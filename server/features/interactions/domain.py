"""What an interaction is, and the rules that are fixed at the moment it is accepted."""

from __future__ import annotations

import re
from functools import lru_cache
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
MAX_POSITION = 1_000

# Search engines that say who they are. Programs and HTTP libraries are not listed: their reading is real use.
_CRAWLERS = re.compile(
    r"googlebot|google-inspectiontool|storebot-google|bingbot|adidxbot|yandex(bot|images)|baiduspider"
    r"|duckduckbot|slurp|applebot|petalbot|sogou|exabot|seznambot|qwantify|mojeekbot",
    re.IGNORECASE,
)


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


@lru_cache(maxsize=1_024)
def is_crawler(user_agent: str) -> bool:
    """Whether a search engine's crawler is asking."""
    return _CRAWLERS.search(user_agent) is not None
