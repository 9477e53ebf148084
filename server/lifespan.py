"""The order in which a worker starts its parts, and stops them in reverse."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import suppress
from functools import partial

from quart import Quart

from server.core.runtime import EXTENSION, Runtime
from server.core.session_cache import REVOKED_CHANNEL
from server.features.accounts.worker import AccountsWorker
from server.features.catalog.service import installed_catalog
from server.features.experiments.worker import create_experiments
from server.features.feed.service import create_feed
from server.features.interactions.service import DATABASE_AWAY, create_interactions
from server.features.recommendations.leaning import leaning_of
from server.features.recommendations.worker import create_recommendations, slate_sinks
from server.features.search.worker import SearchWorker
from server.subscriptions import connect

RETRY_PAUSE_S = 1.0
logger = logging.getLogger(__name__)


def install_lifespan(app: Quart) -> None:
    """Start and stop with the server."""

    @app.while_serving
    async def serve() -> AsyncGenerator[None]:
        runtime: Runtime = app.extensions[EXTENSION]
        runtime.listener.subscribe(REVOKED_CHANNEL, runtime.sessions.receive)
        runtime.listener.on_gap(runtime.sessions.clear)
        interactions = create_interactions(app, runtime, slate_sinks())
        feed = create_feed(app, runtime)
        experiments = create_experiments(app, runtime)
        recommendations = create_recommendations(app, runtime, interactions, experiments.shop)
        installed_catalog(app).leanings.find = partial(leaning_of, recommendations)
        connect(app, interactions)
        opening = await _open_database(runtime)
        await runtime.listener.start()
        await interactions.start()
        await experiments.start()
        await recommendations.start()
        views, accounts = installed_catalog(app).views, AccountsWorker(app)
        searching = SearchWorker(app)
        views.start()
        feed.start()
        accounts.start()
        searching.start()
        yield
        runtime.is_draining = True
        opening.cancel()
        await feed.stop()
        await recommendations.stop()
        await experiments.stop()
        await searching.stop()
        await accounts.stop()
        await views.stop()
        await interactions.stop()
        await runtime.listener.stop()
        await runtime.database.close()


async def _open_database(runtime: Runtime) -> asyncio.Task[None]:
    """Connect now, or keep trying in the background: a worker without a database answers 503."""
    try:
        await runtime.database.open()
    except DATABASE_AWAY as error:
        logger.warning("starting without the database: %s", error)
        return asyncio.create_task(_keep_opening(runtime), name="database opening")
    return asyncio.create_task(asyncio.sleep(0))


async def _keep_opening(runtime: Runtime) -> None:
    while True:
        await asyncio.sleep(RETRY_PAUSE_S)
        with suppress(*DATABASE_AWAY):
            await runtime.database.open()
            return
