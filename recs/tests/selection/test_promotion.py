"""The gate: what it promotes, what it keeps out, and how often it errs."""

import numpy as np
import pytest

from recs.arrays import Floats
from recs.errors import ConfigurationError, EmptyInputError, ShapeError
from recs.selection.promotion import FALSE_PROMOTIONS, judge_challengers, judge_refit

TRIALS = 300


def ndcg_like(rng: np.random.Generator, n_users: int, share: float) -> Floats:
    """Return metrics as people give them: mostly misses, hits at some rank."""
    hit = rng.random(n_users) < share
    return np.where(hit, 1 / np.log2(1 + rng.integers(1, 11, n_users)), 0.0)


def agreeing(rng: np.random.Generator, champion: Floats, share: float) -> Floats:
    """Return a model as good as the champion that answers one fifth of the people in its own way."""
    own = ndcg_like(rng, champion.shape[0], share)
    return np.where(rng.random(champion.shape[0]) < 0.2, own, champion)


@pytest.mark.parametrize(
    ("n_users", "share"), [(60, 0.3), (150, 0.1), pytest.param(600, 0.05, marks=pytest.mark.slow)]
)
def test_equal_configurations_are_promoted_in_fewer_than_one_of_twenty(n_users: int, share: float) -> None:
    rng = np.random.default_rng(n_users)
    promoted = 0
    for trial in range(TRIALS):
        champion = ndcg_like(rng, n_users, share)
        challengers = {str(k): agreeing(rng, champion, share) for k in range(3)}
        verdicts = judge_challengers(champion, challengers, seed=trial)
        promoted += any(verdict.promoted for verdict in verdicts.values())
    assert promoted / TRIALS <= FALSE_PROMOTIONS


@pytest.mark.parametrize("n_users", [60, 200])
def test_a_refit_that_is_worse_by_the_margin_passes_in_fewer_than_one_of_twenty(n_users: int) -> None:
    rng = np.random.default_rng(n_users)
    promoted = 0
    for trial in range(TRIALS):
        champion = ndcg_like(rng, n_users, 0.4)
        worse = champion - 0.05 * 0.4 * 0.5437 + rng.normal(0, 0.05, n_users)  # 0.5437: mean gain of a hit
        promoted += judge_refit(champion, worse, seed=trial, margin=0.05).promoted
    assert promoted / TRIALS <= FALSE_PROMOTIONS


def test_a_better_configuration_is_promoted_and_a_worse_one_is_not() -> None:
    rng = np.random.default_rng(1)
    champion = ndcg_like(rng, 2000, 0.2)
    verdicts = judge_challengers(
        champion,
        {
            "better": np.maximum(champion, ndcg_like(rng, 2000, 0.1)),
            "worse": champion * 0.8,
            "same": champion,
        },
        seed=2,
    )
    assert {name: verdict.promoted for name, verdict in verdicts.items()} == {
        "better": True,
        "worse": False,
        "same": False,
    }
    better, worse = verdicts["better"], verdicts["worse"]
    assert 0 < better.low < better.difference < better.high
    assert worse.clearly_worse
    assert not better.clearly_worse
    assert "2000 people" in better.reason


def test_holm_asks_more_of_each_when_many_are_tried() -> None:
    rng = np.random.default_rng(5)
    champion = ndcg_like(rng, 300, 0.3)
    slightly = champion + rng.normal(0.012, 0.1, 300)
    alone = judge_challengers(champion, {"x": slightly}, seed=1)["x"]
    assert alone.promoted
    assert alone.level == 0.025
    crowd = {str(k): champion + rng.normal(0.0, 0.1, 300) for k in range(19)}
    among = judge_challengers(champion, {**crowd, "x": slightly}, seed=1)
    assert among["x"].level <= 0.025 / 10
    assert not among["x"].promoted
    assert min(verdict.level for verdict in among.values()) == 0.025 / 20


def test_the_same_model_again_passes_as_a_refit() -> None:
    champion = ndcg_like(np.random.default_rng(0), 50, 0.2)
    assert judge_refit(champion, champion, seed=0).promoted
    assert judge_refit(champion, champion, seed=0, margin=0.0).promoted
    assert not judge_refit(champion, champion * 0.9, seed=0).promoted


def test_few_people_promote_nobody() -> None:
    champion = np.full(29, 0.1)
    assert not judge_refit(champion, champion + 0.5, seed=0).promoted
    verdict = judge_challengers(champion, {"x": champion + 0.5}, seed=0)["x"]
    assert not verdict.promoted
    assert "29 people" in verdict.reason
    assert judge_challengers(np.full(30, 0.1), {"x": np.full(30, 0.6)}, seed=0)["x"].promoted


def test_the_same_seed_gives_the_same_verdict() -> None:
    rng = np.random.default_rng(0)
    champion, challenger = ndcg_like(rng, 90, 0.3), ndcg_like(rng, 90, 0.3)
    assert judge_refit(champion, challenger, seed=4) == judge_refit(champion, challenger, seed=4)


def test_refuses_what_cannot_be_paired() -> None:
    with pytest.raises(ShapeError, match="other people"):
        judge_refit(np.zeros(40), np.zeros(41), seed=0)
    with pytest.raises(EmptyInputError):
        judge_refit(np.zeros(0), np.zeros(0), seed=0)
    with pytest.raises(EmptyInputError):
        judge_challengers(np.zeros(40), {}, seed=0)
    with pytest.raises(ConfigurationError, match="finite"):
        judge_refit(np.zeros(40), np.full(40, np.nan), seed=0)
    with pytest.raises(ConfigurationError, match="margin"):
        judge_refit(np.zeros(40), np.zeros(40), seed=0, margin=-0.1)
