"""Every SQL statement of experiments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from server.features.experiments.domain import Arm, ArmState, GroupCount, GuardRails

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy
EXPERIMENTS_CHANNEL = "jackdaw_experiments"
REVIEW_LOCK = "jackdaw experiments"
GROUPS = 64
KEPT_MODELS = 500
_COUNTS = ("answers", "errors", "slow_answers", "seconds", "products_chosen", "products_gone")


@dataclass(frozen=True, slots=True)
class ExperimentRow:
    """One experiment with its arms."""

    id: int
    name: str
    status: str
    floor: float
    guard_rails: GuardRails
    started_at: datetime
    allocated_at: datetime
    stopped_at: datetime | None
    stop_reason: str | None
    arms: tuple[ArmState, ...]


async def select_experiments(connection: Connection, *, limit: int) -> list[ExperimentRow]:
    """Return the latest experiments with their arms, newest first."""
    rows = await connection.fetch("SELECT * FROM experiments ORDER BY id DESC LIMIT $1", limit)
    return await _with_arms(connection, rows)


async def select_experiment(connection: Connection, *, experiment_id: int) -> ExperimentRow | None:
    """Return one experiment."""
    rows = await connection.fetch("SELECT * FROM experiments WHERE id = $1", experiment_id)
    found = await _with_arms(connection, rows)
    return found[0] if found else None


async def select_running(connection: Connection) -> ExperimentRow | None:
    """Return the experiment that shoppers are in."""
    rows = await connection.fetch("SELECT * FROM experiments WHERE status = 'running'")
    found = await _with_arms(connection, rows)
    return found[0] if found else None


async def _with_arms(connection: Connection, rows: Sequence[asyncpg.Record]) -> list[ExperimentRow]:
    arms: dict[int, list[ArmState]] = {row["id"]: [] for row in rows}
    found = await connection.fetch(
        "SELECT * FROM experiment_arms WHERE experiment_id = ANY($1::bigint[]) ORDER BY experiment_id, arm",
        list(arms),
    )
    for row in found:
        fields = dict(row)
        arms[fields.pop("experiment_id")].append(ArmState(**fields))
    return [
        ExperimentRow(
            **{
                **row,
                "guard_rails": GuardRails(**orjson.loads(row["guard_rails"])),
                "arms": tuple(arms[row["id"]]),
            }
        )
        for row in rows
    ]


async def insert_experiment(
    connection: Connection, *, name: str, floor: float, guard_rails: GuardRails, arms: Sequence[ArmState]
) -> int | None:
    """Start an experiment and tell every worker; ``None`` when another one is running. One transaction."""
    async with connection.transaction():
        experiment_id: int | None = await connection.fetchval(
            """
            INSERT INTO experiments (name, status, floor, guard_rails) VALUES ($1, 'running', $2, $3::jsonb)
            ON CONFLICT (status) WHERE status = 'running' DO NOTHING RETURNING id
            """,
            name,
            floor,
            orjson.dumps(asdict(guard_rails)).decode(),
        )
        if experiment_id is None:
            return None
        await connection.executemany(
            "INSERT INTO experiment_arms (experiment_id, arm, model_version, share) VALUES ($1, $2, $3, $4)",
            [(experiment_id, state.arm, state.model_version, state.share) for state in arms],
        )
        await _tell(connection)
        return experiment_id


async def stop_experiment(connection: Connection, *, experiment_id: int, reason: str) -> bool:
    """Give all shoppers back to the champion; returns whether it was running."""
    async with connection.transaction():
        stopped = await connection.fetchval(
            """
            UPDATE experiments SET status = 'stopped', stopped_at = now(), stop_reason = $2
            WHERE id = $1 AND status = 'running' RETURNING true
            """,
            experiment_id,
            reason,
        )
        if stopped:
            await _tell(connection)
        return bool(stopped)


async def update_shares(connection: Connection, *, experiment_id: int, shares: Mapping[Arm, float]) -> None:
    """Set the shares of all arms and tell every worker; needs an open transaction."""
    await connection.executemany(
        "UPDATE experiment_arms SET share = $3 WHERE experiment_id = $1 AND arm = $2",
        [(experiment_id, arm, share) for arm, share in shares.items()],
    )
    await connection.execute("UPDATE experiments SET allocated_at = now() WHERE id = $1", experiment_id)
    await _tell(connection)


async def _tell(connection: Connection) -> None:
    await connection.execute("SELECT pg_notify($1, '')", EXPERIMENTS_CHANNEL)


async def add_observations(
    connection: Connection, *, experiment_id: int, observed: Mapping[Arm, Mapping[str, float]]
) -> None:
    """Add what a worker has seen of the arms' answers."""
    sums = ", ".join(f"{name} = {name} + ${number}" for number, name in enumerate(_COUNTS, start=3))
    await connection.executemany(
        f"UPDATE experiment_arms SET {sums} WHERE experiment_id = $1 AND arm = $2",  # noqa: S608 - own names
        [(experiment_id, arm, *(counts[name] for name in _COUNTS)) for arm, counts in observed.items()],
    )


