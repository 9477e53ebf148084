"""Latencies in buckets that grow by four percent: exact enough for percentiles, of one size for any run."""

from __future__ import annotations

import math
from collections import Counter

GROWTH = math.log(1.04)
LEAST_MS = 0.01


class Latencies:
    """Counts of milliseconds."""

    __slots__ = ("_buckets", "count")

    def __init__(self) -> None:
        self._buckets: Counter[int] = Counter()
        self.count = 0

    def add(self, milliseconds: float) -> None:
        """Count one."""
        self._buckets[int(math.log(max(milliseconds, LEAST_MS) / LEAST_MS) / GROWTH)] += 1
        self.count += 1

    def include(self, other: Latencies) -> None:
        """Count everything that another has counted."""
        self._buckets.update(other._buckets)
        self.count += other.count

    def percentile(self, share: float) -> float:
        """Return the latency below which that share lies, within two percent; NaN without any.

        >>> found = Latencies()
        >>> for milliseconds in range(1, 1001): found.add(milliseconds)
        >>> 480 < found.percentile(0.5) < 520
        True
        """
        wanted, seen = share * self.count, 0
        for bucket in sorted(self._buckets):
            seen += self._buckets[bucket]
            if seen >= wanted:
                return LEAST_MS * math.exp((bucket + 0.5) * GROWTH)
        return math.nan
