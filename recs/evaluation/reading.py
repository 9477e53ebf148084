"""Reading the files that the command line takes; every refusal names the file."""

import gzip
import re
import zlib
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from recs.columns import ITEM_ID, USER_ID
from recs.errors import EmptyInputError, InvalidIdsError, UnreadableFileError
from recs.origin import Origin

_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]*)")
_FEW_STRANGERS: Final = (
    0.1  # article numbers of real shops are digits, a quarter of them with a letter behind
)


def read_table(path: Path, separator: str = ",") -> pd.DataFrame:
    """Read a CSV file, compressed or not.

    Parameters
    ----------
    path : Path
        Compressed (``.gz``) or not, with a header.
    separator : str

    Returns
    -------
    DataFrame
        Errors about it name the file and the line. Ids of which many are no integers are all text.

    Raises
    ------
    UnreadableFileError
        Missing, not text, or not a table.
    EmptyInputError
        No header.
    InvalidIdsError
        Nearly all users or items are integers, and some are not.
    """
    try:
        frame = pd.read_csv(path, sep=separator, low_memory=False)
    except pd.errors.EmptyDataError:
        raise EmptyInputError(f"{path}: empty file") from None
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, EOFError) as error:
        raise UnreadableFileError(f"{path}: {error}") from error
    origin = Origin(str(path), separator)
    origin.mark(frame)
    for name in {USER_ID, ITEM_ID}.intersection(frame.columns):
        _refuse_strangers(frame[name], origin)
    return frame


def _refuse_strangers(ids: "pd.Series[Any]", origin: Origin) -> None:
    """Refuse integers among which a few are none: read as text, they would be other ids than were meant."""
    if pd.api.types.is_numeric_dtype(ids.dtype):
        return
    codes, distinct = pd.factorize(ids, use_na_sentinel=True)
    strange = np.array([_INTEGER.fullmatch(str(each)) is None for each in distinct], dtype=np.bool_)
    if strange.any() and strange.mean() <= _FEW_STRANGERS:
        row = int(np.flatnonzero((codes >= 0) & strange[codes])[0])
        raise InvalidIdsError(
            f"{origin}: {ids.name} must be all integers or all text; "
            f"{origin.row(row)} has {ids.iloc[row]!r} among integers"
        )


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
