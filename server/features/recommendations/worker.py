"""What a worker runs to recommend: the model that serves, and the task that asks for better ones."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from quart import Quart

from server.core.batch_writer import Sink
from server.core.health import readiness_checks
from server.core.object_store import ObjectStore
from server.core.periodic import run_periodically
from server.core.runtime import Runtime
from server.features.catalog.service import Catalog, installed_catalog
from server.features.experiments.service import Experiments
from server.features.interactions.service import DATABASE_AWAY, Interactions
from server.features.recommendations.last_resort import LastResort
from server.features.recommendations.model_queries import MODELS_CHANNEL
from server.features.recommendations.models import ModelHolder
from server.features.recommendations.namespace_queries import FEED_CHANNEL
from server.features.recommendations.namespace_task import NamespaceRefits
from server.features.recommendations.namespaces import NamespaceModels
from server.features.recommendations.queries import SlateWriter
from server.features.recommendations.rail_memory import RailMemory
from server.features.recommendations.refit_task import RefitTask
from server.features.recommendations.slate_log import SLATE_RECORD, TRIED_SLATE_RECORD

RECOMMENDATIONS = "jackdaw_recommendations"
RETRY_S = 2.0


@dataclass(slots=True)
class Recommendations:
    """The recommender of one worker."""

    runtime: Runtime
    interactions: Interactions
    catalog: Catalog
    models: ModelHolder
    refits: RefitTask
    namespaces: NamespaceModels
    namespace_refits: NamespaceRefits
    experiments: Experiments
    last_resort: LastResort = field(default_factory=LastResort)
    rails: RailMemory = field(init=False)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rails = RailMemory(self.catalog.cards)

    async def start(self) -> None:
        """Open the champion, then follow champions and ask for refits in the background."""
        with suppress(*DATABASE_AWAY):
            await self.models.refresh()
        following = run_periodically("models", RETRY_S, self.models.follow, self._stop)
        self._tasks = [
            asyncio.create_task(following, name="models"),
            asyncio.create_task(self.refits.run(), name="refits"),
            asyncio.create_task(self.namespace_refits.run(), name="namespace refits"),
        ]

    async def stop(self) -> None:
        """End the tasks and a fit that is under way."""
        self._stop.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.refits.stop()
        await self.namespace_refits.stop()

    async def readiness(self) -> dict[str, Any]:
        """Say which model serves."""
        return self.models.readiness()


def slate_sinks() -> dict[bytes, Sink]:
    """Return where the spool's slates go."""
    plain, tried = SlateWriter(), SlateWriter(in_experiment=True)
    return {
        SLATE_RECORD: Sink(plain.staging, plain.write),
        TRIED_SLATE_RECORD: Sink(tried.staging, tried.write),
    }


def create_recommendations(
    app: Quart, runtime: Runtime, interactions: Interactions, experiments: Experiments
) -> Recommendations:
    """Build the recommender of a worker and connect it; before the listener starts."""
    store = ObjectStore(runtime.settings.snapshot_store, runtime.settings.snapshot_cache)
    models = ModelHolder(runtime, store, interactions.assortment, interactions.overlay.counts)
    created = Recommendations(
        runtime,
        interactions,
        installed_catalog(app),
        models,
        RefitTask(runtime),
        NamespaceModels(runtime, store),
        NamespaceRefits(runtime),
        experiments,
    )
    models.condemn = experiments.condemn
    models.learned = interactions.learned_until
    experiments.on_challenger(models.want_challenger)
    runtime.listener.subscribe(MODELS_CHANNEL, models.receive)
    runtime.listener.on_gap(models.suspect)
    runtime.listener.subscribe(FEED_CHANNEL, created.namespaces.receive)
    runtime.listener.subscribe(FEED_CHANNEL, created.namespace_refits.receive)
    runtime.listener.on_gap(created.namespaces.suspect)
    readiness_checks(app.extensions)["model"] = created.readiness
    app.extensions[RECOMMENDATIONS] = created
    return created
