"""Fed products and recommendations on the wire."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from server.core.wire import WireModel
from server.features.catalog.service import MoneyOut
from server.features.recommendations.service import ReasonKind


class FeedProductOut(WireModel):
    """A product as its program sent it; ``id`` is the program's own."""

    id: str
    title: str
    category: str
    brand: str
    price: MoneyOut | None
    stock: int | None
    in_stock: bool
    url: str | None
    image_url: str | None
    attributes: dict[str, Any]
    listed_at: str
    updated_at: str
    withdrawn: bool


class FeedProductsOut(WireModel):
    """A page of products in the order in which they first came."""

    items: list[FeedProductOut]
    next_cursor: str | None


class FeedProductsQuery(WireModel):
    """A page, of one category or of all."""

    category: str | None = None
    cursor: str | None = None
    limit: int | None = Field(default=None, ge=1, le=100)


class FeedReasonOut(WireModel):
    """Why something is shown; without the products named here it would score lower."""

    kind: ReasonKind
    product_ids: list[str]
    text: str


class FeedItemOut(WireModel):
    """A recommended product."""

    position: int
    product: FeedProductOut
    score: float
    reason: FeedReasonOut


class FeedRecommendationsOut(WireModel):
    """What to show; without ``modelVersion`` it is what is popular, and ``note`` says why."""

    namespace: str
    model_version: str | None
    personalised: bool
    note: str | None
    items: list[FeedItemOut]


class FeedRecommendationsQuery(WireModel):
    """What the answer is for: a product, a category, a user, or any of them together."""

    product_id: str | None = None
    category: str | None = None
    user_id: str | None = None
    limit: int | None = Field(default=None, ge=1, le=100)
