"""Do-Not-Track and Global Privacy Control: a browser's word that its user does not want to be followed."""

from __future__ import annotations

from collections.abc import Mapping

from quart import has_request_context, request

_YES = b"1"


def headers_object(headers: Mapping[bytes, bytes]) -> bool:
    """Whether raw headers, with names in lower case, carry ``DNT: 1`` or ``Sec-GPC: 1``."""
    return headers.get(b"dnt") == _YES or headers.get(b"sec-gpc") == _YES


def caller_objects() -> bool:
    """Whether the caller of the current request objects; outside of requests nobody does."""
    if not has_request_context():
        return False
    headers = request.headers
    return headers.get("DNT") == "1" or headers.get("Sec-GPC") == "1"
