"""A product's page, categories, drawings, and the counting of views."""

from __future__ import annotations

import asyncio
import math
from datetime import timedelta
from typing import Any

import pytest

from server.features.catalog.domain import half_lives_since_epoch
from server.features.catalog.service import catalog, installed_catalog, notify_products
from server.tests.support.eventually import eventually
from server.tests.support.shop import API, Shop, problem


async def detail(shop: Shop, product_id: int, query: str = "") -> dict[str, Any]:
    response = await shop.guest().get(f"{API}/products/{product_id}{query}")
    assert response.status_code == 200
    body: dict[str, Any] = await response.get_json()
    return body


async def flush(shop: Shop) -> None:
    await installed_catalog(shop.app).views.flush()


async def views_of(shop: Shop, product_id: int) -> int:
    count: int = await shop.connection.fetchval(
        "SELECT coalesce(sum(views_count), 0)::int FROM product_statistics WHERE product_id = $1", product_id
    )
    return count


async def test_shows_a_product_with_labelled_attributes_in_the_categorys_order(shop: Shop) -> None:
    product_id = await shop.make.product(
        title="Fjord X",
        model="X (2nd gen)",
        price_minor=123_456,
        attributes={"storage": "128 GB", "battery_health": "91 %", "colour": "Graphite"},
        wear=[{"kind": "scratch", "place": "lens", "detail": "Hairline."}],
    )
    await shop.connection.execute(
        """UPDATE categories SET attribute_labels = '[["colour","Colour"],["storage","Storage"],["x","X"]]'"""
    )
    body = await detail(shop, product_id)
    assert [(a["key"], a["label"], a["value"]) for a in body["attributes"]] == [
        ("colour", "Colour", "Graphite"),
        ("storage", "Storage", "128 GB"),
        ("battery_health", "Battery health", "91 %"),
    ]
    assert body["wear"] == [{"kind": "scratch", "place": "lens", "detail": "Hairline."}]
    assert body["price"] == {"amount": "1234.56", "currency": "EUR", "display": "€1,234.56"}
    assert body["imageUrl"] == "/drawings/v1/cameras/corvid/x-2nd-gen.svg"
    drawing = await shop.guest().get(body["imageUrl"])
    assert drawing.status_code == 200
    assert drawing.content_type == "image/svg+xml; charset=utf-8"
    assert "immutable" in drawing.headers["Cache-Control"]


async def test_grades_are_the_cheapest_per_condition_and_oneself(shop: Shop) -> None:
    async def listing(condition: str, price_minor: int, **more: Any) -> int:
        return await shop.make.product(model="K1", condition=condition, price_minor=price_minor, **more)

    fair = await listing("fair", 5_000)
    await listing("fair", 4_000, stock=0)
    mine = await listing("good", 9_000)
    await listing("good", 8_000)
    new = await listing("new", 20_000)
    # Less of another currency is not cheaper.
    await listing("new", 300, currency="USD")
    await listing("excellent", 1_000, is_withdrawn=True)
    await shop.make.product(model="K2", condition="excellent")
    grades = (await detail(shop, mine))["grades"]
    assert [(grade["condition"], grade["id"]) for grade in grades] == [
        ("new", str(new)),
        ("good", str(mine)),
        ("fair", str(fair)),
    ]


@pytest.mark.parametrize("product", ["0", "1", "x", "-1", "1.0", "9" * 19, "9" * 40, "%00", "\u0661"])
async def test_what_is_no_product_is_not_found(shop: Shop, product: str) -> None:
    await problem(await shop.guest().get(f"{API}/products/{product}"), 404, "not_found")


async def test_withdrawn_products_are_not_found(shop: Shop) -> None:
    product_id = await shop.make.product(is_withdrawn=True)
    await problem(await shop.guest().get(f"{API}/products/{product_id}"), 404, "not_found")


async def test_a_view_counts_once_per_visitor_in_half_an_hour_and_never_when_prefetched(shop: Shop) -> None:
    product_id = await shop.make.product()
    first = await shop.browser_of_visitor(await shop.make.visitor())
    second = await shop.browser_of_visitor(await shop.make.visitor())
    for _ in range(3):
        await first.get(f"{API}/products/{product_id}")
    await second.get(f"{API}/products/{product_id}?prefetch=1")
    await flush(shop)
    assert await views_of(shop, product_id) == 1
    await second.get(f"{API}/products/{product_id}")
    shop.clock.instant += timedelta(minutes=29)
    await first.get(f"{API}/products/{product_id}")
    await flush(shop)
    assert await views_of(shop, product_id) == 2
    shop.clock.instant += timedelta(minutes=2)
    await first.get(f"{API}/products/{product_id}")
    await flush(shop)
    assert await views_of(shop, product_id) == 3
    assert (await detail(shop, product_id, "?prefetch=1"))["viewsCount"] == 3


async def test_popularity_is_the_decayed_sum_of_views(shop: Shop) -> None:
    product_id = await shop.make.product()
    expected = 0.0
    for days in (0, 7, 30):
        shop.clock.instant += timedelta(days=days)
        for _ in range(2):
            browser = await shop.browser_of_visitor(await shop.make.visitor())
            await browser.get(f"{API}/products/{product_id}")
        await flush(shop)
        expected += 2 * 2 ** half_lives_since_epoch(shop.clock.now())
    stored = await shop.connection.fetchval("SELECT popularity FROM products")
    assert stored == pytest.approx(math.log2(expected), abs=1e-9)


