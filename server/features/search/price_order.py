"""Orders listings of several currencies by price: those of one first, then the others, each by themselves.

There are no rates in the shop, and cents of two currencies do not compare.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from server.core.pagination import SortValue
from server.features.search.columns import Columns, Ids, Mask
from server.features.search.currencies import number_of
from server.features.search.ordering import ORDERS, FoundPage, bounds_of, rows_after

# The currency that leads, the place of the row's own (0 leads), then the sort values of a single currency.
N_VALUES = 4


def page_by_price(
    columns: Columns, ids: Ids, *, currency: str, sort: str, after: list[SortValue] | None, limit: int
) -> FoundPage:
    """Return a page of these listings by price, those in ``currency`` first.

    A page that follows another is led by the same currency as that, whatever is most frequent by now.

    Raises
    ------
    Malformed
        The values are not those of this order.
    """
    sign = -1 if sort.startswith("-") else 1
    leading: float = number_of(currency)
    bounds: list[float] = []
    if after is not None:
        # Two values are of a page from when all listings were in one currency.
        values = after if len(after) != N_VALUES - 2 else [leading, 0, *after]
        leading, *bounds = bounds_of(values, ("leading", "place", *ORDERS[sort]))
    rows, is_known = columns.rows_of(ids)
    rows = rows[is_known] if len(rows) else rows
    numbers = np.asarray(columns.codes["currency"].ids, np.int64)[columns["currency"][rows]]
    place = np.where(numbers == leading, 0, numbers)
    keys: list[NDArray[np.int64]] = [place, sign * columns["price"][rows], sign * columns["id"][rows]]
    keep = np.ones(len(rows), bool)
    if bounds:
        keep = rows_after(keys, bounds)
    keep[keep] = _can_lead(keys[0][keep], keys[1][keep], limit + 1)
    rows, keys = rows[keep], [key[keep] for key in keys]
    order = np.lexsort(keys[::-1])[: limit + 1]
    page = order[:limit]
    last: list[SortValue] | None = None
    if len(order) > limit:
        at, price, own = (int(key[page[-1]]) for key in keys)
        last = [int(leading), at, sign * price, sign * own]
    return FoundPage(columns["id"][rows[page]].tolist(), last)


def _can_lead(place: NDArray[np.int64], price: NDArray[np.int64], n: int) -> Mask:
    """Return which rows can be among the first ``n``, so that not all have to be sorted."""
    keep = np.zeros(len(place), bool)
    for each in np.unique(place).tolist():
        is_here = place == each
        prices = price[is_here]
        if len(prices) > n:
            is_here &= price <= np.partition(prices, n - 1)[n - 1]
        keep |= is_here
        n -= len(prices)
        if n <= 0:
            break
    return keep
