"""SQL of the site map and of products that are gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.core.transactions import Connection


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A product that can be found."""

    id: int
    updated_at: datetime


async def select_page_starts(connection: Connection, *, page_size: int) -> list[int]:
    """Find after which id each page of the site map begins; each page reads on from there by its key."""
    rows = await connection.fetch(
        """
        WITH RECURSIVE pages (after) AS (
            SELECT 0::bigint
            UNION ALL
            SELECT (
                SELECT id FROM products WHERE withdrawn_at IS NULL AND id > pages.after
                ORDER BY id OFFSET $1 - 1 LIMIT 1
            )
            FROM pages WHERE pages.after IS NOT NULL
        )
        SELECT after FROM pages WHERE after IS NOT NULL
        """,
        page_size,
    )
    return [row[0] for row in rows]


async def select_listed(connection: Connection, *, after: int, limit: int) -> list[ListedRow]:
    """Read the next listed products by id."""
    rows = await connection.fetch(
        """
        SELECT id, updated_at FROM products
        WHERE withdrawn_at IS NULL AND id > $1 ORDER BY id LIMIT $2
        """,
        after,
        limit,
    )
    return [ListedRow(*row) for row in rows]


async def select_is_withdrawn(connection: Connection, product_id: int) -> bool:
    """Whether there was such a product and it is no longer offered."""
    found: bool | None = await connection.fetchval(
        "SELECT withdrawn_at IS NOT NULL FROM products WHERE id = $1", product_id
    )
    return bool(found)
