"""SQL of fed products and of what is known of a user; every statement names the namespace."""

from __future__ import annotations

from collections.abc import Sequence

import asyncpg
import orjson

from server.features.feed.domain import FeedProduct
from server.features.recommendations.service import PastEvent

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy
HISTORY_LENGTH = 50
_COLUMNS = """
    id, external_id, title, category, brand, price_minor, currency, stock, url, image_url, attributes,
    listed_at, updated_at, withdrawn_at
"""


def _product(row: asyncpg.Record) -> FeedProduct:
    return FeedProduct(**{**row, "attributes": orjson.loads(row["attributes"])})


async def select_page(
    connection: Connection, *, namespace_id: int, category: str | None, after_id: int, limit: int
) -> list[FeedProduct]:
    """Return products in the order in which they first came, withdrawn ones included."""
    rows = await connection.fetch(
        f"""
        SELECT {_COLUMNS} FROM feed_products
        WHERE namespace_id = $1 AND id > $2 AND ($3::text IS NULL OR category = $3)
        ORDER BY id LIMIT $4
        """,  # noqa: S608 - own columns
        namespace_id,
        after_id,
        category,
        limit,
    )
    return [_product(row) for row in rows]


async def select_products(
    connection: Connection, *, namespace_id: int, product_ids: Sequence[int]
) -> dict[int, FeedProduct]:
    """Return these products by id."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM feed_products "  # noqa: S608 - own columns
        "WHERE namespace_id = $1 AND id = ANY($2::bigint[])",
        namespace_id,
        list(product_ids),
    )
    return {row["id"]: _product(row) for row in rows}


async def select_id(connection: Connection, *, namespace_id: int, external_id: str) -> int | None:
    """Return the id of a product by the caller's own name for it."""
    found: int | None = await connection.fetchval(
        "SELECT id FROM feed_products WHERE namespace_id = $1 AND external_id = $2", namespace_id, external_id
    )
    return found


async def select_popular(
    connection: Connection,
    *,
    namespace_id: int,
    category: str | None,
    exclude: Sequence[int],
    limit: int,
    with_sold_out: bool = False,
) -> list[FeedProduct]:
    """Return what is liked most and can be bought."""
    rows = await connection.fetch(
        f"""
        SELECT {_COLUMNS} FROM feed_products
        WHERE namespace_id = $1 AND withdrawn_at IS NULL AND (stock IS DISTINCT FROM 0 OR $5)
          AND id <> ALL($3::bigint[]) AND ($2::text IS NULL OR category = $2)
        ORDER BY popularity DESC, id DESC LIMIT $4
        """,  # noqa: S608 - own columns
        namespace_id,
        category,
        list(exclude),
        limit,
        with_sold_out,
    )
    return [_product(row) for row in rows]


async def has_category(connection: Connection, *, namespace_id: int, category: str) -> bool:
    """Whether any offered product is of this category."""
    return bool(
        await connection.fetchval(
            """
            SELECT EXISTS (
                SELECT FROM feed_products WHERE namespace_id = $1 AND category = $2 AND withdrawn_at IS NULL)
            """,
            namespace_id,
            category,
        )
    )


async def select_history(
    connection: Connection, *, namespace_id: int, user_id: str, impression: int
) -> list[PastEvent]:
    """Return the latest of what a user did, oldest first."""
    rows = await connection.fetch(
        """
        SELECT product_id, event_type, extract(epoch FROM occurred_at)::float8 AS occurred_s
        FROM feed_interactions
        WHERE namespace_id = $1 AND user_id = $2 AND event_type <> $4
        ORDER BY occurred_at DESC LIMIT $3
        """,
        namespace_id,
        user_id,
        HISTORY_LENGTH,
        impression,
    )
    return [PastEvent(*row) for row in reversed(rows)]
