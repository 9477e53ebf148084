"""Item vectors in closed form: what follows what, smoothed through a few dimensions."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array
from sklearn.utils.extmath import randomized_svd

from recs.arrays import Floats, Positions, Scores
from recs.candidates.rows import row_sums, rows_of
from recs.candidates.sequence_model import ParameterValue, SequenceTraining
from recs.candidates.transitions import Transitions
from recs.errors import ConfigurationError
from recs.sequences import Sequences

_SEED: Final = 20_260_101
_LONGEST_HISTORY: Final = 100
_PAIRS_AT_ONCE: Final = 100_000
_POWER_STEPS: Final = 3
_CONTEXT_POWER: Final = 0.75  # word2vec's smoothing of contexts
_LEAST: Final = 1e-12


@dataclass(frozen=True, slots=True)
class ItemVectors:
    """Parameters of factorised transitions.

    Parameters
    ----------
    dimensions : int, at least 1
        Length of the vectors.
    lags : int, at least 1
        Longest distance, in events, that still counts as "follows".
    lag_power : float, at least 0
        A pair at distance ``l`` counts ``l ** -lag_power``.
    backward : float in [0, 1]
        What the edge from the later to the earlier item counts.
    length_power : float, at least 0
        Pairs of a row of n events are divided by ``n ** length_power``.
    shift : float
        Added to the pointwise mutual information before what is negative is dropped.
    recency : float in (0, 1]
        Factor per event back from the latest, when scoring.
    closeness : float, positive
        Scores grow with ``exp(closeness * cosine)``.
    popularity_power : float, at least 0
        Scores are multiplied by ``(popularity + 1) ** popularity_power``.
    neighbours : int, at least 1
        Largest counts of each item that are factorised.

    Notes
    -----
    Every item that was ever met has a vector, so every candidate has a score, whether or not it was seen with
    anything of the history. ``log P(j | i) / P(j) ** 0.75``, truncated at 0, is factorised as ``A B'``; rows
    of A stand for what came before, rows of B for what follows. Time O(pairs * dimensions). Sources: Levy and
    Goldberg 2014 (word2vec as a factorisation), Levy et al. 2015 (smoothing, symmetric square root), Barkan
    and Koenigstein 2016 (item2vec), Halko et al. 2011 (randomised SVD).
    """

    dimensions: int = 64
    lags: int = 20
    lag_power: float = 0.7
    backward: float = 0.3
    length_power: float = 0.0
    shift: float = 1.0
    recency: float = 0.7
    closeness: float = 4.0
    popularity_power: float = 0.3
    neighbours: int = 1000

    def __post_init__(self) -> None:
        if self.dimensions < 1 or self.lags < 1 or self.neighbours < 1:
            raise ConfigurationError("dimensions, lags and neighbours must be at least 1")
        if not 0 <= self.backward <= 1 or not 0 < self.recency <= 1 or not self.closeness > 0:
            raise ConfigurationError("backward must be in [0, 1], recency in (0, 1], closeness positive")
        if min(self.lag_power, self.length_power, self.popularity_power) < 0:
            raise ConfigurationError("lag_power, length_power and popularity_power must be at least 0")

    @property
    def name(self) -> str:
        """The name of the row."""
        return "item_vectors"

    def parameters(self) -> Mapping[str, ParameterValue]:
        """Return everything that changes the result."""
        return asdict(self)

    def fit(self, training: SequenceTraining) -> "VectorScorer":
        """Learn from sequences.

        Parameters
        ----------
        training : SequenceTraining

        Returns
        -------
        VectorScorer
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
        before, after = _factorised(
            _mutual_information(counts, self.shift), self.dimensions, training.sequences.items_as_met()
        )
        popularity = np.bincount(training.sequences.items, minlength=training.n_items)
        known = np.where(popularity > 0, np.power(popularity + 1.0, self.popularity_power), 0.0)
        return VectorScorer(before, after, known, self.recency, self.closeness)


