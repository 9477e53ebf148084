"""What the cart puts on the wire."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from server.core.wire import BodyModel, RowIdText, WireModel
from server.features.catalog.service import CardOut, MoneyOut

MAX_QUANTITY = 99


class CartLineOut(WireModel):
    """One product in the cart."""

    id: str
    product: CardOut
    quantity: int
    line_total: MoneyOut


class CartProblemOut(WireModel):
    """Something about a line that the shopper should know before ordering."""

    code: Literal["price_changed", "out_of_stock", "stock_short", "withdrawn"]
    line_id: str
    detail: str
    was: MoneyOut | None = None
    now: MoneyOut | None = None
    available: int | None = None


class CartOut(WireModel):
    """The whole cart."""

    version: int
    lines: list[CartLineOut]
    total: MoneyOut = Field(description="In the currency of the first line; see totals.")
    totals: list[MoneyOut] = Field(description="One for each currency, for the shop converts nothing.")
    problems: list[CartProblemOut]
    requirements: list[str]


class CartLineIn(BodyModel):
    """A product to put into the cart; more of the same adds up."""

    product_id: RowIdText
    quantity: int = Field(ge=1, le=MAX_QUANTITY)


class CartLinePatchIn(BodyModel):
    """A new quantity; 0 removes the line."""

    quantity: int = Field(ge=0, le=MAX_QUANTITY)


class MergedLineOut(WireModel):
    """A line that came over from the guest's cart."""

    product_id: str
    title: str
    quantity: int


class ReducedLineOut(WireModel):
    """A line whose joined quantity exceeded what can be sold."""

    product_id: str
    title: str
    wanted: int
    quantity: int
