"""Tokens of other shops' programs: shown once, stored as a hash, bound to a namespace and to scopes."""

from __future__ import annotations

import asyncpg
from quart import request

from server.core.principal import Principal, ServiceAccess

TOKEN_PREFIX = "jackdaw_"  # noqa: S105 - what every token begins with, not one of them
_SCHEME = "bearer "


def presented_service_token() -> str | None:
    """Return the service token of the current request; other Bearer tokens are not ours to judge."""
    header = request.headers.get("Authorization", "")
    if header[: len(_SCHEME)].lower() != _SCHEME:
        return None
    token = header[len(_SCHEME) :].strip()
    return token if token.startswith(TOKEN_PREFIX) else None


async def select_service_principal(
    connection: asyncpg.pool.PoolConnectionProxy, token_hash: bytes
) -> Principal | None:
    """Find who a live token speaks for; note its use, once a minute at most."""
    row = await connection.fetchrow(
        """
        WITH live AS (
            SELECT t.id, t.namespace_id, n.name, t.scopes
            FROM service_tokens t JOIN feed_namespaces n ON n.id = t.namespace_id
            WHERE t.token_hash = $1 AND t.revoked_at IS NULL
              AND (t.expires_at IS NULL OR t.expires_at > now())
        ), noted AS (
            UPDATE service_tokens SET last_used_at = now()
            WHERE id = (SELECT id FROM live)
              AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
        )
        SELECT id, namespace_id, name, scopes FROM live
        """,
        token_hash,
    )
    if row is None:
        return None
    access = ServiceAccess(row["id"], row["namespace_id"], row["name"], frozenset(row["scopes"]))
    return Principal(key=("service", row["id"]), service=access)
