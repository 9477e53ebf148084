"""Ranks and ranking metrics: full ranking, ties at their mean rank, means with bootstrap intervals."""

from collections.abc import Sequence

import numpy as np

from recs.arrays import Floats, Positions, Scores

_RESAMPLES_AT_ONCE = 50


def mid_ranks(scores: Scores, users: Positions, targets: Positions) -> Floats:
    """Rank targets among all items of their user.

    Parameters
    ----------
    scores : ndarray of float32, shape (n_users, n_items)
        ``-inf`` = masked, takes part in no ranking; NaN = cannot score, ranks below every score.
    users : ndarray of int64, shape (n_targets,)
        Row of each target.
    targets : ndarray of int64, shape (n_targets,)
        Item of each target; -1 = an item that the model does not know.

    Returns
    -------
    ndarray of float64, shape (n_targets,)
        1 = best. Equal scores share their mean rank, so a model cannot gain from the order of item ids.
        Infinite for unknown and for masked targets: they stay in every denominator.

    Notes
    -----
    O(n_targets * n_items).

    Examples
    --------
    >>> scores = np.array([[0.5, 0.5, 0.9, np.nan]], dtype=np.float32)
    >>> mid_ranks(scores, np.array([0, 0, 0]), np.array([2, 0, 3])).tolist()
    [1.0, 2.5, 4.0]
    """
    ranks = np.full(targets.shape[0], np.inf)
    for index in np.flatnonzero(targets >= 0).tolist():
        row = scores[users[index]]
        own = row[targets[index]]
        if np.isneginf(own):
            continue
        if np.isnan(own):
            unscored = np.count_nonzero(np.isnan(row))
            ranks[index] = np.count_nonzero(row > -np.inf) + (unscored + 1) / 2
        else:
            ranks[index] = np.count_nonzero(row > own) + (np.count_nonzero(row == own) + 1) / 2
    return ranks


def user_metrics(ranks: Floats, users: Positions, n_users: int, cutoffs: Sequence[int]) -> dict[str, Floats]:
    """Compute every metric for every user.

    Parameters
    ----------
    ranks : ndarray of float64, shape (n_targets,)
        From `mid_ranks`.
    users : ndarray of int64, shape (n_targets,)
        0 .. n_users - 1; every user has at least one target.
    n_users : int
    cutoffs : sequence of int

    Returns
    -------
    dict of str to ndarray of float64, shape (n_users,)
        ``recall@k`` = share of a user's targets at rank <= k; ``ndcg@k`` with binary gain and the ideal of
        the user's number of targets; ``mrr@k`` = reciprocal of the best rank, 0 beyond k. All in [0, 1].

    Notes
    -----
    O(n_targets) per cutoff. Source: Jarvelin and Kekalainen 2002 for nDCG.
    """
    n_targets = np.bincount(users, minlength=n_users)
    best = np.full(n_users, np.inf)
    np.minimum.at(best, users, ranks)
    metrics: dict[str, Floats] = {}
    for k in cutoffs:
        hit = ranks <= k
        gains = np.where(hit, 1.0 / np.log2(1.0 + ranks), 0.0)
        ideal = np.concatenate(([0.0], np.cumsum(1.0 / np.log2(np.arange(2, k + 2)))))
        hits = np.bincount(users, weights=hit.astype(np.float64), minlength=n_users)
        metrics[f"recall@{k}"] = hits / n_targets
        metrics[f"ndcg@{k}"] = (
            np.bincount(users, weights=gains, minlength=n_users) / ideal[np.minimum(n_targets, k)]
        )
        metrics[f"mrr@{k}"] = np.where(best <= k, 1.0 / best, 0.0)
    return metrics


def bootstrap_interval(
    values: Floats, *, seed: int, resamples: int = 1000, clusters: Positions | None = None
) -> tuple[float, float]:
    """Estimate a 95 % interval of a mean by resampling users.

    Parameters
    ----------
    values : ndarray of float64, shape (n,)
        At least one.
    seed : int
    resamples : int
    clusters : ndarray of int64, shape (n,), optional
        Values of one cluster are resampled together; default: each value is a user of its own.

    Returns
    -------
    tuple of float
        The 2.5 and 97.5 percentiles of resampled means.

    Notes
    -----
    O(resamples * n_clusters) time, O(50 * n_clusters) memory. Source: Efron 1979.
    """
    sums, counts = values, np.ones(values.shape[0])
    if clusters is not None:
        _, own = np.unique(clusters, return_inverse=True)
        sums = np.bincount(own, weights=values).astype(np.float64, copy=False)
        counts = np.bincount(own).astype(np.float64)
    rng = np.random.default_rng(seed)
    means: list[Floats] = []
    for start in range(0, resamples, _RESAMPLES_AT_ONCE):
        shape = (min(_RESAMPLES_AT_ONCE, resamples - start), sums.shape[0])
        drawn = rng.integers(0, sums.shape[0], shape)
        means.append(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1))
    low, high = np.percentile(np.concatenate(means), [2.5, 97.5])
    return float(low), float(high)
