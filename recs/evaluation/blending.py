"""Learning a blend on one half of the questions and letting the other half decide which ranker it uses."""

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from scipy.sparse import csr_array, vstack

from recs.arrays import AnyArray, Floats
from recs.evaluation.answers import answers_of
from recs.evaluation.tasks import Questions
from recs.selection.boosted_blend import BoostedBlend, fitted_boosted_blend
from recs.selection.features import candidate_features
from recs.selection.gate import promotes
from recs.selection.linear_blend import LinearBlend, fitted_blend
from recs.sequences import Sequences

_SEED: Final = 20_260_101
_BLENDED_AT_ONCE: Final = 4096

Blend: TypeAlias = LinearBlend | BoostedBlend


def chosen_blend(
    ingredients: Sequence[csr_array], questions: Questions, cutoff: int
) -> tuple[Blend, float, str]:
    """Learn a blend; gradient boosting replaces the linear ranker only when it passes the gate.

    Parameters
    ----------
    ingredients : sequence of csr_array of float32, shape (n_histories, n_items)
        Scores for the validation questions.
    questions : Questions
    cutoff : int
        nDCG at this cutoff decides.

    Returns
    -------
    blend : LinearBlend or BoostedBlend
        Learned from all questions.
    validation : float
        Mean nDCG of the same kind of blend on a half of the users that it did not learn from.
    ranker : str
        ``linear`` or ``boosted``.
    """
    everyone = np.arange(len(questions.histories))
    learns = questions.clusters % 2 == 0
    if learns.all() or not learns.any():
        learns = everyone % 2 == 0
    held = everyone if learns.all() else np.flatnonzero(~learns)
    linear, boosted = _learned(ingredients, questions, np.flatnonzero(learns))
    champion = _ndcg(linear, ingredients, questions, held, cutoff)
    if boosted is not None:
        challenger = _ndcg(boosted, ingredients, questions, held, cutoff)
        if promotes(challenger, champion, questions.clusters[held], seed=_SEED):
            _, whole = _learned(ingredients, questions, everyone)
            if whole is not None:
                return whole, float(challenger.mean()), "boosted"
    whole_linear, _ = _learned(ingredients, questions, everyone, boost=False)
    return whole_linear, float(champion.mean()), "linear"


def blended(blend: Blend, ingredients: Sequence[csr_array], histories: Sequences) -> csr_array:
    """Blend scores block by block, so that memory stays bounded.

    Parameters
    ----------
    blend : LinearBlend or BoostedBlend
    ingredients : sequence of csr_array of float32, shape (n_histories, n_items)
    histories : Sequences

    Returns
    -------
    csr_array of float32, shape (n_histories, n_items)
    """
    blocks = []
    for first in range(0, len(histories), _BLENDED_AT_ONCE):
        end = min(first + _BLENDED_AT_ONCE, len(histories))
        features = candidate_features(
            [each[first:end] for each in ingredients], histories.take(np.arange(first, end))
        )
        blocks.append(blend.scores(features))
    return stacked(blocks)


def stacked(blocks: Sequence[csr_array]) -> csr_array:
    """Put the rows of matrices below each other.

    Parameters
    ----------
    blocks : sequence of csr_array
        At least one.

    Returns
    -------
    csr_array
    """
    return blocks[0] if len(blocks) == 1 else csr_array(vstack(blocks, format="csr"))


def _learned(
    ingredients: Sequence[csr_array], questions: Questions, chosen: AnyArray, *, boost: bool = True
) -> tuple[LinearBlend, BoostedBlend | None]:
    part = questions.take(chosen)
    features = candidate_features([each[chosen] for each in ingredients], part.histories)
    linear = fitted_blend(features, part.owners, part.targets)
    if not boost:
        return linear, None
    return linear, fitted_boosted_blend(linear, features, part.owners, part.targets)


def _ndcg(
    blend: Blend, ingredients: Sequence[csr_array], questions: Questions, chosen: AnyArray, cutoff: int
) -> Floats:
    part = questions.take(chosen)
    scores = blended(blend, [each[chosen] for each in ingredients], part.histories)
    return answers_of(scores, part, [cutoff]).metrics[f"ndcg@{cutoff}"]
