"""Batches of ten events: how many a worker accepts, and that each of them is in the table afterwards."""

from __future__ import annotations

import asyncio
import time

import httpx

from scripts.bench.load import wrk
from scripts.bench.report import Figure, Report
from scripts.bench.stage import Server, bare_twin, rows
from scripts.bench.visitors import EVENTS, event_bodies, visitor_with_history

BODIES = 4_000
DRAIN_TIMEOUT_S = 60.0


def measure_interactions(report: Report, server: Server, database_url: str, seconds: float) -> None:
    """Post bodies of ten events; then compare a fresh, counted batch with the table row by row.

    wrk repeats its bodies, and a repeated event is a duplicate by its id, so throughput and the
    proof that nothing is lost are taken in two steps.
    """
    cookie = visitor_with_history(server.base, length=1)
    with httpx.Client(base_url=server.base, timeout=60) as client:
        bodies = event_bodies(client, BODIES, 10)
    with bare_twin("quart", database_url) as quart:
        loads = [
            (
                wrk(server.base, [EVENTS], seconds=seconds, cookie=cookie, bodies=bodies),
                wrk(quart.base, ["/echo"], seconds=seconds / 2, bodies=bodies),
            )
            for _ in range(3)
        ]
    ours, echo = (sorted((pair[i] for pair in loads), key=lambda load: load.per_second)[1] for i in (0, 1))
    report.add(Figure("bare Quart echo of the same body", echo.per_second, "req/s"))
    report.add(
        Figure(
            "POST /interactions, 10 events",
            ours.per_second,
            "req/s",
            ">= 3,000 req/s",
            ours.per_second / echo.per_second,
            ours.per_second >= 3_000,
        )
    )
    report.add(Figure("POST /interactions, p99", ours.p99_ms, "ms"))
    before = asyncio.run(_settled_count(database_url))
    accepted = _send_fresh(server)
    missing = asyncio.run(_missing(database_url, before, accepted))
    report.add(Figure("fresh events accepted", accepted, "events"))
    report.add(Figure("accepted events missing from the table", missing, "events", "0", None, missing == 0))


def _send_fresh(server: Server) -> int:
    """Send distinct events as fast as one connection goes; returns how many were accepted."""
    accepted = 0
    with httpx.Client(base_url=server.base, timeout=60) as client:
        for body in event_bodies(client, 500, 10):
            answer = client.post(EVENTS, content=body, headers={"Content-Type": "application/json"})
            answer.raise_for_status()
            accepted += int(answer.json()["accepted"])
    return accepted


async def _missing(database_url: str, before: int, accepted: int) -> int:
    """Wait until the table has grown by what was accepted, or the patience ends."""
    deadline = time.monotonic() + DRAIN_TIMEOUT_S
    while True:
        missing = accepted - (await _count(database_url) - before)
        if missing <= 0 or time.monotonic() > deadline:
            return missing
        await asyncio.sleep(0.1)


async def _settled_count(database_url: str) -> int:
    """Count the interactions once the writer has caught up with the load before."""
    count = await _count(database_url)
    while True:
        await asyncio.sleep(1.0)
        later = await _count(database_url)
        if later == count:
            return count
        count = later


async def _count(database_url: str) -> int:
    return int((await rows(database_url, "SELECT count(*) AS n FROM interactions"))[0]["n"])
