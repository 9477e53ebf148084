"""What a page tells the shop: impressions, clicks and views, in one batch per page."""

from __future__ import annotations

from typing import Any

from scripts.simulate.talk import API, Ask, EventIds, Talk

MOST_EVENTS = 100


class EventBatch:
    """Collects events until the page sends them."""

    def __init__(self, ids: EventIds) -> None:
        self._ids = ids
        self._events: list[dict[str, Any]] = []

    def add(
        self, kind: str, product_id: str, *, slate_id: str | None = None, position: int | None = None
    ) -> None:
        """Note an event; its place in a slate when it has one."""
        event: dict[str, Any] = {**self._ids.stamp(), "type": kind, "productId": product_id}
        if slate_id is not None:
            event |= {"slateId": slate_id, "position": position}
        self._events.append(event)

    def flush(self) -> Talk[None]:
        """Send what was noted."""
        while self._events:
            batch, self._events = self._events[:MOST_EVENTS], self._events[MOST_EVENTS:]
            yield Ask("POST", f"{API}/interactions", "POST /interactions", {"events": batch})
