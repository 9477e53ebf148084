"""Accuracy where little is known: items that training hardly met, users with hardly any history."""

from collections.abc import Sequence

import numpy as np

from recs.arrays import Floats, Positions
from recs.evaluation.metrics import user_metrics


def cold_item_metrics(
    ranks: Floats, users: Positions, seen: Positions, cutoffs: Sequence[int], *, at_most: int = 5
) -> dict[str, float]:
    """Return accuracy on the targets that training hardly knew.

    Parameters
    ----------
    ranks : ndarray of float64, shape (n_targets,)
        From `recs.evaluation.metrics.mid_ranks`.
    users : ndarray of int64, shape (n_targets,)
    seen : ndarray of int, shape (n_targets,)
        Training interactions of each target; 0 for one that training did not hold.
    cutoffs : sequence of int
    at_most : int
        A target with so many or fewer is cold.

    Returns
    -------
    dict of str to float
        ``users``: how many had a cold target; then means of `user_metrics` over them, none without such.
    """
    cold = seen <= at_most
    owners, own = np.unique(users[cold], return_inverse=True)
    return _means(user_metrics(ranks[cold], own, owners.shape[0], cutoffs), owners.shape[0])


def cold_user_metrics(
    metrics: dict[str, Floats], history_lengths: Positions, *, at_most: int = 3
) -> dict[str, float]:
    """Return accuracy for the users of whom hardly anything is known.

    Parameters
    ----------
    metrics : dict of str to ndarray of float64, shape (n_users,)
        From `user_metrics`.
    history_lengths : ndarray of int, shape (n_users,)
    at_most : int
        A user with so many or fewer events is cold.

    Returns
    -------
    dict of str to float
        ``users``, then means over them, none without such.
    """
    cold = history_lengths <= at_most
    kept = {name: values[cold] for name, values in metrics.items()}
    return _means(kept, int(np.count_nonzero(cold)))


def _means(metrics: dict[str, Floats], n_users: int) -> dict[str, float]:
    means = {name: float(values.mean()) for name, values in metrics.items()} if n_users else {}
    return {"users": float(n_users), **means}
