"""How often one visitor may ask: the generic cell rate algorithm, in memory, per worker."""

from __future__ import annotations

import math
import time
from collections import OrderedDict

from server.core.problems import TooManyRequests

MAX_KEYS = 100_000


class RateLimiter:
    """Allows ``per_minute`` requests a minute and key, with a burst of ten seconds' worth (at least 10)."""

    def __init__(self, per_minute: int, *, max_keys: int = MAX_KEYS) -> None:
        self._interval_s = 60.0 / per_minute
        self._tolerance_s = max(10.0, 10 * self._interval_s)
        self._arrivals: OrderedDict[object, float] = OrderedDict()
        self._max_keys = max_keys

    def check(self, key: object, cost: int = 1) -> None:
        """Count ``cost`` requests of ``key``.

        Raises
        ------
        TooManyRequests
            The key has used up its share; ``Retry-After`` says when there is room again.
        """
        now = time.monotonic()
        arrival = max(self._arrivals.get(key, 0.0), now) + cost * self._interval_s
        wait_s = arrival - now - self._tolerance_s
        if wait_s > 0:
            raise TooManyRequests("Please slow down.", retry_after_s=math.ceil(wait_s))
        self._arrivals[key] = arrival
        if len(self._arrivals) > self._max_keys:
            self._arrivals.popitem(last=False)
