"""SQL of users, visitors and the counters of attempts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from server.core.transactions import Connection
from server.features.accounts.domain import Credentials, Limit, User


async def select_user(connection: Connection, user_id: int) -> User | None:
    """Read a user."""
    row = await connection.fetchrow(
        "SELECT id, email::text, display_name, role, created_at FROM users WHERE id = $1", user_id
    )
    return User(*row) if row is not None else None


async def select_credentials(connection: Connection, email: str) -> Credentials | None:
    """Find what proves the user of an address."""
    row = await connection.fetchrow(
        """
        SELECT u.id, u.email::text, u.display_name, u.role, u.created_at,
               u.password_hash, u.disabled_at IS NOT NULL, v.id
        FROM users u LEFT JOIN visitors v ON v.user_id = u.id
        WHERE u.email = $1::citext
        """,
        email,
    )
    if row is None:
        return None
    values = tuple(row)
    return Credentials(User(*values[:5]), *values[5:])


async def insert_user(connection: Connection, *, email: str, display_name: str, password_hash: str) -> User:
    """Create a shopper; an address that is taken raises asyncpg's UniqueViolationError."""
    row = await connection.fetchrow(
        """
        INSERT INTO users (email, display_name, password_hash) VALUES ($1::citext, $2, $3)
        RETURNING id, email::text, display_name, role, created_at
        """,
        email,
        display_name,
        password_hash,
    )
    assert row is not None  # noqa: S101 - RETURNING of an insert yields its row
    return User(*row)


async def update_display_name(connection: Connection, user_id: int, display_name: str) -> User | None:
    """Rename a user."""
    row = await connection.fetchrow(
        """
        UPDATE users SET display_name = $2 WHERE id = $1
        RETURNING id, email::text, display_name, role, created_at
        """,
        user_id,
        display_name,
    )
    return User(*row) if row is not None else None


async def update_password_hash(connection: Connection, user_id: int, password_hash: str) -> None:
    """Store a hash that was made anew."""
    await connection.execute("UPDATE users SET password_hash = $2 WHERE id = $1", user_id, password_hash)


async def insert_visitor(connection: Connection, user_id: int) -> int:
    """Create the visitor of a user, or return the one that a parallel login has just created."""
    visitor_id: int = await connection.fetchval(
        """
        INSERT INTO visitors (user_id) VALUES ($1)
        ON CONFLICT (user_id) DO UPDATE SET last_seen_at = now()
        RETURNING id
        """,
        user_id,
    )
    return visitor_id


async def update_visitor_owner(connection: Connection, *, visitor_id: int, user_id: int) -> bool:
    """Make a guest's visitor the user's own; whether it was still a guest's."""
    owned = await connection.fetchval(
        """
        UPDATE visitors SET user_id = $2, last_seen_at = now()
        WHERE id = $1 AND user_id IS NULL AND merged_into IS NULL
        RETURNING id
        """,
        visitor_id,
        user_id,
    )
    return owned is not None


async def update_merged_into(connection: Connection, *, from_visitor: int, into_visitor: int) -> bool:
    """Note where the history of a guest's visitor belongs from now on; whether it was still a guest's."""
    merged = await connection.fetchval(
        """
        UPDATE visitors SET merged_into = $2, last_seen_at = now()
        WHERE id = $1 AND user_id IS NULL AND merged_into IS NULL
        RETURNING id
        """,
        from_visitor,
        into_visitor,
    )
    return merged is not None


async def upsert_attempts(
    connection: Connection, limits: Sequence[Limit], *, now: datetime
) -> dict[str, tuple[int, datetime]]:
    """Count one attempt under each key, in one statement and in the order of the keys.

    Returns attempts and end of the window by key. A window that is over starts anew.
    """
    ordered = sorted(limits, key=lambda limit: limit.key)
    rows = await connection.fetch(
        """
        INSERT INTO rate_limits AS r (key, attempts, window_ends_at)
        SELECT key, 1, ends_at FROM unnest($1::text[], $2::timestamptz[]) AS l (key, ends_at)
        ON CONFLICT (key) DO UPDATE SET
            attempts = CASE WHEN r.window_ends_at <= $3 THEN 1 ELSE r.attempts + 1 END,
            window_ends_at = CASE WHEN r.window_ends_at <= $3 THEN excluded.window_ends_at
                                  ELSE r.window_ends_at END
        RETURNING key, attempts, window_ends_at
        """,
        [limit.key for limit in ordered],
        [now + timedelta(seconds=limit.window_s) for limit in ordered],
        now,
    )
    return {row["key"]: (row["attempts"], row["window_ends_at"]) for row in rows}


async def refund_attempts(connection: Connection, keys: Sequence[str]) -> None:
    """Take one attempt back under each key."""
    await connection.execute(
        """
        WITH locked AS (
            SELECT key FROM rate_limits WHERE key = ANY($1::text[]) ORDER BY key FOR UPDATE
        )
        UPDATE rate_limits r SET attempts = greatest(0, r.attempts - 1) FROM locked WHERE r.key = locked.key
        """,
        list(keys),
    )


async def delete_expired(connection: Connection, *, now: datetime) -> None:
    """Remove sessions and counters that are over."""
    await connection.execute("DELETE FROM sessions WHERE expires_at <= $1", now)
    await connection.execute("DELETE FROM rate_limits WHERE window_ends_at <= $1", now)
