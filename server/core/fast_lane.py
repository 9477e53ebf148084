"""A short way to the few hottest answers, for callers whose session is already known, or who have none.

A third of what such a request costs goes into routing and request objects. Here the one common case is
answered on raw ASGI messages; everything else, refusals included, goes on to the route with its body, so that
the route stays the one place where the rules of the path are told.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from server.core.body_limits import MAX_BODY_BYTES
from server.core.edge import Application, Message, Receive, Send
from server.core.principal import Principal
from server.core.problems import DATABASE_FAULTS, AppError
from server.core.runtime import Runtime
from server.core.sessions import COOKIE, MAX_TOKEN_CHARACTERS, hash_token

Headers = Mapping[bytes, bytes]
_JSON = b"application/json"
_COOKIE_NAMES = {"http": f"{COOKIE}=".encode(), "https": f"__Host-{COOKIE}=".encode()}
# Refusals and a database that is away have their one answer in the route.
EXPECTED: tuple[type[Exception], ...] = (AppError, *DATABASE_FAULTS)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """One request, as far as a hot path looks at it."""

    principal: Principal
    headers: Headers
    query: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """A ready JSON answer and the headers that only this path adds."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[bytes, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """One hot path: its limit, and what answers; ``None`` leaves the request to the route."""

    limit: Literal["reads", "events"]
    answer: Callable[[Call], Awaitable[Reply | None]]
    takes_query: bool = False
    takes_guests: bool = False


class FastLane:
    """Stands between the edge and Quart; ``lanes`` by method and path."""

    def __init__(
        self, application: Application, runtime: Runtime, lanes: Mapping[tuple[str, str], Lane]
    ) -> None:
        self._application = application
        self._runtime = runtime
        self._lanes = lanes

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer the common case, pass the rest on."""
        lane = self._lanes.get((scope["method"], scope["path"])) if scope["type"] == "http" else None
        if lane is None or (scope["query_string"] and not lane.takes_query):
            await self._application(scope, receive, send)
            return
        headers = dict(scope["headers"])
        principal = self._principal(lane, headers.get(b"cookie", b""), scope)
        # Who comes with a token is for the route to judge.
        if principal is None or b"authorization" in headers:
            await self._application(scope, receive, send)
            return
        messages, body = await _read(receive)
        call = None if body is None else Call(principal, headers, scope["query_string"], body)
        reply = None if call is None else await self._answer(lane, call)
        if reply is None:
            await self._application(scope, _replaying(messages, receive), send)
            return
        fields = [(b"content-type", _JSON), (b"content-length", b"%d" % len(reply.body)), *reply.headers]
        await send({"type": "http.response.start", "status": reply.status, "headers": fields})
        await send({"type": "http.response.body", "body": reply.body})

    async def _answer(self, lane: Lane, call: Call) -> Reply | None:
        try:
            getattr(self._runtime, lane.limit).check(call.principal.key)
            return await lane.answer(call)
        except EXPECTED:
            return None
        except Exception:
            logger.exception("a short way failed; the route is asked instead")
            return None

    def _principal(self, lane: Lane, cookie: bytes, scope: dict[str, Any]) -> Principal | None:
        """Return the caller, or ``None`` when only the route can tell who it is."""
        if cookie:
            return self._known_principal(cookie, scope["scheme"])
        # Behind proxies the address is in a header that the route knows how to read.
        if not lane.takes_guests or self._runtime.settings.trusted_proxies or not scope.get("client"):
            return None
        return Principal(key=scope["client"][0])

    def _known_principal(self, cookie: bytes, scheme: str) -> Principal | None:
        """Return the caller when the cache of sessions knows them and they have a visitor."""
        name = _COOKIE_NAMES.get(scheme, b"")
        # A cookie header with several cookies or quotes is for the real parser.
        if not name or not cookie.startswith(name) or b";" in cookie or b'"' in cookie:
            return None
        token = cookie[len(name) :].decode("latin-1")
        if not token or len(token) > MAX_TOKEN_CHARACTERS:
            return None
        is_known, principal = self._runtime.sessions.get(hash_token(token))
        if not is_known or principal is None or principal.visitor_id is None:
            return None
        return principal


async def _read(receive: Receive) -> tuple[list[Message], bytes | None]:
    """Collect the body; ``None`` when it is too long or the client left."""
    messages: list[Message] = []
    size = 0
    while True:
        message = await receive()
        messages.append(message)
        if message["type"] != "http.request":
            return messages, None
        size += len(message.get("body", b""))
        if size > MAX_BODY_BYTES:
            return messages, None
        if not message.get("more_body", False):
            return messages, b"".join(part.get("body", b"") for part in messages)


def _replaying(messages: list[Message], receive: Receive) -> Receive:
    waiting = iter(messages)

    async def replay() -> Message:
        message = next(waiting, None)
        return await receive() if message is None else message

    return replay
