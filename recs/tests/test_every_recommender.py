"""The contract that every recommender keeps, on a rectangular, asymmetric toy matrix."""

from pathlib import Path

import numpy as np
import pytest

from recs import Event, History, HybridRecommender, RecommenderSnapshot, Slate
from recs.errors import InvalidCountError, InvalidEligibleError, InvalidHistoryError, InvalidIdsError
from recs.evaluation.scoring import dense_scores
from recs.history import seeds_of
from recs.ranking.diversity import no_diversity
from recs.tests.conftest import Fit
from recs.tests.toy import AS_OF, CONFIGS, ITEMS, as_text, catalogue, interactions

HISTORIES = [[], [10], [10, 40], [20, 30, 10], [60], [70], [999], list(ITEMS)]

pytestmark = pytest.mark.parametrize("name", CONFIGS)


def same(first: Slate, second: Slate) -> bool:
    return (
        first.item_ids.tolist() == second.item_ids.tolist()
        and first.scores.tobytes() == second.scores.tobytes()
        and first.reasons == second.reasons
    )


@pytest.mark.parametrize("history", HISTORIES, ids=str)
@pytest.mark.parametrize("n", [1, 3, 7, 50])
def test_returns_n_distinct_items_while_enough_qualify(
    fitted: Fit, name: str, history: list[int], n: int
) -> None:
    slate = fitted(name).recommend(history, n)
    assert len(slate.item_ids) == len(slate) == min(n, len(set(ITEMS) - set(history)))
    assert len(set(slate.item_ids.tolist())) == len(slate)
    assert not set(slate.item_ids.tolist()) & set(history)
    assert slate.scores.dtype == np.float32
    assert np.isfinite(slate.scores).all()
    assert slate.propensities.tolist() == [1.0] * len(slate)
    assert fitted(name).item_ids[slate.positions].tolist() == slate.item_ids.tolist()


@pytest.mark.parametrize("history", HISTORIES, ids=str)
def test_never_returns_what_is_excluded_or_not_eligible(fitted: Fit, name: str, history: list[int]) -> None:
    snapshot = fitted(name)
    eligible = np.ones(snapshot.n_items, dtype=np.bool_)
    eligible[snapshot.vocabulary.positions([20, 40])] = False
    before = eligible.copy()
    slate = snapshot.recommend(history, 7, eligible, exclude=[30, 12345])
    assert set(slate.item_ids.tolist()) == {10, 50, 60, 70} - set(history)
    assert (eligible == before).all()


def test_more_items_extend_a_list(fitted: Fit, name: str) -> None:
    snapshot = fitted(name)
    short = snapshot.recommend([10], 2, diversity=no_diversity())
    long = snapshot.recommend([10], 5, diversity=no_diversity())
    assert long.item_ids[:2].tolist() == short.item_ids.tolist()
    assert long.reasons[:2] == short.reasons


def test_nothing_eligible_gives_nothing(fitted: Fit, name: str) -> None:
    snapshot = fitted(name)
    assert len(snapshot.recommend([10], 5, np.zeros(snapshot.n_items, dtype=np.bool_))) == 0


def test_unknown_items_are_ignored_and_reported(fitted: Fit, name: str) -> None:
    snapshot = fitted(name)
    known = snapshot.recommend(History.of([10], timestamps=[AS_OF - 5.0], as_of=AS_OF), 4)
    times = [AS_OF - 9.0, AS_OF - 5.0, AS_OF]
    mixed = snapshot.recommend(History.of([999, 10, -4], timestamps=times, as_of=AS_OF), 4)
    assert mixed.unknown_ids == (999, -4)
    assert same(known, mixed)


def test_fitting_twice_and_in_any_row_order_gives_the_same_bytes(
    fitted: Fit, name: str, tmp_path: Path
) -> None:
    rows = interactions(weight=np.linspace(0.1, 3.0, 11), timestamp=AS_OF - np.linspace(0, 1e6, 11) ** 1.1)
    for seed in range(3):
        shuffled = rows.sample(frac=1.0, random_state=seed)
        listed = catalogue().sample(frac=1.0, random_state=seed)
        HybridRecommender(CONFIGS[name]).fit(shuffled, listed, as_of=AS_OF).save(tmp_path / str(seed))
    first, *others = [
        {file.name: file.read_bytes() for file in (tmp_path / str(seed)).iterdir()} for seed in range(3)
    ]
    assert all(other == first for other in others)


@pytest.mark.parametrize("history", HISTORIES, ids=str)
def test_saved_and_loaded_answers_the_same(
    fitted: Fit, name: str, history: list[int], tmp_path: Path
) -> None:
    snapshot = fitted(name)
    snapshot.save(tmp_path / "saved")
    for verify in (True, False):
        loaded = RecommenderSnapshot.load(tmp_path / "saved", verify=verify)
        assert same(loaded.recommend(history, 5), snapshot.recommend(history, 5))
        assert same(loaded.similar_items(10), snapshot.similar_items(10))
        assert same(loaded.trending(5), snapshot.trending(5))
        assert loaded.facts == snapshot.facts


