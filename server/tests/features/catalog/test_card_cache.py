"""Notifications empty the cache of cards."""

from __future__ import annotations

import pytest

from server.features.catalog.service import PRODUCTS_CHANNEL, installed_catalog
from server.tests.support.eventually import eventually
from server.tests.support.shop import Shop


@pytest.mark.parametrize("payload", ["", "all", "1,x"])
async def test_an_unreadable_notification_forgets_all(shop: Shop, payload: str) -> None:
    # Connecting empties the cache as well; it must be over before anything is remembered.
    await eventually(lambda: shop.runtime.listener.is_connected)
    heard: list[str] = []
    shop.runtime.listener.subscribe(PRODUCTS_CHANNEL, heard.append)
    cache, product_id = installed_catalog(shop.app).cards, await shop.make.product()
    # So must the notification of the new listing.
    await eventually(lambda: bool(heard))
    await cache.get([product_id])
    assert cache.remembered([product_id])
    cache.receive(payload)
    assert len(cache) == cache.size_bytes == 0
    assert await cache.get([product_id])
