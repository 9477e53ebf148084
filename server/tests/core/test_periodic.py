"""Rounds repeat until the worker stops, and one that fails is soon tried again."""

from __future__ import annotations

import asyncio

import pytest

from server.core import periodic
from server.core.periodic import run_periodically


async def test_a_round_that_failed_is_not_put_off_for_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periodic, "RETRY_S", 0.01)
    stop, rounds = asyncio.Event(), 0

    async def upkeep() -> None:
        nonlocal rounds
        rounds += 1
        if rounds == 1:
            raise OSError("The database is away.")
        stop.set()

    async with asyncio.timeout(10):
        await run_periodically("upkeep", 3_600.0, upkeep, stop)
    assert rounds == 2


async def test_a_round_that_went_well_waits_for_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periodic, "RETRY_S", 0.0)
    stop, rounds = asyncio.Event(), 0

    async def upkeep() -> None:
        nonlocal rounds
        rounds += 1

    running = asyncio.create_task(run_periodically("upkeep", 3_600.0, upkeep, stop))
    for _ in range(50):
        await asyncio.sleep(0)
    assert rounds == 1
    stop.set()
    await running
