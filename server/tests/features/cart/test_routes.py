"""The cart over HTTP: who sees it, what may lie in it, what is refused."""

from __future__ import annotations

import asyncio

import pytest

from server.features.cart.domain import MAX_LINES
from server.features.cart.service import LineAdded
from server.tests.support.shop import API, Shop, problem

LINES = f"{API}/cart/lines"


async def test_a_guest_without_a_session_has_an_empty_cart_and_gets_no_cookie(shop: Shop) -> None:
    before = await shop.state()
    response = await shop.guest().get(f"{API}/cart")
    assert response.status_code == 200
    body = await response.get_json()
    assert body == {
        "version": 0,
        "lines": [],
        "total": {"amount": "0.00", "currency": "EUR", "display": "€0.00"},
        "totals": [{"amount": "0.00", "currency": "EUR", "display": "€0.00"}],
        "problems": [],
        "requirements": [],
    }
    assert response.headers["ETag"] == '"0"'
    assert "Set-Cookie" not in response.headers
    assert await shop.state() == before


async def test_the_first_line_starts_a_session_and_more_of_the_same_adds_up(shop: Shop) -> None:
    product_id = await shop.make.product(title="Corvid K1", price_minor=12_999, stock=5)
    told: list[LineAdded] = []
    shop.runtime.bus.subscribe(LineAdded, told.append)
    browser = shop.guest()
    first = await browser.post(LINES, json={"productId": str(product_id), "quantity": 1})
    assert first.status_code == 201
    assert "HttpOnly" in first.headers["Set-Cookie"]
    second = await browser.post(LINES, json={"productId": str(product_id), "quantity": 2})
    body = await second.get_json()
    assert (body["version"], len(body["lines"])) == (2, 1)
    line = body["lines"][0]
    assert (line["quantity"], line["lineTotal"]["amount"], body["total"]["display"]) == (
        3,
        "389.97",
        "€389.97",
    )
    assert line["product"]["title"] == "Corvid K1"
    visitor_id = await shop.connection.fetchval("SELECT visitor_id FROM carts")
    assert told == [LineAdded(visitor_id, product_id, 1), LineAdded(visitor_id, product_id, 2)]


async def test_refuses_more_than_the_stock_and_changes_nothing(shop: Shop) -> None:
    product_id = await shop.make.product(stock=3)
    visitor_id = await shop.make.visitor()
    await shop.make.cart_line(visitor_id, product_id, quantity=2)
    browser = await shop.browser_of_visitor(visitor_id)
    told: list[LineAdded] = []
    shop.runtime.bus.subscribe(LineAdded, told.append)
    before = await shop.state()
    response = await browser.post(LINES, json={"productId": str(product_id), "quantity": 2})
    body = await problem(response, 409, "cart.quantity_exceeds_stock")
    assert (body["detail"], body["errors"][0]["pointer"]) == ("Only 3 left.", "/quantity")
    assert await shop.state() == before
    assert told == []


@pytest.mark.parametrize("product", ["0", "999999", "x", "-1", "9" * 20, "\uff11"])
async def test_unknown_products_are_not_found(shop: Shop, product: str) -> None:
    before = await shop.state()
    response = await shop.guest().post(LINES, json={"productId": product, "quantity": 1})
    await problem(response, 404, "product.not_found")
    assert await shop.state() == before


async def test_withdrawn_products_cannot_be_added(shop: Shop) -> None:
    product_id = await shop.make.product(is_withdrawn=True)
    response = await shop.guest().post(LINES, json={"productId": str(product_id), "quantity": 1})
    await problem(response, 404, "product.not_found")


async def test_a_quantity_can_be_changed_and_zero_removes_the_line(shop: Shop) -> None:
    product_id = await shop.make.product(stock=9)
    visitor_id = await shop.make.visitor()
    line_id = await shop.make.cart_line(visitor_id, product_id)
    browser = await shop.browser_of_visitor(visitor_id)
    changed = await browser.patch(f"{LINES}/{line_id}", json={"quantity": 4})
    assert (await changed.get_json())["lines"][0]["quantity"] == 4
    removed = await browser.patch(f"{LINES}/{line_id}", json={"quantity": 0})
    assert (await removed.get_json())["lines"] == []
    gone = await browser.delete(f"{LINES}/{line_id}")
    await problem(gone, 404, "not_found")


@pytest.mark.parametrize("method", ["patch", "delete"])
async def test_another_visitors_line_is_not_found(shop: Shop, method: str) -> None:
    product_id = await shop.make.product()
    owner, stranger = await shop.make.visitor(), await shop.make.visitor()
    line_id = await shop.make.cart_line(owner, product_id)
    browser = await shop.browser_of_visitor(stranger)
    before = await shop.state(without=frozenset({"carts"}))
    body = {"json": {"quantity": 0}} if method == "patch" else {}
    await problem(await getattr(browser, method)(f"{LINES}/{line_id}", **body), 404, "not_found")
    assert await shop.state(without=frozenset({"carts"})) == before
    assert (await (await browser.get(f"{API}/cart")).get_json())["lines"] == []


