"""SQL of listings: allow-listed fragments, one per filter and order; values only ever as parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from server.core.pagination import SortValue
from server.core.problems import Malformed
from server.core.transactions import Connection
from server.features.catalog.domain import PRICE_STEPS_MINOR, ListFilters
from server.features.catalog.reference import Reference
from server.features.search.service import SLOT, text_match

MAX_TOTAL = 10_000
MAX_FACET_VALUES = 60
MAX_RANKED = 5_000


@dataclass(frozen=True, slots=True)
class Order:
    """An order: its sort keys, all in the same direction, the last one unique."""

    keys: tuple[str, ...]
    types: tuple[str, ...]
    is_descending: bool
    columns: str
    by: str

    @classmethod
    def of(cls, keys: tuple[str, ...], types: tuple[str, ...], *, is_descending: bool) -> Order:
        """Write the clauses once: they are part of every page's statement."""
        direction = " DESC" if is_descending else ""
        return cls(keys, types, is_descending, ", ".join(keys), ", ".join(key + direction for key in keys))


_RANK = "ts_rank_cd(p.search_vector, p.query)::float8"
ORDERS = {
    "popular": Order.of(("p.popularity", "p.id"), ("float8", "bigint"), is_descending=True),
    "newest": Order.of(("p.listed_at", "p.id"), ("timestamptz", "bigint"), is_descending=True),
    "price": Order.of(("p.price_minor", "p.id"), ("bigint", "bigint"), is_descending=False),
    "-price": Order.of(("p.price_minor", "p.id"), ("bigint", "bigint"), is_descending=True),
    "relevance": Order.of(
        (_RANK, "p.popularity", "p.id"), ("float8", "float8", "bigint"), is_descending=True
    ),
}


@dataclass(frozen=True, slots=True)
class FoundPage:
    """The ids of one page, and the sort values of its last row when more follow."""

    product_ids: list[int]
    last_values: list[SortValue] | None


class _Statement:
    """Numbers parameters as they come."""

    def __init__(self) -> None:
        self.parameters: list[Any] = []

    def bind(self, value: object) -> str:
        self.parameters.append(value)
        return f"${len(self.parameters)}"

    def fill(self, template: str, values: Iterable[object]) -> str:
        for value in values:
            template = template.replace(SLOT, self.bind(value), 1)
        return template


def _conditions(statement: _Statement, filters: ListFilters, reference: Reference) -> dict[str, str]:
    """Return one condition per filter that is set, by the facet that it belongs to."""
    conditions = {"listed": "p.withdrawn_at IS NULL"}
    for facet, names, slugs in (
        ("category", reference.categories, filters.category),
        ("brand", reference.brands, filters.brand),
        ("store", reference.stores, filters.store),
    ):
        if slugs:
            ids = names.find(slugs)
            # An equality lets the planner walk the index in the order of the page; a list does not.
            conditions[facet] = (
                f"p.{facet}_id = {statement.bind(ids[0])}"
                if len(ids) == 1
                else f"p.{facet}_id = ANY({statement.bind(ids)}::bigint[])"
            )
    if filters.condition:
        conditions["condition"] = f"p.condition = ANY({statement.bind(list(filters.condition))}::text[])"
    bounds = []
    if filters.min_price_minor is not None:
        bounds.append(f"p.price_minor >= {statement.bind(filters.min_price_minor)}")
    if filters.max_price_minor is not None:
        bounds.append(f"p.price_minor <= {statement.bind(filters.max_price_minor)}")
    if bounds:
        conditions["price"] = " AND ".join(bounds)
    if filters.in_stock:
        conditions["in_stock"] = "p.stock > 0"
    return conditions


def _source(statement: _Statement, filters: ListFilters, conditions: dict[str, str]) -> str:
    if not filters.q:
        return "FROM products p"
    match = text_match(filters.q)
    conditions["words"] = "p.search_vector @@ words.query"
    query = statement.fill(match.sql, match.parameters)
    return f"FROM products p, (SELECT {query} AS query) words"


