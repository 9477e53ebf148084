"""Slow or absent statements cost freshness, never the page."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from recs import Event, RecommenderSnapshot
from server.features.catalog import queries as catalog_queries
from server.features.experiments.service import SLOW_S
from server.features.recommendations import choosing, queries
from server.features.recommendations.models import SLOW_ANSWERS, LiveModel
from server.tests.features.recommendations.test_slates import ask, ids_of, items_of, view
from server.tests.support.shop import Shop
from server.tests.support.tastes import fitted_shop, interactions_of, recommender_of, stock_shop

CARDS = "server.features.catalog.queries.select_cards"
NEWEST = "server.features.recommendations.queries.select_newest"
CART = "server.features.recommendations.queries.select_cart_products"
RECENT = "server.features.interactions.queries.select_recent"
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
    assert (home["note"], home["noteCode"]) == (choosing.UNREADABLE, "unreadable")
    assert {item["reason"]["kind"] for item in items_of(home)} == {"popular", "new"}


async def test_one_slow_statement_without_a_model_is_asked_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stock_shop(shop)
    popular = queries.select_popular
    monkeypatch.setattr(POPULAR, failing(2, popular))
    await ask(shop.guest(), "home", status=503)
    monkeypatch.setattr(POPULAR, failing(1, popular))
    home = await ask(shop.guest(), "home")
    assert items_of(home)
    assert home["note"] == choosing.MISSING
    # From now on there is something to remember.
    monkeypatch.setattr(POPULAR, failing(9, popular))
    assert ids_of(await ask(shop.guest(), "home")) == ids_of(home)


async def hanging(*_arguments: Any, **_named: Any) -> Any:
    await asyncio.sleep(30)


@pytest.mark.parametrize("surface", ["home", "session", "cart", "category?category=cameras"])
async def test_a_database_that_hangs_costs_a_moment_not_the_page(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, surface: str
) -> None:
    monkeypatch.setattr("server.features.recommendations.service.PATIENCE_S", 0.05)
    monkeypatch.setattr("server.features.interactions.service.HISTORY_PATIENCE_S", 0.05)
    tastes, guest = await fitted_shop(shop), shop.guest()
    await view(shop, guest, tastes.cameras[0])
    await ask(guest, surface)
    interactions_of(shop).overlay.forget()
    for statement in (CARDS, POPULAR, NEWEST, RECENT, CART):
        monkeypatch.setattr(statement, hanging)
    answer = await ask(guest, surface)
    assert items_of(answer)
    assert answer["personalised"] is True
    model_of(shop).stale_at_s = 0.0
    answer = await ask(guest, surface)
    assert items_of(answer)
    assert answer["note"] == choosing.STALE
    if "category" in surface:
        assert {item["product"]["category"]["slug"] for item in items_of(answer)} == {"cameras"}


def model_of(shop: Shop) -> LiveModel:
    model = recommender_of(shop).models.current
    assert model is not None
    return model


async def test_an_answer_without_a_fault_has_no_note(shop: Shop) -> None:
    await fitted_shop(shop)
    for surface in ("home", "session", "cart", "category?category=cameras"):
        assert "note" not in await ask(shop.guest(), surface)


async def test_a_missing_model_is_told(shop: Shop) -> None:
    await stock_shop(shop)
    for surface in ("home", "session", "category?category=cameras"):
        answer = await ask(shop.guest(), surface)
        assert (answer["note"], answer["modelVersion"]) == (choosing.MISSING, None)
        assert items_of(answer)


async def test_a_stale_model_gives_way_to_what_is_popular(shop: Shop) -> None:
    tastes, guest = await fitted_shop(shop), shop.guest()
    await view(shop, guest, tastes.cameras[0])
    shop.clock.instant = datetime.now(UTC) + timedelta(days=7, minutes=1)
    home = await ask(guest, "home")
    assert (home["note"], home["modelVersion"], home["personalised"]) == (choosing.STALE, None, False)
    assert {item["reason"]["kind"] for item in items_of(home)} <= {"popular", "new"}
    shop.clock.instant = datetime.now(UTC) + timedelta(days=6)
    assert (await ask(guest, "home"))["modelVersion"] == "1"


def with_score(shop: Shop, score: Callable[..., Any]) -> None:
    """Replace what the live model does when it is asked; its files stay what they are."""

    class Odd(RecommenderSnapshot):
        __slots__ = ()

    Odd.score = score  # type: ignore[method-assign]
    model = model_of(shop)
    model.snapshot = Odd(model.snapshot.parts, model.snapshot.facts)


async def test_a_slow_model_rests_and_comes_back(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.features.recommendations.models.REST_S", 0.3)
    await fitted_shop(shop)

    def slow(snapshot: RecommenderSnapshot, *arguments: Any, **named: Any) -> Any:
        time.sleep(SLOW_S + 0.02)
        return RecommenderSnapshot.score(snapshot, *arguments, **named)

    with_score(shop, slow)
    for _ in range(SLOW_ANSWERS):
        assert "note" not in await ask(shop.guest(), "home")
    started_at = time.perf_counter()
    home = await ask(shop.guest(), "home")
    assert time.perf_counter() - started_at < 0.3
    assert (home["note"], home["modelVersion"]) == (choosing.SLOW, None)
    assert items_of(home)
    await asyncio.sleep(0.35)
    assert "note" not in await ask(shop.guest(), "home")


async def test_a_single_slow_answer_is_a_busy_machine(shop: Shop) -> None:
    await fitted_shop(shop)
    model = model_of(shop)
    for seconds in (1.0, 1.0, 0.01, 1.0, 1.0):
        model.note_time(0.0, seconds)
        assert not model.rests_at(0.1)
    model.note_time(0.0, 1.0)
    assert model.rests_at(0.1)


async def test_a_model_that_fails_costs_the_picks_not_the_page(shop: Shop) -> None:
    await fitted_shop(shop)

    def fails(*_arguments: Any, **_named: Any) -> Any:
        raise IndexError("poisoned")

    with_score(shop, fails)
    for surface in ("home", "session", "category?category=cameras"):
        answer = await ask(shop.guest(), surface)
        assert (answer["note"], answer["modelVersion"]) == (choosing.FAILED, None)
        assert items_of(answer)
    counted = await (await shop.guest().get("/metrics")).get_data(as_text=True)
    assert 'jackdaw_slates_without_model_total{reason="failed"}' in counted


async def test_what_someone_has_is_not_shown_again_from_memory(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stock_shop(shop)
    visitor_id = await shop.make.visitor()
    browser = await shop.browser_of_visitor(visitor_id)
    first, *_rest = ids_of(await ask(browser, "home"))
    interactions_of(shop).log.record(visitor_id, first, Event.PURCHASE)
    monkeypatch.setattr(POPULAR, failing(9, queries.select_popular))
    again = ids_of(await ask(browser, "home"))
    assert again
    assert first not in again
