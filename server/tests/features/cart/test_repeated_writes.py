"""Writes that are sent again because their answer was lost: put into the cart once."""

from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

import pytest

from server.features.cart import queries
from server.features.cart.service import LineAdded
from server.tests.support.factories import PASSWORD
from server.tests.support.shop import API, Shop, problem

LINES = f"{API}/cart/lines"


def keyed(key: UUID) -> dict[str, str]:
    return {"Idempotency-Key": str(key)}


async def quantities(shop: Shop) -> list[int]:
    rows = await shop.connection.fetch("SELECT quantity FROM cart_lines ORDER BY id")
    return [row["quantity"] for row in rows]


async def test_a_write_sent_again_counts_once_and_says_what_the_cart_holds(shop: Shop) -> None:
    body = {"productId": str(await shop.make.product(stock=9)), "quantity": 2}
    told: list[LineAdded] = []
    shop.runtime.bus.subscribe(LineAdded, told.append)
    browser = await shop.browser_of_visitor(await shop.make.visitor())
    key = uuid4()
    first = await browser.post(LINES, json=body, headers=keyed(key))
    again = await browser.post(LINES, json=body, headers=keyed(key))
    assert [first.status_code, again.status_code] == [201, 201]
    assert await again.get_json() == await first.get_json()
    assert (await quantities(shop), len(told)) == ([2], 1)
    await browser.post(LINES, json=body, headers=keyed(uuid4()))
    await browser.post(LINES, json=body)
    assert await quantities(shop) == [6]


async def test_two_tabs_that_send_the_same_write_at_once_put_it_there_once(shop: Shop) -> None:
    body = {"productId": str(await shop.make.product(stock=9)), "quantity": 1}
    browser = await shop.browser_of_visitor(await shop.make.visitor())
    key = keyed(uuid4())
    answers = await asyncio.gather(*(browser.post(LINES, json=body, headers=key) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {201}
    assert await quantities(shop) == [1]


async def test_a_refused_write_may_be_sent_again(shop: Shop) -> None:
    product_id = await shop.make.product(stock=0)
    browser = await shop.browser_of_visitor(await shop.make.visitor())
    body, key = {"productId": str(product_id), "quantity": 1}, keyed(uuid4())
    before = await shop.state()
    await problem(await browser.post(LINES, json=body, headers=key), 409, "cart.quantity_exceeds_stock")
    assert await shop.state() == before
    await shop.connection.execute("UPDATE products SET stock = 1 WHERE id = $1", product_id)
    assert (await browser.post(LINES, json=body, headers=key)).status_code == 201
    assert await quantities(shop) == [1]


async def test_another_visitors_key_means_nothing(shop: Shop) -> None:
    body, key = {"productId": str(await shop.make.product(stock=9)), "quantity": 1}, keyed(uuid4())
    for _ in range(2):
        browser = await shop.browser_of_visitor(await shop.make.visitor())
        await browser.post(LINES, json=body, headers=key)
    assert await quantities(shop) == [1, 1]


async def test_a_guests_keys_come_along_to_the_account(shop: Shop) -> None:
    account = await shop.make.user()
    body, key = {"productId": str(await shop.make.product(stock=9)), "quantity": 1}, keyed(uuid4())
    browser = await shop.browser_of_visitor(await shop.make.visitor())
    await browser.post(LINES, json=body, headers=key)
    login = await browser.post(f"{API}/auth/login", json={"email": account.email, "password": PASSWORD})
    assert login.status_code == 200
    await browser.post(LINES, json=body, headers=key)
    assert await quantities(shop) == [1]


async def test_only_the_latest_keys_are_remembered(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MAX_KEYS", 3)
    body = {"productId": str(await shop.make.product(stock=99)), "quantity": 1}
    browser = await shop.browser_of_visitor(await shop.make.visitor())
    keys = [uuid4() for _ in range(5)]
    for key in keys:
        await browser.post(LINES, json=body, headers=keyed(key))
    assert await shop.connection.fetchval("SELECT applied_keys FROM carts") == keys[-3:]


@pytest.mark.parametrize("key", ["", "1", "not-a-uuid", "{12345678-1234-1234-1234-123456789abc}", "x" * 500])
async def test_a_key_that_is_none_is_refused(shop: Shop, key: str) -> None:
    body = {"productId": str(await shop.make.product()), "quantity": 1}
    browser = await shop.browser_of_visitor(await shop.make.visitor())
    before = await shop.state()
    response = await browser.post(LINES, json=body, headers={"Idempotency-Key": key})
    await problem(response, 400, "idempotency_key.malformed")
    assert await shop.state() == before
