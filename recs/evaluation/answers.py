"""Metrics per history from the scores of fitted sequence models."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from recs.arrays import Floats
from recs.evaluation.metrics import user_metrics
from recs.evaluation.ranking import target_ranks
from recs.evaluation.tasks import Questions


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """How a model did, per history.

    Attributes
    ----------
    metrics : dict of str to ndarray of float64, shape (n_histories,)
    clusters : ndarray of int64, shape (n_histories,)
    """

    metrics: dict[str, Floats]
    clusters: np.ndarray[tuple[int], np.dtype[np.int64]]


def answers_of(scores: csr_array, questions: Questions, cutoffs: Sequence[int]) -> Answers:
    """Compute every metric from scores.

    Parameters
    ----------
    scores : csr_array of float32, shape (n_histories, n_items)
        As of `asked_scores`.
    questions : Questions
    cutoffs : sequence of int

    Returns
    -------
    Answers
    """
    ranks = target_ranks(scores, questions)
    return Answers(
        user_metrics(ranks, questions.owners, len(questions.histories), list(cutoffs)), questions.clusters
    )
