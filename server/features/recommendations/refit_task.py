"""Asks for refits: on an interval, when enough has happened, and when an administrator wants one."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

import asyncpg
import orjson

from server.core.runtime import Runtime
from server.core.telemetry import counter
from server.features.interactions.service import DATABASE_AWAY
from server.features.recommendations import model_queries
from server.features.recommendations.model_queries import LastAttempt
from server.settings import REPOSITORY_ROOT, store_environment

TIME_LIMIT_S = 900.0
SHORT_PAUSE_S = 3.0
# Busy hours do not fit one model after the other: there is at least this share of the interval between two.
LOOKS_PER_INTERVAL = 5
KILL_PAUSE_S = 2.0
logger = logging.getLogger(__name__)
_failed = counter("refits_failed_total", "Refits that ended without a verdict.")


class RefitTask:
    """Runs `python -m server.refit` in a child while it holds the shop's refit lock."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._requested = asyncio.Event()
        self._child: subprocess.Popen[bytes] | None = None

    def request(self) -> None:
        """Fit soon, whether or not enough has happened."""
        self._requested.set()

    async def run(self) -> None:
        """Look whether a refit is due, for as long as the worker lives."""
        pause_s = 0.0
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._requested.wait(), pause_s)
            is_requested = self._requested.is_set()
            self._requested.clear()
            try:
                pause_s = await self._refit_if_due(is_requested=is_requested)
            except DATABASE_AWAY as error:
                pause_s = SHORT_PAUSE_S
                logger.warning("no refit without the database: %s", error)
            except Exception:
                pause_s = self._runtime.settings.refit_interval_s
                _failed.inc()
                logger.exception("the refit failed; next look in %.0f s", pause_s)

    async def stop(self) -> None:
        """Kill a child that is still fitting."""
        child = self._child
        if child is None or child.poll() is not None:
            return
        child.terminate()
        try:
            await asyncio.to_thread(child.wait, KILL_PAUSE_S)
        except subprocess.TimeoutExpired:
            child.kill()
            await asyncio.to_thread(child.wait)
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError, ValueError):
                    pipe.close()

    async def _refit_if_due(self, *, is_requested: bool) -> float:
        """Fit when it is time; return after how many seconds to look again."""
        settings = self._runtime.settings
        pause_s = max(settings.refit_interval_s / LOOKS_PER_INTERVAL, min(1.0, settings.refit_interval_s))
        connection = await asyncpg.connect(settings.database_url, timeout=5, command_timeout=30)
        try:
            last = await model_queries.select_last_attempt(connection)
            if last is None or not last.has_champion:
                # A shop without a model looks often: the first one should be there within seconds.
                pause_s = min(SHORT_PAUSE_S, settings.refit_interval_s)
            if not is_requested and not await self._is_due(connection, last):
                return pause_s
            if not await model_queries.try_refit_lock(connection):
                if is_requested:
                    self._ask_again()
                return pause_s
            await self._run_child(is_requested=is_requested)
            return pause_s
        finally:
            # The lock ends with its connection, also when this worker is killed here.
            await connection.close(timeout=2)

    async def _is_due(self, connection: asyncpg.Connection, last: LastAttempt | None) -> bool:
        """Whether the interval is over and anything happened, or enough happened well before that."""
        settings = self._runtime.settings
        since, age_s = (None, float("inf")) if last is None else (last.trained_until, last.age_s)
        if age_s < settings.refit_interval_s / LOOKS_PER_INTERVAL:
            return False
        if last is not None and last.has_champion and age_s >= settings.model_max_age_s / 2:
            # Nothing happened, but what is popular fades and what is new does not stay new.
            return True
        if age_s >= settings.refit_interval_s and (
            await model_queries.count_forgotten(connection, since=since)
        ) != (0, 0):
            # What was forgotten leaves the model even if nobody does anything else.
            return True
        enough = 1 if age_s >= settings.refit_interval_s else settings.refit_min_events
        return await model_queries.count_new_interactions(connection, since=since, enough=enough) >= enough

    def _ask_again(self) -> None:
        """Keep a request alive while another worker's fit, which may have begun before it, holds the lock."""
        asyncio.get_running_loop().call_later(SHORT_PAUSE_S, self._requested.set)

    async def _run_child(self, *, is_requested: bool, namespace_ids: Sequence[int] = ()) -> None:
        """Fit our own shop, or these namespaces of other shops."""
        settings, started_at = self._runtime.settings, time.monotonic()
        job = {
            "databaseUrl": settings.database_url,
            "snapshotUrl": settings.snapshot_store,
            "snapshotCache": str(settings.snapshot_cache),
            "choice": {"budget_s": settings.choice_budget_s, "interval_s": settings.choice_interval_s},
            "isRequested": is_requested,
            "namespaceIds": list(namespace_ids),
            "parentPid": os.getpid(),
        }
        child = self._child = _start_child()
        try:
            async with asyncio.timeout(TIME_LIMIT_S):
                output, _ = await asyncio.to_thread(child.communicate, orjson.dumps(job) + b"\n")
        except BaseException:
            await self.stop()
            raise
        last = output.strip().rsplit(b"\n", 1)[-1].decode(errors="replace")
        if child.returncode != 0:
            _failed.inc()
            logger.error("the refit ended with %s after: %s", child.returncode, last)
            return
        logger.info("refit in %.1f s: %s", time.monotonic() - started_at, last)


def _start_child() -> subprocess.Popen[bytes]:
    """Start the child from the thread of the loop, whose end is what the child is told of.

    Not through asyncio: under uvloop a child inherits the listening socket, and would keep the port of a
    worker that was killed.
    """
    return subprocess.Popen(
        [sys.executable, "-m", "server.refit", "--child"],
        cwd=REPOSITORY_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={
            **store_environment(),
            "PATH": os.defpath,
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "PYTHONUTF8": "1",
        },
    )
