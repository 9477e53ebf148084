"""Which products exist, which can be bought and whose they are, in memory, current by notifications."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from server.core.database import Database
from server.features.interactions import queries
from server.features.interactions.fresh_queries import select_stores_of_owners

MAX_PENDING = 10_000
_KNOWN, _BUYABLE = 1, 2
logger = logging.getLogger(__name__)


class Assortment:
    """Two bits and four numbers of each product by product id: row ids are dense, so this is least."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._flags = np.zeros(1024, dtype=np.uint8)
        self._view = self._flags.data
        self._models = np.zeros(1024, dtype=np.int64)
        self._makers = np.zeros(1024, dtype=np.int32)
        self._kinds = np.zeros(1024, dtype=np.int32)
        self._stores = np.zeros(1024, dtype=np.int32)
        self._stores_of: dict[int, set[int]] = {}
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

    def is_own(self, visitor_id: int, product_id: int) -> bool:
        """Whether a visitor owns the store that lists a product."""
        stores = self._stores_of.get(visitor_id)
        return stores is not None and self.knows(product_id) and int(self._stores[product_id]) in stores

    def buyable(self, product_ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return for each id whether it can be bought."""
        mask = np.zeros(len(product_ids), dtype=np.bool_)
        inside = (product_ids >= 0) & (product_ids < len(self._flags))
        mask[inside] = (self._flags[product_ids[inside]] & _BUYABLE) != 0
        return mask

    def models(self, product_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return a number per id that all grades of its brand and model share; unknown ids stand alone."""
        models = np.array(product_ids, dtype=np.int64)
        inside = (product_ids >= 0) & (product_ids < len(self._models))
        known = self._models[models[inside]]
        models[inside] = np.where(known != 0, known, models[inside])
        return models

    def traits(self, product_id: int) -> tuple[int, int, int]:
        """Return model, brand and category of a product; an unknown one has its id and twice 0."""
        if not 0 <= product_id < len(self._models) or self._models[product_id] == 0:
            return product_id, 0, 0
        return (
            int(self._models[product_id]),
            int(self._makers[product_id]),
            int(self._kinds[product_id]),
        )

    def traits_of(
        self, product_ids: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
        """Return models, brands and categories of many products."""
        inside = (product_ids >= 0) & (product_ids < len(self._makers))
        known = np.where(inside, product_ids, 0)
        makers, kinds = self._makers[known], self._kinds[known]
        return self.models(product_ids), np.where(inside, makers, 0), np.where(inside, kinds, 0)

    def model_to_buy(self, product_id: int) -> int | None:
        """Return the model of a product that can be bought."""
        return self.traits(product_id)[0] if self.can_buy(product_id) else None

    def latest_after(self, product_id: int, n: int) -> NDArray[np.int64]:
        """Return the latest products after one that can be bought, latest first: ids grow with time."""
        first = min(max(product_id + 1, 0), len(self._flags))
        found = np.flatnonzero(self._flags[first:] & _BUYABLE)[::-1][:n]
        return found + first

    def models_of(self, product_ids: Iterable[int]) -> list[int]:
        """Return the models of a few products."""
        models: list[int] = self.models(np.array(list(product_ids), dtype=np.int64)).tolist()
        return models

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
                owned = await select_stores_of_owners(connection)
                rows = await queries.select_availability(connection, changed)
        except BaseException:
            self._must_reload = True
            raise
        self._take_owners(owned)
        self._apply(rows, changed)

    def _take_owners(self, owned: Iterable[tuple[int, int]]) -> None:
        stores_of: dict[int, set[int]] = {}
        for store_id, visitor_id in owned:
            if visitor_id:
                stores_of.setdefault(visitor_id, set()).add(store_id)
        self._stores_of = stores_of

    async def _look_for_new(self) -> None:
        """Find products that someone listed without telling: one look at the end of the primary key."""
        async with self._database.connection() as connection:
            self._take_owners(await select_stores_of_owners(connection))
            rows = await queries.select_availability_after(connection, self._top)
        if len(rows):
            self._apply(rows, rows["id"].tolist())

    def _apply(self, rows: NDArray[Any], changed: Iterable[int] | None) -> None:
        ids = rows["id"].astype(np.int64)
        top = int(ids.max(initial=0))
        self._top = max(self._top, top) if changed is not None else top
        if changed is None or top >= len(self._flags):
            self._grow(top, keep=changed is not None)
        gone = np.array([i for i in changed or () if 0 <= i < len(self._flags)], dtype=np.int64)
        self._flags[gone] = 0
        self._flags[ids] = np.where(rows["buyable"] != 0, _KNOWN | _BUYABLE, _KNOWN).astype(np.uint8)
        self._models[ids] = rows["model"]
        self._makers[ids] = rows["brand"]
        self._kinds[ids] = rows["category"]
        self._stores[ids] = rows["store"]
        touched = np.union1d(ids, gone)
        for subscriber in self._subscribers:
            subscriber(touched)

    def _grow(self, top: int, *, keep: bool) -> None:
        """Replace the columns whole, never in place: a reader holds either the old ones or the new ones."""
        size = max(1024, top + top // 8 + 1)
        n_kept = len(self._flags) if keep else 0
        self._flags, self._models = _grown(self._flags, size, n_kept), _grown(self._models, size, n_kept)
        self._makers, self._kinds = _grown(self._makers, size, n_kept), _grown(self._kinds, size, n_kept)
        self._stores = _grown(self._stores, size, n_kept)
        self._view = self._flags.data


def _grown(column: NDArray[Any], size: int, n_kept: int) -> NDArray[Any]:
    fresh = np.zeros(size, dtype=column.dtype)
    fresh[:n_kept] = column[:n_kept]
    return fresh
