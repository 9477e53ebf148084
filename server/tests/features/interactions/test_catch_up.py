"""What a worker reads back is what the log has since the last fit, of those who may be learned from."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import asyncpg
import pytest

from recs import Event
from server.core.clock import FixedClock
from server.core.database import Database
from server.features.interactions import fresh_queries
from server.features.interactions.catch_up import CatchUp
from server.features.interactions.domain import WEIGHTS
from server.features.interactions.overlay import Overlay
from server.tests.features.interactions.test_transitions import did
from server.tests.support.factories import Factories

# The log is in partitions of months, and the database has its own clock: both are told real days.
NOW = datetime.now(UTC).replace(microsecond=0)
WATERMARK = NOW - timedelta(hours=1)


class Worker(NamedTuple):
    """What takes part in catching up, with the log."""

    overlay: Overlay
    catch_up: CatchUp
    connection: asyncpg.Connection
    make: Factories

    async def log(self, visitor_id: int, *product_ids: int, minutes: float = 0.0) -> None:
        """Store views, a second between them, so long after the watermark."""
        start = WATERMARK + timedelta(minutes=minutes)
        for place, product_id in enumerate(product_ids):
            when = start + timedelta(seconds=place + 1)
            await self.connection.execute(
                """
                INSERT INTO interactions (
                    id, received_on, visitor_id, product_id, event_type, weight, occurred_at, received_at)
                VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $6)
                """,
                when.date(),
                visitor_id,
                product_id,
                int(Event.VIEW),
                WEIGHTS[Event.VIEW],
                when,
            )

    async def pause(self, visitor_id: int) -> None:
        """Pause learning without telling anybody."""
        await self.connection.execute(
            "INSERT INTO profiles (visitor_id, paused_at) VALUES ($1, $2)", visitor_id, NOW
        )

    def look(self, visitor_id: int, product_id: int, *, at: datetime = NOW) -> None:
        """Let something happen in this worker."""
        self.overlay.apply(visitor_id, [did(product_id, at_ms=int(at.timestamp() * 1e3))])

    def counted(self) -> dict[int, int]:
        """Return how many views of each product are counted."""
        product_ids, (weights,) = self.overlay.counts.totals(
            [1e12], since_s=0.0, now_s=NOW.timestamp(), least_visitors=1
        )
        return {product_id: round(n) for product_id, n in zip(product_ids.tolist(), weights, strict=True)}


@pytest.fixture(name="worker")
async def _worker(database_url: str) -> AsyncIterator[Worker]:
    database = Database(database_url, 2)
    await database.open()
    connection = await asyncpg.connect(database_url)
    await connection.execute("SELECT jackdaw_ensure_partitions(current_date - 2, current_date + 2)")
    overlay = Overlay(now_ms=lambda: int(NOW.timestamp() * 1e3))
    yield Worker(overlay, CatchUp(database, overlay, FixedClock(NOW)), connection, Factories(connection))
    await connection.close()
    await database.close()


async def test_the_log_since_the_last_fit_is_read_and_nothing_before(worker: Worker) -> None:
    await worker.log(1, 5, minutes=-90)
    await worker.log(1, 6, minutes=-10)
    await worker.log(1, 7, 8)
    await worker.log(2, 7)
    await worker.catch_up.read()
    assert worker.counted() == {}, "without a model there is nothing to add to"
    worker.catch_up.learned_until(WATERMARK)
    await worker.catch_up.read()
    assert worker.counted() == {7: 2, 8: 1}
    # What was left before the watermark for something after it is new.
    assert worker.overlay.transitions.followers(6) == ({7: 1}, 1)
    assert worker.overlay.transitions.followers(7) == ({8: 1}, 1)
    worker.look(1, 8)
    await worker.catch_up.read()
    assert worker.counted() == {7: 2, 8: 1}


async def test_so_much_is_read_and_the_latest_of_it(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    await worker.log(1, *range(10, 20))
    monkeypatch.setattr("server.features.interactions.catch_up.MAX_ROWS", 3)
    worker.catch_up.learned_until(WATERMARK)
    await worker.catch_up.read()
    assert worker.counted() == {17: 1, 18: 1, 19: 1}


async def test_a_guest_is_who_they_turned_out_to_be(worker: Worker) -> None:
    member, guest, other = [await worker.make.visitor() for _ in range(3)]
    await worker.connection.execute("UPDATE visitors SET merged_into = $1 WHERE id = $2", member, guest)
    for visitor_id in (member, guest, other):
        await worker.log(visitor_id, 7)
    worker.catch_up.learned_until(WATERMARK)
    await worker.catch_up.read()
    assert worker.counted() == {7: 2}
    worker.overlay.suspect(member)
    assert worker.counted() == {7: 1}
    await worker.connection.execute("DELETE FROM interactions WHERE visitor_id = $1", member)
    await worker.catch_up.read()
    assert worker.counted() == {7: 2}, "what the guest did is left"


async def test_pauses_are_known_from_the_start_and_when_nobody_told_of_them(worker: Worker) -> None:
    paused, told, other = [await worker.make.visitor() for _ in range(3)]
    await worker.pause(paused)
    for visitor_id in (paused, told, other):
        await worker.log(visitor_id, 7)
    await worker.catch_up.start()
    worker.look(paused, 8)
    assert worker.counted() == {}
    worker.catch_up.learned_until(WATERMARK)
    await worker.catch_up.read()
    assert worker.counted() == {7: 2}
    assert len(worker.overlay.known_part(told).product_ids) == 0, "an hour ago: nothing to go on from"
    await worker.pause(told)
    await worker.connection.execute("DELETE FROM profiles WHERE visitor_id = $1", paused)
    worker.catch_up.distrust()
    await worker.catch_up.read()
    assert worker.overlay.uncounted.paused == {told}
    assert worker.counted() == {7: 2}
    worker.look(told, 9)
    worker.look(paused, 10)
    assert worker.counted() == {7: 2, 10: 1}


async def test_who_decides_something_while_we_read_is_read_again(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    await worker.log(1, 7, 8, minutes=55)
    await worker.log(2, 7, minutes=55)
    worker.catch_up.learned_until(WATERMARK)
    select = fresh_queries.select_fresh

    async def meanwhile(*args: Any, **named: Any) -> Any:
        rows = await select(*args, **named)
        worker.overlay.suspect(1)
        return rows

    monkeypatch.setattr(fresh_queries, "select_fresh", meanwhile)
    await worker.catch_up.read()
    assert worker.counted() == {7: 1}
    assert len(worker.overlay.known_part(1).product_ids) == 0
    monkeypatch.setattr(fresh_queries, "select_fresh", select)
    await worker.connection.execute("DELETE FROM interactions WHERE product_id = 8")
    await worker.catch_up.read()
    assert worker.counted() == {7: 2}
    assert worker.overlay.uncounted.paused == set()
    assert worker.overlay.known_part(1).product_ids.tolist() == [7]


async def test_what_still_arrives_of_what_was_forgotten_is_not_counted(worker: Worker) -> None:
    await worker.connection.execute(
        """
        INSERT INTO forgettings (visitor_id, occurred_from, occurred_until, received_from, received_until,
            removed_count, created_at)
        VALUES (1, to_timestamp(0), $1, to_timestamp(0), $2, 0, $1),
               (2, to_timestamp(0), $1, to_timestamp(0), $1, 0, $1)
        """,
        NOW - timedelta(seconds=5),
        NOW + timedelta(seconds=25),
    )
    worker.catch_up.learned_until(WATERMARK)
    await worker.catch_up.read()
    for visitor_id in (1, 2):
        worker.look(visitor_id, 7, at=NOW - timedelta(seconds=6))
        worker.look(visitor_id, 8, at=NOW)
    assert worker.counted() == {7: 1, 8: 2}


async def test_what_could_not_be_read_is_read_later(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    await worker.log(1, 7)
    await worker.log(2, 8)
    worker.catch_up.learned_until(WATERMARK)
    select = fresh_queries.select_fresh

    async def away(*_args: Any, **_named: Any) -> Any:
        raise asyncpg.CannotConnectNowError("the database system is shutting down")

    async def fails_then_works() -> None:
        monkeypatch.setattr(fresh_queries, "select_fresh", away)
        with pytest.raises(asyncpg.CannotConnectNowError):
            await worker.catch_up.read()
        monkeypatch.setattr(fresh_queries, "select_fresh", select)
        await worker.catch_up.read()

    await fails_then_works()
    assert worker.counted() == {7: 1, 8: 1}
    worker.overlay.suspect(2)
    assert worker.counted() == {7: 1}
    await fails_then_works()
    assert worker.counted() == {7: 1, 8: 1}
