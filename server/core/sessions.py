"""Who is asking, and opaque session tokens: made at the first write, hashed, rotated at login."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import asyncpg
from quart import Response, after_this_request, g, request
from werkzeug.wrappers import Response as WerkzeugResponse

from server.core.database import LOST
from server.core.principal import Principal
from server.core.problems import NotAuthenticated, Unavailable
from server.core.runtime import runtime
from server.core.service_tokens import presented_service_token, select_service_principal
from server.core.session_cache import REVOKED_CHANNEL

AnyResponse = Response | WerkzeugResponse
Selector = Callable[[asyncpg.pool.PoolConnectionProxy, bytes], Awaitable[Principal | None]]

TOKEN_BYTES = 32
MAX_TOKEN_CHARACTERS = 128
LIFETIME = timedelta(days=14)
COOKIE = "jackdaw_session"


def hash_token(token: str) -> bytes:
    """Return what the database stores of a token."""
    return hashlib.sha256(token.encode()).digest()


async def identify() -> Principal:
    """Return the caller of the current request; found once, then kept for the request.

    Raises
    ------
    NotAuthenticated
        The request names a service token that is not valid, or not any more.
    """
    known: Principal | None = getattr(g, "principal", None)
    if known is None:
        known = await _find_principal()
        g.principal = known
    return known


async def _find_principal() -> Principal:
    service_token = presented_service_token()
    if service_token is not None:
        return await _find_service(service_token)
    token = session_token()
    if token is None:
        return Principal(key=client_address())
    token_hash = hash_token(token)
    is_known, principal = runtime().sessions.get(token_hash)
    if not is_known:
        principal = await _look_up(token_hash, select_principal)
    return principal or Principal(key=client_address())


async def _find_service(token: str) -> Principal:
    token_hash = hash_token(token)
    is_known, principal = runtime().sessions.get(token_hash)
    if not is_known:
        # Guesses cost a look at the database each: they count against the address that makes them.
        runtime().reads.check(client_address())
        principal = await _look_up(token_hash, select_service_principal)
    if principal is None:
        raise NotAuthenticated("This service token is not valid, or not any more.", code="token.invalid")
    return principal


async def _look_up(token_hash: bytes, select: Selector) -> Principal | None:
    """Ask the database; while it is away, whom this worker knows stays who they were."""
    sessions = runtime().sessions
    try:
        async with runtime().database.connection() as connection:
            principal = await select(connection, token_hash)
    except (*LOST, Unavailable):
        is_known, principal = sessions.stale(token_hash)
        if not is_known:
            raise
        return principal
    sessions.put(token_hash, principal)
    return principal


def session_token() -> str | None:
    """Return the session token that the browser or program sent."""
    cookies = request.cookies
    token = cookies.get(cookie_name()) if cookies else None
    return token if token and len(token) <= MAX_TOKEN_CHARACTERS and token.isascii() else None


def cookie_name() -> str:
    """Return the cookie's name: bound to this host over TLS, plain on http."""
    return f"__Host-{COOKIE}" if request.scheme == "https" else COOKIE


def client_address() -> str:
    """Return the caller's address: the socket's, or what the configured proxies forwarded."""
    proxies = runtime().settings.trusted_proxies
    if proxies:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if len(hops) >= proxies:
            return hops[-proxies]
    return request.remote_addr or "unknown"


async def select_principal(
    connection: asyncpg.pool.PoolConnectionProxy, token_hash: bytes
) -> Principal | None:
    """Find the live session of a token; disabled users have none."""
    row = await connection.fetchrow(
        """
        SELECT s.id, s.visitor_id, s.user_id, u.role
        FROM sessions s LEFT JOIN users u ON u.id = s.user_id
        WHERE s.token_hash = $1 AND s.expires_at > now() AND u.disabled_at IS NULL
        """,
        token_hash,
    )
    if row is None:
        return None
    return Principal(
        key=row["id"],
        session_id=row["id"],
        visitor_id=row["visitor_id"],
        user_id=row["user_id"],
        role=row["role"],
    )


async def ensure_visitor(connection: asyncpg.pool.PoolConnectionProxy) -> int:
    """Return the caller's visitor id; the first write of a guest creates visitor and session."""
    principal = await identify()
    if principal.visitor_id is not None:
        return principal.visitor_id
    visitor_id: int = await connection.fetchval("INSERT INTO visitors DEFAULT VALUES RETURNING id")
    await start_session(connection, visitor_id=visitor_id, user_id=None, role=None)
    return visitor_id


async def start_session(
    connection: asyncpg.pool.PoolConnectionProxy, *, visitor_id: int, user_id: int | None, role: str | None
) -> None:
    """Issue a fresh token for the answer of the current request; the caller revokes the old one."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires_at = runtime().clock.now() + LIFETIME
    session_id: int = await connection.fetchval(
        """
        INSERT INTO sessions (token_hash, visitor_id, user_id, expires_at)
        VALUES ($1, $2, $3, $4) RETURNING id
        """,
        hash_token(token),
        visitor_id,
        user_id,
        expires_at,
    )
    g.principal = Principal(
        key=session_id, session_id=session_id, visitor_id=visitor_id, user_id=user_id, role=role
    )
    _send_cookie(token, expires_at)


async def revoke_session(connection: asyncpg.pool.PoolConnectionProxy) -> None:
    """End the session of the current request here and in every other process."""
    token = session_token()
    if token is None:
        return
    token_hash = hash_token(token)
    await connection.execute("DELETE FROM sessions WHERE token_hash = $1", token_hash)
    await connection.execute("SELECT pg_notify($1, $2)", REVOKED_CHANNEL, token_hash.hex())
    runtime().sessions.forget(token_hash)


def expire_cookie() -> None:
    """Tell the browser to drop its token."""
    name, is_secure = cookie_name(), request.scheme == "https"

    @after_this_request
    async def drop(response: AnyResponse) -> AnyResponse:
        response.delete_cookie(name, path="/", secure=is_secure, httponly=True, samesite="Lax")
        return response


def _send_cookie(token: str, expires_at: datetime) -> None:
    name, is_secure = cookie_name(), request.scheme == "https"

    @after_this_request
    async def send(response: AnyResponse) -> AnyResponse:
        if response.status_code < 400:
            response.set_cookie(
                name, token, expires=expires_at, path="/", secure=is_secure, httponly=True, samesite="Lax"
            )
        return response
