"""Arms stick, learn, keep their floor, and leave when they hurt: simulated, so that the truth is known."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import Any

import numpy as np
import pytest

from server.features.experiments.domain import (
    ARMS,
    Arm,
    ArmState,
    ClickRate,
    GroupCount,
    GuardRails,
    Running,
    breach,
    click_rate,
    thompson_shares,
)

RAILS = GuardRails()
N_GROUPS = 64


def running(shares: dict[Arm, float], number: int = 7) -> Running:
    return Running(number, 0.05, RAILS, tuple(ArmState(arm, share) for arm, share in shares.items()))


def thirds() -> dict[Arm, float]:
    return dict.fromkeys(ARMS, 1 / 3)


def test_a_visitor_stays_in_an_arm_and_arms_get_their_shares() -> None:
    shares: dict[Arm, float] = {"champion": 0.6, "challenger": 0.35, "popularity": 0.05}
    first, second = running(shares), running(shares)
    given = [first.assign(visitor) for visitor in range(20_000)]
    assert given == [second.assign(visitor) for visitor in range(20_000)]
    counts = Counter(assignment.arm for assignment in given)
    for arm, share in shares.items():
        assert counts[arm] / 20_000 == pytest.approx(share, abs=0.01)
        assert {a.share for a in given if a.arm == arm} == {share}


def test_another_experiment_mixes_visitors_anew() -> None:
    one, other = running(thirds(), 1), running(thirds(), 2)
    same = sum(one.assign(v).arm == other.assign(v).arm for v in range(6_000))
    assert same / 6_000 == pytest.approx(1 / 3, abs=0.03)


def test_when_shares_move_only_the_visitors_that_must_change() -> None:
    before = running(thirds())
    after = running({"champion": 0.5, "challenger": 0.3, "popularity": 0.2})
    moves = Counter(
        (before.assign(v).arm, after.assign(v).arm)
        for v in range(20_000)
        if before.assign(v).arm != after.assign(v).arm
    )
    # A sixth has to go to the champion; nobody else moves, but for the pull between the two that shrink.
    assert sum(moves.values()) / 20_000 < 0.25
    assert not any(source == "champion" for source, _target in moves)


def counted(rates: list[float], slates: int) -> ClickRate:
    per_group = slates // len(rates)
    found = click_rate(GroupCount(per_group, round(per_group * rate)) for rate in rates)
    assert found is not None
    return found


def test_the_interval_covers_the_truth_also_when_visitors_differ() -> None:
    rng = np.random.default_rng(5)
    covered, widths = 0, []
    for _ in range(300):
        own = rng.beta(2, 18, N_GROUPS)
        rate = click_rate(GroupCount(50, int(clicks)) for clicks in rng.binomial(50, own))
        assert rate is not None
        covered += rate.low <= 0.1 <= rate.high
        widths.append(rate.effective_slates)
    assert covered / 300 > 0.9
    # Groups that differ so much are worth far fewer slates than they have.
    assert np.median(widths) < 0.5 * N_GROUPS * 50


def test_without_slates_there_is_no_rate_and_without_clicks_there_is_one() -> None:
    assert click_rate([]) is None
    assert click_rate([GroupCount(0, 3)]) is None
    rate = click_rate([GroupCount(10, 0)])
    assert rate is not None
    assert rate.value == 0.0
    assert rate.low == pytest.approx(0.0, abs=1e-9)
    assert rate.high > 0.2


def simulate(
    truth: dict[Arm, float], rounds: int, *, seed: int, floor: float = 0.05
) -> list[dict[Arm, float]]:
    """Let visitors of every arm click, a few hundred a round, and reallocate after each."""
    rng = np.random.default_rng(seed)
    slates = {arm: np.zeros(N_GROUPS, dtype=int) for arm in truth}
    clicks = {arm: np.zeros(N_GROUPS, dtype=int) for arm in truth}
    shares, past = thirds(), []
    for number in range(rounds):
        for arm, share in shares.items():
            shown = rng.multinomial(int(400 * share), np.full(N_GROUPS, 1 / N_GROUPS))
            slates[arm] += shown
            clicks[arm] += rng.binomial(shown, truth[arm])
        rates = {
            arm: click_rate(map(GroupCount, slates[arm].tolist(), clicks[arm].tolist())) for arm in truth
        }
        shares = thompson_shares(rates, floor, seed=seed * 1_000 + number)
        past.append(shares)
    return past


@pytest.mark.parametrize("best", ARMS)
def test_thompson_sampling_converges_to_the_best_and_keeps_every_floor(best: Arm) -> None:
    truth = dict.fromkeys(ARMS, 0.10) | {best: 0.14}
    won = 0
    for seed in range(10):
        past = simulate(truth, 40, seed=seed)
        assert all(min(shares.values()) >= 0.05 - 1e-12 for shares in past)
        assert all(sum(shares.values()) == pytest.approx(1.0) for shares in past)
        won += past[-1][best] > 0.8
    assert won >= 9


def test_equal_arms_are_not_told_apart() -> None:
    final = [simulate(dict.fromkeys(ARMS, 0.1), 5, seed=seed)[-1] for seed in range(10)]
    assert np.mean([max(shares.values()) for shares in final]) < 0.85


CHAMPION = ArmState("champion", 0.5, answers=1_000, products_chosen=9_000)
FINE = ArmState("challenger", 0.5, 3, answers=1_000, products_chosen=9_000)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"errors": 30}, "errors"),
        ({"slow_answers": 110}, "latency"),
        ({"products_gone": 2_000}, "out of stock"),
    ],
)
def test_a_guard_rail_breaks(change: dict[str, Any], word: str) -> None:
    rates: dict[Arm, ClickRate | None] = {"champion": None, "challenger": None}
    assert breach([CHAMPION, FINE], rates, RAILS) is None
    hurt = dataclasses.replace(FINE, **change)
    assert word in (breach([CHAMPION, hurt], rates, RAILS) or "")
    # The champion is where shoppers go back to: it cannot be left for itself.
    assert breach([dataclasses.replace(CHAMPION, **change), FINE], rates, RAILS) is None


def test_a_few_answers_break_nothing() -> None:
    unlucky = ArmState("challenger", 0.5, 3, answers=10, errors=5, slow_answers=5)
    assert breach([CHAMPION, unlucky], {}, RAILS) is None


def test_the_click_rate_breaks_only_when_it_is_clearly_lower() -> None:
    good = counted([0.10] * N_GROUPS, 64_000)
    half = counted([0.05] * N_GROUPS, 64_000)
    assert "click rate" in (breach([CHAMPION, FINE], {"champion": good, "challenger": half}, RAILS) or "")
    assert breach([CHAMPION, FINE], {"champion": half, "challenger": good}, RAILS) is None
    nearly = counted([0.09] * N_GROUPS, 64_000)
    assert breach([CHAMPION, FINE], {"champion": good, "challenger": nearly}, RAILS) is None
    few = counted([0.0] * 2, 60)
    assert breach([CHAMPION, FINE], {"champion": good, "challenger": few}, RAILS) is None
    popular = ArmState("popularity", 0.5, answers=1_000)
    assert breach([CHAMPION, popular], {"champion": good, "popularity": half}, RAILS) is None
