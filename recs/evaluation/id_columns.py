"""Which ids a column of a text file means: integers, or text, and never two spellings of one."""

import csv
import re
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from recs.arrays import AnyArray, Mask
from recs.errors import InvalidIdsError
from recs.origin import Origin, records
from recs.vocabulary import is_written_integer

_NUMBER: Final = re.compile(r"\s*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?\s*")
_CODE_LENGTH: Final = 8
_DIGITS_BY_CHANCE: Final = 0.2
"""Of codes of one length, such as hashes and ASINs, so many may have no letter and are text all the same."""
_HINT: Final = "to read them all as text, put text in quotes or ask for text ids"


def meant_ids(raw: "pd.Series[Any]", origin: Origin) -> "pd.Series[Any]":
    """Turn a column of ids as they are written into integers or text.

    Parameters
    ----------
    raw : Series
        Text; may have missing values, which are left for others to name.
    origin : Origin

    Returns
    -------
    Series
        Of int64 where every id is written as an integer is; the text as it is where none is, where the file
        has all its text in quotes, and where they are codes of one length.

    Raises
    ------
    InvalidIdsError
        Some are integers and others are not, so that nobody knows whether 7 and 007 are one id or two; all
        are numbers but no integers, such as 7.0; or an integer is outside int64.

    Notes
    -----
    O(n), a Python call per distinct id.
    """
    codes, distinct = pd.factorize(raw, use_na_sentinel=True)
    names = [str(each) for each in distinct]
    is_integer = np.array([is_written_integer(name) for name in names], dtype=np.bool_)
    if is_integer.all():
        return _integers(raw, codes, names, origin)
    if not is_integer.any():
        _refuse_numbers(raw, codes, names, origin)
    elif not (_are_codes(names, is_integer) or _is_quoted(origin, str(raw.name))):
        rows = np.flatnonzero(codes >= 0)
        kinds = is_integer[codes]
        other = int(rows[kinds[rows] != kinds[rows[0]]][0])
        among = "text" if kinds[other] else "integers"
        raise InvalidIdsError(
            f"{origin}: {raw.name} must be all integers or all text; "
            f"{origin.row(other)} has {names[codes[other]]!r} among {among} ({_HINT})"
        )
    return raw


def meant_labels(parsed: "pd.Series[Any]", raw: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return labels, such as categories, as numbers only where no spelling is lost by that.

    Parameters
    ----------
    parsed, raw : Series
        The same column as a parser took it, and as it is written.

    Returns
    -------
    Series
    """
    plain = all(is_written_integer(str(name).removesuffix(".0")) for name in raw.dropna().unique())
    return parsed if plain else raw


def _integers(raw: "pd.Series[Any]", codes: AnyArray, names: list[str], origin: Origin) -> "pd.Series[Any]":
    if not names or int(codes.min()) < 0:
        return raw
    try:
        values = np.array([int(name) for name in names], dtype=np.int64)
    except OverflowError:
        limits = np.iinfo(np.int64)
        outside = np.array([not limits.min <= int(name) <= limits.max for name in names])
        row = int(np.flatnonzero(outside[codes])[0])
        raise InvalidIdsError(
            f"{origin}: {raw.name}: an integer id is outside int64; "
            f"{origin.row(row)} has {names[codes[row]]} ({_HINT})"
        ) from None
    return pd.Series(values[codes], index=raw.index, name=raw.name)


def _refuse_numbers(raw: "pd.Series[Any]", codes: AnyArray, names: list[str], origin: Origin) -> None:
    odd = np.array([not name.isdecimal() for name in names], dtype=np.bool_)
    if odd.any() and all(_NUMBER.fullmatch(name) for name in names):
        row = int(np.flatnonzero(odd[codes] & (codes >= 0))[0])
        raise InvalidIdsError(
            f"{origin}: {raw.name}: ids must be integers or text; {origin.row(row)} has "
            f"{names[codes[row]]!r}, which is no integer as it is written ({_HINT})"
        )


def _are_codes(names: list[str], is_integer: Mask) -> bool:
    lengths = {len(name) for name in names}
    return len(lengths) == 1 and min(lengths) >= _CODE_LENGTH and is_integer.mean() <= _DIGITS_BY_CHANCE


def _is_quoted(origin: Origin, name: str) -> bool:
    """Whether a file has all text in quotes, all of a column among it."""
    try:
        rows = records(Path(origin.name), origin.separator, csv.QUOTE_NONNUMERIC)
        place = next(rows)[1].index(name)
        return all(isinstance(row[place], str) for _, row in rows)
    except (ValueError, IndexError):  # a word without quotes
        return False
