"""Reads files with one JSON object per line, as the Amazon Reviews data comes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from scripts.import_catalog.lines import Lines
from scripts.import_catalog.records import Refused, Rejection


class JsonLines:
    """Objects of a file, parsed one at a time."""

    def __init__(self, path: Path, encoding: str = "utf-8") -> None:
        self._lines = Lines(path, encoding)

    def close(self) -> None:
        """Let go of the file."""
        self._lines.close()

    def position_bytes(self) -> int:
        """How far the file has been read."""
        return self._lines.position_bytes()

    def size_bytes(self) -> int:
        """The size of the file on disk."""
        return self._lines.size_bytes

    def rows(self) -> Iterator[tuple[int, bytes | Rejection]]:
        """Yield lines that are not blank, unparsed."""
        while True:
            try:
                raw = self._lines.next_bytes()
            except StopIteration:
                return
            except Refused as error:
                line = self._lines.number
                yield line, Rejection(line, error.field, error.reason, error.detail)
            else:
                if not raw.isspace():
                    yield self._lines.number, raw


def parsed(raw: bytes) -> dict[str, Any]:
    """Parse one object; Python's own ``NaN`` is understood, and left for the fields to refuse.

    Raises
    ------
    Refused
        It is no JSON object.
    """
    try:
        found = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        found = _lenient(raw, error)
    if not isinstance(found, dict):
        raise Refused("row", "not a JSON object", type(found).__name__)
    return found


def _lenient(raw: bytes, strict: orjson.JSONDecodeError) -> object:
    if b"NaN" not in raw and b"Infinity" not in raw:
        try:
            raw.decode()
        except UnicodeDecodeError as error:
            raise Refused("encoding", "not UTF-8; try --encoding", f"byte 0x{raw[error.start]:02x}") from None
        raise Refused("row", "not valid JSON", str(strict)[:120]) from None
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise Refused("row", "not valid JSON", str(strict)[:120]) from None
