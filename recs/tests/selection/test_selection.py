"""The gate's promise by simulation, the search, and blends that learn what is worth listening to."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from recs.candidates.sequence_model import SequenceModel
from recs.errors import ShapeError
from recs.evaluation.blending import chosen_blend
from recs.evaluation.tasks import Questions
from recs.selection.families import FAMILIES
from recs.selection.features import candidate_features, shares_and_ranks
from recs.selection.gate import FALSE_PROMOTION_RATE, promotes
from recs.selection.linear_blend import fitted_blend, fused
from recs.selection.search import Rung, best_model
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
    best = best_model(FAMILIES["transitions"], judge, seed=4, rungs=rungs)
    assert [sum(n == rung.questions for _, n in asked) for rung in rungs] == [12, 6, 2]
    assert asked[0][0] == FAMILIES["transitions"].default
    finalists = [model for model, n in asked if n == 40]
    assert best == max(finalists, key=lambda model: judge(model, 40))
    assert best == best_model(FAMILIES["transitions"], judge, seed=4, rungs=rungs)


def test_search_compares_drafts_but_returns_the_real_model() -> None:
    tried: list[int] = []

    def judge(model: SequenceModel, n_questions: int) -> float:
        tried.append(int(model.parameters()["most_items"]))
        return 0.0

    best = best_model(FAMILIES["past_future"], judge, seed=1, rungs=(Rung(3, 1), Rung(2, 2), Rung(2, 3)))
    assert tried == [1500] * 5 + [5000] * 2
    assert best.parameters()["most_items"] == 5000


def noise_and_signal(n: int) -> tuple[list[csr_array], Questions]:
    rng = np.random.default_rng(7)
    targets = rng.integers(0, 12, n)
    noise = rng.random((n, 12), dtype=np.float32) + 0.1
    signal = rng.random((n, 12), dtype=np.float32) + 0.1
    signal[np.arange(n), targets] += 0.7
    own = np.arange(n)
    histories = Sequences.of([[] for _ in range(n)], 12)
    return [csr_array(noise), csr_array(signal)], Questions(
        histories, own, targets, masked=True, clusters=own
    )


def test_a_blend_listens_to_the_ingredient_that_knows() -> None:
    ingredients, questions = noise_and_signal(600)
    features = candidate_features(ingredients, questions.histories)
    blend = fitted_blend(features, questions.owners, questions.targets)
    top = blend.scores(features).toarray().argmax(axis=1) == questions.targets
    best = ingredients[1].toarray().argmax(axis=1) == questions.targets
    assert top.mean() >= best.mean() - 0.02
    assert best.mean() > 0.5
    _, validation, ranker = chosen_blend(ingredients, questions, 10)
    assert ranker in ("linear", "boosted")
    assert 0.5 < validation <= 1


def test_a_blend_without_any_answer_still_ranks() -> None:
    ingredients, questions = noise_and_signal(5)
    features = candidate_features(ingredients, questions.histories)
    blend = fitted_blend(features, questions.owners, np.full(5, -1))
    assert (blend.scores(features).data > 0).all()


def test_rank_fusion_by_hand() -> None:
    first = csr_array(np.array([[3.0, 2.0, 0.0]], dtype=np.float32))
    second = csr_array(np.array([[0.0, 5.0, 4.0]], dtype=np.float32))
    scores = fused([first, second], Sequences.of([[]], 3)).toarray()[0]
    assert scores - scores.min() == pytest.approx(
        np.array([1 / 61, 1 / 62 + 1 / 61, 1 / 62]) - 1 / 62, abs=1e-6
    )


def test_equal_scores_share_their_rank() -> None:
    shares, ranks = shares_and_ranks(csr_array(np.array([[2.0, 4.0, 2.0], [0, 0, 3.0]], dtype=np.float32)))
    assert shares.tolist() == [0.5, 1.0, 0.5, 1.0]
    assert ranks.tolist() == [1, 0, 1, 0]
