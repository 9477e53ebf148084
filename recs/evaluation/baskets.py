"""Next basket: what somebody buys next, of all items, bought before or not."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from recs.candidates.sequence_model import SequenceTraining
from recs.errors import EmptyInputError, InvalidIdsError, UnreadableFileError
from recs.evaluation.reading import read_text, text_lines
from recs.evaluation.tasks import Questions, Task
from recs.sequences import Sequences
from recs.vocabulary import Vocabulary, encode_ids

_LEAST_BASKETS = 3


class BasketsProtocol:
    """The last basket of each customer is the test, the one before it validation; nothing is masked.

    Validation fits on all but the last two baskets, the test on all but the last. Recall counts the distinct
    items of the basket.

    Parameters
    ----------
    path : Path
        Lines of ``{"user": …, "baskets": [[item, …], …]}`` in time order, plain or ``.gz``.

    Raises
    ------
    UnreadableFileError, EmptyInputError, InvalidIdsError
    """

    name = "baskets"
    selection_cutoff = 10

    def __init__(self, path: Path) -> None:
        self._users = [user for user in _read_baskets(path) if len(user) >= _LEAST_BASKETS]
        if not self._users:
            raise EmptyInputError(f"{path}: no customer with {_LEAST_BASKETS} baskets")
        self._vocabulary = Vocabulary.of(
            [item for baskets in self._users for basket in baskets for item in basket]
        )

    def dataset(self) -> Mapping[str, int]:
        """Return the numbers of ``users``, ``items`` and ``interactions``."""
        return {
            "users": len(self._users),
            "items": len(self._vocabulary),
            "interactions": sum(len(basket) for baskets in self._users for basket in baskets),
        }

    def validation(self) -> Sequence[Task]:
        """Return the task of the last basket but one."""
        return (self._task(-2),)

    def test(self) -> Task:
        """Return the task of the last basket."""
        return self._task(-1)

    def refitted(self) -> Task | None:
        """Return None: the test already learns from all that came before it."""
        return None

    def _task(self, place: int) -> Task:
        past = self._sequences([baskets[:place] for baskets in self._users])
        answers = [sorted(set(baskets[place])) for baskets in self._users]
        owners = np.repeat(np.arange(len(answers)), [len(answer) for answer in answers])
        targets = self._vocabulary.positions([item for answer in answers for item in answer])
        questions = Questions(past, owners, targets, masked=False, clusters=np.arange(len(answers)))
        return Task(SequenceTraining(past), questions)

    def _sequences(self, users: Sequence[Sequence[Sequence[str]]]) -> Sequences:
        items = self._vocabulary.positions(
            [item for baskets in users for basket in baskets for item in basket]
        )
        numbers = [number for baskets in users for number, basket in enumerate(baskets) for _ in basket]
        lengths = [sum(len(basket) for basket in baskets) for baskets in users]
        starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        return Sequences(
            items.astype(np.int32),
            starts,
            len(self._vocabulary),
            np.zeros(items.size),
            np.array(numbers, dtype=np.int32),
        )


def _read_baskets(path: Path) -> list[list[list[str]]]:
    users: dict[Any, list[list[str]]] = {}
    kinds: set[type] = set()
    for number, line in enumerate(text_lines(read_text(path)), start=1):
        if not line.strip():
            continue
        try:
            user, baskets = _customer(json.loads(line))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            wanted = '{"user": …, "baskets": [[…], …]}'
            raise UnreadableFileError(
                f"{path}: line {number} is not {wanted} ({type(error).__name__}: {error})"
            ) from None
        if user in users:
            raise UnreadableFileError(f"{path}: user {user!r} has two lines, again line {number}")
        items = [item for basket in baskets for item in basket]
        kinds.update(map(type, items))
        if not (kinds <= {int} or kinds <= {str}):
            found = " and ".join(sorted(kind.__name__ for kind in kinds))
            raise InvalidIdsError(
                f"{path}: items must be all integers or all text; with line {number} there are {found}"
            )
        try:
            encode_ids(items)
        except InvalidIdsError as error:
            raise InvalidIdsError(f"{path}: line {number}: {error}") from None
        users[user] = [[str(item) for item in basket] for basket in baskets if basket]
    return list(users.values())


def _customer(row: Any) -> tuple[Any, list[list[Any]]]:
    user, baskets = row["user"], row["baskets"]
    if isinstance(user, bool) or not isinstance(user, int | str):
        raise TypeError(f"user is {user!r}, neither integer nor text")
    if not isinstance(baskets, list) or not all(isinstance(basket, list) for basket in baskets):
        raise TypeError("baskets are no list of lists")
    return user, baskets
