"""Suggestions over HTTP."""

from __future__ import annotations

from server.tests.support.shop import API, Shop, problem


async def suggestions(shop: Shop, words: str) -> list[tuple[str, str]]:
    response = await shop.guest().get(f"{API}/search/suggest?q={words}")
    body = await response.get_json()
    return [(entry["kind"], entry["text"]) for entry in body["suggestions"]]


async def test_completes_names_and_products(shop: Shop) -> None:
    await shop.make.product(title="Corvid field camera", popularity=1)
    await shop.make.product(title="Keld Compass drone", category="drones", brand="keld", popularity=2)
    await shop.make.product(title="Camera bag", is_withdrawn=True)
    assert await suggestions(shop, "cam") == [("category", "Cameras"), ("product", "Corvid field camera")]
    assert await suggestions(shop, "KEL") == [("brand", "Keld"), ("product", "Keld Compass drone")]
    assert await suggestions(shop, "") == []


async def test_forgives_a_slip_in_a_name(shop: Shop) -> None:
    await shop.make.product(title="X")
    assert ("category", "Cameras") in await suggestions(shop, "camreas")


async def test_the_same_title_is_suggested_once(shop: Shop) -> None:
    for _ in range(3):
        await shop.make.product(title="Corvid K1 tripod")
    assert await suggestions(shop, "tripod") == [("product", "Corvid K1 tripod")]


async def test_refuses_too_long_a_text(shop: Shop) -> None:
    response = await shop.guest().get(f"{API}/search/suggest?q={'x' * 201}")
    await problem(response, 422, "invalid")
