"""A refit learns from a closed window, is judged fairly, and reaches shoppers only through the gate."""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pandas as pd
import pytest

from recs import SCHEMA_VERSION, Event, HybridConfig, RecommenderSnapshot
from server.app import create_app
from server.core.clock import FixedClock
from server.features.recommendations import model_queries, trial
from server.features.recommendations.lineage import code_version, lineage
from server.features.recommendations.training import TrainingWindow, merged, read_window
from server.refit import refit
from server.settings import Settings
from server.tests.support.eventually import eventually
from server.tests.support.shop import API, Shop, open_shop, problem
from server.tests.support.tastes import (
    fitted_shop,
    job_of,
    live_history,
    recommender_of,
    remember,
    stock_shop,
    stored_models,
)


async def models(shop: Shop) -> list[dict[str, Any]]:
    return [
        dict(row) for row in await shop.connection.fetch("SELECT * FROM model_snapshots ORDER BY version")
    ]


async def test_a_refit_stores_promotes_and_tells(shop: Shop) -> None:
    await fitted_shop(shop)
    (model,) = await models(shop)
    assert (model["status"], model["refusal"], model["location"]) == ("champion", None, "model-1")
    assert model["promoted_at"] is not None
    assert (model["interactions_count"], model["items_count"]) == (640, 48)
    assert (model["parent_version"], model["code_version"]) == (None, code_version())
    assert model["schema_version"] == SCHEMA_VERSION
    metrics = orjson.loads(model["metrics"])
    assert metrics["shoppers"] > 0
    assert metrics["ndcg@10"] > metrics["popularity"]["ndcg@10"]


async def test_running_workers_take_the_new_model_over(shop: Shop) -> None:
    await stock_shop(shop)
    assert recommender_of(shop).models.current is None
    await eventually(lambda: shop.runtime.listener.is_connected)
    tastes = await fitted_shop(shop)
    await refit(job_of(shop))

    def serves_the_second() -> bool:
        current = recommender_of(shop).models.current
        return current is not None and current.version == 2

    await eventually(serves_the_second)
    assert [m["status"] for m in await models(shop)] == ["retired", "champion"]
    assert [m["parent_version"] for m in await models(shop)] == [None, 1]
    assert tastes.cameras


async def test_the_last_three_good_snapshots_are_kept(shop: Shop) -> None:
    await fitted_shop(shop)
    for _ in range(4):
        assert await refit(job_of(shop)) == "promoted"
    stored = [model["location"] for model in await models(shop)]
    assert stored == [None, None, "model-3", "model-4", "model-5"]
    assert sorted(path.name for path in stored_models(shop).iterdir()) == stored[2:]


async def test_the_window_is_closed_and_follows_merges(shop: Shop) -> None:
    tastes = await stock_shop(shop, products=2)
    first, second, third = [await shop.make.visitor() for _ in range(3)]
    await shop.connection.execute("UPDATE visitors SET merged_into = $1 WHERE id = $2", second, first)
    await shop.connection.execute("UPDATE visitors SET merged_into = $1 WHERE id = $2", third, second)
    now = datetime.now(UTC)
    await remember(
        shop,
        [
            (first, tastes.cameras[0], Event.VIEW, now - timedelta(hours=1)),
            (third, tastes.cameras[1], Event.PURCHASE, now - timedelta(hours=2)),
            (first, tastes.cameras[1], Event.IMPRESSION, now - timedelta(hours=2)),
            (first, tastes.phones[0], Event.VIEW, now + timedelta(minutes=5)),
        ],
    )
    window = await read_window(shop.connection, until=now, days=30)
    rows = window.interactions.sort_values("timestamp")
    assert rows["user_id"].tolist() == [third, third]
    assert rows["item_id"].tolist() == [tastes.cameras[1], tastes.cameras[0]]
    assert rows["event"].tolist() == [int(Event.PURCHASE), int(Event.VIEW)]
    assert rows["weight"].tolist() == [6.0, 1.0]
    assert set(window.catalogue["category"]) == {"cameras", "phones"}


