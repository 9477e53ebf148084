"""A short way for plain requests: llhttp reads them, and their answers leave without hypercorn's events.

Reading a request with h11 and passing it and its answer through streams and queues costs as much as choosing
a slate. Here what nearly every request is, one whole message that asks for nothing special, answered with
a known length, is served in few steps; all else, be it unusual or wrong, is left to hypercorn untouched, so
that it decides what is refused and how.
"""

from __future__ import annotations

from time import time
from typing import Any, cast
from urllib.parse import unquote

import h11
import httptools
from hypercorn.events import Closed, Event, RawData, Updated
from hypercorn.protocol.h11 import STREAM_ID, H11Protocol
from hypercorn.protocol.http_stream import HTTPStream

from server.core.edge import Message

_METHODS = frozenset({b"GET", b"POST", b"PUT", b"PATCH", b"DELETE"})
# What these ask for, or leave to be read later, is hypercorn's to answer.
_SPECIAL = frozenset({b"upgrade", b"expect", b"transfer-encoding", b"http2-settings", b"te", b"trailer"})
_KEEP_ALIVE = b"keep-alive"
_FRAMING = frozenset({b"connection", b"transfer-encoding"})
# Answers that have no body whatever their headers say.
_WITHOUT_BODY = frozenset({204, 205, 304})
_END_OF_HEAD = b"\r\n\r\n"


