"""SQL about fitted models and what they are fitted on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import asyncpg
import orjson
from numpy.typing import NDArray

from recs import Event
from server.core.binary_copy import fetch_columns
from server.features.recommendations.lineage import Lineage

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy
MODELS_CHANNEL = "jackdaw_models"
REFIT_LOCK = "jackdaw refit"
READ_TIMEOUT_S = 120.0
ModelStatus = Literal["candidate", "challenger", "champion", "retired", "refused"]
_COLUMNS = """
    version, status, created_at, promoted_at, trained_until, interactions_count, users_count, items_count,
    fit_seconds, metrics, config, location, refusal, parent_version, code_version, schema_version, is_held
"""


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One attempt at a model."""

    version: int
    status: ModelStatus
    created_at: datetime
    promoted_at: datetime | None
    trained_until: datetime | None
    interactions_count: int
    users_count: int
    items_count: int
    fit_seconds: float | None
    metrics: dict[str, Any]
    config: dict[str, Any]
    location: str | None
    refusal: str | None
    parent_version: int | None
    code_version: str | None
    schema_version: int | None
    is_held: bool


@dataclass(frozen=True, slots=True)
class LastAttempt:
    """When a model was last tried for, and what it could know."""

    trained_until: datetime | None
    age_s: float
    has_champion: bool


def _model(row: asyncpg.Record) -> ModelRow:
    read = {name: orjson.loads(row[name]) for name in ("metrics", "config")}
    return ModelRow(**{**row, **read})


