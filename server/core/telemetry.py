"""Metrics in Prometheus form."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

registry = CollectorRegistry()

_BOUNDS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class _Requests(Collector):
    """Answered requests by status and duration: two additions each, told to Prometheus when it asks."""

    def __init__(self) -> None:
        self.by_status: dict[int, int] = {}
        self.by_duration = [0] * (len(_BOUNDS_S) + 1)
        self.seconds = 0.0

    def collect(self) -> Iterator[Metric]:
        """Return the state in the form of the client library."""
        answered = CounterMetricFamily("jackdaw_requests", "Answered HTTP requests.", labels=["status"])
        for status, count in sorted(self.by_status.items()):
            answered.add_metric([str(status)], count)
        yield answered
        bounds = [*(str(bound) for bound in _BOUNDS_S), "+Inf"]
        cumulative = list(accumulate(self.by_duration))
        yield HistogramMetricFamily(
            "jackdaw_request_seconds",
            "Time from the first byte to the answer.",
            buckets=list(zip(bounds, map(float, cumulative), strict=True)),
            sum_value=self.seconds,
        )


_requests = _Requests()
registry.register(_requests)


def observe_request(status: int, seconds: float) -> None:
    """Count one answered request."""
    _requests.by_status[status] = _requests.by_status.get(status, 0) + 1
    _requests.by_duration[bisect_left(_BOUNDS_S, seconds)] += 1
    _requests.seconds += seconds


def counter(name: str, documentation: str, labels: tuple[str, ...] = ()) -> Counter:
    """Create a counter of the shop."""
    return Counter(f"jackdaw_{name}", documentation, labels, registry=registry)


def gauge(name: str, documentation: str) -> Gauge:
    """Create a gauge of the shop."""
    return Gauge(f"jackdaw_{name}", documentation, registry=registry)


def exposition() -> bytes:
    """Return all metrics in the text format of Prometheus."""
    return generate_latest(registry)
