"""Counts views in memory and writes them in batches, so that looking at a product writes nothing at once."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict

from server.core.clock import Clock
from server.core.database import Database
from server.core.periodic import run_periodically
from server.features.catalog import queries
from server.features.catalog.domain import VIEW_PAUSE_S, half_lives_since_epoch

FLUSH_INTERVAL_S = 1.0
ANNOUNCE_INTERVAL_S = 5.0
MAX_REMEMBERED = 200_000
MAX_ROWS = 5_000
logger = logging.getLogger(__name__)


class ViewCounter:
    """Adds a view once per viewer, product and half hour; loses at most the last second when killed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._seen: OrderedDict[tuple[object, int], float] = OrderedDict()
        # Views by product and by the seller who looked; most often nobody's, which is 0.
        self._pending: dict[tuple[int, int], int] = {}
        self._unannounced: set[int] = set()
        self._announced_at = 0.0
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def count(self, viewer: object, product_id: int, *, seller_id: int | None = None) -> None:
        """Note that someone looks at a product; never waits. Sellers do not count at their own listings."""
        now_s = self._clock.now().timestamp()
        key = (viewer, product_id)
        if now_s - self._seen.get(key, float("-inf")) < VIEW_PAUSE_S:
            return
        self._seen[key] = now_s
        self._seen.move_to_end(key)
        if len(self._seen) > MAX_REMEMBERED:
            self._seen.popitem(last=False)
        place = product_id, seller_id or 0
        self._pending[place] = self._pending.get(place, 0) + 1

    async def flush(self) -> None:
        """Write what was counted; what cannot be written now stays for the next time."""
        batch = dict(sorted(self._pending.items())[:MAX_ROWS])
        if batch:
            for place in batch:
                del self._pending[place]
            try:
                await self._write(batch)
            except BaseException:
                for place, views in batch.items():
                    self._pending[place] = self._pending.get(place, 0) + views
                raise
            self._unannounced.update(product_id for product_id, _seller_id in batch)
        if self._unannounced and time.monotonic() - self._announced_at >= ANNOUNCE_INTERVAL_S:
            await self.announce()

    async def announce(self) -> None:
        """Tell every process which cards have new counts."""
        changed = sorted(self._unannounced)
        async with self._database.connection() as connection:
            await queries.notify_products(connection, changed)
        self._unannounced.difference_update(changed)
        self._announced_at = time.monotonic()

    async def _write(self, batch: dict[tuple[int, int], int]) -> None:
        half_lives = half_lives_since_epoch(self._clock.now())
        async with self._database.connection() as connection:
            await queries.update_views(connection, batch, half_lives=half_lives)

    def start(self) -> None:
        """Flush every second until stopped."""
        self._task = asyncio.create_task(
            run_periodically("view counter", FLUSH_INTERVAL_S, self.flush, self._stop), name="view counter"
        )

    async def stop(self) -> None:
        """Stop, and write what is left; a database that is away must not hold up the end."""
        self._stop.set()
        if self._task is not None:
            await self._task
        try:
            await self.flush()
            if self._unannounced:
                await self.announce()
        except Exception:
            logger.exception("the last views were not written")
