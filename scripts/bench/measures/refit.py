"""A refit of the running shop: how long it takes, and what a light endpoint feels meanwhile."""

from __future__ import annotations

import asyncio
import time

import httpx

from scripts.bench.load import open_loop
from scripts.bench.pour import pour
from scripts.bench.report import Figure, Report
from scripts.bench.stage import Server, await_model, seeded_database, shop

LIGHT = "/api/v1/session"
RATE = 100.0
ANSWERS = 1_500
ADMIN = {"email": "admin@jackdaw.example", "password": "jackdaw-demo-2026"}
TIMEOUT_S = 900.0
MANY = 5_000_000
MAX_S = 20.0


def measure_refit(report: Report, server: Server, *, max_seconds: float | None = MAX_S) -> None:
    """Ask for a refit as admin and watch a light endpoint until it has come to something."""
    with httpx.Client(base_url=server.base, timeout=30) as client:
        client.post("/api/v1/auth/login", json=ADMIN).raise_for_status()
        # What the shop began by itself, perhaps with a search for a better recipe, is not what is measured.
        _await_rest(client)
        idle = asyncio.run(open_loop(server.base, LIGHT, per_second=RATE, seconds=10))
        busy: list[float] = []
        took = []
        # One refit of a few seconds has too few answers for a percentile.
        while len(busy) < ANSWERS:
            before = _finished(client)
            begin = time.perf_counter()
            client.post("/api/v1/models/refit").raise_for_status()
            busy += asyncio.run(_watch(server, client, before))
            took.append(time.perf_counter() - begin)
        busy.sort()
        seconds = sorted(took)[len(took) // 2]
        fitted = max(item["interactionsCount"] for item in client.get("/api/v1/models").json()["items"])
    label = f"refit of {fitted:,} interactions, read to swap"
    gate = "" if max_seconds is None else f"<= {max_seconds:g} s"
    is_met = None if max_seconds is None else seconds <= max_seconds
    report.add(Figure(label, seconds, "s", gate, None, is_met))
    report.add(Figure("light endpoint p99, idle", idle.p99_ms, "ms"))
    p99_ms = busy[int(len(busy) * 0.99)]
    ratio = p99_ms / idle.p99_ms
    report.add(Figure("light endpoint p99, during the refit", p99_ms, "ms", "<= 2x idle", ratio, ratio <= 2))


def measure_large_refit(report: Report, products: int) -> None:
    """Measure the refit of a shop that has five million interactions."""
    with seeded_database(products, 0) as url:
        asyncio.run(pour(url, MANY))
        with shop(url, JACKDAW_REFIT_INTERVAL_S="86400") as server:
            await_model(server, timeout_s=TIMEOUT_S)
            measure_refit(report, server, max_seconds=None)


def _await_rest(client: httpx.Client) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while any(item["status"] == "candidate" for item in client.get("/api/v1/models").json()["items"]):
        if time.monotonic() > deadline:
            raise TimeoutError("A refit does not end.")
        time.sleep(0.5)


async def _watch(server: Server, client: httpx.Client, before: int) -> list[float]:
    """Return how long every answer took until the refit came to something."""
    latencies: list[float] = []
    deadline = time.monotonic() + TIMEOUT_S
    while time.monotonic() < deadline:
        load = await open_loop(server.base, LIGHT, per_second=RATE, seconds=2)
        latencies += load.latencies_ms
        if await asyncio.to_thread(_finished, client) > before:
            return latencies
    raise TimeoutError("No new model appeared.")


def _finished(client: httpx.Client) -> int:
    """Return the newest version that is more than a candidate whose fit is still under way."""
    items = client.get("/api/v1/models").json()["items"]
    return max((int(item["version"]) for item in items if item["status"] != "candidate"), default=0)
