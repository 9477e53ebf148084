"""Waits for what happens beside the test, with a limit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


async def eventually(is_true: Callable[[], bool | Awaitable[bool]], *, timeout_s: float = 15.0) -> None:
    """Return as soon as the condition holds; fail when it never does."""
    async with asyncio.timeout(timeout_s):
        while True:
            outcome = is_true()
            if outcome if isinstance(outcome, bool) else await outcome:
                return
            await asyncio.sleep(0.02)
