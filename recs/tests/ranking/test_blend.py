"""The one-pass blend against a dictionary that sums."""

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recs import ServingConfig
from recs.arrays import AnyArray
from recs.attributes import ItemAttributes
from recs.candidates.blended import BlendedNeighbours, Weighted
from recs.candidates.neighbours import NeighbourTable
from recs.candidates.ranked_list import RankedList
from recs.errors import ShapeError
from recs.history import Seeds
from recs.parts import FittedGenerator, SnapshotParts
from recs.ranking.blend import blend
from recs.ranking.reasons import reasons_for
from recs.vocabulary import Vocabulary

N_ITEMS = 40


def table(rng: np.random.Generator, width: int) -> NeighbourTable:
    positions = np.array([rng.permutation(N_ITEMS)[:width] for _ in range(N_ITEMS)], dtype=np.int32)
    scores = rng.random(positions.shape).astype(np.float32)
    padded = rng.random(positions.shape) < 0.3
    positions[padded], scores[padded] = -1, np.nan
    return NeighbourTable(positions, scores)


def parts_of(rng: np.random.Generator, tables: list[NeighbourTable]) -> SnapshotParts:
    categories = (np.arange(N_ITEMS) % 3).astype(np.int32)
    everything = np.ones(N_ITEMS, dtype=np.bool_)
    ranked = RankedList.of(rng.random(N_ITEMS, dtype=np.float32), categories, 3, everything)
    names = Vocabulary.of(range(3))
    return SnapshotParts(
        Vocabulary.of(range(100, 100 + N_ITEMS)),
        ItemAttributes(categories, categories, names, names),
        tuple(FittedGenerator(f"g{place}", 1.0 + place, each) for place, each in enumerate(tables)),
        ranked,
        ranked,
        ranked,
        np.zeros(N_ITEMS, dtype=np.float32),
        ServingConfig(popularity_weight=0.1, popular_candidates=5),
    )


def seeds_at(rng: np.random.Generator, n_seeds: int) -> Seeds:
    positions = np.sort(rng.permutation(N_ITEMS)[:n_seeds])
    weights = rng.random(n_seeds).astype(np.float32) + np.float32(0.1)
    return Seeds(positions, weights, np.ones(n_seeds, dtype=np.uint8))


def wide_enough(generators: tuple[FittedGenerator, ...]) -> BlendedNeighbours | None:
    """Return sums made in advance of which none is left out for want of room."""
    room = NeighbourTable(
        np.full((N_ITEMS, N_ITEMS), -1, np.int32), np.full((N_ITEMS, N_ITEMS), np.nan, np.float32)
    )
    weighted = [
        Weighted(each.scorer, each.weight) for each in generators if isinstance(each.scorer, NeighbourTable)
    ]
    return BlendedNeighbours.of([*weighted, Weighted(room, 1.0)]) if weighted else None


def summed(parts: SnapshotParts, seeds: Seeds) -> dict[int, dict[int, float]]:
    """Return what each seed gives each candidate, the slow way."""
    given_to: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for generator in parts.generators:
        arrays: dict[str, AnyArray] = dict(generator.scorer.arrays())
        for index, (seed, weight) in enumerate(zip(seeds.positions, seeds.weights, strict=True)):
            for position, score in zip(arrays["positions"][seed], arrays["scores"][seed], strict=True):
                if position >= 0:
                    given_to[int(position)][index] += float(score) * float(weight) * generator.weight
    for position in parts.popular.order[:5].tolist():
        given_to.setdefault(position, {})
    return given_to


@given(st.integers(0, 10_000), st.integers(0, 8), st.integers(0, 3), st.integers(1, 30), st.booleans())
@settings(max_examples=80, deadline=None)
def test_blend_and_reasons_equal_a_dictionary(
    seed: int, n_seeds: int, n_tables: int, width: int, in_advance: bool
) -> None:
    rng = np.random.default_rng(seed)
    parts = parts_of(rng, [table(rng, width) for _ in range(n_tables)])
    if in_advance:
        parts = replace(parts, blended=wide_enough(parts.generators))
    seeds = seeds_at(rng, n_seeds)
    expected = summed(parts, seeds)
    blended = blend(parts, seeds)
    assert blended.positions.tolist() == sorted(expected)
    popularity = 0.1 * parts.popular.scores[blended.positions]
    support = np.array([sum(expected[p].values()) for p in blended.positions.tolist()])
    assert blended.support == pytest.approx(support, abs=1e-5)
    assert blended.scores == pytest.approx(support + popularity, abs=1e-5)
    [order] = blended.best_first(len(expected))
    ranked = list(zip((-blended.scores[order]).tolist(), order.tolist(), strict=True))
    assert ranked == sorted(ranked)
    chosen = order[:6]
    told = reasons_for(blended, chosen, blended.scores_of(chosen).tolist(), seeds, parts.vocabulary, 0.3)
    for candidate, reason in zip(chosen.tolist(), told, strict=True):
        parts_given = expected[int(blended.positions[candidate])]
        total = sum(parts_given.values())
        if reason.kind == "popular":
            assert total <= popularity[candidate] + 1e-5
            continue
        by_id = {
            int(parts.vocabulary.ids[seeds.positions[index]]): value for index, value in parts_given.items()
        }
        strongest = sorted(by_id, key=lambda item: -by_id[item])[: len(reason.item_ids)]
        assert list(reason.item_ids) == strongest
        assert reason.contribution == pytest.approx(sum(by_id[item] for item in strongest), abs=1e-5)
        assert (reason.kind == "because_you_viewed") == (max(by_id.values()) >= 0.3 * total - 1e-6)
        most = max(parts_given, key=lambda index: parts_given[index])
        position = int(blended.positions[candidate])
        alone = [
            summed(replace(parts, generators=(each,)), seeds)[position].get(most, 0.0)
            for each in parts.generators
        ]
        assert reason.generator == parts.generators[int(np.argmax(alone))].name


