"""Tells the other workers what this one has just learned, in small batches over NOTIFY."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

import asyncpg

from recs import Event
from server.core.database import Database
from server.core.problems import Unavailable
from server.features.interactions.domain import WEIGHTS, Interaction
from server.features.interactions.overlay import Overlay

INTERACTIONS_CHANNEL = "jackdaw_interactions"
BATCH_WAIT_S = 0.02
MAX_PAYLOAD_CHARACTERS = 7_900  # PostgreSQL takes fewer than 8,000 bytes; the text is ASCII
MAX_WAITING = 20_000
logger = logging.getLogger(__name__)

Entry = tuple[int, Sequence[Interaction] | int]
"""A visitor and what they did, or the visitor that they became."""


class Spread:
    """Sends ``token|visitor,product,event,milliseconds;…`` and applies what others send.

    A lost message costs only freshness: the database has the event, and a reconnecting listener makes every
    worker load histories again.
    """

    def __init__(self, database: Database, overlay: Overlay) -> None:
        self._database = database
        self._overlay = overlay
        self._token = secrets.token_hex(6)
        self._waiting: deque[Entry] = deque(maxlen=MAX_WAITING)
        self._has_work = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def events(self, visitor_id: int, interactions: Sequence[Interaction]) -> None:
        """Pass interactions on; impressions change no history and stay here."""
        self._waiting.append((visitor_id, interactions))
        self._has_work.set()

    def merge(self, source_id: int, target_id: int) -> None:
        """Pass on that a visitor became another."""
        self._waiting.append((source_id, target_id))
        self._has_work.set()

    def receive(self, payload: str) -> None:
        """Apply the batch of another worker."""
        token, _, text = payload.partition("|")
        if token == self._token:
            return
        for entry in text.split(";"):
            numbers = [int(number) for number in entry.split(",")]
            if len(numbers) == 2:
                self._overlay.merge(*numbers)
            else:
                visitor_id, product_id, event, occurred_ms = numbers
                weight = WEIGHTS.get(event, 0.0)
                self._overlay.apply(visitor_id, [Interaction("", product_id, event, weight, occurred_ms)])

    async def start(self) -> None:
        """Send in the background."""
        self._task = asyncio.create_task(self._run(), name="overlay spread")

    async def stop(self) -> None:
        """Send what waits, then end."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        if self._waiting:
            await self._send()

    async def _run(self) -> None:
        while True:
            await self._has_work.wait()
            await asyncio.sleep(BATCH_WAIT_S)
            self._has_work.clear()
            await self._send()

    async def _send(self) -> None:
        waiting, self._waiting = self._waiting, deque(maxlen=MAX_WAITING)
        payloads = list(self._payloads(waiting))
        if not payloads:
            return
        try:
            async with self._database.connection() as connection:
                await connection.execute(
                    "SELECT pg_notify($1, unnest($2::text[]))", INTERACTIONS_CHANNEL, payloads
                )
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError, Unavailable) as error:
            logger.debug("other workers will load from the database: %s", error)

    def _payloads(self, waiting: Iterable[Entry]) -> Iterator[str]:
        entries: list[str] = []
        length = len(self._token)
        for text in (text for entry in waiting for text in _texts(entry)):
            if length + len(text) + 1 > MAX_PAYLOAD_CHARACTERS:
                yield f"{self._token}|" + ";".join(entries)
                entries, length = [], len(self._token)
            entries.append(text)
            length += len(text) + 1
        if entries:
            yield f"{self._token}|" + ";".join(entries)


def _texts(entry: Entry) -> Iterator[str]:
    visitor_id, what = entry
    if isinstance(what, int):
        yield f"{visitor_id},{what}"
        return
    for event in what:
        if event.event != Event.IMPRESSION:
            yield f"{visitor_id},{event.product_id},{event.event},{event.occurred_ms}"
