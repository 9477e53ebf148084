"""A short way in for the most frequent write: a valid batch of a session that is already known.

Half of what `POST /interactions` would cost goes into routing and request objects. Here the one common case
is answered on raw ASGI messages; everything else, refusals included, is handed to the route with its body.
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from server.core.edge import MAX_BODY_BYTES, Application, Message, Receive, Send
from server.core.problems import AppError
from server.core.runtime import Runtime
from server.core.sessions import COOKIE, MAX_TOKEN_CHARACTERS, hash_token
from server.features.interactions.domain import is_crawler
from server.features.interactions.intake import Intake
from server.features.interactions.schemas import InteractionsIn
from server.features.interactions.service import EXTENSION, Interactions

_JSON = b"application/json"
_COOKIE_NAMES = {"http": f"{COOKIE}=".encode(), "https": f"__Host-{COOKIE}=".encode()}


class FastLane:
    """Stands between the edge and Quart."""

    def __init__(
        self, application: Application, extensions: dict[str, Any], runtime: Runtime, path: str
    ) -> None:
        self._application = application
        self._extensions = extensions
        self._runtime = runtime
        self._path = path

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer the common case, pass the rest on."""
        if scope["type"] != "http" or scope["path"] != self._path or scope["method"] != "POST":
            await self._application(scope, receive, send)
            return
        messages, body = await _read(receive)
        answer = None if body is None else self._take(scope, body)
        if answer is None:
            await self._application(scope, _replaying(messages, receive), send)
            return
        headers = [(b"content-type", _JSON), (b"content-length", b"%d" % len(answer))]
        await send({"type": "http.response.start", "status": 202, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    def _take(self, scope: dict[str, Any], body: bytes) -> bytes | None:
        """Log the batch; ``None`` when this is not the common case, and then nothing has happened."""
        parts: Interactions | None = self._extensions.get(EXTENSION)
        headers = dict(scope["headers"])
        visitor = self._known_visitor(headers.get(b"cookie", b""), scope["scheme"])
        agent = headers.get(b"user-agent", b"").decode("latin-1")
        if parts is None or visitor is None or headers.get(b"content-type") != _JSON or is_crawler(agent):
            return None
        visitor_id, key = visitor
        try:
            intake = Intake.of(parts, InteractionsIn.model_validate_json(body))
            self._runtime.events.check(key)
            return intake.answer(intake.log(visitor_id) if intake.known else 0)
        except (ValidationError, AppError):
            return None

    def _known_visitor(self, cookie: bytes, scheme: str) -> tuple[int, object] | None:
        name = _COOKIE_NAMES.get(scheme, b"")
        # A cookie header with several cookies or quotes is for the real parser.
        if not cookie.startswith(name) or b";" in cookie or b'"' in cookie:
            return None
        token = cookie[len(name) :].decode("latin-1")
        if not token or len(token) > MAX_TOKEN_CHARACTERS:
            return None
        is_known, principal = self._runtime.sessions.get(hash_token(token))
        if not is_known or principal is None or principal.visitor_id is None:
            return None
        return principal.visitor_id, principal.key


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
