"""A log line is one JSON object, whatever the message holds."""

from __future__ import annotations

import logging
import sys

import orjson
from quart import Quart

from server.core.logs import JsonFormatter


def line_of(message: str, *arguments: object, exc_info: bool = False) -> str:
    error = sys.exc_info() if exc_info else None
    record = logging.LogRecord("server.test", logging.WARNING, __file__, 1, message, arguments, error)
    return JsonFormatter().format(record)


def test_newlines_and_colours_of_a_message_stay_inside_one_line() -> None:
    line = line_of("from %s", "a\nb\x1b[31m")

    assert "\n" not in line
    assert "\x1b" not in line
    assert orjson.loads(line)["message"] == "from a\nb\x1b[31m"


def test_a_huge_message_is_cut() -> None:
    assert len(line_of("x" * 1_000_000)) < 10_000


def test_a_fault_brings_its_trace() -> None:
    try:
        raise LookupError("lost")
    except LookupError:
        line = line_of("failed", exc_info=True)

    assert "LookupError: lost" in orjson.loads(line)["exception"]


async def test_a_line_of_a_request_names_the_request() -> None:
    app = Quart("logs")

    async with app.test_request_context("/", scope_base={"jackdaw.request_id": "abc"}):
        inside = orjson.loads(line_of("hello"))

    assert inside["requestId"] == "abc"
    assert "requestId" not in orjson.loads(line_of("hello"))
