"""Stores accepted batches, in the order in which they came, by one worker at a time."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import cast

import asyncpg
from quart import Quart, current_app

from server.core.problems import Unavailable
from server.core.runtime import Runtime
from server.core.telemetry import counter
from server.features.feed import batch_queries
from server.features.feed.batch_queries import PendingBatch
from server.features.feed.domain import RowError
from server.features.interactions.service import DATABASE_AWAY
from server.features.recommendations.service import FEED_CHANNEL

EXTENSION = "jackdaw_feed"
# The worker that accepts a batch stores it at once; this is how soon another notices that it died meanwhile.
LOOK_EVERY_S = 10.0
CLEAN_EVERY_ROUNDS = 360
RETRY_S = 1.0
logger = logging.getLogger(__name__)
_stored = counter("feed_batches_stored_total", "Batches of programs that were stored.")
_failed = counter("feed_batches_failed_total", "Batches that the database would not take.")


class Feed:
    """The part of a worker that turns batches into products and interactions."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._wanted = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Look for batches now."""
        self._wanted.set()

    def start(self) -> None:
        """Store in the background."""
        self._wanted.set()
        self._task = asyncio.create_task(self._run(), name="feed")

    async def stop(self) -> None:
        """End; a batch that is being stored is rolled back and waits for the next start."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        rounds = 0
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wanted.wait(), LOOK_EVERY_S)
            self._wanted.clear()
            try:
                await self._drain()
                if rounds % CLEAN_EVERY_ROUNDS == 0:
                    async with self._runtime.database.connection() as connection:
                        await batch_queries.delete_old_batches(connection)
                rounds += 1
            except DATABASE_AWAY as error:
                logger.warning("batches of the feed wait: %s", error)
                await asyncio.sleep(RETRY_S)
                self._wanted.set()
            except Exception:
                logger.exception("the feed failed; next try in %.0f s", LOOK_EVERY_S)

    async def _drain(self) -> None:
        """Store all that waits, on a connection of its own: large batches must not wait for shoppers."""
        async with self._runtime.database.connection() as look:
            if not await batch_queries.has_pending(look):
                return
        connection = await asyncpg.connect(
            self._runtime.settings.database_url,
            timeout=5,
            command_timeout=batch_queries.STORE_TIMEOUT_S,
            server_settings={"application_name": "jackdaw feed", "jit": "off"},
        )
        try:
            while await _store_next(connection):
                continue
        finally:
            await connection.close(timeout=2)


async def _store_next(connection: asyncpg.Connection) -> bool:
    """Store the batch that has waited longest; False when there is none or another worker is at it."""
    batch: PendingBatch | None = None
    try:
        async with connection.transaction():
            if not await batch_queries.lock_intake(connection):
                return False
            batch = await batch_queries.select_pending(connection)
            if batch is None:
                return False
            await _store(connection, batch)
            await connection.execute("SELECT pg_notify($1, $2)", FEED_CHANNEL, str(batch.namespace_id))
    except (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError) as error:
        if batch is None:
            raise
        logger.exception("batch %d cannot be stored", batch.id)
        _failed.inc()
        await batch_queries.fail_batch(
            connection, batch.id, RowError(0, "", "not_storable", str(error)[:300])
        )
        return True
    _stored.inc()
    return True


async def _store(connection: asyncpg.Connection, batch: PendingBatch) -> None:
    if batch.kind == "products":
        await batch_queries.store_products(connection, batch)
        await batch_queries.finish_batch(connection, batch.id, errors=[])
        return
    n_new, unknown = await batch_queries.store_interactions(connection, batch)
    detail = "There is no such product in this namespace."
    errors = [RowError(index, "productId", "unknown_product", detail) for index in unknown]
    await batch_queries.finish_batch(connection, batch.id, n_new=n_new, errors=errors)


def create_feed(app: Quart, runtime: Runtime) -> Feed:
    """Build the feed of a worker."""
    created = app.extensions[EXTENSION] = Feed(runtime)
    return created


def feed() -> Feed:
    """Return the feed of the application that handles the current request."""
    found = current_app.extensions.get(EXTENSION)
    if found is None:
        raise Unavailable("The shop is still starting.", retry_after_s=1)
    return cast("Feed", found)
