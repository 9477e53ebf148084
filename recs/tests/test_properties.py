"""Laws that hold for any input: fast paths equal their obvious counterparts."""

from math import ceil

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from recs import DiversityConfig, History, RecencyConfig, Vocabulary
from recs.candidates.neighbours import NeighbourTable
from recs.candidates.ranked_list import RankedList
from recs.evaluation.metrics import mid_ranks, user_metrics
from recs.history import Seeds, group_starts, seeds_of
from recs.ranking.diversity import capped, marginal_relevance
from recs.ranking.order import best_first

floats = st.floats(width=32, allow_nan=False)
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12)


@given(st.lists(floats, max_size=40))
def test_best_first_is_a_stable_sort(values: list[float]) -> None:
    scores = np.array(values, dtype=np.float32)
    assert best_first(scores).tolist() == sorted(range(len(values)), key=lambda i: (-scores[i], i))


@given(st.sets(st.integers(-(2**63), 2**63 - 1)), st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_integer_vocabulary_finds_what_it_holds(held: set[int], asked: list[int]) -> None:
    ordered = sorted(held)
    found = Vocabulary.of(held).positions(asked + ordered).tolist()
    assert found == [ordered.index(item) if item in held else -1 for item in asked] + list(range(len(held)))


@given(st.sets(texts, min_size=1), st.lists(texts))
def test_text_vocabulary_finds_what_it_holds(held: set[str], asked: list[str]) -> None:
    vocabulary = Vocabulary.of(held)
    ordered = sorted(held)
    found = vocabulary.positions(asked + ordered).tolist()
    assert found == [ordered.index(item) if item in held else -1 for item in asked] + list(range(len(held)))
    assert vocabulary.ids_at(np.arange(len(held))).tolist() == ordered


@given(st.lists(st.integers(0, 3)))
def test_group_starts_cut_runs(values: list[int]) -> None:
    grouped = np.array(sorted(values), dtype=np.int64)
    starts = group_starts(grouped).tolist()
    assert [grouped[a] for a in starts[:-1]] == sorted(set(values))
    assert starts[-1] == len(values)


events = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 6), st.floats(0, 1e7)), min_size=1, max_size=30)


@given(events)
def test_a_seed_never_depends_on_the_others(rows: list[tuple[int, int, float]]) -> None:
    vocabulary = Vocabulary.of(range(8))

    def seeds(kept: list[tuple[int, int, float]]) -> Seeds:
        return seeds_of(
            History.of(
                [r[0] for r in kept], events=[r[1] for r in kept], timestamps=[r[2] for r in kept], as_of=2e7
            ),
            vocabulary,
            RecencyConfig(long_half_life_s=1e7),
        )

    whole = seeds(rows)
    weights = dict(zip(whole.positions.tolist(), whole.weights.tolist(), strict=True))
    assert set(whole.unknown_ids) == {item for item, _, _ in rows if item > 7}
    for left_out in weights:
        rest = seeds([row for row in rows if row[0] != left_out])
        assert dict(zip(rest.positions.tolist(), rest.weights.tolist(), strict=True)) == {
            item: weight for item, weight in weights.items() if item != left_out
        }


@given(
    st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), max_size=40),
    st.integers(1, 15),
    st.sampled_from([0.2, 0.5, 1.0]),
    st.sampled_from([0.3, 1.0]),
)
def test_caps_hold_while_others_qualify(
    items: list[tuple[int, int]], n: int, category_share: float, brand_share: float
) -> None:
    config = DiversityConfig(category_share=category_share, brand_share=brand_share)
    chosen = capped([(place, *codes) for place, codes in enumerate(items)], n, config)
    assert len(chosen) == len(set(chosen)) == min(n, len(items))
    expected: list[int] = []
    for index, (category, brand) in enumerate(items):
        full = category >= 0 and sum(items[i][0] == category for i in expected) >= ceil(n * category_share)
        full |= brand >= 0 and sum(items[i][1] == brand for i in expected) >= ceil(n * brand_share)
        if not full and len(expected) < n:
            expected.append(index)
    assert chosen[: len(expected)] == expected


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-1, 2)), min_size=1, max_size=12))
def test_marginal_relevance_orders_everything_and_starts_with_the_best(
    items: list[tuple[int, int]],
) -> None:
    scores = np.array([score for score, _ in items], dtype=np.float32)
    codes = np.array([code for _, code in items], dtype=np.int32)
    order = marginal_relevance(scores, codes, codes, 0.7)
    assert sorted(order) == list(range(len(items)))
    assert scores[order[0]] == scores.max()


