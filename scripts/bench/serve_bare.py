"""Serve a bare twin exactly as a worker serves the shop: hypercorn in process, uvloop, a frozen heap."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from typing import Any, cast

import uvloop
from hypercorn.asyncio import serve
from hypercorn.config import Config

from scripts.bench.bare import bare_asgi, create_bare_app


async def main(kind: str, port: str) -> None:
    """Serve until SIGTERM."""
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.accesslog = config.errorlog = None
    config.include_server_header = False
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    application = create_bare_app() if kind == "quart" else bare_asgi
    gc.collect()
    gc.freeze()
    await serve(cast("Any", application), config, shutdown_trigger=cast("Any", stop.wait))


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], sys.argv[2]))
