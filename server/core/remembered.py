"""Answers that may be a few seconds old."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Any

MAX_REMEMBERED = 512


class Remembered:
    """Values by key for a few seconds, least recently used out first."""

    def __init__(self, max_age_s: float, max_entries: int = MAX_REMEMBERED) -> None:
        self._entries: OrderedDict[Any, tuple[float, Any]] = OrderedDict()
        self._max_age_s = max_age_s
        self._max_entries = max_entries

    def get(self, key: object) -> Any:
        """Return a value that is still fresh, else ``None``."""
        entry = self._entries.get(key)
        if entry is None or time.monotonic() - entry[0] > self._max_age_s:
            return None
        return entry[1]

    def put(self, key: object, value: object) -> None:
        """Keep a value from now on."""
        self._entries[key] = (time.monotonic(), value)
        self._entries.move_to_end(key)
        if len(self._entries) > self._max_entries:
            self._entries.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()
