"""While the database is away, a worker goes on knowing whom it knew; revocations still win."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from quart.typing import TestClientProtocol as Client

from server.core.clock import rfc3339
from server.core.session_cache import MAX_STALE_S
from server.features.interactions.service import EXTENSION, Interactions
from server.tests.support.eventually import eventually
from server.tests.support.shop import API, Shop, problem


async def post_view(shop: Shop, client: Client, product_id: int) -> Any:
    event = {
        "id": str(uuid.uuid4()),
        "type": "view",
        "productId": str(product_id),
        "occurredAt": rfc3339(shop.clock.now()),
    }
    return await client.post(f"{API}/interactions", json={"events": [event]})


async def away(*_args: object) -> None:
    raise ConnectionRefusedError("the database is away")


def age_sessions(shop: Shop, by_s: float) -> None:
    entries = shop.runtime.sessions._entries
    for token_hash, (until, principal, looked_up) in list(entries.items()):
        entries[token_hash] = (until - by_s, principal, looked_up - by_s)


@pytest.fixture(name="known")
async def _known(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> tuple[Client, int]:
    """Return a visitor whom the worker knew until half a minute ago, when the database went away."""
    product_id, visitor_id = await shop.make.product(), await shop.make.visitor()
    parts: Interactions = shop.app.extensions[EXTENSION]
    parts.assortment.receive(str(product_id))
    await eventually(lambda: parts.assortment.knows(product_id))
    browser = await shop.browser_of_visitor(visitor_id)
    assert (await browser.get(f"{API}/session")).status_code == 200
    age_sessions(shop, 31.0)
    monkeypatch.setattr("server.core.sessions.select_principal", away)
    return browser, product_id


async def test_events_of_known_visitors_are_accepted(shop: Shop, known: tuple[Client, int]) -> None:
    browser, product_id = known
    for _ in range(2):
        response = await post_view(shop, browser, product_id)
        assert response.status_code == 202
        assert (await response.get_json())["accepted"] == 1


async def test_a_revoked_session_ends_all_the_same(shop: Shop, known: tuple[Client, int]) -> None:
    browser, product_id = known
    (token_hash,) = shop.runtime.sessions._entries
    shop.runtime.sessions.receive(token_hash.hex())
    await problem(await post_view(shop, browser, product_id), 503, "unavailable")


async def test_nobody_is_believed_for_ever(shop: Shop, known: tuple[Client, int]) -> None:
    browser, product_id = known
    age_sessions(shop, MAX_STALE_S)
    await problem(await post_view(shop, browser, product_id), 503, "unavailable")


async def test_strangers_are_not_let_in(shop: Shop, known: tuple[Client, int]) -> None:
    stranger = await shop.browser_of_visitor(await shop.make.visitor())
    await problem(await post_view(shop, stranger, known[1]), 503, "unavailable")
