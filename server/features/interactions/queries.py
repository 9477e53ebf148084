"""Every SQL statement of interactions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import asyncpg
import numpy as np
from numpy.typing import NDArray

from recs import Event
from server.core.batch_writer import copy_source
from server.core.binary_copy import fetch_columns
from server.features.interactions.forget_queries import INTERACTION_MAY_BE_STORED, lock_for_writing
from server.features.interactions.overlay import RECENT, StoredEvent

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy
KEEP_SLATES_DAYS = 14
MAX_SETTLED = 1_000

INTERACTIONS_STAGING = """
CREATE TEMPORARY TABLE IF NOT EXISTS interactions_staging (
    received_on date, id uuid, visitor_id bigint, product_id bigint, event_type smallint, weight real,
    occurred_ms bigint, received_ms bigint, slate_id uuid, position smallint
) ON COMMIT DELETE ROWS
"""


class InteractionWriter:
    """Writes interactions from the spool; makes sure of a day's partition the first time it sees the day."""

    def __init__(self) -> None:
        self._ensured: tuple[date, date] | None = None

    async def write(self, connection: asyncpg.Connection, lines: Sequence[bytes]) -> None:
        """Insert rows of COPY text; needs an open transaction."""
        # First of all: whoever forgets holds no lock yet that this transaction could wait for.
        await lock_for_writing(connection)
        first, last = received_range(lines)
        if self._ensured is None or first < self._ensured[0] or last > self._ensured[1]:
            await ensure_partitions(connection, first, last)
            self._ensured = first, last
        await insert_interactions(connection, lines)


async def insert_interactions(connection: asyncpg.Connection, lines: Sequence[bytes]) -> None:
    """Insert rows of COPY text, each once; needs an open transaction.

    An id that was received shortly before midnight and again shortly after is the same event, though its
    partition key differs: hence the look at the two days before.
    """
    await connection.copy_to_table("interactions_staging", source=copy_source(lines), format="text")
    await connection.execute(
        f"""
        INSERT INTO interactions (
            id, received_on, visitor_id, product_id, event_type, weight, occurred_at, received_at,
            slate_id, position)
        SELECT id, received_on, visitor_id, product_id, event_type, weight,
               to_timestamp(occurred_ms / 1000.0), to_timestamp(received_ms / 1000.0), slate_id, position
        FROM interactions_staging s
        WHERE NOT EXISTS (
            SELECT 1 FROM interactions i
            WHERE i.id = s.id AND i.received_on BETWEEN $1::date - 2 AND $2::date
              AND i.received_on <> s.received_on)
          AND {INTERACTION_MAY_BE_STORED}
        ON CONFLICT DO NOTHING
        """,  # noqa: S608 - a constant
        *received_range(lines),
    )


def received_range(lines: Sequence[bytes]) -> tuple[date, date]:
    """Return the first and the last day on which these rows were received."""
    days = {line[:10] for line in lines}
    return date.fromisoformat(min(days).decode()), date.fromisoformat(max(days).decode())


async def ensure_partitions(connection: Connection, from_on: date, to_on: date) -> None:
    """Create the partitions of both logs for these days."""
    await connection.execute("SELECT jackdaw_ensure_partitions($1, $2)", from_on, to_on)


async def drop_old_slates(connection: Connection) -> list[str]:
    """Drop the day partitions of slates older than a fortnight; return their names."""
    rows = await connection.fetch(
        """
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'slates'::regclass AND c.relname ~ '^slates_[0-9]{8}$'
          AND to_date(right(c.relname, 8), 'YYYYMMDD') < current_date - $1::int
        ORDER BY c.relname
        """,
        KEEP_SLATES_DAYS,
    )
    names = [str(row["relname"]) for row in rows]
    for name in names:
        await connection.execute(f'DROP TABLE IF EXISTS "{name}"')
    return names


AVAILABILITY_CHUNK = 100_000


async def select_availability(connection: Connection, product_ids: Sequence[int] | None) -> NDArray[Any]:
    """Return ``id, buyable, model, brand, category, store`` of these products, or of all."""
    if product_ids is not None:
        # COPY takes no parameters; these are integers that we parsed ourselves.
        chosen = ",".join(str(int(number)) for number in product_ids)
        return await _availability(connection, f"id IN ({chosen})")
    # In pieces: a million products in one statement would outlast what a statement may take.
    pieces = [await select_availability_after(connection, 0)]
    while len(pieces[-1]) == AVAILABILITY_CHUNK:
        pieces.append(await select_availability_after(connection, int(pieces[-1]["id"][-1])))
    return np.concatenate(pieces)


async def select_availability_after(connection: Connection, product_id: int) -> NDArray[Any]:
    """Return the same of the next products by id, at most `AVAILABILITY_CHUNK`."""
    return await _availability(
        connection, f"id > {int(product_id)} ORDER BY products.id LIMIT {AVAILABILITY_CHUNK}"
    )


async def _availability(connection: Connection, condition: str) -> NDArray[Any]:
    return await fetch_columns(
        connection,
        # A product without a model is one of a kind.
        "SELECT id, (stock > 0 AND withdrawn_at IS NULL)::int::int2 AS buyable, "  # noqa: S608 - integers only
        "CASE model WHEN '' THEN id ELSE hashtextextended(model, brand_id) END AS model, "
        f"brand_id AS brand, category_id AS category, store_id AS store FROM products WHERE {condition}",
        [
            ("id", "int8"),
            ("buyable", "int2"),
            ("model", "int8"),
            ("brand", "int8"),
            ("category", "int8"),
            ("store", "int8"),
        ],
    )


async def select_recent(connection: Connection, *, visitor_id: int) -> list[StoredEvent]:
    """Return the latest interactions of a visitor and of those merged into them, oldest first."""
    rows = await connection.fetch(
        """
        SELECT i.product_id, i.event_type, i.weight, extract(epoch FROM i.occurred_at)::float8 AS occurred_s
        FROM (SELECT $1::bigint AS id UNION ALL SELECT v.id FROM visitors v WHERE v.merged_into = $1) AS mine
        CROSS JOIN LATERAL (
            SELECT product_id, event_type, weight, occurred_at FROM interactions
            WHERE visitor_id = mine.id AND event_type <> $3
            ORDER BY occurred_at DESC LIMIT $2
        ) AS i
        ORDER BY i.occurred_at DESC LIMIT $2
        """,
        visitor_id,
        RECENT,
        int(Event.IMPRESSION),
    )
    return [(r["product_id"], r["event_type"], r["weight"], r["occurred_s"]) for r in reversed(rows)]


class Settled(NamedTuple):
    """Products that a visitor is done with, and those of them that were bought and not turned down."""

    product_ids: list[int]
    bought: list[int]


async def select_settled(connection: Connection, *, visitor_id: int) -> Settled:
    """Return the products that a visitor has bought or dismissed."""
    rows = await connection.fetch(
        """
        SELECT product_id, NOT bool_or(event_type = $4) AS is_bought FROM interactions
        WHERE visitor_id IN (SELECT $1::bigint UNION ALL SELECT id FROM visitors WHERE merged_into = $1)
          AND event_type = ANY($2::smallint[])
        GROUP BY product_id LIMIT $3
        """,
        visitor_id,
        [int(Event.PURCHASE), int(Event.DISMISS)],
        MAX_SETTLED,
        int(Event.DISMISS),
    )
    product_ids = [row["product_id"] for row in rows]
    return Settled(product_ids, [row["product_id"] for row in rows if row["is_bought"]])
