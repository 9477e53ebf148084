"""Rolling origins over events with times: the protocol that the shop's own choices rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from recs.arrays import AnyArray, Mask
from recs.candidates.item_to_item import sequences_of
from recs.candidates.sequence_model import SequenceTraining
from recs.catalogue import catalogue_ids, listing_times
from recs.columns import DAY_S, EVENT, ITEM_ID, LISTED_AT, TIMESTAMP, USER_ID, event_codes
from recs.errors import ConfigurationError, EmptyInputError
from recs.evaluation.judging import (
    SELECTION_METRIC,
    Judgement,
    ServedQuestions,
    judged,
    judgement_of,
    served,
)
from recs.evaluation.reading import read_table
from recs.evaluation.splits import Fold, rolling_origins
from recs.evaluation.tasks import Questions, Task
from recs.history import History
from recs.interactions import Interactions
from recs.item_features import ItemFeatures, described_items
from recs.origin import Origin
from recs.recommender import HybridConfig, HybridRecommender
from recs.snapshot import RecommenderSnapshot
from recs.vocabulary import Vocabulary

_LONGEST_WINDOW_S = 7 * DAY_S
_SHARE_OF_LOG = 0.1
_LEAST_FOLDS = 2


@dataclass(frozen=True, slots=True, eq=False)
class ServedFold:
    """What a snapshot is fitted on and asked at one moment."""

    past: pd.DataFrame
    catalogue: pd.DataFrame | None
    at: float
    questions: ServedQuestions


class EventsProtocol:
    """Each fold learns from everything before a moment and is asked about the window after it.

    Parameters
    ----------
    path : Path or DataFrame
        CSV, or a table that has been read, with ``user_id, item_id, timestamp`` and optionally ``event``,
        ``weight``.
    items : Path or DataFrame, optional
        The same with ``item_id`` and optionally ``category``, ``brand``, ``listed_at``; items listed after a
        fold's moment do not exist for it.
    folds : int, at least 2
        The last is the test, the others are validation.
    window_s : float, optional
        Seconds; default a tenth of the log, at most 7 days.

    Raises
    ------
    UnreadableFileError, EmptyInputError, MissingColumnsError, ConfigurationError
    InvalidIdsError, InvalidTimestampsError, InvalidWeightsError, UnknownEventError, DuplicateItemsError
    """

    name = "events"
    selection_cutoff = 10

    def __init__(
        self,
        path: Path | pd.DataFrame,
        items: Path | pd.DataFrame | None = None,
        *,
        folds: int = 3,
        window_s: float | None = None,
        text_ids: bool = False,
    ) -> None:
        if folds < _LEAST_FOLDS:
            raise ConfigurationError(
                f"folds must be at least {_LEAST_FOLDS}, one to choose by and one to publish, not {folds}"
            )
        table = read_table(path, text_ids=text_ids) if isinstance(path, Path) else path
        self._items = read_table(items, text_ids=text_ids) if isinstance(items, Path) else items
        known = () if self._items is None else catalogue_ids(self._items)
        checked = Interactions.of(table, item_ids=known)
        self._origin = Origin.of(table, "interactions")
        # One set of times in unix seconds, whatever the file held.
        self._interactions = table.assign(**{TIMESTAMP: checked.timestamps}).sort_values(
            TIMESTAMP, kind="stable"
        )
        if self._items is not None and self._items.empty:
            raise EmptyInputError(f"{Origin.of(self._items, 'items')}: no items")
        if self._items is not None and LISTED_AT in self._items.columns:
            self._items = self._items.assign(**{LISTED_AT: listing_times(self._items)})
        stamps = checked.timestamps
        span = float(stamps.max() - stamps.min()) if stamps.size else 0.0
        window = min(_LONGEST_WINDOW_S, span * _SHARE_OF_LOG) if window_s is None else window_s
        if window_s is None:
            window = window or 1.0
        try:
            self._folds = rolling_origins(stamps, folds=folds, window_s=window)
        except (ConfigurationError, EmptyInputError) as error:
            raise type(error)(f"{self._origin}: {error}") from None

    def dataset(self) -> Mapping[str, int]:
        """Return the numbers of ``users``, ``items`` and ``interactions`` of the whole file."""
        return {
            "users": int(self._interactions[USER_ID].nunique()),
            "items": int(self._interactions[ITEM_ID].nunique()),
            "interactions": len(self._interactions),
        }

    def validation(self) -> Sequence[Task]:
        """Return the tasks of all folds but the last."""
        return [self._task(fold, self._known()) for fold in self._folds[:-1]]

    def test(self) -> Task:
        """Return the task of the last fold."""
        return self._task(self._folds[-1], self._known())

    def refitted(self) -> Task | None:
        """Return None: the test already learns from all that came before it."""
        return None

    def _known(self) -> AnyArray:
        known: AnyArray = self._interactions[ITEM_ID].unique()
        return known

    def _task(self, fold: Fold, known: AnyArray) -> Task:
        past = Interactions.of(fold.past(self._interactions), as_of=fold.at, item_ids=known)
        training = sequences_of(past)
        targets = self._new_items(fold)
        users, names = pd.factorize(targets[USER_ID])
        order = np.argsort(users, kind="stable")
        rows = past.users.positions(names)
        starts, ends = training.starts[rows], training.starts[rows + 1]
        histories = training.slices(np.where(rows < 0, 0, starts), np.where(rows < 0, 0, ends))
        asked = Questions(
            histories,
            users[order].astype(np.int64),
            past.items.positions(targets[ITEM_ID].to_numpy()[order]),
            masked=True,
            clusters=np.arange(len(names)),
            eligible=self._eligible(fold, past.items),
        )
        return Task(SequenceTraining(training, self._features(past.items)), asked)

    def _eligible(self, fold: Fold, vocabulary: Vocabulary) -> Mask | None:
        catalogue = self._catalogue(fold)
        if catalogue is None:
            return None
        listed = np.zeros(len(vocabulary), dtype=np.bool_)
        positions = vocabulary.positions(catalogue[ITEM_ID].to_numpy())
        listed[positions[positions >= 0]] = True
        return listed

    def _features(self, vocabulary: Vocabulary) -> ItemFeatures | None:
        return described_items(self._items, vocabulary)

    def judge(self, config: HybridConfig, cutoffs: Sequence[int], *, progress: bool) -> Judgement:
        """Fit and ask at every fold.

        Parameters
        ----------
        config : HybridConfig
        cutoffs : sequence of int
        progress : bool

        Returns
        -------
        Judgement
            Validation is the mean over all folds but the last.

        Raises
        ------
        EmptyInputError
            A fold in which nobody met anything new.
        """
        means = []
        for fold in self._folds[:-1]:
            past = fold.past(self._interactions)
            questions = self._served(fold, past)
            snapshot, _ = self._fitted(config, fold, past)
            metrics = judged(snapshot, questions, cutoffs, progress=progress)
            means.append(float(metrics[SELECTION_METRIC].mean()))
        last = self._folds[-1]
        past = last.past(self._interactions)
        questions = self._served(last, past)
        snapshot, fit_s = self._fitted(config, last, past)
        asked = served(snapshot, questions, max(cutoffs), progress=progress)
        task = self._task(last, snapshot.vocabulary.ids_at(np.arange(snapshot.n_items)))
        return judgement_of(float(np.mean(means)), asked, questions, task, cutoffs, fit_s)

    @property
    def n_folds(self) -> int:
        """How many moments of judgement there are, the test included."""
        return len(self._folds)

    def served_folds(self) -> list[ServedFold]:
        """Return what snapshots are fitted on and asked at every moment, the test last.

        Returns
        -------
        list of ServedFold

        Raises
        ------
        EmptyInputError
            A fold in which nobody met anything new.
        """
        found = []
        for fold in self._folds:
            past = fold.past(self._interactions)
            found.append(ServedFold(past, self._catalogue(fold), fold.at, self._served(fold, past)))
        return found

    def _fitted(
        self, config: HybridConfig, fold: Fold, past: pd.DataFrame
    ) -> tuple[RecommenderSnapshot, float]:
        started = perf_counter()
        snapshot = HybridRecommender(config).fit(past, self._catalogue(fold), as_of=fold.at)
        return snapshot, perf_counter() - started

    def _catalogue(self, fold: Fold) -> pd.DataFrame | None:
        if self._items is None or LISTED_AT not in self._items.columns:
            return self._items
        stamps = self._items[LISTED_AT]
        return self._items[stamps.isna() | (stamps <= fold.at)]

    def _served(self, fold: Fold, past: pd.DataFrame) -> ServedQuestions:
        targets = self._new_items(fold)
        users, names = pd.factorize(targets[USER_ID])
        mine = past[past[USER_ID].isin(names)]
        groups = dict(iter(mine.groupby(USER_ID)))
        nothing = mine.iloc[:0]
        histories = [_history(groups.get(user, nothing), fold.at) for user in names]
        return ServedQuestions(histories, users.astype(np.int64), targets[ITEM_ID].tolist())

    def _new_items(self, fold: Fold) -> pd.DataFrame:
        targets = fold.targets(self._interactions)
        if targets.empty:
            raise EmptyInputError(
                f"{self._origin}: nobody met a new item between {fold.at:.0f} and {fold.until:.0f}"
            )
        return targets


def _history(rows: pd.DataFrame, at: float) -> History:
    return History(
        rows[ITEM_ID].tolist(),
        event_codes(rows[EVENT]) if EVENT in rows.columns else None,
        None,
        rows[TIMESTAMP].to_numpy(dtype=np.float64),
        at,
    )
