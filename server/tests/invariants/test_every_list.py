"""What holds for every list: however long it is, it costs the same number of statements."""

from __future__ import annotations

import pytest

from server.features.catalog.service import installed_catalog
from server.features.search.service import installed_search
from server.tests.support.shop import API, Shop

PATHS = [
    "/products?limit=100",
    "/products?limit=100&facets=true&includeTotal=true",
    "/products?limit=100&q=camera&facets=true",
    "/products/most-popular?limit=100",
    "/categories",
    "/search/suggest?q=camera",
    "/favorites?limit=100",
    "/cart",
]


async def statements_of(shop: Shop, visitor_id: int, path: str) -> list[str]:
    # Words that nobody asked for before are looked up once.
    await shop.guest().get(f"{API}/products?q=camera")
    parts, searching = installed_catalog(shop.app), installed_search(shop.app)
    parts.cards.clear()
    parts.reference.forget()
    parts.counts.clear()
    searching.clear()
    searching.live.forget()
    searching.suggestions.forget()
    await searching.refresh()
    browser = await shop.browser_of_visitor(visitor_id)
    with shop.statements() as recorded:
        response = await browser.get(f"{API}{path}")
    assert response.status_code == 200
    return recorded


async def fill(shop: Shop, visitor_id: int, rows: int) -> None:
    for number in range(rows):
        product_id = await shop.make.product(brand=f"brand-{number}", store=f"store-{number}")
        await shop.make.favorite(visitor_id, product_id)
        await shop.make.cart_line(visitor_id, product_id)


@pytest.mark.parametrize("path", PATHS)
async def test_costs_the_same_number_of_statements_for_three_rows_and_for_twenty(
    shop: Shop, path: str
) -> None:
    visitor_id = await shop.make.visitor()
    # Of less than three finds, search asks whether a slip was meant.
    await fill(shop, visitor_id, 3)
    few = await statements_of(shop, visitor_id, path)
    await fill(shop, visitor_id, 17)
    many = await statements_of(shop, visitor_id, path)
    assert 1 <= len(few) <= 6, few
    # The list of categories is counted at most every few seconds.
    assert many == few or path == "/categories"
