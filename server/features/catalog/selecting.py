"""Turns the slugs of a listing's filters into the ids that search selects by."""

from __future__ import annotations

from dataclasses import replace

from server.features.catalog.domain import CONDITIONS, ListFilters, bounds_minor
from server.features.catalog.reference import Names, Reference
from server.features.search.service import Selection


def selection_of(filters: ListFilters, reference: Reference) -> Selection:
    """Resolve filters; a category stands for all that is below it, an unknown slug for nothing.

    What a price filter means is not known before its currency; `priced` adds it.
    """
    categories = reference.tree.with_descendants(reference.categories.find(filters.category))
    return Selection(
        categories=tuple(categories) if filters.category else None,
        brands=_ids(reference.brands, filters.brand),
        stores=_ids(reference.stores, filters.store),
        conditions=tuple(CONDITIONS.index(name) for name in filters.condition) or None,
        price_currency=filters.price_currency,
        in_stock=filters.in_stock,
        attributes=filters.attributes,
    )


def priced(selection: Selection, filters: ListFilters, currency: str, *, is_mixed: bool) -> Selection:
    """Add the price filter; amounts in other currencies are neither above nor below its bounds."""
    low, high = bounds_minor(filters, currency)
    only = currency if is_mixed else selection.price_currency
    return replace(selection, min_price_minor=low, max_price_minor=high, price_currency=only)


def _ids(names: Names, slugs: tuple[str, ...]) -> tuple[int, ...] | None:
    return tuple(sorted(names.find(slugs))) if slugs else None
