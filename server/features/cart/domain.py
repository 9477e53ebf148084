"""The rules of a cart: how much may lie in it, what is wrong with a line, how two carts become one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MAX_QUANTITY = 99
MAX_LINES = 100

ProblemCode = Literal["price_changed", "out_of_stock", "stock_short", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line together with what its product is like now."""

    id: int
    product_id: int
    title: str
    quantity: int
    unit_price_minor: int
    price_minor: int
    currency: str
    stock: int
    is_listed: bool

    @property
    def total_minor(self) -> int:
        """What the line costs today."""
        return self.price_minor * self.quantity


@dataclass(frozen=True, slots=True)
class Cart:
    """A visitor's cart; version 0 is the empty cart that nobody has touched."""

    version: int
    lines: tuple[Line, ...]

    @property
    def totals_minor(self) -> dict[str, int]:
        """What all lines cost today, by currency: what is priced in two does not add up."""
        totals: dict[str, int] = {}
        for line in self.lines:
            totals[line.currency] = totals.get(line.currency, 0) + line.total_minor
        return totals


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be bought of a product right now."""

    product_id: int
    price_minor: int
    stock: int


@dataclass(frozen=True, slots=True)
class GuestLine:
    """A line of the guest's cart beside the same product in the user's cart."""

    product_id: int
    title: str
    quantity: int
    quantity_there: int
    unit_price_minor: int
    stock: int


@dataclass(frozen=True, slots=True)
class MergedLine:
    """What became of one of the guest's lines; ``quantity`` is what now lies in the user's cart."""

    product_id: int
    title: str
    wanted: int
    quantity: int
    unit_price_minor: int
    kind: Literal["added", "combined", "reduced"]


def available_quantity(stock: int) -> int:
    """Return how many of a product one cart may hold."""
    return max(0, min(stock, MAX_QUANTITY))


def problem_of(line: Line) -> ProblemCode | None:
    """Name the most important thing that is wrong with a line."""
    if not line.is_listed:
        return "withdrawn"
    if line.stock == 0:
        return "out_of_stock"
    if line.quantity > line.stock:
        return "stock_short"
    if line.price_minor != line.unit_price_minor:
        return "price_changed"
    return None


def merged_line(line: GuestLine) -> MergedLine:
    """Join the same product of two carts: the sum, but never more than can be bought.

    A product that is sold out keeps what the user's own cart already held, so that nothing goes silently.
    """
    wanted = line.quantity + line.quantity_there
    available = available_quantity(line.stock)
    quantity = min(wanted, available) if available else line.quantity_there
    kind: Literal["added", "combined", "reduced"] = "combined" if line.quantity_there else "added"
    return MergedLine(
        product_id=line.product_id,
        title=line.title,
        wanted=wanted,
        quantity=quantity,
        unit_price_minor=line.unit_price_minor,
        kind="reduced" if quantity < wanted else kind,
    )
