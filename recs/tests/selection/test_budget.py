"""A search keeps its time, and what it returns was compared in it."""

import pytest

from recs import Budget
from recs.candidates.sequence_model import SequenceModel
from recs.evaluation.comparison import _Shares
from recs.selection.budget import UNLIMITED
from recs.selection.families import FAMILIES
from recs.selection.search import Rung, searched


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_step_begins_while_the_longest_one_would_still_fit() -> None:
    clock = Clock()
    budget = Budget(10.0, clock=clock)
    assert budget.begins()
    clock.now += 4.0
    assert budget.begins()
    clock.now += 1.0
    assert budget.begins()  # 5 s are left, the longest took 4
    clock.now += 2.0
    assert not budget.begins()
    clock.now += 1.0
    assert budget.left_s == 2.0
    assert budget.part(0.5).left_s == 1.0
    clock.now += 5.0
    assert budget.left_s == 0.0
    assert not Budget(0.0, clock=clock).begins()
    assert UNLIMITED.part(0.1).begins()


@pytest.mark.parametrize(("seconds", "n_asked"), [(0.0, 1), (1.5, 1), (5.5, 5), (12.0, 12), (1e9, 20)])
def test_a_search_stops_in_time_with_the_best_that_it_compared(seconds: float, n_asked: int) -> None:
    clock, asked = Clock(), []

    def judge(model: SequenceModel, n_questions: int) -> float:
        clock.now += 1.0
        asked.append((n_questions, model))
        return -abs(float(model.parameters()["recency"]) - 0.5)

    rungs = (Rung(12, 10), Rung(6, 20), Rung(2, 40))
    budget = Budget(seconds, clock=clock)
    found = searched(FAMILIES["transitions"], judge, seed=4, rungs=rungs, budget=budget)
    assert len(asked) == n_asked
    assert clock.now - 100.0 <= max(seconds, 1.0)
    assert asked[0][1] == FAMILIES["transitions"].default
    latest = [model for n_questions, model in asked if n_questions == asked[-1][0]]
    assert found.best == max(latest, key=lambda model: judge(model, 0))


def test_what_quick_searches_leave_is_shared_by_those_that_follow() -> None:
    clock = Clock()
    shares = _Shares(Budget(80.0, clock=clock), 8)
    assert shares.taken_s() == 20.0  # two at once: each has a quarter of the time of two
    clock.now += 2.0
    assert shares.taken_s() == pytest.approx(78.0 * 2 / 7)
    for _ in range(5):
        shares.taken_s()
    assert shares.taken_s() == 78.0
    clock.now += 100.0
    assert shares.taken_s() == 0.0
