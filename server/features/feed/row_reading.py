"""Reads bodies in bulk: every row is judged for itself, and the good ones are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import orjson
from pydantic import BaseModel, ValidationError
from quart import request

from server.core.problems import FieldError, Invalid, Malformed, UnsupportedMediaType
from server.features.feed.domain import RowError
from server.features.feed.row_schemas import MAX_ROWS

NDJSON = frozenset({"application/x-ndjson", "application/ndjson", "application/jsonl"})
MAX_ERRORS_TOLD = 100
# So many rows are judged before the loop may turn for others: about a millisecond.
TURN = 250
_NUL = b"\\u0000"

M = TypeVar("M", bound=BaseModel)
Row = dict[str, Any]


@dataclass(slots=True)
class ReadRows:
    """The rows of a body: how many, those that can be kept, and why the others cannot."""

    n_rows: int = 0
    kept: list[Row] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    n_repeated: int = 0


async def read_rows(key: str, model: type[M], shape: Callable[[int, M], Row]) -> ReadRows:
    """Read the body of the current request; ``key`` names the list in a JSON object.

    Raises
    ------
    UnsupportedMediaType
        Neither JSON nor one JSON value per line.
    Malformed
        Not readable at all.
    Invalid
        No list, no rows or too many, or not one row that can be kept.
    """
    rows = _split(key, await _body(), is_ndjson=request.mimetype in NDJSON)
    if not 1 <= len(rows) <= MAX_ROWS:
        raise Invalid(f"Send 1 to {MAX_ROWS} rows, not {len(rows)}.", code="rows.count")
    read = ReadRows(n_rows=len(rows))
    for index, row in enumerate(rows):
        if index % TURN == TURN - 1:
            await asyncio.sleep(0)
        try:
            read.kept.append(shape(index, _validated(model, row)))
        except ValidationError as error:
            read.errors += _row_errors(index, error)
        except RowFault as fault:
            read.errors.append(RowError(index, fault.field, fault.code, str(fault)))
    if not read.kept:
        raise Invalid("Not one row can be kept.", code="rows.all_rejected", errors=_told(read.errors))
    return read


class RowFault(Exception):
    """A row breaks a rule that its schema cannot tell."""

    def __init__(self, field_name: str, code: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field_name
        self.code = code


async def _body() -> bytes:
    if not (request.is_json or request.mimetype in NDJSON):
        raise UnsupportedMediaType("Send application/json or application/x-ndjson.")
    body = cast("bytes", await request.get_data(as_text=False, parse_form_data=False))
    try:
        body.decode()
    except UnicodeDecodeError as error:
        raise Malformed("The body is not UTF-8.") from error
    return body


def _split(key: str, body: bytes, *, is_ndjson: bool) -> Sequence[Any]:
    if is_ndjson:
        return [_line(line) for line in body.splitlines() if line.strip()]
    try:
        content = orjson.loads(body)
    except ValueError as error:
        raise Malformed(f"The body is not valid JSON: {error}.") from error
    if isinstance(content, dict):
        if set(content) != {key}:
            raise Invalid(f"The object must hold {key} and nothing else.", code="rows.missing")
        content = content[key]
    if not isinstance(content, list):
        raise Invalid("Send a list of rows.", code="rows.missing")
    return content


def _line(line: bytes) -> Any:
    try:
        return orjson.loads(line)
    except ValueError as error:
        return RowFault("", "json_invalid", f"The line is not valid JSON: {error}.")


def _validated(model: type[M], row: Any) -> M:
    if isinstance(row, RowFault):
        raise row
    try:
        encoded = orjson.dumps(row)
    except (TypeError, ValueError) as error:
        raise RowFault("", "json_invalid", f"The row cannot be read: {error}.") from error
    if _NUL in encoded:
        raise RowFault("", "nul", "NUL characters are not accepted.")
    return model.model_validate_json(encoded)


def _row_errors(index: int, error: ValidationError) -> list[RowError]:
    details = error.errors(include_url=False, include_context=False, include_input=False)
    return [
        RowError(index, ".".join(str(part) for part in detail["loc"])[:200], detail["type"], detail["msg"])
        for detail in details[:10]
    ]


def _told(errors: list[RowError]) -> list[FieldError]:
    return [
        FieldError(f"/{e.row}" + ("/" + e.field.replace(".", "/") if e.field else ""), e.code, e.detail)
        for e in errors[:MAX_ERRORS_TOLD]
    ]