@pytest.mark.parametrize("history", HISTORIES, ids=str)
def test_serving_and_evaluation_score_alike(fitted: Fit, name: str, history: list[int]) -> None:
    snapshot = fitted(name)
    seeds = seeds_of(History(history), snapshot.vocabulary, snapshot.parts.serving.recency)
    dense = dense_scores(snapshot, [seeds])[0]
    blended = snapshot.score(history).blend
    free = ~np.isin(blended.positions, seeds.blocked)
    assert np.allclose(blended.scores[free], dense[blended.positions[free]], atol=1e-6)


@pytest.mark.parametrize("kind", [Event.VIEW, Event.FAVORITE, Event.CART_ADD, Event.PURCHASE])
def test_removing_the_cited_evidence_lowers_the_item(fitted: Fit, name: str, kind: Event) -> None:
    snapshot = fitted(name)
    ids, times = [10, 40, 30], [AS_OF - 7200.0, AS_OF - 600.0, AS_OF]
    history = History.of(ids, events=[kind] * 3, timestamps=times, as_of=AS_OF)
    slate = snapshot.recommend(history, 7, include_history=True)
    for item, score, reason in zip(slate.item_ids.tolist(), slate.scores, slate.reasons, strict=True):
        if not reason.item_ids:
            assert reason.kind == "popular"
            continue
        kept = [place for place, item_id in enumerate(ids) if item_id not in reason.item_ids]
        without = History.of(
            [ids[p] for p in kept],
            events=[kind] * len(kept),
            timestamps=[times[p] for p in kept],
            as_of=AS_OF,
        )
        after = snapshot.recommend(without, 7, include_history=True)
        lowered = dict(zip(after.item_ids.tolist(), after.scores.tolist(), strict=True))
        assert lowered[item] == pytest.approx(score - reason.contribution, abs=1e-5)
        assert lowered[item] < score


def test_text_ids_give_the_same_lists_as_integers(fitted: Fit, name: str) -> None:
    snapshot = HybridRecommender(CONFIGS[name]).fit(
        as_text(interactions()), as_text(catalogue()), as_of=AS_OF
    )
    expected = fitted(name).recommend([10, 40], 5)
    slate = snapshot.recommend(["item-10", "item-40"], 5)
    assert slate.item_ids.tolist() == [f"item-{item}" for item in expected.item_ids.tolist()]
    assert slate.scores.tobytes() == expected.scores.tobytes()


@pytest.mark.parametrize("n", [0, -1, 1.5, True, None, "3"])
def test_refuses_a_bad_count(fitted: Fit, name: str, n: object) -> None:
    snapshot = fitted(name)
    for ask in (snapshot.popular, snapshot.trending, snapshot.newest):
        with pytest.raises(InvalidCountError, match="at least 1"):
            ask(n)  # type: ignore[arg-type]  # the refusal is what is tested
    with pytest.raises(InvalidCountError):
        snapshot.recommend([10], n)  # type: ignore[arg-type]  # the refusal is what is tested
    with pytest.raises(InvalidCountError):
        snapshot.similar_items(10, n)  # type: ignore[arg-type]  # the refusal is what is tested


@pytest.mark.parametrize(
    "mask", [np.ones(7), np.ones(6, dtype=np.bool_), np.ones((7, 1), dtype=np.bool_), [True] * 7]
)
def test_refuses_a_mask_that_is_not_one_bool_per_position(fitted: Fit, name: str, mask: object) -> None:
    with pytest.raises(InvalidEligibleError, match=r"shape \(7,\)"):
        fitted(name).recommend([10], 2, mask)  # type: ignore[arg-type]  # the refusal is what is tested


def test_refuses_histories_of_another_id_type_or_with_impossible_values(fitted: Fit, name: str) -> None:
    snapshot = fitted(name)
    with pytest.raises(InvalidIdsError):
        snapshot.recommend(["10"], 2)
    with pytest.raises(InvalidHistoryError):
        History.of([10], weights=[-1.0])
    with pytest.raises(InvalidHistoryError):
        History.of([10], weights=[float("nan")])
    with pytest.raises(InvalidHistoryError):
        History.of([10], timestamps=[float("nan")])
    with pytest.raises(InvalidHistoryError, match="unknown event code 9"):
        History([10], events=np.array([9], dtype=np.uint8))
    with pytest.raises(InvalidHistoryError, match="unknown event code 9"):
        History([10] * 60, events=np.array([1] * 59 + [9], dtype=np.uint8))
    with pytest.raises(InvalidHistoryError, match="as_of"):
        History.of([10], as_of=float("inf"))
    with pytest.raises(InvalidHistoryError, match="2 entries"):
        History.of([10, 20], events=["view"])
