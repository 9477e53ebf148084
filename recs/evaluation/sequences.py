"""Leave-one-out over sequences without times, for comparison with the literature."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from recs.arrays import StoredPositions
from recs.candidates.sequence_model import SequenceTraining
from recs.columns import ITEM_ID, TIMESTAMP, USER_ID
from recs.errors import EmptyInputError, UnreadableFileError
from recs.evaluation.judging import (
    SELECTION_METRIC,
    Judgement,
    ServedQuestions,
    judged,
    judgement_of,
    served,
)
from recs.evaluation.negatives import drawn_negatives
from recs.evaluation.reading import read_lines, read_sequences, read_table
from recs.evaluation.splits import leave_one_out
from recs.evaluation.tasks import Questions, Task
from recs.history import History
from recs.item_features import ITEM, ItemFeatures, described_by, item_features
from recs.recommender import HybridConfig, HybridRecommender
from recs.sequences import Sequences
from recs.vocabulary import Vocabulary

_SEED = 20_260_101


class SequencesProtocol:
    """Last item of each sequence for test, last but one for validation, fitted on all before.

    Parameters
    ----------
    path : Path
        See `read_sequences`.
    attributes : Path, optional
        CSV of items: see `item_features`.
    negatives : Path, optional
        See `read_sequences`: the user, then the items that the last item is ranked among. Validation then
        ranks among as many drawn at random, by a fixed seed, from the items that the user never met. Every
        model scores all that it can tell apart of these few, not only what it would name among all items;
        a blend ranks what no model knows by what is known of the item itself.

    Raises
    ------
    UnreadableFileError, EmptyInputError, MissingColumnsError
    """

    name = "sequences"
    selection_cutoff = 10

    def __init__(self, path: Path, attributes: Path | None = None, negatives: Path | None = None) -> None:
        self._sequences = read_sequences(path)
        self._split = leave_one_out(self._sequences)
        if not self._split.judged:
            raise EmptyInputError(f"{path}: no sequence of at least three items to judge by")
        self._vocabulary = Vocabulary.of(self._items())
        features = None
        if attributes is not None:
            features = self._described(attributes)
        self._negatives = None if negatives is None else self._fixed(negatives)
        self._training = SequenceTraining(self._rows(self._split.training), features)

    def dataset(self) -> Mapping[str, int]:
        """Return the numbers of ``users``, ``items`` and ``interactions`` of the whole file."""
        return {
            "users": len(self._sequences),
            "items": len(self._items()),
            "interactions": sum(len(items) for _, items in self._sequences),
        }

    def validation(self) -> Sequence[Task]:
        """Return the question about the last item but one."""
        negatives = None
        if self._negatives is not None:
            negatives = self._drawn(self._negatives.shape[1])
        return (Task(self._training, self._asked(-2, negatives)),)

    def test(self) -> Task:
        """Return the question about the last item."""
        return Task(self._training, self._asked(-1, self._negatives))

    def refitted(self) -> Task | None:
        """Return the test questions after training on all but the last item."""
        whole = [(user, items[:-1] if len(items) > 2 else items) for user, items in self._sequences]
        training = SequenceTraining(self._rows(whole), self._training.features)
        return Task(training, self._asked(-1, self._negatives))

    def judge(self, config: HybridConfig, cutoffs: Sequence[int], *, progress: bool) -> Judgement:
        """Fit once and ask twice: about the last item but one, then about the last.

        Parameters
        ----------
        config : HybridConfig
        cutoffs : sequence of int
        progress : bool

        Returns
        -------
        Judgement

        Notes
        -----
        The vocabulary is that of the whole file, so items that were never trained on are ranked too.
        """
        training = pd.DataFrame(
            [(user, item, 0.0) for user, items in self._split.training for item in items],
            columns=[USER_ID, ITEM_ID, TIMESTAMP],
        )
        catalogue = pd.DataFrame({ITEM_ID: self._items()})
        started = perf_counter()
        snapshot = HybridRecommender(config).fit(training, catalogue, as_of=0.0)
        fit_s = perf_counter() - started
        validation = judged(snapshot, self._served(-2), cutoffs, progress=progress)[SELECTION_METRIC]
        questions = self._served(-1)
        asked = served(snapshot, questions, max(cutoffs), progress=progress)
        return judgement_of(float(validation.mean()), asked, questions, self.test(), cutoffs, fit_s)

    def _rows(self, sequences: Sequence[tuple[str, list[str]]]) -> Sequences:
        flat = self._vocabulary.positions([item for _, items in sequences for item in items])
        return Sequences.of(
            np.split(flat, np.cumsum([len(items) for _, items in sequences])[:-1]), len(self._vocabulary)
        )

    def _asked(self, place: int, negatives: StoredPositions | None) -> Questions:
        users = self._split.judged
        targets = self._vocabulary.positions([items[place] for _, items in users])
        own = np.arange(len(users))
        histories = self._rows([(user, items[:place]) for user, items in users])
        return Questions(histories, own, targets, masked=True, clusters=own, negatives=negatives)

    def _described(self, path: Path) -> ItemFeatures:
        # Items of sequences are text, so 007 in a table is not their 7.
        table = read_table(path, ids=(ITEM, ITEM_ID), text_ids=True)
        features = item_features(table, self._vocabulary, str(path))
        named = ITEM if ITEM in table.columns else ITEM_ID
        if not table[named].isin(self._items()).any():
            raise EmptyInputError(f"{path}: describes none of the items of the sequences")
        if not described_by(table):
            raise EmptyInputError(f"{path}: says nothing of items, which have no column but {named}")
        return features

    def _fixed(self, path: Path) -> StoredPositions:
        lines = {words[0]: number for number, words in enumerate(read_lines(path), start=1) if words}
        by_user = dict(read_sequences(path))
        judged = self._split.judged
        missing = [user for user, _ in judged if user not in by_user]
        if missing:
            raise UnreadableFileError(f"{path}: no negatives for user {missing[0]!r}")
        items = {item for _, row in self._sequences for item in row}
        count = len(by_user[judged[0][0]])
        for user, sequence in judged:
            negatives, fault = by_user[user], ""
            if len(negatives) != count:
                fault = f"{len(negatives)} negatives where others have {count}"
            elif len({*negatives}) != count:
                fault = "an item twice"
            elif sequence[-1] in negatives:
                fault = f"the answer {sequence[-1]!r} among the negatives"
            elif not items.issuperset(negatives):
                fault = f"unknown item {next(item for item in negatives if item not in items)!r}"
            if fault:
                raise UnreadableFileError(f"{path}: {fault} in line {lines[user]}")
        known = self._vocabulary.positions([item for user, _ in judged for item in by_user[user]])
        return known.reshape(len(judged), -1).astype(np.int32)

    def _drawn(self, count: int) -> StoredPositions:
        return drawn_negatives(self._rows(self._split.judged), count, np.random.default_rng(_SEED))

    def _items(self) -> list[str]:
        return sorted({item for _, items in self._sequences for item in items})

    def _served(self, place: int) -> ServedQuestions:
        histories = [History(items[:place]) for _, items in self._split.judged]
        targets = [items[place] for _, items in self._split.judged]
        return ServedQuestions(histories, np.arange(len(histories)), targets)
