"""The order in which a worker starts its parts, and stops them in reverse."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from quart import Quart

from server.core.runtime import EXTENSION, Runtime
from server.core.session_cache import REVOKED_CHANNEL
from server.subscriptions import connect


def install_lifespan(app: Quart) -> None:
    """Start and stop with the server."""

    @app.while_serving
    async def serve() -> AsyncGenerator[None]:
        runtime: Runtime = app.extensions[EXTENSION]
        runtime.listener.subscribe(REVOKED_CHANNEL, runtime.sessions.receive)
        runtime.listener.on_gap(runtime.sessions.clear)
        connect(app)
        await runtime.database.open()
        await runtime.listener.start()
        yield
        await runtime.listener.stop()
        await runtime.database.close()