@given(st.data())
@settings(max_examples=60)
def test_a_walk_equals_a_filter(data: st.DataObject) -> None:
    n_items = data.draw(st.integers(1, 300))
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    scores = rng.integers(0, 5, n_items).astype(np.float32)
    scores[rng.random(n_items) < 0.1] = np.nan
    categories = rng.integers(-1, 3, n_items).astype(np.int32)
    listed, eligible = (
        rng.random(n_items) < 0.9,
        rng.random(n_items) < data.draw(st.sampled_from([0.02, 0.5, 1])),
    )
    blocked = set(rng.integers(0, n_items, 5).tolist())
    ranked = RankedList.of(scores, categories, 3, listed)
    n, category = data.draw(st.integers(0, 40)), data.draw(st.sampled_from([None, 0, 2]))
    allowed = [
        p
        for p in range(n_items)
        if listed[p]
        and eligible[p]
        and not np.isnan(scores[p])
        and p not in blocked
        and category in (None, categories[p])
    ]
    expected = sorted(allowed, key=lambda p: (-scores[p], p))[:n]
    assert ranked.best(n, eligible, blocked, category) == expected


@given(st.integers(1, 6), st.integers(2, 12), st.integers(1, 5), st.integers(0, 50))
def test_contributions_are_rows_times_weights(n_seeds: int, n_items: int, most: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    positions = rng.integers(-1, n_items, (n_items, 4)).astype(np.int32)
    scores = rng.random((n_items, 4)).astype(np.float32)
    scores[positions < 0] = np.nan
    chosen = np.unique(rng.integers(0, n_items, n_seeds))
    weights = rng.random(chosen.shape, dtype=np.float32)
    seeds = Seeds(chosen, weights, np.zeros(chosen.shape[0], dtype=np.uint8))
    given_parts = NeighbourTable(positions, scores).contributions(seeds, most)
    assert given_parts.values.shape == (chosen.shape[0] * min(4, most),)
    for position, value, index in zip(*given_parts, strict=True):
        if position >= 0:
            row = chosen[index]
            assert value in (scores[row] * weights[index])[:most][positions[row, :most] == position]


@given(
    st.lists(st.sampled_from([0.0, 0.5, 1.0, float("nan"), float("-inf")]), min_size=1, max_size=12),
    st.data(),
)
def test_mid_rank_is_the_mean_over_all_tie_orders(values: list[float], data: st.DataObject) -> None:
    target = data.draw(st.integers(0, len(values) - 1))
    scores = np.array([values], dtype=np.float32)
    rank = mid_ranks(scores, np.array([0]), np.array([target]))[0]
    own = values[target]
    if own == float("-inf"):
        assert rank == np.inf
        return
    as_key = [-1.0 if np.isnan(v) else v for v in values if v != float("-inf")]
    mine = -1.0 if np.isnan(own) else own
    better, equal = sum(v > mine for v in as_key), sum(v == mine for v in as_key)
    assert rank == better + (equal + 1) / 2


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(1, 30)), min_size=1, max_size=20))
def test_metrics_stay_between_zero_and_one(rows: list[tuple[int, float]]) -> None:
    present = {user: place for place, user in enumerate(dict(rows))}
    users = np.array([present[user] for user, _ in rows])
    ranks = np.array([rank for _, rank in rows])
    metrics = user_metrics(ranks, users, len(present), [1, 5, 10])
    for values in metrics.values():
        assert values.shape == (len(present),)
        assert (values >= 0).all()
    assert (metrics["recall@10"] <= 1).all()
    assert (metrics["recall@5"] <= metrics["recall@10"]).all()
