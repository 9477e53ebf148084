"""What a worker runs for experiments: tells what it saw, and in turn with the others counts and decides."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import timedelta

import asyncpg
from quart import Quart

from server.core.database import CONNECT_TIMEOUT_S, LOST
from server.core.periodic import run_periodically
from server.core.problems import Unavailable
from server.core.runtime import Runtime
from server.features.experiments import queries
from server.features.experiments.domain import (
    Arm,
    ClickRate,
    breach,
    click_rate,
    is_worth_moving,
    thompson_shares,
)
from server.features.experiments.queries import EXPERIMENTS_CHANNEL, Connection, ExperimentRow
from server.features.experiments.service import EXTENSION, Experiments

ROUND_EVERY_S = 5.0
# What was served or clicked reaches the tables through the spool, a little later.
SETTLE_S = 10.0
LONGEST_WINDOW_S = 600.0
OLDEST_S = 86_400.0
ALLOCATE_EVERY = timedelta(seconds=60)
logger = logging.getLogger(__name__)


@dataclass(slots=True)
class ExperimentsWorker:
    """Keeps one worker's view of experiments current, and takes its turns at reviewing them."""

    shop: Experiments
    _connection: asyncpg.Connection | None = None
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self) -> None:
        """Read what is running, then follow and review in the background."""
        with suppress(*LOST, Unavailable):
            await self.shop.refresh()
        jobs = {"experiments": self._follow, "review of experiments": self.round}
        self._tasks = [
            asyncio.create_task(run_periodically(name, ROUND_EVERY_S, job, self._stop), name=name)
            for name, job in jobs.items()
        ]

    async def stop(self) -> None:
        """Tell what was seen last, then end."""
        self._stop.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(*LOST, Unavailable):
            await self._tell()
        if self._connection is not None:
            self._connection.terminate()

    def receive(self, _payload: str) -> None:
        """Take a notification: an experiment began, ended or moved its shares."""
        self._changed.set()

    def suspect(self) -> None:
        """Look again, because notifications may have been missed."""
        self._changed.set()

    async def _follow(self) -> None:
        while not self._stop.is_set():
            self._changed.clear()
            await self.shop.refresh()
            await self._changed.wait()

    async def round(self) -> None:
        """Tell what this worker saw; count and decide, unless another worker is at it."""
        await self._tell()
        connection = await self._connect()
        async with connection.transaction():
            if not await queries.try_review_lock(connection):
                return
            await self._count(connection)
            row = await queries.select_running(connection)
            if row is not None:
                await self._review(connection, row)
        if row is not None:
            # Also without the notification, which comes only to who is connected.
            await self.shop.refresh()

    async def _connect(self) -> asyncpg.Connection:
        """Keep a connection outside the pool: counting must not make shoppers wait, nor they it."""
        if self._connection is None or self._connection.is_closed():
            url = self.shop.runtime.settings.database_url
            self._connection = await asyncpg.connect(url, timeout=CONNECT_TIMEOUT_S, command_timeout=30)
        return self._connection

    async def _tell(self) -> None:
        shop = self.shop
        seen, shop.seen = shop.seen, {}
        if not seen or shop.current is None:
            return
        observed = {arm: asdict(counts) for arm, counts in seen.items()}
        async with shop.runtime.database.connection() as connection:
            await queries.add_observations(connection, experiment_id=shop.current.id, observed=observed)

    async def _count(self, connection: Connection) -> None:
        window = await queries.advance_progress(
            connection, settle_s=SETTLE_S, longest_s=LONGEST_WINDOW_S, oldest_s=OLDEST_S
        )
        if window is not None:
            await queries.count_slates(connection, *window)
            await queries.count_responses(connection, *window)
            await queries.forget_old_outcomes(connection)

    async def _review(self, connection: Connection, row: ExperimentRow) -> None:
        rates = await arm_rates(connection, row)
        faults, self.shop.faults = self.shop.faults, []
        versions = {state.model_version for state in row.arms}
        fault = next((f"Guard rail: {why}" for version, why in faults if version in versions), None)
        reason = fault or breach(row.arms, rates, row.guard_rails)
        if reason is not None:
            await queries.stop_experiment(connection, experiment_id=row.id, reason=reason)
            logger.warning("experiment %d is over, the champion serves all: %s", row.id, reason)
            return
        now = await connection.fetchval("SELECT now()")
        if now - row.allocated_at < ALLOCATE_EVERY:
            return
        shares = thompson_shares(rates, row.floor, seed=int(now.timestamp()))
        if is_worth_moving(row.arms, shares):
            await queries.update_shares(connection, experiment_id=row.id, shares=shares)


async def arm_rates(connection: Connection, row: ExperimentRow) -> dict[Arm, ClickRate | None]:
    """Return the click rate of every arm of an experiment."""
    counts = await queries.select_arm_outcomes(connection, experiment_ids=[row.id])
    return {state.arm: click_rate(counts.get((row.id, state.arm), ())) for state in row.arms}


def create_experiments(app: Quart, runtime: Runtime) -> ExperimentsWorker:
    """Build a worker's part and connect it; before the listener starts."""
    shop = Experiments(runtime)
    worker = ExperimentsWorker(shop)
    runtime.listener.subscribe(EXPERIMENTS_CHANNEL, worker.receive)
    runtime.listener.on_gap(worker.suspect)
    app.extensions[EXTENSION] = shop
    return worker
