"""Reads back what happened since the last fit: what a new worker has not seen, what any may have missed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import asyncpg

from server.core.clock import Clock
from server.core.database import Database
from server.core.problems import Unavailable
from server.features.interactions import fresh_queries as queries
from server.features.interactions.fresh_queries import ROWS_AT_ONCE, FreshRow
from server.features.interactions.overlay import SESSION_S, Overlay

DATABASE_AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError, Unavailable)
MAX_ROWS = 20_000
MAX_AGE = timedelta(days=7)
MAX_DOUBTED = 1_000
# What a visitor did before they decided something is in the database by then.
SETTLE_S = 1.0
# What comes late: batches that others are writing, the spool of a dead worker.
LOOK_AGAIN_S = 2.0
LOOKS = 3
RETRY_S = 2.0
logger = logging.getLogger(__name__)


class CatchUp:
    """Brings the ledgers of an overlay up to what the log has; a fact that is there already counts once."""

    def __init__(self, database: Database, overlay: Overlay, clock: Clock) -> None:
        self._database = database
        self._overlay = overlay
        self._clock = clock
        self._watermark: datetime | None = None
        self._doubted: set[int] = set()
        self._must_read_all = False
        self._looks_left = 0
        self._wake = asyncio.Event()
        overlay.on_doubt = self.doubt

    def doubt(self, visitor_id: int) -> None:
        """Count nothing of a visitor until what they decided, and what is left of them, has been read."""
        self._doubted.add(visitor_id)
        self._overlay.uncounted.paused.add(visitor_id)
        self._wake.set()

    def distrust(self) -> None:
        """Read everything: there may be something that this worker was not told."""
        self._looks_left = LOOKS
        self._read_all_soon()

    def learned_until(self, watermark: datetime) -> None:
        """Let go of what the model that serves from now on knows; fetch what only the one before knew."""
        self._overlay.learned_until(int(watermark.timestamp() * 1e3))
        if self._watermark is None or watermark < self._watermark:
            self.distrust()
        self._watermark = watermark

    async def start(self) -> None:
        """Learn who is not to be learned from before anything is counted."""
        with suppress(*DATABASE_AWAY):
            async with self._database.connection() as connection:
                paused = await queries.select_paused(connection, visitor_ids=None)
            self._overlay.uncounted.paused.update(paused)

    async def follow(self) -> None:
        """Read whenever there is something to read, for as long as the worker lives."""
        while True:
            await self._wake.wait()
            if not self._must_read_all:
                await asyncio.sleep(SETTLE_S)
            try:
                await self.read()
            except DATABASE_AWAY as error:
                logger.warning("what happened since the last fit has to wait: %s", error)
                await asyncio.sleep(RETRY_S)

    async def read(self) -> None:
        """Read what there is to read; after a failure it still is.

        Raises
        ------
        OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError, Unavailable
        """
        self._wake.clear()
        doubted, self._doubted = self._doubted, set()
        is_all = self._must_read_all or len(doubted) > MAX_DOUBTED
        self._must_read_all = False
        if not is_all and not doubted:
            return
        try:
            await self._read(None if is_all else sorted(doubted))
        except BaseException:
            self._doubted |= doubted
            self._must_read_all |= is_all
            self._wake.set()
            raise
        if is_all and self._looks_left:
            self._looks_left -= 1
            if self._looks_left:
                asyncio.get_running_loop().call_later(LOOK_AGAIN_S, self._read_all_soon)

    def _read_all_soon(self) -> None:
        self._must_read_all = True
        self._wake.set()

    async def _read(self, visitor_ids: Sequence[int] | None) -> None:
        now, rows = self._clock.now(), list[FreshRow]()
        async with self._database.connection() as connection:
            paused = await queries.select_paused(connection, visitor_ids=visitor_ids)
            forgettings = await queries.select_standing_forgettings(connection, now=now)
            if self._watermark is not None:
                since = max(self._watermark - timedelta(seconds=SESSION_S), now - MAX_AGE)
                rows = await queries.select_fresh(
                    connection, since=since, limit=MAX_ROWS, visitor_ids=visitor_ids
                )
        self._take_decisions(visitor_ids, set(paused), int(now.timestamp() * 1e3))
        if visitor_ids is None:
            for visitor_id, until_ms in forgettings:
                self._overlay.silence(visitor_id, until_ms)
        await self._replay(rows)

    def _take_decisions(self, visitor_ids: Sequence[int] | None, paused: set[int], now_ms: int) -> None:
        uncounted = self._overlay.uncounted
        asked = uncounted.paused if visitor_ids is None else uncounted.paused.intersection(visitor_ids)
        # Who decides something while we read is still in doubt.
        uncounted.paused = uncounted.paused - (asked - self._doubted) | paused
        for visitor_id in paused - asked:
            self._overlay.silence(visitor_id, now_ms)

    async def _replay(self, rows: Iterable[FreshRow]) -> None:
        by_visitor: dict[int, list[FreshRow]] = {}
        for row in rows:
            by_visitor.setdefault(row.visitor_id, []).append(row)
        n_rows = 0
        for visitor_id, theirs in by_visitor.items():
            if visitor_id not in self._overlay.uncounted.paused:
                self._overlay.replay(visitor_id, [row[1:] for row in theirs])
            n_rows += len(theirs)
            if n_rows > ROWS_AT_ONCE:
                n_rows = 0
                # Requests go first.
                await asyncio.sleep(0)
