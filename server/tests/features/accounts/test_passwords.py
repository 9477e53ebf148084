"""The hashing threads: bounded, and off the loop."""

from __future__ import annotations

import asyncio
import time

import pytest

from server.core.problems import Unavailable
from server.features.accounts.passwords import DUMMY_HASH, MAX_WAITING, Passwords


async def test_past_the_waiting_line_it_refuses_and_recovers() -> None:
    passwords = Passwords(threads=2)
    try:
        started = [asyncio.ensure_future(passwords.hash("p")) for _ in range(MAX_WAITING + 2)]
        await asyncio.sleep(0)
        with pytest.raises(Unavailable) as refused:
            await passwords.hash("one too many")
        assert refused.value.retry_after_s == 2
        hashes = await asyncio.gather(*started)
        assert len(set(hashes)) == MAX_WAITING + 2
        await asyncio.sleep(0)
        assert await passwords.verify(await passwords.hash("p"), "p")
    finally:
        passwords.close()


async def test_the_loop_turns_while_hashes_are_made() -> None:
    passwords = Passwords(threads=2)
    worst_s = 0.0
    try:
        work = [asyncio.ensure_future(passwords.hash("p")) for _ in range(8)]
        while not all(task.done() for task in work):
            start = time.perf_counter()
            await asyncio.sleep(0.001)
            worst_s = max(worst_s, time.perf_counter() - start)
        # Hashing on the loop would stall it for all eight hashes, a third of a second at the very least.
        assert worst_s < 0.3
    finally:
        passwords.close()


async def test_without_an_account_the_answer_is_no_after_the_same_work() -> None:
    passwords = Passwords(threads=1)
    try:
        assert not await passwords.verify(None, "anything")
        assert not await passwords.verify("not a hash", "anything")
        assert not passwords.needs_rehash(DUMMY_HASH)
    finally:
        passwords.close()


async def test_a_cancelled_request_keeps_its_place_until_the_thread_is_free() -> None:
    passwords = Passwords(threads=1)
    try:
        work = [asyncio.ensure_future(passwords.hash("p")) for _ in range(MAX_WAITING + 1)]
        await asyncio.sleep(0)
        work[0].cancel()
        with pytest.raises(Unavailable):
            await passwords.hash("the thread is still busy")
        await asyncio.gather(*work, return_exceptions=True)
    finally:
        passwords.close()
