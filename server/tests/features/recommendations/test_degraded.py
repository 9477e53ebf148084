"""Slow or absent statements cost freshness, never the page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from server.features.catalog import queries as catalog_queries
from server.features.recommendations import queries
from server.tests.features.recommendations.test_slates import ask, ids_of, items_of, view
from server.tests.support.shop import Shop
from server.tests.support.tastes import fitted_shop, recommender_of, stock_shop

CARDS = "server.features.catalog.queries.select_cards"
POPULAR = "server.features.recommendations.queries.select_popular"


def failing(times: int, then: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """Return a statement that times out so many times before it works."""
    left = iter(range(times))

    async def statement(*args: Any, **named: Any) -> Any:
        if next(left, None) is not None:
            raise asyncpg.QueryCanceledError("canceling statement due to statement timeout")
        return await then(*args, **named)

    return statement


async def test_cards_that_cannot_be_read_are_left_out(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    tastes, guest = await fitted_shop(shop), shop.guest()
    await view(shop, guest, tastes.cameras[0])
    before = ids_of(await ask(guest, "home"))
    recommender_of(shop).catalog.cards.receive(str(before[0]))
    monkeypatch.setattr(CARDS, failing(9, catalog_queries.select_cards))
    home = await ask(guest, "home")
    assert home["personalised"] is True
    assert ids_of(home) == before[1:]


async def test_one_slow_statement_in_a_cold_worker_costs_the_model_not_the_page(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fitted_shop(shop)
    recommender_of(shop).catalog.cards.clear()
    monkeypatch.setattr(CARDS, failing(1, catalog_queries.select_cards))
    home = await ask(shop.guest(), "home")
    assert home["modelVersion"] is None
    assert {item["reason"]["kind"] for item in items_of(home)} == {"popular", "new"}


async def test_one_slow_statement_without_a_model_is_asked_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stock_shop(shop)
    popular = queries.select_popular
    monkeypatch.setattr(POPULAR, failing(1, popular))
    assert items_of(await ask(shop.guest(), "home"))
    monkeypatch.setattr(POPULAR, failing(2, popular))
    await ask(shop.guest(), "home", status=503)
