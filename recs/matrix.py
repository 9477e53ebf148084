"""The user-item matrix: decayed, capped, and the same whatever the order of input rows."""

import numpy as np
from scipy.sparse import coo_array, csr_array

from recs.arrays import AnyArray, Floats
from recs.errors import ShapeError
from recs.interactions import Interactions

# Weights are rounded to multiples of this before they are summed. Sums of such numbers are exact in float64
# up to 2**29, so no order of rows can change a bit of a model; an event fades to nothing after 24 half-lives.
_WEIGHT_STEP = 2.0**-24


def decayed_weights(interactions: Interactions, half_life_s: float) -> Floats:
    """Return what each interaction counts at ``as_of``.

    Parameters
    ----------
    interactions : Interactions
    half_life_s : float
        Seconds, positive; infinity switches decay off.

    Returns
    -------
    ndarray of float64, shape (n,)
        ``weight * 2**(-age / half_life)``, in steps of 2**-24.

    Notes
    -----
    O(n).
    """
    ages = interactions.timestamps - interactions.as_of
    decayed = interactions.weights * np.exp2(ages / half_life_s)
    rounded: Floats = np.rint(decayed / _WEIGHT_STEP) * _WEIGHT_STEP
    return rounded


def user_items(interactions: Interactions, *, half_life_s: float, history_cap: int) -> csr_array:
    """Build the matrix that item-to-item methods learn from.

    Parameters
    ----------
    interactions : Interactions
    half_life_s : float
        Seconds, positive.
    history_cap : int, at least 1
        Only a user's latest so many distinct items are kept: the cost of co-occurrence is the sum of squared
        history lengths, and this bounds it.

    Returns
    -------
    csr_array of float32, shape (n_users, n_items)
        ``log1p`` of summed decayed weights, positive, indices sorted.

    Raises
    ------
    ShapeError
        No users or no items.

    Notes
    -----
    O(n log n) time, O(n) memory.
    """
    n_users, n_items = len(interactions.users), len(interactions.items)
    if n_users == 0 or n_items == 0:
        raise ShapeError(f"user_items would have shape ({n_users}, {n_items})")
    weights = decayed_weights(interactions, half_life_s)
    kept = weights > 0
    users, items = interactions.user_positions, interactions.item_positions
    if not kept.all():
        users, items, weights = users[kept], items[kept], weights[kept]
    summed = coo_array((weights, (users, items)), shape=(n_users, n_items)).tocsr()
    summed.sort_indices()
    lengths = np.diff(summed.indptr)
    if int(lengths.max(initial=0)) > history_cap:
        times = interactions.timestamps if kept.all() else interactions.timestamps[kept]
        summed = _capped(summed, np.flatnonzero(lengths > history_cap), (users, items, times), history_cap)
    return csr_array(
        (np.log1p(summed.data).astype(np.float32), summed.indices, summed.indptr), shape=summed.shape
    )


def _capped(
    summed: csr_array, long_users: AnyArray, events: tuple[AnyArray, AnyArray, Floats], history_cap: int
) -> csr_array:
    users, items, times = events
    among = np.isin(users, long_users)
    order = np.lexsort((items[among], -times[among], users[among]))
    by_user, by_item = users[among][order].astype(np.int64), items[among][order]
    pairs = by_user * summed.shape[1] + by_item
    _, first = np.unique(pairs, return_index=True)
    latest = np.sort(first)  # each pair at its latest event, users ascending, latest first
    owners = by_user[latest]
    rank = np.arange(latest.shape[0]) - np.searchsorted(owners, owners)
    dropped = pairs[latest][rank >= history_cap]
    rows = np.repeat(np.arange(summed.shape[0], dtype=np.int64), np.diff(summed.indptr))
    keep = ~np.isin(rows * summed.shape[1] + summed.indices, dropped)
    kept_rows = np.bincount(rows[keep], minlength=summed.shape[0])
    starts = np.concatenate(([0], np.cumsum(kept_rows)))
    return csr_array((summed.data[keep], summed.indices[keep], starts), shape=summed.shape)
