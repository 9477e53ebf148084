"""The rows that programs send, and what becomes of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints, field_validator

from server.core.wire import BodyModel, WireModel
from server.features.feed.domain import minor_units

MAX_ROWS = 5_000
# The caller's own: any text without control characters and without blanks at its ends.
ExternalId = Annotated[
    str, StringConstraints(pattern=r"^[^\s\x00-\x1f\x7f]([^\x00-\x1f\x7f]{0,98}[^\s\x00-\x1f\x7f])?$")
]
Label = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s\x00-\x1f]{1,2000}$")]
AttributeText = Annotated[str, StringConstraints(max_length=1_000)]
EventName = Literal["impression", "view", "click", "favorite", "cart_add", "purchase", "dismiss"]
BatchKind = Literal["products", "interactions"]
BatchStatus = Literal["pending", "done", "failed"]


class FeedPriceIn(BodyModel):
    """A price as exact text with its currency."""

    amount: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,12}(\.[0-9]{1,3})?$")]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class FeedProductIn(BodyModel):
    """A product of the program's shop; ``id`` is its own, and sending it again replaces what was sent.

    Without ``stock`` it can always be bought; ``withdrawn`` takes it out of every answer.
    """

    id: ExternalId
    title: Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
    category: Label = ""
    brand: Label = ""
    price: FeedPriceIn | None = None
    stock: int | None = Field(default=None, ge=0, le=1_000_000_000)
    url: Address | None = None
    image_url: Address | None = None
    attributes: dict[Label, AttributeText] = Field(default_factory=dict, max_length=100)
    listed_at: AwareDatetime | None = None
    withdrawn: bool = False

    @field_validator("price")
    @classmethod
    def price_fits_its_currency(cls, price: FeedPriceIn | None) -> FeedPriceIn | None:
        """Refuse more decimals than the currency has."""
        if price is not None:
            minor_units(price.amount, price.currency)
        return price


class FeedEventIn(BodyModel):
    """What a user of the program's shop did; an ``id`` counts once, however often it is sent."""

    id: ExternalId
    type: EventName
    product_id: ExternalId
    user_id: ExternalId
    occurred_at: AwareDatetime


class FeedProductsIn(BodyModel):
    """Products in bulk; the bare list and one product per line (``application/x-ndjson``) are read too."""

    products: list[FeedProductIn] = Field(min_length=1, max_length=MAX_ROWS)


class FeedInteractionsIn(BodyModel):
    """Events in bulk; the bare list and one event per line (``application/x-ndjson``) are read too."""

    events: list[FeedEventIn] = Field(min_length=1, max_length=MAX_ROWS)


class RowErrorOut(WireModel):
    """Why a row was left out: its index in the request counts from 0; ``field`` is empty for a whole row."""

    index: int
    field: str
    code: str
    detail: str


class FeedBatchOut(WireModel):
    """What became of a request in bulk.

    While ``pending``, ``accepted`` counts the rows that are well-formed and kept; once ``done``, those that
    are stored. ``duplicates`` are events that were known already.
    """

    batch_id: str
    kind: BatchKind
    status: BatchStatus
    received_at: str
    done_at: str | None
    rows: int
    accepted: int
    rejected: int
    duplicates: int
    errors: list[RowErrorOut]
