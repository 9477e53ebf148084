"""Runs an import: reads a batch in a thread while PostgreSQL writes the one before."""

from __future__ import annotations

import asyncio
import copy
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar

import asyncpg
from tqdm import tqdm

from scripts.import_catalog.positions import Positions
from scripts.import_catalog.records import ImportStopped, Refused, Rejection
from scripts.import_catalog.report import Part

T = TypeVar("T")


class StrictFailure(ImportStopped):
    """A bad row in a run that is to change nothing then."""


class Readable(Protocol):
    """Part of what files offer: records, and how far they have been read."""

    def rows(self) -> Iterator[tuple[int, Any]]:
        """Yield records with their line numbers."""
        ...

    def position_bytes(self) -> int:
        """How far the file has been read, on disk."""
        ...

    def size_bytes(self) -> int:
        """The size of the file on disk."""
        ...


@dataclass(slots=True)
class Batch(Generic[T]):
    """Some records, made into what will be written, and those refused."""

    n_records: int = 0
    made: list[T] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    stopped: ImportStopped | None = None

    @property
    def is_last(self) -> bool:
        """Whether nothing follows."""
        return self.stopped is not None or self.n_records == 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the writing of a batch came to."""

    inserted: int
    updated: int
    unchanged: int
    rejections: list[Rejection]


@dataclass(slots=True)
class Flow(Generic[T]):
    """One file on its way into the database."""

    file: Readable
    make: Callable[[int, Any], T]
    write: Callable[[list[T]], Awaitable[Outcome]]
    part: Part
    batch_rows: int
    is_strict: bool
    _records: Iterator[tuple[int, Any]] | None = None

    async def run(
        self, connection: asyncpg.Connection, positions: Positions, source: str, *, resume: bool
    ) -> None:
        """Bring the whole file in; raises `ImportStopped` after what could be read has been written."""
        position = await positions.begin(source, resume=resume)
        self.part.tally = position.tally
        self.part.resumed_at = position.tally.read
        self._records = self.file.rows()
        started_at = time.monotonic()
        with tqdm(
            total=self.file.size_bytes(), unit="B", unit_scale=True, desc=self.part.name, disable=None
        ) as bar:
            skipped = await asyncio.to_thread(_skip, self._records, position.records)
            try:
                await self._run_batches(connection, positions, source, skipped, bar)
            finally:
                self.part.seconds = time.monotonic() - started_at
        await positions.finish()

    async def _run_batches(
        self, connection: asyncpg.Connection, positions: Positions, source: str, records: int, bar: tqdm[Any]
    ) -> None:
        batch = await asyncio.to_thread(self._read)
        while batch.n_records or batch.stopped:
            following = None if batch.is_last else asyncio.create_task(asyncio.to_thread(self._read))
            try:
                records += batch.n_records
                await self._commit(connection, positions, source, records, batch)
                bar.update(self.file.position_bytes() - bar.n)
                if batch.stopped is not None:
                    raise batch.stopped
            except BaseException:
                if following is not None:
                    await asyncio.wait({following})
                raise
            if following is None:
                return
            batch = await following

    async def _commit(
        self, connection: asyncpg.Connection, positions: Positions, source: str, records: int, batch: Batch[T]
    ) -> None:
        committed = copy.deepcopy(self.part.tally)
        try:
            async with connection.transaction():
                await self._apply(batch)
                await positions.advance(source, records, self.part.tally)
        except BaseException:
            self.part.tally = committed
            raise

    async def _apply(self, batch: Batch[T]) -> None:
        part = self.part
        self._take(batch.rejections)
        part.tally.read += batch.n_records
        if not batch.made:
            return
        outcome = await self.write(batch.made)
        self._take(outcome.rejections)
        part.tally.inserted += outcome.inserted
        part.tally.updated += outcome.updated
        part.tally.unchanged += outcome.unchanged

    def _take(self, rejections: list[Rejection]) -> None:
        for rejection in rejections:
            if self.is_strict:
                raise StrictFailure(f"{rejection}; --strict: nothing was changed.")
            self.part.reject(rejection)

    def _read(self) -> Batch[T]:
        """Read and make the next batch; runs in a thread."""
        assert self._records is not None  # noqa: S101 - set before the first call
        batch: Batch[T] = Batch()
        try:
            for line, record in islice(self._records, self.batch_rows):
                self._make_one(batch, line, record)
                batch.n_records += 1
        except ImportStopped as error:
            batch.stopped = error
        return batch

    def _make_one(self, batch: Batch[T], line: int, record: Any) -> None:
        if isinstance(record, Rejection):
            batch.rejections.append(record)
            return
        try:
            batch.made.append(self.make(line, record))
        except Refused as error:
            batch.rejections.append(Rejection(line, error.field, error.reason, error.detail))


def _skip(records: Iterator[tuple[int, Any]], n_records: int) -> int:
    return sum(1 for _ in islice(records, n_records))


@asynccontextmanager
async def all_or_nothing(connection: asyncpg.Connection, *, is_strict: bool) -> AsyncIterator[None]:
    """Put everything into one transaction when a bad row is to undo it all."""
    if not is_strict:
        yield
        return
    async with connection.transaction():
        yield
