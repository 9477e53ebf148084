"""Own items: what somebody comes back for, by frequency, recency and how often others come back for it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
from scipy.sparse import csr_array

from recs.arrays import Floats
from recs.candidates.rows import scaled
from recs.candidates.sequence_model import ParameterValue, SequenceTraining
from recs.errors import ConfigurationError
from recs.sequences import Sequences


@dataclass(frozen=True, slots=True)
class OwnItems:
    """Parameters of buying (or viewing) again.

    Parameters
    ----------
    recency : float in (0, 1]
        Factor per basket back from the latest.
    rate_power : float, at least 0
        Power of the item's repeat rate.
    prior : float, positive
        Holders that the average repeat rate counts for.

    Notes
    -----
    O(events). Source: personal top frequency with the decay of TIFU-kNN (Hu et al. 2020).
    """

    recency: float = 0.9
    rate_power: float = 0.5
    prior: float = 10.0

    def __post_init__(self) -> None:
        if not 0 < self.recency <= 1 or self.rate_power < 0 or not self.prior > 0:
            raise ConfigurationError("recency must be in (0, 1], rate_power at least 0, prior positive")

    @property
    def name(self) -> str:
        """The name of the row."""
        return "own_items"

    def parameters(self) -> Mapping[str, ParameterValue]:
        """Return everything that changes the result."""
        return asdict(self)

    def fit(self, training: SequenceTraining) -> "OwnItemsScorer":
        """Estimate repeat rates.

        Parameters
        ----------
        training : SequenceTraining

        Returns
        -------
        OwnItemsScorer
        """
        sequences = training.sequences
        times = sequences.matrix(np.ones(sequences.items.shape[0]))
        holders = np.bincount(times.indices, minlength=sequences.n_items)
        again = np.bincount(times.indices, weights=times.data - 1, minlength=sequences.n_items)
        average = again.sum() / max(1, times.nnz)
        rates = (again + self.prior * average) / (holders + self.prior)
        return OwnItemsScorer(np.power(rates + 1e-9, self.rate_power), self.recency)


@dataclass(frozen=True, slots=True, eq=False)
class OwnItemsScorer:
    """Scores the items of the history itself.

    Parameters
    ----------
    item_factors : ndarray of float64, shape (n_items,)
    recency : float
    """

    item_factors: Floats
    recency: float

    def scores(self, histories: Sequences) -> csr_array:
        """Score items for a block of histories.

        Parameters
        ----------
        histories : Sequences

        Returns
        -------
        csr_array of float32, shape (n_histories, n_items)
        """
        counted = histories.matrix(np.power(self.recency, histories.baskets_back))
        return scaled(counted, None, self.item_factors)
