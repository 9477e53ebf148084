"""Popularity that fades, overall or among the items that resemble the history."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
from scipy.sparse import csr_array

from recs.arrays import Floats, Positions, Scores
from recs.candidates.sequence_model import ParameterValue, SequenceTraining
from recs.errors import ConfigurationError
from recs.sequences import Sequences


@dataclass(frozen=True, slots=True)
class FadedPopularity:
    """Parameters of decayed popularity.

    Parameters
    ----------
    half_life : float, positive
        Age, as a share of the training window, at which an event counts half; infinity = all-time popularity.
    depth : int, at least 1
        So many of the most popular items are named; the others share the last rank. Fixed candidates are all
        scored, however deep they stand.

    Notes
    -----
    O(events). Source: decayed counters as in recommenders for news; see Ji et al. 2020 on popularity in time.
    """

    half_life: float = float("inf")
    depth: int = 500

    def __post_init__(self) -> None:
        if not self.half_life > 0 or self.depth < 1:
            raise ConfigurationError("half_life must be positive, depth at least 1")

    @property
    def name(self) -> str:
        """The name of the row."""
        return "popularity"

    def parameters(self) -> Mapping[str, ParameterValue]:
        """Return everything that changes the result."""
        return asdict(self)

    def fit(self, training: SequenceTraining) -> "ConstantScorer":
        """Count.

        Parameters
        ----------
        training : SequenceTraining

        Returns
        -------
        ConstantScorer
        """
        sequences = training.sequences
        weights = np.exp2(-sequences.ages / self.half_life)
        counts = np.bincount(sequences.items, weights, sequences.n_items).astype(np.float64, copy=False)
        bound = np.sort(counts)[-min(self.depth, counts.shape[0])]
        return ConstantScorer(counts, float(bound))


@dataclass(frozen=True, slots=True, eq=False)
class ConstantScorer:
    """The same scores for everybody.

    Parameters
    ----------
    item_scores : ndarray of float64, shape (n_items,)
    least : float
        Items below it are not named, only scored where they are asked for.
    """

    item_scores: Floats
    least: float

    def scores(self, histories: Sequences) -> csr_array:
        """Score items for a block of histories.

        Parameters
        ----------
        histories : Sequences

        Returns
        -------
        csr_array of float32, shape (n_histories, n_items)
        """
        items = np.flatnonzero((self.item_scores > 0) & (self.item_scores >= self.least))
        n = len(histories)
        return csr_array(
            (
                np.tile(self.item_scores[items].astype(np.float32), n),
                np.tile(items, n),
                np.arange(n + 1) * items.shape[0],
            ),
            shape=(n, histories.n_items),
        )

    def candidate_scores(self, histories: Sequences, keys: Positions) -> Scores:
        """Score given candidates, whether or not they would be named.

        Parameters
        ----------
        histories : Sequences
        keys : ndarray of int64, shape (n_candidates,)
            ``row * n_items + item``.

        Returns
        -------
        ndarray of float32, shape (n_candidates,)
        """
        scores: Scores = self.item_scores.astype(np.float32)[keys % histories.n_items]
        return scores