@pytest.mark.parametrize("n_tables", [1, 2])
def test_of_seeds_that_give_the_same_the_first_are_cited(n_tables: int) -> None:
    rng = np.random.default_rng(1)
    everybody = np.tile(np.arange(N_ITEMS, dtype=np.int32), (N_ITEMS, 1))
    alike = NeighbourTable(everybody, np.ones(everybody.shape, dtype=np.float32))
    parts = parts_of(rng, [alike] * n_tables)
    seeds = Seeds(np.array([3, 7, 8, 20]), np.ones(4, dtype=np.float32), np.ones(4, dtype=np.uint8))
    blended = blend(parts, seeds)
    chosen = np.array([0, 30])
    for reason in reasons_for(
        blended, chosen, blended.scores_of(chosen).tolist(), seeds, parts.vocabulary, 0.3
    ):
        assert (reason.kind, reason.item_ids) == ("for_you", (103, 107, 108))
        assert reason.contribution == pytest.approx(3.0 * sum(range(1, n_tables + 1)))
        assert reason.generator == f"g{n_tables - 1}"


@given(st.integers(0, 10_000), st.integers(1, 30), st.sampled_from([0.0, 0.1, 5.0]))
@settings(max_examples=60, deadline=None)
def test_a_look_at_the_best_alone_finds_what_a_full_sort_finds(seed: int, likely: int, weight: float) -> None:
    rng = np.random.default_rng(seed)
    parts = parts_of(rng, [table(rng, 6)])
    # Few different values, so that ties are common.
    neighbours = parts.generators[0].scorer.arrays()["positions"]
    tied = NeighbourTable(neighbours, rng.integers(1, 3, (N_ITEMS, 6)).astype(np.float32))
    generators = (FittedGenerator("tied", 1.0, tied),)
    serving = ServingConfig(popularity_weight=weight, popular_candidates=5)
    seeds = seeds_at(rng, 6)
    even = Seeds(seeds.positions, np.ones_like(seeds.weights), seeds.events)
    blended = blend(replace(parts, generators=generators, serving=serving), even)
    n_candidates = blended.positions.shape[0]
    [everything] = blended.best_first(n_candidates)
    first, *rest = blended.best_first(likely)
    assert first.shape[0] == min(likely, n_candidates)
    assert np.concatenate([first, *rest]).tolist() == everything.tolist()


@pytest.mark.parametrize(("n_seeds", "n_tables", "each"), [(2, 1, 24), (3, 1, 16), (2, 3, 8), (20, 3, 8)])
def test_long_histories_hear_the_closest_neighbours_only(n_seeds: int, n_tables: int, each: int) -> None:
    rng = np.random.default_rng(0)
    parts = parts_of(rng, [table(rng, 24) for _ in range(n_tables)])
    parts = replace(parts, serving=replace(parts.serving, max_contributions=48, popular_candidates=0))
    seeds = seeds_at(rng, n_seeds)
    blended = blend(parts, seeds)
    narrow = tuple(
        FittedGenerator(
            fitted.name,
            fitted.weight,
            NeighbourTable(*(rows[:, :each] for rows in fitted.scorer.arrays().values())),
        )
        for fitted in parts.generators
    )
    asked = blend(replace(parts, generators=narrow, serving=ServingConfig(popular_candidates=0)), seeds)
    assert asked.positions.tolist() == blended.positions.tolist()
    assert asked.support.tolist() == blended.support.tolist()
    assert asked.values.tolist() == blended.values.tolist()


def test_work_does_not_depend_on_the_catalogue() -> None:
    rng = np.random.default_rng(0)
    parts = parts_of(rng, [table(rng, 4)])
    blended = blend(parts, seeds_at(rng, 3))
    assert blended.order.shape == blended.values.shape == blended.seeds.shape
    assert blended.order.shape[0] <= 3 * 4 + 5


def test_refuses_more_contributions_than_a_key_can_number() -> None:
    width = 1 << 20
    wide = NeighbourTable(
        np.broadcast_to(np.arange(width, dtype=np.int32) % N_ITEMS, (N_ITEMS, width)),
        np.broadcast_to(np.float32(1.0), (N_ITEMS, width)),
    )
    rng = np.random.default_rng(0)
    serving = ServingConfig(max_contributions=2 * width)
    parts, seeds = replace(parts_of(rng, [wide]), serving=serving), seeds_at(rng, 1)
    with pytest.raises(ShapeError, match="1 seeds"):
        blend(parts, seeds)
