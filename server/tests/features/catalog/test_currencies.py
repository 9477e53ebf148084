"""A shop whose prices are in several currencies: amounts of two are never compared."""

from __future__ import annotations

from typing import Any

import pytest

from server.core.problems import Invalid
from server.features.catalog.parameters import read_list_request
from server.tests.features.catalog.test_listing import listed, titles
from server.tests.support.shop import Shop


async def price_facet(shop: Shop, query: str = "") -> dict[str, Any]:
    facets = (await listed(shop, f"facets=true&{query}"))["facets"]
    facet: dict[str, Any] = next(facet for facet in facets if facet["field"] == "price")
    return facet


async def stock_the_shelves(shop: Shop) -> None:
    make = shop.make.product
    await make(title="Lens A", category="lenses", price_minor=30_000, currency="USD")
    await make(title="Lens B", category="lenses", price_minor=12_000, currency="USD")
    await make(title="Lens C", category="lenses", price_minor=12_000, currency="USD", brand="keld")
    await make(title="Lens D", category="lenses", price_minor=20_000, currency="EUR")
    await make(title="Lens E", category="lenses", price_minor=11_000, currency="EUR")
    await make(title="Lens F", category="lenses", price_minor=1_500_000, currency="INR")
    await make(title="Tripod G", category="tripods", price_minor=12_500, currency="EUR")
    await make(title="Tripod H", category="tripods", price_minor=12_500, currency="EUR")
    await shop.follow()


async def test_a_price_filter_takes_only_listings_of_its_currency(shop: Shop) -> None:
    await stock_the_shelves(shop)
    expected = {
        # In euros, of which there are most.
        "maxPrice=200": {"Lens D", "Lens E", "Tripod G", "Tripod H"},
        "category=lenses&maxPrice=200": {"Lens B", "Lens C"},
        "q=lens&maxPrice=200": {"Lens B", "Lens C"},
        "category=lenses&maxPrice=200&priceCurrency=EUR": {"Lens D", "Lens E"},
        "category=lenses&maxPrice=200&priceCurrency=EUR&facets=true": {"Lens D", "Lens E"},
        "q=lens&minPrice=150&priceCurrency=EUR": {"Lens D"},
        "minPrice=150&priceCurrency=INR": {"Lens F"},
        "minPrice=0&priceCurrency=JPY": set(),
        # Without a bound it narrows nothing.
        "category=tripods&priceCurrency=USD": {"Tripod G", "Tripod H"},
    }
    assert {query: set(await titles(shop, query)) for query in expected} == expected


async def test_the_facet_counts_one_currency_and_names_all(shop: Shop) -> None:
    await stock_the_shelves(shop)
    facet = await price_facet(shop, "category=lenses")
    assert (facet["currency"], facet["currencies"]) == ("USD", ["USD", "EUR", "INR"])
    assert [(value["label"], value["count"]) for value in facet["values"]] == [
        ("$100 to $200", 2),
        ("$200 to $400", 1),
    ]
    facet = await price_facet(shop, "category=lenses&priceCurrency=INR")
    assert (facet["currency"], facet["currencies"]) == ("INR", ["USD", "EUR", "INR"])
    assert [(value["value"], value["label"], value["count"]) for value in facet["values"]] == [
        ("10000-19999.99", "₹10,000 to ₹20,000", 1)
    ]
    # A step that is chosen narrows to its currency, the facet itself to nothing.
    chosen = "category=lenses&minPrice=100&maxPrice=199.99"
    facet = await price_facet(shop, chosen)
    assert [value["selected"] for value in facet["values"]] == [True, False]
    assert facet["currencies"] == ["USD", "EUR", "INR"]
    body = await listed(shop, f"{chosen}&includeTotal=true")
    assert body["total"] == 2
    assert (await price_facet(shop, "priceCurrency=JPY"))["values"] == []


