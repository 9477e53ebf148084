"""SQL of what the log holds of one visitor, for their own eyes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import asyncpg

from recs import Event

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy
ALL_EVENTS = tuple(int(event) for event in Event)
MAX_TELLING = 500


@dataclass(frozen=True, slots=True)
class SignalRow:
    """One event of the log."""

    id: str
    product_id: int
    event: int
    weight: float
    occurred_at: datetime
    slate_id: str | None
    position: int | None


class Place(NamedTuple):
    """Where a page of signals ends."""

    occurred_at: datetime
    id: str


@dataclass(frozen=True, slots=True)
class TellingRow:
    """One event with what its product says about a taste; names as pairs of slug and name."""

    product_id: int
    weight: float
    occurred_s: float
    category: tuple[str, str]
    brand: tuple[str, str]
    price_minor: int
    currency: str


async def select_signals(
    connection: Connection,
    *,
    visitor_id: int,
    events: Sequence[int],
    after: Place | None,
    limit: int,
) -> list[SignalRow]:
    """Return what is kept of a visitor and of those merged into them, the latest first."""
    rows = await connection.fetch(
        """
        SELECT i.id::text, i.product_id, i.event_type, i.weight, i.occurred_at, i.slate_id::text, i.position
        FROM (SELECT $1::bigint AS id UNION ALL SELECT v.id FROM visitors v WHERE v.merged_into = $1) AS mine
        CROSS JOIN LATERAL (
            SELECT id, product_id, event_type, weight, occurred_at, slate_id, position FROM interactions
            WHERE visitor_id = mine.id AND event_type = ANY($2::smallint[])
              AND ($3::timestamptz IS NULL OR (occurred_at, id) < ($3, $4::uuid))
            ORDER BY occurred_at DESC, id DESC LIMIT $5
        ) AS i
        ORDER BY i.occurred_at DESC, i.id DESC LIMIT $5
        """,
        visitor_id,
        list(events),
        after.occurred_at if after else None,
        after.id if after else None,
        limit,
    )
    return [SignalRow(*row) for row in rows]


async def count_signals(connection: Connection, *, visitor_id: int) -> dict[int, int]:
    """Count what is kept of a visitor by type of event."""
    rows = await connection.fetch(
        """
        SELECT event_type, count(*) AS n FROM interactions
        WHERE visitor_id IN (SELECT $1::bigint UNION ALL SELECT id FROM visitors WHERE merged_into = $1)
        GROUP BY event_type ORDER BY event_type
        """,
        visitor_id,
    )
    return {row["event_type"]: row["n"] for row in rows}


async def select_telling(connection: Connection, *, visitor_id: int) -> list[TellingRow]:
    """Return the latest events that weigh something, with category, brand and price of their products."""
    rows = await connection.fetch(
        """
        SELECT i.product_id, i.weight, extract(epoch FROM i.occurred_at)::float8 AS occurred_s,
               c.slug, c.name, b.slug, b.name, p.price_minor, p.currency
        FROM (
            SELECT product_id, weight, occurred_at FROM interactions
            WHERE visitor_id IN (SELECT $1::bigint UNION ALL SELECT id FROM visitors WHERE merged_into = $1)
              AND weight > 0
            ORDER BY occurred_at DESC LIMIT $2
        ) AS i
        JOIN products p ON p.id = i.product_id
        JOIN categories c ON c.id = p.category_id
        JOIN brands b ON b.id = p.brand_id
        """,
        visitor_id,
        MAX_TELLING,
    )
    return [
        TellingRow(row[0], row[1], row[2], (row[3], row[4]), (row[5], row[6]), row[7], row[8]) for row in rows
    ]


async def select_slates(
    connection: Connection, *, visitor_id: int, before: datetime | None, limit: int
) -> list[asyncpg.Record]:
    """Return what was shown to a visitor, the latest first."""
    rows: list[asyncpg.Record] = await connection.fetch(
        """
        SELECT id::text, served_at, surface, personalised, product_ids FROM slates
        WHERE visitor_id IN (SELECT $1::bigint UNION ALL SELECT id FROM visitors WHERE merged_into = $1)
          AND ($2::timestamptz IS NULL OR served_at < $2)
        ORDER BY served_at DESC LIMIT $3
        """,
        visitor_id,
        before,
        limit,
    )
    return rows
