"""Work that repeats until the worker stops."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable

logger = logging.getLogger(__name__)


async def run_periodically(
    name: str,
    interval_s: float,
    job: Callable[[], Awaitable[object]],
    stop: asyncio.Event,
    *,
    jitter: float = 0.1,
) -> None:
    """Run ``job`` every ``interval_s`` until ``stop``; one failed round is logged and does not end it.

    The wait is on the stop event, never a sleep, so that a worker stops at once.
    """
    while not stop.is_set():
        try:
            await job()
        except Exception:
            logger.exception("%s failed; next try in %.1f s", name, interval_s)
        # Jitter keeps the workers of one machine from waking together.
        pause_s = interval_s * (1 + jitter * random.random())  # noqa: S311 - spreads load, guards nothing
        try:
            await asyncio.wait_for(stop.wait(), pause_s)
        except TimeoutError:
            continue
