"""One worker: serves the application on the supervisor's socket until it is told to end."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import AsyncGenerator

import uvloop
from hypercorn.asyncio import serve
from hypercorn.utils import LifespanFailureError, LifespanTimeoutError
from quart import Quart

from server.app import create_app
from server.core.http_connection import ServerConfig, use_own_connections
from server.core.logs import configure_logging
from server.core.parent_death import is_orphan, signal_on_parent_death
from server.core.runtime import EXTENSION, Runtime
from server.settings import InvalidSettings, Settings

# Requests make few cycles. With the default of 700 the caches that fill after the freeze are walked several
# times a second: home at 500 req/s had a p99 of 30 ms with it and has 3 ms without.
COLLECTIONS = (50_000, 20, 100)
# Requests get 15 s to finish and the spool 5 s to flush; the watchdog ends what is still stuck then.
DRAIN_TIMEOUT_S = 15.0
FLUSH_TIMEOUT_S = 5.0
WATCHDOG_S = 24.0
PARENT_CHECK_S = 1.0
STATUS_OF_WATCHDOG = 70

logger = logging.getLogger(__name__)


def main(arguments: list[str]) -> int:
    """Serve; the argument is the process id of the supervisor."""
    try:
        settings = Settings.from_env(os.environ)
    except InvalidSettings as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    if settings.listen_fd is None or len(arguments) != 1:
        sys.stderr.write("A worker is started by the supervisor: run `python -m server`.\n")
        return 1
    configure_logging(settings.log_level, settings.log_format)
    signal_on_parent_death(signal.SIGTERM)
    try:
        uvloop.run(serve_until_told(settings, parent_pid=int(arguments[0])))
    except (LifespanFailureError, LifespanTimeoutError) as error:
        logger.error("Worker %d failed: %s", settings.worker_id, error)  # noqa: TRY400 - one clear line
        return 1
    return 0


async def serve_until_told(settings: Settings, *, parent_pid: int) -> None:
    """Serve until a signal comes or the supervisor is gone, then drain."""
    app = create_app(settings)
    freeze_when_warm(app)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    watch = asyncio.create_task(_stop_with_parent(parent_pid, stop), name="parent watch")
    use_own_connections()
    await serve(app, hypercorn_config(settings), shutdown_trigger=lambda: _drain(app, stop))
    watch.cancel()


def hypercorn_config(settings: Settings) -> ServerConfig:
    """Limits of the server itself; what depends on the route is limited in the application."""
    config = ServerConfig()
    config.bind = [f"fd://{settings.listen_fd}"]
    config.include_server_header = False
    config.backlog = 1_024
    # Also cuts headers that only drip in. Time-outs for reading live in the application: hypercorn's would
    # end quiet WebSockets and costs a task per read.
    config.keep_alive_timeout = 5
    config.keep_alive_max_requests = 1_000
    config.h11_max_incomplete_size = 16 * 1024
    config.h2_max_concurrent_streams = 64
    config.websocket_max_message_size = 16 * 1024
    config.graceful_timeout = DRAIN_TIMEOUT_S
    config.shutdown_timeout = FLUSH_TIMEOUT_S
    config.loglevel = "WARNING"
    return config


def freeze_when_warm(app: Quart) -> None:
    """Take everything that the start has made out of the collector's sight: full collections took 40 ms."""

    @app.while_serving
    async def freeze() -> AsyncGenerator[None]:
        gc.collect()
        gc.freeze()
        gc.set_threshold(*COLLECTIONS)
        yield


async def _drain(app: Quart, stop: asyncio.Event) -> None:
    """Return when it is time to stop accepting; by then `/readyz` says so and the watchdog runs."""
    await stop.wait()
    runtime: Runtime = app.extensions[EXTENSION]
    runtime.is_draining = True
    # A thread, because a blocked event loop is one of the things that it guards against.
    watchdog = threading.Timer(WATCHDOG_S, os._exit, (STATUS_OF_WATCHDOG,))
    watchdog.daemon = True
    watchdog.start()


async def _stop_with_parent(parent_pid: int, stop: asyncio.Event) -> None:
    """Notice the end of the supervisor on systems that do not tell."""
    while not stop.is_set():
        if is_orphan(parent_pid):
            stop.set()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), PARENT_CHECK_S)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