async def test_crawlers_and_sellers_at_their_own_listings_do_not_count(shop: Shop) -> None:
    own = await shop.make.product(store="own")
    other = await shop.make.product(store="other")
    vendor = await shop.make.user(role="vendor")
    await shop.connection.execute("UPDATE stores SET owner_user_id = $1 WHERE slug = 'own'", vendor.user_id)
    seller, guest = await shop.browser_of(vendor), shop.guest()
    agent = {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}
    for product_id in (own, other):
        assert (await seller.get(f"{API}/products/{product_id}")).status_code == 200
        assert (await shop.guest().get(f"{API}/products/{product_id}", headers=agent)).status_code == 200
    await flush(shop)
    assert (await views_of(shop, own), await views_of(shop, other)) == (0, 1)
    assert await shop.connection.fetchval("SELECT popularity FROM products WHERE id = $1", own) == 0
    await guest.get(f"{API}/products/{own}")
    await flush(shop)
    assert await views_of(shop, own) == 1


async def test_an_old_favourite_falls_behind_what_is_looked_at_now(shop: Shop) -> None:
    old, fresh = await shop.make.product(title="Old"), await shop.make.product(title="Fresh")
    views = installed_catalog(shop.app).views
    for viewer in range(8):
        views.count(viewer, old)
    await flush(shop)
    shop.clock.instant += timedelta(days=28)
    views.count("someone", fresh)
    views.count("someone else", fresh)
    await flush(shop)
    body = await (await shop.guest().get(f"{API}/products/most-popular")).get_json()
    assert [item["title"] for item in body["items"]] == ["Fresh", "Old"]


async def test_views_that_cannot_be_written_are_kept(shop: Shop) -> None:
    product_id = await shop.make.product()
    views = installed_catalog(shop.app).views
    views.count("someone", product_id)
    await shop.connection.execute("ALTER TABLE product_statistics RENAME TO away")
    with pytest.raises(Exception, match="product_statistics"):
        await views.flush()
    await shop.connection.execute("ALTER TABLE away RENAME TO product_statistics")
    await views.flush()
    assert await views_of(shop, product_id) == 1


async def test_cards_follow_a_change_that_is_announced(shop: Shop) -> None:
    product_id = await shop.make.product(price_minor=1_000)
    assert (await card(shop, product_id))["price"]["amount"] == "10.00"
    await shop.connection.execute("UPDATE products SET price_minor = 2000")
    assert (await card(shop, product_id))["price"]["amount"] == "10.00"
    async with shop.runtime.database.connection() as connection:
        await notify_products(connection, [product_id])
    for _ in range(500):
        if (await card(shop, product_id))["price"]["amount"] == "20.00":
            return
        await asyncio.sleep(0.01)
    pytest.fail("the notification did not arrive")


async def card(shop: Shop, product_id: int) -> dict[str, Any]:
    items = (await (await shop.guest().get(f"{API}/products")).get_json())["items"]
    found: dict[str, Any] = next(item for item in items if item["id"] == str(product_id))
    return found


async def test_a_card_read_before_a_change_is_not_kept_after_it(shop: Shop) -> None:
    """The notification arrives while the card is being read: what was read may be older."""
    await eventually(lambda: shop.runtime.listener.is_connected)
    product_id = await shop.make.product()
    async with shop.app.app_context():
        cache = catalog().cards
    reading = asyncio.ensure_future(cache.get([product_id]))
    await asyncio.sleep(0)
    cache.receive(str(product_id))
    assert list(await reading) == [product_id]
    assert len(cache) == 0
    await cache.get([product_id])
    assert len(cache) == 1


async def test_categories_come_in_order_with_the_number_of_listed_products(shop: Shop) -> None:
    await shop.make.product(category="cameras")
    await shop.make.product(category="cameras", is_withdrawn=True)
    await shop.make.category("drones")
    body = await (await shop.guest().get(f"{API}/categories")).get_json()
    assert [(c["slug"], c["productsCount"], c["parentId"]) for c in body["items"]] == [
        ("cameras", 1, None),
        ("drones", 0, None),
    ]


@pytest.mark.parametrize("path", ["a/b/c%2e.svg", "A/b/c.svg", "a/b/c_d.svg", "a/b/" + "c" * 121 + ".svg"])
async def test_what_is_no_slug_has_no_drawing(shop: Shop, path: str) -> None:
    await problem(await shop.guest().get(f"/drawings/v1/{path}"), 404, "not_found")


@pytest.mark.parametrize("model", ["Tower case 4x120mm " * 12, "x" * 119 + " y" * 40])
async def test_a_model_with_a_very_long_name_has_a_drawing(shop: Shop, model: str) -> None:
    product_id = await shop.make.product(model=model)
    body = await (await shop.guest().get(f"{API}/products/{product_id}")).get_json()
    assert (await shop.guest().get(body["imageUrl"])).status_code == 200
