"""Asks the application itself, in process, what the page of the current request would ask next.

The answer is the one that the caller would get over the network, with the same rules, limits and counters:
the route of the API stays the one place where they are told.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, cast

from quart import current_app, request

from server.core.edge import Application, Message

INNER = "jackdaw_inner_application"
# What says who is asking and whether they may be followed. Everything else, conditions and encodings above
# all, is about the outer answer.
_PASSED_ON = frozenset(
    {b"cookie", b"dnt", b"host", b"sec-gpc", b"user-agent", b"x-forwarded-for", b"x-forwarded-proto"}
)


@dataclass(frozen=True, slots=True)
class InnerAnswer:
    """Status and body of one answer."""

    status: int
    body: bytes


async def ask(path: str, query: str = "") -> InnerAnswer:
    """GET a path of the API as the caller of the current request, in a task of its own."""
    outer = cast("dict[str, Any]", request.scope)
    scope = {
        "type": "http",
        "asgi": outer.get("asgi", {"version": "3.0"}),
        "http_version": "1.1",
        "method": "GET",
        "scheme": outer["scheme"],
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name, value) for name, value in outer["headers"] if name in _PASSED_ON],
        "client": outer.get("client"),
        "server": outer.get("server"),
        "extensions": {},
        "jackdaw.request_id": outer.get("jackdaw.request_id", ""),
    }
    application = cast("Application", current_app.extensions[INNER])
    # The task has a context of its own: the inner request must not take the place of the outer one.
    return await asyncio.create_task(_ask(application, scope))


async def _ask(application: Application, scope: dict[str, Any]) -> InnerAnswer:
    status, parts, is_read = 500, list[bytes](), False

    async def receive() -> Message:
        nonlocal is_read
        if is_read:
            await asyncio.Event().wait()
        is_read = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    await application(scope, receive, send)
    return InnerAnswer(status, b"".join(parts))
