"""Issues and revokes service tokens; both the administrator's routes and the command do it here."""

from __future__ import annotations

import secrets

from server.core.service_tokens import TOKEN_PREFIX
from server.core.session_cache import REVOKED_CHANNEL
from server.core.sessions import TOKEN_BYTES, hash_token
from server.features.feed import token_queries
from server.features.feed.domain import ServiceToken, TokenOrder
from server.features.feed.token_queries import Connection


async def issue(
    connection: Connection, order: TokenOrder, *, issued_by: int | None
) -> tuple[ServiceToken, str]:
    """Make a token; its text is returned here once and kept nowhere."""
    text = TOKEN_PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    async with connection.transaction():
        namespace_id = await token_queries.upsert_namespace(connection, order.namespace)
        token = await token_queries.insert_token(
            connection, order, namespace_id=namespace_id, token_hash=hash_token(text), issued_by=issued_by
        )
    return token, text


async def revoke(connection: Connection, token_id: int) -> bytes | None:
    """End a token in every process; return its hash, or ``None`` when there is no such token."""
    async with connection.transaction():
        return await token_queries.revoke_token(connection, token_id=token_id, channel=REVOKED_CHANNEL)
