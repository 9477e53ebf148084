"""What a worker runs for search: keeps its memory current, and asks for new statistics when they are due."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
from contextlib import suppress

import asyncpg
import orjson
from quart import Quart

from server.core.periodic import run_periodically
from server.core.runtime import EXTENSION, Runtime
from server.features.search.index_queries import try_lock, unlock
from server.features.search.indexing import is_due
from server.features.search.service import installed_search
from server.settings import REPOSITORY_ROOT

REFRESH_INTERVAL_S = 0.5
LOOK_INTERVAL_S = 20.0
TIME_LIMIT_S = 1_800.0
KILL_PAUSE_S = 2.0
logger = logging.getLogger(__name__)


class SearchWorker:
    """The background tasks of search in one worker."""

    def __init__(self, app: Quart) -> None:
        self._runtime: Runtime = app.extensions[EXTENSION]
        self._search = installed_search(app)
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Follow the catalogue, and look now and then whether the statistics are out of date."""
        follow = run_periodically("search memory", REFRESH_INTERVAL_S, self._search.refresh, self._stop)
        look = run_periodically("search index", LOOK_INTERVAL_S, self._build_if_due, self._stop)
        self._tasks = [asyncio.create_task(follow), asyncio.create_task(look)]

    async def stop(self) -> None:
        """End the tasks and a build that is under way."""
        self._stop.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._child is not None:
            await _end(self._child)

    async def _build_if_due(self) -> None:
        url = self._runtime.settings.database_url
        connection = await asyncpg.connect(url, timeout=5, command_timeout=30)
        try:
            if not await is_due(connection):
                return
            # Only to see that nobody is at it: the child takes the lock for itself.
            if not await try_lock(connection):
                return
            await unlock(connection)
        finally:
            await connection.close(timeout=2)
        await self._run_child()

    async def _run_child(self) -> None:
        """Build in a child: neither the loop nor the memory of a worker pays for it.

        Not through asyncio, for the same reason as a refit: under uvloop a child inherits the socket.
        """
        child = self._child = subprocess.Popen(  # noqa: ASYNC220 - starting takes a moment, waiting is elsewhere
            [sys.executable, "-m", "server.index_search", "--child"],
            cwd=REPOSITORY_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env={"PATH": os.defpath, "PYTHONUTF8": "1"},
        )
        job = {"databaseUrl": self._runtime.settings.database_url, "parentPid": os.getpid()}
        async with asyncio.timeout(TIME_LIMIT_S):
            await asyncio.to_thread(child.communicate, orjson.dumps(job) + b"\n")
        if child.returncode != 0:
            logger.error("the search index was not built: %s", child.returncode)


async def _end(child: subprocess.Popen[bytes]) -> None:
    """Stop a child, by force when it does not listen, and let go of its input."""
    if child.poll() is None:
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(child.wait, KILL_PAUSE_S)
        if child.poll() is None:
            child.kill()
            await asyncio.to_thread(child.wait)
    if child.stdin is not None:
        # The job may not have been written yet.
        with suppress(OSError):
            child.stdin.close()
