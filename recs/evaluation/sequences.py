"""Leave-one-out over sequences without times, for comparison with the literature."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from recs.columns import ITEM_ID, TIMESTAMP, USER_ID
from recs.errors import EmptyInputError
from recs.evaluation.judging import SELECTION_METRIC, Judgement, Questions, judged
from recs.evaluation.reading import read_sequences
from recs.evaluation.splits import leave_one_out
from recs.history import History
from recs.recommender import HybridConfig, HybridRecommender


class SequencesProtocol:
    """Last item of each sequence for test, last but one for validation, fitted on all before.

    Parameters
    ----------
    path : Path
        See `read_sequences`.

    Raises
    ------
    UnreadableFileError, EmptyInputError
    """

    name = "sequences"

    def __init__(self, path: Path) -> None:
        self._sequences = read_sequences(path)
        self._split = leave_one_out(self._sequences)
        if not self._split.judged:
            raise EmptyInputError(f"{path}: no sequence of at least three items to judge by")

    def dataset(self) -> Mapping[str, int]:
        """Return the numbers of ``users``, ``items`` and ``interactions`` of the whole file."""
        return {
            "users": len(self._sequences),
            "items": len(self._items()),
            "interactions": sum(len(items) for _, items in self._sequences),
        }

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
        validation, _ = judged(snapshot, self._questions(-2), cutoffs, progress=progress)
        test, score_us = judged(snapshot, self._questions(-1), cutoffs, progress=progress)
        return Judgement(float(validation[SELECTION_METRIC].mean()), test, fit_s, score_us)

    def _items(self) -> list[str]:
        return sorted({item for _, items in self._sequences for item in items})

    def _questions(self, place: int) -> Questions:
        histories = [History(items[:place]) for _, items in self._split.judged]
        targets = [items[place] for _, items in self._split.judged]
        return Questions(histories, np.arange(len(histories)), targets)
