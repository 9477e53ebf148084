"""Reciprocal-rank fusion: the blend of a shop that has no answers to learn from yet."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from recs.selection.features import FEATURES_PER_INGREDIENT, OTHER_FEATURES, RANK_SCALE, CandidateFeatures

_DAMPING: Final = 60.0


@dataclass(frozen=True, slots=True)
class RankFusion:
    """``sum 1 / (60 + rank)`` over the ingredients that name a candidate; learns nothing.

    Notes
    -----
    Source: Cormack et al. 2009.
    """

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
        scores = np.zeros(features.keys.shape[0])
        for column in range(2, features.values.shape[1] - OTHER_FEATURES, FEATURES_PER_INGREDIENT):
            # v = 1 / (1 + rank / 10), or 0 without a rank: then 1 / (61 + rank) is v / (51 v + 10), or 0.
            inverse = features.values[:, column].astype(np.float64)
            scores += inverse / ((_DAMPING + 1.0 - RANK_SCALE) * inverse + RANK_SCALE)
        return features.scored(scores)
