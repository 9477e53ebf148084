"""Turns the slugs of a listing's filters into the ids that search selects by."""

from __future__ import annotations

from server.features.catalog.domain import CONDITIONS, ListFilters
from server.features.catalog.reference import Names, Reference
from server.features.search.service import Selection


def selection_of(filters: ListFilters, reference: Reference) -> Selection:
    """Resolve filters; a category stands for all that is below it, an unknown slug for nothing."""
    categories = reference.tree.with_descendants(reference.categories.find(filters.category))
    return Selection(
        categories=tuple(categories) if filters.category else None,
        brands=_ids(reference.brands, filters.brand),
        stores=_ids(reference.stores, filters.store),
        conditions=tuple(CONDITIONS.index(name) for name in filters.condition) or None,
        min_price_minor=filters.min_price_minor,
        max_price_minor=filters.max_price_minor,
        in_stock=filters.in_stock,
        attributes=filters.attributes,
    )


def _ids(names: Names, slugs: tuple[str, ...]) -> tuple[int, ...] | None:
    return tuple(sorted(names.find(slugs))) if slugs else None
