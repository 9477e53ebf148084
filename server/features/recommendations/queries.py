"""SQL of what is shown: the log of slates, carts as questions, and what serves without a model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import asyncpg

from server.core.batch_writer import copy_source
from server.features.interactions.service import (
    NO_EXCLUSIONS,
    SLATE_MAY_BE_STORED,
    Exclusions,
    lock_for_writing,
)

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy

_SLATE = (
    "id, served_on, served_at, visitor_id, surface, model_version, overlay_sequence, personalised, "
    "product_ids, propensities, reasons"
)
_STAGED = """
    served_on date, id uuid, served_ms bigint, visitor_id bigint, surface text, model_version bigint,
    overlay_sequence bigint, personalised boolean, product_ids bigint[], propensities real[], reasons jsonb
"""
_TRIED = {"experiment_id": "bigint", "arm": "text", "arm_propensity": "real"}


class SlateWriter:
    """Writes slates from the spool; makes sure of a day's partition the first time it sees the day.

    Those of an experiment say also which, the arm, and how likely that arm was.
    """

    def __init__(self, *, in_experiment: bool = False) -> None:
        self._ensured: set[bytes] = set()
        self._table = "tried_slates_staging" if in_experiment else "slates_staging"
        self._more = _TRIED if in_experiment else {}

    @property
    def staging(self) -> str:
        """The DDL of the temporary table that rows arrive in."""
        columns = ", ".join([_STAGED, *(f"{name} {kind}" for name, kind in self._more.items())])
        return f"CREATE TEMPORARY TABLE IF NOT EXISTS {self._table} ({columns}) ON COMMIT DELETE ROWS"

    async def write(self, connection: asyncpg.Connection, lines: Sequence[bytes]) -> None:
        """Insert rows of COPY text, each once; needs an open transaction."""
        await lock_for_writing(connection)
        for day in {line[:10] for line in lines} - self._ensured:
            served_on = date.fromisoformat(day.decode())
            await connection.execute("SELECT jackdaw_ensure_partitions($1, $1)", served_on)
            self._ensured.add(day)
        await connection.copy_to_table(self._table, source=copy_source(lines), format="text")
        columns = ", ".join([_SLATE, *self._more])
        staged = columns.replace("served_at", "to_timestamp(served_ms / 1000.0)")
        await connection.execute(
            f"""
            INSERT INTO slates ({columns}) SELECT {staged} FROM {self._table} s
            WHERE {SLATE_MAY_BE_STORED} ON CONFLICT DO NOTHING
            """  # noqa: S608 - constants
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
    connection: Connection,
    *,
    limit: int,
    category: str | None,
    exclude: Sequence[int],
    exclusions: Exclusions = NO_EXCLUSIONS,
) -> list[int]:
    """Return what is looked at most and can be bought; of excluded models the caller takes care."""
    rows = await connection.fetch(
        """
        SELECT id FROM products
        WHERE withdrawn_at IS NULL AND stock > 0 AND id <> ALL($2::bigint[])
          AND ($3::text IS NULL OR category_id = (SELECT id FROM categories WHERE slug = $3))
          AND brand_id <> ALL($4::bigint[]) AND category_id <> ALL($5::bigint[])
        ORDER BY popularity DESC, id DESC LIMIT $1
        """,
        limit,
        [*exclude, *exclusions.items],
        category,
        list(exclusions.makers),
        list(exclusions.kinds),
    )
    return [row["id"] for row in rows]


async def select_newest(
    connection: Connection, *, limit: int, exclude: Sequence[int], exclusions: Exclusions = NO_EXCLUSIONS
) -> list[int]:
    """Return what was listed last and can be bought; of excluded models the caller takes care."""
    rows = await connection.fetch(
        """
        SELECT id FROM products
        WHERE withdrawn_at IS NULL AND stock > 0 AND id <> ALL($2::bigint[])
          AND brand_id <> ALL($3::bigint[]) AND category_id <> ALL($4::bigint[])
        ORDER BY listed_at DESC, id DESC LIMIT $1
        """,
        limit,
        [*exclude, *exclusions.items],
        list(exclusions.makers),
        list(exclusions.kinds),
    )
    return [row["id"] for row in rows]
