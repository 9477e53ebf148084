"""What every sequence model promises: parameters, a fit on sequences, scores for many histories."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

from scipy.sparse import csr_array

from recs.arrays import Positions, Scores
from recs.item_features import ItemFeatures
from recs.sequences import Sequences

ParameterValue: TypeAlias = float | int | str | bool


@dataclass(frozen=True, slots=True, eq=False)
class SequenceTraining:
    """What sequence models are fitted on.

    Attributes
    ----------
    sequences : Sequences
        One row per user or session.
    features : ItemFeatures or None
        What describes each item; None where nothing is known of items.
    """

    sequences: Sequences
    features: ItemFeatures | None = None

    @property
    def n_items(self) -> int:
        """Size of the vocabulary."""
        return self.sequences.n_items


class HistoryScorer(Protocol):
    """A fitted model."""

    def scores(self, histories: Sequences) -> csr_array:
        """Score items for a block of histories.

        Returns a csr_array of float32, shape (n_histories, n_items), an item without an entry, or
        with 0, has no support and ranks below all that have. Items of the history are not masked.
        """
        ...


@runtime_checkable
class FixedCandidatesScorer(HistoryScorer, Protocol):
    """A fitted model that knows more of given candidates than of those that it would name by itself."""

    def candidate_scores(self, histories: Sequences, keys: Positions) -> Scores:
        """Score candidates that somebody else chose.

        `keys` are ``row * n_items + item``, ascending; returns a float32 for each, 0 = no support. Scores
        agree with those of `scores` wherever that names the item.
        """
        ...


class SequenceModel(Protocol):
    """A frozen set of parameters that turns sequences into a scorer."""

    @property
    def name(self) -> str:
        """The row's name in reports."""
        ...

    def parameters(self) -> Mapping[str, ParameterValue]:
        """Return everything that changes the result."""
        ...

    def fit(self, training: SequenceTraining) -> HistoryScorer:
        """Learn; the same training gives the same scorer."""
        ...
