"""Hand-computed lists, reasons and rails of the toy shop."""

import numpy as np
import pytest

from recs import (
    Contributions,
    DiversityConfig,
    Exploration,
    History,
    HybridConfig,
    HybridRecommender,
    RecommenderSnapshot,
    Seeds,
    Slate,
)
from recs.errors import UnknownItemError
from recs.tests.toy import AS_OF, CONFIGS, catalogue, interactions


def ids(slate: Slate) -> list[int]:
    found: list[int] = slate.item_ids.tolist()
    return found


def viewed(*items: int, event: str = "view") -> History:
    return History.of(items, events=[event] * len(items), timestamps=[AS_OF] * len(items), as_of=AS_OF)


def test_similar_items_by_cosine_with_ties_by_id(plain: RecommenderSnapshot) -> None:
    # cos(10, 20) = 2/3; cos(10, 40) = cos(10, 50) = 1/sqrt(3); cos(10, 30) = 1/sqrt(6); then popularity.
    slate = plain.similar_items(10, 6)
    assert ids(slate)[:4] == [20, 40, 50, 30]
    expected = [2 / 3, 3**-0.5, 3**-0.5, 6**-0.5]
    assert [reason.contribution for reason in slate.reasons[:4]] == pytest.approx(expected, abs=1e-6)
    assert [reason.kind for reason in slate.reasons] == ["similar_to"] * 4 + ["popular"] * 2
    assert {reason.item_ids for reason in slate.reasons[:4]} == {(10,)}


def test_similar_items_fill_up_from_the_same_category_first(plain: RecommenderSnapshot) -> None:
    slate = plain.similar_items(60, 4)  # a phone that nobody saw with another item
    assert ids(slate) == [40, 50, 10, 20]
    assert [reason.category for reason in slate.reasons] == ["phones", "phones", None, None]
    assert {reason.kind for reason in slate.reasons} == {"popular"}


def test_similar_items_of_an_unknown_item_are_refused(plain: RecommenderSnapshot) -> None:
    with pytest.raises(UnknownItemError, match="999") as refusal:
        plain.similar_items(999)
    assert isinstance(refusal.value, LookupError)


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ("view", "because_you_viewed"),
        ("click", "because_you_viewed"),
        ("favorite", "because_you_saved"),
        ("cart_add", "because_in_cart"),
        ("purchase", "similar_to"),
    ],
)
def test_reason_tells_what_the_history_item_was(plain: RecommenderSnapshot, event: str, kind: str) -> None:
    reason = plain.recommend(viewed(20, event=event), 1).reasons[0]
    assert (reason.kind, reason.item_ids, reason.generator) == (kind, (20,), "item_knn")


def test_strongest_event_of_an_item_decides_its_reason(plain: RecommenderSnapshot) -> None:
    history = History.of([20, 20, 20], events=["view", "cart_add", "view"])
    assert plain.recommend(history, 1).reasons[0].kind == "because_in_cart"


def test_many_weak_supporters_make_it_for_you() -> None:
    rows = interactions()
    snapshot = HybridRecommender(HybridConfig()).fit(
        rows.assign(user_id=rows["user_id"] % 2, event="view"), as_of=AS_OF
    )
    reason = snapshot.recommend(viewed(10, 20, 30, 40, 50), 1).reasons[0]
    assert reason.kind == "for_you"
    assert len(reason.item_ids) == 3


def test_a_dismissed_item_is_neither_shown_nor_evidence(plain: RecommenderSnapshot) -> None:
    history = History.of([10, 20], events=["view", "dismiss"])
    slate = plain.recommend(history, 7)
    assert ids(slate)[:3] == [40, 50, 30]
    assert 20 not in ids(slate)
    assert all(20 not in reason.item_ids for reason in slate.reasons)
    regretted = History.of([20, 20, 10], events=["view", "dismiss", "view"])
    assert all(20 not in reason.item_ids for reason in plain.recommend(regretted, 7).reasons)
    assert 20 not in ids(plain.recommend(regretted, 7))


def test_an_event_from_the_future_counts_as_one_of_now(plain: RecommenderSnapshot) -> None:
    ahead = History.of([20], timestamps=[AS_OF + 1e7], as_of=AS_OF)
    assert plain.recommend(ahead, 3).scores.tolist() == plain.recommend(viewed(20), 3).scores.tolist()


def test_latest_session_counts_more_than_old_taste(plain: RecommenderSnapshot) -> None:
    day = 86_400.0
    history = History.of([20, 40], events=["view"] * 2, timestamps=[AS_OF - 20 * day, AS_OF], as_of=AS_OF)
    assert ids(plain.recommend(history, 1)) == [50]
    turned = History.of([40, 20], events=["view"] * 2, timestamps=[AS_OF - 20 * day, AS_OF], as_of=AS_OF)
    assert ids(plain.recommend(turned, 1)) == [30]


def test_popular_overall_and_in_a_category(plain: RecommenderSnapshot) -> None:
    assert ids(plain.popular(7)) == [10, 20, 30, 40, 50, 60, 70]
    assert ids(plain.popular(7, category="phones")) == [40, 50, 60]
    assert ids(plain.popular(7, category="toys")) == []
    assert plain.popular(1, category="phones").reasons[0].category == "phones"


