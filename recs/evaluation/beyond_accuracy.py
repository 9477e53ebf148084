"""Beyond accuracy: how much of the catalogue is shown, how evenly, how surprising and how varied.

An item is in somebody's list of length k when its mid-rank is at most k, the rule by which recall counts a
hit: tied items enter together or not at all, so no figure can depend on how items are numbered.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recs.arrays import Codes, Floats, Mask, Positions, Scores
from recs.errors import ShapeError


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """Lists of many users, end to end.

    Attributes
    ----------
    users : ndarray of int64, shape (n,)
        Ascending; a user without a list does not appear.
    items : ndarray of int64, shape (n,)
        Positions.
    n_users : int
        Also those without a list.
    """

    users: Positions
    items: Positions
    n_users: int


def lists_of(scores: Scores, k: int) -> Lists:
    """Cut every user's list from full scores.

    Parameters
    ----------
    scores : ndarray of float32, shape (n_users, n_items)
        ``-inf`` = masked, NaN = cannot score; neither is ever listed.
    k : int, at least 1

    Returns
    -------
    Lists
        About k items a user: a group of tied items is in when its mean rank is at most k.

    Notes
    -----
    O(n_users * n_items).

    Examples
    --------
    >>> lists_of(np.array([[0.1, 0.7, 0.7, 0.2]], dtype=np.float32), 2).items.tolist()
    [1, 2]
    >>> lists_of(np.array([[0.1, 0.7, 0.1, 0.1]], dtype=np.float32), 2).items.tolist()
    [1]
    """
    known = np.where(np.isnan(scores), np.float32(-np.inf), scores)
    n_users, n_items = known.shape
    if n_items == 0:
        return Lists(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), n_users)
    place = n_items - min(k, n_items)
    bound = np.partition(known, place, axis=1)[:, place, None]
    above, level = known > bound, (known == bound) & np.isfinite(known)
    better, tied = above.sum(axis=1), level.sum(axis=1)
    whole = better + (tied + 1) / 2 <= k
    users, items = np.nonzero(above | (level & whole[:, None]))
    return Lists(users, items, n_users)


def coverage(exposures: Positions, listed: Mask) -> float:
    """Return the share of the catalogue that anybody is shown.

    Parameters
    ----------
    exposures : ndarray of int, shape (n_items,)
        How many lists show each item.
    listed : ndarray of bool, shape (n_items,)
        Items that may be shown.

    Returns
    -------
    float
        In [0, 1]; 0 for an empty catalogue.

    Notes
    -----
    Source: Ge et al. 2010.
    """
    n_listed = int(np.count_nonzero(listed))
    return int(np.count_nonzero(exposures[listed])) / n_listed if n_listed else 0.0


def gini(exposures: Positions, listed: Mask) -> float:
    """Return how unevenly the catalogue is shown.

    Parameters
    ----------
    exposures : ndarray of int, shape (n_items,)
    listed : ndarray of bool, shape (n_items,)

    Returns
    -------
    float
        In [0, 1): 0 = every item equally often, ``1 - 1 / n`` = always the same one. 0 when nothing is shown.

    Notes
    -----
    O(n_items log n_items). Source: Gini 1912, by the formula over ascending values.

    Examples
    --------
    >>> gini(np.array([0, 0, 0, 8]), np.ones(4, dtype=np.bool_))
    0.75
    """
    ascending = np.sort(exposures[listed]).astype(np.float64)
    total, n = float(ascending.sum()), ascending.shape[0]
    if total == 0:
        return 0.0
    return float(2 * (np.arange(1, n + 1) @ ascending) / (n * total) - (n + 1) / n)


def intra_list_diversity(lists: Lists, attributes: Sequence[Codes]) -> Floats:
    """Return how different the items of each user's list are from each other.

    Parameters
    ----------
    lists : Lists
    attributes : sequence of ndarray of int32, each of shape (n_items,)
        Codes such as categories and brands; -1 = unknown, different from everything.

    Returns
    -------
    ndarray of float64, shape (n_users,)
        Mean over pairs of the share of attributes in which they differ, in [0, 1]. NaN for fewer than two
        items.

    Raises
    ------
    ShapeError
        No attributes.

    Notes
    -----
    O(n log n) for n listed items: equal pairs are counted by groups. Source: Ziegler et al. 2005.
    """
    if not attributes:
        raise ShapeError("diversity needs at least one attribute")
    lengths = np.bincount(lists.users, minlength=lists.n_users)
    pairs = lengths * (lengths - 1) / 2
    equal = np.zeros(lists.n_users)
    for codes in attributes:
        own = codes[lists.items].astype(np.int64)
        known = own >= 0
        size = int(codes.max(initial=0)) + 1
        groups, times = np.unique(lists.users[known] * size + own[known], return_counts=True)
        equal += np.bincount(groups // size, weights=times * (times - 1) / 2, minlength=lists.n_users)
    differing = 1.0 - np.divide(equal, pairs * len(attributes), out=np.zeros_like(equal), where=pairs > 0)
    return np.where(pairs > 0, differing, np.nan)