async def try_review_lock(connection: Connection) -> bool:
    """Let one worker at a time count and decide; the lock ends with the transaction."""
    return bool(await connection.fetchval("SELECT pg_try_advisory_xact_lock(hashtext($1))", REVIEW_LOCK))


async def advance_progress(
    connection: Connection, *, settle_s: float, longest_s: float, oldest_s: float
) -> tuple[datetime, datetime] | None:
    """Return the next closed window to count and note it as counted; needs an open transaction."""
    row = await connection.fetchrow(
        """
        INSERT INTO outcome_progress (counted_until) VALUES (now() - make_interval(secs => $2))
        ON CONFLICT (is_only) DO UPDATE SET counted_until = outcome_progress.counted_until
        RETURNING greatest(counted_until, now() - make_interval(secs => $3)) AS since,
                  now() - make_interval(secs => $1) AS settled
        """,
        settle_s,
        longest_s,
        oldest_s,
    )
    if row is None:
        return None
    since: datetime = row["since"]
    until: datetime = min(row["settled"], since + timedelta(seconds=longest_s))
    if until <= since:
        return None
    await connection.execute("UPDATE outcome_progress SET counted_until = $1", until)
    return since, until


async def count_slates(connection: Connection, since: datetime, until: datetime) -> None:
    """Add the slates of a window; their ids begin with the time at which they were made."""
    await connection.execute(
        f"""
        INSERT INTO slate_outcomes AS o (experiment_id, arm, model_version, visitor_group, slates)
        SELECT coalesce(experiment_id, 0), coalesce(arm, ''), coalesce(model_version, 0),
               visitor_id % {GROUPS}, count(*)
        FROM slates
        WHERE id >= $1 AND id < $2 AND visitor_id IS NOT NULL
          AND served_on BETWEEN $3::date - 1 AND $4::date + 1
        GROUP BY 1, 2, 3, 4
        ON CONFLICT (experiment_id, arm, model_version, visitor_group)
        DO UPDATE SET slates = o.slates + excluded.slates
        """,  # noqa: S608 - a constant
        _first_id(since),
        _first_id(until),
        since.date(),
        until.date(),
    )


