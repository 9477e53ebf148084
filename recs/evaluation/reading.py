"""Reading the files that the command line takes; every refusal names the file."""

import gzip
import zlib
from pathlib import Path

import pandas as pd

from recs.errors import EmptyInputError, UnreadableFileError


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

    Raises
    ------
    UnreadableFileError
        Missing, not text, or not a table.
    EmptyInputError
        No header.
    """
    try:
        return pd.read_csv(path, sep=separator)
    except pd.errors.EmptyDataError:
        raise EmptyInputError(f"{path}: empty file") from None
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, EOFError) as error:
        raise UnreadableFileError(f"{path}: {error}") from error


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
