"""Connections that cost less than hypercorn's own: one write per answer, and a timer for the idle time.

Hypercorn writes the head and the body of an answer in two system calls, and for the idle time between two
requests starts and cancels a task. Together with the date, made anew for every answer, that is a fifth of
what a small answer costs. What most requests are is also read and answered in fewer steps; that is in
`plain_requests`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, cast

import hypercorn.asyncio.run as hypercorn_run
import hypercorn.protocol
from hypercorn.asyncio.tcp_server import TCPServer
from hypercorn.asyncio.worker_context import EventWrapper, WorkerContext
from hypercorn.config import Config
from hypercorn.events import Event, RawData

from server.core.plain_requests import Protocol

_STATUS_LINE = b"HTTP/1.1 "
_END_OF_HEAD = b"\r\n\r\n"


class CallingEvent(EventWrapper):
    """An event that calls back those who would else need a task each to wait for it."""

    def __init__(self) -> None:
        super().__init__()
        self.callbacks: set[Callable[[], None]] = set()

    async def set(self) -> None:
        """Set the event, then call everyone once."""
        await super().set()
        callbacks, self.callbacks = self.callbacks, set()
        for callback in callbacks:
            callback()


class Context(WorkerContext):
    """What hypercorn's connections share, with an end that idle connections hear of without a task."""

    def __init__(self, max_requests: int | None) -> None:
        super().__init__(max_requests)
        self.terminated: CallingEvent = CallingEvent()


class IdleTimer:
    """Ends a connection that waits too long for its next request, or at once when the worker ends.

    The clock runs on through requests and is looked at when it is up: that costs nothing per request.
    """

    def __init__(
        self, end: Callable[[], Awaitable[None]], timeout_s: float, terminated: CallingEvent
    ) -> None:
        self._end = end
        self._timeout_s = timeout_s
        self._terminated = terminated
        self._loop = asyncio.get_running_loop()
        self._handle: asyncio.TimerHandle | None = None
        self._idle_since: float | None = None
        self._ending: asyncio.Task[None] | None = None

    async def restart(self, _task_group: object, _action: object) -> None:
        """Count the idle time from now; the arguments are those of the task that this stands for."""
        self._idle_since = self._loop.time()
        if self._terminated.is_set():
            self._expire()
        elif self._handle is None:
            self._handle = self._loop.call_later(self._timeout_s, self._look)
            self._terminated.callbacks.add(self._expire)

    async def stop(self) -> None:
        """Forget the idle time: there is a request, or no connection any more."""
        self._idle_since = None

    def cancel(self) -> None:
        """Stop the clock for good."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
            self._terminated.callbacks.discard(self._expire)

    def _look(self) -> None:
        if self._idle_since is None:
            # A request is under way; what follows it starts the clock again.
            self.cancel()
            return
        left_s = self._idle_since + self._timeout_s - self._loop.time()
        if left_s > 0:
            self._handle = self._loop.call_later(left_s, self._look)
        else:
            self._expire()

    def _expire(self) -> None:
        self.cancel()
        if self._idle_since is not None:
            # Kept, because the loop holds tasks weakly.
            self._ending = asyncio.ensure_future(self._end())


class Connection(TCPServer):
    """One connection of a browser or a proxy."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        terminated = cast("CallingEvent", self.context.terminated)
        self._idle = IdleTimer(self._initiate_server_close, self.config.keep_alive_timeout, terminated)
        self.idle_task = cast("Any", self._idle)
        self._head = b""

    async def protocol_send(self, event: Event) -> None:
        """Send as hypercorn does, but a head together with what follows it in the same turn of the loop."""
        if isinstance(event, RawData):
            data = event.data
            if not self._head and _is_head(data):
                self._head = data
                # The answer to come may be a stream whose first part is far away.
                self.loop.call_soon(self._flush)
                return
            if self._head:
                data, self._head = self._head + data, b""
            elif not data:
                return
            await super().protocol_send(RawData(data))
            return
        self._flush()
        await super().protocol_send(event)

    def _flush(self) -> None:
        """Write a head that nothing has followed."""
        if self._head:
            head, self._head = self._head, b""
            # Writing to a connection that is gone is noticed by the next write that can wait.
            self.writer.write(head)

    async def _close(self) -> None:
        self._flush()
        await super()._close()
        self._idle.cancel()


class ServerConfig(Config):
    """Hypercorn's configuration; the headers of every answer are made once a second."""

    _headers: list[tuple[bytes, bytes]]
    _headers_made_at = 0

    def response_headers(self, protocol: str) -> list[tuple[bytes, bytes]]:
        """Return the headers that the server adds, the date among them."""
        now = int(time.time())
        if now != self._headers_made_at:
            self._headers = super().response_headers(protocol)
            self._headers_made_at = now
        return self._headers


def use_own_connections() -> None:
    """Let hypercorn make these connections; it offers no setting for that."""
    for name, own in (("TCPServer", Connection), ("WorkerContext", Context)):
        setattr(hypercorn_run, name, own)
    setattr(hypercorn.protocol, "H11Protocol", Protocol)  # noqa: B010 - not a name that it exports


def _is_head(data: bytes) -> bool:
    return data.startswith(_STATUS_LINE) and data.endswith(_END_OF_HEAD)
