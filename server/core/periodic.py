"""Work that repeats until the worker stops."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable

# A round that failed, perhaps because the database was away for a moment, is not put off for an hour.
RETRY_S = 5.0
logger = logging.getLogger(__name__)


async def run_periodically(
    name: str,
    interval_s: float,
    job: Callable[[], Awaitable[object]],
    stop: asyncio.Event,
    *,
    jitter: float = 0.1,
) -> None:
    """Run ``job`` every ``interval_s`` until ``stop``; a failed round is logged and soon tried again.

    The wait is on the stop event, never a sleep, so that a worker stops at once.
    """
    while not stop.is_set():
        wait_s = interval_s
        try:
            await job()
        except Exception:
            wait_s = min(interval_s, RETRY_S)
            logger.exception("%s failed; next try in %.1f s", name, wait_s)
        # Jitter keeps the workers of one machine from waking together.
        pause_s = wait_s * (1 + jitter * random.random())  # noqa: S311 - spreads load, guards nothing
        try:
            await asyncio.wait_for(stop.wait(), pause_s)
        except TimeoutError:
            continue
