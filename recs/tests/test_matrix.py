"""Decay, saturation and the cap of the user-item matrix."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from recs.arrays import Floats
from recs.errors import ShapeError
from recs.interactions import Interactions
from recs.matrix import decayed_parts, faded, user_items
from recs.tests.toy import AS_OF, interactions

DAY = 86_400.0


def decayed(window: Interactions, half_life_s: float) -> Floats:
    coarse, fine = decayed_parts(window, half_life_s)
    return coarse + fine


def test_an_event_counts_half_after_one_half_life() -> None:
    window = Interactions.of(interactions(timestamp=AS_OF - DAY, weight=3.0), as_of=AS_OF)
    assert set(decayed(window, DAY)) == {1.5}
    assert set(decayed(window, float("inf"))) == {3.0}


def test_repeats_add_up_with_saturation() -> None:
    rows = pd.concat([interactions(), interactions().iloc[:1]])
    matrix = user_items(Interactions.of(rows), half_life_s=DAY, history_cap=10)
    assert matrix.shape == (5, 7 - 1)
    assert matrix.toarray()[0, :3] == pytest.approx(np.log1p([2.0, 1.0, 1.0]))
    assert matrix.nnz == 11


def test_the_cap_keeps_the_latest_items_of_a_user() -> None:
    frame = pd.DataFrame(
        {
            "user_id": [1] * 5 + [2] * 2,
            "item_id": [10, 20, 30, 40, 10, 20, 50],
            "timestamp": [1.0, 2.0, 3.0, 4.0, 5.0, 1.0, 1.0],
        }
    )
    for seed in range(4):
        window = Interactions.of(frame.sample(frac=1.0, random_state=seed))
        matrix = user_items(window, half_life_s=DAY, history_cap=2)
        kept = [
            window.items.ids_at(matrix.indices[a:b]).tolist() for a, b in pairwise(matrix.indptr.tolist())
        ]
        assert kept == [[10, 40], [20, 50]]
        assert matrix.toarray()[0, 0] == pytest.approx(np.log1p(2.0), abs=1e-4)  # all its events count


def test_refuses_an_empty_matrix() -> None:
    with pytest.raises(ShapeError, match=r"\(0, 0\)"):
        user_items(Interactions.of(interactions().iloc[:0]), half_life_s=DAY, history_cap=1)


def test_sums_do_not_depend_on_the_order_of_rows() -> None:
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "user_id": rng.integers(0, 3, 3000),
            "item_id": rng.integers(0, 4, 3000),
            "timestamp": rng.uniform(0, 90 * DAY, 3000),
            "weight": rng.random(3000) * 7,
        }
    )
    seen = set()
    for seed in range(5):
        window = Interactions.of(frame.sample(frac=1.0, random_state=seed), as_of=90 * DAY)
        coarse, fine = (np.bincount(window.item_positions, part) for part in decayed_parts(window, 10 * DAY))
        counts = coarse + fine
        matrix = user_items(window, half_life_s=10 * DAY, history_cap=10)
        seen.add((counts.tobytes(), matrix.data.tobytes()))
    assert len(seen) == 1


def test_small_sums_keep_their_precision_until_they_fade_to_nothing() -> None:
    rows = interactions(timestamp=AS_OF - 20.5 * DAY, weight=1.7)
    exact = 1.7 * 2.0**-20.5
    assert decayed(Interactions.of(rows, as_of=AS_OF), DAY) == pytest.approx(exact, rel=1e-8)
    assert faded(np.array([2.0**-24, 2.0**-25])).tolist() == [2.0**-24, 0.0]
    long_ago = Interactions.of(rows, as_of=AS_OF + 20 * DAY)
    assert user_items(long_ago, half_life_s=DAY, history_cap=9).nnz == 0
