"""Not for me: what was turned down never comes back, on any surface, until it is taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from quart.typing import TestClientProtocol as Client

from recs import Event
from server.features.interactions.profiles import MAX_EXCLUSIONS
from server.tests.features.recommendations.test_slates import ask, ids_of, items_of, view
from server.tests.support.eventually import eventually
from server.tests.support.factories import PASSWORD
from server.tests.support.shop import API, Shop, open_shop, problem
from server.tests.support.tastes import Tastes, fitted_shop, interactions_of, stock_shop

URL = f"{API}/recommendations/feedback"


async def turn_down(client: Client, product_id: int, scope: str, status: int = 201) -> dict[str, Any]:
    response = await client.post(URL, json={"productId": str(product_id), "scope": scope})
    assert response.status_code == status, await response.get_data()
    answer: dict[str, Any] = await response.get_json()
    return answer


def surfaces(tastes: Tastes) -> list[str]:
    return [
        "home",
        f"similar/{tastes.cameras[0]}",
        f"similar/{tastes.phones[0]}",
        "cart",
        "session",
        "category?category=cameras",
        "category?category=phones",
    ]


async def shown(client: Client, tastes: Tastes) -> set[int]:
    return {i for surface in surfaces(tastes) for i in ids_of(await ask(client, surface))}


def covered(tastes: Tastes, index: int, scope: str) -> set[int]:
    """Return what a scope makes of a camera of the two tastes: four makers, one model a listing."""
    if scope == "maker":
        return set(tastes.cameras[index % 4 :: 4])
    return set(tastes.cameras) if scope == "kind" else {tastes.cameras[index]}


@pytest.mark.parametrize("scope", ["item", "model", "owned", "maker", "kind"])
async def test_what_was_turned_down_is_on_no_surface_until_it_is_taken_back(shop: Shop, scope: str) -> None:
    tastes, guest = await fitted_shop(shop), shop.guest()
    for product_id in tastes.cameras[:3]:
        await view(shop, guest, product_id)
    index = tastes.cameras.index(next(i for i in ids_of(await ask(guest, "home")) if i in tastes.cameras))
    gone = covered(tastes, index, scope)
    assert await shown(guest, tastes) & gone
    said = await turn_down(guest, tastes.cameras[index], scope)
    assert (said["scope"], said["product"]["id"]) == (scope, str(tastes.cameras[index]))
    for _ in range(100):
        assert not set(ids_of(await ask(guest, "home"))) & gone
    assert not await shown(guest, tastes) & gone
    cited = {i for i in items_of(await ask(guest, "home")) for i in i["reason"]["productIds"]}
    assert scope == "owned" or not cited & {str(product_id) for product_id in gone}
    response = await guest.delete(f"{URL}/{said['id']}")
    assert response.status_code == 204
    assert await shown(guest, tastes) & gone
    await eventually(lambda: interactions_of(shop).spool.pending_bytes == 0)
    for table in ("exclusions", "interactions WHERE event_type = 7"):
        assert await shop.connection.fetchval(f"SELECT count(*) FROM {table}") == 0


async def test_without_a_model_it_holds_too(shop: Shop) -> None:
    tastes, guest = await stock_shop(shop), shop.guest()
    await turn_down(guest, tastes.cameras[0], "maker")
    await turn_down(guest, tastes.phones[1], "model")
    gone = covered(tastes, 0, "maker") | {tastes.phones[1]}
    assert not await shown(guest, tastes) & gone
    await turn_down(guest, tastes.cameras[0], "kind")
    await turn_down(guest, tastes.phones[0], "kind")
    for surface in surfaces(tastes):
        assert ids_of(await ask(guest, surface)) == []


async def test_another_worker_and_the_next_process_hold_it_too(
    shop: Shop, database_url: str, tmp_path: Path
) -> None:
    tastes, visitor_id = await fitted_shop(shop), await shop.make.visitor()
    gone = covered(tastes, 0, "maker")
    async with open_shop(database_url, tmp_path) as other:
        await eventually(lambda: other.runtime.listener.is_connected)
        await eventually(lambda: interactions_of(other).assortment.knows(tastes.phones[-1]))
        there = await shop.browser_of_visitor(visitor_id)
        cookie = there.cookie_jar
        elsewhere = other.guest()
        elsewhere.cookie_jar = cookie
        assert await shown(elsewhere, tastes) & gone
        await turn_down(there, tastes.cameras[0], "maker")

        async def holds() -> bool:
            return not set(ids_of(await ask(elsewhere, "home"))) & gone

        await eventually(holds, timeout_s=2)
        assert not await shown(elsewhere, tastes) & gone
    async with open_shop(database_url, tmp_path) as later:
        await eventually(lambda: interactions_of(later).assortment.knows(tastes.phones[-1]))
        after = later.guest()
        after.cookie_jar = cookie
        assert not await shown(after, tastes) & gone


async def test_a_guests_word_counts_for_the_user_they_turn_out_to_be(shop: Shop) -> None:
    tastes, guest, account = await fitted_shop(shop), shop.guest(), await shop.make.user()
    await turn_down(guest, tastes.cameras[0], "maker")
    login = await guest.post(f"{API}/auth/login", json={"email": account.email, "password": PASSWORD})
    assert login.status_code == 200
    assert not await shown(guest, tastes) & covered(tastes, 0, "maker")
    rows = await shop.connection.fetch("SELECT visitor_id, scope FROM exclusions")
    assert [tuple(row) for row in rows] == [(account.visitor_id, "maker")]


async def test_it_is_said_once_and_logged_with_its_slate(shop: Shop) -> None:
    tastes, guest = await fitted_shop(shop), shop.guest()
    home = await ask(guest, "home")
    body = {"productId": str(tastes.phones[0]), "scope": "item", "slateId": home["slateId"], "position": 1}
    first = await guest.post(URL, json=body)
    again = await guest.post(URL, json=body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert (await first.get_json())["id"] == (await again.get_json())["id"]
    await eventually(lambda: interactions_of(shop).spool.pending_bytes == 0)
    rows = await shop.connection.fetch(
        "SELECT event_type, weight, slate_id::text, position FROM interactions WHERE event_type = 7"
    )
    assert [tuple(row) for row in rows] == [(int(Event.DISMISS), 0.0, home["slateId"], 1)]


async def test_bad_feedback_changes_nothing(shop: Shop) -> None:
    tastes = await stock_shop(shop, products=2)
    mine, other = await shop.make.visitor(), await shop.make.visitor()
    browser, stranger = await shop.browser_of_visitor(mine), await shop.browser_of_visitor(other)
    kept = await turn_down(browser, tastes.cameras[0], "item")
    before = await shop.state()
    for body in (
        {"productId": "9999999", "scope": "item"},
        {"productId": str(tastes.cameras[0]), "scope": "shop"},
        {"productId": str(tastes.cameras[0])},
        {"productId": "1", "scope": "item", "visitorId": "1"},
    ):
        assert (await browser.post(URL, json=body)).status_code in {404, 422}
    await problem(await stranger.delete(f"{URL}/{kept['id']}"), 404, "exclusion.not_found")
    await problem(await shop.guest().delete(f"{URL}/{kept['id']}"), 404, "exclusion.not_found")
    assert await shop.state() == before


async def test_there_is_a_most(shop: Shop) -> None:
    tastes, visitor_id = await stock_shop(shop, products=2), await shop.make.visitor()
    await shop.connection.execute(
        """
        INSERT INTO exclusions (visitor_id, scope, target, product_id)
        SELECT $1, 'item', 1000000 + n, $2 FROM generate_series(1, $3::int) AS n
        """,
        visitor_id,
        tastes.cameras[0],
        MAX_EXCLUSIONS,
    )
    browser = await shop.browser_of_visitor(visitor_id)
    before = await shop.state()
    response = await browser.post(URL, json={"productId": str(tastes.cameras[1]), "scope": "item"})
    await problem(response, 409, "exclusions.full")
    assert await shop.state() == before
