"""Keeps the columns of a worker in step with the database, by notifications."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from server.core.database import Database
from server.core.transactions import Connection
from server.features.search import queries
from server.features.search.columns import Columns, Ids

CHUNK = 25_000
# From here on reading everything costs less than reading rows one by one.
MAX_DIRTY = 20_000
logger = logging.getLogger(__name__)


class LiveColumns:
    """The columns, read when first asked for and then kept current."""

    def __init__(self, database: Database, conditions: Sequence[str]) -> None:
        self.columns = Columns()
        self._database = database
        self._conditions = list(conditions)
        self._dirty: set[int] = set()
        self._is_stale = True
        self._is_read = False
        self._lock = asyncio.Lock()

    def receive(self, payload: str) -> None:
        """Take a notification: ids of changed listings, by commas."""
        try:
            self._dirty.update(int(text) for text in payload.split(","))
        except ValueError:
            self.forget()

    def forget(self) -> None:
        """Read everything again, because notifications may have been missed."""
        self._is_stale = True

    async def ready(self, connection: Connection) -> Columns:
        """Return the columns; the first callers wait until they are read."""
        if not self._is_read:
            await self._reload(connection)
        return self.columns

    async def with_rows_of(self, connection: Connection, ids: Ids) -> Columns:
        """Return the columns with a row for each of these listings, also for those that came just now."""
        columns = await self.ready(connection)
        missing = columns.missing(ids)
        if len(missing):
            await self._merge(connection, missing.tolist())
        return columns

    async def refresh(self) -> None:
        """Take in what changed since the last time; called every moment by the worker."""
        if not self._is_stale and not self._dirty:
            return
        async with self._database.connection() as connection:
            if self._is_stale or len(self._dirty) > MAX_DIRTY:
                await self._reload(connection)
                return
            dirty = sorted(self._dirty)
            self._dirty.difference_update(dirty)
            try:
                await self._merge(connection, dirty)
            except BaseException:
                self._dirty.update(dirty)
                raise

    async def _reload(self, connection: Connection) -> None:
        async with self._lock:
            if not self._is_stale and len(self._dirty) <= MAX_DIRTY:
                return
            self._is_stale = False
            self._dirty.clear()
            chunks = []
            last_id, is_more = 0, True
            try:
                while is_more:
                    packed = await queries.select_columns_after(
                        connection, self._conditions, after_id=last_id, limit=CHUNK
                    )
                    chunk = self.columns.decode(packed)
                    is_more = len(chunk["id"]) == CHUNK
                    if len(chunk["id"]):
                        chunks.append(chunk)
                        last_id = int(chunk["id"][-1])
            except BaseException:
                self._is_stale = True
                raise
            self.columns.replace(chunks)
            self._is_read = True

    async def _merge(self, connection: Connection, ids: list[int]) -> None:
        async with self._lock:
            packed = await queries.select_columns_of(connection, self._conditions, ids)
            fresh = self.columns.decode(packed)
            if len(fresh["id"]):
                self.columns.merge(fresh)
