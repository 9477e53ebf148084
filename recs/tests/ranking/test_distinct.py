"""At most one item per group, and short histories weigh what long ones do."""

import numpy as np
import pytest

from recs import Distinct, History, RecommenderSnapshot
from recs.errors import InvalidEligibleError
from recs.history import RecencyConfig, seeds_of
from recs.vocabulary import Vocabulary


def test_a_slate_holds_one_item_per_group(plain: RecommenderSnapshot) -> None:
    groups = np.arange(plain.n_items) // 2
    taken = {int(groups[0])}
    candidates = plain.score(History.of([], events=[]))
    slate = candidates.slate(plain.n_items, distinct=Distinct(groups, taken))
    shown = groups[slate.positions].tolist()
    assert len(shown) == len(set(shown)) == len(set(groups.tolist())) - 1
    assert not taken & set(shown)
    assert taken == {int(groups[0])}


def test_groups_of_another_catalogue_are_refused(plain: RecommenderSnapshot) -> None:
    with pytest.raises(InvalidEligibleError):
        plain.score([]).slate(3, distinct=Distinct(np.arange(plain.n_items + 1)))


@pytest.mark.parametrize("max_seeds", [3, 50])
def test_both_ways_to_weigh_a_history_agree(max_seeds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    vocabulary, recency = Vocabulary.of(range(20)), RecencyConfig(max_seeds=max_seeds)
    for _ in range(50):
        n = int(rng.integers(1, 60))
        times = np.sort(rng.uniform(0, 1e6, n))
        events = rng.integers(0, 9, n).astype(np.uint8)
        history = History(rng.integers(0, 25, n), events, None, times, 1e6 + 5)
        monkeypatch.setattr("recs.history._FEW", 64)
        few = seeds_of(history, vocabulary, recency)
        monkeypatch.setattr("recs.history._FEW", 0)
        many = seeds_of(history, vocabulary, recency)
        assert few.positions.tolist() == many.positions.tolist()
        assert few.events.tolist() == many.events.tolist()
        assert few.blocked.tolist() == many.blocked.tolist()
        assert few.unknown_ids == many.unknown_ids
        np.testing.assert_allclose(few.weights, many.weights, rtol=1e-6)
