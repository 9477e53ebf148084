"""What was counted since the fit, added to it, ranks as a refit would; without a fit in between."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from recs import EVENT_WEIGHTS, Contributions, Event, FreshCounts, HybridConfig, HybridRecommender, Seeds
from recs.arrays import Floats
from recs.columns import DAY_S
from recs.slate import Slate
from recs.snapshot import RecommenderSnapshot
from recs.tests.toy import ITEMS, catalogue

NOW = 40 * DAY_S
FIT = NOW - 3 * DAY_S
PLAIN = HybridConfig(generators=())


class Counted:
    """An overlay that has counted the rows of a table."""

    def __init__(self, snapshot: RecommenderSnapshot, rows: pd.DataFrame, now_s: float = NOW) -> None:
        assert snapshot.parts.activity is not None
        self._facts, self._now_s = snapshot.parts.activity.facts, now_s
        self._positions = snapshot.vocabulary.positions(rows["item_id"].to_numpy())
        self._weights = np.array([EVENT_WEIGHTS[Event[event.upper()]] for event in rows["event"]])
        self._ages_s = now_s - rows["timestamp"].to_numpy()

    def transitions(self, seeds: Seeds) -> Contributions | None:
        del seeds
        return None

    def fresh_counts(self) -> FreshCounts:
        positions, places = np.unique(self._positions, return_inverse=True)

        def summed(half_life_s: float) -> Floats:
            decayed = self._weights * np.exp2(-self._ages_s / half_life_s)
            return np.bincount(places, weights=decayed, minlength=len(positions)).astype(np.float64)

        lives = (self._facts.half_life_s, self._facts.trend_short_s, self._facts.trend_long_s)
        popular, recent, usual = (summed(half_life_s) for half_life_s in lives)
        return FreshCounts(positions, popular, recent, usual, self._now_s)


def log_of(n_rows: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "user_id": rng.integers(1, 30, n_rows),
            # Of the last item nobody knows anything before the fit.
            "item_id": rng.choice(ITEMS[:-1], n_rows, p=[0.4, 0.3, 0.1, 0.1, 0.05, 0.05]),
            "timestamp": rng.uniform(0, FIT, n_rows),
            "event": rng.choice(["view", "cart_add", "purchase", "dismiss"], n_rows),
        }
    )


def fresh_rows(seed: int, n_rows: int = 12) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = log_of(n_rows, seed)
    return rows.assign(timestamp=rng.uniform(FIT + 1, NOW, n_rows), item_id=rng.choice(ITEMS, n_rows))


def found(slate: Slate) -> dict[int, float]:
    return dict(zip(slate.item_ids.tolist(), slate.scores.tolist(), strict=True))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("listed", [ITEMS, ITEMS[1:]], ids=["all", "without the most popular"])
def test_what_is_counted_since_ranks_as_a_refit_does(seed: int, listed: tuple[int, ...]) -> None:
    before, since = log_of(150, seed), fresh_rows(seed)
    items = catalogue().query("item_id in @listed")
    fitted = HybridRecommender(PLAIN).fit(before, items, as_of=FIT)
    refitted = HybridRecommender(PLAIN).fit(pd.concat([before, since]), items, as_of=NOW)
    overlay = Counted(fitted, since)
    assert found(fitted.trending(9, overlay=overlay)) == pytest.approx(found(refitted.trending(9)), rel=1e-5)
    assert found(fitted.popular(9, overlay=overlay)) == pytest.approx(found(refitted.popular(9)), rel=1e-5)
    for ours, theirs in (
        (fitted.trending(9, overlay=overlay), refitted.trending(9)),
        (fitted.popular(9, category="phones", overlay=overlay), refitted.popular(9, category="phones")),
    ):
        assert ours.item_ids.tolist() == theirs.item_ids.tolist()
        told, expected = ([reason._replace(contribution=0.0) for reason in s.reasons] for s in (ours, theirs))
        assert told == expected


def test_what_nobody_knew_becomes_a_trend_and_what_is_excluded_does_not() -> None:
    snapshot = HybridRecommender(PLAIN).fit(log_of(150, 0), catalogue(), as_of=FIT)
    last = ITEMS[-1]
    views = pd.DataFrame({"user_id": range(40), "item_id": last, "timestamp": NOW, "event": "view"})
    overlay = Counted(snapshot, views)
    assert last not in found(snapshot.trending(7))
    assert snapshot.trending(1, overlay=overlay).item_ids.tolist() == [last]
    assert last not in found(snapshot.trending(7, overlay=overlay, exclude=[last]))
    assert last not in found(snapshot.trending(7, overlay=overlay, category="cameras"))
    assert len(snapshot.trending(7, overlay=overlay, category="toys")) == 0
    eligible = np.ones(snapshot.n_items, dtype=np.bool_)
    eligible[-1] = False
    assert last not in found(snapshot.trending(7, overlay=overlay, eligible=eligible))


def test_trends_end_when_nothing_happens_and_popularity_keeps_its_order() -> None:
    snapshot = HybridRecommender(PLAIN).fit(log_of(150, 1), catalogue(), as_of=FIT)
    nothing = fresh_rows(1, 0)
    at_once, later = (Counted(snapshot, nothing, now_s) for now_s in (FIT, FIT + 20 * DAY_S))
    assert found(snapshot.trending(7, overlay=at_once)) == pytest.approx(found(snapshot.trending(7)))
    assert len(snapshot.trending(7)) > 0
    assert len(snapshot.trending(7, overlay=later)) == 0
    assert snapshot.popular(7, overlay=later).item_ids.tolist() == snapshot.popular(7).item_ids.tolist()


def test_before_the_first_interaction_anything_is_a_trend() -> None:
    empty = log_of(1, 0).iloc[:0]
    snapshot = HybridRecommender(PLAIN).fit(empty, catalogue(), as_of=FIT)
    nothing = Counted(snapshot, empty)
    assert len(snapshot.trending(7, overlay=nothing)) == 0
    assert set(found(snapshot.popular(7, overlay=nothing)).values()) == {0.0}
    assert 10 in found(snapshot.trending(7, overlay=Counted(snapshot, fresh_rows(0).assign(item_id=10))))


def test_it_is_saved_and_snapshots_without_it_still_serve(tmp_path: Path) -> None:
    snapshot = HybridRecommender(PLAIN).fit(log_of(150, 2), catalogue(), as_of=FIT)
    overlay = Counted(snapshot, fresh_rows(2))
    snapshot.save(tmp_path / "with")
    opened = RecommenderSnapshot.load(tmp_path / "with")
    assert found(opened.trending(7, overlay=overlay)) == found(snapshot.trending(7, overlay=overlay))
    assert found(opened.popular(7, overlay=overlay)) == found(snapshot.popular(7, overlay=overlay))
    old = RecommenderSnapshot(replace(snapshot.parts, activity=None), snapshot.facts)
    old.save(tmp_path / "without")
    opened = RecommenderSnapshot.load(tmp_path / "without")
    assert opened.parts.activity is None
    assert found(opened.trending(7, overlay=overlay)) == found(snapshot.trending(7))
    assert found(opened.popular(7, overlay=overlay)) == found(snapshot.popular(7))
