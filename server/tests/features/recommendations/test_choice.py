"""The log chooses by which recipe the shop refits: rarely, past the gate, at no refit's cost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
import orjson
import pandas as pd
import pytest

from recs import Event, HybridConfig
from server.features.recommendations import choice
from server.features.recommendations.choice import Terms
from server.features.recommendations.model_queries import select_champion, select_last_choice
from server.features.recommendations.training import TrainingWindow
from server.refit import refit
from server.tests.features.recommendations.test_slates import ask
from server.tests.support.shop import Shop
from server.tests.support.tastes import fitted_shop, job_of, recommender_of, remember, stock_shop

QUICK = Terms(budget_s=40.0, interval_s=3_600.0)
WALKERS, STEPS = 120, 11


async def walked_shop(shop: Shop) -> list[int]:
    """Let shoppers walk up a ring of products, one step a day: order is all that there is to learn."""
    tastes = await stock_shop(shop)
    ring = [*tastes.cameras, *tastes.phones]
    rng, now = np.random.default_rng(5), datetime.now(UTC)
    rows = []
    for _ in range(WALKERS):
        visitor_id = await shop.make.visitor()
        place, ended = int(rng.integers(len(ring))), now - timedelta(days=float(rng.uniform(0, 3)))
        for step in range(STEPS):
            when = ended - timedelta(days=STEPS - step)
            rows.append((visitor_id, ring[place % len(ring)], Event.VIEW, when))
            place += int(rng.choice([1, 2], p=[0.8, 0.2]))
    await remember(shop, rows)
    assert await refit(job_of(shop, terms=QUICK)) == "promoted"
    return ring


async def models(shop: Shop) -> list[dict[str, Any]]:
    rows = await shop.connection.fetch("SELECT status, metrics, config FROM model_snapshots ORDER BY version")
    return [{**row, "metrics": orjson.loads(row["metrics"])} for row in rows]


async def test_what_knows_the_order_serves_and_is_refitted_without_another_search(shop: Shop) -> None:
    ring = await walked_shop(shop)
    [first] = await models(shop)
    # The first model is there at once.
    assert first["metrics"]["recipe"] == {"chosenIn": None}
    assert "choice" not in first["metrics"]
    assert await refit(job_of(shop, terms=QUICK)) == "promoted"
    found = (await models(shop))[1]["metrics"]["choice"]
    assert (found["outcome"], found["interactions"]) == (choice.CHOSEN, WALKERS * STEPS)
    assert found["ndcg"]["challenger"] > found["ndcg"]["champion"]
    assert await refit(job_of(shop, terms=QUICK)) == "promoted"
    _first, second, third = await models(shop)
    assert [model["metrics"]["recipe"] for model in (second, third)] == [{"chosenIn": 2}] * 2
    assert "choice" not in third["metrics"]
    assert second["config"] == third["config"] != first["config"]
    champion = await select_champion(shop.connection)
    assert champion is not None
    assert choice.recipe_of(champion)[0].parameters() == orjson.loads(third["config"])
    # It reaches shoppers: what comes after is what is shown, not what came before.
    await recommender_of(shop).models.refresh()
    slate = await ask(shop.guest(), f"similar/{ring[10]}")
    assert slate["modelVersion"] == "3"
    shown = [int(item["product"]["id"]) for item in slate["items"]]
    assert ring[11] in shown[:2]


async def test_without_time_or_events_nothing_is_searched(shop: Shop) -> None:
    await fitted_shop(shop)  # 640 interactions
    assert await refit(job_of(shop, terms=QUICK)) == "promoted"
    assert await select_last_choice(shop.connection) is None


async def test_who_asks_for_a_refit_does_not_wait_for_a_search(shop: Shop) -> None:
    await walked_shop(shop)
    assert await refit(job_of(shop, terms=QUICK, is_requested=True)) == "promoted"
    assert await select_last_choice(shop.connection) is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has an idle class")
def test_a_search_stands_back() -> None:
    program = """if True:
        import os
        from multiprocessing import Pipe
        from server.features.recommendations import choice

        def found(*_task):
            return len(os.sched_getaffinity(0)), os.sched_getscheduler(0) == os.SCHED_IDLE

        choice._found = found
        receiving, sending = Pipe(duplex=False)
        choice._search(sending, os.getppid(), ())
        print(*receiving.recv())
    """
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout == "1 True\n"


def dies(sending: Connection, parent_pid: int, task: Any) -> None:
    os._exit(3)


def dawdles(sending: Connection, parent_pid: int, task: Any) -> None:
    time.sleep(60)


@pytest.mark.parametrize(
    ("search", "overrun_s", "reason"),
    [(dies, 30.0, "The search ended with 3."), (dawdles, 0.5, "did not end within 1 s")],
)
async def test_a_search_that_fails_costs_no_refit_and_is_not_tried_again_at_once(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, search: Any, overrun_s: float, reason: str
) -> None:
    await walked_shop(shop)
    monkeypatch.setattr(choice, "_search", search)
    monkeypatch.setattr(choice, "OVERRUN_S", overrun_s)
    terms = Terms(budget_s=0.25, interval_s=3_600.0)
    assert await refit(job_of(shop, terms=terms)) == "promoted"
    last = await select_last_choice(shop.connection)
    assert last is not None
    assert last["outcome"] == choice.FAILED
    assert reason in last["reason"]
    assert await refit(job_of(shop, terms=terms)) == "promoted"
    assert ["choice" in model["metrics"] for model in await models(shop)] == [False, True, False]
    assert len({model["config"] for model in await models(shop)}) == 1


async def test_a_search_that_takes_the_refit_down_is_not_begun_by_the_next(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await walked_shop(shop)

    def killed(*_arguments: Any) -> choice.Choice:
        raise SystemError("no memory is left")

    monkeypatch.setattr(choice, "searched", killed)
    with pytest.raises(SystemError):
        await refit(job_of(shop, terms=QUICK))
    last = await select_last_choice(shop.connection)
    assert last is not None
    assert last["outcome"] == choice.RUNNING
    assert await refit(job_of(shop, terms=QUICK)) == "promoted"


async def test_a_recipe_of_other_code_gives_way_to_ours(shop: Shop) -> None:
    await fitted_shop(shop)
    await shop.connection.execute(
        """
        UPDATE model_snapshots
        SET metrics = metrics || '{"recipe": {"chosenIn": 1}}', config = '{"generators": {"oracle": {}}}'
        """
    )
    await refit(job_of(shop))
    second = (await models(shop))[1]
    assert second["metrics"]["recipe"] == {"chosenIn": None}
    assert orjson.loads(second["config"]) == HybridConfig().parameters()


def window_of(n_interactions: int) -> TrainingWindow:
    rows = pd.DataFrame({"user_id": np.arange(n_interactions) // 7})
    return TrainingWindow(datetime(2026, 11, 20, tzinfo=UTC), rows, pd.DataFrame())


@pytest.mark.parametrize(
    ("change", "is_due"),
    [
        ({}, True),
        ({"terms": Terms(0.0, 3_600.0)}, False),
        ({"champion": None}, False),
        ({"is_held": True}, False),
        ({"window": window_of(choice.LEAST_INTERACTIONS - 1)}, False),
        ({"last": {"at": "2026-11-19T23:30:00+00:00", "interactions": 2_000}}, False),
        ({"last": {"at": "2026-11-19T22:30:00+00:00", "interactions": 2_000}}, True),
        ({"last": {"at": "2026-11-19T23:30:00+00:00", "interactions": 1_300}}, True),
    ],
)
async def test_a_choice_is_due_at_first_after_its_time_and_after_growth(
    shop: Shop, change: dict[str, Any], is_due: bool
) -> None:
    await fitted_shop(shop)
    champion = await select_champion(shop.connection)
    assert champion is not None
    given = {"last": None, "champion": champion, "window": window_of(2_000), "terms": QUICK} | change
    if given.pop("is_held", False):
        given["champion"] = replace(champion, is_held=True)
    assert choice.is_due(**given) is is_due


def test_a_sample_holds_all_that_its_shoppers_did() -> None:
    rows = window_of(5_000).interactions
    part = choice.sampled(rows, 1_000)
    assert 900 < len(part) <= 1_000
    whole = rows["user_id"].value_counts()
    assert (part["user_id"].value_counts() == whole[part["user_id"].unique()]).all()
    assert choice.sampled(rows, 5_000) is rows