def _mutual_information(counts: csr_array, shift: float) -> csr_array:
    rows = row_sums(counts)
    columns = np.power(np.bincount(counts.indices, counts.data, counts.shape[1]), _CONTEXT_POWER)
    columns /= max(float(columns.sum()), _LEAST)
    expected = rows[rows_of(counts)] * columns[counts.indices]
    values = np.log(np.maximum(counts.data / np.maximum(expected, _LEAST), _LEAST)) + shift
    kept = csr_array(
        (np.maximum(values, 0).astype(np.float32), counts.indices, counts.indptr), shape=counts.shape
    )
    kept.eliminate_zeros()
    return kept


def _factorised(matrix: csr_array, dimensions: int, order: Positions) -> tuple[Scores, Scores]:
    """Return what comes before and what follows; random starts are drawn for columns in the given order."""
    if matrix.nnz == 0:
        nothing = np.zeros((matrix.shape[0], 1), dtype=np.float32)
        return nothing, nothing
    left, sizes, right = randomized_svd(
        matrix[:, order], min(dimensions, matrix.shape[0]), n_iter=_POWER_STEPS, random_state=_SEED
    )
    after = np.empty_like(right.T)
    after[order] = right.T
    return _unit(left * np.sqrt(sizes)), _unit(after * np.sqrt(sizes))


def _unit(vectors: Floats | Scores) -> Scores:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Scores = (vectors / np.maximum(lengths, np.finfo(np.float32).tiny)).astype(np.float32)
    return unit


@dataclass(frozen=True, slots=True, eq=False)
class VectorScorer:
    """Compares the mean vector of a history with those of candidates.

    Parameters
    ----------
    before : ndarray of float32, shape (n_items, dimensions)
        Unit vectors of items of a history; 0 where an item was never followed or preceded.
    after : ndarray of float32, shape (n_items, dimensions)
        Unit vectors of candidates.
    item_factors : ndarray of float64, shape (n_items,)
        0 = never met.
    recency, closeness : float
    """

    before: Scores
    after: Scores
    item_factors: Floats
    recency: float
    closeness: float

    def scores(self, histories: Sequences) -> csr_array:
        """Score items for a block of histories.

        Parameters
        ----------
        histories : Sequences

        Returns
        -------
        csr_array of float32, shape (n_histories, n_items)
            Every item that was ever met has an entry.

        Notes
        -----
        O(n_histories * n_items * dimensions), and as many entries: `candidate_scores` where few are wanted.
        """
        n = len(histories)
        items = np.flatnonzero(self.item_factors > 0)
        keys = (np.arange(n)[:, None] * np.int64(histories.n_items) + items).ravel()
        return csr_array(
            (self.candidate_scores(histories, keys), np.tile(items, n), np.arange(n + 1) * items.shape[0]),
            shape=(n, histories.n_items),
        )

    def candidate_scores(self, histories: Sequences, keys: Positions) -> Scores:
        """Score given candidates.

        Parameters
        ----------
        histories : Sequences
        keys : ndarray of int64, shape (n_candidates,)
            ``row * n_items + item``.

        Returns
        -------
        ndarray of float32, shape (n_candidates,)

        Notes
        -----
        O(n_candidates * dimensions). The mean of cosines over a history, recent events first, so that one
        that points in several directions is sure of none.
        """
        recent = histories.latest(_LONGEST_HISTORY)
        weights = recent.matrix(np.power(self.recency, recent.baskets_back))
        asking = np.asarray(weights @ self.before)
        asking /= np.maximum(row_sums(weights), np.finfo(np.float32).tiny)[:, None]
        rows, items = keys // histories.n_items, keys % histories.n_items
        cosines = np.empty(keys.shape[0], dtype=np.float32)
        for first in range(0, keys.shape[0], _PAIRS_AT_ONCE):
            part = slice(first, first + _PAIRS_AT_ONCE)
            np.einsum("ij,ij->i", asking[rows[part]], self.after[items[part]], out=cosines[part])
        values: Scores = (np.exp(self.closeness * cosines) * self.item_factors[items]).astype(np.float32)
        return values
