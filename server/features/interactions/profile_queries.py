"""SQL of what shoppers decide: settings and exclusions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from server.features.interactions.profiles import (
    Forgetting,
    Profile,
    Scope,
    exclusions_of,
)

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy
PROFILES_CHANNEL = "jackdaw_profiles"
MAX_FORGETTINGS = 1_000


@dataclass(frozen=True, slots=True)
class ExclusionRow:
    """One "not for me"."""

    id: int
    scope: Scope
    product_id: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Settings:
    """When a visitor paused learning, and since when they see what everyone sees."""

    paused_at: datetime | None
    same_for_everyone_at: datetime | None


async def select_profile(connection: Connection, *, visitor_id: int) -> Profile:
    """Return what a visitor decided."""
    row = await connection.fetchrow(
        """
        SELECT
            (SELECT round(extract(epoch FROM paused_at) * 1000)::bigint FROM profiles WHERE visitor_id = $1)
                AS paused_ms,
            EXISTS (SELECT FROM profiles WHERE visitor_id = $1 AND same_for_everyone_at IS NOT NULL)
                AS is_same_for_everyone,
            (SELECT array_agg(scope) FROM (
                SELECT scope FROM exclusions WHERE visitor_id = $1 ORDER BY id) AS s) AS scopes,
            (SELECT array_agg(target) FROM (
                SELECT target FROM exclusions WHERE visitor_id = $1 ORDER BY id) AS t) AS targets,
            (SELECT array_agg(id) FROM (
                SELECT id FROM forgettings WHERE visitor_id = $1 ORDER BY id DESC LIMIT $2) AS f)
                AS forgettings
        """,
        visitor_id,
        MAX_FORGETTINGS,
    )
    assert row is not None  # noqa: S101 - a select without FROM has one row
    forgettings = await _select_forgettings(connection, row["forgettings"]) if row["forgettings"] else ()
    return Profile(
        row["paused_ms"],
        row["is_same_for_everyone"],
        exclusions_of(zip(row["scopes"] or (), row["targets"] or (), strict=True)),
        forgettings,
    )


async def _select_forgettings(connection: Connection, ids: Sequence[int]) -> tuple[Forgetting, ...]:
    rows = await connection.fetch(
        """
        SELECT round(extract(epoch FROM occurred_from) * 1000)::bigint,
               round(extract(epoch FROM occurred_until) * 1000)::bigint,
               round(extract(epoch FROM received_from) * 1000)::bigint,
               round(extract(epoch FROM received_until) * 1000)::bigint,
               event_id::text, product_id
        FROM forgettings WHERE id = ANY($1::bigint[])
        """,
        list(ids),
    )
    return tuple(Forgetting(*row) for row in rows)


async def select_settings(connection: Connection, *, visitor_id: int) -> Settings:
    """Return since when learning is paused and the shop the same as for everyone."""
    row = await connection.fetchrow(
        "SELECT paused_at, same_for_everyone_at FROM profiles WHERE visitor_id = $1", visitor_id
    )
    return Settings(None, None) if row is None else Settings(*row)


async def lock_settings(connection: Connection, *, visitor_id: int) -> Settings:
    """Return the settings, held until the transaction ends; makes them when there are none."""
    row = await connection.fetchrow(
        """
        INSERT INTO profiles (visitor_id) VALUES ($1)
        ON CONFLICT (visitor_id) DO UPDATE SET visitor_id = excluded.visitor_id
        RETURNING paused_at, same_for_everyone_at
        """,
        visitor_id,
    )
    assert row is not None  # noqa: S101 - an upsert that always updates yields its row
    return Settings(*row)


async def update_settings(connection: Connection, *, visitor_id: int, settings: Settings) -> None:
    """Store the settings of a visitor whose row exists."""
    await connection.execute(
        "UPDATE profiles SET paused_at = $2, same_for_everyone_at = $3 WHERE visitor_id = $1",
        visitor_id,
        settings.paused_at,
        settings.same_for_everyone_at,
    )


async def select_targets(connection: Connection, *, product_id: int) -> dict[Scope, int] | None:
    """Return what each scope makes of a product, or ``None`` when there is no such product."""
    row = await connection.fetchrow(
        """
        SELECT id, CASE model WHEN '' THEN id ELSE hashtextextended(model, brand_id) END AS model,
               brand_id, category_id
        FROM products WHERE id = $1
        """,
        product_id,
    )
    if row is None:
        return None
    item, model, maker, kind = row
    return {"item": item, "model": model, "owned": model, "maker": maker, "kind": kind}


async def insert_exclusion(
    connection: Connection,
    *,
    visitor_id: int,
    scope: Scope,
    target: int,
    product_id: int,
    event_id: str | None,
    now: datetime,
) -> tuple[int, bool]:
    """Store an exclusion; return its id and whether it is new."""
    exclusion_id = await connection.fetchval(
        """
        INSERT INTO exclusions (visitor_id, scope, target, product_id, event_id, created_at)
        VALUES ($1, $2, $3, $4, $5::uuid, $6)
        ON CONFLICT DO NOTHING RETURNING id
        """,
        visitor_id,
        scope,
        target,
        product_id,
        event_id,
        now,
    )
    if exclusion_id is not None:
        return int(exclusion_id), True
    known = await connection.fetchval(
        "SELECT id FROM exclusions WHERE visitor_id = $1 AND scope = $2 AND target = $3",
        visitor_id,
        scope,
        target,
    )
    return int(known), False


async def count_exclusions(connection: Connection, *, visitor_id: int) -> int:
    """Count what a visitor excluded."""
    count: int = await connection.fetchval(
        "SELECT count(*) FROM exclusions WHERE visitor_id = $1", visitor_id
    )
    return count


async def select_exclusions(connection: Connection, *, visitor_id: int) -> list[ExclusionRow]:
    """Return what a visitor excluded, the latest first."""
    rows = await connection.fetch(
        """
        SELECT id, scope, product_id, created_at FROM exclusions
        WHERE visitor_id = $1 ORDER BY created_at DESC, id DESC
        """,
        visitor_id,
    )
    return [ExclusionRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An exclusion that was removed, and the event that it was logged as."""

    event_id: str | None
    product_id: int
    decided_ms: int


