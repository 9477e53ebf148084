"""The short way to a listing answers exactly as the route does."""

from __future__ import annotations

import pytest

from server.features.catalog import fast_lane
from server.features.catalog.domain import ListRequest
from server.tests.support.shop import API, Shop, problem

PRODUCTS = f"{API}/products"
# Two cookies are for the real parser: such a request takes the route.
BY_ROUTE = {"Cookie": "one=1; two=2"}
# Only a request with an address can be told from another guest's.
ADDRESSED = {"client": ("192.0.2.7", 1)}
COMPARED = ("Content-Type", "ETag", "Cache-Control", "Content-Length")


@pytest.mark.parametrize(
    "query", ["", "?category=cameras&limit=1", "?facets=true&includeTotal=true", "?limit=0"]
)
async def test_answers_like_the_route(shop: Shop, query: str) -> None:
    await shop.make.product(category="cameras")
    await shop.make.product(category="cameras")

    short = await shop.guest().get(PRODUCTS + query, scope_base=ADDRESSED)
    routed = await shop.guest().get(PRODUCTS + query, headers=BY_ROUTE, scope_base=ADDRESSED)

    assert short.status_code == routed.status_code
    assert [short.headers.get(name) for name in COMPARED] == [routed.headers.get(name) for name in COMPARED]
    if short.status_code == 200:
        assert await short.get_data() == await routed.get_data()
    else:
        await problem(short, 422, "limit.out_of_range")


async def test_says_when_nothing_changed(shop: Shop) -> None:
    await shop.make.product()
    etag = (await shop.guest().get(PRODUCTS, scope_base=ADDRESSED)).headers["ETag"]

    again = await shop.guest().get(PRODUCTS, headers={"If-None-Match": etag}, scope_base=ADDRESSED)

    assert again.status_code == 304
    assert await again.get_data() == b""
    assert again.headers["ETag"] == etag


async def test_counts_guests_by_their_address(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[object] = []
    monkeypatch.setattr(shop.runtime.reads, "check", counted.append)

    await shop.guest().get(PRODUCTS, scope_base=ADDRESSED)
    await shop.guest().get(PRODUCTS, headers=BY_ROUTE, scope_base=ADDRESSED)

    assert counted == ["192.0.2.7", "192.0.2.7"]


async def test_a_fault_of_the_short_way_is_the_routes_to_answer(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[bytes] = []

    def fail(query: bytes) -> ListRequest:
        taken.append(query)
        raise ZeroDivisionError

    monkeypatch.setattr(fast_lane, "read_list_request", fail)
    response = await shop.guest().get(f"{PRODUCTS}?limit=5", scope_base=ADDRESSED)

    assert taken == [b"limit=5"]
    assert response.status_code == 200
