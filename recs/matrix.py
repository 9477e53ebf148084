"""The user-item matrix: decayed, capped, and the same whatever the order of input rows."""

import numpy as np
from scipy.sparse import coo_array, csr_array

from recs.arrays import AnyArray, Floats
from recs.errors import ShapeError
from recs.interactions import Interactions

# Weights are rounded to multiples of this before they are summed. Sums of such numbers are exact in float64
# up to 2**29, so no order of rows can change a bit of a model. What that cuts off is summed apart, in steps
# that are exact for 2**27 rows.
_STEP = 2.0**-24
_FINE_STEP = 2.0**-50


def decayed_parts(interactions: Interactions, half_life_s: float) -> tuple[Floats, Floats]:
    """Return what each interaction counts at ``as_of``, in two parts whose sums are exact.

    Parameters
    ----------
    interactions : Interactions
    half_life_s : float
        Seconds, positive; infinity switches decay off.

    Returns
    -------
    coarse : ndarray of float64, shape (n,)
        ``weight * 2**(-age / half_life)``, in steps of 2**-24.
    fine : ndarray of float64, shape (n,)
        The rest, in steps of 2**-50. Sum each part over any rows in any order, then add and `faded`.

    Notes
    -----
    O(n).
    """
    decayed = interactions.weights * np.exp2((interactions.timestamps - interactions.as_of) / half_life_s)
    coarse: Floats = np.rint(decayed / _STEP) * _STEP
    decayed -= coarse
    fine: Floats = np.rint(decayed / _FINE_STEP) * _FINE_STEP
    return coarse, fine


def faded(sums: Floats) -> Floats:
    """Return summed decayed weights with those below 2**-24 as 0: 24 half-lives leave nothing of an event."""
    return np.where(sums >= _STEP, sums, 0.0)


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
    coarse, fine = decayed_parts(interactions, half_life_s)
    users, items, times = interactions.user_positions, interactions.item_positions, interactions.timestamps
    kept = interactions.weights > 0
    if not kept.all():
        users, items, times, coarse, fine = users[kept], items[kept], times[kept], coarse[kept], fine[kept]
    # One pass sums both parts: a complex number adds its two halves apart.
    both = coo_array((coarse + 1j * fine, (users, items)), shape=(n_users, n_items)).tocsr()
    summed = csr_array((faded(both.data.real + both.data.imag), both.indices, both.indptr), shape=both.shape)
    summed.sort_indices()
    lengths = np.diff(summed.indptr)
    if int(lengths.max(initial=0)) > history_cap:
        summed = _capped(summed, np.flatnonzero(lengths > history_cap), (users, items, times), history_cap)
    summed.eliminate_zeros()
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
