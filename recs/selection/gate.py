"""The gate: a challenger replaces a champion only when chance is an unlikely explanation."""

from typing import Final

import numpy as np

from recs.arrays import Floats, Positions
from recs.errors import ShapeError

FALSE_PROMOTION_RATE: Final = 0.05
_RESAMPLES: Final = 2000


def promotes(
    challenger: Floats,
    champion: Floats,
    clusters: Positions,
    *,
    seed: int,
    rate: float = FALSE_PROMOTION_RATE,
) -> bool:
    """Decide by a paired bootstrap over users.

    Parameters
    ----------
    challenger, champion : ndarray of float64, shape (n,)
        The same metric for the same questions.
    clusters : ndarray of int64, shape (n,)
        Who asked: questions of one user are resampled together.
    seed : int
    rate : float
        How often an equally good challenger may pass.

    Returns
    -------
    bool
        Whether the lower one-sided bound of the mean difference is above 0.

    Raises
    ------
    ShapeError
        The three arrays differ in length.

    Notes
    -----
    O(2000 * n_clusters). The rate is simulated by a test. Source: Efron and Tibshirani 1993.
    """
    if not challenger.shape == champion.shape == clusters.shape:
        raise ShapeError(f"{challenger.shape}, {champion.shape} and {clusters.shape} must agree")
    difference = challenger - champion
    _, own = np.unique(clusters, return_inverse=True)
    sums = np.bincount(own, weights=difference)
    rng = np.random.default_rng(seed)
    totals = np.array([sums[rng.integers(0, sums.size, sums.size)].sum() for _ in range(_RESAMPLES)])
    return bool(np.quantile(totals, rate) > 0)
