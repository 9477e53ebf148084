"""SQL about other shops' models: what they are fitted on, which serve, which are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import orjson
from numpy.typing import NDArray

from recs import Event
from server.core.binary_copy import fetch_columns

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy
# Told with the id of a namespace: its products, interactions or model changed.
FEED_CHANNEL = "jackdaw_feed"
NAMESPACES_LOCK = "jackdaw namespace refit"
READ_TIMEOUT_S = 120.0
KEPT_SNAPSHOTS = 2


@dataclass(frozen=True, slots=True)
class NamespaceChampion:
    """The model that serves a namespace."""

    version: int
    location: str
    trained_until: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a namespace stands between fits."""

    namespace_id: int
    fresh: int
    """Interactions since the last attempt, counted up to what is enough."""
    age_s: float | None
    """Since the last attempt; ``None`` before the first."""
    has_champion: bool


async def select_namespace_champion(connection: Connection, namespace_id: int) -> NamespaceChampion | None:
    """Return the model that serves a namespace."""
    row = await connection.fetchrow(
        """
        SELECT version, location, trained_until FROM feed_models
        WHERE namespace_id = $1 AND status = 'champion' AND location IS NOT NULL
        """,
        namespace_id,
    )
    return None if row is None else NamespaceChampion(**row)


async def select_buyable(connection: Connection, namespace_id: int) -> NDArray[Any]:
    """Return the ids of the products of a namespace that can be bought."""
    rows = await fetch_columns(
        connection,
        # COPY takes no parameters; this is an integer of ours.
        "SELECT id FROM feed_products "  # noqa: S608
        f"WHERE namespace_id = {int(namespace_id)} AND withdrawn_at IS NULL AND stock IS DISTINCT FROM 0",
        [("id", "int8")],
    )
    found: NDArray[Any] = rows["id"]
    return found


async def select_standings(connection: Connection, *, enough: int) -> list[Standing]:
    """Return every namespace in which something happened since its last fit was begun."""
    rows = await connection.fetch(
        """
        SELECT n.id AS namespace_id, f.fresh, l.age_s,
               EXISTS (SELECT FROM feed_models m WHERE m.namespace_id = n.id AND m.status = 'champion')
                   AS has_champion
        FROM feed_namespaces n
        LEFT JOIN LATERAL (
            SELECT trained_until, extract(epoch FROM now() - created_at)::float8 AS age_s
            FROM feed_models m WHERE m.namespace_id = n.id ORDER BY version DESC LIMIT 1
        ) AS l ON true
        CROSS JOIN LATERAL (
            SELECT count(*) AS fresh FROM (
                SELECT FROM feed_interactions i
                WHERE i.namespace_id = n.id AND (l.trained_until IS NULL OR i.received_at > l.trained_until)
                LIMIT $1) AS counted
        ) AS f
        WHERE f.fresh > 0
        """,
        enough,
    )
    return [Standing(**row) for row in rows]


async def try_namespaces_lock(connection: Connection) -> bool:
    """Become the one process that fits namespaces, for as long as the connection lives."""
    return bool(await connection.fetchval("SELECT pg_try_advisory_lock(hashtext($1))", NAMESPACES_LOCK))


def namespace_window_query(namespace_id: int, until: datetime, days: int) -> str:
    """Return the query of a namespace's training window; COPY takes no parameters: the bounds are ours.

    Users are told apart by a 64-bit hash of the caller's own name for them.
    """
    since = (until - timedelta(days=days)).isoformat()
    return (
        "SELECT hashtextextended(user_id, 0), product_id, event_type, weight, "  # noqa: S608
        "extract(epoch FROM occurred_at)::float8 FROM feed_interactions "
        f"WHERE namespace_id = {int(namespace_id)} AND event_type <> {int(Event.IMPRESSION)} "
        f"AND occurred_at >= '{since}' AND received_at <= '{until.isoformat()}'"
    )


async def select_namespace_catalogue(
    connection: Connection, namespace_id: int
) -> list[tuple[int, str | None, str | None, float]]:
    """Return id, category, brand and listing time in Unix seconds of every offered product."""
    rows = await connection.fetch(
        """
        SELECT id, nullif(category, ''), nullif(brand, ''), extract(epoch FROM listed_at)::float8
        FROM feed_products WHERE namespace_id = $1 AND withdrawn_at IS NULL ORDER BY id
        """,
        namespace_id,
        timeout=READ_TIMEOUT_S,
    )
    return [tuple(row) for row in rows]


async def insert_namespace_candidate(
    connection: Connection, *, namespace_id: int, trained_until: datetime
) -> int:
    """Open the row of a model that is being fitted, and close those of fits that were killed."""
    version: int = await connection.fetchval(
        """
        WITH abandoned AS (
            UPDATE feed_models SET status = 'refused', refusal = 'The fit did not finish.'
            WHERE namespace_id = $1 AND status = 'candidate'
        )
        INSERT INTO feed_models (namespace_id, status, trained_until) VALUES ($1, 'candidate', $2)
        RETURNING version
        """,
        namespace_id,
        trained_until,
    )
    return version


async def describe_namespace_candidate(
    connection: Connection, *, version: int, counts: dict[str, int], metrics: dict[str, Any]
) -> None:
    """Fill in what a fit found."""
    await connection.execute(
        """
        UPDATE feed_models SET interactions_count = $2, users_count = $3, products_count = $4,
            metrics = $5::jsonb
        WHERE version = $1
        """,
        version,
        counts.get("interactions", 0),
        counts.get("users", 0),
        counts.get("listedItems", 0),
        orjson.dumps(metrics, option=orjson.OPT_SERIALIZE_NUMPY).decode(),
    )


async def refuse_namespace_candidate(connection: Connection, *, version: int, refusal: str) -> None:
    """Say why a model will not serve."""
    await connection.execute(
        "UPDATE feed_models SET status = 'refused', refusal = $2 WHERE version = $1", version, refusal
    )


async def promote_namespace_candidate(
    connection: Connection, *, namespace_id: int, version: int, location: str
) -> None:
    """Make a stored candidate the champion, let go of all but the latest, and tell every worker."""
    async with connection.transaction():
        await connection.execute(
            "UPDATE feed_models SET status = 'retired' WHERE namespace_id = $1 AND status = 'champion'",
            namespace_id,
        )
        await connection.execute(
            """
            UPDATE feed_models SET status = 'champion', promoted_at = now(), location = $2
            WHERE version = $1
            """,
            version,
            location,
        )
        await connection.execute(
            """
            WITH doomed AS (
                SELECT version FROM feed_models
                WHERE namespace_id = $1 AND location IS NOT NULL ORDER BY version DESC OFFSET $2
            )
            UPDATE feed_models m SET location = NULL FROM doomed d WHERE m.version = d.version
            """,
            namespace_id,
            KEPT_SNAPSHOTS,
        )
        await connection.execute("SELECT pg_notify($1, $2)", FEED_CHANNEL, str(namespace_id))


async def select_locations(connection: Connection) -> tuple[int, set[str]]:
    """Return the newest version of all, and the names under which models are stored."""
    rows = await connection.fetch("SELECT version, location FROM feed_models")
    newest = max((row["version"] for row in rows), default=0)
    return newest, {row["location"] for row in rows if row["location"] is not None}