async def test_a_stale_version_is_refused(shop: Shop) -> None:
    product_id = await shop.make.product()
    visitor_id = await shop.make.visitor()
    line_id = await shop.make.cart_line(visitor_id, product_id)
    browser = await shop.browser_of_visitor(visitor_id)
    tag = (await browser.get(f"{API}/cart")).headers["ETag"]
    fine = await browser.patch(f"{LINES}/{line_id}", json={"quantity": 2}, headers={"If-Match": tag})
    assert fine.status_code == 200
    before = await shop.state()
    stale = await browser.patch(f"{LINES}/{line_id}", json={"quantity": 3}, headers={"If-Match": tag})
    await problem(stale, 412, "stale_version")
    odd = await browser.patch(f"{LINES}/{line_id}", json={"quantity": 3}, headers={"If-Match": "three"})
    await problem(odd, 400, "if_match.malformed")
    assert await shop.state() == before


async def test_problems_name_what_changed_since_the_line_came(shop: Shop) -> None:
    visitor_id = await shop.make.visitor()
    make = shop.make
    dearer = await make.product(title="Dearer", price_minor=2_000)
    short = await make.product(title="Short", price_minor=1_000, stock=1)
    gone = await make.product(title="Gone", price_minor=1_000, stock=0)
    withdrawn = await make.product(title="Withdrawn", price_minor=1_000, is_withdrawn=True)
    lines = {
        name: str(await make.cart_line(visitor_id, product_id, quantity=2, unit_price_minor=1_000))
        for name, product_id in {"d": dearer, "s": short, "g": gone, "w": withdrawn}.items()
    }
    body = await (await (await shop.browser_of_visitor(visitor_id)).get(f"{API}/cart")).get_json()
    found = {entry["lineId"]: entry for entry in body["problems"]}
    assert {found[lines[name]]["code"] for name in "d"} == {"price_changed"}
    assert (found[lines["d"]]["was"]["amount"], found[lines["d"]]["now"]["amount"]) == ("10.00", "20.00")
    assert (found[lines["s"]]["code"], found[lines["s"]]["available"]) == ("stock_short", 1)
    assert (found[lines["g"]]["code"], found[lines["w"]]["code"]) == ("out_of_stock", "withdrawn")
    assert len(body["lines"]) == 4


async def test_prices_of_two_currencies_do_not_add_up(shop: Shop) -> None:
    visitor_id = await shop.make.visitor()
    for price_minor, currency in ((1_000, "USD"), (2_500, "EUR"), (500, "USD")):
        product_id = await shop.make.product(price_minor=price_minor, currency=currency)
        await shop.make.cart_line(visitor_id, product_id, quantity=2, unit_price_minor=price_minor)
    body = await (await (await shop.browser_of_visitor(visitor_id)).get(f"{API}/cart")).get_json()
    assert [total["display"] for total in body["totals"]] == ["$30.00", "€50.00"]
    assert body["total"] == body["totals"][0]


async def test_a_full_cart_takes_no_other_product(shop: Shop) -> None:
    visitor_id = await shop.make.visitor()
    for _ in range(MAX_LINES):
        await shop.make.cart_line(visitor_id, await shop.make.product())
    extra = await shop.make.product()
    browser = await shop.browser_of_visitor(visitor_id)
    before = await shop.state()
    response = await browser.post(LINES, json={"productId": str(extra), "quantity": 1})
    await problem(response, 409, "cart.full")
    assert await shop.state() == before


async def test_parallel_adds_never_exceed_the_stock(shop: Shop) -> None:
    product_id = await shop.make.product(stock=5)
    visitor_id = await shop.make.visitor()
    browser = await shop.browser_of_visitor(visitor_id)
    answers = await asyncio.gather(
        *(browser.post(LINES, json={"productId": str(product_id), "quantity": 1}) for _ in range(12))
    )
    statuses = sorted(answer.status_code for answer in answers)
    assert (statuses.count(201), statuses.count(409)) == (5, 7)
    assert await shop.connection.fetchval("SELECT quantity FROM cart_lines") == 5


async def test_an_event_of_a_failed_transaction_is_never_told(shop: Shop) -> None:
    """The sum of two requests is refused by the database's own check, after the event was emitted."""
    product_id = await shop.make.product(stock=5)
    told: list[LineAdded] = []
    shop.runtime.bus.subscribe(LineAdded, told.append)
    await shop.connection.execute(
        """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '57014'; END $$;
        CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON cart_lines DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION refuse()
        """
    )
    before = await shop.state()
    response = await shop.guest().post(LINES, json={"productId": str(product_id), "quantity": 1})
    await problem(response, 503, "unavailable")
    assert (told, await shop.state()) == ([], before)
