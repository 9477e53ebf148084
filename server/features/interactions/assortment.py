"""Which products exist and which can be bought, in memory, kept current by notifications."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from server.core.database import Database
from server.features.interactions import queries

PRODUCTS_CHANNEL = "jackdaw_products"
MAX_PENDING = 10_000
_KNOWN, _BUYABLE = 1, 2
logger = logging.getLogger(__name__)


class Assortment:
    """Two bits per product, indexed by product id: row ids are dense, so a byte each is least."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._flags = np.zeros(1024, dtype=np.uint8)
        self._view = self._flags.data
        self._changed: set[int] = set()
        self._must_reload = True
        self._top = 0
        self._subscribers: list[Callable[[NDArray[np.int64]], None]] = []
        self.wake: Callable[[], None] = lambda: None

    def knows(self, product_id: int) -> bool:
        """Whether a product with this id was ever listed."""
        return 0 <= product_id < len(self._view) and self._view[product_id] != 0

    def can_buy(self, product_id: int) -> bool:
        """Whether the product is listed and in stock."""
        return 0 <= product_id < len(self._view) and self._view[product_id] & _BUYABLE != 0

    def buyable(self, product_ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return for each id whether it can be bought."""
        mask = np.zeros(len(product_ids), dtype=np.bool_)
        inside = (product_ids >= 0) & (product_ids < len(self._flags))
        mask[inside] = (self._flags[product_ids[inside]] & _BUYABLE) != 0
        return mask

    def on_change(self, subscriber: Callable[[NDArray[np.int64]], None]) -> None:
        """Call ``subscriber`` with the ids of products whose state was read again."""
        self._subscribers.append(subscriber)

    def receive(self, payload: str) -> None:
        """Take a notification: product ids, or anything else for "all may have changed"."""
        changed = [int(text) for text in re.findall(r"\d{1,18}", payload)]
        if not changed or len(self._changed) + len(changed) > MAX_PENDING:
            self._must_reload = True
        else:
            self._changed.update(changed)
        self.wake()

    def forget(self) -> None:
        """Read everything again, because notifications may have been missed."""
        self._must_reload = True
        self.wake()

    async def refresh(self) -> None:
        """Read what has changed since the last time."""
        if not self._must_reload and not self._changed:
            await self._look_for_new()
            return
        changed = None if self._must_reload else sorted(self._changed)
        self._must_reload = False
        self._changed.clear()
        try:
            async with self._database.connection() as connection:
                rows = await queries.select_availability(connection, changed)
        except BaseException:
            self._must_reload = True
            raise
        self._apply(rows["id"].astype(np.int64), rows["buyable"] != 0, changed)

    async def _look_for_new(self) -> None:
        """Find products that someone listed without telling: one look at the end of the primary key."""
        async with self._database.connection() as connection:
            rows = await queries.select_availability_after(connection, self._top)
        if len(rows):
            ids = rows["id"].astype(np.int64)
            self._apply(ids, rows["buyable"] != 0, ids.tolist())

    def _apply(
        self, ids: NDArray[np.int64], buyable: NDArray[np.bool_], changed: Iterable[int] | None
    ) -> None:
        top = int(ids.max(initial=0))
        self._top = max(self._top, top) if changed is not None else top
        if changed is None or top >= len(self._flags):
            # Replaced whole, never resized in place: a reader holds either the old array or the new one.
            flags = np.zeros(max(1024, top + top // 8 + 1), dtype=np.uint8)
            if changed is not None:
                flags[: len(self._flags)] = self._flags
            self._flags, self._view = flags, flags.data
        gone = np.array([i for i in changed or () if 0 <= i < len(self._flags)], dtype=np.int64)
        self._flags[gone] = 0
        self._flags[ids] = np.where(buyable, _KNOWN | _BUYABLE, _KNOWN).astype(np.uint8)
        touched = np.union1d(ids, gone)
        for subscriber in self._subscribers:
            subscriber(touched)