def test_a_circle_of_merges_ends() -> None:
    assert merged(np.array([1, 2, 3]), {1: 2, 2: 1}).tolist()[2] == 3


async def test_an_empty_shop_is_refused_and_stays_without_a_model(shop: Shop) -> None:
    assert await refit(job_of(shop)) == "refused"
    (model,) = await models(shop)
    assert model["status"] == "refused"
    assert model["refusal"]
    assert not stored_models(shop).exists()
    await stock_shop(shop, products=3)
    assert await refit(job_of(shop)) == "refused"
    assert "Empty" in (await models(shop))[1]["refusal"]


async def test_a_shrunken_log_is_refused_and_the_last_good_model_stays(shop: Shop) -> None:
    await fitted_shop(shop)
    await shop.connection.execute("DELETE FROM interactions WHERE id::text < '9'")
    assert await refit(job_of(shop)) == "refused"
    first, second = await models(shop)
    assert (first["status"], second["status"]) == ("champion", "refused")
    assert "Shrunken" in second["refusal"]
    assert [path.name for path in stored_models(shop).iterdir()] == ["model-1"]
    await recommender_of(shop).models.refresh()
    current = recommender_of(shop).models.current
    assert current is not None
    assert current.version == 1


async def test_a_model_that_is_worse_than_the_champion_is_refused(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    taste_of = dict.fromkeys(tastes.cameras, tastes.cameras)
    taste_of |= dict.fromkeys(tastes.phones, tastes.phones)
    past = await shop.connection.fetch(
        "SELECT visitor_id, array_agg(product_id) AS seen FROM interactions GROUP BY visitor_id"
    )
    now = datetime.now(UTC)
    await remember(
        shop,
        [
            (row["visitor_id"], product_id, Event.VIEW, now)
            for row in past
            for product_id in taste_of[row["seen"][0]]
            if product_id not in row["seen"]
        ],
    )
    # A recipe that has lost its personal part: it would show everyone the same.
    assert await refit(job_of(shop), config=HybridConfig(generators=())) == "refused"
    first, second = await models(shop)
    assert first["status"] == "champion"
    assert "Worse" in second["refusal"]
    assert orjson.loads(second["metrics"])["champion"]["difference"]["high"] < 0
    assert await refit(job_of(shop)) == "promoted"


def window_of(rows: list[tuple[int, int, float]], until: float) -> TrainingWindow:
    frame = pd.DataFrame(rows, columns=["user_id", "item_id", "timestamp"])
    frame["event"] = np.uint8(1)
    frame["weight"] = np.float32(1)
    catalogue = pd.DataFrame(
        {"item_id": [1, 2, 3], "category": "c", "brand": "b", "listed_at": [0.0, 0.0, 95.0]}
    )
    return TrainingWindow(datetime.fromtimestamp(until, UTC), frame, catalogue)


def test_the_split_looks_only_forward() -> None:
    rows = [(user, item, float(user * 2 + item)) for user in range(40) for item in (1, 2)]
    rows += [(user, 3, 90.0 + user / 100) for user in range(40)]
    split = trial.split_window(window_of(rows, 200.0), champion_until_s=85.0)
    assert split.cut_s == 85.0
    assert split.training["timestamp"].max() <= 85.0
    assert split.catalogue["item_id"].tolist() == [1, 2]
    assert len(split.cases) == 40
    for case in split.cases:
        assert case.targets == {3}
        assert case.history.timestamps is not None
        assert case.history.timestamps.max() <= 85.0
        assert case.history.as_of == 85.0
    too_few = trial.split_window(window_of(rows[:90], 200.0), champion_until_s=85.0)
    assert too_few.cut_s > 85.0


def crowd(n_events: int) -> list[tuple[int, int, float]]:
    """Return one event a second; the shoppers take turns, and never see an item twice."""
    return [(at % 120, at, float(at)) for at in range(n_events)]


@pytest.mark.parametrize(
    ("champion_until_s", "expected_s"),
    [
        pytest.param(1_000.0, 3_599.1, id="much is new: before the last tenth"),
        pytest.param(3_500.0, 3_750.0, id="a little is new: in the middle of it"),
        pytest.param(3_850.0, 3_850.0, id="too few would be left to judge by: where its knowledge ends"),
    ],
)
def test_the_candidate_may_know_a_part_of_what_is_new(champion_until_s: float, expected_s: float) -> None:
    window = window_of(crowd(4_000), 4_000.0)
    split = trial.split_window(window, champion_until_s=champion_until_s)
    assert split.cut_s == pytest.approx(expected_s)
    assert split.training["timestamp"].max() <= split.cut_s
    assert len(split.cases) >= trial.AMPLE_SHOPPERS or split.cut_s == champion_until_s
    for case in split.cases:
        assert min(case.targets) > split.cut_s


async def test_two_refits_do_not_run_at_once(shop: Shop) -> None:
    await stock_shop(shop, products=2)
    assert await model_queries.try_refit_lock(shop.connection)
    assert await refit(job_of(shop)) == "busy"
    assert await models(shop) == []
    await model_queries.release_refit_lock(shop.connection)


async def test_a_killed_fit_leaves_no_candidate_behind(shop: Shop) -> None:
    await stock_shop(shop)
    await live_history(shop, await stock_shop(shop))
    await model_queries.insert_candidate(
        shop.connection, trained_until=datetime.now(UTC), lineage=lineage(None)
    )
    assert await refit(job_of(shop)) == "promoted"
    assert [m["status"] for m in await models(shop)] == ["refused", "champion"]


async def test_a_request_of_an_administrator_runs_the_child(shop: Shop) -> None:
    await live_history(shop, await stock_shop(shop, refits_by_itself=True))
    admin = await shop.browser_of(await shop.make.user(role="admin"))
    response = await admin.post(f"{API}/models/refit")
    assert (response.status_code, await response.get_json()) == (202, {"requested": True})

    async def is_listed_as_live() -> bool:
        listed = await (await admin.get(f"{API}/models")).get_json()
        return bool(listed["live"] is not None and listed["items"][0]["status"] == "champion")

    await eventually(is_listed_as_live, timeout_s=60)
    listed = await (await admin.get(f"{API}/models")).get_json()
    assert listed["live"] == listed["items"][0]["version"]
    assert listed["items"][0]["metrics"]["shoppers"] > 0


async def test_models_are_for_administrators(shop: Shop) -> None:
    shopper = await shop.browser_of(await shop.make.user())
    for browser, status, code in ((shop.guest(), 401, "not_authenticated"), (shopper, 403, "forbidden")):
        await problem(await browser.get(f"{API}/models"), status, code)
        await problem(await browser.post(f"{API}/models/refit"), status, code)
    assert not recommender_of(shop).refits._requested.is_set()


async def test_the_first_model_comes_by_itself_and_later_ones_with_enough_events(
    database_url: str, tmp_path: Path
) -> None:
    async with open_shop(database_url, tmp_path, refit_interval_s=0.5, refit_min_events=5) as shop:
        tastes = await stock_shop(shop, refits_by_itself=True)
        await live_history(shop, tastes)
        await eventually(lambda: recommender_of(shop).models.current is not None, timeout_s=60)
        await asyncio.sleep(1.5)
        assert len(await models(shop)) == 1
        now = datetime.now(UTC)
        await remember(shop, [(1, product_id, Event.VIEW, now) for product_id in tastes.cameras[:5]])

        def is_second() -> bool:
            current = recommender_of(shop).models.current
            return current is not None and current.version >= 2

        await eventually(is_second, timeout_s=60)


async def test_a_stopping_worker_ends_its_fit(database_url: str, tmp_path: Path) -> None:
    async with open_shop(database_url, tmp_path, refit_interval_s=0.5) as shop:
        await live_history(shop, await stock_shop(shop, refits_by_itself=True))
        await eventually(lambda: recommender_of(shop).refits._child is not None, timeout_s=30)
        child = recommender_of(shop).refits._child
        assert child is not None
    assert child.returncode is not None


async def test_the_command_reports_its_progress(shop: Shop) -> None:
    await live_history(shop, await stock_shop(shop))
    settings = shop.runtime.settings
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "server.refit",
        stdout=asyncio.subprocess.PIPE,
        env={"JACKDAW_DATABASE_URL": str(settings.database_url), "JACKDAW_DATA_DIR": str(settings.data_dir)},
    )
    output, _ = await child.communicate()
    assert child.returncode == 0
    assert [orjson.loads(line)["stage"] for line in output.splitlines()] == [
        "read",
        "judged",
        "fitted",
        "promoted",
    ]


