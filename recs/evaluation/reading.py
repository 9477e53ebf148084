"""Reading the files that the command line takes; every refusal names the file."""

import gzip
from pathlib import Path

import pandas as pd

from recs.errors import EmptyInputError, UnreadableFileError


def read_table(path: Path) -> pd.DataFrame:
    """Read a CSV file, compressed or not.

    Parameters
    ----------
    path : Path
        ``.csv`` or ``.csv.gz`` with a header.

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
        return pd.read_csv(path)
    except pd.errors.EmptyDataError:
        raise EmptyInputError(f"{path}: empty file") from None
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, EOFError) as error:
        raise UnreadableFileError(f"{path}: {error}") from error


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
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8") as lines
        ):
            tokens = [line.split() for line in lines]
    except (OSError, UnicodeDecodeError, EOFError) as error:
        raise UnreadableFileError(f"{path}: {error}") from error
    sequences = [(line[0], line[1:]) for line in tokens if len(line) > 1]
    if not sequences:
        raise EmptyInputError(f"{path}: no line with a user and an item")
    seen: set[str] = set()
    for user, _ in sequences:
        if user in seen:
            raise UnreadableFileError(f"{path}: user {user!r} has two lines")
        seen.add(user)
    return sequences
