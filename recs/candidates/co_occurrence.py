"""Item-kNN over sequences: who shares users, in four weightings."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from recs.arrays import Floats
from recs.candidates.item_to_item import ItemToItemScorer
from recs.candidates.rows import best_of_rows, row_sums, rows_of, scaled
from recs.candidates.sequence_model import ParameterValue, SequenceTraining
from recs.errors import ConfigurationError

WEIGHTINGS: Final = ("count", "tfidf", "bm25", "log")
_BLOCK: Final = 2048
_BM25_B: Final = 0.75
_BM25_K1: Final = 1.2
_LEAST: Final = 1e-9


@dataclass(frozen=True, slots=True)
class CoOccurrence:
    """Parameters of item-kNN without order.

    Parameters
    ----------
    weighting : str
        ``count`` each user once; ``log`` of the number of times; ``tfidf`` and ``bm25`` as in text search,
        with users for documents and items for terms.
    asymmetry : float in [0, 1]
        Share of the history item's norm in the denominator: 0.5 = cosine, 1 = conditional frequency.
    shrinkage : float, at least 0
        Added to both squared norms.
    power : float, positive
        Similarities are raised to it: above 1 only close neighbours count.
    half_life : float
        Age, as a share of the training window, at which an event counts half.
    recency : float in (0, 1]
        Factor per event back from the latest, when scoring.
    neighbours : int, at least 1

    Notes
    -----
    Time is the sum of squared row lengths. Sources: Sarwar et al. 2001; Aiolli 2013 for asymmetry; Robertson
    and Zaragoza 2009 for BM25.
    """

    weighting: str = "count"
    asymmetry: float = 0.5
    shrinkage: float = 5.0
    power: float = 1.0
    half_life: float = float("inf")
    recency: float = 0.8
    neighbours: int = 300

    def __post_init__(self) -> None:
        if self.weighting not in WEIGHTINGS:
            raise ConfigurationError(
                f"weighting must be one of {', '.join(WEIGHTINGS)}, not {self.weighting}"
            )
        if not 0 <= self.asymmetry <= 1 or not 0 < self.recency <= 1 or self.neighbours < 1:
            raise ConfigurationError("asymmetry must be in [0, 1], recency in (0, 1], neighbours at least 1")
        if self.shrinkage < 0 or not self.power > 0 or not self.half_life > 0:
            raise ConfigurationError("shrinkage must be at least 0, power and half_life positive")

    @property
    def name(self) -> str:
        """The name of the row."""
        return "item_knn"

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
        """Learn similarities.

        Parameters
        ----------
        training : SequenceTraining

        Returns
        -------
        csr_array of float32, shape (n_items, n_items)
            Items that share no row have no entry; the diagonal is kept.
        """
        sequences = training.sequences
        weights = weighted(sequences.matrix(np.exp2(-sequences.ages / self.half_life)), self.weighting)
        squares = np.square(weights.data, dtype=np.float64)
        norms = np.bincount(weights.indices, squares, sequences.n_items).astype(np.float64, copy=False)
        left = csr_array(scaled(weights, None, _factors(norms, self.shrinkage, self.asymmetry)).T.tocsr())
        right = scaled(weights, None, _factors(norms, self.shrinkage, 1.0 - self.asymmetry))
        return similar_rows(left, right, self.neighbours, self.power)


def _factors(norms: Floats, shrinkage: float, power: float) -> Floats:
    damped = norms + shrinkage
    factors = np.zeros_like(damped)
    np.power(damped, -power, out=factors, where=norms > 0)
    return factors


def weighted(matrix: csr_array, weighting: str) -> csr_array:
    """Weight a user-item matrix as text search weights a document-term matrix.

    Parameters
    ----------
    matrix : csr_array of float32, shape (n_users, n_items)
        Positive counts.
    weighting : str
        One of `WEIGHTINGS`.

    Returns
    -------
    csr_array of float32
        Of the same structure.
    """
    if weighting == "count":
        return csr_array((np.minimum(matrix.data, 1.0), matrix.indices, matrix.indptr), shape=matrix.shape)
    damped = np.log1p(matrix.data)
    if weighting == "log":
        return csr_array((damped, matrix.indices, matrix.indptr), shape=matrix.shape)
    documents = np.bincount(matrix.indices, minlength=matrix.shape[1])
    rarity = np.log1p(matrix.shape[0] / np.maximum(documents, 1))
    if weighting == "bm25":
        sizes = row_sums(matrix)
        length = 1 - _BM25_B + _BM25_B * sizes / max(float(sizes.mean()), _LEAST)
        damped = matrix.data * (_BM25_K1 + 1) / (matrix.data + _BM25_K1 * length[rows_of(matrix)])
    return scaled(
        csr_array((damped.astype(np.float32), matrix.indices, matrix.indptr), shape=matrix.shape),
        None,
        rarity,
    )


def similar_rows(left: csr_array, right: csr_array, neighbours: int, power: float = 1.0) -> csr_array:
    """Multiply two matrices block by block and keep the best of every row.

    Parameters
    ----------
    left : csr_array, shape (n_items, m)
    right : csr_array, shape (m, n_items)
    neighbours : int
    power : float
        Applied to the products.

    Returns
    -------
    csr_array of float32, shape (n_items, n_items)
    """
    blocks = [
        best_of_rows(csr_array(left[start : start + _BLOCK] @ right), neighbours)
        for start in range(0, left.shape[0], _BLOCK)
    ]
    values = np.concatenate([block.data for block in blocks]).astype(np.float32)
    columns = np.concatenate([block.indices for block in blocks])
    lengths = np.concatenate([np.diff(block.indptr) for block in blocks])
    starts = np.concatenate(([0], np.cumsum(lengths)))
    raised = values if power == 1.0 else np.power(np.maximum(values, 0), np.float32(power))
    return csr_array((raised, columns, starts), shape=(left.shape[0], right.shape[1]))
