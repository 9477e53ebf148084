"""A refit of the running shop: how long it takes, and what a light endpoint feels meanwhile."""

from __future__ import annotations

import asyncio
import time

import httpx

from scripts.bench.load import Load, open_loop
from scripts.bench.report import Figure, Report
from scripts.bench.stage import Server

LIGHT = "/api/v1/session"
RATE = 100.0
ADMIN = {"email": "admin@jackdaw.example", "password": "jackdaw-demo-2026"}
TIMEOUT_S = 300.0


def measure_refit(report: Report, server: Server) -> None:
    """Ask for a refit as admin and watch a light endpoint until the new model is live."""
    with httpx.Client(base_url=server.base, timeout=30) as client:
        client.post("/api/v1/auth/login", json=ADMIN).raise_for_status()
        # What the shop began by itself, perhaps with a search for a better recipe, is not what is measured.
        _await_rest(client)
        idle = asyncio.run(open_loop(server.base, LIGHT, per_second=RATE, seconds=10))
        before = _newest_version(client)
        begin = time.perf_counter()
        client.post("/api/v1/models/refit").raise_for_status()
        busy = asyncio.run(_watch(server, client, before))
        seconds = time.perf_counter() - begin
        fitted = max(item["interactionsCount"] for item in client.get("/api/v1/models").json()["items"])
    label = f"refit of {fitted:,} interactions, read to swap"
    report.add(Figure(label, seconds, "s", "<= 20 s", None, seconds <= 20))
    report.add(Figure("light endpoint p99, idle", idle.p99_ms, "ms"))
    worst = max(load.p99_ms for load in busy)
    ratio = worst / idle.p99_ms
    report.add(Figure("light endpoint p99, during the refit", worst, "ms", "<= 2x idle", ratio, ratio <= 2))


def _await_rest(client: httpx.Client) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while any(item["status"] == "candidate" for item in client.get("/api/v1/models").json()["items"]):
        if time.monotonic() > deadline:
            raise TimeoutError("A refit does not end.")
        time.sleep(0.5)


async def _watch(server: Server, client: httpx.Client, before: int) -> list[Load]:
    loads = []
    deadline = time.monotonic() + TIMEOUT_S
    while time.monotonic() < deadline:
        loads.append(await open_loop(server.base, LIGHT, per_second=RATE, seconds=2))
        if await asyncio.to_thread(_newest_version, client) > before:
            return loads
    raise TimeoutError("No new model appeared.")


def _newest_version(client: httpx.Client) -> int:
    items = client.get("/api/v1/models").json()["items"]
    return max((int(item["version"]) for item in items), default=0)