async def test_readiness_names_the_model_and_its_age(shop: Shop) -> None:
    await fitted_shop(shop)
    assert isinstance(shop.clock, FixedClock)
    shop.clock.instant = datetime.now(UTC) + timedelta(hours=1)
    ready = await (await shop.guest().get("/readyz")).get_json()
    assert ready["checks"]["model"]["version"] == "1"
    assert 3_500 < ready["checks"]["model"]["ageSeconds"] < 3_700
    assert ready["checks"]["spool"]["ok"] is True


async def test_a_worker_starts_without_its_database(tmp_path: Path) -> None:
    url = "postgresql://jackdaw@127.0.0.1:1/nowhere"
    app = create_app(Settings(database_url=url, data_dir=tmp_path))
    async with app.test_app():
        client = app.test_client()
        ready = await client.get("/readyz")
        assert ready.status_code == 503
        assert (await ready.get_json())["checks"]["database"]["ok"] is False
        assert (await client.get("/livez")).status_code == 200
        await problem(await client.get(f"{API}/recommendations/home"), 503, "unavailable")


@pytest.mark.parametrize(
    ("age_s", "events", "is_due"),
    [
        (10, 50, False),  # a model every few seconds helps nobody
        (70, 3, False),
        (70, 5, True),
        (310, 0, False),
        (310, 1, True),
        (3_700, 0, True),  # nothing new, but half way to stale
    ],
)
async def test_a_refit_is_due_on_the_interval_or_after_enough_events(
    database_url: str, tmp_path: Path, age_s: float, events: int, is_due: bool
) -> None:
    settings = {"refit_interval_s": 300.0, "refit_min_events": 5, "model_max_age_s": 7_200.0}
    async with open_shop(database_url, tmp_path, **settings) as shop:
        tastes = await fitted_shop(shop)
        past = datetime.now(UTC) - timedelta(seconds=age_s)
        await shop.connection.execute(
            "UPDATE interactions SET received_at = received_at - interval '2 hours'"
        )
        await shop.connection.execute("UPDATE model_snapshots SET created_at = $1, trained_until = $1", past)
        visitor_id = await shop.make.visitor()
        rows = [(visitor_id, tastes.cameras[0], Event.VIEW, past + timedelta(seconds=1))] * events
        await remember(shop, rows)
        last = await model_queries.select_last_attempt(shop.connection)
        assert await recommender_of(shop).refits._is_due(shop.connection, last) is is_due


async def test_kill_9_at_any_moment_leaves_a_champion_that_opens(shop: Shop) -> None:
    await fitted_shop(shop)
    settings = shop.runtime.settings
    environment = {
        "JACKDAW_DATABASE_URL": str(settings.database_url),
        "JACKDAW_DATA_DIR": str(settings.data_dir),
    }
    rng = np.random.default_rng(3)
    for stage in ("read", "judged", "fitted", "fitted", "fitted", "promoted"):
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "server.refit", stdout=asyncio.subprocess.PIPE, env=environment
        )
        assert child.stdout is not None
        async for line in child.stdout:
            if orjson.loads(line)["stage"] == stage:
                await asyncio.sleep(rng.uniform(0.0, 0.12))
                break
        if child.returncode is None:
            child.send_signal(signal.SIGKILL)
        await child.wait()
        champion = await model_queries.select_champion(shop.connection)
        assert champion is not None
        RecommenderSnapshot.load(stored_models(shop) / str(champion.location))
    assert await refit(job_of(shop)) == "promoted"
    known = {model["location"] for model in await models(shop)}
    assert {path.name for path in stored_models(shop).iterdir()} <= known
    assert {model["status"] for model in await models(shop)} <= {"champion", "retired", "refused"}
