"""Suggestions over HTTP."""

from __future__ import annotations

from typing import Any

from server.tests.features.search.asking import learn
from server.tests.support.eventually import eventually
from server.tests.support.shop import API, Shop, problem


async def suggested(shop: Shop, words: str) -> list[dict[str, Any]]:
    response = await shop.guest().get(f"{API}/search/suggest", query_string={"q": words})
    assert response.status_code == 200
    found: list[dict[str, Any]] = (await response.get_json())["suggestions"]
    return found


async def suggestions(shop: Shop, words: str) -> list[tuple[str, str]]:
    return [(entry["kind"], entry["text"]) for entry in await suggested(shop, words)]


async def test_completes_names_and_products(shop: Shop) -> None:
    await shop.make.product(title="Corvid field camera", popularity=1)
    await shop.make.product(title="Keld Compass drone", category="drones", brand="keld", popularity=2)
    await shop.make.product(title="Camera bag", is_withdrawn=True)
    await learn(shop)
    assert await suggestions(shop, "cam") == [("category", "Cameras"), ("product", "Corvid field camera")]
    assert await suggestions(shop, "KEL") == [("brand", "Keld"), ("product", "Keld Compass drone")]
    assert await suggestions(shop, "") == []


async def test_new_listings_are_suggested_before_long(shop: Shop) -> None:
    assert await suggestions(shop, "orni") == []
    await shop.make.product(title="Ornithopter kit")

    async def is_suggested() -> bool:
        return await suggestions(shop, "orni") == [("product", "Ornithopter kit")]

    await eventually(is_suggested)


async def test_what_many_titles_say_is_suggested_as_a_query(shop: Shop) -> None:
    for number in range(3):
        await shop.make.product(title=f"Corvid {number} wireless headset", category="headsets")
    await learn(shop)
    found = await suggested(shop, "wirel")
    assert found[0] == {"kind": "query", "text": "wireless headset"}
    assert {entry["kind"] for entry in found} == {"query", "product"}


async def test_forgives_a_slip_and_says_so(shop: Shop) -> None:
    for _ in range(3):
        await shop.make.product(title="X")
    await learn(shop)
    found = await suggested(shop, "camreas")
    assert {"kind": "category", "text": "Cameras", "id": "cameras", "repairedFrom": "camreas"} in found
    assert await suggested(shop, "qqqqqqq") == []


async def test_the_same_title_is_suggested_once(shop: Shop) -> None:
    for _ in range(3):
        await shop.make.product(title="Corvid K1 tripod")
    await learn(shop)
    assert [kind for kind, _ in await suggestions(shop, "tripod")].count("product") == 1


async def test_refuses_too_long_a_text(shop: Shop) -> None:
    response = await shop.guest().get(f"{API}/search/suggest?q={'x' * 201}")
    await problem(response, 422, "invalid")