class PlainRequest:
    """One whole request, as llhttp tells of it."""

    __slots__ = ("bodies", "headers", "method", "n_messages", "target")

    def __init__(self) -> None:
        self.headers: list[tuple[bytes, bytes]] = []
        self.bodies: list[bytes] = []
        self.target = self.method = b""
        self.n_messages = 0

    def on_url(self, url: bytes) -> None:
        """Take the target."""
        self.target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take one header; llhttp leaves white space behind a value."""
        self.headers.append((name.lower(), value.rstrip(b" \t")))

    def on_body(self, body: bytes) -> None:
        """Take a part of the body."""
        self.bodies.append(body)

    def on_message_complete(self) -> None:
        """Count the messages that are whole."""
        self.n_messages += 1

    @property
    def is_plain(self) -> bool:
        """Whether nothing in the head asks for more than an answer on a connection that stays."""
        n_hosts = 0
        for name, value in self.headers:
            if name == b"host":
                n_hosts += 1
            elif name in _SPECIAL or (name == b"connection" and value.lower() != _KEEP_ALIVE):
                return False
        return n_hosts == 1 and self.target.startswith(b"/") and self.target.isascii()


def read_plain(data: bytes, max_head: int) -> PlainRequest | None:
    """Return the one request that the bytes are, or ``None`` when they are anything else."""
    # A cheap look first: most of what is not plain is a part of a body.
    end = data.find(_END_OF_HEAD, 0, max_head)
    if end < 0 or data.partition(b" ")[0] not in _METHODS:
        return None
    request = PlainRequest()
    parser = httptools.HttpRequestParser(request)
    try:
        parser.feed_data(data)
    except (httptools.HttpParserError, httptools.HttpParserUpgrade):
        return None
    # A part of the next request has no message of its own, but has begun to overwrite the target.
    if request.n_messages != 1 or parser.get_http_version() != "1.1" or not request.is_plain:
        return None
    request.method = parser.get_method()
    if end + len(_END_OF_HEAD) + sum(map(len, request.bodies)) != len(data):
        return None
    return request


class Exchange:
    """One plain request and its answer, as ASGI sees them."""

    def __init__(self, protocol: Protocol, request: PlainRequest, raw: bytes) -> None:
        self.raw = raw
        self.scope = _scope(protocol, request)
        self.is_ended = False
        self._protocol = protocol
        self._body: bytes | None = b"".join(request.bodies)
        self._stream: HTTPStream | None = None
        self._head = b""
        self._is_begun = False
        self._missing = -1
        self._ended = protocol.context.event_class()

    async def run(self) -> None:
        """Ask the application; an answer that it leaves unfinished ends the connection."""
        protocol = self._protocol
        app = cast("Any", protocol.app)
        try:
            # The last two are for applications that run in threads.
            await app(self.scope, self.receive, self.send, None, None)
        except Exception:  # noqa: BLE001 - logged by the server, like every fault of an application
            await protocol.config.log.exception("Error in ASGI Framework")
        if self._stream is not None:
            await self._stream.app_send(None)
        elif not self.is_ended:
            await protocol.abandon(self, is_answered=self._is_begun)

    async def receive(self) -> Message:
        """Return the request, then wait until the answer is out or the client has left."""
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self._ended.wait()
        return {"type": "http.disconnect"}

    async def end(self) -> None:
        """Let nothing more be sent."""
        self.is_ended = True
        await self._ended.set()

    async def send(self, message: Any) -> None:
        """Send a part of the answer.

        Raises
        ------
        RuntimeError
            The answer is longer or shorter than its head says, or has two heads.
        """
        if self._stream is not None:
            await self._stream.app_send(message)
        elif self.is_ended:
            return
        elif message["type"] == "http.response.start" and self._missing < 0:
            length = _plain_length(message)
            if length is None:
                self._stream = await self._protocol.hand_over(self)
                await self._stream.app_send(message)
                return
            # It leaves with the first part of the body, in one piece.
            self._head, self._missing = self._protocol.head(message), length
        elif message["type"] == "http.response.body" and self._missing >= 0:
            await self._send_body(message.get("body", b""), is_last=not message.get("more_body", False))
        else:
            raise RuntimeError(f"an answer cannot go on with {message['type']}")

    async def _send_body(self, body: bytes, *, is_last: bool) -> None:
        self._missing -= len(body)
        if self._missing < 0 or (is_last and self._missing):
            raise RuntimeError("the length of an answer is not what its head says")
        if self._head or body:
            self._is_begun = True
            head, self._head = self._head, b""
            await self._protocol.send(RawData(head + body))
        if is_last:
            await self._protocol.finish(self)


class Protocol(H11Protocol):
    """One connection of HTTP/1.1; plain requests take the short way."""

    exchange: Exchange | None = None
    is_closed = False

    async def handle(self, event: Event) -> None:
        """Take what was read, or that the client has left."""
        if isinstance(event, RawData):
            # As with h11, what comes before the answer is out waits; the end of it all is told again.
            while self.exchange is not None:
                if not event.data:
                    return
                await self.can_read.clear()
                await self.can_read.wait()
            if self.is_closed:
                return
            request = self._plain(event.data)
            if request is not None:
                await self._start(Exchange(self, request, event.data))
                return
        elif isinstance(event, Closed) and self.exchange is not None:
            await self.exchange.end()
        await super().handle(event)

    def _plain(self, data: bytes) -> PlainRequest | None:
        is_between = self.stream is None and self.connection.our_state is h11.IDLE
        if not is_between or self.connection.trailing_data[0]:
            return None
        return read_plain(data, self.config.h11_max_incomplete_size)

    async def _start(self, exchange: Exchange) -> None:
        self.exchange = exchange
        await self.send(Updated(idle=False))
        self.task_group.spawn(exchange.run)
        self.keep_alive_requests += 1
        await self.context.mark_request()

    @property
    def _is_last_request(self) -> bool:
        return self.keep_alive_requests >= self.config.keep_alive_max_requests

    def head(self, message: Message) -> bytes:
        """Return the head of an answer as bytes.

        Raises
        ------
        RuntimeError
            A header would be more than one line.
        """
        headers = [*message["headers"], *self.config.response_headers("h11")]
        if self._is_last_request:
            headers.append((b"connection", b"close"))
        lines = [b"%b: %b\r\n" % header for header in headers]
        head = b"HTTP/1.1 %d \r\n%b\r\n" % (message["status"], b"".join(lines))
        n_lines = len(headers) + 2
        if head.count(b"\n") != n_lines or head.count(b"\r") != n_lines or b"\0" in head:
            raise RuntimeError("a header of an answer is more than one line")
        return head

    async def finish(self, exchange: Exchange) -> None:
        """Make ready for the next request."""
        self.exchange = None
        await exchange.end()
        if self.context.terminated.is_set() or self._is_last_request:
            await self._close()
        else:
            await self.can_read.set()
            await self.send(Updated(idle=True))

    async def abandon(self, exchange: Exchange, *, is_answered: bool) -> None:
        """Answer for an application that failed, where it has not begun to, and close the connection."""
        self.exchange = None
        await exchange.end()
        if not is_answered:
            await self._send_error_response(500)
        await self._close()

    async def _close(self) -> None:
        self.is_closed = True
        await self.can_read.set()
        await self.send(Closed())

    async def hand_over(self, exchange: Exchange) -> HTTPStream:
        """Leave an unusual answer, such as a stream, to hypercorn, as if it had read the request itself."""
        connection = cast("h11.Connection", self.connection)
        connection.receive_data(exchange.raw)
        while not isinstance(connection.next_event(), h11.EndOfMessage):
            pass
        stream = HTTPStream(
            self.app,
            self.config,
            self.context,
            self.task_group,
            self.ssl,
            self.client,
            self.server,
            self.stream_send,
            STREAM_ID,
        )
        stream.scope = cast("Any", exchange.scope)
        stream.start_time = time()

        async def put(_disconnect: object) -> None:
            await exchange.end()

        stream.app_put = put
        self.stream, self.exchange = stream, None
        await self.can_read.set()
        return stream


def _scope(protocol: Protocol, request: PlainRequest) -> dict[str, Any]:
    path, _, query = request.target.partition(b"?")
    return {
        "type": "http",
        "http_version": "1.1",
        "asgi": {"spec_version": "2.1", "version": "3.0"},
        "method": request.method.decode("ascii"),
        "scheme": "https" if protocol.ssl else "http",
        "path": unquote(path.decode("ascii")),
        "raw_path": path,
        "query_string": query,
        "root_path": protocol.config.root_path,
        "headers": request.headers,
        "client": protocol.client,
        "server": protocol.server,
        "state": protocol.connection_state.copy(),
        "extensions": {},
    }


def _plain_length(message: Message) -> int | None:
    """Return the length that the head of an answer gives, or ``None`` when hypercorn must work it out."""
    if message["status"] < 200 or message["status"] in _WITHOUT_BODY:
        return None
    length: int | None = None
    for name, value in message["headers"]:
        if name == b"content-length":
            if length is not None or not value.isdigit():
                return None
            length = int(value)
        elif name in _FRAMING:
            return None
    return length
