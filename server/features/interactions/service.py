"""The learning loop's way in, as other parts of the shop see it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from quart import Quart, current_app

from server.core.batch_writer import BatchWriter, Sink
from server.core.health import readiness_checks
from server.core.periodic import run_periodically
from server.core.problems import Unavailable
from server.core.runtime import Runtime
from server.core.spool import Spool, claim
from server.features.catalog.service import PRODUCTS_CHANNEL
from server.features.interactions import forget_queries, profile_queries, queries
from server.features.interactions.assortment import Assortment
from server.features.interactions.catch_up import DATABASE_AWAY, CatchUp
from server.features.interactions.counts import Counts
from server.features.interactions.decisions import (
    Excluded,
    Forgotten,
    change_settings,
    deciding,
    exclude,
    forget_everything,
    forget_last_hour,
    forget_one,
    include_again,
    merge_decisions,
)
from server.features.interactions.domain import EVENT_CODES, WEIGHTS, Interaction
from server.features.interactions.events import ProfileChanged
from server.features.interactions.forget_queries import SLATE_MAY_BE_STORED, lock_for_writing
from server.features.interactions.log import INTERACTION_RECORD, InteractionLog
from server.features.interactions.overlay import NOTHING, SESSION_S, Overlay, Recent
from server.features.interactions.profile_queries import (
    PROFILES_CHANNEL,
    ExclusionRow,
    Settings,
    select_exclusions,
    select_settings,
)
from server.features.interactions.profiles import NO_EXCLUSIONS, NO_PROFILE, Exclusions, Profile, Scope
from server.features.interactions.signals import (
    ALL_EVENTS,
    Place,
    SignalRow,
    TellingRow,
    count_signals,
    select_signals,
    select_slates,
    select_telling,
)
from server.features.interactions.slate_ids import SlateIds
from server.features.interactions.spread import INTERACTIONS_CHANNEL, Spread
from server.features.interactions.transitions import Transitions
from server.features.interactions.unwanted import Unwanted, without_unwanted

EXTENSION = "jackdaw_interactions"
MAINTAIN_EVERY_S = 3_600.0
ASSORTMENT_EVERY_S = 15.0
DRAIN_TIMEOUT_S = 5.0
# A page that waits longer for a history shows what it knows without.
HISTORY_PATIENCE_S = 0.5
SLATES_SHARE_LEFT_TO_EVENTS = 0.5
READS_OF_HISTORY = 3
logger = logging.getLogger(__name__)

__all__ = [
    "ALL_EVENTS",
    "DATABASE_AWAY",
    "EVENT_CODES",
    "NOTHING",
    "NO_EXCLUSIONS",
    "NO_PROFILE",
    "SESSION_S",
    "SLATE_MAY_BE_STORED",
    "WEIGHTS",
    "Assortment",
    "Counts",
    "Excluded",
    "ExclusionRow",
    "Exclusions",
    "Forgotten",
    "Interaction",
    "InteractionLog",
    "Interactions",
    "Overlay",
    "Place",
    "Profile",
    "ProfileChanged",
    "Recent",
    "Scope",
    "Settings",
    "SignalRow",
    "SlateIds",
    "Spread",
    "TellingRow",
    "Transitions",
    "Unwanted",
    "change_settings",
    "count_signals",
    "create_interactions",
    "deciding",
    "exclude",
    "forget_everything",
    "forget_last_hour",
    "forget_one",
    "include_again",
    "interactions",
    "lock_for_writing",
    "merge_decisions",
    "select_exclusions",
    "select_settings",
    "select_signals",
    "select_slates",
    "select_telling",
    "without_unwanted",
]


@dataclass(slots=True)
class Interactions:
    """What a worker runs to learn: log, spool and its writer, overlay and its spread, assortment."""

    runtime: Runtime
    spool: Spool
    writer: BatchWriter
    log: InteractionLog
    overlay: Overlay
    spread: Spread
    assortment: Assortment
    slate_ids: SlateIds
    catch_up: CatchUp
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _assortment_changed: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self) -> None:
        """Start writing and listening; the database may still be away."""
        await self.writer.start()
        await self.spread.start()
        with suppress(*DATABASE_AWAY):
            await self.assortment.refresh()
        await self.catch_up.start()
        jobs = {
            "partition upkeep": (MAINTAIN_EVERY_S, self._maintain),
            "assortment": (ASSORTMENT_EVERY_S, self._follow_assortment),
            "catching up": (ASSORTMENT_EVERY_S, self.catch_up.follow),
        }
        for name, (interval_s, job) in jobs.items():
            self._tasks.append(
                asyncio.create_task(run_periodically(name, interval_s, job, self._stop), name=name)
            )

    async def stop(self) -> None:
        """Tell the others what waits, flush the spool, end."""
        self._stop.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.spread.stop()
        await self.writer.stop(DRAIN_TIMEOUT_S)

    async def history(self, visitor_id: int) -> Recent:
        """Return what a visitor did lately; from the database the first time."""
        recent = self.overlay.recent(visitor_id)
        if recent is not None:
            return recent
        for _attempt in range(READS_OF_HISTORY):
            revision = self.overlay.revision
            try:
                async with (
                    asyncio.timeout(HISTORY_PATIENCE_S),
                    self.runtime.database.connection() as connection,
                ):
                    profile = await profile_queries.select_profile(connection, visitor_id=visitor_id)
                    stored = await queries.select_recent(connection, visitor_id=visitor_id)
                    settled = await queries.select_settled(connection, visitor_id=visitor_id)
            except DATABASE_AWAY as error:
                logger.warning("history from memory only: %s", error)
                break
            # Somebody may have forgotten something while we read: then this is what they have forgotten.
            if revision == self.overlay.revision:
                return self.overlay.load(visitor_id, stored, settled.product_ids, profile, settled.bought)
        return self.overlay.known_part(visitor_id)

    def learn(self, visitor_id: int, events: Sequence[Interaction]) -> None:
        """Let the overlay know, here and in the other workers."""
        self.overlay.apply(visitor_id, events)
        self.spread.events(visitor_id, events)

    def learned_until(self, trained_until: datetime | None) -> None:
        """Let go of what the model that serves from now on has learned itself."""
        if trained_until is not None:
            self.catch_up.learned_until(trained_until)

    def merge(self, source_id: int, target_id: int) -> None:
        """Move a guest's history to the visitor that the guest turned out to be."""
        self.overlay.merge(source_id, target_id)
        self.spread.merge(source_id, target_id)

    def reconsider(self, event: ProfileChanged) -> None:
        """Read a visitor's decisions again before anything is shown to them."""
        self.overlay.suspect(event.visitor_id)

    def receive_profile(self, payload: str) -> None:
        """Take a notification: a visitor decided something, in whichever worker."""
        self.overlay.suspect(int(payload))

    async def readiness(self) -> dict[str, Any]:
        """Say how much waits in the spool; not ready once it takes no more."""
        pending, cap = self.writer.pending_bytes, self.runtime.settings.spool_max_bytes
        return {"ok": self.spool.pending_bytes < cap, "pendingBytes": pending}

    async def _maintain(self) -> None:
        today = self.runtime.clock.now().date()
        async with self.runtime.database.connection() as connection:
            await queries.ensure_partitions(connection, today - timedelta(days=1), today + timedelta(days=3))
            for name in await queries.drop_old_slates(connection):
                logger.info("dropped %s", name)
            await forget_queries.delete_old_forgettings(connection)

    async def _follow_assortment(self) -> None:
        """Refresh at once when something changed, and now and then in case nobody told."""
        while not self._stop.is_set():
            self._assortment_changed.clear()
            await self.assortment.refresh()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._assortment_changed.wait(), ASSORTMENT_EVERY_S)

    def wake_assortment(self) -> None:
        """Have the assortment read again soon."""
        self._assortment_changed.set()


