"""What holds for every input, however hostile: a problem of the right kind, no fault, nothing changed."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

import pytest
from quart import Response
from quart_schema.validation import QUART_SCHEMA_REQUEST_ATTRIBUTE

from server.app import create_app
from server.core.access import access_of
from server.settings import Settings
from server.tests.support.services import program
from server.tests.support.shop import API, Shop

app = create_app(Settings())
RULES = [rule for rule in app.url_map.iter_rules() if access_of(app.view_functions[rule.endpoint])]
OPERATIONS = sorted(
    (method, rule.rule) for rule in RULES for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
)
WITH_BODY = sorted(
    (method, rule.rule)
    for rule in RULES
    for method in (rule.methods or set()) - {"HEAD", "OPTIONS", "GET"}
    if hasattr(app.view_functions[rule.endpoint], QUART_SCHEMA_REQUEST_ATTRIBUTE)
)
SCOPED = {
    (method, rule.rule)
    for rule in RULES
    for method in rule.methods or set()
    if (access := access_of(app.view_functions[rule.endpoint])) and access.scopes
}
# Attempts at an account are counted on purpose, also when they are hostile.
COUNTED = frozenset({"rate_limits"})

BODIES: dict[str, bytes] = {
    "nothing": b"",
    "not JSON": b"{",
    "null": b"null",
    "a list": b"[]",
    "a number": b"1",
    "a text": b'"x"',
    "an empty object": b"{}",
    "unknown fields": b'{"is_admin":true,"__proto__":{},"constructor":1}',
    "not a number": b'{"quantity":NaN,"productId":"1"}',
    "infinite": b'{"quantity":1e999,"productId":"1"}',
    "minus infinity": b'{"quantity":-Infinity}',
    "not UTF-8": b'{"email":"\xff\xfe"}',
    "a surrogate": b'{"email":"\\ud800","password":"x","displayName":"\\udfff"}',
    "NUL escaped": b'{"email":"a\\u0000b@example.org","password":"long enough really","displayName":"x"}',
    "NUL in a name": b'{"email":"ab@example.org","password":"long enough really","displayName":"a\\u0000b"}',
    "NUL raw": b'{"email":"a\x00b"}',
    "deep": b'{"a":' * 30_00 + b"1" + b"}" * 30_00,
    "deep list": b"[" * 30_000,
    "a long text": json.dumps({"displayName": "x" * 20_000, "email": "x" * 20_000}).encode(),
    "a huge number": b'{"quantity":' + b"9" * 400 + b',"productId":"1"}',
    "wrong types": b'{"email":{},"password":[],"displayName":1,"quantity":"1","productId":1,"events":{}}',
    "a flag as a number": b'{"quantity":true,"productId":"1"}',
    "a fraction": b'{"quantity":1.5,"productId":"1"}',
    "negative": b'{"quantity":-1,"productId":"-1"}',
    "the same key twice": b'{"quantity":1,"quantity":-5,"productId":"1"}',
    "hostile events": json.dumps(
        {"events": [{"id": str(uuid.UUID(int=1)), "type": "purchase", "productId": "1", "occurredAt": "now"}]}
    ).encode(),
    "many events": b'{"events":[' + b",".join([b"{}"] * 5_000) + b"]}",
}
PARTS = [
    "0",
    "-1",
    "999999999",
    "9" * 25,
    "1.5",
    "NaN",
    "x",
    "%00",
    "%FF%FE",
    "%F0%9F%92%A9",
    "..%2f..%2fetc",
    "' OR 1=1 --",
    "x" * 3_000,
]
QUERIES = [
    "limit=999999999999",
    "limit=-1",
    "limit=NaN",
    "cursor=forged",
    "cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "cursor=%00",
    "q=%00",
    "q=%FF%FE",
    "unknown=1",
    "category=%00",
    "category='%20OR%201=1--",
    "sort=;DROP%20TABLE%20users",
    "prefetch=%00",
    "limit=1&limit=2",
    "&&&===&",
]


async def send(
    browser: Any, method: str, url: str, body: bytes = b"", content_type: str = "application/json"
) -> Response:
    headers = {"Content-Type": content_type} if content_type else {}
    response: Response = await browser.open(url, method=method, data=body, headers=headers)
    return response


def filled(path: str, part: str) -> str:
    """Put a part into every parameter of a path, and leave what stands around it."""
    return re.sub("<[^>]+>", lambda _parameter: part, path)


async def insider(shop: Shop, method: str, path: str) -> Any:
    """Return somebody who may call the route: what they send is what is judged."""
    if (method, path) in SCOPED:
        return await program(shop)
    return await shop.browser_of(await shop.make.user(role="admin"))


async def is_refused_properly(response: Response) -> bool:
    """Check the form of an answer; whether it was a refusal."""
    content = await response.get_data()
    assert response.status_code < 500, content
    if response.status_code < 400:
        return False
    assert response.content_type == "application/problem+json"
    assert {"type", "title", "status", "detail", "code", "requestId"} <= set(json.loads(content))
    assert b"Traceback" not in content
    return True


@pytest.mark.parametrize(("method", "path"), WITH_BODY)
async def test_hostile_bodies(shop: Shop, method: str, path: str) -> None:
    account = await shop.make.user(role="admin")
    line_id = await shop.make.cart_line(account.visitor_id, await shop.make.product())
    browser = await shop.browser_of(account) if (method, path) not in SCOPED else await program(shop)
    url = path.replace("<line_id>", str(line_id))
    before = await shop.state(without=COUNTED)
    for name, body in BODIES.items():
        response = await send(browser, method, url, body)
        refused = await is_refused_properly(response)
        changes_nothing = name == "an empty object" and path == f"{API}/users/me"
        assert refused or changes_nothing, f"{name} was taken"
    assert await shop.state(without=COUNTED) == before


@pytest.mark.parametrize(("method", "path"), WITH_BODY)
@pytest.mark.parametrize("content_type", ["", "text/plain", "application/x-www-form-urlencoded", "a/b;c=d"])
async def test_bodies_that_are_not_declared_as_json(
    shop: Shop, method: str, path: str, content_type: str
) -> None:
    browser = await insider(shop, method, path)
    before = await shop.state(without=COUNTED)
    url = path.replace("<line_id>", "1")
    response = await send(browser, method, url, b'{"quantity":1}', content_type)
    assert (await is_refused_properly(response), response.status_code) == (True, 415)
    assert await shop.state(without=COUNTED) == before


@pytest.mark.parametrize(("method", "path"), [(m, p) for m, p in OPERATIONS if "<" in p])
async def test_hostile_paths(shop: Shop, method: str, path: str) -> None:
    browser = await insider(shop, method, path)
    before = await shop.state(without=frozenset({"carts"}))
    for part in PARTS:
        url = filled(path, part)
        response = await send(browser, method, url, b'{"quantity":1}' if (method, path) in WITH_BODY else b"")
        assert await is_refused_properly(response) or is_harmless(method, path), part
    assert await shop.state(without=frozenset({"carts"})) == before


def is_harmless(method: str, path: str) -> bool:
    """Removing what is not there succeeds; a drawing exists for every slug, a sitemap after every id."""
    return (method, path) == ("DELETE", f"{API}/favorites/<product_id>") or path.startswith(
        ("/drawings/", "/sitemap-")
    )


@pytest.mark.parametrize(("method", "path"), [(m, p) for m, p in OPERATIONS if m == "GET"])
async def test_hostile_queries(shop: Shop, method: str, path: str) -> None:
    await shop.make.product()
    browser = await insider(shop, method, path)
    url = filled(path, "1")
    before = await shop.state()
    for query in QUERIES:
        await is_refused_properly(await send(browser, method, f"{url}?{query}"))
    assert await shop.state() == before


async def test_hostile_cookies(shop: Shop) -> None:
    before = await shop.state()
    for cookie in ["jackdaw_session=", "jackdaw_session=" + "x" * 4_000, "jackdaw_session=ä", "=;=;", "\x7f"]:
        response = await shop.guest().get(f"{API}/session", headers={"Cookie": cookie})
        assert (await response.get_json())["user"] is None
    assert await shop.state() == before


async def test_too_large_and_too_long_requests(shop: Shop) -> None:
    before = await shop.state()
    large = await shop.guest().post(
        f"{API}/cart/lines", data=b"x" * 70_000, headers={"Content-Type": "application/json"}
    )
    assert (await is_refused_properly(large), large.status_code) == (True, 413)
    long = await shop.guest().get(f"{API}/products?q={'x' * 5_000}")
    assert (await is_refused_properly(long), long.status_code) == (True, 414)
    for method in ("TRACE", "PATCH", "DELETE"):
        response = await send(shop.guest(), method, f"{API}/products")
        assert (await is_refused_properly(response), response.status_code) == (True, 405)
    assert await shop.state() == before
