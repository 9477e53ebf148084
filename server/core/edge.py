"""The one ASGI layer around Quart: request ids, headers, body size, origins, compression, logs, metrics.

It works on raw ASGI messages, because Quart's own before/after hooks cost more than everything here.
"""

from __future__ import annotations

import logging
import secrets
import time
import zlib
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from server.core.body_limits import body_limit
from server.core.problems import PROBLEM_TYPE, problem_body
from server.core.telemetry import observe_request

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Refusal = tuple[int, str, str, str]
Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

MAX_QUERY_BYTES = 4 * 1024
MIN_COMPRESSED_BYTES = 1_024
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
COMPRESSIBLE = (b"application/json", b"application/problem+json", b"image/svg+xml", b"text/")
SECURITY_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
# What only means something for a page; the server checks every header of every answer, so data goes without.
PAGE_HEADERS = [
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]
API_POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
_PLAIN = {b"content-type", b"content-length"}
_DATA_HEADERS = (*SECURITY_HEADERS, API_POLICY, (b"cache-control", b"no-store"))
# Request ids must differ, not be secret: a counter saves every request a system call.
_PROCESS = secrets.token_hex(4)
_numbers = count(secrets.randbits(32))
logger = logging.getLogger("server.access")


class Edge:
    """Wraps an ASGI application; refuses what must never reach a route."""

    def __init__(self, application: Application, public_origins: tuple[str, ...]) -> None:
        self._application = application
        self._origins = frozenset(public_origins)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Pass lifespan through, guard everything else."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        request_id = f"{_PROCESS}{next(_numbers) & 0xFFFFFFFF:08x}"
        scope["jackdaw.request_id"] = request_id
        headers = dict(scope["headers"])
        refusal = self._refusal(scope, headers)
        answer = _Answer(
            scope, send, request_id, accepts_gzip=b"gzip" in headers.get(b"accept-encoding", b"")
        )
        if refusal is not None:
            await answer.refuse(*refusal)
        else:
            await self._application(scope, receive, answer.send)
        answer.observe()

    def _refusal(self, scope: dict[str, Any], headers: dict[bytes, bytes]) -> Refusal | None:
        wrong_query = _query_refusal(scope["query_string"])
        if wrong_query is not None or scope["method"] in SAFE_METHODS:
            return wrong_query
        declared = headers.get(b"content-length", b"0")
        if not declared.isdigit() or len(declared) > 12:
            return 400, "malformed", "The request cannot be read", "Content-Length is not a number."
        most = body_limit(scope["path"])
        if int(declared) > most:
            return 413, "too_large", "Too large", f"At most {most} bytes."
        if not self._is_own_origin(headers):
            return 403, "origin_refused", "Not allowed", "Writes are accepted from the shop's own pages only."
        return None

    def _is_own_origin(self, headers: dict[bytes, bytes]) -> bool:
        """Decide by Sec-Fetch-Site and Origin; a request with neither comes from a program, not a page."""
        site = headers.get(b"sec-fetch-site")
        if site is not None and site != b"same-origin":
            return False
        origin = headers.get(b"origin")
        if origin is None:
            return True
        text = origin.decode("latin-1")
        if self._origins:
            return text in self._origins
        return urlsplit(text).netloc.encode("latin-1") == headers.get(b"host", b"")


def _query_refusal(query: bytes) -> Refusal | None:
    if len(query) > MAX_QUERY_BYTES:
        return 414, "query_too_long", "Query too long", f"At most {MAX_QUERY_BYTES} bytes."
    if b"%" in query or not query.isascii():
        try:
            unquote_to_bytes(query).decode()
        except UnicodeDecodeError:
            return 400, "malformed", "The request cannot be read", "The query is no text in UTF-8."
    return None


class _Answer:
    """Follows one answer on its way out."""

    def __init__(self, scope: dict[str, Any], send: Send, request_id: str, *, accepts_gzip: bool) -> None:
        self._scope = scope
        self._send = send
        self._request_id = request_id
        self._accepts_gzip = accepts_gzip
        self._held: Message | None = None
        self._length = -1
        self._is_complete = False
        self._started_at = time.perf_counter()
        self._status = 0

    async def send(self, message: Message) -> None:
        """Add the headers, compress an answer that arrives in one piece, and end it with its last byte.

        Quart ends every answer with an empty message more, which would cost the server another round.
        """
        if self._is_complete:
            return
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._length = _content_length(message["headers"])
            headers = message["headers"] = [*message["headers"], *self._headers(message["headers"])]
            if self._accepts_gzip and _is_compressible(headers):
                self._held = message
                return
        elif message["type"] == "http.response.body" and self._length == len(message.get("body", b"")):
            self._is_complete = True
            message["more_body"] = False
        if self._held is not None:
            message = _compress(self._held, message)
            held, self._held = self._held, None
            await self._send(held)
        await self._send(message)

    def _headers(self, present: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        names = {name for name, _ in present}
        if self._scope["path"].startswith("/api/") and names == _PLAIN:
            return [(b"x-request-id", self._request_id.encode()), *_DATA_HEADERS]
        extra = [(b"x-request-id", self._request_id.encode()), *SECURITY_HEADERS]
        if b"content-security-policy" not in names:
            extra.append(API_POLICY)
        if not self._scope["path"].startswith("/api/"):
            extra += PAGE_HEADERS
        elif b"cache-control" not in names:
            extra.append((b"cache-control", b"no-store"))
        return extra

    async def refuse(self, status: int, code: str, title: str, detail: str) -> None:
        """Answer without asking the application."""
        body = problem_body(status, code, title, detail, self._request_id)
        headers = [(b"content-type", PROBLEM_TYPE.encode()), (b"content-length", str(len(body)).encode())]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})

    def observe(self) -> None:
        """Count the request and log it when it failed or was slow."""
        seconds = time.perf_counter() - self._started_at
        observe_request(self._status, seconds)
        if self._status >= 500 or seconds > 1.0:
            logger.warning(
                "%s %s -> %d in %.0f ms [%s]",
                self._scope["method"],
                self._scope["path"],
                self._status,
                seconds * 1e3,
                self._request_id,
            )


def _content_length(headers: list[tuple[bytes, bytes]]) -> int:
    for name, value in headers:
        if name == b"content-length":
            return int(value)
    return -1


def _is_compressible(headers: list[tuple[bytes, bytes]]) -> bool:
    has_type = False
    for name, value in headers:
        if name == b"content-encoding":
            return False
        if name == b"content-length" and int(value) < MIN_COMPRESSED_BYTES:
            return False
        if name == b"content-type" and value.startswith(COMPRESSIBLE):
            has_type = True
    return has_type


def _compress(start: Message, body: Message) -> Message:
    """Gzip the whole body when this message holds it all, and correct the start message."""
    content: bytes = body.get("body", b"")
    if _content_length(start["headers"]) != len(content) or not content:
        return body
    compressor = zlib.compressobj(level=4, wbits=31)
    packed = compressor.compress(content) + compressor.flush()
    start["headers"] = [
        *((name, value) for name, value in start["headers"] if name != b"content-length"),
        (b"content-length", str(len(packed)).encode()),
        (b"content-encoding", b"gzip"),
        (b"vary", b"Accept-Encoding"),
    ]
    return {**body, "body": packed}
