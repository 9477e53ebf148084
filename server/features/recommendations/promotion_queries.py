"""SQL that changes which model serves. One lock makes every change see the one before it."""

from __future__ import annotations

from collections.abc import Sequence

from server.features.recommendations.model_queries import MODELS_CHANNEL, Connection

PROMOTION_LOCK = "jackdaw promotion"
KEPT_GOOD = 3


async def store_fitted(
    connection: Connection,
    *,
    version: int,
    location: str,
    parent_version: int | None,
    goes_live: bool,
    ends_hold: bool = False,
) -> bool:
    """Store a fitted candidate, as champion or as challenger; return whether it serves.

    It stays a challenger, whatever the gate said, when the champion is no longer the one that it was judged
    against, or when an administrator went back to that one and nobody has asked for another since.
    """
    async with connection.transaction():
        await _lock(connection)
        champion = await connection.fetchrow(
            "SELECT version, is_held FROM model_snapshots WHERE status = 'champion'"
        )
        serving = None if champion is None else champion["version"]
        is_free = champion is None or not champion["is_held"] or ends_hold
        is_live = goes_live and serving == parent_version and is_free
        await connection.execute(
            "UPDATE model_snapshots SET status = 'retired' WHERE status = 'challenger' AND version <> $1",
            version,
        )
        await connection.execute(
            "UPDATE model_snapshots SET status = 'challenger', location = $2 WHERE version = $1",
            version,
            location,
        )
        if is_live:
            await _crown(connection, version=version, is_held=False)
        return is_live


async def promote(connection: Connection, *, version: int) -> bool:
    """Make a stored model the champion because someone wants it; return whether it is one now.

    An older one than the present champion is a step back, which holds until a newer one is wanted.
    """
    async with connection.transaction():
        await _lock(connection)
        row = await connection.fetchrow(
            """
            SELECT status, (SELECT version FROM model_snapshots WHERE status = 'champion') AS serving
            FROM model_snapshots
            WHERE version = $1 AND location IS NOT NULL AND status IN ('champion', 'challenger', 'retired')
            """,
            version,
        )
        if row is None:
            return False
        if row["status"] != "champion":
            is_held = row["serving"] is not None and version < row["serving"]
            await _crown(connection, version=version, is_held=is_held)
        return True


async def _lock(connection: Connection) -> None:
    await connection.execute("SELECT pg_advisory_xact_lock(hashtext($1))", PROMOTION_LOCK)


async def _crown(connection: Connection, *, version: int, is_held: bool) -> None:
    """Swap the champion and tell every worker; the caller holds the lock."""
    await connection.execute(
        "UPDATE model_snapshots SET status = 'retired', is_held = false WHERE status = 'champion'"
    )
    await connection.execute(
        """
        UPDATE model_snapshots SET status = 'champion', promoted_at = now(), is_held = $2 WHERE version = $1
        """,
        version,
        is_held,
    )
    await connection.execute("SELECT pg_notify($1, $2)", MODELS_CHANNEL, str(version))


async def release_locations(connection: Connection) -> list[str]:
    """Let go of stored models that nobody can want any more; return where their files are.

    Kept are the champion with its parent, the challenger, what an experiment tries, and the last three that
    served.
    """
    async with connection.transaction():
        await _lock(connection)
        rows = await connection.fetch(
            """
            WITH good AS (
                SELECT version FROM model_snapshots
                WHERE location IS NOT NULL AND promoted_at IS NOT NULL
                ORDER BY status = 'champion' DESC, promoted_at DESC, version DESC LIMIT $1
            ), doomed AS (
                SELECT version, location FROM model_snapshots
                WHERE location IS NOT NULL AND status IN ('retired', 'refused')
                  AND version NOT IN (SELECT version FROM good)
                  AND version NOT IN (
                      SELECT parent_version FROM model_snapshots
                      WHERE status = 'champion' AND parent_version IS NOT NULL)
                  AND version NOT IN (
                      SELECT a.model_version
                      FROM experiment_arms a JOIN experiments e ON e.id = a.experiment_id
                      WHERE e.status = 'running' AND a.model_version IS NOT NULL)
            )
            UPDATE model_snapshots m SET location = NULL FROM doomed d WHERE m.version = d.version
            RETURNING d.location
            """,
            KEPT_GOOD,
        )
    return [row["location"] for row in rows]


async def select_locations(connection: Connection) -> Sequence[str]:
    """Return where stored models are."""
    rows = await connection.fetch("SELECT location FROM model_snapshots WHERE location IS NOT NULL")
    return [row["location"] for row in rows]
