"""SQL of what is shown: the log of slates, carts as questions, and what serves without a model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import asyncpg

from server.core.batch_writer import copy_source

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy

SLATES_STAGING = """
CREATE TEMPORARY TABLE IF NOT EXISTS slates_staging (
    served_on date, id uuid, served_ms bigint, visitor_id bigint, surface text, model_version bigint,
    overlay_sequence bigint, personalised boolean, product_ids bigint[], propensities real[], reasons jsonb
) ON COMMIT DELETE ROWS
"""


class SlateWriter:
    """Writes slates from the spool; makes sure of a day's partition the first time it sees the day."""

    def __init__(self) -> None:
        self._ensured: set[bytes] = set()

    async def write(self, connection: asyncpg.Connection, lines: Sequence[bytes]) -> None:
        """Insert rows of COPY text, each once; needs an open transaction."""
        for day in {line[:10] for line in lines} - self._ensured:
            served_on = date.fromisoformat(day.decode())
            await connection.execute("SELECT jackdaw_ensure_partitions($1, $1)", served_on)
            self._ensured.add(day)
        await connection.copy_to_table("slates_staging", source=copy_source(lines), format="text")
        await connection.execute(
            """
            INSERT INTO slates (
                id, served_on, served_at, visitor_id, surface, model_version, overlay_sequence, personalised,
                product_ids, propensities, reasons)
            SELECT id, served_on, to_timestamp(served_ms / 1000.0), visitor_id, surface, model_version,
                   overlay_sequence, personalised, product_ids, propensities, reasons
            FROM slates_staging
            ON CONFLICT DO NOTHING
            """
        )


async def select_cart_products(connection: Connection, *, visitor_id: int) -> list[int]:
    """Return what lies in a visitor's cart, the latest last."""
    rows = await connection.fetch(
        """
        SELECT l.product_id FROM cart_lines l JOIN carts c ON c.id = l.cart_id
        WHERE c.visitor_id = $1 ORDER BY l.added_at, l.id
        """,
        visitor_id,
    )
    return [row["product_id"] for row in rows]


async def select_popular(
    connection: Connection, *, limit: int, category: str | None, exclude: Sequence[int]
) -> list[int]:
    """Return what is looked at most and can be bought."""
    rows = await connection.fetch(
        """
        SELECT id FROM products
        WHERE withdrawn_at IS NULL AND stock > 0 AND id <> ALL($2::bigint[])
          AND ($3::text IS NULL OR category_id = (SELECT id FROM categories WHERE slug = $3))
        ORDER BY popularity DESC, id DESC LIMIT $1
        """,
        limit,
        list(exclude),
        category,
    )
    return [row["id"] for row in rows]


async def select_newest(connection: Connection, *, limit: int, exclude: Sequence[int]) -> list[int]:
    """Return what was listed last and can be bought."""
    rows = await connection.fetch(
        """
        SELECT id FROM products
        WHERE withdrawn_at IS NULL AND stock > 0 AND id <> ALL($2::bigint[])
        ORDER BY listed_at DESC, id DESC LIMIT $1
        """,
        limit,
        list(exclude),
    )
    return [row["id"] for row in rows]