def _candidates(source: str, conditions: dict[str, str]) -> str:
    """Bound what is ranked: a rank costs 10 µs, and a word may stand in every product.

    Of very many matches the most looked-at ones are ranked; fewer are all ranked.
    """
    return " ".join(
        [
            "FROM (SELECT p.id, p.popularity, p.search_vector, words.query",
            source,
            "WHERE",
            " AND ".join(conditions.values()),
            f"ORDER BY p.popularity DESC, p.id DESC LIMIT {MAX_RANKED}) p",
        ]
    )


async def select_page(
    connection: Connection,
    *,
    filters: ListFilters,
    reference: Reference,
    after: list[SortValue] | None,
    limit: int,
) -> FoundPage:
    """Find the ids of one page and where the next one starts."""
    statement = _Statement()
    order = ORDERS[filters.sort]
    conditions = _conditions(statement, filters, reference)
    source = _source(statement, filters, conditions)
    if filters.sort == "relevance":
        source, conditions = _candidates(source, conditions), {"all": "true"}
    if after is not None:
        values = [statement.bind(value) for value in _read_values(order, after)]
        bounds = ", ".join(f"{v}::{t}" for v, t in zip(values, order.types, strict=True))
        sign = "<" if order.is_descending else ">"
        conditions["after"] = f"({order.columns}) {sign} ({bounds})"
    rows = await connection.fetch(
        " ".join(
            [
                "SELECT",
                order.columns,
                source,
                "WHERE",
                " AND ".join(conditions.values()),
                f"ORDER BY {order.by} LIMIT {statement.bind(limit + 1)}",
            ]
        ),
        *statement.parameters,
    )
    page = rows[:limit]
    last = [_write_value(value) for value in page[-1]] if len(rows) > limit else None
    return FoundPage([row[-1] for row in page], last)


async def select_total(connection: Connection, *, filters: ListFilters, reference: Reference) -> int:
    """Count the products of a listing, to ``MAX_TOTAL`` at most."""
    statement = _Statement()
    conditions = _conditions(statement, filters, reference)
    source = _source(statement, filters, conditions)
    total: int = await connection.fetchval(
        " ".join(
            [
                "SELECT count(*) FROM (SELECT 1",
                source,
                "WHERE",
                " AND ".join(conditions.values()),
                f"LIMIT {MAX_TOTAL}) counted",
            ]
        ),
        *statement.parameters,
    )
    return total


FACETS = {
    "category": "p.category_id::text",
    "brand": "p.brand_id::text",
    "condition": "p.condition",
    "store": "p.store_id::text",
    "price": "(width_bucket(p.price_minor, {steps}::bigint[]) - 1)::text",
}


async def select_facets(
    connection: Connection, *, filters: ListFilters, reference: Reference
) -> dict[str, list[tuple[str, int]]]:
    """Count the products per value of every facet; a facet ignores its own selection. One statement."""
    statement = _Statement()
    conditions = _conditions(statement, filters, reference)
    source = _source(statement, filters, conditions)
    steps = statement.bind(list(PRICE_STEPS_MINOR))
    parts = [
        " ".join(
            [
                f"(SELECT '{facet}', {value.format(steps=steps)}, count(*)",
                source,
                "WHERE",
                " AND ".join(condition for name, condition in conditions.items() if name != facet),
                f"GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT {MAX_FACET_VALUES})",
            ]
        )
        for facet, value in FACETS.items()
    ]
    # The types of parameters that only some parts use are the same everywhere, so one list serves all.
    rows = await connection.fetch(" UNION ALL ".join(parts), *statement.parameters)
    counts: dict[str, list[tuple[str, int]]] = {facet: [] for facet in FACETS}
    for facet, value, count in rows:
        counts[facet].append((value, count))
    return counts


def _write_value(value: object) -> SortValue:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, int | float | str):
        return value
    raise TypeError(type(value).__name__)


_READERS: dict[str, Callable[[Any], object]] = {
    "float8": float,
    "bigint": int,
    "timestamptz": datetime.fromisoformat,
}


def _read_values(order: Order, values: list[SortValue]) -> list[object]:
    try:
        return [_READERS[kind](value) for kind, value in zip(order.types, values, strict=True)]
    except (TypeError, ValueError) as error:
        raise Malformed("The cursor does not belong to this list.", code="cursor.invalid") from error
