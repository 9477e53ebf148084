"""The order "for you": led by what one did, whole over its pages, without what was turned down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from quart.typing import TestClientProtocol as Client

from recs import Event
from server.tests.features.recommendations.test_feedback import covered, turn_down
from server.tests.features.recommendations.test_slates import view
from server.tests.support.shop import API, Shop, problem
from server.tests.support.tastes import Tastes, fitted_shop, interactions_of, recommender_of

FOR_YOU = "sort=for_you"


async def listing(client: Client, query: str, **headers: str) -> dict[str, Any]:
    response = await client.get(f"{API}/products?{query}", headers=headers)
    assert response.status_code == 200, await response.get_data()
    answer: dict[str, Any] = await response.get_json()
    return answer


async def ids(client: Client, query: str, **headers: str) -> list[int]:
    return [int(item["id"]) for item in (await listing(client, query, **headers))["items"]]


async def paged(client: Client, query: str) -> list[int]:
    found: list[int] = []
    cursor = ""
    while True:
        page = await listing(client, f"{query}&cursor={cursor}")
        found += [int(item["id"]) for item in page["items"]]
        if page["nextCursor"] is None:
            return found
        assert page["items"]
        cursor = page["nextCursor"]


async def camera_lover(shop: Shop) -> tuple[Tastes, Client]:
    tastes, guest = await fitted_shop(shop), shop.guest()
    await shop.connection.execute("UPDATE products SET popularity = id")
    await shop.follow()
    for product_id in tastes.cameras[:3]:
        await view(shop, guest, product_id)
    return tastes, guest


async def test_what_one_leans_to_comes_first_and_the_rest_follows(shop: Shop) -> None:
    tastes, guest = await camera_lover(shop)
    found = await ids(guest, f"{FOR_YOU}&limit=100")
    assert sorted(found) == sorted(tastes.cameras + tastes.phones)
    assert set(found[:10]) <= set(tastes.cameras)
    tail = [product_id for product_id in found if product_id in tastes.phones]
    assert tail == sorted(tail, reverse=True), "the rest is as popular as ever"
    assert found != await ids(shop.guest(), f"{FOR_YOU}&limit=100")
    within = await ids(guest, f"{FOR_YOU}&category=phones&limit=100")
    assert within == await ids(guest, "category=phones&limit=100")


@pytest.mark.parametrize("query", ["", "category=cameras", "q=corvid", "category=cameras&facets=true"])
@pytest.mark.parametrize("limit", [1, 5, 7, 24])
async def test_pages_hold_every_product_once_whatever_is_learned_meanwhile(
    shop: Shop, query: str, limit: int
) -> None:
    tastes, guest = await camera_lover(shop)
    query = f"{FOR_YOU}&{query}"
    whole = await ids(guest, f"{query}&limit=100")
    assert await paged(guest, f"{query}&limit={limit}") == whole
    page = await listing(guest, f"{query}&limit={limit}")
    rest: list[int] = []
    shop.clock.instant += timedelta(minutes=10)
    interactions_of(shop).log.record(await visitor_of(shop), tastes.cameras[9], Event.FAVORITE)
    while page["nextCursor"] is not None:
        page = await listing(guest, f"{query}&limit={limit}&cursor={page['nextCursor']}")
        rest += [int(item["id"]) for item in page["items"]]
    assert rest == whole[limit:]


async def visitor_of(shop: Shop) -> int:
    visitor_id: int = await shop.connection.fetchval("SELECT visitor_id FROM sessions")
    return visitor_id


@pytest.mark.parametrize("words", ["", "&q=corvid", "&q=corvid&facets=true"])
async def test_who_is_not_known_gets_the_default_order(shop: Shop, words: str) -> None:
    _, guest = await camera_lover(shop)
    default = await ids(shop.guest(), f"limit=100{words}")
    assert await ids(shop.guest(), f"{FOR_YOU}&limit=100{words}") == default
    assert await paged(shop.guest(), f"{FOR_YOU}&limit=7{words}") == default
    assert await ids(guest, f"{FOR_YOU}&limit=100{words}", DNT="1") == default
    assert await ids(guest, f"{FOR_YOU}&limit=100{words}") != default


async def test_words_decide_what_is_listed_and_leaning_its_order(shop: Shop) -> None:
    tastes, guest = await camera_lover(shop)
    assert await ids(guest, f"{FOR_YOU}&q=magpie&limit=100") == await ids(guest, "q=magpie&limit=100")
    found = await ids(guest, f"{FOR_YOU}&q=corvid&limit=100")
    assert sorted(found) == sorted(tastes.cameras)
    assert found[:5] != (await ids(guest, "q=corvid&limit=100"))[:5]


@pytest.mark.parametrize("scope", ["item", "model", "owned", "maker", "kind"])
@pytest.mark.parametrize("query", ["", "q=corvid", "category=cameras&facets=true"])
async def test_what_was_turned_down_is_left_out(shop: Shop, scope: str, query: str) -> None:
    tastes, guest = await camera_lover(shop)
    index = 7
    await turn_down(guest, tastes.cameras[index], scope)
    gone = covered(tastes, index, scope)
    known = set(await ids(guest, f"{query}&limit=100"))
    assert gone <= known, "another order shows all there is"
    assert set(await paged(guest, f"{FOR_YOU}&{query}&limit=10")) == known - gone


async def test_counts_are_of_what_is_listed(shop: Shop) -> None:
    tastes, guest = await camera_lover(shop)
    await turn_down(guest, tastes.cameras[7], "maker")
    gone = covered(tastes, 7, "maker")
    for query in ("", "q=corvid", "category=cameras"):
        counted = f"{query}&includeTotal=true&facets=true&limit=100"
        every, mine = await listing(shop.guest(), counted), await listing(guest, f"{FOR_YOU}&{counted}")
        assert mine["total"] == len(mine["items"]) == every["total"] - len(gone)
        brands = [sum(value["count"] for value in a["facets"][1]["values"]) for a in (every, mine)]
        assert brands[0] - brands[1] == len(gone)
        # What one turned down changes nothing for the others, nor in another order.
        for client, order in ((shop.guest(), FOR_YOU), (guest, "sort=newest")):
            assert (await listing(client, f"{order}&{counted}"))["total"] == every["total"]


async def test_what_is_sold_out_or_bought_does_not_lead(shop: Shop) -> None:
    _, guest = await camera_lover(shop)
    first, second = (await ids(guest, FOR_YOU))[:2]
    interactions_of(shop).log.record(await visitor_of(shop), first, Event.PURCHASE)
    model = recommender_of(shop).models.current
    assert model is not None
    model.eligible[model.snapshot.vocabulary.positions([second])] = False
    later = await ids(guest, f"{FOR_YOU}&limit=100")
    assert {first, second} & set(later[:10]) == set()
    assert {first, second} <= set(later)


async def test_without_a_model_it_is_the_default_order(shop: Shop) -> None:
    _, guest = await camera_lover(shop)
    recommender_of(shop).models.current = None
    assert await ids(guest, f"{FOR_YOU}&limit=100") == await ids(guest, "limit=100")


async def test_a_cursor_of_another_list_is_refused(shop: Shop) -> None:
    _, guest = await camera_lover(shop)
    mine = (await listing(guest, f"{FOR_YOU}&limit=5"))["nextCursor"]
    theirs = (await listing(guest, "limit=5"))["nextCursor"]
    for query in (f"sort=popular&limit=5&cursor={mine}", f"{FOR_YOU}&limit=5&cursor={theirs}"):
        await problem(await guest.get(f"{API}/products?{query}"), 400, "cursor.invalid")
