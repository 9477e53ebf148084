"""The home slate for visitors with a warm history, closed loop and open loop."""

from __future__ import annotations

import httpx
import uvloop

from scripts.bench.load import open_loop, wrk
from scripts.bench.report import Figure, Report
from scripts.bench.stage import Server, bare_twin
from scripts.bench.visitors import visitor_with_history

HOME = "/api/v1/recommendations/home"


def measure_home(report: Report, server: Server, database_url: str, seconds: float) -> None:
    """Measure home with twenty viewed products behind the cookie."""
    cookie = visitor_with_history(server.base, length=20)
    slate = httpx.get(server.base + HOME, headers={"Cookie": cookie}).json()
    items = sum(len(rail["items"]) for rail in slate["rails"])
    if not slate["personalised"]:
        raise RuntimeError("The measured slate is not personal: no model is live.")
    with bare_twin("quart", database_url) as quart:
        loads = [
            (
                wrk(server.base, [HOME], seconds=seconds, cookie=cookie),
                wrk(quart.base, ["/hello"], seconds=seconds / 2),
            )
            for _ in range(3)
        ]
    ours, hello = (sorted((pair[i] for pair in loads), key=lambda load: load.per_second)[1] for i in (0, 1))
    report.add(Figure("bare Quart hello", hello.per_second, "req/s"))
    report.add(
        Figure(
            f"home, history of 20, {items} items",
            ours.per_second,
            "req/s",
            ">= 1,500 req/s",
            ours.per_second / hello.per_second,
            ours.per_second >= 1_500,
        )
    )
    report.add(Figure("home, closed loop p99", ours.p99_ms, "ms"))
    # As fast a loop as the server's: what the client waits for itself would count as latency.
    steady = uvloop.run(open_loop(server.base, HOME, per_second=500, seconds=max(10, seconds), cookie=cookie))
    report.add(Figure("home, open loop 500/s, p50", steady.p50_ms, "ms"))
    report.add(
        Figure("home, open loop 500/s, p99", steady.p99_ms, "ms", "p99 <= 20 ms", None, steady.p99_ms <= 20)
    )
