"""The learned blend: a linear ranker whose softmax is fitted to what people took."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_array

from recs.arrays import Floats, Positions, Scores
from recs.selection.features import CandidateFeatures

_RIDGE: Final = 1e-3
_ITERATIONS: Final = 80


@dataclass(frozen=True, slots=True, eq=False)
class LinearBlend:
    """Weights of the features of `CandidateFeatures`.

    Attributes
    ----------
    weights : ndarray of float64, shape (n_features,)
        In units of the features themselves.
    """

    weights: Floats

    def scores(self, features: CandidateFeatures) -> csr_array:
        """Score the candidates.

        Parameters
        ----------
        features : CandidateFeatures

        Returns
        -------
        csr_array of float32, shape (n_rows, n_items)
            Positive.
        """
        return features.scored(features.values @ self.weights.astype(np.float32))


def fitted_blend(features: CandidateFeatures, owners: Positions, targets: Positions) -> LinearBlend:
    """Fit the weights on questions with known answers.

    Parameters
    ----------
    features : CandidateFeatures
    owners, targets : ndarray of int64, shape (n_targets,)
        Row and item of every answer; answers that nobody named teach nothing.

    Returns
    -------
    LinearBlend
        Minimises the cross entropy of the softmax over each row's candidates, with a small ridge on
        standardised features.

    Notes
    -----
    O(candidates * features) per step, at most 80 steps of L-BFGS. Source: Cao et al. 2007 (ListNet).
    """
    keys = owners * np.int64(features.n_items) + targets
    places = np.minimum(np.searchsorted(features.keys, keys), max(0, features.keys.shape[0] - 1))
    named = (targets >= 0) & (features.keys[places] == keys) if features.keys.size else targets < -1
    spread = features.values.std(axis=0) if features.keys.size else np.zeros(features.values.shape[1])
    scale = np.where(spread > 0, spread, 1.0).astype(np.float64)
    if not named.any():
        return LinearBlend(1.0 / scale)
    values, rows, wanted = _informative(features, places[named])
    starts = np.flatnonzero(np.concatenate(([True], rows[1:] != rows[:-1])))
    lengths = np.bincount(np.cumsum(np.isin(np.arange(rows.shape[0]), starts)) - 1)
    standard = values / scale.astype(np.float32)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = (standard @ weights.astype(np.float32)).astype(np.float64)
        shifted = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), lengths))
        sums = np.add.reduceat(shifted, starts)
        shares = shifted / np.repeat(sums, lengths)
        n = starts.shape[0]
        entropy = -float(wanted @ np.log(np.maximum(shares, 1e-30))) / n
        slope = standard.T @ (shares - wanted).astype(np.float32) / n
        return entropy + _RIDGE * float(weights @ weights), slope.astype(np.float64) + 2 * _RIDGE * weights

    start = np.full(values.shape[1], 0.1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ITERATIONS})
    return LinearBlend(np.asarray(found.x, dtype=np.float64) / scale)


def _informative(features: CandidateFeatures, answers: Positions) -> tuple[Scores, Positions, Floats]:
    wanted = np.zeros(features.keys.shape[0])
    np.add.at(wanted, answers, 1.0)
    totals = np.bincount(features.rows, weights=wanted, minlength=features.n_rows)
    kept = totals[features.rows] > 0
    rows = features.rows[kept]
    return features.values[kept], rows, wanted[kept] / totals[rows]
