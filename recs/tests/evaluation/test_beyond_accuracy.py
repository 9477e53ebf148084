"""Figures beyond accuracy, by hand, and blind to how items are numbered."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recs import History, HybridRecommender
from recs.arrays import Positions
from recs.errors import ShapeError
from recs.evaluation.beyond_accuracy import (
    Lists,
    ListStatistics,
    coverage,
    gini,
    intra_list_diversity,
    lists_of,
    novelty,
)
from recs.evaluation.cold import cold_item_metrics, cold_user_metrics
from recs.evaluation.metrics import mid_ranks, user_metrics
from recs.evaluation.scoring import scored_blocks

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


def test_novelty_is_mean_self_information() -> None:
    met = np.array([8, 4, 1, 0])
    assert novelty(lists([0, 1], [2], [3], []), met, 8)[:3].tolist() == [0.5, 3.0, 3.0]
    assert np.isnan(novelty(lists([0], []), met, 8)[1])


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


def test_cold_slices_by_hand() -> None:
    ranks, users = np.array([1.0, 9.0, 2.0, np.inf]), np.array([0, 0, 1, 2])
    cold_items = cold_item_metrics(ranks, users, np.array([50, 5, 0, 1]), [5], at_most=5)
    assert cold_items == pytest.approx(
        {"users": 3, "recall@5": 1 / 3, "ndcg@5": 1 / np.log2(3) / 3, "mrr@5": 1 / 6}
    )
    assert cold_item_metrics(ranks, users, np.full(4, 9), [5], at_most=5) == {"users": 0.0}
    metrics = user_metrics(ranks, users, 3, [5])
    cold_users = cold_user_metrics(metrics, np.array([9, 3, 0]), at_most=3)
    assert (cold_users["users"], cold_users["recall@5"]) == (2, 0.5)
    assert cold_user_metrics(metrics, np.array([9, 9, 9])) == {"users": 0.0}


def shop(numbers: Positions) -> dict[str, float]:
    """Fit and judge one made-up shop whose items carry the given numbers; return every figure."""
    rng = np.random.default_rng(11)
    users, items = rng.integers(0, 80, 900), (rng.pareto(1.2, 900) * 4).astype(np.int64) % 40
    frame = pd.DataFrame({"user_id": users, "item_id": numbers[items], "timestamp": np.arange(900.0)})
    catalogue = pd.DataFrame({"item_id": numbers, "category": np.arange(40) % 5, "brand": np.arange(40) % 3})
    past = frame[:700]
    snapshot = HybridRecommender().fit(past, catalogue, as_of=699.0)
    histories = [
        History(rows["item_id"].to_numpy(), None, None, rows["timestamp"].to_numpy(), 699.0)
        for _, rows in past.groupby("user_id")
    ]
    asked = rng.integers(0, len(histories), 300)
    asked = np.concatenate([rng.integers(0, len(histories), 300), np.arange(len(histories))])
    wanted = np.concatenate([items[rng.integers(0, 900, 300)], items[: len(histories)]])
    targets = snapshot.vocabulary.positions(numbers[wanted])
    met = past.drop_duplicates(["user_id", "item_id"])["item_id"].value_counts()
    by_position = np.array([int(met.get(item, 0)) for item in snapshot.item_ids.tolist()])
    attributes = snapshot.parts.attributes
    statistics = ListStatistics(
        5, np.ones(40, dtype=np.bool_), by_position, 80, [attributes.categories, attributes.brands]
    )
    ranks = np.full(targets.shape[0], np.inf)
    for first, block in scored_blocks(snapshot, histories):
        statistics.add(block)
        inside = (asked >= first) & (asked < first + block.shape[0])
        ranks[inside] = mid_ranks(block, asked[inside] - first, targets[inside])
    metrics = user_metrics(ranks, asked, len(histories), [5, 10])
    return {**{name: float(values.mean()) for name, values in metrics.items()}, **statistics.report()}


def test_item_numbers_are_never_a_signal() -> None:
    numbers = np.arange(40)
    expected = shop(numbers)
    assert 0 < expected["coverage@5"] <= 1
    for seed in range(3):
        permuted = np.random.default_rng(seed).permutation(numbers) * 3 + 7
        assert shop(permuted) == pytest.approx(expected, rel=1e-12)
