"""Sequence models computed by hand."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from recs.candidates.content import ContentSimilarity
from recs.candidates.faded_popularity import FadedPopularity
from recs.candidates.own_items import OwnItems
from recs.candidates.past_future import PastFuture, inverted
from recs.candidates.sequence_model import SequenceTraining
from recs.candidates.session_knn import SessionKnn
from recs.candidates.transitions import Transitions
from recs.errors import ConfigurationError
from recs.item_features import ItemFeatures
from recs.sequences import Sequences

PLAIN = Transitions(lags=2, lag_power=1.0, backward=0.25, row_power=0.0, damping=0.0)


def learned(rows: list[list[int]], n_items: int, ages: list[float] | None = None) -> SequenceTraining:
    return SequenceTraining(Sequences.of(rows, n_items, None if ages is None else np.array(ages)))


def test_transitions_fade_with_the_distance_and_weigh_the_way_back_less() -> None:
    matrix = PLAIN.item_matrix(learned([[0, 1, 2, 3]], 4)).toarray()
    assert matrix[0].tolist() == [0, 1, 0.5, 0]  # 3 is three steps on: too far
    assert matrix[2].tolist() == [0.125, 0.25, 0, 1]


def test_rows_of_transitions_can_be_conditional_frequencies() -> None:
    frequencies = Transitions(lags=1, backward=0.0, row_power=1.0, damping=2.0)
    matrix = frequencies.item_matrix(learned([[0, 1], [0, 1], [0, 2]], 3)).toarray()
    assert matrix[0] == pytest.approx([0, 0.4, 0.2])


def test_two_hops_reach_what_no_row_joins() -> None:
    rows = [[0, 1], [1, 2]]
    assert PLAIN.item_matrix(learned(rows, 3)).toarray()[0, 2] == 0
    assert Transitions(hops=0.5).item_matrix(learned(rows, 3)).toarray()[0, 2] > 0


def test_items_of_one_basket_do_not_follow_each_other() -> None:
    baskets = Sequences(
        np.array([0, 1, 2], dtype=np.int32),
        np.array([0, 3]),
        3,
        np.zeros(3),
        np.array([0, 0, 1], dtype=np.int32),
    )
    matrix = PLAIN.item_matrix(SequenceTraining(baskets)).toarray()
    assert matrix[0].tolist() == [0, 0, 1]
    assert matrix[1].tolist() == [0, 0, 1]


def test_the_latest_item_of_a_history_counts_most() -> None:
    scorer = Transitions(lags=1, backward=0.0, recency=0.5).fit(learned([[0, 2], [1, 3]], 4))
    forward, turned = scorer.scores(Sequences.of([[0, 1], [1, 0]], 4)).toarray()
    assert forward[3] == pytest.approx(2 * forward[2])
    assert turned[2] == pytest.approx(2 * turned[3])


def test_old_events_fade() -> None:
    scores = (
        FadedPopularity(half_life=0.5).fit(learned([[0], [1]], 2, [1.0, 0.0])).scores(Sequences.of([[]], 2))
    )
    assert scores.toarray().tolist() == [[0.25, 1.0]]


def test_own_items_count_their_times_and_how_often_others_return() -> None:
    training = learned([[0, 0, 0, 1], [0, 0, 1]], 2)
    scores = (
        OwnItems(recency=1.0, rate_power=1.0, prior=1.0).fit(training).scores(Sequences.of([[1, 0, 0]], 2))
    )
    returned, once = scores.toarray()[0]
    assert returned > 2 * once > 0


def test_session_neighbours_speak_for_what_stands_close_to_the_match() -> None:
    scorer = SessionKnn(match_reach=1.0, before_match=0.0, rarity=0.0).fit(learned([[3, 0, 1, 2], [4, 3]], 5))
    near, far, before = scorer.scores(Sequences.of([[0]], 5)).toarray()[0][[1, 2, 3]]
    assert near / far == pytest.approx(np.e, rel=1e-5)
    assert before == 0


def test_session_neighbours_prefer_recent_sessions() -> None:
    scorer = SessionKnn(session_half_life=0.5).fit(learned([[0, 1], [0, 2]], 3, [1.0, 1.0, 0.0, 0.0]))
    old, new = scorer.scores(Sequences.of([[0]], 3)).toarray()[0][1:]
    assert new == pytest.approx(4 * old)


def test_long_sessions_are_fewer_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [[0, 1, 5, 5, 5], [0, 2], [0, 3], [4, 4]]
    training, asked = learned(rows, 6), Sequences.of([[0], [4], []], 6)
    whole = SessionKnn(length_power=1.0).fit(training).scores(asked).toarray()
    assert (whole[0, [1, 2, 3, 5]] > 0).all()
    monkeypatch.setattr("recs.candidates.session_knn._MOST_EVENTS", 4)
    # The two short sessions are nearer and fit; the long one, which would be the third, does not.
    bounded = SessionKnn(length_power=1.0).fit(training).scores(asked).toarray()
    assert bounded[0, [1, 5]].tolist() == [0, 0]
    assert bounded[0, [2, 3]].tolist() == whole[0, [2, 3]].tolist()
    assert bounded[1:].tolist() == whole[1:].tolist()


def test_the_closed_form_solves_its_normal_equations() -> None:
    rows = [[0, 1, 2], [2, 0, 1], [1, 1, 3]]
    model = PastFuture(ridge=0.7, past_recency=0.5, future_recency=0.25)
    past, future = [], []
    for row in rows:
        for split in range(1, len(row)):
            seen, ahead = np.zeros(4), np.zeros(4)
            for back, item in enumerate(reversed(row[:split])):
                seen[item] += 0.5**back
            for on, item in enumerate(row[split:]):
                ahead[item] += 0.25**on
            past.append(seen)
            future.append(ahead)
    s, t = np.array(past), np.array(future)
    wanted = np.linalg.solve(s.T @ s + 0.7 * np.eye(4), s.T @ t)
    assert model.item_matrix(learned(rows, 4)).toarray() == pytest.approx(np.maximum(wanted, 0), abs=1e-5)


def test_a_matrix_without_an_inverse_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="ridge"):
        inverted(csr_array(np.array([[1.0, 2.0], [2.0, 1.0]], dtype=np.float32)), 1e-6)


@pytest.mark.parametrize("dimensions", [0, 2])
def test_content_finds_items_that_nobody_met(dimensions: int) -> None:
    features = csr_array(np.array([[1, 0, 1], [1, 0, 1], [0, 1, 0], [0, 1, 1]], dtype=np.float32))
    training = SequenceTraining(Sequences.of([[0, 2]], 4), ItemFeatures(features))
    scores = (
        ContentSimilarity(dimensions=dimensions).fit(training).scores(Sequences.of([[0]], 4)).toarray()[0]
    )
    assert scores[0] == 0
    assert scores[1] > scores[2]
    assert scores[1] > 0


def test_reduced_content_does_not_depend_on_item_numbers() -> None:
    rng = np.random.default_rng(3)
    features = (rng.random((30, 50)) < 0.2).astype(np.float32)  # more words than items
    new = rng.permutation(30)
    renumbered = np.empty_like(features)
    renumbered[new] = features
    similar = [
        ContentSimilarity(dimensions=6, neighbours=30)
        .item_matrix(SequenceTraining(Sequences.of([[first, second]], 30), ItemFeatures(csr_array(words))))
        .toarray()
        for words, first, second in ((features, 4, 9), (renumbered, new[4], new[9]))
    ]
    assert similar[1][np.ix_(new, new)] == pytest.approx(similar[0], abs=1e-4)
