"""The columns of a worker in step with the database."""

from __future__ import annotations

import asyncio

import numpy as np

from server.features.search.columns import Columns
from server.features.search.selection import Narrowing, Selection
from server.features.search.service import installed_search
from server.tests.features.search.asking import answer
from server.tests.support.eventually import eventually
from server.tests.support.shop import Shop


async def test_everyone_who_asks_first_waits_for_the_columns(shop: Shop) -> None:
    await shop.make.product(title="Corvid camera", price_minor=10_000)
    installed_search(shop.app).live.__init__(  # type: ignore[misc]  # as in a worker that has just started
        shop.runtime.database, installed_search(shop.app).scales.conditions
    )
    bodies = await asyncio.gather(
        *(answer(shop, "camera", facets="true", maxPrice=str(n)) for n in range(96, 106))
    )
    assert [len(body["items"]) for body in bodies] == [0, 0, 0, 0, 1, 1, 1, 1, 1, 1]


async def test_counts_follow_what_is_listed(shop: Shop) -> None:
    product_id = await shop.make.product(title="Corvid camera")
    assert (await answer(shop, "camera", includeTotal="true"))["total"] == 1
    await shop.connection.execute("UPDATE products SET withdrawn_at = now() WHERE id = $1", product_id)
    await shop.connection.execute("SELECT pg_notify('jackdaw_products', $1)", str(product_id))

    async def is_gone() -> bool:
        body = await answer(shop, "camera", includeTotal="true")
        return (body["total"], body["items"]) == (0, [])

    # At most five seconds late, the age of what is remembered, and one round of the worker.
    await eventually(is_gone, timeout_s=8)


def test_nothing_is_known_of_an_empty_catalogue() -> None:
    ids = np.array([3, 5], np.int64)
    narrowing = Narrowing(Columns(), Selection(in_stock=True, max_price_minor=5), {}, ids)
    assert narrowing.mask().tolist() == [False, False]
    assert narrowing.rows().tolist() == []
