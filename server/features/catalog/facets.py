"""Shapes facet counts for the wire."""

from __future__ import annotations

from server.features.catalog.domain import (
    CONDITIONS,
    PRICE_STEPS_MINOR,
    ListFilters,
    is_price_step_selected,
    price_step_label,
    price_step_value,
)
from server.features.catalog.reference import Names, Reference

Counts = dict[str, list[tuple[str, int]]]
Value = dict[str, object]


def facet_content(counts: Counts, filters: ListFilters, reference: Reference) -> list[dict[str, object]]:
    """List every facet with its values: the most frequent first, scales in their own order."""
    return [
        {"field": "category", "values": _named(counts["category"], reference.categories, filters.category)},
        {"field": "brand", "values": _named(counts["brand"], reference.brands, filters.brand)},
        {"field": "condition", "values": _conditions(dict(counts["condition"]), filters)},
        {"field": "store", "values": _named(counts["store"], reference.stores, filters.store)},
        {"field": "price", "values": _prices(dict(counts["price"]), filters)},
    ]


def _named(counts: list[tuple[str, int]], names: Names, selected: tuple[str, ...]) -> list[Value]:
    found = [(names.labels[int(key)], count) for key, count in counts if int(key) in names.labels]
    present = {slug for (slug, _name), _count in found}
    # What is selected stays visible even when the other filters leave nothing of it.
    found += [(names.labels[key], 0) for key in names.find(selected) if names.labels[key][0] not in present]
    return [_value(slug, name, count, is_selected=slug in selected) for (slug, name), count in found]


def _conditions(counts: dict[str, int], filters: ListFilters) -> list[Value]:
    return [
        _value(
            condition,
            condition.capitalize(),
            counts.get(condition, 0),
            is_selected=condition in filters.condition,
        )
        for condition in CONDITIONS
        if condition in counts or condition in filters.condition
    ]


def _prices(counts: dict[str, int], filters: ListFilters) -> list[Value]:
    return [
        _value(
            price_step_value(index),
            price_step_label(index),
            counts.get(str(index), 0),
            is_selected=is_price_step_selected(index, filters),
        )
        for index in range(len(PRICE_STEPS_MINOR))
        if str(index) in counts or is_price_step_selected(index, filters)
    ]


def _value(value: str, label: str, count: int, *, is_selected: bool) -> Value:
    return {"value": value, "label": label, "count": count, "selected": is_selected}
