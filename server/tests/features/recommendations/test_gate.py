"""Who may serve: what is broken never, what is as good as the champion at once, the rest waits."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from recs import RecommenderSnapshot, Verdict, judge_refit
from server.features.recommendations import gate, trial
from server.features.recommendations.gate import Champion, Evidence, Probe, decide
from server.features.recommendations.training import read_window
from server.tests.support.shop import Shop
from server.tests.support.tastes import fitted_shop, stored_models

COUNTS = {"interactions": 100, "users": 50, "listedItems": 20}
FINE = Probe(is_finite=True, answers=True, coverage=20)
GOOD = Evidence(COUNTS, FINE)
CHAMPION = Champion(COUNTS, is_same_recipe=True, age_s=300.0, coverage=20)


def verdict(mean: float, low: float, high: float, *, promoted: bool) -> Verdict:
    return Verdict(promoted, mean, low, high, 0.5, 0.025, 100, "Measured.")


LOSS = verdict(-0.02, -0.03, -0.001, promoted=False)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"counts": {"interactions": 0, "users": 0, "listedItems": 20}}, "Empty"),
        ({"counts": {"interactions": 10, "users": 5, "listedItems": 0}}, "Empty"),
        ({"probe": FINE._replace(is_finite=False)}, "Not finite"),
        ({"probe": FINE._replace(answers=False)}, "Mute"),
        ({"probe": FINE._replace(coverage=9)}, "Narrow"),
        ({"counts": COUNTS | {"interactions": 49}}, "Shrunken"),
        ({"counts": COUNTS | {"users": 24}}, "Shrunken"),
        ({"counts": COUNTS | {"listedItems": 9}}, "Shrunken"),
        ({"verdict": LOSS}, "Worse"),
    ],
)
def test_the_gate_refuses(change: dict[str, Any], word: str) -> None:
    assert decide(GOOD, CHAMPION).outcome == "live"
    decision = decide(dataclasses.replace(GOOD, **change), CHAMPION)
    assert decision.outcome == "refused"
    assert decision.reason.startswith(word)


def test_the_first_model_goes_live() -> None:
    assert decide(GOOD, None).outcome == "live"


def test_a_model_that_is_not_proved_as_good_waits_as_challenger() -> None:
    noise = verdict(-0.002, -0.02, 0.001, promoted=False)
    doubtful = dataclasses.replace(GOOD, verdict=noise, champion_ndcg=0.15)
    assert decide(doubtful, CHAMPION).outcome == "challenger"
    as_good = dataclasses.replace(doubtful, verdict=dataclasses.replace(noise, promoted=True))
    assert decide(as_good, CHAMPION).outcome == "live"


def test_a_champion_that_is_a_day_behind_must_be_better_to_stay() -> None:
    noise = verdict(-0.002, -0.02, 0.001, promoted=False)
    doubtful = dataclasses.replace(GOOD, verdict=noise, champion_ndcg=0.15)
    old = dataclasses.replace(CHAMPION, age_s=gate.STALE_AFTER_S + 1)
    assert decide(doubtful, old).outcome == "live"
    assert decide(dataclasses.replace(GOOD, verdict=LOSS), old).outcome == "refused"
    assert decide(doubtful, dataclasses.replace(old, is_same_recipe=False)).outcome == "challenger"


def test_a_recipe_proved_better_goes_live_unless_it_is_worse_by_now() -> None:
    other = dataclasses.replace(CHAMPION, is_same_recipe=False)
    proved = dataclasses.replace(GOOD, proof="Better by 0.02.", champion_ndcg=0.15)
    assert decide(proved, other) == ("live", "A better recipe than the champion's. Better by 0.02.")
    noise = verdict(-0.002, -0.02, 0.001, promoted=False)
    assert decide(dataclasses.replace(proved, verdict=noise), other).outcome == "live"
    assert decide(dataclasses.replace(proved, verdict=LOSS, champion_ndcg=0.0), other).outcome == "refused"
    assert decide(dataclasses.replace(proved, probe=FINE._replace(coverage=9)), other).outcome == "refused"


def test_another_recipe_goes_live_only_after_a_comparison() -> None:
    other = dataclasses.replace(CHAMPION, is_same_recipe=False)
    assert decide(GOOD, other).outcome == "challenger"
    equal = judge_refit(np.full(40, 0.3), np.full(40, 0.3), seed=0, margin=gate.TOLERATED_SHARE)
    assert decide(dataclasses.replace(GOOD, verdict=equal, champion_ndcg=0.3), other).outcome == "live"


def test_a_loss_that_no_shopper_would_notice_is_not_called_worse() -> None:
    rng = np.random.default_rng(3)
    champion = rng.uniform(0.1, 0.2, 500)
    twin = judge_refit(champion, champion - 0.001, seed=0, margin=gate.TOLERATED_SHARE)
    assert twin.high < 0
    evidence = dataclasses.replace(GOOD, verdict=twin, champion_ndcg=float(champion.mean()))
    assert decide(evidence, CHAMPION).outcome == "live"


async def snapshot_of(shop: Shop) -> RecommenderSnapshot:
    await fitted_shop(shop)
    return RecommenderSnapshot.load(stored_models(shop) / "model-1")


def poisoned(snapshot: RecommenderSnapshot) -> RecommenderSnapshot:
    scores = np.full_like(snapshot.parts.popular.scores, np.nan)
    popular = dataclasses.replace(snapshot.parts.popular, scores=scores)
    return dataclasses.replace(snapshot, parts=dataclasses.replace(snapshot.parts, popular=popular))


async def test_planted_nan_is_found_by_the_probe_and_at_opening(shop: Shop) -> None:
    snapshot = await snapshot_of(shop)
    window = await read_window(shop.connection, until=datetime.now(UTC), days=90)
    histories = trial.recent_histories(window, 20)
    assert gate.probe(snapshot, histories)[:2] == (True, True)
    assert gate.defect(snapshot) is None
    bad = poisoned(snapshot)
    assert gate.probe(bad, histories).is_finite is False
    assert (gate.defect(bad) or "").startswith("Not finite")


async def test_a_model_without_products_is_no_model(shop: Shop) -> None:
    snapshot = await snapshot_of(shop)
    facts = dataclasses.replace(snapshot.facts, counts={**snapshot.counts, "listedItems": 0})
    assert (gate.defect(dataclasses.replace(snapshot, facts=facts)) or "").startswith("Empty")
