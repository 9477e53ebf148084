"""Models that tell candidates apart which were never met together with a history."""

import numpy as np
import pytest

from recs.candidates import item_walks
from recs.candidates.faded_popularity import FadedPopularity
from recs.candidates.item_vectors import ItemVectors
from recs.candidates.item_walks import ItemWalks
from recs.candidates.sequence_model import FixedCandidatesScorer, SequenceModel, SequenceTraining
from recs.sequences import Sequences

STEPS = ItemWalks(
    lags=1, backward=0.0, row_power=1.0, damping=0.0, popularity_power=0.0, second_step=0.5, recency=0.5
)


def learned(rows: list[list[int]], n_items: int) -> SequenceTraining:
    return SequenceTraining(Sequences.of(rows, n_items))


@pytest.mark.parametrize("model", [FadedPopularity(), ItemVectors(), ItemVectors(dimensions=2), ItemWalks()])
def test_given_candidates_are_scored_as_among_all(model: SequenceModel) -> None:
    rows = [[0, 1, 2], [0, 1], [3, 0, 4, 4], [1, 2, 5, 0], [6], []]
    histories = Sequences.of([[0], [0, 1], [4, 4, 3], [7], [], [6, 5, 4, 3, 2, 1, 0]], 8)
    scorer = model.fit(learned(rows, 8))
    assert isinstance(scorer, FixedCandidatesScorer)
    dense = scorer.scores(histories).toarray().ravel()
    for keys in (np.arange(48), np.array([3, 9, 10, 31, 47]), np.empty(0, dtype=np.int64)):
        found = scorer.candidate_scores(histories, keys)
        assert found.dtype == np.float32
        assert found == pytest.approx(dense[keys], rel=1e-5)


def test_walks_of_two_steps_by_hand() -> None:
    rows = [[0, 1], [0, 2], [1, 3], [2, 3], [2, 4], [2, 4]]
    keys = np.arange(5)
    scored = STEPS.fit(learned(rows, 5)).candidate_scores(Sequences.of([[0]], 5), keys)
    # Half of the walks pass 1 and half 2; two thirds of those that pass 2 end at 4.
    assert scored == pytest.approx([0, 0.5, 0.5, 0.5 * (1 / 2 + 1 / 6), 0.5 / 3])


def test_walks_give_way_from_what_is_popular_anyway() -> None:
    rows = [[0, 1], [0, 2], [2], [2]]
    plain, fair = (
        ItemWalks(lags=1, backward=0.0, second_step=0.0, popularity_power=power)
        .fit(learned(rows, 3))
        .candidate_scores(Sequences.of([[0]], 3), np.arange(3))
        for power in (0.0, 1.0)
    )
    assert plain[1] == plain[2] > 0
    assert fair[1] / fair[2] == pytest.approx(4 / 2)  # met once and three times


def test_walks_in_small_pieces_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    rows = [rng.integers(0, 30, 6).tolist() for _ in range(60)]
    histories = Sequences.of(rows[:20], 30)
    keys = np.sort(rng.choice(600, 250, replace=False))
    scorer = ItemWalks().fit(learned(rows, 30))
    whole = scorer.candidate_scores(histories, keys)
    monkeypatch.setattr(item_walks, "_DENSE_AT_ONCE", 90)
    monkeypatch.setattr(item_walks, "_ENTRIES_AT_ONCE", 40)
    assert scorer.candidate_scores(histories, keys) == pytest.approx(whole, rel=1e-6)


def test_vectors_know_what_is_alike_though_never_met_together() -> None:
    # Two worlds of ten items; 0 and 9 belong to one world and never stand in one row.
    rng = np.random.default_rng(6)
    rows = [(rng.permutation(10)[:4] + 10 * (row % 2)).tolist() for row in range(400)]
    rows = [row for row in rows if not {0, 9} <= set(row)]
    vectors = ItemVectors(dimensions=2, popularity_power=0.0)
    scored = vectors.fit(learned(rows, 20)).scores(Sequences.of([[0]], 20)).toarray()[0]
    assert scored[9] > 2 * scored[10:].max()


def test_vectors_prefer_the_popular_and_never_name_what_nobody_met() -> None:
    rows = [[0, 1], [0, 2], [0, 1], [0, 2], [2], [2], [2]]
    histories = Sequences.of([[0]], 4)
    plain, popular = (
        ItemVectors(dimensions=1, popularity_power=power).fit(learned(rows, 4)).scores(histories).toarray()[0]
        for power in (0.0, 1.0)
    )
    assert popular[1:3] == pytest.approx(plain[1:3] * [3, 6], rel=1e-5)
    assert plain[3] == popular[3] == 0


def test_vectors_start_from_what_was_met_first_not_from_item_numbers() -> None:
    rng = np.random.default_rng(9)
    rows = [rng.integers(0, 50, 5).tolist() for _ in range(120)]
    new = rng.permutation(50)
    plain, renumbered = (
        ItemVectors(dimensions=8)
        .fit(learned([names[row].tolist() for row in rows], 50))
        .scores(Sequences.of([names[[3, 14]]], 50))
        .toarray()[0]
        for names in (np.arange(50), new)
    )
    assert renumbered[new] == pytest.approx(plain, rel=1e-4)
