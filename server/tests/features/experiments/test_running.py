"""An experiment in the running shop: sticky everywhere, logged, counted, and over when an arm hurts."""

from __future__ import annotations

import asyncio
import dataclasses
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from quart.typing import TestClientProtocol as Browser

from server.core.clock import rfc3339
from server.features.catalog import queries as catalog_queries
from server.features.experiments import worker
from server.features.experiments.service import EXTENSION, Experiments
from server.features.experiments.worker import ExperimentsWorker
from server.features.recommendations import choosing
from server.features.recommendations.models import LiveModel
from server.refit import refit
from server.tests.features.recommendations.test_degraded import CARDS, failing
from server.tests.features.recommendations.test_slates import ask, items_of
from server.tests.support.eventually import eventually
from server.tests.support.shop import API, Shop, open_shop, problem
from server.tests.support.tastes import fitted_shop, interactions_of, job_of, recommender_of

LETTERS = {"name": "Newer events"}


def parts_of(shop: Shop) -> Experiments:
    parts: Experiments = shop.app.extensions[EXTENSION]
    return parts


@pytest.fixture(autouse=True)
def _counts_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "SETTLE_S", 0.0)


async def review(shop: Shop) -> None:
    """Take a turn at counting and deciding now."""
    own = ExperimentsWorker(parts_of(shop))
    try:
        await own.round()
    finally:
        await own.stop()


async def trying_shop(shop: Shop, **fields: Any) -> tuple[Any, dict[str, Any]]:
    """Fit two models, hold the first, and try the second on shoppers; return the admin and the experiment."""
    await fitted_shop(shop)
    await eventually(lambda: shop.runtime.listener.is_connected)
    admin = await shop.browser_of(await shop.make.user(role="admin"))
    await shop.connection.execute("UPDATE model_snapshots SET is_held = true")
    assert await refit(job_of(shop)) == "challenges"
    response = await admin.post(f"{API}/experiments", json=LETTERS | fields)
    assert response.status_code == 201, await response.get_data()
    await eventually(lambda: recommender_of(shop).models.challenger is not None)
    return admin, await response.get_json()


async def shoppers(shop: Shop, n: int) -> list[tuple[int, Browser]]:
    ids = [await shop.make.visitor() for _ in range(n)]
    return [(visitor_id, await shop.browser_of_visitor(visitor_id)) for visitor_id in ids]


async def logged(shop: Shop, n: int) -> list[Any]:
    async def are_all_there() -> bool:
        return bool(await shop.connection.fetchval("SELECT count(*) >= $1 FROM slates", n))

    await eventually(are_all_there)
    return list(await shop.connection.fetch("SELECT * FROM slates ORDER BY id"))


async def listed(admin: Any) -> dict[str, Any]:
    answer: dict[str, Any] = await (await admin.get(f"{API}/experiments")).get_json()
    return answer


async def click(shop: Shop, browser: Browser, answer: dict[str, Any], kind: str) -> None:
    event = {
        "id": str(uuid.uuid4()),
        "type": kind,
        "productId": items_of(answer)[0]["product"]["id"],
        "occurredAt": rfc3339(shop.clock.now()),
        "slateId": answer["slateId"],
        "position": 0,
    }
    response = await browser.post(f"{API}/interactions", json={"events": [event]})
    assert (await response.get_json())["accepted"] == 1


async def test_arms_stick_across_workers_and_are_logged_with_their_propensity(
    shop: Shop, database_url: str, tmp_path: Path
) -> None:
    _admin, experiment = await trying_shop(shop)
    people = await shoppers(shop, 12)
    async with open_shop(database_url, tmp_path, worker_id=1) as other:
        await eventually(lambda: recommender_of(other).models.challenger is not None)
        for visitor_id, browser in people:
            assert parts_of(shop).assign("home", visitor_id) == parts_of(other).assign("home", visitor_id)
            there = await other.browser_of_visitor(visitor_id)
            for client in (browser, there, browser):
                await ask(client, "home")
    rows = await logged(shop, 36)
    arms: dict[int, set[str]] = {}
    for row in rows:
        arms.setdefault(row["visitor_id"], set()).add(row["arm"])
        assert row["experiment_id"] == int(experiment["id"])
        assert row["arm_propensity"] == pytest.approx(1 / 3, abs=1e-6)
        assert row["model_version"] == {"champion": 1, "challenger": 2, "popularity": 1}[row["arm"]]
        assert row["personalised"] is False
        assert len(row["propensities"]) == len(row["product_ids"]) > 0
    assert all(len(own) == 1 for own in arms.values())
    assert set().union(*arms.values()) == {"champion", "challenger", "popularity"}


async def test_the_popularity_arm_is_not_personal_and_shows_nothing_seen(shop: Shop) -> None:
    await trying_shop(shop)
    for visitor_id, browser in await shoppers(shop, 12):
        first = await ask(browser, "home")
        seen = {item["product"]["id"] for item in items_of(first)[:2]}
        await click(shop, browser, first, "view")
        home = await ask(browser, "home")
        assignment = parts_of(shop).assign("home", visitor_id)
        assert assignment is not None
        assert home["personalised"] is (assignment.arm != "popularity")
        assert "note" not in home
        for surface in ("session", "category?category=cameras"):
            answer = await ask(browser, surface)
            assert items_of(answer)
            assert answer["personalised"] is (assignment.arm != "popularity")
        assert items_of(first)[0]["product"]["id"] not in {i["product"]["id"] for i in items_of(home)}
        assert seen


