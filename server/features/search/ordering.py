"""Puts found rows in order and cuts pages out of them, by the values of the last row before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from server.core.pagination import SortValue
from server.core.problems import Malformed
from server.features.search.columns import Columns, Ids, Rows
from server.features.search.queries import Scores

# Sort keys in words of the columns; a minus for descending, so that the smallest always comes first.
ORDERS: dict[str, tuple[str, ...]] = {
    "relevance": ("-score", "-popularity", "-id"),
    "popular": ("-popularity", "-id"),
    "newest": ("-listed_at", "-id"),
    "price": ("price", "id"),
    "-price": ("-price", "-id"),
}


@dataclass(frozen=True, slots=True)
class FoundPage:
    """The ids of one page, and the sort values of its last row when more follow."""

    product_ids: list[int]
    last_values: list[SortValue] | None


def first_page(
    columns: Columns,
    ids: Ids,
    scores: Scores | None,
    *,
    sort: str,
    after: list[SortValue] | None,
    limit: int,
) -> FoundPage:
    """Return the first page of these listings, or the one after given values.

    Raises
    ------
    Malformed
        The values are not those of this order.
    """
    names = ORDERS[sort]
    rows, is_known = columns.rows_of(ids)
    rows, scores = rows[is_known] if len(rows) else rows, None if scores is None else scores[is_known]
    keys = [_key(columns, rows, scores, name) for name in names]
    if after is not None:
        bounds = bounds_of(after, names)
        keep = rows_after(keys, bounds)
        rows, keys = rows[keep], [key[keep] for key in keys]
    order = np.lexsort(keys[::-1])[: limit + 1]
    page = order[:limit]
    last = None
    if len(order) > limit:
        last = [_value(key[page[-1]], name) for key, name in zip(keys, names, strict=True)]
    return FoundPage(columns["id"][rows[page]].tolist(), last)


def _key(columns: Columns, rows: Rows, scores: Scores | None, name: str) -> NDArray[Any]:
    plain = name.removeprefix("-")
    values: NDArray[Any] = columns[plain][rows] if plain != "score" else np.asarray(scores)
    return -values if name.startswith("-") else values


def rows_after(keys: list[NDArray[Any]], bounds: list[float]) -> NDArray[np.bool_]:
    """Return which rows come after given values."""
    is_after = np.zeros(len(keys[0]), bool)
    is_equal = np.ones(len(keys[0]), bool)
    for key, bound in zip(keys, bounds, strict=True):
        is_after |= is_equal & (key > bound)
        is_equal &= key == bound
    return is_after


def _value(signed: Any, name: str) -> SortValue:
    value = signed.item()
    return -value if name.startswith("-") else value  # type: ignore[no-any-return]  # a number of numpy's


def bounds_of(after: list[SortValue], names: tuple[str, ...]) -> list[float]:
    """Read the values that a page ends with, signed like the keys.

    Raises
    ------
    Malformed
        They are not those of this order.
    """
    if len(after) != len(names) or not all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in after
    ):
        raise Malformed("The cursor does not belong to this list.", code="cursor.invalid")
    return [
        -value if name.startswith("-") else value  # type: ignore[operator,misc]  # numbers, looked at above
        for value, name in zip(after, names, strict=True)
    ]