def create_interactions(app: Quart, runtime: Runtime, sinks: Mapping[bytes, Sink]) -> Interactions:
    """Build the parts of a worker and connect them; ``sinks`` take the other kinds of spool records."""
    settings = runtime.settings
    spool = claim(settings.spool_dir, str(settings.worker_id), max_bytes=settings.spool_max_bytes)
    all_sinks = {
        INTERACTION_RECORD: Sink(queries.INTERACTIONS_STAGING, queries.InteractionWriter().write),
        **sinks,
    }
    writer = BatchWriter(
        settings.database_url or "",
        spool,
        all_sinks,
        root=settings.spool_dir,
        max_bytes=settings.spool_max_bytes,
    )
    overlay = Overlay(now_ms=lambda: int(runtime.clock.now().timestamp() * 1e3))
    parts = Interactions(
        runtime=runtime,
        spool=spool,
        writer=writer,
        log=InteractionLog(spool, writer, runtime.clock),
        overlay=overlay,
        spread=Spread(runtime.database, overlay),
        assortment=Assortment(runtime.database),
        slate_ids=SlateIds(settings.secret),
        catch_up=CatchUp(runtime.database, overlay, runtime.clock),
    )
    overlay.uncounted.is_own = parts.assortment.is_own
    parts.log.is_paused = overlay.is_paused
    parts.log.subscribe(parts.learn)
    parts.assortment.wake = parts.wake_assortment
    runtime.listener.subscribe(INTERACTIONS_CHANNEL, parts.spread.receive)
    runtime.listener.subscribe(PRODUCTS_CHANNEL, parts.assortment.receive)
    runtime.listener.subscribe(PROFILES_CHANNEL, parts.receive_profile)
    runtime.listener.on_gap(overlay.forget)
    runtime.listener.on_gap(parts.catch_up.distrust)
    runtime.listener.on_gap(parts.assortment.forget)
    readiness_checks(app.extensions)["spool"] = parts.readiness
    app.extensions[EXTENSION] = parts
    return parts


def interactions() -> Interactions:
    """Return the parts of the application that handles the current request."""
    parts = current_app.extensions.get(EXTENSION)
    if parts is None:
        raise Unavailable("The shop is still starting.", retry_after_s=1)
    return cast("Interactions", parts)
