"""Whatever dies between the spool and the table: every record arrives, and none twice."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from unittest.mock import patch

import asyncpg
import pytest

from server.core.batch_writer import BatchWriter, Sink
from server.core.spool import QUARANTINE, Spool, claim, encode_record
from server.features.interactions.queries import INTERACTIONS_STAGING, InteractionWriter
from server.tests.support.eventually import eventually

MAX_BYTES = 10**7


class Killed(BaseException):
    """Stands for SIGKILL at this very statement."""


def line(event_id: str | None = None, *, received_on: str = "2026-11-20", visitor_id: object = 1) -> bytes:
    event_id = event_id or str(uuid.uuid4())
    row = f"{received_on}\t{event_id}\t{visitor_id}\t2\t1\t1.0\t1795132800000\t1795132800000\t\\N\t\\N"
    return encode_record(b"i", row.encode())


def writer_of(url: str, spool: Spool, root: Path) -> BatchWriter:
    sinks = {b"i": Sink(INTERACTIONS_STAGING, InteractionWriter().write)}
    return BatchWriter(url, spool, sinks, root=root, max_bytes=MAX_BYTES)


@pytest.fixture(name="connection")
async def _connection(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


async def stored(connection: asyncpg.Connection) -> int:
    return int(await connection.fetchval("SELECT count(*) FROM interactions"))


async def test_what_is_appended_is_in_the_table_after_a_stop(
    database_url: str, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    spool = claim(tmp_path, "0", max_bytes=MAX_BYTES)
    writer = writer_of(database_url, spool, tmp_path)
    await writer.start()
    for _ in range(20):
        spool.append(b"".join(line() for _ in range(100)), 100)
        writer.notice()
    await writer.stop(10)
    assert await stored(connection) == 2_000
    row = await connection.fetchrow("SELECT * FROM interactions LIMIT 1")
    assert row is not None
    assert (row["visitor_id"], row["product_id"], row["event_type"]) == (1, 2, 1)
    assert (row["slate_id"], row["position"]) == (None, None)
    assert row["occurred_at"].timestamp() == 1795132800


@pytest.mark.parametrize("dies_at", ["persist", "release"])
async def test_death_after_the_commit_doubles_nothing(
    database_url: str, connection: asyncpg.Connection, tmp_path: Path, dies_at: str
) -> None:
    spool = claim(tmp_path, "0", max_bytes=MAX_BYTES)
    spool.append(b"".join(line() for _ in range(50)), 50)
    writer = writer_of(database_url, spool, tmp_path)
    with patch.object(spool, dies_at, side_effect=Killed), pytest.raises(Killed):
        await writer._move_batch(spool)
    assert await stored(connection) == 50
    spool.close()
    await writer._disconnect()
    again = claim(tmp_path, "0", max_bytes=MAX_BYTES)
    successor = writer_of(database_url, again, tmp_path)
    await successor.start()
    again.append(line(), 1)
    await successor.stop(10)
    assert await stored(connection) == 51
    # The repeated rows were recognised, not refused.
    assert not (tmp_path / QUARANTINE).exists()


async def test_death_before_the_commit_loses_nothing(
    database_url: str, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    spool = claim(tmp_path, "0", max_bytes=MAX_BYTES)
    spool.append(line(), 1)
    writer = writer_of(database_url, spool, tmp_path)
    with (
        patch("server.features.interactions.queries.insert_interactions", side_effect=Killed),
        pytest.raises(Killed),
    ):
        await writer._move_batch(spool)
    spool.close()
    await writer._disconnect()
    assert await stored(connection) == 0
    again = claim(tmp_path, "0", max_bytes=MAX_BYTES)
    successor = writer_of(database_url, again, tmp_path)
    await successor.start()
    await successor.stop(10)
    assert await stored(connection) == 1


async def test_a_repeated_id_is_stored_once_also_across_midnight(
    database_url: str, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    spool = claim(tmp_path, "0", max_bytes=MAX_BYTES)
    event_id = str(uuid.uuid4())
    writer = writer_of(database_url, spool, tmp_path)
    for received_on in ("2026-10-31", "2026-10-31", "2026-11-01"):
        spool.append(line(event_id, received_on=received_on), 1)
        await writer._move_batch(spool)
    assert await stored(connection) == 1
    await writer.stop(1)


async def test_a_row_that_the_database_refuses_does_not_hold_up_the_others(
    database_url: str, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    spool = claim(tmp_path, "0", max_bytes=MAX_BYTES)
    rows = [line() for _ in range(9)]
    rows.insert(4, line(visitor_id="nobody"))
    spool.append(b"".join(rows) + encode_record(b"?", b"of no known kind"), 11)
    writer = writer_of(database_url, spool, tmp_path)
    await writer.start()
    await writer.stop(10)
    assert await stored(connection) == 9
    kept = (tmp_path / QUARANTINE / "0.lines").read_bytes()
    assert b"nobody" in kept
    assert b"?of no known kind" in kept


async def test_events_wait_for_the_database_to_come_back(
    database_url: str, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    spool = claim(tmp_path, "0", max_bytes=MAX_BYTES)
    writer = writer_of("postgresql://jackdaw@127.0.0.1:1/nowhere", spool, tmp_path)
    await writer.start()
    spool.append(line(), 1)
    await eventually(lambda: writer._failures > 0)
    assert spool.pending_bytes > 0
    writer._url = database_url
    await eventually(lambda: spool.pending_bytes == 0)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1",
        "jackdaw spool writer",
    )
    spool.append(line(), 1)
    await eventually(lambda: spool.pending_bytes == 0)
    await writer.stop(5)
    assert await stored(connection) == 2


async def test_the_spool_of_a_dead_worker_is_written_by_a_living_one(
    database_url: str, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    dead = claim(tmp_path, "7", max_bytes=MAX_BYTES)
    dead.append(line() + line(), 2)
    dead.close()
    spool = claim(tmp_path, "0", max_bytes=MAX_BYTES)
    writer = writer_of(database_url, spool, tmp_path)
    await writer.start()
    await eventually(lambda: not (tmp_path / "7").exists())
    await writer.stop(5)
    assert await stored(connection) == 2


async def test_a_stop_with_a_dead_database_ends_in_time_and_leaves_the_events_on_disk(tmp_path: Path) -> None:
    spool = claim(tmp_path, "0", max_bytes=MAX_BYTES)
    writer = writer_of("postgresql://jackdaw@127.0.0.1:1/nowhere", spool, tmp_path)
    await writer.start()
    spool.append(line(), 1)
    async with asyncio.timeout(5):
        await writer.stop(1)
    again = claim(tmp_path, "0", max_bytes=MAX_BYTES)
    assert again.pending_bytes > 0
    again.close()


async def test_catching_up_waits_for_what_was_accepted_and_no_longer_than_told(
    database_url: str, connection: asyncpg.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.core.batch_writer.BATCH_WAIT_S", 60.0)
    spool = claim(tmp_path, "0", max_bytes=MAX_BYTES)
    writer = writer_of(database_url, spool, tmp_path)
    assert await writer.catch_up(0.0)
    spool.append(line(), 1)
    assert not await writer.catch_up(0.01)
    await writer.start()
    assert await writer.catch_up(10)
    assert await stored(connection) == 1
    # More than one read of the spool takes.
    spool.append(b"".join(line() for _ in range(4_000)), 4_000)
    assert await writer.catch_up(10)
    assert await stored(connection) == 4_001
    await writer.stop(10)
