"""Serves a bare ASGI application over the shop's own connections, for tests that speak HTTP by the byte."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import hypercorn.asyncio.run as hypercorn_run
import hypercorn.protocol
import pytest
from hypercorn.asyncio import serve

from server.core.edge import Application, Receive, Send
from server.core.http_connection import ServerConfig, use_own_connections

PATIENCE_S = 5.0


@dataclass(slots=True)
class TinyServer:
    """Where the application is served, and how it is told to end."""

    port: int
    ended: asyncio.Task[None]
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open a connection."""
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def exchange(self, *parts: bytes) -> bytes:
        """Send bytes on a connection of their own, and return all that comes back until it is closed."""
        reader, writer = await self.connect()
        for part in parts:
            writer.write(part)
            await asyncio.sleep(0.01)
        answer = await asyncio.wait_for(reader.read(), PATIENCE_S)
        writer.close()
        return answer


@asynccontextmanager
async def serving(application: Application, **settings: float) -> AsyncIterator[TinyServer]:
    """Serve until the block ends; ``settings`` are attributes of hypercorn's configuration."""
    with pytest.MonkeyPatch.context() as patch, socket.create_server(("127.0.0.1", 0)) as listener:
        for owner, name in (
            (hypercorn_run, "TCPServer"),
            (hypercorn_run, "WorkerContext"),
            (hypercorn.protocol, "H11Protocol"),
        ):
            # To be put back as it was.
            patch.setattr(owner, name, getattr(owner, name))
        use_own_connections()
        port = listener.getsockname()[1]
        config = ServerConfig()
        config.bind = [f"fd://{listener.detach()}"]
        config.graceful_timeout = PATIENCE_S
        config.errorlog = None
        for name, value in {"keep_alive_timeout": 60.0, **settings}.items():
            setattr(config, name, value)
        stop = asyncio.Event()
        target = cast("Any", _with_lifespan(application))
        ended = asyncio.create_task(serve(target, config, shutdown_trigger=cast("Any", stop.wait)))
        await asyncio.sleep(0)
        try:
            yield TinyServer(port, ended, stop)
        finally:
            stop.set()
            await ended


def _with_lifespan(application: Application) -> Application:
    async def answer(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await application(scope, receive, send)
            return
        for kind in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{kind}.complete"})

    return answer


async def head_of(reader: asyncio.StreamReader) -> bytes:
    """Read the head of an answer."""
    return await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE_S)
