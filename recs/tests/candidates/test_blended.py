"""Sums of several generators made in advance."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recs import HybridConfig, HybridRecommender, ItemKnn, RecommenderSnapshot
from recs.candidates import blended as module
from recs.candidates.blended import BlendedNeighbours, Weighted
from recs.candidates.item_to_item import ItemToItem
from recs.candidates.neighbours import NeighbourTable
from recs.candidates.transitions import Transitions
from recs.errors import ConfigurationError
from recs.tests.toy import AS_OF, ITEMS, catalogue, interactions

N_ITEMS = 12
TWO = HybridConfig(generators=(ItemKnn(shrinkage=0.0), ItemToItem(Transitions(), weight=2.0)))


def _table(rng: np.random.Generator, width: int, *, is_tied: bool) -> NeighbourTable:
    positions = np.array([rng.permutation(N_ITEMS)[:width] for _ in range(N_ITEMS)], dtype=np.int32)
    scores = (
        np.ones(positions.shape, np.float32) if is_tied else rng.random(positions.shape, dtype=np.float32)
    )
    padded = rng.random(positions.shape) < 0.3
    positions[padded], scores[padded] = -1, np.nan
    return NeighbourTable(positions, scores)


@given(
    st.integers(0, 10_000),
    st.lists(st.tuples(st.integers(1, 8), st.sampled_from([0.0, 0.5, 1.0])), min_size=1, max_size=4),
    st.booleans(),
    st.integers(1, 13),
)
@settings(max_examples=60, deadline=None)
def test_every_row_holds_the_best_sums(
    seed: int, shapes: list[tuple[int, float]], is_tied: bool, block: int
) -> None:
    rng = np.random.default_rng(seed)
    generators = [Weighted(_table(rng, width, is_tied=is_tied), weight) for width, weight in shapes]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "_BLOCK_ROWS", block)
        together = BlendedNeighbours.of(generators)
    width = max(width for width, _ in shapes)
    assert together.strongest.shape == together.table.positions.shape == (N_ITEMS, width)
    for item in range(N_ITEMS):
        given_to: dict[int, list[float]] = defaultdict(lambda: [0.0] * len(generators))
        for place, (table, weight) in enumerate(generators):
            for position, score in zip(*table.neighbours_of(item), strict=True):
                given_to[int(position)][place] = float(np.float32(score) * np.float32(weight))
        expected = sorted(given_to, key=lambda p: (-float(np.float32(sum(given_to[p]))), p))[:width]
        positions, scores = together.table.neighbours_of(item)
        assert scores == pytest.approx([sum(given_to[p]) for p in expected], abs=1e-6)
        if len(shapes) < 3:  # sums of two are exact to the last bit, so that ties are
            assert positions.tolist() == expected
        for position, owner in zip(positions.tolist(), together.strongest[item].tolist(), strict=False):
            assert given_to[position][owner] == max(given_to[position])
        assert np.isnan(together.table.scores[item, len(expected) :]).all()


def test_slates_and_reasons_are_those_of_the_separate_tables(tmp_path: Path) -> None:
    in_turn = interactions(timestamp=AS_OF - 60.0 * np.arange(11.0)[::-1])
    snapshot = HybridRecommender(TWO).fit(in_turn, catalogue(), as_of=AS_OF)
    assert snapshot.parts.blended is not None
    apart = RecommenderSnapshot(replace(snapshot.parts, blended=None), snapshot.facts)
    snapshot.save(tmp_path / "saved")
    opened = RecommenderSnapshot.load(tmp_path / "saved")
    generators = set()
    for item in ITEMS:
        expected = apart.recommend([item], 6)
        for answer in (snapshot.recommend([item], 6), opened.recommend([item], 6)):
            assert answer.item_ids.tolist() == expected.item_ids.tolist()
            assert answer.scores == pytest.approx(expected.scores, abs=1e-6)
            assert [reason[:2] for reason in answer.reasons] == [reason[:2] for reason in expected.reasons]
            assert [reason.generator for reason in answer.reasons] == [
                reason.generator for reason in expected.reasons
            ]
            generators |= {reason.generator for reason in answer.reasons}
    assert generators >= {"item_knn", "transitions"}


def test_one_generator_needs_no_sums() -> None:
    snapshot = HybridRecommender().fit(interactions(), catalogue(), as_of=AS_OF)
    assert snapshot.parts.blended is None


@pytest.mark.parametrize("name", ["blended", "popular", "popularity", "live"])
def test_a_generator_cannot_take_the_name_of_something_else(name: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        HybridConfig(generators=(ItemToItem(Transitions(), label=name),))
