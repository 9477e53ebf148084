"""Pairs counted in blocks against a dictionary that counts them one by one."""

from collections import defaultdict

import numpy as np
import pytest
from scipy.sparse import csr_array

from recs.candidates import item_to_item, nearby_pairs
from recs.candidates.item_to_item import ItemToItem
from recs.candidates.nearby_pairs import NearbyPairs, likely_best
from recs.candidates.rows import best_of_rows, stable_order
from recs.candidates.transitions import Transitions
from recs.catalogue import catalogue_of
from recs.interactions import Interactions
from recs.sequences import Sequences
from recs.tests.toy import interactions
from recs.training import TrainingSet

N_ITEMS = 9
BY_DISTANCE = np.array([0.25, 0.5, 0.0, 2.0, 1.0], dtype=np.float32)


def random_sequences(rng: np.random.Generator) -> Sequences:
    rows = [rng.integers(0, N_ITEMS, rng.integers(0, 12)).tolist() for _ in range(20)]
    plain = Sequences.of(rows, N_ITEMS)
    return Sequences(plain.items, plain.starts, N_ITEMS, plain.ages, (plain.baskets // 2).astype(np.int32))


def one_by_one(sequences: Sequences, weights: np.ndarray) -> dict[tuple[int, int], float]:
    counts: dict[tuple[int, int], float] = defaultdict(float)
    for start, stop in zip(sequences.starts[:-1], sequences.starts[1:], strict=True):
        for this in range(start, stop):
            for other in range(start, stop):
                distance = int(sequences.baskets[other]) - int(sequences.baskets[this])
                if distance and abs(distance) <= 2:
                    pair = int(sequences.items[this]), int(sequences.items[other])
                    counts[pair] += float(BY_DISTANCE[distance + 2] * weights[max(this, other)])
    return counts


@pytest.mark.parametrize("block_pairs", [3, 40, 1_000_000])
@pytest.mark.parametrize("threads", [1, 2])
def test_counts_do_not_depend_on_blocks_or_threads(
    block_pairs: int, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearby_pairs, "_BLOCK_PAIRS", block_pairs)
    rng = np.random.default_rng(3)
    sequences = random_sequences(rng)
    weights = rng.random((sequences.items.shape[0],), dtype=np.float32)
    counted = NearbyPairs(sequences, weights, BY_DISTANCE).kept_rows(lambda rows: rows, threads).toarray()
    expected = np.zeros((N_ITEMS, N_ITEMS))
    for pair, count in one_by_one(sequences, weights).items():
        expected[pair] = count
    assert counted == pytest.approx(expected, abs=1e-4)


def test_nothing_that_may_be_among_the_best_is_dropped() -> None:
    rng = np.random.default_rng(4)
    dense = rng.integers(0, 5, (30, 40)).astype(np.float32)  # few different values: many ties at the bound
    counts = csr_array(dense)
    slim = likely_best(counts, 6)
    assert slim.nnz < counts.nnz
    assert (best_of_rows(slim, 6).toarray() == best_of_rows(counts, 6).toarray()).all()


def test_a_model_that_learns_only_what_is_served_serves_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    frame = interactions().sample(2000, replace=True, random_state=5)
    frame = frame.assign(
        item_id=rng.integers(0, 40, 2000), user_id=rng.integers(0, 60, 2000), timestamp=rng.random(2000)
    )
    window = Interactions.of(frame)
    training = TrainingSet(window, catalogue_of(None, window.items))
    narrowed = ItemToItem(Transitions(), neighbours=5).fit(training)
    monkeypatch.setattr(item_to_item, "_BLOCK_ROWS", 7)
    monkeypatch.setattr(Transitions, "narrowed", lambda self, _: self)
    whole = ItemToItem(Transitions(), neighbours=5).fit(training)
    assert narrowed.positions.tolist() == whole.positions.tolist()
    assert narrowed.scores.tolist() == whole.scores.tolist()
    assert Transitions(hops=0.5).narrowed(5) == Transitions(hops=0.5)


def test_integers_are_ordered_by_both_of_their_words() -> None:
    codes = np.random.default_rng(6).choice([0, 1, 65_535, 65_536, 65_537, 2**31 - 1], 500).astype(np.int32)
    assert stable_order(codes).tolist() == np.argsort(codes, kind="stable").tolist()
