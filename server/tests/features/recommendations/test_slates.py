"""What is recommended: personal at once, true in its reasons, buyable, logged, never empty."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from quart.typing import TestClientProtocol as Client

from recs import Event, RecsError
from server.core.clock import rfc3339
from server.features.recommendations.models import LiveModel
from server.features.recommendations.shelves import LIST_LENGTH, SESSION_LENGTH
from server.refit import refit
from server.tests.support.eventually import eventually
from server.tests.support.shop import API, Shop, problem
from server.tests.support.tastes import (
    Tastes,
    fitted_shop,
    interactions_of,
    job_of,
    recommender_of,
    remember,
    stock_shop,
)

BECAUSE = {"because_you_viewed", "because_you_saved", "because_in_cart"}


async def ask(client: Client, surface: str, status: int = 200) -> dict[str, Any]:
    response = await client.get(f"{API}/recommendations/{surface}")
    assert response.status_code == status, await response.get_data()
    answer: dict[str, Any] = await response.get_json()
    return answer


async def view(shop: Shop, client: Client, product_id: int, **fields: Any) -> None:
    event = {
        "id": str(uuid.uuid4()),
        "type": "view",
        "productId": str(product_id),
        "occurredAt": rfc3339(shop.clock.now()),
    }
    response = await client.post(f"{API}/interactions", json={"events": [event | fields]})
    assert (await response.get_json())["accepted"] == 1


def items_of(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return answer["items"] if "items" in answer else [i for rail in answer["rails"] for i in rail["items"]]


def ids_of(answer: dict[str, Any]) -> list[int]:
    return [int(item["product"]["id"]) for item in items_of(answer)]


def rail(answer: dict[str, Any], rail_id: str) -> dict[str, Any]:
    return next(rail for rail in answer["rails"] if rail["id"] == rail_id)


async def test_a_newcomer_sees_what_holds_for_everyone(shop: Shop) -> None:
    await fitted_shop(shop)
    home = await ask(shop.guest(), "home")
    assert home["personalised"] is False
    assert home["modelVersion"] == "1"
    assert {rail["id"] for rail in home["rails"]} <= {"trending", "new", "popular"}
    assert {item["reason"]["kind"] for item in items_of(home)} <= {"trending", "new", "popular"}
    assert await shop.connection.fetchval("SELECT count(*) FROM sessions") == 0


async def test_one_view_changes_the_very_next_slate_and_says_so(shop: Shop) -> None:
    tastes, guest = await fitted_shop(shop), shop.guest()
    seen = tastes.cameras[3]
    await view(shop, guest, seen)
    home = await ask(guest, "home")
    assert home["personalised"] is True
    because = rail(home, "because")
    assert because["reason"]["kind"] == "because_you_viewed"
    assert because["reason"]["productIds"] == [str(seen)]
    assert because["title"] == because["reason"]["text"] == "Because you viewed Corvid cameras 3"
    assert {int(item["product"]["id"]) for item in because["items"]} <= set(tastes.cameras) - {seen}
    await view(shop, guest, tastes.phones[5])
    later = await ask(guest, "home")
    assert rail(later, "because")["reason"]["productIds"] == [str(tastes.phones[5])]


async def test_no_product_twice_and_positions_count_from_zero(shop: Shop) -> None:
    tastes, guest = await fitted_shop(shop), shop.guest()
    for product_id in tastes.cameras[:3]:
        await view(shop, guest, product_id)
    home = await ask(guest, "home")
    ids = ids_of(home)
    assert len(ids) == len(set(ids))
    going_on = [int(item["product"]["id"]) for item in rail(home, "continue")["items"]]
    assert going_on == tastes.cameras[2::-1]
    assert not set(ids[len(going_on) :]) & set(tastes.cameras[:3])
    for shown in home["rails"]:
        assert [item["position"] for item in shown["items"]] == list(range(len(shown["items"])))


async def test_every_reason_is_true(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    visitor_id = await shop.make.visitor()
    browser = await shop.browser_of_visitor(visitor_id)
    log = interactions_of(shop).log
    log.record(visitor_id, tastes.cameras[0], Event.VIEW)
    log.record(visitor_id, tastes.cameras[1], Event.FAVORITE)
    log.record(visitor_id, tastes.phones[2], Event.CART_ADD)
    did = {
        "because_you_viewed": {tastes.cameras[0]},
        "because_you_saved": {tastes.cameras[1]},
        "because_in_cart": {tastes.phones[2]},
    }
    model = recommender_of(shop).models.current
    assert model is not None
    for surface in ("home", "session", "category?category=cameras"):
        for item in items_of(await ask(browser, surface)):
            kind, causes = item["reason"]["kind"], [int(i) for i in item["reason"]["productIds"]]
            if kind in BECAUSE:
                assert set(causes) <= did[kind]
            elif kind == "for_you":
                assert causes
                assert set(causes) <= set().union(*did.values())
            else:
                assert causes == []
            if causes == [int(item["product"]["id"])]:
                assert item["reason"]["text"] == "You looked at this lately"
                continue
            for cause in causes:
                related = model.snapshot.similar_items(cause, n=48).item_ids.tolist()
                assert int(item["product"]["id"]) in related


async def test_what_comes_next_follows_from_the_last_steps_and_repeats_none(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    visitor_id = await shop.make.visitor()
    browser = await shop.browser_of_visitor(visitor_id)
    looked_at = tastes.cameras[: SESSION_LENGTH + 3]
    for product_id in looked_at:
        interactions_of(shop).log.record(visitor_id, product_id, Event.VIEW)
    items = items_of(await ask(browser, "session"))
    assert len(items) == 12
    assert not set(looked_at) & {int(item["product"]["id"]) for item in items}
    causes = {int(cause) for item in items for cause in item["reason"]["productIds"]}
    assert causes
    assert causes <= set(looked_at[3:])


async def test_only_what_can_be_bought_is_shown(shop: Shop) -> None:
    tastes, guest = await fitted_shop(shop), shop.guest()
    await view(shop, guest, tastes.cameras[0])
    first = ids_of(await ask(guest, "home"))
    gone, sold = first[0], first[1]
    await shop.connection.execute("UPDATE products SET withdrawn_at = now() WHERE id = $1", gone)
    await shop.connection.execute("UPDATE products SET stock = 0 WHERE id = $1", sold)
    await shop.connection.execute("SELECT pg_notify('jackdaw_products', $1)", f"{gone},{sold}")
    await eventually(lambda: not interactions_of(shop).assortment.can_buy(sold))
    for surface in ("home", f"similar/{tastes.cameras[0]}", "session", "cart", "category?category=cameras"):
        assert not {gone, sold} & set(ids_of(await ask(guest, surface)))


async def test_a_card_that_knows_better_than_the_mask_is_believed(shop: Shop) -> None:
    tastes, guest = await fitted_shop(shop), shop.guest()
    await view(shop, guest, tastes.cameras[0])
    gone = ids_of(await ask(guest, "home"))[0]
    await shop.connection.execute("UPDATE products SET stock = 0 WHERE id = $1", gone)
    recommender_of(shop).catalog.cards.clear()
    assert interactions_of(shop).assortment.can_buy(gone)
    home = await ask(guest, "home")
    assert gone not in ids_of(home)
    assert home["rails"][0]["items"][0]["position"] == 0


async def test_what_was_bought_is_not_offered_again(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    visitor_id = await shop.make.visitor()
    browser = await shop.browser_of_visitor(visitor_id)
    bought = set(tastes.cameras[6:18])
    log = interactions_of(shop).log
    for product_id in bought:
        log.record(visitor_id, product_id, Event.PURCHASE)
    # So much later that the purchases are no longer among the latest interactions.
    for _ in range(60):
        log.record(visitor_id, tastes.cameras[5], Event.VIEW)
    for surface in ("home", f"similar/{tastes.cameras[0]}", "session", "cart", "category?category=cameras"):
        assert not bought & set(ids_of(await ask(browser, surface)))


async def test_similar_items_say_to_what(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    answer = await ask(shop.guest(), f"similar/{tastes.phones[0]}")
    assert tastes.phones[0] not in ids_of(answer)
    first = answer["items"][0]
    assert first["reason"] == {
        "kind": "similar_to",
        "productIds": [str(tastes.phones[0])],
        "params": {"title": "Magpie phones 0", "titles": ["Magpie phones 0"]},
        "text": "Similar to Magpie phones 0",
    }
    assert int(first["product"]["id"]) in tastes.phones


async def test_what_is_similar_is_of_the_same_kind_and_was_not_just_looked_at(shop: Shop) -> None:
    tastes, guest = await fitted_shop(shop), shop.guest()
    # Whoever looked at this phone looked at cameras too: they go with it, but are not instead of it.
    visitors = [await shop.make.visitor() for _ in range(30)]
    now = shop.clock.now()
    both = (tastes.phones[0], *tastes.cameras[:6])
    await remember(shop, [(visitor_id, seen, Event.VIEW, now) for visitor_id in visitors for seen in both])
    assert await refit(job_of(shop)) == "promoted"
    await recommender_of(shop).models.refresh()
    model = recommender_of(shop).models.current
    assert model is not None
    assert set(model.snapshot.similar_items(tastes.phones[0], n=6).item_ids.tolist()) <= set(tastes.cameras)
    first = ids_of(await ask(guest, f"similar/{tastes.phones[0]}"))
    assert len(first) == LIST_LENGTH
    assert set(first) <= set(tastes.phones)
    await view(shop, guest, first[0])
    again = ids_of(await ask(guest, f"similar/{tastes.phones[0]}"))
    assert len(again) == LIST_LENGTH
    assert set(again) <= set(tastes.phones) - {first[0]}


async def test_a_cart_is_completed_from_its_lines_and_only_ones_own(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    mine, other = await shop.make.visitor(), await shop.make.visitor()
    await shop.make.cart_line(mine, tastes.phones[1])
    await shop.make.cart_line(other, tastes.cameras[1])
    answer = await ask(await shop.browser_of_visitor(mine), "cart")
    assert tastes.phones[1] not in ids_of(answer)
    causes = {i for item in answer["items"] for i in item["reason"]["productIds"]}
    assert causes == {str(tastes.phones[1])}
    assert answer["items"][0]["reason"]["text"] == "Because you put Magpie phones 1 in your cart"
    assert items_of(await ask(shop.guest(), "cart"))


async def test_a_category_keeps_to_itself(shop: Shop) -> None:
    tastes, guest = await fitted_shop(shop), shop.guest()
    await view(shop, guest, tastes.cameras[0])
    answer = await ask(guest, "category?category=phones")
    assert set(ids_of(answer)) <= set(tastes.phones)
    assert {item["reason"]["text"] for item in answer["items"]} == {"Popular in Phones"}
    await problem(await guest.get(f"{API}/recommendations/category?category=no-such"), 404, "not_found")
    for query in ("", "?category=", "?category=" + "x" * 200, "?category=%00"):
        await problem(await guest.get(f"{API}/recommendations/category{query}"), 422, "invalid")


@pytest.mark.parametrize("product_id", ["0", "x", "99999999", "9" * 30, "%00"])
async def test_products_that_do_not_exist_are_404(shop: Shop, product_id: str) -> None:
    await stock_shop(shop, products=1)
    await problem(await shop.guest().get(f"{API}/recommendations/similar/{product_id}"), 404, "not_found")


async def test_without_a_model_the_popular_is_shown_and_called_so(shop: Shop) -> None:
    tastes = await stock_shop(shop)
    await shop.connection.execute("UPDATE products SET popularity = 9 WHERE id = $1", tastes.phones[7])
    for surface in ("home", f"similar/{tastes.phones[0]}", "session", "cart", "category?category=phones"):
        answer = await ask(shop.guest(), surface)
        assert answer["modelVersion"] is None
        assert answer["personalised"] is False
        assert tastes.phones[7] in ids_of(answer)
        assert {item["reason"]["kind"] for item in items_of(answer)} <= {"popular", "new"}
        # The note says that what is popular is shown: it comes first.
        assert items_of(answer)[0]["reason"]["kind"] == "popular"
    assert tastes.phones[0] not in ids_of(await ask(shop.guest(), f"similar/{tastes.phones[0]}"))


async def test_an_empty_catalogue_gives_an_empty_home(shop: Shop) -> None:
    assert (await ask(shop.guest(), "home"))["rails"] == []


async def test_a_tiny_catalogue_is_shown_even_when_all_of_it_was_seen(shop: Shop) -> None:
    tastes, visitor_id = await fitted_shop(shop), await shop.make.visitor()
    browser = await shop.browser_of_visitor(visitor_id)
    for product_id in tastes.cameras + tastes.phones:
        interactions_of(shop).log.record(visitor_id, product_id, Event.PURCHASE)
    for surface in ("home", "session", f"similar/{tastes.phones[0]}"):
        assert items_of(await ask(browser, surface))


async def test_a_product_newer_than_the_model_has_neighbours_from_its_category(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    fresh = await shop.make.product(category="phones")
    interactions_of(shop).assortment.receive(str(fresh))
    await eventually(lambda: interactions_of(shop).assortment.knows(fresh))
    answer = await ask(shop.guest(), f"similar/{fresh}")
    assert set(ids_of(answer)) <= set(tastes.phones)
    assert answer["items"][0]["reason"]["text"] == "Popular in Phones"


async def test_a_model_that_fails_is_replaced_by_the_catalogue(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fitted_shop(shop)

    def broken(*_args: object) -> None:
        raise RecsError("broken")

    monkeypatch.setattr(LiveModel, "pool", broken)
    home = await ask(shop.guest(), "home")
    assert home["modelVersion"] is None
    assert items_of(home)


async def test_every_slate_is_logged_as_it_was_shown(shop: Shop) -> None:
    tastes, guest = await fitted_shop(shop), shop.guest()
    await view(shop, guest, tastes.cameras[0])
    home = await ask(guest, "home")
    await view(shop, guest, ids_of(home)[2], slateId=home["slateId"], position=2)
    await eventually(lambda: interactions_of(shop).spool.pending_bytes == 0)
    row = await shop.connection.fetchrow("SELECT * FROM slates WHERE id = $1", uuid.UUID(home["slateId"]))
    assert row is not None
    assert row["product_ids"] == ids_of(home)
    drawn = {item["product"]["id"] for item in rail(home, "new")["items"][-2:]}
    shares = [item["product"]["id"] in drawn for item in items_of(home)]
    for share, is_drawn in zip(row["propensities"], shares, strict=True):
        assert 0 < share < 0.5 if is_drawn else share == 1
    assert (row["surface"], row["model_version"], row["personalised"]) == ("home", 1, True)
    assert row["overlay_sequence"] == 1
    assert row["served_on"] == shop.clock.now().date()
    reasons = json.loads(row["reasons"])
    assert [(r[0], r[1]) for r in reasons] == [(r["id"], len(r["items"])) for r in home["rails"]]
    assert reasons[0][2] == [["because_you_viewed", [tastes.cameras[0]]]]
    linked = await shop.connection.fetchrow(
        "SELECT position, visitor_id FROM interactions WHERE slate_id = $1", uuid.UUID(home["slateId"])
    )
    assert linked is not None
    assert linked["position"] == 2
    assert linked["visitor_id"] == row["visitor_id"]


async def test_a_full_spool_does_not_stop_recommendations(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fitted_shop(shop)
    monkeypatch.setattr(interactions_of(shop).spool, "_max_bytes", 0)
    assert items_of(await ask(shop.guest(), "home"))


async def test_a_warm_home_asks_the_database_nothing(shop: Shop) -> None:
    tastes: Tastes = await fitted_shop(shop)
    guest = shop.guest()
    for product_id in tastes.cameras[:5]:
        await view(shop, guest, product_id)
    await ask(guest, "home")
    with shop.statements() as statements:
        await ask(guest, "home")
    assert [query for query in statements if "pg_notify" not in query] == []
