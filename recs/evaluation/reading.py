"""Reading the files that the command line takes; every refusal names the file."""

import io
import re
import zlib
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final, cast

import pandas as pd
from tqdm import tqdm

from recs.columns import BRAND, CATEGORY, ITEM_ID, LISTED_AT, TIMESTAMP, USER_ID
from recs.errors import (
    EmptyInputError,
    InvalidTimestampsError,
    RepeatedColumnError,
    UnreadableFileError,
)
from recs.evaluation.id_columns import meant_ids, meant_labels
from recs.evaluation.raw_bytes import NulError, WatchedBytes, not_text, opened_bytes, unpacked
from recs.origin import Origin, records

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_LENGTH: Final = 10
_MISSING: Final = (
    *("", "NA", "N/A", "n/a", "NaN", "nan", "-NaN", "-nan", "<NA>", "None", "NULL", "null"),
    *("#NA", "#N/A", "#N/A N/A", "1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN"),
)
"""What stands for a missing value, except in ids that are asked for as text: NA may well be one of those."""
_WORDS: Final = re.compile(r"[^ \t]+")
_ODD_BREAKS: Final = "\v\f\x1c\x1d\x1e\x1f"
"""What `str.split` takes for the end of a word, or of a line, and no editor does."""


def read_table(
    path: Path,
    separator: str = ",",
    *,
    ids: Sequence[str] = (USER_ID, ITEM_ID),
    dates: Sequence[str] = (TIMESTAMP, LISTED_AT),
    text_ids: bool = False,
    progress: bool = False,
) -> pd.DataFrame:
    """Read a CSV file, compressed or not.

    Parameters
    ----------
    path : Path
        UTF-8, compressed (``.gz``) or not, with a header; no line with more fields than it.
    separator : str
    ids : sequence of str
        Columns of ids, where there are such.
    dates : sequence of str
        Columns of times, where there are such: numbers stay what they are, ISO 8601 dates become datetimes,
        UTC when naive.
    text_ids : bool
        Read ids as text whatever they look like, ``NA`` and ``null`` too. Without it see `meant_ids`:
        integers, of which each has one spelling, or text, never both.
    progress : bool
        Show a progress bar on standard error.

    Returns
    -------
    DataFrame
        Errors about it name the file and the line.

    Raises
    ------
    UnreadableFileError
        Missing, not text, or not a table.
    EmptyInputError
        No header.
    RepeatedColumnError
    InvalidIdsError
        Some ids are integers and some are not, or all are numbers and no integers: which are meant cannot be
        known.
    InvalidTimestampsError
        Some times are dates and some are not.

    Notes
    -----
    5 million rows of three integers: about 0.8 s, and twice that where ids may have a second spelling.
    """
    origin = Origin(str(path), separator)
    try:
        header = _checked_header(path, separator)
        named = [name for name in ids if name in header]
        missing = {name: [""] if text_ids and name in named else [*_MISSING] for name in header}
        kinds = dict.fromkeys(named, str) if text_ids else None
        frame, odd = _parsed(path, separator, kinds, missing=missing, progress=progress)
        origin.mark(frame)
        if not text_ids:
            _read_ids(frame, named, odd, origin)
        for name in (CATEGORY, BRAND):
            if name in header and (odd or not _is_plain(frame[name])) and not _is_text(frame[name]):
                frame[name] = meant_labels(frame[name], _as_written(origin, [name])[name])
    except pd.errors.EmptyDataError:
        raise EmptyInputError(f"{path}: empty file") from None
    except (UnicodeDecodeError, NulError):
        raise not_text(path) from None
    except (OSError, pd.errors.ParserError, EOFError, zlib.error) as error:
        raise UnreadableFileError(f"{path}: {str(error).strip()}") from error
    for name in dates:
        if name in header and _is_text(frame[name]):
            frame[name] = _times(frame[name], origin)
    return frame


def _checked_header(path: Path, separator: str) -> list[str]:
    """Return the names of the columns; a parser would shift the columns of a row that has more fields."""
    rows = list(islice(records(path, separator), 2))
    if not rows:
        raise pd.errors.EmptyDataError
    header = [str(name) for name in rows[0][1]]
    for line, fields in rows[1:]:
        if len(fields) > len(header):
            raise UnreadableFileError(
                f"{path}: line {line} has {len(fields)} fields, the header has {len(header)}"
            )
    repeated = [name for place, name in enumerate(header) if name and name in header[:place]]
    if repeated:
        raise RepeatedColumnError(str(path), repeated[0])
    return header


