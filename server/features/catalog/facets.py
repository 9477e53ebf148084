"""Shapes facet counts for the wire."""

from __future__ import annotations

from collections import Counter

from server.features.catalog.domain import (
    CONDITIONS,
    PRICE_STEPS,
    ListFilters,
    is_price_step_selected,
    price_step_label,
    price_step_value,
)
from server.features.catalog.reference import Names, Reference, Tree
from server.features.search.service import AttributeCounts, FacetCounts, Selection

MAX_FACET_VALUES = 60
Value = dict[str, object]


def facet_content(
    counts: FacetCounts, filters: ListFilters, selection: Selection, reference: Reference
) -> list[dict[str, object]]:
    """List every facet with its values: the most frequent first, scales in their own order."""
    categories = _with_parents(counts.by_id["category"], reference.tree)
    labels = reference.tree.attribute_labels(selection.categories or ())
    return [
        {"field": "category", "values": _named(categories, reference.categories, filters.category)},
        {"field": "brand", "values": _named(counts.by_id["brand"], reference.brands, filters.brand)},
        {"field": "condition", "values": _conditions(counts.conditions, filters)},
        {"field": "store", "values": _named(counts.by_id["store"], reference.stores, filters.store)},
        _prices(counts, filters),
        *_attributes(counts.attributes, dict(filters.attributes), labels),
    ]


def _with_parents(counts: dict[int, int], tree: Tree) -> dict[int, int]:
    """Count for a category what is listed below it, too."""
    summed = Counter(counts)
    for category_id, count in counts.items():
        for ancestor in tree.ancestors(category_id):
            summed[ancestor] += count
    return summed


def _named(counts: dict[int, int], names: Names, selected: tuple[str, ...]) -> list[Value]:
    found = [(names.labels[key], count) for key, count in counts.items() if key in names.labels]
    found.sort(key=lambda entry: (-entry[1], entry[0]))
    kept = [entry for place, entry in enumerate(found) if place < MAX_FACET_VALUES or entry[0][0] in selected]
    present = {slug for (slug, _name), _count in kept}
    # What is selected stays visible even when the other filters leave nothing of it.
    kept += [(names.labels[key], 0) for key in names.find(selected) if names.labels[key][0] not in present]
    return [_value(slug, name, count, is_selected=slug in selected) for (slug, name), count in kept]


def _conditions(counts: dict[int, int], filters: ListFilters) -> list[Value]:
    return [
        _value(name, name.capitalize(), counts.get(place, 0), is_selected=name in filters.condition)
        for place, name in enumerate(CONDITIONS)
        if place in counts or name in filters.condition
    ]


def _prices(counts: FacetCounts, filters: ListFilters) -> dict[str, object]:
    """Shape the steps of one currency, and say which it is and which others there are."""
    currency = counts.currency
    values = []
    for index in range(len(PRICE_STEPS)):
        count = counts.price_steps.get(index, 0)
        is_selected = is_price_step_selected(index, filters, currency)
        if count or is_selected:
            value, label = price_step_value(index, currency), price_step_label(index, currency)
            values.append(_value(value, label, count, is_selected=is_selected))
    return {"field": "price", "values": values, "currency": currency, "currencies": counts.currencies}


def _attributes(
    counted: list[AttributeCounts], chosen: dict[str, tuple[str, ...]], labels: dict[str, str]
) -> list[dict[str, object]]:
    """Shape the category's own attributes in its order; values by frequency, chosen ones always."""
    by_key = {attribute.key: attribute.counts for attribute in counted}
    by_key |= {key: {} for key in chosen if key not in by_key}
    order = {key: place for place, key in enumerate(labels)}
    facets: list[dict[str, object]] = []
    for key in sorted(by_key, key=lambda key: (order.get(key, len(order)), key)):
        counts = dict.fromkeys(chosen.get(key, ()), 0) | by_key[key]
        if counts:
            ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
            facets.append(
                {
                    "field": f"attr:{key}",
                    "label": labels.get(key, key.replace("_", " ").capitalize()),
                    "values": [
                        _value(value, value, count, is_selected=value in chosen.get(key, ()))
                        for value, count in ranked
                    ],
                }
            )
    return facets


def _value(value: str, label: str, count: int, *, is_selected: bool) -> Value:
    return {"value": value, "label": label, "count": count, "selected": is_selected}
