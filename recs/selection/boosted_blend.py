"""The second stage of a blend: gradient boosting over the best candidates of the linear ranker."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_array
from sklearn.ensemble import HistGradientBoostingClassifier

from recs.arrays import AnyArray, Positions
from recs.candidates.rows import best_of_rows, keys_of, looked_up
from recs.selection.features import CandidateFeatures
from recs.selection.linear_blend import LinearBlend

RERANKED: Final = 100
_LONGEST_HISTORY: Final = 20
_SEED: Final = 20_260_101
_ROUNDS: Final = 80
_ABOVE_THE_REST: Final = 1000.0


@dataclass(frozen=True, slots=True, eq=False)
class BoostedBlend:
    """Trees that reorder the head of a linear blend's list.

    Attributes
    ----------
    linear : LinearBlend
    trees : HistGradientBoostingClassifier
    """

    linear: LinearBlend
    trees: Any

    def scores(self, features: CandidateFeatures) -> csr_array:
        """Score the candidates.

        Parameters
        ----------
        features : CandidateFeatures

        Returns
        -------
        csr_array of float32, shape (n_rows, n_items)
            Positive; the best 100 of each row by the trees, the others below in the linear order.
        """
        linear = self.linear.scores(features)
        places, inputs = _head(features, linear)
        scores = linear.data.astype(np.float64) - _ABOVE_THE_REST
        if places.size:
            scores[places] = self.trees.decision_function(inputs)
        return features.scored(scores)


@dataclass(frozen=True, slots=True, eq=False)
class Heads:
    """The heads of linear lists and what was taken of them, for trees to learn from.

    Attributes
    ----------
    inputs : ndarray of float32, shape (n, n_features)
    taken : ndarray of bool, shape (n,)
    """

    inputs: AnyArray
    taken: AnyArray


def heads_with_answers(
    linear: LinearBlend, features: CandidateFeatures, owners: Positions, targets: Positions
) -> Heads:
    """Cut the head of every list and keep those that hold an answer.

    Parameters
    ----------
    linear : LinearBlend
        Fitted.
    features : CandidateFeatures
    owners, targets : ndarray of int64, shape (n_targets,)

    Returns
    -------
    Heads
    """
    places, inputs = _head(features, linear.scores(features))
    answers = owners[targets >= 0] * np.int64(features.n_items) + targets[targets >= 0]
    taken = np.isin(features.keys[places], answers)
    rows = features.rows[places]
    told = np.bincount(rows, weights=taken, minlength=features.n_rows)[rows] > 0
    return Heads(inputs[told], taken[told])


def fitted_boosted_blend(linear: LinearBlend, heads: Sequence[Heads]) -> BoostedBlend | None:
    """Fit trees on questions with known answers.

    Parameters
    ----------
    linear : LinearBlend
        The one that cut the heads.
    heads : sequence of Heads
        Of several blocks of questions.

    Returns
    -------
    BoostedBlend or None
        None where the heads hold no answer at all, or nothing else.

    Notes
    -----
    Logistic loss; 80 rounds of 15 leaves. Source: Ke et al. 2017 (histogram boosting).
    """
    taken = np.concatenate([head.taken for head in heads])
    if not taken.any() or taken.all():
        return None
    trees = HistGradientBoostingClassifier(
        max_iter=_ROUNDS,
        learning_rate=0.08,
        max_leaf_nodes=15,
        min_samples_leaf=100,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=_SEED,
    ).fit(np.concatenate([head.inputs for head in heads]), taken)
    return BoostedBlend(linear, trees)


def _head(features: CandidateFeatures, linear: csr_array) -> tuple[Positions, AnyArray]:
    head = best_of_rows(linear, RERANKED)
    places, _ = looked_up(linear, keys_of(head))
    rows = features.rows[places]
    starts = np.flatnonzero(np.diff(np.concatenate(([-1], rows))))
    best = np.zeros(features.n_rows, dtype=np.float32)
    if starts.size:
        best[rows[starts]] = np.maximum.reduceat(linear.data[places], starts)
    behind = best[rows] - linear.data[places]
    lengths = np.minimum(features.lengths[rows], _LONGEST_HISTORY)
    return places, np.column_stack((features.values[places], behind, lengths)).astype(np.float32)
