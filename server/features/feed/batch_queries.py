"""SQL of batches: the queue of what was accepted, and how it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import asyncpg
import orjson

from server.features.feed.domain import Batch, RowError

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy
INTAKE_LOCK = "jackdaw feed intake"
MAX_PENDING = 200
KEEP_DAYS = 30
STORE_TIMEOUT_S = 60.0
_COLUMNS = """
    id, kind, status, received_at, done_at, rows_count, accepted_count, duplicates_count, errors
"""


@dataclass(frozen=True, slots=True)
class PendingBatch:
    """A batch that waits to be stored."""

    id: int
    namespace_id: int
    kind: Literal["products", "interactions"]
    received_at: datetime


def _batch(row: asyncpg.Record) -> Batch:
    errors = tuple(RowError(*error) for error in orjson.loads(row["errors"]))
    return Batch(**{**row, "errors": errors})


def _json(errors: list[RowError]) -> str:
    return orjson.dumps([list(error) for error in errors]).decode()


async def insert_batch(
    connection: Connection,
    *,
    namespace_id: int,
    kind: str,
    received_at: datetime,
    n_rows: int,
    rows: list[dict[str, Any]],
    n_repeated: int,
    errors: list[RowError],
) -> Batch | None:
    """Queue a batch; ``None`` while too many of this namespace wait."""
    row = await connection.fetchrow(
        f"""
        INSERT INTO feed_batches (
            namespace_id, kind, received_at, rows_count, accepted_count, duplicates_count, errors, rows)
        SELECT $1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb
        WHERE (
            SELECT count(*) FROM feed_batches WHERE namespace_id = $1 AND status = 'pending') < {MAX_PENDING}
        RETURNING {_COLUMNS}
        """,  # noqa: S608 - own columns and an own number
        namespace_id,
        kind,
        received_at,
        n_rows,
        len(rows),
        n_repeated,
        _json(errors),
        orjson.dumps(rows).decode(),
    )
    return None if row is None else _batch(row)


async def select_batch(
    connection: Connection, *, namespace_id: int, batch_id: int, kinds: list[str]
) -> Batch | None:
    """Return a batch of this namespace and of these kinds."""
    row = await connection.fetchrow(
        f"SELECT {_COLUMNS} FROM feed_batches "  # noqa: S608 - own columns
        "WHERE id = $1 AND namespace_id = $2 AND kind = ANY($3::text[])",
        batch_id,
        namespace_id,
        kinds,
    )
    return None if row is None else _batch(row)


async def has_pending(connection: Connection) -> bool:
    """Whether any batch waits."""
    return bool(
        await connection.fetchval("SELECT EXISTS (SELECT FROM feed_batches WHERE status = 'pending')")
    )


async def lock_intake(connection: Connection) -> bool:
    """Become the one process that stores, until the transaction ends: batches keep their order."""
    await connection.execute("SET LOCAL statement_timeout = '60s'")
    return bool(await connection.fetchval("SELECT pg_try_advisory_xact_lock(hashtext($1))", INTAKE_LOCK))


async def select_pending(connection: Connection) -> PendingBatch | None:
    """Return the batch that has waited longest."""
    row = await connection.fetchrow(
        """
        SELECT id, namespace_id, kind, received_at FROM feed_batches
        WHERE status = 'pending' ORDER BY id LIMIT 1
        """
    )
    return None if row is None else PendingBatch(**row)


async def store_products(connection: Connection, batch: PendingBatch) -> None:
    """Insert or replace the products of a batch; what stays as it was is not written."""
    await connection.execute(
        """
        INSERT INTO feed_products AS p (
            namespace_id, external_id, title, category, brand, price_minor, currency, stock, url, image_url,
            attributes, listed_at, withdrawn_at)
        SELECT $2, r.id, r.title, r.category, r.brand, r.price_minor, r.currency, r.stock, r.url, r.image_url,
               r.attributes, coalesce(to_timestamp(r.listed_s), $3), CASE WHEN r.withdrawn THEN $3 END
        FROM feed_batches b, jsonb_to_recordset(b.rows) AS r (
            id text, title text, category text, brand text, price_minor bigint, currency text, stock int,
            url text, image_url text, attributes jsonb, listed_s float8, withdrawn bool)
        WHERE b.id = $1
        ORDER BY r.id
        ON CONFLICT (namespace_id, external_id) DO UPDATE SET
            title = excluded.title, category = excluded.category, brand = excluded.brand,
            price_minor = excluded.price_minor, currency = excluded.currency, stock = excluded.stock,
            url = excluded.url, image_url = excluded.image_url, attributes = excluded.attributes,
            withdrawn_at = CASE WHEN excluded.withdrawn_at IS NOT NULL
                THEN coalesce(p.withdrawn_at, excluded.withdrawn_at) END,
            updated_at = $3
        WHERE (p.title, p.category, p.brand, p.price_minor, p.currency, p.stock, p.url, p.image_url,
               p.attributes, p.withdrawn_at IS NULL)
            IS DISTINCT FROM
              (excluded.title, excluded.category, excluded.brand, excluded.price_minor, excluded.currency,
               excluded.stock, excluded.url, excluded.image_url, excluded.attributes,
               excluded.withdrawn_at IS NULL)
        """,
        batch.id,
        batch.namespace_id,
        batch.received_at,
        timeout=STORE_TIMEOUT_S,
    )


async def store_interactions(connection: Connection, batch: PendingBatch) -> tuple[int, list[int]]:
    """Insert the events of a batch, each once; return how many were new, and which name no product.

    The weights of new events are added to the products' popularity, which fades as in our own shop: log2 of
    the sum of ``weight * 2 ** half_lives``, so that no row changes merely because time passes.
    """
    row = await connection.fetchrow(
        """
        WITH sent AS (
            SELECT r.index, r.id, r.user_id, r.type, r.weight, to_timestamp(r.occurred_s) AS occurred_at,
                   p.id AS product_id
            FROM feed_batches b
            CROSS JOIN LATERAL jsonb_to_recordset(b.rows) AS r (
                index int, id text, product text, user_id text, type int, weight real, occurred_s float8)
            LEFT JOIN feed_products p ON p.namespace_id = $2 AND p.external_id = r.product
            WHERE b.id = $1
        ), stored AS (
            INSERT INTO feed_interactions (
                namespace_id, event_id, product_id, user_id, event_type, weight, occurred_at)
            SELECT $2, id, product_id, user_id, type, weight, occurred_at
            FROM sent WHERE product_id IS NOT NULL ORDER BY id
            ON CONFLICT DO NOTHING
            RETURNING product_id, weight, extract(epoch FROM occurred_at - timestamptz '2026-01-01Z')
                / 604800.0 AS half_lives
        ), latest AS (
            SELECT product_id, max(half_lives)::float8 AS half_lives FROM stored WHERE weight > 0
            GROUP BY product_id
        ), added AS (
            SELECT l.product_id, l.half_lives + ln(sum(
                s.weight * power(2.0::float8, greatest(s.half_lives - l.half_lives, -900)::float8)
            )) / ln(2.0::float8) AS score
            FROM latest l JOIN stored s ON s.product_id = l.product_id AND s.weight > 0
            GROUP BY l.product_id, l.half_lives
        ), liked AS (
            UPDATE feed_products p SET popularity = greatest(p.popularity, a.score)
                + ln(1 + power(2.0::float8, greatest(-abs(p.popularity - a.score), -900))) / ln(2.0::float8)
            FROM added a WHERE p.id = a.product_id
        )
        SELECT (SELECT count(*) FROM stored) AS new,
               (SELECT coalesce(array_agg(index ORDER BY index), '{}') FROM sent WHERE product_id IS NULL)
                   AS unknown
        """,
        batch.id,
        batch.namespace_id,
        timeout=STORE_TIMEOUT_S,
    )
    assert row is not None  # noqa: S101 - a select without FROM has one row
    return row["new"], row["unknown"]


async def finish_batch(
    connection: Connection, batch_id: int, *, n_new: int | None = None, errors: list[RowError]
) -> None:
    """Note what became of a batch and let its rows go; without ``n_new`` all that was kept is stored."""
    await connection.execute(
        """
        UPDATE feed_batches SET
            status = 'done', done_at = now(), rows = NULL, errors = errors || $3::jsonb,
            duplicates_count = duplicates_count
                + coalesce(accepted_count - jsonb_array_length($3::jsonb) - $2::int, 0),
            accepted_count = coalesce($2::int, accepted_count)
        WHERE id = $1
        """,
        batch_id,
        n_new,
        _json(errors),
    )


async def fail_batch(connection: Connection, batch_id: int, error: RowError) -> None:
    """Give up a batch that the database will never take, so that it does not block the others."""
    await connection.execute(
        """
        UPDATE feed_batches SET status = 'failed', done_at = now(), rows = NULL, accepted_count = 0,
            errors = errors || $2::jsonb
        WHERE id = $1 AND status = 'pending'
        """,
        batch_id,
        _json([error]),
    )


async def delete_old_batches(connection: Connection) -> None:
    """Forget verdicts that are a month old."""
    await connection.execute(
        "DELETE FROM feed_batches WHERE status <> 'pending' AND done_at < now() - make_interval(days => $1)",
        KEEP_DAYS,
    )
