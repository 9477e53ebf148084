"""Domain events: held during a transaction, told to subscribers only after it has committed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

logger = logging.getLogger(__name__)
E = TypeVar("E")


class EventBus:
    """Synchronous fan-out by event type. A subscriber must not block; its failure stays its own."""

    def __init__(self) -> None:
        self._subscribers: dict[type[Any], list[Callable[[Any], None]]] = {}

    def subscribe(self, event_type: type[E], subscriber: Callable[[E], None]) -> None:
        """Call ``subscriber`` for every published event of exactly this type."""
        self._subscribers.setdefault(event_type, []).append(subscriber)

    def publish(self, event: object) -> None:
        """Tell everyone; log and go on when someone fails."""
        for subscriber in self._subscribers.get(type(event), ()):
            try:
                subscriber(event)
            except Exception:
                logger.exception("a subscriber of %s failed", type(event).__name__)
