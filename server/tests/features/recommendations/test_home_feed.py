"""The rails of home: what each of them promises, and that none of it costs another statement."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from recs import Event
from server.features.recommendations.domain import Cause, Choice, varied
from server.features.recommendations.home_feed import chance
from server.refit import refit
from server.tests.features.recommendations.test_feedback import turn_down
from server.tests.features.recommendations.test_slates import ask, ids_of, items_of, rail, view
from server.tests.support.eventually import eventually
from server.tests.support.shop import Shop
from server.tests.support.tastes import (
    Tastes,
    fitted_shop,
    interactions_of,
    job_of,
    live_history,
    recommender_of,
    remember,
    stock_shop,
)

HOUR_S = 3_600.0


def rails_of(home: dict[str, Any]) -> list[str]:
    return [rail["id"] for rail in home["rails"]]


def ids_in(home: dict[str, Any], rail_id: str) -> list[int]:
    return [int(item["product"]["id"]) for item in rail(home, rail_id)["items"]]


async def test_what_was_looked_at_and_left_waits_first_latest_first(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    visitor_id = await shop.make.visitor()
    browser, log = await shop.browser_of_visitor(visitor_id), interactions_of(shop).log
    for product_id in (*tastes.cameras[:4], tastes.cameras[0]):
        log.record(visitor_id, product_id, Event.VIEW)
        shop.clock.instant += timedelta(seconds=1)
    log.record(visitor_id, tastes.cameras[1], Event.CART_ADD)
    log.record(visitor_id, tastes.cameras[2], Event.FAVORITE)
    home = await ask(browser, "home")
    assert home["rails"][0]["id"] == "continue"
    assert ids_in(home, "continue") == [tastes.cameras[0], tastes.cameras[3]]
    for item in home["rails"][0]["items"]:
        assert item["reason"]["kind"] == "because_you_viewed"
        assert item["reason"]["productIds"] == [item["product"]["id"]]
    ids = ids_of(home)
    assert len(ids) == len(set(ids))
    log.record(visitor_id, tastes.cameras[3], Event.PURCHASE)
    assert "continue" not in rails_of(await ask(browser, "home")), "one product is no shelf"


async def test_what_everyone_sees_is_of_both_categories(shop: Shop) -> None:
    await fitted_shop(shop)
    shown = (await ask(shop.guest(), "home"))["rails"][0]["items"]
    counts = Counter(item["product"]["category"]["slug"] for item in shown)
    assert sorted(counts.values()) == [4, 4]
    model = recommender_of(shop).models.current
    assert model is not None
    assert {choice.kind for choice in model.pool("popular")} == {0, 1}
    assert len({choice.maker for choice in model.pool("new")}) == 8


async def test_what_sold_out_or_is_not_wanted_does_not_wait(shop: Shop) -> None:
    tastes, guest = await fitted_shop(shop), shop.guest()
    for product_id in tastes.cameras[:5]:
        # What happens in one millisecond has no order once it is read back.
        shop.clock.instant += timedelta(seconds=1)
        await view(shop, guest, product_id)
    await shop.connection.execute("UPDATE products SET stock = 0 WHERE id = $1", tastes.cameras[3])
    await shop.connection.execute("SELECT pg_notify('jackdaw_products', $1)", str(tastes.cameras[3]))
    await eventually(lambda: not interactions_of(shop).assortment.can_buy(tastes.cameras[3]))
    await turn_down(guest, tastes.cameras[4], "owned")
    assert ids_in(await ask(guest, "home"), "continue") == tastes.cameras[2::-1]


async def test_what_buyers_come_back_for_can_be_bought_again(shop: Shop) -> None:
    tastes = await stock_shop(shop)
    await live_history(shop, tastes)
    filters, once = tastes.cameras[5], tastes.cameras[6]
    now, rows = datetime.now(UTC), []
    for number in range(150):
        buyer = await shop.make.visitor()
        rows.append((buyer, once, Event.PURCHASE, now - timedelta(days=5)))
        if number < 30:
            rows += [(buyer, filters, Event.PURCHASE, now - timedelta(days=days)) for days in (3, 9, 15)]
    mine = await shop.make.visitor()
    rows += [(mine, product_id, Event.PURCHASE, now - timedelta(days=20)) for product_id in (filters, once)]
    # So much since then that the purchases are no longer among the latest interactions.
    rows += [(mine, tastes.cameras[9], Event.VIEW, now - timedelta(seconds=n)) for n in range(60)]
    await remember(shop, rows)
    assert await refit(job_of(shop)) == "promoted"
    await recommender_of(shop).models.refresh()
    browser = await shop.browser_of_visitor(mine)
    home = await ask(browser, "home")
    assert ids_in(home, "buy_again") == [filters]
    assert rail(home, "buy_again")["reason"]["text"] == "You bought this before"
    assert once not in ids_of(home)
    await turn_down(browser, filters, "item")
    assert filters not in ids_of(await ask(browser, "home"))


async def test_new_arrivals_are_explored_and_stay_for_an_hour(shop: Shop) -> None:
    tastes, guest = await fitted_shop(shop), shop.guest()
    await view(shop, guest, tastes.cameras[0])
    first = ids_in(await ask(guest, "home"), "new")
    assert ids_in(await ask(guest, "home"), "new") == first
    met = set(first)
    for _ in range(30):
        shop.clock.instant += timedelta(hours=1)
        later = ids_in(await ask(guest, "home"), "new")
        assert later[:6] == first[:6]
        met.update(later)
    assert len(met) > 20


async def test_what_was_listed_since_the_fit_has_arrived_already(shop: Shop) -> None:
    tastes, guest = await fitted_shop(shop), shop.guest()
    assortment = interactions_of(shop).assortment
    made = [await shop.make.product(category="phones", brand="wren", stock=n) for n in (1, 0, 1, 1, 1, 1, 1)]
    sold_out = made.pop(1)
    assortment.receive(",".join(str(product_id) for product_id in [*made, sold_out]))
    await eventually(lambda: assortment.knows(sold_out) and assortment.knows(made[-1]))
    new = ids_in(await ask(guest, "home"), "new")
    # The latest first, half of them of one maker at most, then the rest as ever; two are drawn.
    assert new[:3] == made[:-4:-1]
    assert set(new[3:6]) <= {*tastes.cameras, *tastes.phones}
    assert sold_out not in new
    for product_id in (tastes.cameras[0], made[-1], made[-2]):
        await view(shop, guest, product_id)
    home = await ask(guest, "home")
    assert ids_in(home, "continue") == [made[-2], made[-1], tastes.cameras[0]]
    assert not {made[-1], made[-2]} & set(ids_in(home, "new"))
    await shop.connection.execute("UPDATE products SET stock = 0 WHERE id = ANY($1)", made)
    assortment.receive(",".join(map(str, made)))
    await eventually(lambda: not assortment.can_buy(made[0]))
    assert not set(made) & set(ids_of(await ask(guest, "home")))


def test_the_draw_is_uniform_over_people_and_hours() -> None:
    for draws in (
        [chance(person, 0.0) for person in range(8_000)],
        [chance(1, hour * HOUR_S) for hour in range(8_000)],
    ):
        for halves in ([d % 40 for d in draws], [(d >> 32) % 39 for d in draws]):
            counts = Counter(halves)
            expected = len(draws) / len(counts)
            # Sums of squares over 39 or 40 cells: far beyond what chance does once in a million runs.
            assert sum((n - expected) ** 2 / expected for n in counts.values()) < 100
    assert chance(1, 0.0) == chance(1, HOUR_S - 1) != chance(1, HOUR_S)


def choice(product_id: int, maker: int, kind: int) -> Choice:
    return Choice(product_id, product_id, b"", Cause("new"), 1.0, maker, kind)


def test_half_a_rail_at_most_is_of_one_maker_or_kind() -> None:
    pool = [choice(i, 1, 1) for i in range(10)] + [choice(i, i, i % 3 + 2) for i in range(10, 30)]
    rail = varied(pool, 8, (), set())
    assert [c.product_id for c in rail] == [0, 1, 2, 3, 10, 11, 12, 13]
    other_kinds = [choice(i, i, 1) for i in range(10)] + pool[10:]
    assert sum(c.kind == 1 for c in varied(other_kinds, 8, (), set())) == 4


def test_a_rail_without_others_is_full_all_the_same() -> None:
    pool = [choice(i, 1, 1) for i in range(10)]
    models: set[int] = set()
    assert [c.product_id for c in varied(pool, 8, {2}, models)] == [0, 1, 3, 4, 5, 6, 7, 8]
    assert models == {0, 1, 3, 4, 5, 6, 7, 8}
    assert varied(pool, 8, range(10), models) == []


@pytest.mark.parametrize("n_views", [1, 3, 12])
async def test_rails_are_buyable_few_and_cost_no_statement(shop: Shop, n_views: int) -> None:
    tastes: Tastes = await fitted_shop(shop)
    guest = shop.guest()
    for product_id in tastes.cameras[:n_views]:
        await view(shop, guest, product_id)
    await ask(guest, "home")
    with shop.statements() as statements:
        home = await ask(guest, "home")
    assert [query for query in statements if "pg_notify" not in query] == []
    assert all(item["product"]["inStock"] for item in items_of(home))
    assert len(home["rails"]) <= 6
