"""The listing over HTTP: filters, orders, pages, facets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from server.core.problems import FieldError
from server.features.catalog.listing import ORDERS, select_page
from server.features.search.service import Selection
from server.tests.support.shop import API, Shop, problem

PRODUCTS = f"{API}/products"
START = datetime(2026, 3, 1, tzinfo=UTC)


async def listed(shop: Shop, query: str = "") -> dict[str, Any]:
    response = await shop.guest().get(f"{PRODUCTS}?{query}")
    assert response.status_code == 200, await response.get_data()
    body: dict[str, Any] = await response.get_json()
    return body


async def titles(shop: Shop, query: str = "") -> list[str]:
    return [item["title"] for item in (await listed(shop, query))["items"]]


async def stock_the_shelves(shop: Shop) -> None:
    make = shop.make.product
    await make(title="Fjord A", category="cameras", brand="fjord", price_minor=10_000, popularity=3)
    await make(title="Fjord B", category="phones", brand="fjord", condition="new", price_minor=20_000)
    await make(title="Keld C", category="cameras", brand="keld", price_minor=30_000, stock=0)
    await make(title="Keld D", category="drones", brand="keld", store="south-bench", price_minor=40_050)
    await make(title="Gone", category="cameras", brand="keld", is_withdrawn=True)
    await shop.follow()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Fjord A", "Fjord B", "Keld C", "Keld D"}),
        ("category=cameras", {"Fjord A", "Keld C"}),
        ("category=cameras&category=drones", {"Fjord A", "Keld C", "Keld D"}),
        ("category=cameras&brand=keld", {"Keld C"}),
        ("category=nothing", set()),
        ("condition=new&condition=fair", {"Fjord B"}),
        ("store=south-bench", {"Keld D"}),
        ("minPrice=200&maxPrice=400.50", {"Fjord B", "Keld C", "Keld D"}),
        ("maxPrice=400.49", {"Fjord A", "Fjord B", "Keld C"}),
        ("minPrice=500&maxPrice=100", set()),
        ("inStock=true", {"Fjord A", "Fjord B", "Keld D"}),
        ("inStock=false&currency=EUR", {"Fjord A", "Fjord B", "Keld C", "Keld D"}),
        ("q=keld+drones", {"Keld D", "Keld C"}),
        ("q=kel", {"Keld C", "Keld D"}),
        ("q=fjord+-phones", {"Fjord A"}),
        ("q=the", set()),
    ],
)
async def test_filters_narrow_and_repeated_keys_are_alternatives(
    shop: Shop, query: str, expected: set[str]
) -> None:
    await stock_the_shelves(shop)
    assert set(await titles(shop, query)) == expected


@pytest.mark.parametrize("sort", [*ORDERS, "for_you", ""])
@pytest.mark.parametrize("words", ["", "q=camera"])
async def test_pages_of_every_order_hold_every_product_once(shop: Shop, sort: str, words: str) -> None:
    """Many rows share their sort value, so that page boundaries fall between equals."""
    for number in range(7):
        await shop.make.product(
            title=f"camera {number}",
            price_minor=1_000 + number // 3,
            popularity=float(number // 3),
            listed_at=START + timedelta(days=number // 3),
        )
    base = f"{words}&limit=2" + (f"&sort={sort}" if sort else "")
    seen: list[str] = []
    cursor: str | None = ""
    for _ in range(4):
        page = await listed(shop, f"{base}&cursor={cursor}")
        seen += [item["title"] for item in page["items"]]
        cursor = page["nextCursor"]
    assert cursor is None
    assert sorted(seen) == [f"camera {number}" for number in range(7)]
    whole = [item["title"] for item in (await listed(shop, base.replace("limit=2", "limit=100")))["items"]]
    assert seen == whole


@pytest.mark.parametrize("sort", [*ORDERS, ""])
@pytest.mark.parametrize("has_facets", [[True, False], [False, True]], ids=["memory first", "table first"])
async def test_pages_from_memory_and_from_the_table_fit_together(
    shop: Shop, sort: str, has_facets: list[bool]
) -> None:
    """With facets a short list is paged in memory, without them along an index."""
    for number in range(8):
        await shop.make.product(
            price_minor=1_000 + number // 3,
            popularity=number // 3 + 0.1,
            listed_at=START + timedelta(days=number // 3),
        )
    await shop.follow()
    base = "limit=2" + (f"&sort={sort}" if sort else "")
    seen: list[str] = []
    cursor: str | None = ""
    for place in range(4):
        facets = "&facets=true" if has_facets[place % 2] else ""
        page = await listed(shop, f"{base}&cursor={cursor}{facets}")
        seen += [item["id"] for item in page["items"]]
        cursor = page["nextCursor"]
    assert cursor is None
    whole = await listed(shop, base.replace("limit=2", "limit=100"))
    assert seen == [item["id"] for item in whole["items"]]
    assert len(seen) == 8


async def test_orders_are_what_their_names_say(shop: Shop) -> None:
    make = shop.make.product
    await make(title="A", price_minor=300, popularity=1, listed_at=START)
    await make(title="B", price_minor=100, popularity=3, listed_at=START + timedelta(days=1))
    await make(title="C", price_minor=200, popularity=2, listed_at=START + timedelta(days=2))
    assert await titles(shop) == ["B", "C", "A"]
    assert await titles(shop, "sort=newest") == ["C", "B", "A"]
    assert await titles(shop, "sort=price") == ["B", "C", "A"]
    assert await titles(shop, "sort=-price") == ["A", "C", "B"]
    popular = await shop.guest().get(f"{PRODUCTS}/most-popular?limit=2")
    assert [item["title"] for item in (await popular.get_json())["items"]] == ["B", "C"]


async def test_words_in_the_title_weigh_more_than_in_the_description(shop: Shop) -> None:
    await shop.make.product(title="Plain", description="Fits a tripod.", popularity=40)
    await shop.make.product(title="Travel tripod")
    assert await titles(shop, "q=tripod") == ["Travel tripod", "Plain"]


async def test_facets_ignore_their_own_selection_and_the_total_does_not(shop: Shop) -> None:
    await stock_the_shelves(shop)
    body = await listed(shop, "category=cameras&brand=keld&facets=true&includeTotal=true")
    facets = {
        facet["field"]: {v["value"]: (v["count"], v["selected"]) for v in facet["values"]}
        for facet in body["facets"]
    }
    assert facets == {
        "category": {"cameras": (1, True), "drones": (1, False)},
        "brand": {"fjord": (1, False), "keld": (1, True)},
        "condition": {"good": (1, False)},
        "store": {"north-bench": (1, False)},
        "price": {"200-399.99": (1, False)},
    }
    assert body["total"] == 1
    assert "total" not in await listed(shop, "category=cameras")


async def test_a_selected_facet_value_without_products_stays_visible(shop: Shop) -> None:
    await stock_the_shelves(shop)
    body = await listed(shop, "category=phones&brand=keld&minPrice=100&maxPrice=199.99&facets=true")
    facets = {facet["field"]: facet["values"] for facet in body["facets"]}
    assert {"value": "keld", "label": "Keld", "count": 0, "selected": True} in facets["brand"]
    assert {"value": "100-199.99", "label": "€100 to €200", "count": 0, "selected": True} in facets["price"]


async def test_a_list_can_be_asked_for_again_without_being_sent(shop: Shop) -> None:
    await stock_the_shelves(shop)
    first = await shop.guest().get(PRODUCTS)
    again = await shop.guest().get(PRODUCTS, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, await again.get_data()) == (304, b"")
    other = await shop.guest().get(f"{PRODUCTS}?sort=price", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("colour=red", "colour", "unknown"),
        ("sort=popular&sort=newest", "sort", "too_many"),
        ("sort=random()", "sort", "unknown"),
        ("condition=broken", "condition", "unknown"),
        ("minPrice=12,5", "minPrice", "not_an_amount"),
        ("minPrice=-1", "minPrice", "not_an_amount"),
        ("maxPrice=1e9", "maxPrice", "not_an_amount"),
        ("maxPrice=NaN", "maxPrice", "not_an_amount"),
        ("maxPrice=%D9%A1", "maxPrice", "not_an_amount"),
        ("inStock=maybe", "inStock", "not_a_flag"),
        ("currency=USD", "currency", "not_offered"),
        ("q=a%00b", "q", "nul"),
        ("q=" + "x" * 201, "q", "too_long"),
        ("category=" + "x" * 101, "category", "too_long"),
        ("&".join(f"brand=b{n}" for n in range(51)), "brand", "too_many"),
    ],
)
async def test_refuses_parameters_by_name(shop: Shop, query: str, pointer: str, code: str) -> None:
    body = await problem(await shop.guest().get(f"{PRODUCTS}?{query}"), 422, "invalid")
    found = [FieldError(**error) for error in body["errors"]]
    assert [(error.pointer, error.code) for error in found] == [(pointer, code)]


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "1e1", "9" * 30, "\uff11"])
async def test_refuses_limits_outside_one_to_a_hundred(shop: Shop, limit: str) -> None:
    await problem(await shop.guest().get(f"{PRODUCTS}?limit={quote(limit)}"), 422, "limit.out_of_range")


async def test_a_cursor_belongs_to_one_list(shop: Shop) -> None:
    for _ in range(3):
        await shop.make.product()
    cursor = (await listed(shop, "limit=1"))["nextCursor"]
    assert (await listed(shop, f"limit=2&cursor={cursor}"))["items"]
    forged = ("A" if cursor[0] != "A" else "B") + cursor[1:]
    for query in [
        f"cursor={cursor}&sort=price",
        f"cursor={cursor}&category=cameras",
        f"cursor={forged}",
        f"cursor={cursor[:-4]}",
        "cursor=%F0%9F%92%A9",
        "cursor=" + "A" * 2000,
    ]:
        await problem(await shop.guest().get(f"{PRODUCTS}?{query}"), 400, "cursor.invalid")


HOSTILE_WORDS = [
    "'",
    '"',
    '"unfinished',
    "a & | ! ( ) :* <-> b",
    "\\",
    "E'\\x'",
    "%",
    "½ ⅓ ﬁ \uff3c",
    "💩",
    "\ud7ff",
    "-",
    "--",
    "OR OR OR",
    "a" * 200,
    "😀 " * 60,
    "ﷺ" * 60,
    "\u202e",
    "٣",
]


@pytest.mark.parametrize("words", HOSTILE_WORDS)
@pytest.mark.parametrize("path", ["products?sort=relevance&", "search/suggest?"])
async def test_any_words_get_an_answer(shop: Shop, words: str, path: str) -> None:
    await shop.make.product()
    response = await shop.guest().get(f"{API}/{path}q={quote(words)}")
    assert response.status_code == 200


async def test_one_plan_serves_every_page_of_large_categories(shop: Shop) -> None:
    first = await shop.make.product(category="cameras")
    # The plan rests on the statistics, so they must be those of a large table.
    await shop.connection.execute(
        """
        INSERT INTO products (store_id, category_id, brand_id, title, model, condition, price_minor, stock)
        SELECT store_id, category_id, brand_id, title, model, condition, price_minor, stock
        FROM products, generate_series(1, 40000) WHERE id = $1
        """,
        first,
    )
    await shop.connection.execute("VACUUM (ANALYZE) products")
    category_id = await shop.connection.fetchval("SELECT category_id FROM products WHERE id = $1", first)
    for selection in (Selection(categories=(category_id,)), Selection()):
        after = None
        async with shop.runtime.database.connection() as connection:
            for _ in range(12):
                page = await select_page(
                    connection, selection=selection, sort="popular", after=after, limit=24
                )
                after = page.last_values
            [(generic, custom)] = await connection.fetch(
                "SELECT sum(generic_plans), max(custom_plans) FROM pg_prepared_statements "
                "WHERE statement LIKE '%FROM products p WHERE%'"
            )
        # The database plans for the values five times, and then for all.
        assert custom == 5
        assert generic > 5
