"""SQL of forgetting: what is taken out of the logs, and what keeps it from being written after all."""

from __future__ import annotations

from collections.abc import Sequence

import asyncpg

from server.features.interactions.profiles import Forgetting

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy
# Longer than any record waits in a spool and is still learned from.
KEEP_FORGETTINGS_DAYS = 400
# A writer's batch may hold what is about to be forgotten: one of the two waits for the other.
_LOCK = "hashtext('jackdaw forgetting')"

INTERACTION_MAY_BE_STORED = """
    NOT EXISTS (
        SELECT 1 FROM profiles p
        WHERE p.visitor_id = s.visitor_id AND p.paused_at <= to_timestamp(s.received_ms / 1000.0))
    AND NOT EXISTS (
        SELECT 1 FROM forgettings f
        WHERE f.visitor_id = s.visitor_id
          AND CASE WHEN f.event_id IS NOT NULL THEN f.event_id = s.id ELSE
              to_timestamp(s.occurred_ms / 1000.0) BETWEEN f.occurred_from AND f.occurred_until
              AND to_timestamp(s.received_ms / 1000.0) BETWEEN f.received_from AND f.received_until END)
"""
"""A condition on staged interactions ``s``: their visitor has neither paused nor forgotten them."""

SLATE_MAY_BE_STORED = """
    NOT EXISTS (
        SELECT 1 FROM profiles p
        WHERE p.visitor_id = s.visitor_id AND p.paused_at <= to_timestamp(s.served_ms / 1000.0))
    AND NOT EXISTS (
        SELECT 1 FROM forgettings f
        WHERE f.visitor_id = s.visitor_id
          AND to_timestamp(s.served_ms / 1000.0) BETWEEN f.occurred_from AND f.received_until
          AND to_timestamp(s.served_ms / 1000.0) >= f.received_from
          AND CASE WHEN f.event_id IS NOT NULL THEN jsonb_path_exists(
                  s.reasons, '$[*][2][*][1][*] ? (@ == $id)', jsonb_build_object('id', f.product_id))
              ELSE to_timestamp(s.served_ms / 1000.0) <= f.occurred_until END)
"""
"""The same of staged slates ``s``; one that cites a forgotten event goes with it."""


async def lock_for_writing(connection: Connection) -> None:
    """Let batches of other writers pass, but no forgetting; until the transaction ends."""
    await connection.execute(f"SELECT pg_advisory_xact_lock_shared({_LOCK})")


async def lock_for_forgetting(connection: Connection) -> None:
    """Wait for the batches that are being written, and hold the next ones; until the transaction ends."""
    await connection.execute(f"SELECT pg_advisory_xact_lock({_LOCK})")


async def select_mine(connection: Connection, *, visitor_id: int) -> list[int]:
    """Return a visitor and those merged into them."""
    rows = await connection.fetch(
        "SELECT $1::bigint AS id UNION ALL SELECT id FROM visitors WHERE merged_into = $1", visitor_id
    )
    return [row["id"] for row in rows]


async def select_event(
    connection: Connection, *, visitor_ids: Sequence[int], event_id: str
) -> tuple[int, int] | None:
    """Find one event of a visitor: its product, and when it occurred in Unix milliseconds."""
    row = await connection.fetchrow(
        """
        SELECT product_id, round(extract(epoch FROM occurred_at) * 1000)::bigint
        FROM interactions WHERE id = $2::uuid AND visitor_id = ANY($1::bigint[])
        """,
        list(visitor_ids),
        event_id,
    )
    return None if row is None else (row[0], row[1])


_BOUNDS = """
    (SELECT to_timestamp($2::bigint / 1000.0) AS occurred_from,
            to_timestamp($3::bigint / 1000.0) AS occurred_until,
            to_timestamp($4::bigint / 1000.0) AS received_from,
            to_timestamp($5::bigint / 1000.0) AS received_until) AS b
"""


def _bounds(forgetting: Forgetting) -> tuple[int, int, int, int]:
    return forgetting[:4]


async def insert_forgettings(
    connection: Connection, *, visitor_ids: Sequence[int], forgetting: Forgetting, removed_count: int
) -> None:
    """Keep what is forgotten from being written after all: it may wait in the spool of any worker."""
    await connection.execute(
        f"""
        INSERT INTO forgettings (
            visitor_id, event_id, product_id, occurred_from, occurred_until, received_from, received_until,
            removed_count, created_at)
        SELECT mine.id, $6::uuid, $7::bigint, b.occurred_from, b.occurred_until, b.received_from,
               b.received_until, CASE mine.number WHEN 1 THEN $8::bigint ELSE 0 END, clock_timestamp()
        FROM unnest($1::bigint[]) WITH ORDINALITY AS mine (id, number), {_BOUNDS}
        """,  # noqa: S608 - a constant
        list(visitor_ids),
        *_bounds(forgetting),
        forgetting.event_id,
        forgetting.product_id,
        removed_count,
    )


async def delete_forgotten(
    connection: Connection, *, visitor_ids: Sequence[int], forgetting: Forgetting
) -> int:
    """Take the events and slates that a forgetting covers out of the logs; return how many events it were."""
    if forgetting.event_id is not None:
        done: str = await connection.execute(
            "DELETE FROM interactions WHERE id = $2::uuid AND visitor_id = ANY($1::bigint[])",
            list(visitor_ids),
            forgetting.event_id,
        )
    else:
        done = await connection.execute(
            f"""
            DELETE FROM interactions i USING {_BOUNDS}
            WHERE i.visitor_id = ANY($1::bigint[])
              AND i.occurred_at BETWEEN b.occurred_from AND b.occurred_until
              AND i.received_at BETWEEN b.received_from AND b.received_until
            """,  # noqa: S608 - a constant
            list(visitor_ids),
            *_bounds(forgetting),
        )
    await connection.execute(
        f"""
        DELETE FROM slates s USING {_BOUNDS}
        WHERE s.visitor_id = ANY($1::bigint[])
          AND s.served_at BETWEEN b.occurred_from AND b.received_until AND s.served_at >= b.received_from
          AND ($6::bigint IS NULL OR jsonb_path_exists(
              s.reasons, '$[*][2][*][1][*] ? (@ == $id)', jsonb_build_object('id', $6::bigint)))
        """,  # noqa: S608 - a constant
        list(visitor_ids),
        *_bounds(forgetting),
        forgetting.product_id,
    )
    return _affected(done)


async def replace_forgettings(connection: Connection, *, visitor_ids: Sequence[int]) -> int:
    """Drop what one forgetting of everything makes superfluous; return what it had removed lately."""
    removed: int = await connection.fetchval(
        """
        WITH dropped AS (
            DELETE FROM forgettings WHERE visitor_id = ANY($1::bigint[]) RETURNING removed_count, created_at
        )
        SELECT coalesce(sum(removed_count) FILTER (WHERE created_at > now() - interval '1 day'), 0)::bigint
        FROM dropped
        """,
        list(visitor_ids),
    )
    return removed


async def delete_old_forgettings(connection: Connection) -> None:
    """Remove what no record of a spool can fall under any more."""
    await connection.execute(
        "DELETE FROM forgettings WHERE created_at < now() - make_interval(days => $1)", KEEP_FORGETTINGS_DAYS
    )


def _affected(done: str) -> int:
    return int(done.rsplit(" ", 1)[-1])
