"""SQL of listings without words: allow-listed fragments per filter and order; values only as parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from server.core.pagination import SortValue
from server.core.problems import Malformed
from server.core.transactions import Connection
from server.features.catalog.domain import CONDITIONS
from server.features.catalog.for_you import Led
from server.features.search.service import FoundPage, Selection


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


ORDERS = {
    "popular": Order.of(("p.popularity", "p.id"), ("float8", "bigint"), is_descending=True),
    "newest": Order.of(("p.listed_at", "p.id"), ("timestamptz", "bigint"), is_descending=True),
    "price": Order.of(("p.price_minor", "p.id"), ("bigint", "bigint"), is_descending=False),
    "-price": Order.of(("p.price_minor", "p.id"), ("bigint", "bigint"), is_descending=True),
}
# As everywhere a model is a number: a product without one is one of a kind.
MODEL_SQL = "CASE p.model WHEN '' THEN p.id ELSE hashtextextended(p.model, p.brand_id) END"


class _Statement:
    """Numbers parameters as they come."""

    def __init__(self) -> None:
        self.parameters: list[Any] = []

    def bind(self, value: object) -> str:
        self.parameters.append(value)
        return f"${len(self.parameters)}"


def _conditions(statement: _Statement, selection: Selection) -> list[str]:
    conditions = ["p.withdrawn_at IS NULL"]
    for column, ids in (
        ("category_id", selection.categories),
        ("brand_id", selection.brands),
        ("store_id", selection.stores),
    ):
        if ids is not None:
            # An equality lets the planner walk the index in the order of the page; a list does not.
            conditions.append(
                f"p.{column} = {statement.bind(ids[0])}"
                if len(ids) == 1
                else f"p.{column} = ANY({statement.bind(list(ids))}::bigint[])"
            )
    if selection.conditions is not None:
        names = [CONDITIONS[place] for place in selection.conditions]
        conditions.append(f"p.condition = ANY({statement.bind(names)}::text[])")
    if selection.min_price_minor is not None:
        conditions.append(f"p.price_minor >= {statement.bind(selection.min_price_minor)}")
    if selection.max_price_minor is not None:
        conditions.append(f"p.price_minor <= {statement.bind(selection.max_price_minor)}")
    if selection.has_bounds and selection.price_currency is not None:
        conditions.append(f"p.currency = {statement.bind(selection.price_currency)}")
    if selection.in_stock:
        conditions.append("p.stock > 0")
    for key, values in selection.attributes:
        conditions.append(
            f"p.attributes ->> {statement.bind(key)} = ANY({statement.bind(list(values))}::text[])"
        )
    return conditions


def _rest_conditions(statement: _Statement, led: Led) -> list[str]:
    """Leave out what leads the list, and what was turned down."""
    down = led.leaning.turned_down
    columns: tuple[tuple[str, str, list[int]], ...] = (
        ("p.id", "bigint", [*led.product_ids.tolist(), *down.items]),
        ("p.brand_id", "bigint", list(down.brands)),
        ("p.category_id", "bigint", list(down.categories)),
        (MODEL_SQL, "bigint", list(down.models)),
    )
    return [f"{column} <> ALL({statement.bind(ids)}::{kind}[])" for column, kind, ids in columns if ids]


async def select_page(
    connection: Connection,
    *,
    selection: Selection,
    sort: str,
    after: list[SortValue] | None,
    limit: int,
    led: Led | None = None,
) -> FoundPage:
    """Find the ids of one page and where the next one starts; of what is led, the rest."""
    statement = _Statement()
    order = ORDERS[sort]
    conditions = _conditions(statement, selection)
    if led is not None:
        conditions += _rest_conditions(statement, led)
    if after is not None:
        values = [statement.bind(value) for value in _read_values(order, after)]
        bounds = ", ".join(f"{v}::{t}" for v, t in zip(values, order.types, strict=True))
        conditions.append(f"({order.columns}) {'<' if order.is_descending else '>'} ({bounds})")
    # Given as a parameter, the limit is taken for a tenth of the list: a plan for all categories then seems
    # dear once they are large, and every page is planned anew. Other filters need a plan for their values.
    is_one_walk = led is None and _is_along_an_index(selection)
    most = str(limit + 1) if is_one_walk else statement.bind(limit + 1)
    rows = await connection.fetch(
        " ".join(
            [
                "SELECT",
                order.columns,
                "FROM products p WHERE",
                " AND ".join(conditions),
                f"ORDER BY {order.by} LIMIT {most}",
            ]
        ),
        *statement.parameters,
    )
    page = rows[:limit]
    last = [_write_value(value) for value in page[-1]] if len(rows) > limit else None
    return FoundPage([row[-1] for row in page], last)


def _is_along_an_index(selection: Selection) -> bool:
    """Whether an index holds just what is selected, in the order of any page."""
    categories = selection.categories
    return selection == Selection(categories=categories) and (categories is None or len(categories) == 1)


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
