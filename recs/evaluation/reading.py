"""Reading the files that the command line takes; every refusal names the file."""

import csv
import gzip
import re
import zlib
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from recs.arrays import Mask
from recs.columns import ITEM_ID, USER_ID
from recs.errors import EmptyInputError, InvalidIdsError, UnreadableFileError
from recs.origin import Origin

_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]*)")
_CODE_LENGTH: Final = 8
_DIGITS_BY_CHANCE: Final = 0.2
"""Of codes of one length, such as hashes and ASINs, so many may have no letter and are text all the same."""


def read_table(path: Path, separator: str = ",", *, text_ids: bool = False) -> pd.DataFrame:
    """Read a CSV file, compressed or not.

    Parameters
    ----------
    path : Path
        Compressed (``.gz``) or not, with a header.
    separator : str
    text_ids : bool
        Read users and items as text whatever they look like. Without it they are integers if all of them are,
        text if none is, or if the file has all text and no number in quotes, or if they are codes of one
        length.

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
    InvalidIdsError
        Some users or items are integers and some are not: which ids are meant cannot be known.
    """
    try:
        kinds = dict.fromkeys((USER_ID, ITEM_ID), str) if text_ids else None
        frame = pd.read_csv(path, sep=separator, low_memory=False, dtype=kinds)
    except pd.errors.EmptyDataError:
        raise EmptyInputError(f"{path}: empty file") from None
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, EOFError) as error:
        raise UnreadableFileError(f"{path}: {error}") from error
    origin = Origin(str(path), separator)
    origin.mark(frame)
    for name in () if text_ids else (USER_ID, ITEM_ID):
        if name in frame.columns:
            _refuse_mixture(frame[name], origin)
    return frame


def _refuse_mixture(ids: "pd.Series[Any]", origin: Origin) -> None:
    """Refuse integers beside text: whether 7 and 007 are one id or two, nobody has said."""
    if pd.api.types.is_numeric_dtype(ids.dtype):
        return
    codes, distinct = pd.factorize(ids, use_na_sentinel=True)
    names = [str(each) for each in distinct]
    is_integer = np.array([_INTEGER.fullmatch(name) is not None for name in names], dtype=np.bool_)
    if is_integer.all() or not is_integer.any() or _are_codes(names, is_integer):
        return
    kinds = is_integer[codes]
    rows = np.flatnonzero(codes >= 0)
    other = int(rows[kinds[rows] != kinds[rows[0]]][0])
    if _is_quoted(Path(origin.name), origin.separator, str(ids.name)):
        return
    among = "text" if kinds[other] else "integers"
    raise InvalidIdsError(
        f"{origin}: {ids.name} must be all integers or all text; "
        f"{origin.row(other)} has {ids.iloc[other]!r} among {among} "
        "(to read them all as text, put text in quotes or ask for text ids)"
    )


def _are_codes(names: list[str], is_integer: Mask) -> bool:
    lengths = {len(name) for name in names}
    return len(lengths) == 1 and min(lengths) >= _CODE_LENGTH and is_integer.mean() <= _DIGITS_BY_CHANCE


def _is_quoted(path: Path, separator: str, name: str) -> bool:
    """Whether a file has all text in quotes, all of a column among it."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=separator, quoting=csv.QUOTE_NONNUMERIC)
        try:
            place = next(reader).index(name)
            return all(isinstance(row[place], str) for row in reader if row)
        except (ValueError, IndexError):  # a word without quotes
            return False


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
        Missing, or not text.
    """
    try:
        content = path.read_bytes()
        return (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    except (OSError, UnicodeDecodeError, EOFError, zlib.error) as error:
        raise UnreadableFileError(f"{path}: {error}") from error


def read_lines(path: Path) -> list[list[str]]:
    """Read the words of every line.

    Parameters
    ----------
    path : Path
        As of `read_text`.

    Returns
    -------
    list of list of str

    Raises
    ------
    UnreadableFileError
    """
    return [line.split() for line in read_text(path).splitlines()]


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
