"""Favorites over HTTP."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from server.features.favorites import service
from server.features.favorites.service import FavoriteRemoved, FavoriteSaved
from server.tests.support.shop import API, Shop, problem

FAVORITES = f"{API}/favorites"


async def test_saving_and_removing_are_idempotent_and_told_once(shop: Shop) -> None:
    product_id = await shop.make.product()
    told: list[object] = []
    shop.runtime.bus.subscribe(FavoriteSaved, told.append)
    shop.runtime.bus.subscribe(FavoriteRemoved, told.append)
    browser = shop.guest()
    for _ in range(2):
        assert (await browser.put(f"{FAVORITES}/{product_id}")).status_code == 204
    items = (await (await browser.get(FAVORITES)).get_json())["items"]
    assert [item["id"] for item in items] == [str(product_id)]
    for _ in range(2):
        assert (await browser.delete(f"{FAVORITES}/{product_id}")).status_code == 204
    assert (await (await browser.get(FAVORITES)).get_json())["items"] == []
    visitor_id = await shop.connection.fetchval("SELECT id FROM visitors")
    assert told == [FavoriteSaved(visitor_id, product_id), FavoriteRemoved(visitor_id, product_id)]


async def test_parallel_saves_of_one_product_all_succeed(shop: Shop) -> None:
    product_id = await shop.make.product()
    browser = await shop.browser_of_visitor(await shop.make.visitor())
    answers = await asyncio.gather(*(browser.put(f"{FAVORITES}/{product_id}") for _ in range(8)))
    assert {answer.status_code for answer in answers} == {204}
    assert await shop.connection.fetchval("SELECT count(*) FROM favorites") == 1


@pytest.mark.parametrize("product", ["0", "999999", "x", "9" * 20])
async def test_unknown_products_are_not_found(shop: Shop, product: str) -> None:
    before = await shop.state()
    await problem(await shop.guest().put(f"{FAVORITES}/{product}"), 404, "product.not_found")
    assert await shop.state() == before


async def test_withdrawn_products_cannot_be_saved_and_are_not_listed(shop: Shop) -> None:
    visitor_id = await shop.make.visitor()
    withdrawn = await shop.make.product(is_withdrawn=True)
    await shop.make.favorite(visitor_id, withdrawn)
    browser = await shop.browser_of_visitor(visitor_id)
    assert (await (await browser.get(FAVORITES)).get_json())["items"] == []
    await problem(await shop.guest().put(f"{FAVORITES}/{withdrawn}"), 404, "product.not_found")


async def test_there_is_a_limit(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MAX_FAVORITES", 2)
    visitor_id = await shop.make.visitor()
    saved = [await shop.make.product() for _ in range(2)]
    for product_id in saved:
        await shop.make.favorite(visitor_id, product_id)
    browser = await shop.browser_of_visitor(visitor_id)
    extra = await shop.make.product()
    before = await shop.state()
    await problem(await browser.put(f"{FAVORITES}/{extra}"), 409, "favorites.full")
    assert (await browser.put(f"{FAVORITES}/{saved[0]}")).status_code == 204
    assert await shop.state() == before


async def test_pages_hold_every_favorite_once_and_nobody_elses(shop: Shop) -> None:
    visitor_id, other = await shop.make.visitor(), await shop.make.visitor()
    start = datetime(2026, 1, 1, tzinfo=UTC)
    mine = []
    for number in range(5):
        mine.append(await shop.make.product())
        # Two were saved at the same instant: the page boundary falls between them.
        moment = start + timedelta(days=number // 2)
        await shop.make.favorite(visitor_id, mine[-1], created_at=moment)
    await shop.make.favorite(other, await shop.make.product())
    browser = await shop.browser_of_visitor(visitor_id)
    seen: list[int] = []
    cursor: str | None = ""
    for _ in range(5):
        page = await (await browser.get(f"{FAVORITES}?limit=1&cursor={cursor}")).get_json()
        seen += [int(item["id"]) for item in page["items"]]
        cursor = page["nextCursor"]
    assert cursor is None
    assert seen == mine[::-1]


async def test_a_cursor_is_of_one_visitors_list(shop: Shop) -> None:
    visitor_id, other = await shop.make.visitor(), await shop.make.visitor()
    for _ in range(2):
        await shop.make.favorite(visitor_id, await shop.make.product())
    browser = await shop.browser_of_visitor(visitor_id)
    cursor = (await (await browser.get(f"{FAVORITES}?limit=1")).get_json())["nextCursor"]
    stranger = await shop.browser_of_visitor(other)
    await problem(await stranger.get(f"{FAVORITES}?cursor={cursor}"), 400, "cursor.invalid")
    await problem(await shop.guest().get(f"{FAVORITES}?cursor=x"), 400, "cursor.invalid")
