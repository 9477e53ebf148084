"""Metrics in Prometheus form and the set-up of logging."""

from __future__ import annotations

import logging

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

registry = CollectorRegistry()

_requests = Counter("jackdaw_requests_total", "Answered HTTP requests.", ["status"], registry=registry)
_seconds = Histogram(
    "jackdaw_request_seconds",
    "Time from the first byte to the answer.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
    registry=registry,
)
_by_status: dict[int, Counter] = {}


def observe_request(status: int, seconds: float) -> None:
    """Count one answered request."""
    counter = _by_status.get(status)
    if counter is None:
        counter = _by_status[status] = _requests.labels(str(status))
    counter.inc()
    _seconds.observe(seconds)


def counter(name: str, documentation: str, labels: tuple[str, ...] = ()) -> Counter:
    """Create a counter of the shop."""
    return Counter(f"jackdaw_{name}", documentation, labels, registry=registry)


def gauge(name: str, documentation: str) -> Gauge:
    """Create a gauge of the shop."""
    return Gauge(f"jackdaw_{name}", documentation, registry=registry)


def exposition() -> bytes:
    """Return all metrics in the text format of Prometheus."""
    return generate_latest(registry)


def configure_logging(level: str) -> None:
    """Log one line per event to standard error."""
    logging.basicConfig(
        level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", datefmt="%Y-%m-%dT%H:%M:%S%z"
    )
