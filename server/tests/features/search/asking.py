"""Asks the shop's search over HTTP."""

from __future__ import annotations

from typing import Any

from server.features.search.indexing import rebuild
from server.features.search.service import installed_search
from server.tests.support.shop import API, Shop


async def learn(shop: Shop) -> None:
    """Take the statistics of search, as the worker's child does now and then."""
    await rebuild(shop.connection)
    installed_search(shop.app).learn_again()
    await installed_search(shop.app).refresh()


async def answer(shop: Shop, words: str, **more: str) -> dict[str, Any]:
    """Search and return the whole answer."""
    response = await shop.guest().get(f"{API}/products", query_string={"q": words} | more)
    assert response.status_code == 200, await response.get_data()
    body: dict[str, Any] = await response.get_json()
    return body


async def titles(shop: Shop, words: str, **more: str) -> list[str]:
    """Search and return what was found, in its order."""
    return [item["title"] for item in (await answer(shop, words, **more))["items"]]
