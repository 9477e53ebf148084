"""The list of 24: random categories and pages, against the same keyset query in a bare Quart route."""

from __future__ import annotations

import asyncio

import httpx

from scripts.bench.load import wrk
from scripts.bench.report import Figure, Report
from scripts.bench.stage import Server, bare_twin, rows

PAGES_DEEP = 6
GATE = 0.85
LIST_NAME = "list of 24"

BARE_KEYS_SQL = """
    SELECT category_id, popularity, id
    FROM (
        SELECT category_id, popularity, id,
               row_number() OVER (PARTITION BY category_id ORDER BY popularity DESC, id DESC) AS place
        FROM products WHERE withdrawn_at IS NULL
    ) placed
    WHERE place % 24 = 0 AND place <= 144
"""


def measure_listing(report: Report, server: Server, database_url: str, seconds: float) -> None:
    """Compare the shop's list with its bare twins; the median of three interleaved rounds."""
    paths = pages(server.base)
    keys = asyncio.run(rows(database_url, BARE_KEYS_SQL))
    bare_paths = [f"/list?c={key['category_id']}&p={key['popularity']!r}&i={key['id']}" for key in keys]
    with bare_twin("quart", database_url) as quart, bare_twin("asgi", database_url) as asgi:
        rounds = [
            (
                wrk(server.base, paths, seconds=seconds),
                wrk(quart.base, bare_paths, seconds=seconds),
                wrk(asgi.base, ["/"], seconds=seconds / 2),
            )
            for _ in range(3)
        ]
    ours, bare, plain = (
        sorted((r[i] for r in rounds), key=lambda load: load.per_second)[1] for i in range(3)
    )
    ratio = ours.per_second / bare.per_second
    report.add(Figure("bare ASGI route", plain.per_second, "req/s"))
    report.add(Figure("bare Quart route, same keyset query", bare.per_second, "req/s"))
    report.add(
        Figure(LIST_NAME, ours.per_second, "req/s", ">= 85 % of the bare Quart route", ratio, ratio >= GATE)
    )
    report.add(Figure("list of 24, p99", ours.p99_ms, "ms", ratio_to_bare=ours.p99_ms / bare.p99_ms))


def measure_list_of_24(report: Report, server: Server, seconds: float) -> None:
    """Measure the list alone, three times: a fresh shop still writes what was seeded."""
    paths = pages(server.base)
    loads = [wrk(server.base, paths, seconds=seconds) for _ in range(3)]
    load = sorted(loads, key=lambda one: one.per_second)[1]
    report.add(Figure(LIST_NAME, load.per_second, "req/s"))
    report.add(Figure("list of 24, p99", load.p99_ms, "ms"))


def pages(base: str) -> list[str]:
    """Walk the first pages of every category, as a shopper's clicks would, and keep their addresses."""
    paths = []
    with httpx.Client(base_url=base, timeout=30) as client:
        categories = [
            c["slug"] for c in client.get("/api/v1/categories").json()["items"] if c["productsCount"]
        ]
        for slug in categories:
            path = f"/api/v1/products?category={slug}&limit=24"
            for _ in range(PAGES_DEEP):
                paths.append(path)
                cursor = client.get(path).json()["nextCursor"]
                if cursor is None:
                    break
                path = f"/api/v1/products?category={slug}&limit=24&cursor={cursor}"
    return paths