async def test_a_step_back_counts_what_it_will_list(shop: Shop) -> None:
    await stock_the_shelves(shop)
    body = await listed(shop, "q=qqxxzz&category=lenses&maxPrice=150")
    steps = {step["without"]: step["count"] for step in body["search"]["relaxations"]}
    assert steps == {"qqxxzz": len(await titles(shop, "category=lenses&maxPrice=150"))} == {"qqxxzz": 2}


async def test_amounts_have_the_decimals_of_their_currency(shop: Shop) -> None:
    await shop.make.product(title="Yen", price_minor=9_000, currency="JPY")
    await shop.make.product(title="Less", price_minor=4_999, currency="JPY")
    await shop.follow()
    facet = await price_facet(shop)
    assert [(value["value"], value["label"]) for value in facet["values"]] == [
        ("0-4999", "Under ¥5,000"),
        ("5000-9999", "¥5,000 to ¥10,000"),
    ]
    facet = await price_facet(shop, "minPrice=5000&maxPrice=9999")
    assert [value["selected"] for value in facet["values"]] == [False, True]
    assert await titles(shop, "minPrice=5000&maxPrice=9999") == ["Yen"]
    assert await titles(shop, "maxPrice=4999.50") == ["Less"]


async def test_by_price_one_currency_comes_after_the_other(shop: Shop) -> None:
    await stock_the_shelves(shop)
    expected = {
        "price": ["Lens B", "Lens C", "Lens A", "Lens E", "Lens D", "Lens F"],
        "-price": ["Lens A", "Lens C", "Lens B", "Lens D", "Lens E", "Lens F"],
        "price&priceCurrency=EUR": ["Lens E", "Lens D", "Lens F", "Lens B", "Lens C", "Lens A"],
    }
    for sort, order in expected.items():
        for words in ("", "&q=lens"):
            base = f"category=lenses&sort={sort}{words}"
            assert await titles(shop, base) == order
            for limit in (1, 4):
                seen: list[str] = []
                cursor: str | None = ""
                while cursor is not None:
                    page = await listed(shop, f"{base}&limit={limit}&cursor={cursor}")
                    seen += [item["title"] for item in page["items"]]
                    cursor = page["nextCursor"]
                assert seen == order


async def test_pages_go_on_in_the_currency_in_which_they_began(shop: Shop) -> None:
    await shop.make.product(title="First", price_minor=100)
    await shop.make.product(title="Second", price_minor=200)
    await shop.follow()
    # While there was one currency only.
    first = await listed(shop, "sort=price&limit=1")
    await shop.make.product(title="Third", price_minor=150, currency="USD")
    await shop.follow()
    assert await titles(shop, f"sort=price&limit=9&cursor={first['nextCursor']}") == ["Second", "Third"]
    first = await listed(shop, "sort=price&limit=1")
    for _ in range(3):
        await shop.make.product(title="More", price_minor=50, currency="USD")
    await shop.follow()
    assert await titles(shop, "sort=price&limit=1") == ["More"]
    rest = await titles(shop, f"sort=price&limit=9&cursor={first['nextCursor']}")
    assert rest == ["Second", "More", "More", "More", "Third"]


async def test_a_single_currency_is_that_of_the_filter(shop: Shop) -> None:
    await shop.make.product(title="Dollars", price_minor=12_000, currency="USD")
    await shop.follow()
    facet = await price_facet(shop)
    assert (facet["currency"], facet["currencies"]) == ("USD", ["USD"])
    assert await titles(shop, "minPrice=100") == ["Dollars"]
    assert await titles(shop, "minPrice=100&priceCurrency=EUR") == []


@pytest.mark.parametrize("currency", ["usd", "US", "EURO", "%E2%82%AC%E2%82%AC%E2%82%AC"])
def test_what_is_no_currency_is_refused(currency: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_list_request(f"priceCurrency={currency}".encode())
    assert [(error.pointer, error.code) for error in refused.value.errors] == [
        ("priceCurrency", "not_a_currency")
    ]
