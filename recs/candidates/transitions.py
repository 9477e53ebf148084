"""Order-aware transitions: what follows what, counted with a weight that fades with the distance."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from recs.arrays import Floats, Scores
from recs.candidates.item_to_item import ItemToItemScorer
from recs.candidates.nearby_pairs import NearbyPairs, likely_best
from recs.candidates.rows import best_of_rows, row_sums, scaled
from recs.candidates.sequence_model import ParameterValue, SequenceTraining
from recs.errors import ConfigurationError
from recs.sequences import Sequences

_HOP_WIDTH = 20
_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Transitions:
    """Lag-decay co-occurrence with a weaker backward edge.

    Parameters
    ----------
    lags : int, at least 1
        Longest distance, in events, that still counts as "follows".
    lag_power : float, at least 0
        A pair at distance ``l`` counts ``l ** -lag_power``.
    backward : float in [0, 1]
        What the edge from the later to the earlier item counts; 1 = order does not matter.
    length_power : float, at least 0
        Pairs of a row of n events are divided by ``n ** length_power``: long rows say less per pair.
    row_power : float in [0, 1]
        Rows are divided by ``(sum + damping) ** row_power``: 0 = counts, 1 = conditional frequencies.
    damping : float, at least 0
    popularity_power : float
        Columns are divided by ``(popularity + 1) ** popularity_power``.
    half_life : float
        Age, as a share of the training window, at which an event counts half; infinity = no fading.
    recency : float in (0, 1]
        Factor per event back from the latest, when scoring.
    hops : float, at least 0
        Weight of two-step transitions through one other item, relative to direct ones.
    neighbours : int, at least 1
        Kept per item.
    threads : int, 1 to 8
        Blocks counted at the same time; the result does not depend on it.

    Notes
    -----
    Time O(events * lags), memory in blocks. Sources: Ludewig and Jannach 2018 (sequential rules, lag decay);
    TGH (arXiv 2605.07125) for the directed graph with a weaker reverse edge.
    """

    lags: int = 20
    lag_power: float = 0.7
    backward: float = 0.2
    length_power: float = 0.0
    row_power: float = 0.7
    damping: float = 10.0
    popularity_power: float = 0.0
    half_life: float = float("inf")
    recency: float = 0.6
    hops: float = 0.0
    neighbours: int = 500
    threads: int = 1

    def __post_init__(self) -> None:
        if self.lags < 1 or self.neighbours < 1 or not 1 <= self.threads <= 8:
            raise ConfigurationError("lags and neighbours must be at least 1, threads 1 to 8")
        if not 0 <= self.backward <= 1 or not 0 < self.recency <= 1 or not 0 <= self.row_power <= 1:
            raise ConfigurationError("backward and row_power must be in [0, 1], recency in (0, 1]")
        if min(self.lag_power, self.length_power, self.damping, self.hops) < 0 or not self.half_life > 0:
            raise ConfigurationError("powers, damping and hops must be at least 0, half_life positive")

    @property
    def name(self) -> str:
        """The name of the row."""
        return "transitions"

    def parameters(self) -> Mapping[str, ParameterValue]:
        """Return everything that changes the result."""
        return {name: value for name, value in asdict(self).items() if name != "threads"}

    def narrowed(self, count: int) -> "Transitions":
        """Return the model that learns no more than the nearest items of each; the same otherwise."""
        return self if self.hops else replace(self, neighbours=min(self.neighbours, count))

    def fit(self, training: SequenceTraining) -> ItemToItemScorer:
        """Learn from sequences.

        Parameters
        ----------
        training : SequenceTraining

        Returns
        -------
        ItemToItemScorer
        """
        return ItemToItemScorer(self.item_matrix(training), self.recency)

    def item_matrix(self, training: SequenceTraining) -> csr_array:
        """Learn the transition matrix.

        Parameters
        ----------
        training : SequenceTraining

        Returns
        -------
        csr_array of float32, shape (n_items, n_items)
            Row: the item before; column: what follows.
        """
        sequences = training.sequences
        columns = self._column_factors(sequences)

        def best(counts: csr_array) -> csr_array:
            rows = np.power(np.maximum(row_sums(counts) + self.damping, _LEAST), -self.row_power)
            return best_of_rows(likely_best(scaled(counts, rows, columns), self.neighbours), self.neighbours)

        pairs = NearbyPairs(sequences, self._event_weights(sequences), self._by_distance())
        direct = pairs.kept_rows(best, self.threads)
        if self.hops == 0:
            return direct
        first = best_of_rows(direct, _HOP_WIDTH)
        second = csr_array(_stochastic(first) @ first)
        return best_of_rows(csr_array(direct + second * np.float32(self.hops)), self.neighbours)

    def _by_distance(self) -> Scores:
        forward = np.arange(1, self.lags + 1, dtype=np.float64) ** -self.lag_power
        return np.concatenate((self.backward * forward[::-1], [0.0], forward)).astype(np.float32)

    def _event_weights(self, sequences: Sequences) -> Scores | None:
        if self.half_life == float("inf") and self.length_power == 0:
            return None
        lengths = np.repeat(sequences.lengths, sequences.lengths)
        weights = np.exp2(-sequences.ages / self.half_life) * np.power(lengths, -self.length_power)
        return weights.astype(np.float32)

    def _column_factors(self, sequences: Sequences) -> Floats | None:
        if self.popularity_power == 0:
            return None
        popularity = np.bincount(sequences.items, minlength=sequences.n_items) + 1.0
        return np.asarray(np.power(popularity, -self.popularity_power))


def _stochastic(matrix: csr_array) -> csr_array:
    sums = row_sums(matrix)
    return scaled(matrix, np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0))