async def count_responses(connection: Connection, since: datetime, until: datetime) -> None:
    """Add what was received in a window: impressions, and the first click or view that a slate led to."""
    await connection.execute(
        f"""
        INSERT INTO slate_outcomes AS o (
            experiment_id, arm, model_version, visitor_group, clicked_slates, impressions)
        SELECT coalesce(s.experiment_id, 0), coalesce(s.arm, ''), coalesce(s.model_version, 0),
               s.visitor_id % {GROUPS},
               count(DISTINCT s.id) FILTER (WHERE r.event_type <> 8), count(*) FILTER (WHERE r.event_type = 8)
        FROM interactions r
        JOIN slates s ON s.id = r.slate_id AND s.served_on BETWEEN r.received_on - 1 AND r.received_on
        WHERE r.received_at > $1 AND r.received_at <= $2 AND r.received_on BETWEEN $3::date AND $4::date
          AND r.slate_id IS NOT NULL AND r.event_type IN (1, 2, 8) AND s.visitor_id IS NOT NULL
          AND (r.event_type = 8 OR NOT EXISTS (
              SELECT FROM interactions earlier
              WHERE earlier.slate_id = r.slate_id AND earlier.event_type <> 8
                AND earlier.event_type IN (1, 2) AND earlier.received_at <= $1
                AND earlier.received_on BETWEEN $3::date - 2 AND $4::date))
        GROUP BY 1, 2, 3, 4
        ON CONFLICT (experiment_id, arm, model_version, visitor_group)
        DO UPDATE SET clicked_slates = o.clicked_slates + excluded.clicked_slates,
                      impressions = o.impressions + excluded.impressions
        """,  # noqa: S608 - a constant
        since,
        until,
        since.date(),
        until.date(),
    )


async def forget_old_outcomes(connection: Connection) -> None:
    """Drop the outcomes of models that nobody lists any more."""
    await connection.execute(
        """
        DELETE FROM slate_outcomes
        WHERE experiment_id = 0 AND model_version > 0
          AND model_version < (SELECT max(version) FROM model_snapshots) - $1::bigint
        """,
        KEPT_MODELS,
    )


async def select_arm_outcomes(
    connection: Connection, *, experiment_ids: Sequence[int]
) -> dict[tuple[int, str], list[GroupCount]]:
    """Return what followed, by experiment and arm."""
    rows = await connection.fetch(
        """
        SELECT experiment_id, arm, sum(slates)::bigint AS slates,
               sum(clicked_slates)::bigint AS clicked_slates, sum(impressions)::bigint AS impressions
        FROM slate_outcomes WHERE experiment_id = ANY($1::bigint[])
        GROUP BY experiment_id, arm, visitor_group ORDER BY experiment_id, arm, visitor_group
        """,
        list(experiment_ids),
    )
    return _grouped(rows, "experiment_id", "arm")


async def select_model_outcomes(
    connection: Connection, *, versions: Sequence[int]
) -> dict[tuple[int], list[GroupCount]]:
    """Return what followed, by version of the model, inside and outside of experiments."""
    rows = await connection.fetch(
        """
        SELECT model_version, sum(slates)::bigint AS slates,
               sum(clicked_slates)::bigint AS clicked_slates, sum(impressions)::bigint AS impressions
        FROM slate_outcomes WHERE model_version = ANY($1::bigint[]) AND arm <> 'popularity'
        GROUP BY model_version, visitor_group ORDER BY model_version, visitor_group
        """,
        list(versions),
    )
    return _grouped(rows, "model_version")


def _grouped(rows: Sequence[asyncpg.Record], *names: str) -> dict[Any, list[GroupCount]]:
    found: dict[Any, list[GroupCount]] = {}
    for row in rows:
        key = tuple(row[name] for name in names)
        count = GroupCount(row["slates"], row["clicked_slates"], row["impressions"])
        found.setdefault(key, []).append(count)
    return found


async def select_challenger(connection: Connection, *, version: int | None) -> int | None:
    """Return a stored model that does not serve: the given one, or the newest that waits."""
    found: int | None = await connection.fetchval(
        """
        SELECT version FROM model_snapshots
        WHERE location IS NOT NULL
          AND CASE WHEN $1::bigint IS NULL THEN status = 'challenger'
                   ELSE version = $1 AND status IN ('challenger', 'retired') END
        ORDER BY version DESC LIMIT 1
        """,
        version,
    )
    return found


def _first_id(instant: datetime) -> UUID:
    """Return the smallest id of version 7 of that millisecond."""
    return UUID(int=int(instant.timestamp() * 1e3) << 80)
