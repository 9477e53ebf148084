"""Reads fixed-width query results as numpy arrays through binary COPY: no Python object per row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import asyncpg
import numpy as np
from numpy.typing import NDArray

Kind = Literal["int8", "int2", "float8", "float4"]
_FORMATS: dict[Kind, str] = {"int8": ">i8", "int2": ">i2", "float8": ">f8", "float4": ">f4"}
_HEADER_BYTES = 19
_TRAILER_BYTES = 2


class UnexpectedCopyLayout(Exception):
    """A row has NULLs or another width than the kinds say."""


async def fetch_columns(
    connection: asyncpg.Connection | asyncpg.pool.PoolConnectionProxy,
    query: str,
    columns: Sequence[tuple[str, Kind]],
    *args: Any,
    timeout_s: float | None = None,
) -> NDArray[Any]:
    """Run a query whose columns are of these kinds and never NULL; return a structured array.

    Raises
    ------
    UnexpectedCopyLayout
        The result is not what ``columns`` promises.
    """
    chunks: list[bytes] = []

    async def collect(chunk: bytes) -> None:
        chunks.append(chunk)

    await connection.copy_from_query(query, *args, output=collect, format="binary", timeout=timeout_s)
    return parse_rows(b"".join(chunks), columns)


def parse_rows(stream: bytes, columns: Sequence[tuple[str, Kind]]) -> NDArray[Any]:
    """Parse a binary COPY stream.

    Raises
    ------
    UnexpectedCopyLayout
        As in `fetch_columns`.
    """
    layout = np.dtype(
        [("width", ">i2")]
        + [
            field
            for name, kind in columns
            for field in ((f"length of {name}", ">i4"), (name, _FORMATS[kind]))
        ]
    )
    size = len(stream) - _HEADER_BYTES - _TRAILER_BYTES
    if size < 0 or size % layout.itemsize:
        raise UnexpectedCopyLayout(f"{size} bytes are not rows of {layout.itemsize}")
    rows = np.frombuffer(stream, dtype=layout, count=size // layout.itemsize, offset=_HEADER_BYTES)
    if (rows["width"] != len(columns)).any():
        raise UnexpectedCopyLayout("a row has another number of columns")
    for name, kind in columns:
        if (rows[f"length of {name}"] != np.dtype(_FORMATS[kind]).itemsize).any():
            raise UnexpectedCopyLayout(f"{name} has a NULL or another type")
    return rows
