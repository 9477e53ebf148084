"""Order-aware transitions: what follows what, counted with a weight that fades with the distance."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array

from recs.arrays import AnyArray
from recs.candidates.item_to_item import ItemToItemScorer
from recs.candidates.rows import best_of_rows, row_sums, scaled
from recs.candidates.sequence_model import ParameterValue, SequenceTraining
from recs.errors import ConfigurationError
from recs.sequences import Sequences

_PAIRS_AT_ONCE = 20_000_000
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

    def __post_init__(self) -> None:
        if self.lags < 1 or self.neighbours < 1:
            raise ConfigurationError("lags and neighbours must be at least 1")
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
        return asdict(self)

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
        counts = self._counts(training.sequences)
        direct = best_of_rows(self._normalised(counts, training.sequences), self.neighbours)
        if self.hops == 0:
            return direct
        first = best_of_rows(direct, _HOP_WIDTH)
        second = csr_array(_stochastic(first) @ first)
        return best_of_rows(csr_array(direct + second * np.float32(self.hops)), self.neighbours)

    def _counts(self, sequences: Sequences) -> csr_array:
        shape = (sequences.n_items, sequences.n_items)
        total = csr_array(shape, dtype=np.float32)
        gathered: list[tuple[AnyArray, AnyArray, AnyArray]] = []
        size = 0
        weights = np.exp2(-sequences.ages / self.half_life)
        weights *= np.power(
            np.maximum(1, np.repeat(sequences.lengths, sequences.lengths)), -self.length_power
        )
        for lag, before, after in pairs_at_lags(sequences, self.lags):
            gathered.append(
                (sequences.items[before], sequences.items[after], weights[after] * lag**-self.lag_power)
            )
            size += before.shape[0]
            if size > _PAIRS_AT_ONCE:
                total, gathered, size = total + _summed(gathered, shape), [], 0
        if gathered:
            total = total + _summed(gathered, shape)
        return csr_array(total + total.T * np.float32(self.backward)) if self.backward else csr_array(total)

    def _normalised(self, counts: csr_array, sequences: Sequences) -> csr_array:
        rows = np.power(np.maximum(row_sums(counts) + self.damping, _LEAST), -self.row_power)
        popularity = np.bincount(sequences.items, minlength=sequences.n_items) + 1.0
        return scaled(counts, rows, np.power(popularity, -self.popularity_power))


def _stochastic(matrix: csr_array) -> csr_array:
    sums = row_sums(matrix)
    return scaled(matrix, np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0))


def _summed(parts: list[tuple[AnyArray, AnyArray, AnyArray]], shape: tuple[int, int]) -> csr_array:
    before, after, values = (np.concatenate(column) for column in zip(*parts, strict=True))
    return csr_array(coo_array((values.astype(np.float32), (before, after)), shape=shape).tocsr())


def pairs_at_lags(sequences: Sequences, lags: int) -> Iterator[tuple[int, AnyArray, AnyArray]]:
    """Pair every event with a later one of the same row.

    Parameters
    ----------
    sequences : Sequences
    lags : int
        Longest distance in baskets; plain sequences have one event per basket.

    Yields
    ------
    lag : int
        Distance in baskets, at least 1.
    before, after : ndarray of int64
        Indices of events.
    """
    rows, baskets = sequences.rows, sequences.baskets
    longest = int(sequences.lengths.max(initial=0))
    for step in range(1, longest):
        same = np.flatnonzero(rows[:-step] == rows[step:])
        distance = baskets[same + step] - baskets[same]
        if same.size == 0 or int(distance.min()) > lags:
            return
        for lag in np.unique(distance).tolist():
            if 1 <= lag <= lags:
                chosen = same[distance == lag]
                yield lag, chosen, chosen + step
