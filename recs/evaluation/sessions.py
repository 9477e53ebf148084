"""Next click in sessions: every prefix of every test session predicts its next item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from recs.arrays import AnyArray, Positions
from recs.candidates.sequence_model import SequenceTraining
from recs.columns import require_columns
from recs.errors import EmptyInputError, InvalidIdsError, UnreadableFileError
from recs.evaluation.reading import read_lines, read_table
from recs.evaluation.tasks import Questions, Task
from recs.interactions import seconds_of
from recs.origin import Origin
from recs.sequences import Sequences
from recs.vocabulary import Vocabulary, is_written_integer

_VALIDATION_SHARE: Final = 0.1
_MOST_VALIDATION_SESSIONS: Final = 8000
_LONGEST_HISTORY: Final = 50


@dataclass(frozen=True, slots=True, eq=False)
class SessionFile:
    """Sessions in date order.

    Attributes
    ----------
    names : list of str
        As the file has them, or the number of the line, from 1.
    rows : list of list of str
        Items in click order.
    """

    names: list[str]
    rows: list[list[str]]


def read_sessions(path: Path) -> SessionFile:
    """Read sessions.

    Parameters
    ----------
    path : Path
        ``.txt``: one session per line, items separated by spaces, sessions in date order. ``.tsv``:
        ``SessionId, ItemId, Time``. Either may be compressed (``.gz``).

    Returns
    -------
    SessionFile

    Raises
    ------
    UnreadableFileError, EmptyInputError, MissingColumnsError, InvalidIdsError, InvalidTimestampsError
    """
    if ".tsv" not in path.suffixes:
        lines = read_lines(path)
        kept = [(str(number), line) for number, line in enumerate(lines, start=1) if line]
    else:
        table = _clicks(path)
        by_session = [
            (float(group["Time"].iloc[-1]), str(name), group["ItemId"].tolist())
            for name, group in table.groupby("SessionId", sort=False)
        ]
        kept = [(name, row) for _, name, row in sorted(by_session, key=lambda each: each[0])]
    if not kept:
        raise EmptyInputError(f"{path}: no sessions")
    return SessionFile([name for name, _ in kept], [row for _, row in kept])


def _clicks(path: Path) -> pd.DataFrame:
    """Read clicks by session and time; sessions in the order of their numbers, where these are integers."""
    table = read_table(path, "\t", ids=("SessionId", "ItemId"), dates=("Time",), text_ids=True)
    require_columns(str(path), ("SessionId", "ItemId", "Time"), map(str, table.columns))
    origin = Origin.of(table, str(path))
    for name in ("SessionId", "ItemId"):
        missing = table[name].isna().to_numpy()
        if missing.any():
            raise InvalidIdsError(f"{path}: {name} is missing in {origin.row(int(missing.argmax()))}")
    table = table.assign(Time=seconds_of(table["Time"], origin), length=table["SessionId"].str.len())
    return table.sort_values(["length", "SessionId", "Time"], kind="stable")


class SessionsProtocol:
    """Every prefix of every test session predicts its next item; nothing is masked.

    Choices are made on the latest tenth of the training sessions, by models fitted on those before.

    Parameters
    ----------
    train, test : Path
        See `read_sessions`.
    only_lists : Path, optional
        Table of published lists, ``SessionId;Position;…``: ask only after the clicks (numbered from 0)
        that it names, none of them the last of its session. For ``.txt`` files the session is the number of
        the line, from 1.

    Raises
    ------
    UnreadableFileError, EmptyInputError, MissingColumnsError
    """

    name = "sessions"
    selection_cutoff = 20

    def __init__(self, train: Path, test: Path, only_lists: Path | None = None) -> None:
        learned, asked = read_sessions(train), read_sessions(test)
        self._vocabulary = Vocabulary.of([item for row in learned.rows for item in row])
        self._train = self._encoded(learned.rows)
        self._test_rows = [self._vocabulary.positions(row) for row in asked.rows]
        self._only = None if only_lists is None else _listed(only_lists, asked)
        for path, rows in ((train, learned.rows), (test, asked.rows)):
            if not any(len(row) > 1 for row in rows):
                raise EmptyInputError(f"{path}: no session of two clicks")
        if not any((row >= 0).any() for row in self._test_rows):
            raise EmptyInputError(f"{test}: none of its items is in {train}")
        self._n_clicks = sum(len(row) for row in learned.rows) + sum(len(row) for row in asked.rows)

    def dataset(self) -> Mapping[str, int]:
        """Return the numbers of sessions (as ``users``), ``items`` and ``interactions`` of both files."""
        return {
            "users": len(self._train) + len(self._test_rows),
            "items": len(self._vocabulary),
            "interactions": self._n_clicks,
        }

    def validation(self) -> Sequence[Task]:
        """Return the task of the latest training sessions."""
        n = len(self._train)
        held_out = min(_MOST_VALIDATION_SESSIONS, max(1, int(n * _VALIDATION_SHARE)))
        earlier = _aged(self._train.take(np.arange(n - held_out)))
        later = self._train.take(np.arange(n - held_out, n))
        rows = np.split(later.items, later.starts[1:-1])
        return (Task(SequenceTraining(earlier), self._asked(list(rows), None)),)

    def test(self) -> Task:
        """Return the task of the test sessions."""
        return Task(SequenceTraining(_aged(self._train)), self._asked(self._test_rows, self._only))

    def refitted(self) -> Task | None:
        """Return None: the test already learns from all that came before it."""
        return None

    def _encoded(self, rows: Sequence[Sequence[str]]) -> Sequences:
        return Sequences.of([self._vocabulary.positions(row) for row in rows], len(self._vocabulary))

    def _asked(self, rows: Sequence[AnyArray], only: set[tuple[int, int]] | None) -> Questions:
        flat = np.concatenate(list(rows)).astype(np.int64)
        lengths = np.array([len(row) for row in rows])
        session = np.repeat(np.arange(len(rows)), lengths)
        place = np.arange(flat.size) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        chosen = place > 0
        if only is not None:
            wanted = np.array(sorted(one * (1 << 32) + other for one, other in only), dtype=np.int64)
            chosen &= np.isin(session * np.int64(1 << 32) + place - 1, wanted)
        ends = np.flatnonzero(chosen)
        if ends.size == 0:
            raise EmptyInputError("no click of the test sessions is asked about")
        first = np.maximum(ends - place[ends], ends - _LONGEST_HISTORY)
        histories = _known(flat, first, ends, len(self._vocabulary))
        own = np.arange(ends.size)
        return Questions(histories, own, flat[ends], masked=False, clusters=session[ends])


def _known(flat: Positions, first: Positions, ends: Positions, n_items: int) -> Sequences:
    """Cut histories out of clicks; items that training never saw are left out."""
    before = np.concatenate(([0], np.cumsum(flat >= 0)))
    clicks = flat[flat >= 0].astype(np.int32)
    steps = np.arange(clicks.size, dtype=np.int32)
    whole = Sequences(
        clicks, np.array([0, clicks.size], dtype=np.int64), n_items, np.zeros(clicks.size), steps
    )
    return whole.slices(before[first], before[ends])


def _aged(sessions: Sequences) -> Sequences:
    n = len(sessions)
    ages = (n - 1 - sessions.rows) / max(1, n - 1)
    return Sequences(sessions.items, sessions.starts, sessions.n_items, ages, sessions.baskets)


def _listed(path: Path, asked: SessionFile) -> set[tuple[int, int]]:
    table = read_table(path, ";", ids=("SessionId", "Position"), text_ids=True)
    require_columns(str(path), ("SessionId", "Position"), map(str, table.columns))
    row_of = {name: row for row, name in enumerate(asked.names)}
    origin, wanted = Origin.of(table, str(path)), set[tuple[int, int]]()
    for number, (session, position) in enumerate(zip(table["SessionId"], table["Position"], strict=True)):
        row = row_of.get(session)
        if row is None:
            raise InvalidIdsError(
                f"{path}: session {session} of {origin.row(number)} is not in the test file"
            )
        last = len(asked.rows[row]) - 1
        if not is_written_integer(str(position)) or not 0 <= int(position) < last:
            raise UnreadableFileError(
                f"{path}: {origin.row(number)} has Position {position}; "
                f"session {session} has {last + 1} clicks, and lists follow all but the last, from 0"
            )
        wanted.add((row, int(position)))
    if not wanted:
        raise EmptyInputError(f"{path}: no lists")
    return wanted
