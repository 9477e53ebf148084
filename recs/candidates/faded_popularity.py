"""Popularity that fades, overall or among the items that resemble the history."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
from scipy.sparse import csr_array

from recs.arrays import Floats
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
        So many of the most popular items are scored; the others share the last rank.

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
        counts = np.bincount(sequences.items, weights=weights, minlength=sequences.n_items)
        bound = np.sort(counts)[-min(self.depth, counts.shape[0])]
        return ConstantScorer(np.where(counts >= bound, counts, 0.0))


@dataclass(frozen=True, slots=True, eq=False)
class ConstantScorer:
    """The same scores for everybody.

    Parameters
    ----------
    item_scores : ndarray of float64, shape (n_items,)
    """

    item_scores: Floats

    def scores(self, histories: Sequences) -> csr_array:
        """Score items for a block of histories.

        Parameters
        ----------
        histories : Sequences

        Returns
        -------
        csr_array of float32, shape (n_histories, n_items)
        """
        items = np.flatnonzero(self.item_scores > 0)
        n = len(histories)
        return csr_array(
            (
                np.tile(self.item_scores[items].astype(np.float32), n),
                np.tile(items, n),
                np.arange(n + 1) * items.shape[0],
            ),
            shape=(n, histories.n_items),
        )
