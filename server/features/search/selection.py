"""What a list is narrowed to, and the masks that do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from server.features.search.columns import Columns, Ids, Mask, Rows
from server.features.search.currencies import number_of

FEW_CODES = 4
# The lower ends of the steps into which prices of a currency are sorted, in minor units.
PriceSteps = Callable[[str], Sequence[int]]
AttributeFilter = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters by id. ``None`` filters nothing; an empty tuple, of names that nobody has, everything."""

    categories: tuple[int, ...] | None = None
    brands: tuple[int, ...] | None = None
    stores: tuple[int, ...] | None = None
    conditions: tuple[int, ...] | None = None
    min_price_minor: int | None = None
    max_price_minor: int | None = None
    # That of the bounds; ``None`` while all listings have the same.
    price_currency: str | None = None
    in_stock: bool = False
    attributes: tuple[AttributeFilter, ...] = ()

    @property
    def has_bounds(self) -> bool:
        """Whether prices are bounded."""
        return self.min_price_minor is not None or self.max_price_minor is not None

    def fields(self) -> list[str]:
        """Name the filters that are set, as facets and relaxations name them."""
        named = {
            "category": self.categories is not None,
            "brand": self.brands is not None,
            "condition": self.conditions is not None,
            "store": self.stores is not None,
            "price": self.has_bounds,
            "inStock": self.in_stock,
        }
        return [name for name, is_set in named.items() if is_set] + [
            f"attr:{key}" for key, _ in self.attributes
        ]


def _among(column: NDArray[Any], codes: list[int], size: int) -> Mask:
    if len(codes) <= FEW_CODES:
        # Comparing all rows a few times costs less than looking each up.
        few = np.zeros(len(column), bool)
        for code in codes:
            few |= column == code
        return few
    wanted = np.zeros(size + 1, bool)
    wanted[codes] = True
    found: Mask = wanted[column]
    return found


class Narrowing:
    """One mask per filter over some listings, or over all; ``having`` says who has which attribute.

    Made and used without awaiting in between: rows move when listings arrive.
    """

    def __init__(
        self, columns: Columns, selection: Selection, having: dict[str, Ids], ids: Ids | None = None
    ) -> None:
        self._columns = columns
        self._rows: Rows | None = None
        if ids is None:
            self._listed = columns["is_listed"]
        else:
            self._rows, is_known = columns.rows_of(ids)
            self._listed = is_known & self._column("is_listed")
        self._masks: dict[str, Mask] = {}
        for name, wanted in (
            ("category", selection.categories),
            ("brand", selection.brands),
            ("store", selection.stores),
        ):
            if wanted is not None:
                codes = columns.codes[name]
                self._masks[name] = _among(self._column(name), codes.find(wanted), len(codes.ids))
        if selection.conditions is not None:
            self._masks["condition"] = _among(self._column("condition"), list(selection.conditions), 8)
        self._bound_price(selection)
        if selection.in_stock:
            self._masks["inStock"] = self._column("stock") > 0
        for key, owners in having.items():
            self._masks[f"attr:{key}"] = np.isin(self._column("id"), owners)

    def _bound_price(self, selection: Selection) -> None:
        price = self._column("price")
        low, high = selection.min_price_minor, selection.max_price_minor
        if low is not None and high is not None:
            self._masks["price"] = (price >= low) & (price <= high)
        elif low is not None:
            self._masks["price"] = price >= low
        elif high is not None:
            self._masks["price"] = price <= high
        if selection.has_bounds and selection.price_currency is not None:
            codes = self._columns.codes["currency"]
            found = codes.find([number_of(selection.price_currency)])
            self._masks["price"] &= _among(self._column("currency"), found, len(codes.ids))

    def _column(self, name: str) -> NDArray[Any]:
        column = self._columns[name]
        if self._rows is None:
            return column
        return column[self._rows] if len(column) else np.zeros(len(self._rows), column.dtype)

    def mask(self, *, without: str | None = None) -> Mask:
        """Return which of the listings pass every filter but one."""
        passing = self._listed
        for name, mask in self._masks.items():
            if name != without:
                passing = passing & mask
        return passing

    def rows(self, *, without: str | None = None) -> Rows:
        """Return the rows that pass every filter but one, as rows of the columns."""
        passing = self.mask(without=without)
        return np.flatnonzero(passing) if self._rows is None else self._rows[passing]
