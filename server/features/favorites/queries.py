"""SQL of favorites; every statement names the visitor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.core.transactions import Connection


@dataclass(frozen=True, slots=True)
class FavoriteRow:
    """A saved product."""

    product_id: int
    created_at: datetime


async def insert_favorite(
    connection: Connection, *, visitor_id: int, product_id: int, max_favorites: int
) -> bool:
    """Save a listed product while there is room; whether that was done."""
    saved = await connection.fetchval(
        """
        INSERT INTO favorites (visitor_id, product_id)
        SELECT $1, id FROM products
        WHERE id = $2 AND withdrawn_at IS NULL
          AND (SELECT count(*) FROM favorites WHERE visitor_id = $1) < $3
        ON CONFLICT DO NOTHING
        RETURNING product_id
        """,
        visitor_id,
        product_id,
        max_favorites,
    )
    return saved is not None


async def select_why_not(connection: Connection, *, visitor_id: int, product_id: int) -> tuple[bool, bool]:
    """Say whether the product is offered, and whether the visitor already saved it."""
    row = await connection.fetchrow(
        """
        SELECT EXISTS (SELECT FROM products WHERE id = $2 AND withdrawn_at IS NULL),
               EXISTS (SELECT FROM favorites WHERE visitor_id = $1 AND product_id = $2)
        """,
        visitor_id,
        product_id,
    )
    assert row is not None  # noqa: S101 - a select without FROM has one row
    return row[0], row[1]


async def delete_favorite(connection: Connection, *, visitor_id: int, product_id: int) -> bool:
    """Remove a saved product; whether it was there."""
    removed = await connection.fetchval(
        "DELETE FROM favorites WHERE visitor_id = $1 AND product_id = $2 RETURNING product_id",
        visitor_id,
        product_id,
    )
    return removed is not None


async def select_favorites(
    connection: Connection, *, visitor_id: int, after: FavoriteRow | None, limit: int
) -> list[FavoriteRow]:
    """Read saved products, the latest first; withdrawn ones are left out."""
    rows = await connection.fetch(
        """
        SELECT f.product_id, f.created_at
        FROM favorites f JOIN products p ON p.id = f.product_id AND p.withdrawn_at IS NULL
        WHERE f.visitor_id = $1
          AND ($2::timestamptz IS NULL OR (f.created_at, f.product_id) < ($2, $3::bigint))
        ORDER BY f.created_at DESC, f.product_id DESC
        LIMIT $4
        """,
        visitor_id,
        after.created_at if after else None,
        after.product_id if after else None,
        limit,
    )
    return [FavoriteRow(*row) for row in rows]


async def move_favorites(connection: Connection, *, from_visitor: int, into_visitor: int) -> int:
    """Give one visitor's saved products to another; how many were new to them."""
    rows = await connection.fetch(
        """
        WITH moved AS (
            DELETE FROM favorites WHERE visitor_id = $1 RETURNING product_id, created_at
        )
        INSERT INTO favorites (visitor_id, product_id, created_at)
        SELECT $2, product_id, created_at FROM moved ORDER BY product_id
        ON CONFLICT DO NOTHING
        RETURNING product_id
        """,
        from_visitor,
        into_visitor,
    )
    return len(rows)
