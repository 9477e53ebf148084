"""Where the rows of a table come from, so that an error can say what to mend and where."""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Self

import pandas as pd

from recs.arrays import AnyArray
from recs.errors import UnreadableFileError

_KEY: Final = "recs.origin"


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """The table or file that rows stand in.

    Parameters
    ----------
    name : str
        Of the table; the path of a file.
    separator : str
        Between the fields of a file; empty for a table that was never a file.
    rows : ndarray of int64, optional
        Numbers of the rows that are left of it; None = all of them.
    """

    name: str
    separator: str = ""
    rows: AnyArray | None = None

    @classmethod
    def of(cls, frame: pd.DataFrame, table: str) -> "Origin":
        """Return where a table comes from; by the name it has here where it comes from no file."""
        found = frame.attrs.get(_KEY)
        return cls(*found) if found else cls(table)

    def __str__(self) -> str:
        return self.name

    def mark(self, frame: pd.DataFrame) -> None:
        """Write it down in a table that has just been read."""
        frame.attrs[_KEY] = (self.name, self.separator)

    def among(self, rows: AnyArray) -> Self:
        """Return the origin of some of its rows."""
        return replace(self, rows=rows)

    def row(self, row: int) -> str:
        """Say which row: the first of a table is row 1; by its line, as an editor counts, in a file."""
        number = row if self.rows is None else int(self.rows[row])
        return f"line {self._line(number)}" if self.separator else f"row {number + 1} (the first is row 1)"

    def first_text(self, column: "pd.Series[Any]") -> str:
        """Say where the first value is that is no number."""
        numbers = pd.to_numeric(column, errors="coerce")
        bad = (numbers.isna() & column.notna()).to_numpy()
        row = int(bad.argmax())
        return f"{self.row(row)} has {column.tolist()[row]!r}"

    def second_kind(self, column: "pd.Series[Any]") -> str:
        """Say where the first value is that is of another type than the one before it; nothing if none is."""
        kinds, rows = column.dropna().map(type), column.notna().to_numpy().nonzero()[0]
        odd = rows[(kinds != kinds.iloc[0]).to_numpy()] if rows.size else rows
        return f", the second kind first in {self.row(int(odd[0]))}" if odd.size else ""

    def _line(self, row: int) -> int:
        line = 1
        for place, (line, _) in enumerate(records(Path(self.name), self.separator)):
            if place == row + 1:  # after the header
                return line
        return line


def records(path: Path, separator: str, quoting: Any = csv.QUOTE_MINIMAL) -> Iterator[tuple[int, list[Any]]]:
    """Read the records of a file of fields, the header among them, each with the line where it begins.

    Parameters
    ----------
    path : Path
        UTF-8, compressed (``.gz``) or not.
    separator : str
    quoting : int
        As `csv.reader` takes it.

    Yields
    ------
    line : int
        From 1, as an editor counts: empty lines hold no record, a field in quotes may run over several.
    fields : list

    Raises
    ------
    UnreadableFileError
        A field that is longer than `csv` reads.
    ValueError
        With ``QUOTE_NONNUMERIC``, a word without quotes.
    """
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        reader, first = csv.reader(file, delimiter=separator, quoting=quoting), 1
        try:
            for record in reader:
                blank = len(record) == 1 and str(record[0]).isspace()
                if record and not blank:
                    yield first, record
                first = reader.line_num + 1
        except csv.Error as error:
            raise UnreadableFileError(f"{path}: line {first}: {error}") from None
