"""A lean HTTP/1.1 client for programs that drive a shop: a library would cost more than the server."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections import deque
from dataclasses import dataclass
from urllib.parse import urlsplit

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
_CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
_IDEMPOTENT = frozenset({"GET", "PUT", "DELETE"})
BODILESS = frozenset({204, 304})


class NoAnswer(Exception):
    """The server was not reached, broke the connection off, or took too long."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a shop is."""

    host: str
    port: int
    is_tls: bool
    prefix: str = ""

    @classmethod
    def parse(cls, url: str) -> Address:
        """Read a base address.

        >>> Address.parse("http://127.0.0.1:8000/")
        Address(host='127.0.0.1', port=8000, is_tls=False, prefix='')

        Raises
        ------
        ValueError
            It is not an http or https address.
        """
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(f"{url} is not an address such as http://127.0.0.1:8000")
        is_tls = parts.scheme == "https"
        port = parts.port or (443 if is_tls else 80)
        return cls(parts.hostname, port, is_tls, parts.path.rstrip("/"))

    @property
    def authority(self) -> str:
        """What the Host header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.is_tls else 80) else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The base address as text."""
        return f"{'https' if self.is_tls else 'http'}://{self.authority}{self.prefix}"


@dataclass(frozen=True, slots=True)
class Response:
    """One whole answer; ``head`` is the status line and the headers as they came."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str | None:
        """Return the first header of that name."""
        found = re.search(rb"\r\n%b: *([^\r\n]*)" % re.escape(name.encode()), self.head, re.IGNORECASE)
        return None if found is None else found[1].decode("latin-1")

    def cookies(self) -> dict[str, str]:
        """Return the cookies that this answer sets, without their attributes."""
        found = re.findall(rb"\r\nset-cookie: *([^=;\r\n]+)=([^;\r\n]*)", self.head, re.IGNORECASE)
        return {name.decode("latin-1"): value.decode("latin-1") for name, value in found}


class Connection:
    """One keep-alive connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.is_open = True

    @classmethod
    async def open(cls, address: Address) -> Connection:
        """Connect.

        Raises
        ------
        OSError
            Nobody listens there.
        """
        context = ssl.create_default_context() if address.is_tls else None
        return cls(*await asyncio.open_connection(address.host, address.port, ssl=context))

    async def exchange(self, request: bytes) -> Response:
        """Send a request and read the answer.

        Raises
        ------
        OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError
            The connection broke, or what came is not HTTP.
        """
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        length = _LENGTH.search(head)
        if length is not None:
            body = await self._reader.readexactly(int(length[1]))
        elif _CHUNKED.search(head) is not None:
            body = await self._chunks()
        elif status in BODILESS:
            body = b""
        else:
            body, self.is_open = await self._reader.read(), False
        if _CLOSES.search(head) is not None:
            self.close()
        return Response(status, head, body)

    async def _chunks(self) -> bytes:
        parts: list[bytes] = []
        while size := int((await self._reader.readuntil(b"\r\n")).split(b";")[0], 16):
            parts.append((await self._reader.readexactly(size + 2))[:-2])
        while await self._reader.readuntil(b"\r\n") != b"\r\n":
            pass
        return b"".join(parts)

    @property
    def is_usable(self) -> bool:
        """Whether neither side has hung up, as far as we have heard."""
        return self.is_open and not self._reader.at_eof()

    def close(self) -> None:
        """Hang up."""
        self.is_open = False
        self._writer.close()


class ConnectionPool:
    """At most ``size`` connections to one address; who finds none free waits in line."""

    def __init__(self, address: Address, *, size: int, timeout_s: float = 30.0, agent: str = "") -> None:
        self._address = address
        self._timeout_s = timeout_s
        self._fixed = f"Host: {address.authority}\r\n" + (f"User-Agent: {agent}\r\n" if agent else "")
        self._free: deque[Connection | None] = deque([None] * size)
        self._waiting: deque[asyncio.Future[Connection | None]] = deque()
        self._opened: set[Connection] = set()

    async def place(self) -> Connection | None:
        """Wait for a turn; give it back with `release` or use it up in `request`."""
        if self._free:
            return self._free.popleft()
        turn: asyncio.Future[Connection | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.release(turn.result())
            raise

    def release(self, connection: Connection | None) -> None:
        """Give a turn back."""
        connection = connection if connection is not None and connection.is_open else None
        # Handed over, not put back: from an asyncio.Queue whoever released would take again before those who
        # wait wake up, and some would wait for ever.
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(connection)
                return
        self._free.append(connection)

    async def request(
        self,
        place: Connection | None,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        cookie: str = "",
    ) -> Response:
        """Exchange one request on a turn from `place` and give the turn back.

        Raises
        ------
        NoAnswer
            Nothing came back, also on a second connection where repeating does no harm.
        """
        request = self._encoded(method, path, body, cookie)
        connection = place
        if connection is not None and not connection.is_usable:
            self._drop(connection)
            connection = None
        try:
            is_reused = connection is not None
            try:
                connection = connection or await self._connect()
                return await self._exchange(connection, request)
            except NoAnswer:
                # The server may have closed an idle connection just before we used it.
                if not is_reused or method not in _IDEMPOTENT:
                    raise
                connection = await self._connect()
                return await self._exchange(connection, request)
        finally:
            self.release(connection)

    def _encoded(self, method: str, path: str, body: bytes | None, cookie: str) -> bytes:
        lines = [f"{method} {self._address.prefix}{path} HTTP/1.1\r\n", self._fixed]
        if cookie:
            lines.append(f"Cookie: {cookie}\r\n")
        if body is not None:
            lines.append("Content-Type: application/json\r\n")
        if body is not None or method != "GET":
            lines.append(f"Content-Length: {len(body or b'')}\r\n")
        lines.append("\r\n")
        return "".join(lines).encode("latin-1") + (body or b"")

    async def _connect(self) -> Connection:
        try:
            async with asyncio.timeout(self._timeout_s):
                connection = await Connection.open(self._address)
        except (OSError, TimeoutError) as error:
            raise NoAnswer(f"{self._address.url} does not answer: {_reason(error)}") from error
        self._opened.add(connection)
        return connection

    async def _exchange(self, connection: Connection, request: bytes) -> Response:
        try:
            async with asyncio.timeout(self._timeout_s):
                return await connection.exchange(request)
        except (OSError, TimeoutError, EOFError, asyncio.LimitOverrunError, ValueError) as error:
            self._drop(connection)
            raise NoAnswer(f"{self._address.url} broke off: {_reason(error)}") from error
        except BaseException:
            self._drop(connection)
            raise

    def _drop(self, connection: Connection) -> None:
        connection.close()
        self._opened.discard(connection)

    def close(self) -> None:
        """Hang up everywhere."""
        for connection in list(self._opened):
            self._drop(connection)


def _reason(error: BaseException) -> str:
    return str(error) or ("too slow" if isinstance(error, TimeoutError) else type(error).__name__)
