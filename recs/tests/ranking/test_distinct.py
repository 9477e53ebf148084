"""At most one item per group, and short histories weigh what long ones do."""

from collections import Counter

import numpy as np
import pytest

from recs import Distinct, Exploration, History, RecommenderSnapshot
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


def test_exploration_shows_no_group_twice_and_its_propensity_is_how_often_it_happens(
    plain: RecommenderSnapshot,
) -> None:
    groups = plain.vocabulary.positions(plain.item_ids) // 2  # 10 and 20, 30 and 40, 50 and 60, 70
    candidates = plain.score(History.of([], events=[]))
    shown: Counter[int] = Counter()
    propensities = set()
    for seed in range(600):
        slate = candidates.slate(
            2, distinct=Distinct(groups, {3}), exploration=Exploration(slots=1, seed=seed, pool=7)
        )
        assert len(set(groups[slate.positions].tolist())) == 2
        assert slate.propensities[0] == 1.0
        assert slate.reasons[1].generator == "exploration"
        shown[slate.item_ids.tolist()[1]] += 1
        propensities.add(float(slate.propensities[1]))
    [propensity] = propensities
    assert propensity == pytest.approx(1 / len(shown))
    for times in shown.values():
        assert times / 600 == pytest.approx(propensity, abs=4 * np.sqrt(propensity * (1 - propensity) / 600))


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