async def test_guests_and_what_goes_with_a_product_are_outside(shop: Shop) -> None:
    await trying_shop(shop)
    (_visitor_id, browser), *_ = await shoppers(shop, 1)
    await ask(shop.guest(), "home")
    await ask(browser, "cart")
    for row in await logged(shop, 2):
        assert (row["experiment_id"], row["arm"], row["arm_propensity"]) == (None, None, None)


async def test_slates_impressions_and_clicks_are_counted_once(shop: Shop) -> None:
    admin, _experiment = await trying_shop(shop)
    people = await shoppers(shop, 9)
    by_arm: dict[str, int] = {}
    for number, (visitor_id, browser) in enumerate(people):
        home = await ask(browser, "home")
        assignment = parts_of(shop).assign("home", visitor_id)
        assert assignment is not None
        by_arm[assignment.arm] = by_arm.get(assignment.arm, 0) + 1
        for kind in ("impression", "click", "view") if number % 3 == 0 else ("impression",):
            await click(shop, browser, home, kind)
    await logged(shop, 9)

    async def all_events() -> bool:
        return bool(
            await shop.connection.fetchval(
                "SELECT count(*) = 15 FROM interactions WHERE slate_id IS NOT NULL"
            )
        )

    await eventually(all_events)
    # By the clock of the test, which stands still, all was received before the worker's own first round.
    await shop.connection.execute("UPDATE interactions SET received_at = now() WHERE slate_id IS NOT NULL")
    for _ in range(2):
        await asyncio.sleep(0.01)
        await review(shop)
    arms = (await listed(admin))["items"][0]["arms"]
    rates = {arm["arm"]: arm["clickRate"] for arm in arms if arm["clickRate"] is not None}
    assert {arm: rate["slates"] for arm, rate in rates.items()} == by_arm
    assert sum(rate["impressions"] for rate in rates.values()) == 9
    assert sum(rate["clickedSlates"] for rate in rates.values()) == 3
    for rate in rates.values():
        assert 0 <= rate["low"] <= rate["value"] <= rate["high"] <= 1
    models = {
        m["version"]: m["clickRate"] for m in (await (await admin.get(f"{API}/models")).get_json())["items"]
    }
    assert models["2"]["slates"] == by_arm["challenger"]
    assert sum(arm["answers"] for arm in arms) == 9
    assert sum(arm["errors"] for arm in arms) == 0


Asked = Callable[..., Any]


def broken(model: LiveModel, score: Asked) -> Any:
    """Return a snapshot whose scoring is replaced; the files stay what they are."""

    class Odd(type(model.snapshot)):  # type: ignore[misc]
        __slots__ = ()

    Odd.score = score
    snapshot = Odd(model.snapshot.parts, model.snapshot.facts)
    return dataclasses.replace(model, snapshot=snapshot)


async def test_a_challenger_that_fails_costs_nobody_a_page_and_ends_the_experiment(shop: Shop) -> None:
    admin, experiment = await trying_shop(shop, arms=["champion", "challenger"])
    models = recommender_of(shop).models
    assert models.challenger is not None

    def fails(*_arguments: Any, **_named: Any) -> Any:
        raise ZeroDivisionError("poisoned")

    models.challenger = broken(models.challenger, fails)
    for _visitor_id, browser in await shoppers(shop, 60):
        home = await ask(browser, "home")
        assert home["modelVersion"] == "1"
        assert "note" not in home
    await review(shop)
    ended = (await listed(admin))["items"][0]
    assert (ended["id"], ended["status"]) == (experiment["id"], "stopped")
    assert "challenger" in ended["stopReason"]
    assert "errors" in ended["stopReason"]
    assert parts_of(shop).current is None
    await eventually(lambda: models.challenger is None)


