"""Two steps from item to item: what was never seen together is told apart by what lies between."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
from scipy.sparse import csc_array, csr_array

from recs.arrays import AnyArray, Floats, Positions, Scores
from recs.candidates.rows import row_sums, scaled
from recs.candidates.sequence_model import ParameterValue, SequenceTraining
from recs.candidates.transitions import Transitions
from recs.errors import ConfigurationError
from recs.sequences import Sequences

_LONGEST_HISTORY: Final = 100
_DENSE_AT_ONCE: Final = 8_000_000
_ENTRIES_AT_ONCE: Final = 4_000_000
_LEAST: Final = 1e-9


@dataclass(frozen=True, slots=True)
class ItemWalks:
    """Parameters of transitions of one and two steps.

    Parameters
    ----------
    lags : int, at least 1
        Longest distance, in events, that still counts as "follows".
    lag_power : float, at least 0
        A pair at distance ``l`` counts ``l ** -lag_power``.
    backward : float in [0, 1]
        What the edge from the later to the earlier item counts.
    length_power : float, at least 0
        Pairs of a row of n events are divided by ``n ** length_power``.
    row_power : float in [0, 1]
        Rows of the first step are divided by ``(sum + damping) ** row_power``; those of the second sum to 1.
    damping : float, at least 0
    popularity_power : float, at least 0
        Scores are divided by ``(popularity + 1) ** popularity_power``.
    second_step : float, at least 0
        Weight of walks of two steps beside those of one.
    recency : float in (0, 1]
        Factor per event back from the latest, when scoring.
    neighbours : int, at least 1
        Kept per item and step.

    Notes
    -----
    Nearly every item lies two steps from a history, so nearly every candidate has a score. Sources: Cooper et
    al. 2014 (P3), Christoffel et al. 2015 (RP3beta, the division by popularity).
    """

    lags: int = 20
    lag_power: float = 0.7
    backward: float = 0.4
    length_power: float = 0.0
    row_power: float = 0.7
    damping: float = 10.0
    popularity_power: float = 0.3
    second_step: float = 3.0
    recency: float = 0.7
    neighbours: int = 2000

    def __post_init__(self) -> None:
        if self.lags < 1 or self.neighbours < 1:
            raise ConfigurationError("lags and neighbours must be at least 1")
        if not 0 <= self.backward <= 1 or not 0 < self.recency <= 1 or not 0 <= self.row_power <= 1:
            raise ConfigurationError("backward and row_power must be in [0, 1], recency in (0, 1]")
        if min(self.lag_power, self.length_power, self.damping, self.popularity_power, self.second_step) < 0:
            raise ConfigurationError("powers, damping and second_step must be at least 0")

    @property
    def name(self) -> str:
        """The name of the row."""
        return "item_walks"

    def parameters(self) -> Mapping[str, ParameterValue]:
        """Return everything that changes the result."""
        return asdict(self)

    def fit(self, training: SequenceTraining) -> "WalkScorer":
        """Learn from sequences.

        Parameters
        ----------
        training : SequenceTraining

        Returns
        -------
        WalkScorer
        """
        counts = Transitions(
            lags=self.lags,
            lag_power=self.lag_power,
            backward=self.backward,
            length_power=self.length_power,
            row_power=0.0,
            damping=0.0,
            neighbours=self.neighbours,
        ).item_matrix(training)
        sums = row_sums(counts)
        first = scaled(counts, np.power(np.maximum(sums + self.damping, _LEAST), -self.row_power))
        second = scaled(counts, 1.0 / np.maximum(sums, _LEAST))
        popularity = np.bincount(training.sequences.items, minlength=training.n_items) + 1.0
        factors = np.power(popularity, -self.popularity_power)
        return WalkScorer(first, csc_array(second), factors, self.second_step, self.recency)


@dataclass(frozen=True, slots=True, eq=False)
class WalkScorer:
    """Walks from a history to candidates.

    Parameters
    ----------
    first : csr_array of float32, shape (n_items, n_items)
        Row: item of the history.
    second : csc_array of float32, shape (n_items, n_items)
        Column: candidate.
    item_factors : ndarray of float64, shape (n_items,)
    second_step, recency : float
    """

    first: csr_array
    second: csc_array
    item_factors: Floats
    second_step: float
    recency: float

    def scores(self, histories: Sequences) -> csr_array:
        """Score items for a block of histories.

        Parameters
        ----------
        histories : Sequences

        Returns
        -------
        csr_array of float32, shape (n_histories, n_items)

        Notes
        -----
        Nearly dense; `candidate_scores` where few are wanted.
        """
        once = self._stepped(histories)
        both = csr_array(once + csr_array(once @ self.second) * np.float32(self.second_step))
        return scaled(both, None, self.item_factors)

    def candidate_scores(self, histories: Sequences, keys: Positions) -> Scores:
        """Score given candidates.

        Parameters
        ----------
        histories : Sequences
        keys : ndarray of int64, shape (n_candidates,)
            ``row * n_items + item``, ascending.

        Returns
        -------
        ndarray of float32, shape (n_candidates,)

        Notes
        -----
        O(events * neighbours + sum of the candidates' columns); at most 8 million numbers of histories and 4
        million of columns at once.
        """
        n_items = histories.n_items
        once = self._stepped(histories)
        scores = np.empty(keys.shape[0], dtype=np.float32)
        height = max(1, _DENSE_AT_ONCE // n_items)
        for top in range(0, len(histories), height):
            dense = once[top : top + height].toarray()
            begin, end = np.searchsorted(keys, (top * n_items, (top + height) * n_items)).tolist()
            for start, stop in self._parts(keys[begin:end] % n_items):
                part = keys[begin + start : begin + stop]
                rows, items = part // n_items - top, part % n_items
                walked = dense[rows, items] + self.second_step * self._second(dense, rows, items)
                scores[begin + start : begin + stop] = walked * self.item_factors[items]
        return scores

    def _stepped(self, histories: Sequences) -> csr_array:
        recent = histories.latest(_LONGEST_HISTORY)
        weights = recent.matrix(np.power(self.recency, recent.baskets_back))
        return csr_array(weights @ self.first)

    def _second(self, dense: Scores, rows: Positions, items: Positions) -> Floats:
        """Sum what leads from the first step to each candidate, given its column."""
        starts = self.second.indptr[:-1][items]
        lengths = self.second.indptr[1:][items] - starts
        ends = np.cumsum(lengths)
        # Numbers of 32 bits: these arrays are the time that all of this takes.
        places = np.arange(int(ends[-1]) if ends.size else 0, dtype=np.int32)
        places -= (ends - lengths - starts).astype(np.int32).repeat(lengths)
        passed = (rows * dense.shape[1]).astype(np.int32).repeat(lengths)
        passed += self.second.indices.take(places)
        values = dense.ravel().take(passed)
        values *= self.second.data.take(places)
        summed = np.zeros(items.shape[0])
        filled = np.flatnonzero(lengths)
        if filled.size:
            firsts = (ends - lengths)[filled]
            summed[filled] = np.add.reduceat(values, firsts, dtype=np.float64)
        return summed

    def _parts(self, items: AnyArray) -> Iterator[tuple[int, int]]:
        """Cut candidates into runs whose columns hold a bounded number of entries, one candidate at least."""
        ends = np.cumsum(np.diff(self.second.indptr)[items], dtype=np.int64)
        start = 0
        while start < items.shape[0]:
            before = int(ends[start - 1]) if start else 0
            fitting = int(np.searchsorted(ends, before + _ENTRIES_AT_ONCE, side="right"))
            stop = max(start + 1, fitting)
            yield start, stop
            start = stop
