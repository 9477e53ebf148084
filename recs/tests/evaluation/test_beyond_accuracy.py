"""Figures beyond accuracy, by hand, and blind to how items are numbered."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recs import HybridConfig
from recs.arrays import Positions
from recs.candidates.rows import no_scores
from recs.errors import ShapeError
from recs.evaluation.beyond_accuracy import (
    Lists,
    coverage,
    gini,
    intra_list_diversity,
    lists_of,
)
from recs.evaluation.events import EventsProtocol
from recs.evaluation.metrics import mid_ranks
from recs.evaluation.ranking import target_ranks

ALL = np.ones(4, dtype=np.bool_)


def lists(*rows: list[int]) -> Lists:
    users = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    return Lists(users, np.array([item for row in rows for item in row], dtype=np.int64), len(rows))


def test_coverage_counts_listed_items_only() -> None:
    assert coverage(np.array([3, 0, 1, 0]), ALL) == 0.5
    assert coverage(np.array([3, 0, 1, 0]), np.array([True, True, False, False])) == 0.5
    assert coverage(np.array([3, 0, 1, 0]), np.zeros(4, dtype=np.bool_)) == 0.0


def test_gini_by_hand() -> None:
    assert gini(np.array([2, 2, 2, 2]), ALL) == 0.0
    assert gini(np.array([0, 0, 0, 5]), ALL) == 0.75
    assert gini(np.array([1, 3]), ALL[:2]) == 0.25  # half the mean difference over the mean: (2 / 2) / 2 / 2
    assert gini(np.array([0, 0, 0, 0]), ALL) == 0.0


def test_diversity_is_the_share_of_differing_attributes() -> None:
    categories, brands = np.array([0, 0, 1, -1]), np.array([5, 5, 5, -1])
    found = intra_list_diversity(lists([0, 1], [0, 2], [0, 1, 2], [3, 3], [1]), [categories, brands])
    assert found[:4].tolist() == pytest.approx([0.0, 0.5, 1 / 3, 1.0])
    assert np.isnan(found[4])
    with pytest.raises(ShapeError):
        intra_list_diversity(lists([0]), [])


def test_lists_hold_what_recall_would_count() -> None:
    scores = np.array(
        [[0.9, 0.5, 0.5, 0.1], [-np.inf, np.nan, 0.0, 1.0], [0.0, 0.0, 0.0, 0.0]], dtype=np.float32
    )
    found = lists_of(scores, 2)
    assert list(zip(found.users.tolist(), found.items.tolist(), strict=True)) == [(0, 0), (1, 2), (1, 3)]
    assert lists_of(scores, 9).items.shape == (10,)
    assert lists_of(np.empty((2, 0), dtype=np.float32), 3).n_users == 2


@given(
    st.lists(st.sampled_from([0.0, 0.5, 1.0, float("nan"), float("-inf")]), min_size=1, max_size=9),
    st.integers(1, 10),
)
def test_a_list_is_every_item_whose_mid_rank_is_within_k(values: list[float], k: int) -> None:
    scores = np.array([values], dtype=np.float32)
    everything = np.arange(len(values))
    ranks = mid_ranks(scores, np.zeros(len(values), dtype=np.int64), everything)
    scored = np.isfinite(scores[0])
    assert lists_of(scores, k).items.tolist() == everything[(ranks <= k) & scored].tolist()


def shop(numbers: Positions) -> dict[str, float]:
    """Judge one made-up shop whose items carry the given numbers; return every figure."""
    rng = np.random.default_rng(11)
    users, items = rng.integers(0, 80, 900), (rng.pareto(1.2, 900) * 4).astype(np.int64) % 40
    frame = pd.DataFrame({"user_id": users, "item_id": numbers[items], "timestamp": np.arange(900.0)})
    kept = np.arange(40) != 3  # not in the catalogue: never shown, never found
    catalogue = pd.DataFrame({"item_id": numbers, "category": np.arange(40) % 5, "brand": np.arange(40) % 3})
    judgement = EventsProtocol(frame, catalogue[kept]).judge(HybridConfig(), [5, 10], progress=False)
    means = {name: float(values.mean()) for name, values in judgement.test.items()}
    return {**means, **judgement.lists, "validation": judgement.validation}


def test_item_numbers_are_never_a_signal() -> None:
    numbers = np.arange(40)
    expected = shop(numbers)
    assert 0 < expected["coverage@10"] <= 1
    assert expected.keys() >= {
        "gini@10",
        "novelty@10",
        "diversity@10",
        "recall@10.coldItems",
    }
    for seed in range(3):
        permuted = np.random.default_rng(seed).permutation(numbers) * 3 + 7
        assert shop(permuted) == pytest.approx(expected, rel=1e-12)


def test_what_is_not_in_the_catalogue_is_never_found() -> None:
    rows = [(user, item, 10.0 * item + user) for user in range(30) for item in range(8)]
    frame = pd.DataFrame(rows, columns=["user_id", "item_id", "timestamp"])
    elsewhere = pd.DataFrame({"item_id": [100, 101]})
    protocol = EventsProtocol(frame, elsewhere, window_s=12.0)
    judgement = protocol.judge(HybridConfig(), [10], progress=False)
    assert judgement.test["recall@10"].max() == 0
    task = protocol.test()
    nothing = no_scores(len(task.questions.histories), task.questions.histories.n_items)
    assert np.isinf(target_ranks(nothing, task.questions)).all()
    whole = EventsProtocol(frame, window_s=12.0).judge(HybridConfig(), [10], progress=False)
    assert whole.test["recall@10"].min() == 1
