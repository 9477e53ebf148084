"""What a protocol asks: something to learn from, histories, and what came next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from recs.arrays import AnyArray, Mask, Positions, StoredPositions
from recs.candidates.sequence_model import SequenceTraining
from recs.sequences import Sequences


@dataclass(frozen=True, slots=True, eq=False)
class Questions:
    """Histories and their answers.

    Attributes
    ----------
    histories : Sequences
        n_histories rows.
    owners : ndarray of int64, shape (n_targets,)
        History of each target, ascending; every history has a target.
    targets : ndarray of int64, shape (n_targets,)
        Items; -1 = unknown to the vocabulary, counts as missed.
    masked : bool
        Whether items of a history cannot be its answer.
    clusters : ndarray of int64, shape (n_histories,)
        Who asks: questions of one person or session are resampled together.
    negatives : ndarray of int32, shape (n_histories, m), or None
        Rank only among these and the targets; None = among all items.
    eligible : ndarray of bool, shape (n_items,), or None
        Items that may be recommended; others take no rank and count as missed.
    """

    histories: Sequences
    owners: Positions
    targets: Positions
    masked: bool
    clusters: Positions
    negatives: StoredPositions | None = None
    eligible: Mask | None = None

    def take(self, chosen: AnyArray) -> "Questions":
        """Return some of the questions.

        Parameters
        ----------
        chosen : ndarray of int64, shape (m,)
            Histories, ascending.

        Returns
        -------
        Questions
        """
        kept = np.isin(self.owners, chosen)
        return Questions(
            self.histories.take(chosen),
            np.searchsorted(chosen, self.owners[kept]),
            self.targets[kept],
            self.masked,
            self.clusters[chosen],
            None if self.negatives is None else self.negatives[chosen],
            self.eligible,
        )

    def candidate_keys(self) -> Positions | None:
        """Return what is ranked where that is not every item.

        Returns
        -------
        ndarray of int64 or None
            ``row * n_items + item`` of the fixed negatives and the targets, ascending, each once.
        """
        if self.negatives is None:
            return None
        n_items = np.int64(self.histories.n_items)
        rows = np.repeat(np.arange(self.negatives.shape[0]), self.negatives.shape[1])
        known = self.targets >= 0
        return np.unique(
            np.concatenate(
                (
                    rows * n_items + self.negatives.ravel(),
                    self.owners[known] * n_items + self.targets[known],
                )
            )
        )

    @classmethod
    def joined(cls, parts: Sequence["Questions"]) -> "Questions":
        """Put the questions of several tasks behind each other.

        Parameters
        ----------
        parts : sequence of Questions
            Of one vocabulary.

        Returns
        -------
        Questions
            Without negatives and eligible items when there are several: for scores that already obey them.
        """
        if len(parts) == 1:
            return parts[0]
        firsts = np.cumsum([0, *(len(part.histories) for part in parts[:-1])])
        largest = np.cumsum([0, *(int(part.clusters.max(initial=-1)) + 1 for part in parts[:-1])])
        return cls(
            Sequences.joined([part.histories for part in parts]),
            np.concatenate([part.owners + first for part, first in zip(parts, firsts, strict=True)]),
            np.concatenate([part.targets for part in parts]),
            parts[0].masked,
            np.concatenate([part.clusters + first for part, first in zip(parts, largest, strict=True)]),
        )

    def sampled(self, count: int, seed: int) -> Positions:
        """Choose at most so many questions, the same for the same seed; smaller samples are part of larger.

        Parameters
        ----------
        count, seed : int

        Returns
        -------
        ndarray of int64
            Ascending.
        """
        n = len(self.histories)
        if count >= n:
            return np.arange(n)
        return np.sort(np.random.default_rng(seed).permutation(n)[:count])

    def sample(self, count: int, seed: int) -> "Questions":
        """Return at most so many questions, as `sampled` chooses them."""
        return self if count >= len(self.histories) else self.take(self.sampled(count, seed))


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """One moment of judgement: what may be learned, and what is asked."""

    training: SequenceTraining
    questions: Questions


class TaskProtocol(Protocol):
    """A way of asking sequence models about input that has been read."""

    @property
    def name(self) -> str:
        """The word of the command line."""
        ...

    @property
    def selection_cutoff(self) -> int:
        """Models are selected by nDCG at this cutoff."""
        ...

    def dataset(self) -> Mapping[str, int]:
        """Return the numbers of ``users``, ``items`` and ``interactions``."""
        ...

    def validation(self) -> Sequence[Task]:
        """Return the tasks that all choices are made on."""
        ...

    def test(self) -> Task:
        """Return the task that is published; its training may be the very object of a validation task."""
        ...

    def refitted(self) -> Task | None:
        """Return the published questions after training that also holds the validation answers.

        None where the published task already learns from them.
        """
        ...
