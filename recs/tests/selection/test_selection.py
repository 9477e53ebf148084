"""The gate's promise by simulation, the search, and blends that learn what is worth listening to."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from recs.arrays import AnyArray
from recs.candidates.sequence_model import SequenceModel, SequenceTraining
from recs.errors import ShapeError
from recs.evaluation.blending import Ingredients, blended, chosen_blend
from recs.evaluation.ranking import target_ranks
from recs.evaluation.tasks import Questions
from recs.selection.families import FAMILIES, suitable
from recs.selection.features import CandidateFeatures, ItemStatistics, candidate_features, shares_and_ranks
from recs.selection.gate import FALSE_PROMOTION_RATE, promotes
from recs.selection.linear_blend import fitted_blend
from recs.selection.rank_fusion import RankFusion
from recs.selection.search import Rung, searched
from recs.sequences import Sequences


def test_an_equal_challenger_passes_no_more_often_than_stated() -> None:
    rng = np.random.default_rng(0)
    n, runs = 150, 300
    users = np.arange(n)
    passed = sum(
        promotes(
            rng.binomial(1, 0.3, n).astype(float), rng.binomial(1, 0.3, n).astype(float), users, seed=run
        )
        for run in range(runs)
    )
    spread = np.sqrt(FALSE_PROMOTION_RATE * (1 - FALSE_PROMOTION_RATE) / runs)
    assert passed / runs <= FALSE_PROMOTION_RATE + 2.5 * spread


def test_a_better_challenger_passes_and_repeated_questions_do_not_help() -> None:
    rng = np.random.default_rng(1)
    champion = (rng.random(800) < 0.3).astype(np.float64)
    better = np.where(rng.random(800) < 0.1, 1.0, champion)
    assert promotes(better, champion, np.arange(800), seed=2)
    lucky = np.array([1.0, 0.0] * 400)  # two people who asked 400 times each
    assert not promotes(lucky, np.array([0.0, 0.9] * 400), np.arange(800) % 2, seed=2)
    with pytest.raises(ShapeError):
        promotes(better, champion[:1], np.arange(800), seed=2)


def test_search_finds_the_best_of_what_it_tried_with_the_stated_budget() -> None:
    asked: list[tuple[SequenceModel, int]] = []

    def judge(model: SequenceModel, n_questions: int) -> float:
        asked.append((model, n_questions))
        return -abs(float(model.parameters()["recency"]) - 0.5)

    rungs = (Rung(12, 10), Rung(6, 20), Rung(2, 40))
    found = searched(FAMILIES["transitions"], judge, seed=4, rungs=rungs)
    best = found.best
    assert [sum(n == rung.questions for _, n in asked) for rung in rungs] == [12, 6, 2]
    assert asked[0][0] == FAMILIES["transitions"].default
    finalists = [model for model, n in asked if n == 40]
    assert best == max(finalists, key=lambda model: judge(model, 40))
    assert found == searched(FAMILIES["transitions"], judge, seed=4, rungs=rungs)
    assert found.other is not None
    ours, theirs = best.parameters(), found.other.parameters()
    assert 2 * sum(ours[name] != theirs[name] for name in ours) >= len(FAMILIES["transitions"].ranges)
    assert (found.other, 20) in asked


def test_search_compares_drafts_but_returns_the_real_model() -> None:
    tried: list[int] = []

    def judge(model: SequenceModel, n_questions: int) -> float:
        tried.append(int(model.parameters()["most_items"]))
        return 0.0

    best = searched(FAMILIES["past_future"], judge, seed=1, rungs=(Rung(3, 1), Rung(2, 2), Rung(2, 3))).best
    assert tried == [1500] * 5 + [5000] * 2
    assert best.parameters()["most_items"] == 5000


def noise_and_signal(n: int) -> Ingredients:
    rng = np.random.default_rng(7)
    targets = rng.integers(0, 12, n)
    noise = rng.random((n, 12), dtype=np.float32) + 0.1
    signal = rng.random((n, 12), dtype=np.float32) + 0.1
    signal[np.arange(n), targets] += 0.7
    own = np.arange(n)
    histories = Sequences.of([[] for _ in range(n)], 12)
    questions = Questions(histories, own, targets, masked=True, clusters=own)
    known = ItemStatistics.of([Sequences.of([np.arange(12)], 12)], [n])
    return Ingredients([csr_array(noise), csr_array(signal)], questions, known)


def features_of(ingredients: Ingredients) -> CandidateFeatures:
    return candidate_features(ingredients.scores, ingredients.questions.histories, ingredients.known)


def test_a_blend_listens_to_the_ingredient_that_knows() -> None:
    ingredients = noise_and_signal(600)
    features, questions = features_of(ingredients), ingredients.questions
    blend = fitted_blend(features, questions.owners, questions.targets)
    top = blend.scores(features).toarray().argmax(axis=1) == questions.targets
    best = ingredients.scores[1].toarray().argmax(axis=1) == questions.targets
    assert top.mean() >= best.mean() - 0.02
    assert best.mean() > 0.5
    chosen = chosen_blend(ingredients, 10)
    assert chosen.ranker in ("linear", "boosted")
    assert chosen.held.tolist() == list(range(1, 600, 2))
    fused = blended(RankFusion(), ingredients.take(chosen.held)).toarray().argmax(axis=1)
    assert 0.5 < chosen.values.mean() <= 1
    assert chosen.values.mean() > (fused == questions.targets[chosen.held]).mean()


def silent_about_fixed_candidates(n: int) -> Ingredients:
    """Ask about items that no ingredient names; the answer is the one of three that sold most."""
    rng = np.random.default_rng(3)
    own = np.arange(n)
    offered = np.stack([rng.choice(12, 4, replace=False) for _ in range(n)]).astype(np.int32)
    offered.sort(axis=1)
    targets = offered[:, 3].astype(np.int64)
    questions = Questions(
        Sequences.of([[] for _ in range(n)], 12),
        own,
        targets,
        masked=True,
        clusters=own,
        negatives=offered[:, :3],
    )
    # Item 0 alone is named, wherever it is offered; sales grow with the number, 10 and 11 are equals.
    named = (offered == 0).any(axis=1)[:, None] * (np.arange(12) == 0)
    sold = np.repeat(np.arange(12), np.minimum(np.arange(12), 10))
    known = ItemStatistics.of([Sequences.of([sold], 12)], [n])
    return Ingredients([csr_array(named.astype(np.float32))], questions, known)


def offers(questions: Questions, item: int) -> AnyArray:
    assert questions.negatives is not None
    found: AnyArray = (questions.negatives == item).any(axis=1)
    return found


def test_a_fixed_candidate_that_nobody_names_is_ranked_by_what_is_known_of_it() -> None:
    ingredients = silent_about_fixed_candidates(300)
    chosen = chosen_blend(ingredients, 10)
    assert chosen.ranker in ("linear", "boosted")
    ranks = target_ranks(blended(chosen.blend, ingredients), ingredients.questions)
    level = (ingredients.questions.targets == 11) & offers(ingredients.questions, 10)
    assert level.any()
    assert set(ranks[level]) == {1.5}  # equals share their mean rank
    assert set(ranks[~level]) == {1.0}


def test_fixed_candidates_without_any_rank_share_the_last_places() -> None:
    ingredients = silent_about_fixed_candidates(40)
    ranks = target_ranks(blended(RankFusion(), ingredients), ingredients.questions)
    first = offers(ingredients.questions, 0)
    assert set(ranks[first]) == {3.0}
    assert set(ranks[~first]) == {2.5}


def test_fixed_candidates_are_asked_for_without_cutting_lists() -> None:
    training = SequenceTraining(Sequences.of([[0, 1]], 2))
    ranked = {family.name: family for family in suitable(training, repeats=False)}
    fixed = {family.name: family for family in suitable(training, repeats=False, fixed=True)}
    assert fixed.keys() - ranked.keys() == {"item_vectors", "item_walks"}
    assert ranked["item_knn"] == FAMILIES["item_knn"]
    drawn = fixed["item_knn"].drawn(np.random.default_rng(0)).parameters()
    assert drawn["neighbours"] == fixed["item_knn"].default.parameters()["neighbours"] == 2000


def test_with_hardly_anybody_to_learn_from_ranks_are_fused() -> None:
    assert chosen_blend(noise_and_signal(40), 10).ranker == "rank_fusion"
    assert chosen_blend(noise_and_signal(1), 10).ranker == "rank_fusion"


def test_a_blend_without_any_answer_still_ranks() -> None:
    features = features_of(noise_and_signal(5))
    blend = fitted_blend(features, np.arange(5), np.full(5, -1))
    assert (blend.scores(features).data > 0).all()


def test_rank_fusion_by_hand() -> None:
    first = csr_array(np.array([[3.0, 2.0, 0.0]], dtype=np.float32))
    second = csr_array(np.array([[0.0, 5.0, 4.0]], dtype=np.float32))
    histories = Sequences.of([[]], 3)
    known = ItemStatistics.of([histories], [1])
    scores = RankFusion().scores(candidate_features([first, second], histories, known)).toarray()[0]
    assert scores - scores.min() == pytest.approx(
        np.array([1 / 61, 1 / 62 + 1 / 61, 1 / 62]) - 1 / 62, abs=1e-6
    )


def test_what_is_known_of_items_is_that_of_the_moment_of_asking() -> None:
    early = Sequences.of([[0, 0, 1]], 3, np.array([1.0, 0.5, 0.0]))
    late = Sequences.of([[2]], 3, np.array([0.2]))
    known = ItemStatistics.of([early, late], [1, 2]).take(np.array([0, 2]))
    values = known.of_candidates(np.array([0, 0, 0, 1]), np.array([0, 1, 2, 2]))
    assert values[:, 0] == pytest.approx(np.log1p([2, 1, 0, 1]))
    assert values[1, 1] == pytest.approx(np.log1p(1))
    assert values[:, 2] == pytest.approx([0.5, 0, 1, 0.2])
    assert values[:, 3] == pytest.approx([1, 0, 1, 0.2])


def test_equal_scores_share_their_rank() -> None:
    shares, ranks = shares_and_ranks(csr_array(np.array([[2.0, 4.0, 2.0], [0, 0, 3.0]], dtype=np.float32)))
    assert shares.tolist() == [0.5, 1.0, 0.5, 1.0]
    assert ranks.tolist() == [1, 0, 1, 0]