async def test_what_the_catalogue_had_to_choose_counts_for_no_arm(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await trying_shop(shop)
    people = await shoppers(shop, 6)
    for _visitor_id, browser in people:
        recommender_of(shop).catalog.cards.clear()
        monkeypatch.setattr(CARDS, failing(1, catalog_queries.select_cards))
        assert (await ask(browser, "home"))["note"] == choosing.UNREADABLE
    for row in await logged(shop, 6):
        assert (row["experiment_id"], row["arm"], row["model_version"]) == (None, None, None)
    assert parts_of(shop).seen == {}


async def test_fewer_clicks_end_the_experiment(shop: Shop) -> None:
    admin, experiment = await trying_shop(shop)
    rows = [
        (int(experiment["id"]), arm, version, group, 100, clicks)
        for arm, version, clicks in (("champion", 1, 20), ("challenger", 2, 5), ("popularity", 1, 5))
        for group in range(64)
    ]
    await shop.connection.executemany(
        """
        INSERT INTO slate_outcomes (experiment_id, arm, model_version, visitor_group, slates, clicked_slates)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        rows,
    )
    await review(shop)
    ended = (await listed(admin))["items"][0]
    assert ended["status"] == "stopped"
    assert "click rate" in ended["stopReason"]


async def test_shares_follow_the_clicks(shop: Shop) -> None:
    admin, experiment = await trying_shop(shop)
    await shop.connection.execute("UPDATE experiments SET allocated_at = now() - interval '2 minutes'")
    for arm, clicks in (("champion", 10), ("challenger", 20), ("popularity", 9)):
        await shop.connection.execute(
            """
            INSERT INTO slate_outcomes
                (experiment_id, arm, model_version, visitor_group, slates, clicked_slates)
            SELECT $1, $2, 1, g, 100, $3 + g % 3 FROM generate_series(0, 63) AS g
            """,
            int(experiment["id"]),
            arm,
            clicks,
        )
    await review(shop)
    arms = {arm["arm"]: arm for arm in (await listed(admin))["items"][0]["arms"]}
    assert arms["challenger"]["share"] == pytest.approx(0.9, abs=0.01)
    assert arms["popularity"]["share"] == pytest.approx(0.05, abs=0.001)
    assert arms["challenger"]["chanceToBeBest"] > 0.99
    visitors = [parts_of(shop).assign("home", visitor_id) for visitor_id in range(1, 2_000)]
    share = sum(a is not None and a.arm == "challenger" for a in visitors) / len(visitors)
    assert share == pytest.approx(0.9, abs=0.03)


async def test_a_challenger_that_cannot_be_opened_ends_the_experiment(shop: Shop) -> None:
    admin, _experiment = await trying_shop(shop)
    parts_of(shop).condemn(2, "checksum differs")
    await review(shop)
    assert "checksum differs" in (await listed(admin))["items"][0]["stopReason"]


async def test_an_administrator_stops_it_and_may_start_another(shop: Shop) -> None:
    admin, experiment = await trying_shop(shop)
    await problem(await admin.post(f"{API}/experiments", json=LETTERS), 409, "experiment.running")
    url = f"{API}/experiments/{experiment['id']}/stop"
    stopped = await (await admin.post(url)).get_json()
    assert (stopped["status"], stopped["stopReason"]) == ("stopped", "Stopped by an administrator.")
    assert await (await admin.post(url)).get_json() == stopped
    assert (await listed(admin))["running"] is None
    (_visitor_id, browser), *_ = await shoppers(shop, 1)
    assert (await ask(browser, "home"))["modelVersion"] == "1"
    again = await admin.post(f"{API}/experiments", json=LETTERS | {"challengerVersion": "2", "floor": 0.1})
    assert again.status_code == 201


async def test_what_an_experiment_tries_is_not_pruned(shop: Shop) -> None:
    await trying_shop(shop)
    for _ in range(5):
        assert await refit(job_of(shop, is_requested=True)) == "promoted"
    kept = await shop.connection.fetchval("SELECT location FROM model_snapshots WHERE version = 2")
    assert kept == "model-2"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"name": ""}, 422),
        ({"name": "x" * 101}, 422),
        ({"name": "a\nb"}, 422),
        ({"name": "x", "arms": ["champion"]}, 422),
        ({"name": "x", "arms": ["challenger", "popularity"]}, 422),
        ({"name": "x", "arms": ["champion", "champion"]}, 422),
        ({"name": "x", "arms": ["champion", "nobody"]}, 422),
        ({"name": "x", "floor": 0.4}, 422),
        ({"name": "x", "floor": 0}, 422),
        ({"name": "x", "floor": -1}, 422),
        ({"name": "x", "guardRails": {"maxClickLoss": 2}}, 422),
        ({"name": "x", "challengerVersion": "abc"}, 422),
        ({"name": "x", "arms": ["champion", "popularity"], "challengerVersion": "1"}, 422),
        ({"name": "x", "challengerVersion": "99"}, 409),
        ({"name": "x"}, 409),
        ({"name": "x", "more": 1}, 422),
    ],
)
async def test_a_bad_experiment_changes_nothing(shop: Shop, body: dict[str, Any], status: int) -> None:
    await fitted_shop(shop)
    admin = await shop.browser_of(await shop.make.user(role="admin"))
    before = await shop.state()
    response = await admin.post(f"{API}/experiments", json=body)
    assert response.status_code == status, await response.get_data()
    assert await shop.state() == before
    await problem(await admin.post(f"{API}/experiments/99/stop"), 404, "not_found")
    await problem(await admin.post(f"{API}/experiments/x/stop"), 404, "not_found")


async def test_an_overlay_of_a_visitor_in_an_arm_is_their_own(shop: Shop) -> None:
    """What someone did counts in every arm; only who chooses differs."""
    await trying_shop(shop, arms=["champion", "challenger"])
    for visitor_id, browser in await shoppers(shop, 4):
        home = await ask(browser, "home")
        await click(shop, browser, home, "view")
        assert (await ask(browser, "home"))["personalised"] is True
        assert interactions_of(shop).overlay.recent(visitor_id) is not None
