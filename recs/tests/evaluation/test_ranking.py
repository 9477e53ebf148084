"""Ranks of sparse scores equal ranks of the whole dense matrix."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from recs.candidates.faded_popularity import FadedPopularity
from recs.candidates.sequence_model import SequenceTraining
from recs.evaluation.metrics import mid_ranks
from recs.evaluation.negatives import drawn_negatives
from recs.evaluation.ranking import asked_scores, target_ranks
from recs.evaluation.tasks import Questions
from recs.sequences import Sequences

N_ITEMS = 9


class Fixed:
    """A scorer that was told its scores."""

    def __init__(self, dense: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> None:
        self.dense = dense

    def scores(self, histories: Sequences) -> csr_array:
        return csr_array(self.dense[: len(histories)])


def questions(seed: int, *, masked: bool, negatives: bool) -> tuple[Fixed, Questions]:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 6))
    histories = Sequences.of([rng.integers(0, N_ITEMS, rng.integers(0, 4)) for _ in range(n)], N_ITEMS)
    owners = np.sort(np.concatenate((np.arange(n), rng.integers(0, n, 3))))
    targets = rng.integers(-1, N_ITEMS, owners.size)
    drawn = rng.integers(0, N_ITEMS, (n, 3)).astype(np.int32) if negatives else None
    scores = rng.integers(0, 4, (n, N_ITEMS)).astype(np.float32)
    return Fixed(scores), Questions(histories, owners, targets, masked, np.arange(n), drawn)


@given(seed=st.integers(0, 10_000), masked=st.booleans())
@settings(max_examples=60)
def test_full_ranking_equals_the_dense_one(seed: int, masked: bool) -> None:
    scorer, asked = questions(seed, masked=masked, negatives=False)
    dense = scorer.dense.copy()
    if masked:
        dense[asked.histories.rows, asked.histories.items] = -np.inf
    scores = asked_scores(scorer, asked, N_ITEMS, progress=False)
    assert target_ranks(scores, asked).tolist() == mid_ranks(dense, asked.owners, asked.targets).tolist()


def test_fixed_negatives_compete_with_the_target_alone() -> None:
    scorer = Fixed(np.array([[5, 1, 3, 0, 4, 2, 0, 0, 0]], dtype=np.float32))
    asked = Questions(
        Sequences.of([[8]], N_ITEMS),
        np.array([0]),
        np.array([2]),
        masked=True,
        clusters=np.array([0]),
        negatives=np.array([[1, 4, 3]]),
    )
    scores = asked_scores(scorer, asked, 1, progress=False)
    assert target_ranks(scores, asked).tolist() == [2.0]
    unscored = Questions(
        asked.histories,
        asked.owners,
        np.array([3]),
        masked=True,
        clusters=asked.clusters,
        negatives=np.array([[6, 7, 4]]),
    )
    scores = asked_scores(scorer, unscored, 1, progress=False)
    assert target_ranks(scores, unscored).tolist() == [3.0]  # behind 4, level with 6 and 7


def test_popularity_tells_all_fixed_negatives_apart_and_leaves_equals_level() -> None:
    counts = [9, 7, 5, 4, 3, 2, 2, 1, 0]
    sold = Sequences.of([np.repeat(np.arange(N_ITEMS), counts)], N_ITEMS)
    scorer = FadedPopularity(depth=2).fit(SequenceTraining(sold))
    asked = Questions(
        Sequences.of([[0], [0], [0]], N_ITEMS),
        np.array([0, 1, 2]),
        np.array([4, 5, 8]),
        masked=True,
        clusters=np.arange(3),
        negatives=np.array([[1, 3, 7], [3, 6, 7], [1, 6, 7]]),
    )
    # Third of 7, 4, 3, 1; level with another 2 behind 4; last, never sold.
    assert target_ranks(asked_scores(scorer, asked, 1, progress=False), asked).tolist() == [3.0, 2.5, 4.0]
    everything = replace(asked, negatives=None)
    ranks = target_ranks(asked_scores(scorer, everything, 9, progress=False), everything)
    assert ranks[0] == ranks[1] == ranks[2] == 1 + (7 + 1) / 2  # only two are named, one of them is masked


def test_what_may_not_be_recommended_is_no_fixed_candidate_either() -> None:
    scorer = FadedPopularity().fit(SequenceTraining(Sequences.of([[0, 0, 1]], N_ITEMS)))
    asked = Questions(
        Sequences.of([[2]], N_ITEMS),
        np.array([0]),
        np.array([1]),
        masked=True,
        clusters=np.array([0]),
        negatives=np.array([[0, 3]]),
        eligible=np.arange(N_ITEMS) != 0,
    )
    assert target_ranks(asked_scores(scorer, asked, 1, progress=False), asked).tolist() == [1.0]


def test_drawn_negatives_are_distinct_strangers_drawn_evenly() -> None:
    met = Sequences.of([[0, 1, 2], [], list(range(38)), list(range(40))] * 500, 40)
    drawn = drawn_negatives(met, 4, np.random.default_rng(1))
    assert drawn.shape == (2000, 4)
    assert not np.isin(drawn[0::4], [0, 1, 2]).any()
    assert (np.diff(np.sort(drawn[[*range(0, 2000, 4), *range(1, 2000, 4)]], axis=1), axis=1) > 0).all()
    assert set(np.unique(drawn[2::4])) == {38, 39}  # too few to be distinct
    times = np.bincount(drawn[1::4].ravel(), minlength=40)
    assert np.abs(times - 50).max() < 5 * np.sqrt(50)
    assert np.bincount(drawn[0::4].ravel(), minlength=40)[3:].min() > 20


def test_the_same_negatives_are_drawn_whatever_the_numbers_of_items() -> None:
    rng = np.random.default_rng(2)
    rows = [*(rng.permutation(40)[:8] for _ in range(50)), np.arange(38)]
    new = rng.permutation(40)
    drawn, renumbered = (
        drawn_negatives(Sequences.of([names[row] for row in rows], 40), 4, np.random.default_rng(1))
        for names in (np.arange(40), new)
    )
    assert (renumbered == new[drawn]).all()


def test_items_below_the_kept_depth_share_the_last_rank() -> None:
    scorer = Fixed(np.arange(9, 0, -1, dtype=np.float32)[None, :])
    asked = Questions(
        Sequences.of([[]], N_ITEMS), np.array([0, 0]), np.array([1, 8]), masked=True, clusters=np.array([0])
    )
    ranks = target_ranks(asked_scores(scorer, asked, 3, progress=False), asked)
    assert ranks.tolist() == [2.0, 3 + 3.5]


def test_items_that_are_not_eligible_are_not_recommended() -> None:
    scorer = Fixed(np.arange(9, 0, -1, dtype=np.float32)[None, :])
    eligible = np.ones(N_ITEMS, dtype=np.bool_)
    eligible[0] = False
    asked = Questions(
        Sequences.of([[]], N_ITEMS),
        np.array([0]),
        np.array([1]),
        masked=True,
        clusters=np.array([0]),
        eligible=eligible,
    )
    assert target_ranks(asked_scores(scorer, asked, 9, progress=False), asked).tolist() == [1.0]


def test_smaller_samples_are_part_of_larger_ones() -> None:
    own = np.arange(50)
    asked = Questions(
        Sequences.of([[i % 9] for i in range(50)], N_ITEMS), own, own % 9, masked=True, clusters=own
    )
    few, more = asked.sample(10, 3), asked.sample(20, 3)
    assert set(few.clusters) < set(more.clusters)
    assert (few.targets == few.clusters % 9).all()
    assert asked.sample(50, 3) is asked
