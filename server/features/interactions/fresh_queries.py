"""SQL of what happened since the last fit, for workers that were not there or may have missed something."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import asyncpg

from recs import Event

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy
ROWS_AT_ONCE = 500


class FreshRow(NamedTuple):
    """One stored interaction; the visitor is the one that a merged guest turned out to be."""

    visitor_id: int
    product_id: int
    event: int
    occurred_ms: int


_ROWS = """
    SELECT coalesce(v.merged_into, i.visitor_id) AS visitor_id, i.product_id, i.event_type,
           round(extract(epoch FROM i.occurred_at) * 1000)::bigint AS occurred_ms
    FROM (
        SELECT visitor_id, product_id, event_type, occurred_at, received_at FROM interactions
        WHERE received_on >= ($1::timestamptz AT TIME ZONE 'UTC')::date AND received_at > $1
          AND event_type <> $3 {condition}
        ORDER BY received_at DESC LIMIT $2
    ) AS i LEFT JOIN visitors v ON v.id = i.visitor_id
    ORDER BY i.received_at, i.occurred_at
"""
_OF_SOME = """
    AND visitor_id IN (SELECT unnest($4::bigint[])
                       UNION ALL SELECT id FROM visitors WHERE merged_into = ANY($4::bigint[]))
"""


async def select_fresh(
    connection: Connection, *, since: datetime, limit: int, visitor_ids: Sequence[int] | None
) -> list[FreshRow]:
    """Return what was received since then, the latest so many, in the order in which it was received.

    Of some visitors and those merged into them, or of all.
    """
    query = _ROWS.format(condition="" if visitor_ids is None else _OF_SOME)
    args: list[Any] = [since, limit, int(Event.IMPRESSION)]
    if visitor_ids is not None:
        args.append(list(visitor_ids))
    found: list[FreshRow] = []
    async with connection.transaction(readonly=True):
        cursor = await connection.cursor(query, *args)
        # Piece by piece: as one they would hold up requests.
        while rows := await cursor.fetch(ROWS_AT_ONCE):
            found += [FreshRow(*row) for row in rows]
    return found


async def select_paused(connection: Connection, *, visitor_ids: Sequence[int] | None) -> list[int]:
    """Return who does not want to be learned from, among some visitors or all."""
    rows = await connection.fetch(
        """
        SELECT visitor_id FROM profiles
        WHERE paused_at IS NOT NULL AND ($1::bigint[] IS NULL OR visitor_id = ANY($1))
        """,
        None if visitor_ids is None else list(visitor_ids),
    )
    return [row["visitor_id"] for row in rows]


async def select_standing_forgettings(connection: Connection, *, now: datetime) -> list[tuple[int, int]]:
    """Return visitors with the Unix milliseconds until which events that still arrive are forgotten."""
    rows = await connection.fetch(
        """
        SELECT visitor_id, round(extract(epoch FROM max(occurred_until)) * 1000)::bigint AS until_ms
        FROM forgettings WHERE received_until >= $1 GROUP BY visitor_id
        """,
        now,
    )
    return [(row["visitor_id"], row["until_ms"]) for row in rows]


async def select_stores_of_owners(connection: Connection) -> list[tuple[int, int]]:
    """Return every store with the visitor that its owner is; 0 for none."""
    rows = await connection.fetch(
        "SELECT s.id, coalesce(v.id, 0) AS visitor_id FROM stores s "
        "LEFT JOIN visitors v ON v.user_id = s.owner_user_id"
    )
    return [(row["id"], row["visitor_id"]) for row in rows]