def test_category_restricts_and_fills_up_inside(plain: RecommenderSnapshot) -> None:
    assert ids(plain.recommend(viewed(10), 7, category="phones")) == [40, 50, 60]
    assert ids(plain.recommend(viewed(10), 7, category="toys")) == []


def test_newest_by_listing_time(plain: RecommenderSnapshot) -> None:
    slate = plain.newest(3)
    assert ids(slate) == [10, 20, 30]
    assert slate.scores.tolist() == [0.0, -1.0, -2.0]
    assert {reason.kind for reason in slate.reasons} == {"new"}


def test_items_outside_the_catalogue_are_evidence_only() -> None:
    listed = catalogue().query("item_id != 20")
    snapshot = HybridRecommender(CONFIGS["plain"]).fit(interactions(), listed, as_of=AS_OF)
    assert ids(snapshot.recommend(viewed(20), 2)) == [30, 10]
    for slate in (snapshot.recommend([10], 7), snapshot.popular(7), snapshot.similar_items(30, 7)):
        assert 20 not in ids(slate)


def test_a_catalogue_without_interactions_is_served() -> None:
    snapshot = HybridRecommender().fit(interactions().iloc[:0], catalogue(), as_of=AS_OF)
    assert len(snapshot.recommend([10], 6)) == 6
    assert ids(snapshot.newest(2)) == [10, 20]
    assert len(snapshot.trending(5)) == 0


def test_buy_again_needs_own_purchase_and_others_who_came_back() -> None:
    rows = interactions(event="purchase")
    rows = rows.loc[rows.index.repeat(np.where(rows["item_id"] == 30, 2, 1))]
    snapshot = HybridRecommender().fit(rows, catalogue(), as_of=AS_OF)
    slate = snapshot.buy_again(viewed(30, 10, event="purchase"), 5)
    assert ids(slate) == [30, 10]
    assert [reason.kind for reason in slate.reasons] == ["buy_again"] * 2
    assert len(snapshot.buy_again(viewed(30), 5)) == 0
    assert ids(snapshot.buy_again(viewed(30, 10, event="purchase"), 5, exclude=[30])) == [10]


def test_one_pass_serves_several_rails(plain: RecommenderSnapshot) -> None:
    history = History.of([40, 20], events=["view", "cart_add"], timestamps=[AS_OF - 60.0, AS_OF], as_of=AS_OF)
    candidates = plain.score(history)
    assert candidates.personalised
    assert candidates.seed_ids.tolist() == [20, 40]
    because = candidates.because(5)
    assert ids(because) == [30, 10]
    assert {(reason.kind, reason.item_ids) for reason in because.reasons} == {("because_in_cart", (20,))}
    assert ids(candidates.because(5, seed_id=40)) == [50, 10]
    assert ids(candidates.because(5, seed_id=40, exclude=[50])) == [10]
    assert candidates.slate(3).item_ids.tolist() == plain.recommend(history, 3).item_ids.tolist()
    with pytest.raises(UnknownItemError):
        candidates.because(5, seed_id=30)


def test_strangers_get_popular_items_and_no_because(plain: RecommenderSnapshot) -> None:
    candidates = plain.score([])
    assert not candidates.personalised
    assert len(candidates.because(5)) == 0
    assert ids(candidates.slate(2)) == [10, 20]
    assert {reason.kind for reason in candidates.slate(7).reasons} == {"popular"}


def test_diversity_caps_the_share_of_a_category(plain: RecommenderSnapshot) -> None:
    slate = plain.recommend(viewed(20), 4, diversity=DiversityConfig(category_share=0.25, brand_share=1.0))
    assert ids(slate)[0] == 30
    assert sorted(ids(slate)) == [10, 30, 40, 70]


def test_exploration_is_seeded_and_writes_its_propensity(plain: RecommenderSnapshot) -> None:
    eligible = np.ones(7, dtype=np.bool_)
    eligible[0] = False
    explore = Exploration(slots=1, seed=3, pool=2)
    slate = plain.recommend(viewed(20), 3, eligible, exploration=explore)
    usual = plain.recommend(viewed(20), 3, eligible)
    assert ids(slate)[:2] == ids(usual)[:2]
    assert slate.propensities.tolist() == [1.0, 1.0, 0.5]
    assert slate.reasons[2].kind == "new"
    assert ids(slate) == ids(plain.recommend(viewed(20), 3, eligible, exploration=explore))
    drawn = {
        ids(plain.recommend(viewed(20), 3, eligible, exploration=Exploration(1, seed, 2)))[2]
        for seed in range(20)
    }
    assert len(drawn) == 2
    assert 10 not in drawn


class FreshClicks:
    """An overlay in which everybody now goes from item 20 to item 60."""

    def transitions(self, seeds: Seeds) -> Contributions | None:
        index = np.flatnonzero(seeds.positions == 1)
        return Contributions(np.full(index.shape[0], 5), 9 * seeds.weights[index], index)

    def fresh_counts(self) -> None:
        return


def test_an_overlay_adds_fresh_transitions(plain: RecommenderSnapshot) -> None:
    slate = plain.recommend(viewed(20), 2, overlay=FreshClicks())
    assert ids(slate) == [60, 30]
    assert (slate.reasons[0].generator, slate.reasons[0].item_ids) == ("live", (20,))
    assert ids(plain.recommend(viewed(40), 1, overlay=FreshClicks())) == [50]
