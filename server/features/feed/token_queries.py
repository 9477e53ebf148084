"""SQL of namespaces and service tokens."""

from __future__ import annotations

import asyncpg

from server.features.feed.domain import ServiceToken, TokenOrder

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy


def _token(row: asyncpg.Record) -> ServiceToken:
    return ServiceToken(**{**row, "scopes": tuple(row["scopes"])})


async def upsert_namespace(connection: Connection, name: str) -> int:
    """Return the id of a namespace, which the first token for it makes."""
    known: int | None = await connection.fetchval("SELECT id FROM feed_namespaces WHERE name = $1", name)
    if known is not None:
        return known
    made: int = await connection.fetchval(
        """
        INSERT INTO feed_namespaces (name) VALUES ($1)
        ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id
        """,
        name,
    )
    return made


async def insert_token(
    connection: Connection, order: TokenOrder, *, namespace_id: int, token_hash: bytes, issued_by: int | None
) -> ServiceToken:
    """Store a token by its hash."""
    row = await connection.fetchrow(
        """
        INSERT INTO service_tokens (namespace_id, name, token_hash, scopes, issued_by, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        RETURNING id, name, $7::text AS namespace, scopes, created_at, expires_at, last_used_at, revoked_at
        """,
        namespace_id,
        order.name,
        token_hash,
        list(order.scopes),
        issued_by,
        order.expires_at,
        order.namespace,
    )
    assert row is not None  # noqa: S101 - an insert returns its row
    return _token(row)


async def select_tokens(connection: Connection, *, before_id: int | None, limit: int) -> list[ServiceToken]:
    """Return issued tokens, newest first, revoked ones included."""
    rows = await connection.fetch(
        """
        SELECT t.id, t.name, n.name AS namespace, t.scopes, t.created_at, t.expires_at, t.last_used_at,
               t.revoked_at
        FROM service_tokens t JOIN feed_namespaces n ON n.id = t.namespace_id
        WHERE $1::bigint IS NULL OR t.id < $1
        ORDER BY t.id DESC LIMIT $2
        """,
        before_id,
        limit,
    )
    return [_token(row) for row in rows]


async def revoke_token(connection: Connection, *, token_id: int, channel: str) -> bytes | None:
    """End a token and tell every process; return its hash, or ``None`` when there is no such token."""
    token_hash: bytes | None = await connection.fetchval(
        """
        UPDATE service_tokens SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1
        RETURNING token_hash
        """,
        token_id,
    )
    if token_hash is not None:
        await connection.execute("SELECT pg_notify($1, $2)", channel, token_hash.hex())
    return token_hash
