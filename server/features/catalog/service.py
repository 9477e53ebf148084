"""What the catalogue offers to its routes and to other features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from quart import Quart, current_app

from server.core.clock import rfc3339
from server.core.json import dumps
from server.core.money import money
from server.core.problems import NotFound
from server.core.runtime import EXTENSION, Runtime
from server.core.transactions import reading
from server.features.catalog import queries
from server.features.catalog.cards import CardCache, card_content
from server.features.catalog.category_list import CategoryList
from server.features.catalog.counts_cache import CountsCache
from server.features.catalog.domain import CONDITIONS, ListFilters, ListRequest, price_steps_minor
from server.features.catalog.leanings import NO_LEANING, Leaning, Leanings, Shopper, TurnedDown
from server.features.catalog.queries import PRODUCTS_CHANNEL, DetailRow, GradeRow, notify_products
from server.features.catalog.reference import ReferenceData
from server.features.catalog.schemas import CardOut, CardPageOut, MoneyOut, PageQuery
from server.features.catalog.view_counter import ViewCounter
from server.features.search.service import Scales, install_search

__all__ = [
    "NO_LEANING",
    "PRODUCTS_CHANNEL",
    "CardCache",
    "CardOut",
    "CardPageOut",
    "Catalog",
    "Leaning",
    "ListFilters",
    "ListRequest",
    "MoneyOut",
    "PageQuery",
    "Shopper",
    "TurnedDown",
    "cards",
    "cards_by_id",
    "catalog",
    "install_catalog",
    "installed_catalog",
    "notify_products",
    "product_detail",
]

CATALOG = "jackdaw_catalog"


@dataclass(frozen=True, slots=True)
class Catalog:
    """What one worker remembers of the catalogue."""

    cards: CardCache
    reference: ReferenceData
    categories: CategoryList
    views: ViewCounter
    counts: CountsCache
    leanings: Leanings = field(default_factory=Leanings)


def install_catalog(app: Quart) -> Catalog:
    """Create the worker's caches and let notifications empty them; before the listener starts."""
    shared: Runtime = app.extensions[EXTENSION]
    installed = Catalog(
        cards=CardCache(shared.database, shared.settings.card_cache_bytes),
        reference=ReferenceData(shared.database),
        categories=CategoryList(shared.database),
        views=ViewCounter(shared.database, shared.clock),
        counts=CountsCache(),
    )
    searching = install_search(app, Scales(CONDITIONS, price_steps_minor))
    for receive in (installed.cards.receive, searching.receive):
        shared.listener.subscribe(PRODUCTS_CHANNEL, receive)
    shared.listener.on_gap(installed.cards.clear)
    shared.listener.on_gap(installed.reference.forget)
    app.extensions[CATALOG] = installed
    return installed


def installed_catalog(app: Quart) -> Catalog:
    """Return the catalogue of an application."""
    return cast("Catalog", app.extensions[CATALOG])


def catalog() -> Catalog:
    """Return the catalogue of the application that handles the current request."""
    return cast("Catalog", current_app.extensions[CATALOG])


async def cards_by_id(product_ids: Sequence[int], *, with_withdrawn: bool = False) -> dict[int, bytes]:
    """Return cards as JSON bytes by product id; without unknown ones, and withdrawn ones unless asked."""
    return await catalog().cards.get(product_ids, with_withdrawn=with_withdrawn)


async def cards(product_ids: Sequence[int]) -> list[bytes]:
    """Return the cards of the listed ones of these products as JSON bytes, in the given order."""
    return await catalog().cards.listed(product_ids)


async def product_detail(product_id: int) -> bytes:
    """Answer everything about a product as JSON bytes.

    Raises
    ------
    NotFound
        No such product, or it is no longer listed.
    """
    async with reading() as connection:
        found = await queries.select_detail(connection, product_id)
        if found is None:
            raise NotFound("There is no such product.")
        card, detail = found
        grades = await queries.select_grades(
            connection,
            product_id=product_id,
            brand_id=card.brand_id,
            model=card.model,
            currency=card.currency,
        )
    grades.sort(key=lambda grade: CONDITIONS.index(grade.condition))
    return dumps(
        card_content(card)
        | {
            "model": card.model,
            "description": detail.description,
            "listedAt": rfc3339(detail.listed_at),
            "attributes": _attributes(detail),
            "wear": detail.wear,
            "grades": [_grade(grade) for grade in grades],
        }
    )


def _attributes(detail: DetailRow) -> list[dict[str, str]]:
    """Put the attributes in the category's order; those it does not name come last."""
    labels = dict(detail.attribute_labels)
    labels |= {key: key.replace("_", " ").capitalize() for key in detail.attributes if key not in labels}
    return [
        {"key": key, "label": label, "value": str(detail.attributes[key])}
        for key, label in labels.items()
        if key in detail.attributes
    ]


def _grade(grade: GradeRow) -> dict[str, object]:
    return {
        "id": str(grade.id),
        "condition": grade.condition,
        "price": money(grade.price_minor, grade.currency),
        "stock": grade.stock,
    }
