"""Judging one fitted model on many users: the part that every protocol shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final, Protocol

import numpy as np
from tqdm import tqdm

from recs.arrays import Floats, Positions
from recs.evaluation.beyond_accuracy import Lists, lists_of
from recs.evaluation.lists import figures_of
from recs.evaluation.metrics import mid_ranks, user_metrics
from recs.evaluation.scoring import scored_blocks
from recs.evaluation.tasks import Task
from recs.history import History
from recs.recommender import HybridConfig
from recs.snapshot import RecommenderSnapshot

SELECTION_METRIC: Final = "ndcg@10"


@dataclass(frozen=True, slots=True, eq=False)
class ServedQuestions:
    """What a serving snapshot is asked.

    Attributes
    ----------
    histories : sequence of History, length n_users
    users : ndarray of int64, shape (n_targets,)
        Index of each target's history; every user has a target.
    targets : list, length n_targets
        Item ids; unknown ones count as missed.
    """

    histories: Sequence[History]
    users: Positions
    targets: Sequence[int] | Sequence[str]

    def sample(self, count: int, seed: int) -> "ServedQuestions":
        """Return the questions of at most so many histories; smaller samples are part of larger ones.

        Parameters
        ----------
        count, seed : int

        Returns
        -------
        ServedQuestions
        """
        n = len(self.histories)
        if count >= n:
            return self
        chosen = np.sort(np.random.default_rng(seed).permutation(n)[:count])
        kept = np.flatnonzero(np.isin(self.users, chosen)).tolist()
        targets: Any = [self.targets[place] for place in kept]
        return ServedQuestions(
            [self.histories[place] for place in chosen.tolist()],
            np.searchsorted(chosen, self.users[kept]).astype(np.int64),
            targets,
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one model did.

    Attributes
    ----------
    validation : float
        Mean nDCG@10 where choices are made.
    test : mapping of str to ndarray of float64, shape (n_users,)
        Metrics per user where the figure is published.
    lists : mapping of str to float
        Figures of the lists themselves: see `recs.evaluation.lists.list_metrics`.
    fit_s : float
        Seconds to fit the model that is tested.
    score_us_per_user : float
        Microseconds to score and rank all items for one user.
    """

    validation: float
    test: Mapping[str, Floats]
    lists: Mapping[str, float]
    fit_s: float
    score_us_per_user: float


class ServedProtocol(Protocol):
    """A way of asking a recommender about input that it has read."""

    @property
    def name(self) -> str:
        """The word of the command line."""
        ...

    def dataset(self) -> Mapping[str, int]:
        """Return the numbers of ``users``, ``items`` and ``interactions``."""
        ...

    def judge(self, config: HybridConfig, cutoffs: Sequence[int], *, progress: bool) -> Judgement:
        """Fit one configuration on the past and ask it about what came next."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Served:
    """What a snapshot answered.

    Attributes
    ----------
    ranks : ndarray of float64, shape (n_targets,)
        Of each target of the questions; infinite for what is unknown, met already or not listed.
    lists : Lists
        One for each history; none where none were asked for.
    score_us : float
        Microseconds per user.
    """

    ranks: Floats
    lists: Lists
    score_us: float


def served(
    snapshot: RecommenderSnapshot, questions: ServedQuestions, cutoff: int | None, *, progress: bool
) -> Served:
    """Ask a snapshot.

    Parameters
    ----------
    snapshot : RecommenderSnapshot
    questions : ServedQuestions
    cutoff : int or None
        Length of the lists; None = nobody wants any.
    progress : bool
        Show a progress bar on standard error.

    Returns
    -------
    Served

    Notes
    -----
    Full ranking of all items that may be recommended, history masked, ties at their mean rank.
    """
    positions = snapshot.vocabulary.positions(questions.targets)
    ranks = np.full(positions.shape[0], np.inf)
    order = np.argsort(questions.users, kind="stable")
    owners = questions.users[order]
    unlisted = np.setdiff1d(np.arange(snapshot.n_items), snapshot.parts.popular.order)
    lists: list[Lists] = []
    spent_s = 0.0
    with tqdm(total=len(questions.histories), desc="ranking", unit="user", disable=not progress) as bar:
        started = perf_counter()
        for first, scores in scored_blocks(snapshot, questions.histories):
            scores[:, unlisted] = -np.inf
            low, high = np.searchsorted(owners, (first, first + scores.shape[0]))
            asked = order[low:high]
            ranks[asked] = mid_ranks(scores, questions.users[asked] - first, positions[asked])
            spent_s += perf_counter() - started
            if cutoff is not None:
                cut = lists_of(scores, cutoff)
                lists.append(Lists(cut.users + first, cut.items, cut.n_users))
            bar.update(scores.shape[0])
            started = perf_counter()
    n_users = len(questions.histories)
    nothing = np.empty(0, dtype=np.int64)
    users = np.concatenate([nothing, *(part.users for part in lists)])
    items = np.concatenate([nothing, *(part.items for part in lists)])
    return Served(ranks, Lists(users, items, n_users), spent_s * 1e6 / n_users)


def judged(
    snapshot: RecommenderSnapshot, questions: ServedQuestions, cutoffs: Sequence[int], *, progress: bool
) -> dict[str, Floats]:
    """Ask a snapshot and compute what it did.

    Parameters
    ----------
    snapshot : RecommenderSnapshot
    questions : ServedQuestions
    cutoffs : sequence of int
        Cutoff 10 is always added: models are selected by it.
    progress : bool

    Returns
    -------
    dict of str to ndarray of float64, shape (n_users,)
    """
    return metrics_of(served(snapshot, questions, None, progress=progress), questions, cutoffs)


def metrics_of(asked: Served, questions: ServedQuestions, cutoffs: Sequence[int]) -> dict[str, Floats]:
    """Compute the metrics of every user, cutoff 10 always among them.

    Parameters
    ----------
    asked : Served
    questions : ServedQuestions
    cutoffs : sequence of int

    Returns
    -------
    dict of str to ndarray of float64, shape (n_users,)
    """
    return user_metrics(asked.ranks, questions.users, len(questions.histories), sorted({*cutoffs, 10}))


def judgement_of(
    validation: float,
    asked: Served,
    questions: ServedQuestions,
    task: Task,
    cutoffs: Sequence[int],
    fit_s: float,
) -> Judgement:
    """Put together how a model did on the test.

    Parameters
    ----------
    validation : float
        Mean nDCG@10 where choices are made.
    asked : Served
        With lists of the largest cutoff.
    questions : ServedQuestions
    task : Task
        The same questions by position in the vocabulary of the snapshot.
    cutoffs : sequence of int
    fit_s : float

    Returns
    -------
    Judgement
    """
    order = np.argsort(questions.users, kind="stable")
    hit = asked.ranks[order] <= max(cutoffs)
    lists = figures_of(asked.lists, hit, task, max(cutoffs))
    return Judgement(validation, metrics_of(asked, questions, cutoffs), lists, fit_s, asked.score_us)