async def select_models(connection: Connection, *, limit: int) -> list[ModelRow]:
    """Return the latest models, newest first."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM model_snapshots ORDER BY version DESC LIMIT $1",  # noqa: S608 - own columns
        limit,
    )
    return [_model(row) for row in rows]


async def select_champion(connection: Connection) -> ModelRow | None:
    """Return the model that serves."""
    row = await connection.fetchrow(
        f"SELECT {_COLUMNS} FROM model_snapshots WHERE status = 'champion'"  # noqa: S608 - own columns
    )
    return None if row is None else _model(row)


async def select_model(connection: Connection, *, version: int) -> ModelRow | None:
    """Return one attempt."""
    row = await connection.fetchrow(
        f"SELECT {_COLUMNS} FROM model_snapshots WHERE version = $1",  # noqa: S608 - own columns
        version,
    )
    return None if row is None else _model(row)


async def select_good_models(connection: Connection) -> list[ModelRow]:
    """Return the models that serve or served and are still stored, the champion first, then by promotion."""
    rows = await connection.fetch(
        f"""
        SELECT {_COLUMNS} FROM model_snapshots
        WHERE status IN ('champion', 'retired') AND location IS NOT NULL AND promoted_at IS NOT NULL
        ORDER BY status = 'champion' DESC, promoted_at DESC, version DESC
        """  # noqa: S608 - own columns
    )
    return [_model(row) for row in rows]


async def select_last_attempt(connection: Connection) -> LastAttempt | None:
    """Return the latest attempt, whatever became of it."""
    row = await connection.fetchrow(
        """
        SELECT trained_until, extract(epoch FROM now() - created_at)::float8 AS age_s,
               EXISTS (SELECT 1 FROM model_snapshots WHERE status = 'champion') AS has_champion
        FROM model_snapshots ORDER BY version DESC LIMIT 1
        """
    )
    return None if row is None else LastAttempt(**row)


async def insert_candidate(connection: Connection, *, trained_until: datetime, lineage: Lineage) -> int:
    """Open the row of a model that is being fitted; return its version."""
    version: int = await connection.fetchval(
        """
        INSERT INTO model_snapshots (status, trained_until, parent_version, code_version, schema_version)
        VALUES ('candidate', $1, $2, $3, $4) RETURNING version
        """,
        trained_until,
        lineage.parent_version,
        lineage.code_version,
        lineage.schema_version,
    )
    return version


async def update_candidate(
    connection: Connection,
    *,
    version: int,
    counts: dict[str, int],
    fit_seconds: float,
    metrics: dict[str, Any],
    config: dict[str, Any],
) -> None:
    """Fill in what a fit found."""
    await connection.execute(
        """
        UPDATE model_snapshots
        SET interactions_count = $2, users_count = $3, items_count = $4, fit_seconds = $5,
            metrics = $6::jsonb, config = $7::jsonb
        WHERE version = $1
        """,
        version,
        counts.get("interactions", 0),
        counts.get("users", 0),
        counts.get("listedItems", 0),
        fit_seconds,
        orjson.dumps(metrics).decode(),
        orjson.dumps(config).decode(),
    )


async def update_metrics(connection: Connection, *, version: int, metrics: dict[str, Any]) -> None:
    """Note what is known of a candidate so far, so that it is known even if the fit does not finish."""
    await connection.execute(
        "UPDATE model_snapshots SET metrics = $2::jsonb WHERE version = $1",
        version,
        orjson.dumps(metrics).decode(),
    )


async def select_last_choice(connection: Connection) -> dict[str, Any] | None:
    """Return what the latest search for a recipe came to, also one that did not finish."""
    found = await connection.fetchval(
        """
        SELECT metrics -> 'choice' FROM model_snapshots WHERE metrics ? 'choice'
        ORDER BY version DESC LIMIT 1
        """
    )
    last: dict[str, Any] | None = None if found is None else orjson.loads(found)
    return last


async def refuse_candidate(connection: Connection, *, version: int, refusal: str) -> None:
    """Say why a model will not serve."""
    await connection.execute(
        "UPDATE model_snapshots SET status = 'refused', refusal = $2 WHERE version = $1", version, refusal
    )


async def refuse_abandoned(connection: Connection, *, before_version: int) -> None:
    """Close the rows of fits that were killed; the caller holds the refit lock."""
    await connection.execute(
        """
        UPDATE model_snapshots SET status = 'refused', refusal = 'The fit did not finish.'
        WHERE status = 'candidate' AND version < $1
        """,
        before_version,
    )


async def count_new_interactions(connection: Connection, *, since: datetime | None, enough: int) -> int:
    """Count interactions received since then, up to ``enough``."""
    count: int = await connection.fetchval(
        """
        SELECT count(*) FROM (
            SELECT 1 FROM interactions
            WHERE event_type <> $3
              AND ($1::timestamptz IS NULL
                   OR (received_on >= ($1::timestamptz AT TIME ZONE 'UTC')::date - 1 AND received_at > $1))
            LIMIT $2) AS fresh
        """,
        since,
        enough,
        int(Event.IMPRESSION),
    )
    return count


async def count_forgotten(connection: Connection, *, since: datetime | None) -> tuple[int, int]:
    """Count the interactions that shoppers had forgotten since then, and the shoppers.

    From half a minute before: a forgetting that was not committed yet when a window was read counts as later.
    """
    row = await connection.fetchrow(
        """
        SELECT coalesce(sum(removed_count), 0)::bigint, count(DISTINCT visitor_id) FROM forgettings
        WHERE removed_count > 0 AND ($1::timestamptz IS NULL OR created_at > $1 - interval '30 seconds')
        """,
        since,
    )
    assert row is not None  # noqa: S101 - an aggregate has one row
    return row[0], row[1]


async def try_refit_lock(connection: Connection) -> bool:
    """Take the lock that lets one process in the whole shop fit; it is held as long as the connection."""
    return bool(await connection.fetchval("SELECT pg_try_advisory_lock(hashtext($1))", REFIT_LOCK))


async def release_refit_lock(connection: Connection) -> None:
    """Give the lock up."""
    await connection.execute("SELECT pg_advisory_unlock(hashtext($1))", REFIT_LOCK)


def window_query(until: datetime, days: int) -> str:
    """Return the query of the training window; COPY takes no parameters: the bounds are our literals."""
    from_on = (until - timedelta(days=days)).date().isoformat()
    return (
        "SELECT visitor_id, product_id, event_type, weight, extract(epoch FROM occurred_at)::float8 "  # noqa: S608
        f"FROM interactions WHERE received_on >= '{from_on}' AND event_type <> {int(Event.IMPRESSION)} "
        f"AND received_at <= '{until.isoformat()}'"
    )


async def select_merges(connection: Connection) -> dict[int, int]:
    """Return which visitors became which."""
    rows = await connection.fetch("SELECT id, merged_into FROM visitors WHERE merged_into IS NOT NULL")
    return {row["id"]: row["merged_into"] for row in rows}


async def select_catalogue(connection: Connection) -> list[tuple[int, str, str, float, str]]:
    """Return id, category, brand, listing time in Unix seconds and title of every listed product."""
    rows = await connection.fetch(
        """
        SELECT p.id, c.slug AS category, b.slug AS brand, extract(epoch FROM p.listed_at)::float8 AS listed_s,
               p.title
        FROM products p JOIN categories c ON c.id = p.category_id JOIN brands b ON b.id = p.brand_id
        WHERE p.withdrawn_at IS NULL
        ORDER BY p.id
        """,
        timeout=READ_TIMEOUT_S,
    )
    return [(row["id"], row["category"], row["brand"], row["listed_s"], row["title"]) for row in rows]


async def select_owners(connection: Connection) -> NDArray[Any]:
    """Return ``product_id`` and the ``visitor_id`` of the store's owner, ascending, where there is one."""
    return await fetch_columns(
        connection,
        "SELECT p.id, v.id FROM products p JOIN stores s ON s.id = p.store_id "
        "JOIN visitors v ON v.user_id = s.owner_user_id ORDER BY p.id",
        [("product_id", "int8"), ("visitor_id", "int8")],
        timeout_s=READ_TIMEOUT_S,
    )