async def delete_exclusion(connection: Connection, *, visitor_id: int, exclusion_id: int) -> TakenBack | None:
    """Take an exclusion back; ``None`` when the visitor has no such one."""
    row = await connection.fetchrow(
        """
        DELETE FROM exclusions WHERE id = $2 AND visitor_id = $1
        RETURNING event_id::text, product_id, trunc(extract(epoch FROM created_at) * 1000)::bigint
        """,
        visitor_id,
        exclusion_id,
    )
    return None if row is None else TakenBack(*row)


async def delete_exclusions_of_event(connection: Connection, *, visitor_id: int, event_id: str) -> int:
    """Take back the exclusion that an event stands for."""
    done: str = await connection.execute(
        "DELETE FROM exclusions WHERE visitor_id = $1 AND event_id = $2::uuid", visitor_id, event_id
    )
    return _affected(done)


async def delete_exclusions_since(connection: Connection, *, visitor_id: int, since_ms: int | None) -> int:
    """Take back the exclusions made since then, or all."""
    done: str = await connection.execute(
        """
        DELETE FROM exclusions
        WHERE visitor_id = $1 AND ($2::bigint IS NULL OR created_at >= to_timestamp($2 / 1000.0))
        """,
        visitor_id,
        since_ms,
    )
    return _affected(done)


async def move_decisions(
    connection: Connection, *, from_visitor: int, into_visitor: int, now: datetime
) -> None:
    """Give a guest's exclusions and settings to a user; of two settings the more careful one holds."""
    await connection.execute(
        """
        WITH moved AS (
            DELETE FROM exclusions WHERE visitor_id = $1
            RETURNING scope, target, product_id, event_id, created_at
        )
        INSERT INTO exclusions (visitor_id, scope, target, product_id, event_id, created_at)
        SELECT $2, scope, target, product_id, event_id, created_at FROM moved ORDER BY scope, target
        ON CONFLICT DO NOTHING
        """,
        from_visitor,
        into_visitor,
    )
    await connection.execute(
        """
        INSERT INTO profiles AS p (visitor_id, paused_at, same_for_everyone_at)
        SELECT $2, CASE WHEN paused_at IS NOT NULL THEN $3::timestamptz END,
               CASE WHEN same_for_everyone_at IS NOT NULL THEN $3::timestamptz END
        FROM profiles WHERE visitor_id = $1
        ON CONFLICT (visitor_id) DO UPDATE SET
            paused_at = coalesce(p.paused_at, excluded.paused_at),
            same_for_everyone_at = coalesce(p.same_for_everyone_at, excluded.same_for_everyone_at)
        """,
        from_visitor,
        into_visitor,
        now,
    )


async def notify_profile(connection: Connection, *, visitor_id: int) -> None:
    """Tell every worker, with the commit, that a visitor's decisions changed."""
    await connection.execute("SELECT pg_notify($1, $2)", PROFILES_CHANNEL, str(visitor_id))


def _affected(done: str) -> int:
    return int(done.rsplit(" ", 1)[-1])
