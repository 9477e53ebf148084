"""What the catalogue puts on the wire."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from server.core.wire import WireModel

Condition = Literal["new", "excellent", "good", "fair"]
Sort = Literal["popular", "newest", "price", "-price", "relevance", "for_you"]


class MoneyOut(WireModel):
    """An exact amount, its currency, and a text to show."""

    amount: str
    currency: str
    display: str


class BrandOut(WireModel):
    """A maker."""

    id: str
    slug: str
    name: str


class CategoryRefOut(WireModel):
    """The category of a product."""

    id: str
    slug: str
    name: str


class StoreRefOut(WireModel):
    """The seller of a product."""

    id: str
    name: str


class CardOut(WireModel):
    """What every list shows of a product."""

    id: str
    title: str
    brand: BrandOut
    category: CategoryRefOut
    condition: Condition
    price: MoneyOut
    in_stock: bool
    stock: int
    store: StoreRefOut
    image_url: str
    views_count: int
    version: int
    converted_price: MoneyOut | None = None


class CardPageOut(WireModel):
    """One page of cards."""

    items: list[CardOut]
    next_cursor: str | None


class FacetValueOut(WireModel):
    """One choice of a filter and how many products it would leave."""

    value: str
    label: str
    count: int
    selected: bool


class FacetOut(WireModel):
    """One filter with its choices; its own selection does not narrow its counts."""

    field: str = Field(
        description="category, brand, condition, store, price, or attr:<key> of an attribute of the category"
    )
    values: list[FacetValueOut]
    currency: str | None = Field(default=None, description="Of price: what its values are amounts of.")
    currencies: list[str] | None = Field(
        default=None, description="Of price: all currencies that are listed, the most frequent first."
    )
    label: str | None = Field(default=None, description="What people call an attribute.")


class RepairOut(WireModel):
    """A word that no product has, and the one that was searched for instead."""

    from_: str = Field(alias="from")
    to: str


class RelaxationOut(WireModel):
    """One step back and how many products it brings; query is what is left of the words."""

    kind: Literal["word", "filter"]
    without: str
    count: int
    query: str | None = None


class SearchNoteOut(WireModel):
    """How the words were understood, and what would help when nothing is left."""

    query: str
    repaired: list[RepairOut]
    relaxations: list[RelaxationOut]
    reason: Literal["only_stop_words", "nothing_searchable", "nothing_found", "some_words"] | None = None


class ProductPageOut(WireModel):
    """One page of a listing; total and facets only when asked for."""

    items: list[CardOut]
    next_cursor: str | None
    total: int | None = None
    facets: list[FacetOut] | None = None
    search: SearchNoteOut | None = None


class AttributeOut(WireModel):
    """One line of a specification."""

    key: str
    label: str
    value: str
    unit: str | None = None


class WearMarkOut(WireModel):
    """One trace of use; x and y are its place on the drawing, as shares of the drawing's sides."""

    kind: str
    place: str
    detail: str
    x: float | None = None
    y: float | None = None


class GradeOut(WireModel):
    """The cheapest listing of the same model in one condition."""

    id: str
    condition: Condition
    price: MoneyOut
    stock: int


class ProductOut(CardOut):
    """Everything about one product."""

    model: str
    description: str
    listed_at: str
    attributes: list[AttributeOut]
    wear: list[WearMarkOut]
    grades: list[GradeOut]


class CategoryOut(WireModel):
    """A category and how many products are listed in it."""

    id: str
    slug: str
    name: str
    parent_id: str | None
    products_count: int


class CategoryListOut(WireModel):
    """All categories in their order."""

    items: list[CategoryOut]


class ListQuery(WireModel):
    """The filters, order and page of a listing; repeated keys are alternatives."""

    q: str | None = Field(default=None, description="Words to search for.")
    category: list[str] | None = Field(default=None, description="Slugs.")
    brand: list[str] | None = Field(default=None, description="Slugs.")
    condition: list[Condition] | None = None
    store: list[str] | None = Field(default=None, description="Slugs.")
    min_price: str | None = Field(default=None, description="An amount such as 129.99.")
    max_price: str | None = Field(default=None, description="An amount such as 129.99.")
    price_currency: str | None = Field(
        default=None,
        description="What minPrice and maxPrice are amounts of, such as EUR; only listings priced in it pass "
        "them, and it leads the orders by price. If it is missing: the most frequent currency of the list.",
    )
    in_stock: bool | None = None
    sort: Sort | None = None
    currency: str | None = Field(default=None, description="EUR.")
    facets: bool | None = None
    include_total: bool | None = Field(default=None, description="Adds total, counted to 10,000.")
    cursor: str | None = None
    limit: int | None = Field(default=None, ge=1, le=100)


class PageQuery(WireModel):
    """A page of a list."""

    cursor: str | None = None
    limit: int | None = Field(default=None, ge=1, le=100)


class LimitQuery(WireModel):
    """The length of a list."""

    limit: int | None = Field(default=None, ge=1, le=100)


class DetailQuery(WireModel):
    """How a product is looked at."""

    prefetch: int | None = Field(default=None, description="1: ahead of a visit, so no view is counted.")
