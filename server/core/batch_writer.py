"""Moves records from the spool to the database: 500 rows or 250 ms, one transaction, then the next."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from server.core.spool import Batch, Spool, adopt_abandoned
from server.core.telemetry import counter, gauge

BATCH_RECORDS = 500
BATCH_WAIT_S = 0.25
ADOPT_EVERY_S = 5.0
MAX_BACKOFF_S = 5.0
CONNECT_TIMEOUT_S = 2.0
COMMAND_TIMEOUT_S = 10.0
logger = logging.getLogger(__name__)

_written = counter("spool_records_written_total", "Records moved from the spool to the database.")
_rejected = counter("spool_records_rejected_total", "Records that the database will never take.")
_pending = gauge("spool_pending_bytes", "Bytes in the spool that the database does not have yet.")

Record = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Sink:
    """Where the records of one kind go: DDL of a temporary staging table, and the write from it."""

    staging: str
    write: Callable[[asyncpg.Connection, Sequence[bytes]], Awaitable[None]]


class BatchWriter:
    """The one reader of a worker's spool, and of the spools that dead workers left."""

    def __init__(
        self, url: str, spool: Spool, sinks: Mapping[bytes, Sink], *, root: Path, max_bytes: int
    ) -> None:
        self._url = url
        self._spool = spool
        self._sinks = sinks
        self._root = root
        self._max_bytes = max_bytes
        self._connection: asyncpg.Connection | None = None
        self._stopping = asyncio.Event()
        self._full = asyncio.Event()
        self._moved = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._adopted: list[Spool] = []
        self._adopt_at = 0.0
        self._deadline = float("inf")
        self._failures = 0

    async def start(self) -> None:
        """Write in the background from now on."""
        self._task = asyncio.create_task(self._run(), name="spool writer")

    def notice(self) -> None:
        """Wake early when a batch is complete; call after every append."""
        if self._spool.pending_records >= BATCH_RECORDS:
            self._full.set()

    async def catch_up(self, timeout_s: float) -> bool:
        """Wait until all that this worker has accepted so far is in the database; False when time is over."""
        end = self._spool.end
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                while self._spool.position < end:
                    if not self._failures:
                        self._full.set()
                    await self._moved.wait()
        return self._spool.position >= end

    async def stop(self, timeout_s: float) -> None:
        """Write what is left, for at most ``timeout_s``; the rest waits on disk for the next start."""
        self._deadline = time.monotonic() + timeout_s
        self._stopping.set()
        self._full.set()
        if self._task is not None:
            try:
                await asyncio.wait_for(self._task, timeout_s + 0.5)
            except TimeoutError:
                logger.warning("spool not drained in time; %d bytes wait on disk", self._spool.pending_bytes)
        for spool in (self._spool, *self._adopted):
            spool.close()
        await self._disconnect()

    async def _run(self) -> None:
        while not self._stopping.is_set():
            await self._wait()
            await self._round()
        while time.monotonic() < self._deadline and await self._round() and self._failures == 0:
            continue

    async def _wait(self) -> None:
        timeout_s = BATCH_WAIT_S
        if self._failures:
            # Full jitter keeps workers from returning to a recovering database in step.
            ceiling_s = min(MAX_BACKOFF_S, BATCH_WAIT_S * 2**self._failures)
            timeout_s = ceiling_s * (0.5 + 0.5 * random.random())  # noqa: S311 - spreads load
            self._full.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._full.wait(), timeout_s)
        if not self._stopping.is_set():
            self._full.clear()

    async def _round(self) -> bool:
        """Write one batch of every spool; True when there was anything."""
        self._adopt()
        has_written = False
        try:
            for spool in (self._spool, *self._adopted):
                has_written = await self._move_batch(spool) or has_written
            self._failures = 0
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
            self._failures += 1
            if self._failures in {1, 10, 100}:
                logger.warning("events wait in the spool: %s: %s", type(error).__name__, error)
            await self._disconnect()
        self._remove_drained()
        self.notice()
        _pending.set(self.pending_bytes)
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()
        return has_written

    @property
    def pending_bytes(self) -> int:
        """Bytes that wait on disk, adopted spools included."""
        return self._spool.pending_bytes + sum(spool.pending_bytes for spool in self._adopted)

    async def _move_batch(self, spool: Spool) -> bool:
        batch = spool.read()
        if batch is None:
            return False
        rejected = await self._store(batch) if batch.records else []
        await asyncio.to_thread(spool.persist, batch)
        spool.release(batch, [kind + payload for kind, payload in rejected])
        _written.inc(len(batch.records) - len(rejected))
        _rejected.inc(len(batch.broken) + len(rejected))
        return True

    async def _store(self, batch: Batch) -> list[Record]:
        """Commit all that the database can take and return what it never will."""
        connection = await self._connect()
        records = [record for record in batch.records if record[0] in self._sinks]
        rejected = [record for record in batch.records if record[0] not in self._sinks]
        parts = [records] if records else []
        while parts:
            part = parts.pop()
            try:
                await self._write(connection, part)
            except (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError):
                if len(part) == 1:
                    logger.exception("the database refuses a record")
                    rejected.append(part[0])
                else:
                    # One bad row fails a whole COPY: halve until it stands alone and the rest is in.
                    parts += [part[: len(part) // 2], part[len(part) // 2 :]]
        return rejected

    async def _write(self, connection: asyncpg.Connection, records: Sequence[Record]) -> None:
        by_kind: dict[bytes, list[bytes]] = {}
        for kind, payload in records:
            by_kind.setdefault(kind, []).append(payload)
        async with connection.transaction():
            for kind, payloads in by_kind.items():
                await self._sinks[kind].write(connection, payloads)

    async def _connect(self) -> asyncpg.Connection:
        """Keep a connection outside the pool, so that events never wait for shoppers nor they for events."""
        if self._connection is None or self._connection.is_closed():
            connection = await asyncpg.connect(
                self._url,
                timeout=CONNECT_TIMEOUT_S,
                command_timeout=COMMAND_TIMEOUT_S,
                server_settings={"application_name": "jackdaw spool writer"},
            )
            for sink in self._sinks.values():
                await connection.execute(sink.staging)
            self._connection = connection
        return self._connection

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.terminate()

    def _adopt(self) -> None:
        if time.monotonic() < self._adopt_at or self._stopping.is_set():
            return
        self._adopt_at = time.monotonic() + ADOPT_EVERY_S
        for spool in adopt_abandoned(self._root, max_bytes=self._max_bytes):
            logger.info("taking over the spool %s: %d bytes", spool.folder, spool.pending_bytes)
            self._adopted.append(spool)

    def _remove_drained(self) -> None:
        for spool in [spool for spool in self._adopted if spool.pending_bytes == 0]:
            spool.remove()
            self._adopted.remove(spool)


async def copy_source(lines: Sequence[bytes]) -> AsyncIterator[bytes]:
    """Yield lines of COPY text in the form that asyncpg streams."""
    yield b"\n".join(lines) + b"\n"
