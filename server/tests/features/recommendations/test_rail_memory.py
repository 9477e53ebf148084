"""A remembered rail is the same to the byte as a fresh one, and never outlives a card that it shows."""

from __future__ import annotations

from typing import Any

import pytest

from server.features.recommendations import rail_memory
from server.features.recommendations.domain import Cause, Choice, Rail
from server.tests.features.recommendations.test_slates import ask
from server.tests.support.eventually import eventually
from server.tests.support.shop import Shop
from server.tests.support.tastes import fitted_shop, recommender_of


def rails_of(answer: dict[str, Any]) -> dict[str, list[str]]:
    return {rail["id"]: [item["product"]["id"] for item in rail["items"]] for rail in answer["rails"]}


async def test_a_remembered_home_is_the_fresh_one(shop: Shop) -> None:
    await fitted_shop(shop)
    browser = await shop.browser_of_visitor(await shop.make.visitor())
    fresh = await ask(browser, "home")
    memory = recommender_of(shop).rails
    assert len(memory) == len(fresh["rails"])
    remembered = await ask(browser, "home")
    assert len(memory) == len(fresh["rails"])
    for answer in (fresh, remembered):
        answer.pop("slateId")
    assert remembered == fresh


@pytest.mark.parametrize("change", ["stock = 0", "withdrawn_at = now()"])
async def test_what_sold_out_leaves_a_remembered_rail(shop: Shop, change: str) -> None:
    await fitted_shop(shop)
    await eventually(lambda: shop.runtime.listener.is_connected)
    browser = await shop.browser_of_visitor(await shop.make.visitor())
    before = rails_of(await ask(browser, "home"))
    rail_id, product_ids = next(iter(before.items()))
    gone = product_ids[1]
    await shop.connection.execute(f"UPDATE products SET {change} WHERE id = $1", int(gone))
    await shop.connection.execute("SELECT pg_notify('jackdaw_products', $1)", gone)

    async def is_gone() -> bool:
        return gone not in rails_of(await ask(browser, "home")).get(rail_id, [])

    await eventually(is_gone)


async def test_a_new_card_replaces_the_one_in_a_remembered_rail(shop: Shop) -> None:
    await fitted_shop(shop)
    browser = await shop.browser_of_visitor(await shop.make.visitor())
    answer = await ask(browser, "home")
    shown = answer["rails"][0]["items"][0]["product"]["id"]
    await shop.connection.execute("UPDATE products SET title = 'Renamed' WHERE id = $1", int(shown))
    assert (await ask(browser, "home"))["rails"] == answer["rails"]
    recommender_of(shop).catalog.cards.receive(shown)
    renamed = await ask(browser, "home")
    assert renamed["rails"][0]["items"][0]["product"]["title"] == "Renamed"


async def test_a_card_that_changed_while_it_was_read_is_not_remembered(shop: Shop) -> None:
    await fitted_shop(shop)
    memory, cards = recommender_of(shop).rails, recommender_of(shop).catalog.cards
    cause = Cause("popular")
    product_id = await shop.connection.fetchval("SELECT min(id) FROM products WHERE withdrawn_at IS NULL")
    rail = Rail("popular", [Choice(product_id, 1, b',"score":1', cause)])
    read = await cards.get([product_id])
    memory.keep(rail, read, b"body")
    assert memory.get(rail) == b"body"
    cards.receive(str(product_id))
    assert memory.get(rail) is None
    memory.keep(rail, read, b"older")
    assert memory.get(rail) is None
    assert memory.get(Rail("popular", rail.choices * 2)) is None


async def test_when_notifications_may_have_been_missed_no_rail_is_trusted(shop: Shop) -> None:
    await fitted_shop(shop)
    memory, cards = recommender_of(shop).rails, recommender_of(shop).catalog.cards
    product_id = await shop.connection.fetchval("SELECT min(id) FROM products WHERE withdrawn_at IS NULL")
    rail = Rail("popular", [Choice(product_id, 1, b',"score":1', Cause("popular"))])
    memory.keep(rail, await cards.get([product_id]), b"body")
    assert memory.get(rail) == b"body"
    cards.clear()
    assert memory.get(rail) is None


async def test_only_so_many_rails_are_remembered(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rail_memory, "MAX_RAILS", 2)
    await fitted_shop(shop)
    memory, cards = recommender_of(shop).rails, recommender_of(shop).catalog.cards
    ids = [row["id"] for row in await shop.connection.fetch("SELECT id FROM products LIMIT 3")]
    read = await cards.get(ids, with_withdrawn=True)
    rails = [Rail("popular", [Choice(key, 1, b',"score":1', Cause("popular"))]) for key in ids]
    for rail in rails:
        memory.keep(rail, read, b"body")
    assert [memory.get(rail) for rail in rails] == [None, b"body", b"body"]
