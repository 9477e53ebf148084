"""What a shopper says to a shop and hears back, without any network.

Whoever drives a shopper sends each `Ask` over HTTP and hands the `Answer` back: asyncio here, gevent in the
Locust file, a table in the tests.
"""

from __future__ import annotations

import uuid
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

API = "/api/v1"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ask:
    """One request; ``route`` is its path without ids, for tables."""

    method: str
    path: str
    route: str
    body: dict[str, Any] | None = None
    action: str | None = None
    """Which page or button of the shop this is; nothing for what a page loads beside itself."""
    as_stranger: bool = False
    """Forget the cookie first: a private window, another device."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and decoded JSON; status 0 when nothing came back."""

    status: int
    content: Any = None

    @property
    def is_ok(self) -> bool:
        """Whether the shop did what it was asked."""
        return 200 <= self.status < 300


Talk = Generator[Ask, Answer, T]


def get(path: str, route: str = "", *, action: str | None = None) -> Ask:
    """Read something of the API; ``route`` when the path has an id or a query in it."""
    return Ask("GET", API + path, f"GET {route or path}", action=action)


class EventIds:
    """What makes every event of every run one of its own: no decision depends on it."""

    def stamp(self) -> dict[str, str]:
        """Return the id and the time of an event that happens now."""
        return {"id": str(uuid.uuid4()), "occurredAt": datetime.now(UTC).isoformat()}
