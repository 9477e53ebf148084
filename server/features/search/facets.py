"""Counts per facet value from the columns; a facet ignores its own selection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from server.features.search.attribute_columns import AttributeColumns
from server.features.search.columns import CODED, Columns, Ids, Mask, Rows
from server.features.search.currencies import count_currencies, main_currency, number_of
from server.features.search.selection import Narrowing, PriceSteps, Selection


@dataclass(frozen=True, slots=True)
class AttributeCounts:
    """How often each value of an attribute is left."""

    key: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """Counts by raw id, condition number and price step, and of the category's own attributes.

    The steps count what is priced in ``currency``; ``currencies`` are all that there are, the most frequent
    first.
    """

    by_id: dict[str, dict[int, int]]
    conditions: dict[int, int]
    price_steps: dict[int, int]
    currency: str
    currencies: list[str]
    attributes: list[AttributeCounts]
    total: int


def count_facets(
    columns: Columns,
    narrowing: Narrowing,
    selection: Selection,
    price_steps: PriceSteps,
    attributes: AttributeColumns | None,
) -> FacetCounts:
    """Count every facet; those without a selection share one set of rows."""
    chosen = set(selection.fields())
    shared = narrowing.rows()

    def rows_for(field: str) -> Rows:
        return narrowing.rows(without=field) if field in chosen else shared

    by_id = {}
    for name in CODED:
        codes = columns.codes[name]
        counts = _counts(columns[name][rows_for(name)])
        by_id[name] = {codes.ids[code]: count for code, count in counts.items()}
    priced = rows_for("price")
    currencies = count_currencies(columns, priced)
    currency = selection.price_currency or main_currency(columns, currencies)
    if len(currencies) > 1 or currency not in currencies:
        priced = priced[_is_in(columns, priced, currency)]
    steps = np.searchsorted(np.asarray(price_steps(currency)), columns["price"][priced], "right") - 1
    return FacetCounts(
        by_id=by_id,
        conditions=_counts(columns["condition"][rows_for("condition")]),
        price_steps=_counts(steps),
        currency=currency,
        currencies=list(currencies),
        attributes=[] if attributes is None else _attributes(attributes, columns["id"], rows_for, chosen),
        total=len(shared),
    )


def _attributes(
    attributes: AttributeColumns, ids: Ids, rows_for: Callable[[str], Rows], chosen: set[str]
) -> list[AttributeCounts]:
    shared = attributes.rows_of(ids[rows_for("")])
    counted = []
    for place, key in enumerate(attributes.keys):
        field = f"attr:{key}"
        rows = attributes.rows_of(ids[rows_for(field)]) if field in chosen else shared
        counted.append(AttributeCounts(key, attributes.count(place, rows)))
    return counted


def _is_in(columns: Columns, rows: Rows, currency: str) -> Mask:
    code = columns.codes["currency"].of.get(number_of(currency), -1)
    is_in: Mask = columns["currency"][rows] == code
    return is_in


def _counts(values: NDArray[Any]) -> dict[int, int]:
    counts = np.bincount(values)
    found = np.flatnonzero(counts)
    return dict(zip(found.tolist(), counts[found].tolist(), strict=True))