def _parsed(
    path: Path,
    separator: str,
    kinds: dict[str, Any] | None,
    columns: list[str] | None = None,
    *,
    missing: dict[str, list[str]] | None = None,
    progress: bool = False,
) -> tuple[pd.DataFrame, bool]:
    """Return a table, and whether it may have integers that are written oddly."""
    with (
        path.open("rb") as packed,
        tqdm(
            total=path.stat().st_size,
            desc=f"reading {path.name}",
            unit="B",
            unit_scale=True,
            disable=not progress,
        ) as bar,
        unpacked(packed, path) as source,
    ):
        watched = WatchedBytes(
            source,
            separator,
            watch_integers=kinds is None,
            tell=lambda: bar.update(packed.tell() - bar.n),
        )
        text: Any = io.TextIOWrapper(cast("Any", watched), encoding="utf-8-sig", newline="")
        table = pd.read_csv(
            text,
            sep=separator,
            low_memory=False,
            dtype=kinds,
            usecols=columns,
            index_col=False,
            keep_default_na=missing is None,
            na_values=missing,
        )
        return table, watched.odd


def _read_ids(frame: pd.DataFrame, names: list[str], odd: bool, origin: Origin) -> None:
    """Put ids in their places as they are meant; those that a parser took for numbers are read again."""
    parsed = [name for name in names if not _is_text(frame[name]) and (odd or not _is_plain(frame[name]))]
    written = _as_written(origin, parsed) if parsed and len(frame) else frame
    for name in names if len(frame) else ():
        if name in parsed or _is_text(frame[name]):
            frame[name] = meant_ids(written[name] if name in parsed else frame[name], origin)


def _as_written(origin: Origin, names: list[str]) -> pd.DataFrame:
    """Read some columns as text: a parser that takes 007 for 7 does so for categories too."""
    return _parsed(Path(origin.name), origin.separator, dict.fromkeys(names, str), names)[0]


def _is_plain(column: "pd.Series[Any]") -> bool:
    return column.dtype == "int64"


def _is_text(column: "pd.Series[Any]") -> bool:
    return isinstance(column.dtype, pd.StringDtype)


def _times(column: "pd.Series[Any]", origin: Origin) -> "pd.Series[Any]":
    present = column.dropna()
    if present.empty or not _DATE.match(present.iloc[0]):
        return column
    times = pd.to_datetime(column, format="ISO8601", utc=True, errors="coerce")
    dashed = (column.str.slice(4, 5) == "-") & (column.str.len() >= _DATE_LENGTH)
    bad = column.notna().to_numpy() & ~(times.notna() & dashed).to_numpy(dtype=bool)
    if bad.any():
        row = int(bad.argmax())
        raise InvalidTimestampsError(
            f"{origin}: {column.name} must be all unix seconds or all ISO 8601 dates; "
            f"{origin.row(row)} has {column.iloc[row]!r} among dates"
        )
    return times


def read_text(path: Path) -> str:
    """Read a text file, compressed or not.

    Parameters
    ----------
    path : Path
        Plain or ``.gz``, UTF-8.

    Returns
    -------
    str

    Raises
    ------
    UnreadableFileError
        Missing, or not text; naming the line.
    """
    try:
        with opened_bytes(path) as file:
            content = file.read()
        if b"\0" in content:
            raise not_text(path)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise not_text(path) from None
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFileError(f"{path}: {error}") from error


def text_lines(text: str) -> list[str]:
    """Split text into lines as editors do: at line feeds and carriage returns, at nothing else.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of str
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def read_lines(path: Path) -> list[list[str]]:
    """Read the words of every line: what stands between spaces and tabs.

    Parameters
    ----------
    path : Path
        As of `read_text`.

    Returns
    -------
    list of list of str
        Line 1 first; empty lines have no words.

    Raises
    ------
    UnreadableFileError
    """
    text = read_text(path)
    if text.isascii() and not any(mark in text for mark in _ODD_BREAKS):
        return [line.split() for line in text_lines(text)]
    return [_WORDS.findall(line) for line in text_lines(text)]


def read_sequences(path: Path) -> list[tuple[str, list[str]]]:
    """Read one user per line: the user, then items in time order, separated by spaces.

    Parameters
    ----------
    path : Path
        Plain or ``.gz``.

    Returns
    -------
    list of (user, items)

    Raises
    ------
    UnreadableFileError
        Missing, not text, or a user appears twice.
    EmptyInputError
        No interactions.
    """
    tokens = read_lines(path)
    sequences = [(line[0], line[1:]) for line in tokens if len(line) > 1]
    if not sequences:
        raise EmptyInputError(f"{path}: no line with a user and an item")
    seen: set[str] = set()
    for user, _ in sequences:
        if user in seen:
            raise UnreadableFileError(f"{path}: user {user!r} has two lines")
        seen.add(user)
    return sequences
