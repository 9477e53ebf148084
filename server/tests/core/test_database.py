"""Connections are lent for a bounded time, and an outage is an answer, not a fault."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from server.core.database import Database
from server.core.problems import Unavailable
from server.tests.support.shop import API, Shop, problem


async def test_a_full_pool_refuses_after_a_moment_and_recovers(database_url: str) -> None:
    database = Database(database_url, 2)
    await database.open()
    async with AsyncExitStack() as stack:
        for _ in range(2):
            await stack.enter_async_context(database.connection())
        loop = asyncio.get_running_loop()
        start = loop.time()
        with pytest.raises(Unavailable):
            await database.connection().__aenter__()
        assert 0.4 < loop.time() - start < 5
    assert database.claims == 0
    async with database.connection() as connection:
        assert await connection.fetchval("SELECT 1") == 1
    await database.close()


async def test_those_who_wait_get_what_becomes_free(database_url: str) -> None:
    database = Database(database_url, 1)
    await database.open()

    async def use() -> int:
        async with database.connection() as connection:
            value: int = await connection.fetchval("SELECT 1")
            return value

    assert await asyncio.gather(*(use() for _ in range(20))) == [1] * 20
    assert database.claims == 0
    await database.close()


async def test_cancelled_requests_leak_no_connection(database_url: str) -> None:
    database = Database(database_url, 2)
    await database.open()

    async def slow() -> None:
        async with database.connection() as connection:
            await connection.execute("SELECT pg_sleep(2)")

    for delay_ms in range(12):
        tasks = [asyncio.ensure_future(slow()) for _ in range(3)]
        await asyncio.sleep(delay_ms / 1_000)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    assert database.claims == 0
    async with database.connection() as first, database.connection() as second:
        assert await first.fetchval("SELECT 1") + await second.fetchval("SELECT 1") == 2
    await database.close()


async def test_a_closed_database_is_a_503_with_retry_after(shop: Shop) -> None:
    shop.runtime.database.pool.terminate()
    for path in ("/products", "/categories", "/products/1", "/search/suggest?q=camera"):
        response = await shop.guest().get(f"{API}{path}")
        await problem(response, 503, "unavailable")
        assert int(response.headers["Retry-After"]) >= 1
