"""What a personal shop costs: every rail of a long history, what comes next, two workers, one worker more."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime

import httpx
import uvloop

from scripts.bench.load import open_loop, wrk
from scripts.bench.report import Figure, Report
from scripts.bench.stage import Server, shop
from scripts.bench.visitors import EVENTS, product_ids, visitor_with_history

HOME = "/api/v1/recommendations/home"
SESSION = "/api/v1/recommendations/session"
LONG_HISTORY = 50
HOME_NAME, SESSION_NAME = (
    f"home, every rail, history of {LONG_HISTORY}",
    f"session, history of {LONG_HISTORY}",
)
HOME_GATE, SESSION_GATE = 1_200, 2_000
RATE, MAX_P90_MS, MAX_EXTRA_MB = 1_000.0, 7.0, 150.0
CLICKS, MAX_HERE_MS, MAX_ELSEWHERE_MS = 100, 300.0, 1_000.0
LONGEST_S = 30.0


def measure_personal(report: Report, server: Server, database_url: str, seconds: float) -> None:
    """Measure one worker in a closed loop, then two in an open one, then how soon a click is known."""
    measure_speed(report, server, seconds)
    _known_within(report, "a click changes the slate, one process, p95", server.base, MAX_HERE_MS)
    with shop(database_url, workers=2, **_models_of(server)) as pair:
        cookie = visitor_with_history(pair.base, length=20)
        load = uvloop.run(
            open_loop(pair.base, SESSION, per_second=RATE, seconds=max(10, seconds), cookie=cookie)
        )
        is_met = load.p90_ms <= MAX_P90_MS
        report.add(Figure("session, two workers, 1,000/s, p90", load.p90_ms, "ms", "<= 7 ms", None, is_met))
        extra = min(worker.memory_full_info().pss for worker in pair.workers()) / 2**20
        report.add(Figure("an extra worker", extra, "MB", "<= 150 MB PSS", None, extra <= MAX_EXTRA_MB))
        _known_within(report, "a click changes the slate, two processes, p95", pair.base, MAX_ELSEWHERE_MS)


def measure_speed(report: Report, server: Server, seconds: float) -> None:
    """Measure home with every rail, and what comes next, for somebody with a long history."""
    cookie = visitor_with_history(server.base, length=LONG_HISTORY)
    rails = httpx.get(server.base + HOME, headers={"Cookie": cookie}).json()["rails"]
    print(f"{len(rails)} rails: {', '.join(rail['id'] for rail in rails)}")
    for name, path, gate in ((HOME_NAME, HOME, HOME_GATE), (SESSION_NAME, SESSION, SESSION_GATE)):
        loads = [wrk(server.base, [path], seconds=seconds, cookie=cookie) for _ in range(3)]
        found = sorted(load.per_second for load in loads)[1]
        report.add(Figure(name, found, "req/s", f">= {gate:,} req/s", None, found >= gate))


def _models_of(server: Server) -> dict[str, str]:
    """Let another shop on the same database open the models of this one."""
    return {} if server.folder is None else {"JACKDAW_SNAPSHOT_URL": (server.folder / "snapshots").as_uri()}


def _known_within(report: Report, name: str, base: str, most_ms: float) -> None:
    took = sorted(_clicks(base))
    p95 = took[int(len(took) * 0.95)]
    report.add(Figure(name, p95, "ms", f"<= {most_ms:g} ms", None, p95 <= most_ms))


def _clicks(base: str) -> list[float]:
    """Click again and again; ask over fresh connections, whichever worker takes them, until home knows."""
    with httpx.Client(base_url=base, timeout=30) as client:
        products = product_ids(client, CLICKS + 1, seed=5)
        client.post(EVENTS, json=_click(products.pop())).raise_for_status()
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        took = []
        end = time.perf_counter() + LONGEST_S
        for product_id in products:
            if time.perf_counter() > end:
                break
            client.post(EVENTS, json=_click(product_id)).raise_for_status()
            begin = time.perf_counter()
            while not _is_known(base, cookie, product_id) and time.perf_counter() - begin < 5:
                time.sleep(0.005)
            took.append((time.perf_counter() - begin) * 1e3)
    return took


def _is_known(base: str, cookie: str, product_id: str) -> bool:
    """Whether two workers in a row, if there are two, go on from this product."""
    return all(
        f'"productIds":["{product_id}"'
        in httpx.get(base + HOME, headers={"Cookie": cookie, "Connection": "close"}).text
        for _ in range(2)
    )


def _click(product_id: str) -> dict[str, object]:
    now = datetime.now(UTC).isoformat()
    event = {"id": str(uuid.uuid4()), "type": "view", "productId": product_id, "occurredAt": now}
    return {"events": [event]}
