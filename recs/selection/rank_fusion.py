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
        inverse = features.values[:, 2:-OTHER_FEATURES:FEATURES_PER_INGREDIENT].astype(np.float64)
        ranks = np.where(inverse > 0, RANK_SCALE / np.maximum(inverse, 1e-9) - RANK_SCALE, np.inf)
        return features.scored((1.0 / (_DAMPING + 1.0 + ranks)).sum(axis=1))
