"""Judging one fitted model on many users: the part that every protocol shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final, Protocol

import numpy as np
from tqdm import tqdm

from recs.arrays import Floats, Positions
from recs.evaluation.metrics import mid_ranks, user_metrics
from recs.evaluation.scoring import scored_blocks
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
    fit_s : float
        Seconds to fit the model that is tested.
    score_us_per_user : float
        Microseconds to score and rank all items for one user.
    """

    validation: float
    test: Mapping[str, Floats]
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


def judged(
    snapshot: RecommenderSnapshot, questions: ServedQuestions, cutoffs: Sequence[int], *, progress: bool
) -> tuple[dict[str, Floats], float]:
    """Ask a snapshot.

    Parameters
    ----------
    snapshot : RecommenderSnapshot
    questions : ServedQuestions
    cutoffs : sequence of int
        Cutoff 10 is always added: models are selected by it.
    progress : bool
        Show a progress bar on standard error.

    Returns
    -------
    metrics : dict of str to ndarray of float64, shape (n_users,)
    score_us_per_user : float
        Microseconds.

    Notes
    -----
    Full ranking of all items, history masked, ties at their mean rank.
    """
    positions = snapshot.vocabulary.positions(questions.targets)
    ranks = np.full(positions.shape[0], np.inf)
    order = np.argsort(questions.users, kind="stable")
    owners = questions.users[order]
    started = perf_counter()
    with tqdm(total=len(questions.histories), desc="ranking", unit="user", disable=not progress) as bar:
        for first, scores in scored_blocks(snapshot, questions.histories):
            low, high = np.searchsorted(owners, (first, first + scores.shape[0]))
            asked = order[low:high]
            ranks[asked] = mid_ranks(scores, questions.users[asked] - first, positions[asked])
            bar.update(scores.shape[0])
    elapsed_us = (perf_counter() - started) * 1e6
    metrics = user_metrics(ranks, questions.users, len(questions.histories), sorted({*cutoffs, 10}))
    return metrics, elapsed_us / len(questions.histories)
