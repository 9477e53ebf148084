"""One strict JSON reader and writer: orjson refuses NaN, bad UTF-8 and runaway nesting."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson
from quart import Response, request
from quart.json.provider import JSONProvider

MAX_DEPTH = 32
CACHE_CONTROL = "private, no-cache"
_ESCAPED_NUL = "\\u0000"


class StrictJSONProvider(JSONProvider):
    """Quart's JSON through orjson, with a depth limit and without NUL characters."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """Encode for a response."""
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Decode a request body.

        Raises
        ------
        ValueError
            See ``loads_strictly``.
        """
        return loads_strictly(s)


def loads_strictly(content: str | bytes) -> Any:
    """Decode JSON that may come from anybody.

    Raises
    ------
    ValueError
        Not JSON in UTF-8, nested deeper than ``MAX_DEPTH``, or holding a NUL character, which
        PostgreSQL cannot store.
    """
    try:
        text = content.decode() if isinstance(content, bytes) else content
    except UnicodeDecodeError as error:
        raise ValueError("not UTF-8") from error
    if _ESCAPED_NUL in text or "\x00" in text:
        raise ValueError("NUL characters are not accepted")
    if _deepest(text) > MAX_DEPTH:
        raise ValueError(f"nested deeper than {MAX_DEPTH}")
    return orjson.loads(text)


def _deepest(text: str) -> int:
    """Bound the nesting from above without parsing; brackets inside strings only make it stricter."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return 0
    depth = deepest = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def dumps(content: object) -> bytes:
    """Encode for the wire, as bytes that may be kept.

    What orjson returns still holds the whole buffer that it was written into: 8 kB for a card of 400 bytes.
    """
    return bytes(memoryview(orjson.dumps(content)))


def json_response(content: object, status: int = 200) -> Response:
    """Answer with JSON as ready bytes, past the provider and the schema walk (see DECISIONS.md)."""
    body = content if isinstance(content, bytes) else dumps(content)
    return Response(body, status=status, content_type="application/json")


def etag_of(body: bytes) -> str:
    """Return the entity tag of a body, quotes included."""
    return f'"{hashlib.sha256(body).hexdigest()[:20]}"'


def cacheable_json(body: bytes) -> Response:
    """Answer with JSON that has an ETag; 304 when the client already holds it."""
    etag = etag_of(body)
    headers = {"ETag": etag, "Cache-Control": CACHE_CONTROL}
    if request.headers.get("If-None-Match") == etag:
        return Response(b"", status=304, headers=headers)
    return Response(body, headers=headers, content_type="application/json")
