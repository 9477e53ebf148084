"""Content similarity: TF-IDF of what describes items, optionally reduced by a truncated SVD."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array, vstack
from sklearn.decomposition import TruncatedSVD

from recs.arrays import Scores
from recs.candidates.co_occurrence import weighted
from recs.candidates.rows import no_scores, rows_of, scaled
from recs.candidates.sequence_model import ParameterValue, SequenceTraining
from recs.errors import ConfigurationError
from recs.sequences import Sequences

_BLOCK: Final = 512
_UNKNOWN: Final = 0.1
_DENSE_ENTRIES: Final = 50_000_000
_SEED: Final = 20_260_101


@dataclass(frozen=True, slots=True)
class ContentSimilarity:
    """Parameters of content similarity.

    Parameters
    ----------
    dimensions : int, at least 0
        Of the truncated SVD; 0 compares the TF-IDF vectors themselves.
    power : float, positive
        The mean similarity to the history is raised to it.
    popularity_power : float, at least 0
        Columns are multiplied by ``log1p(popularity) ** popularity_power``: among equals, the known one.
    recency : float in (0, 1]
        Factor per event back from the latest, when scoring.
    neighbours : int, at least 1
        Items kept per history.

    Notes
    -----
    Works for items that nobody has met yet. Sources: Salton and
    Buckley 1988; Deerwester et al. 1990.
    """

    dimensions: int = 0
    power: float = 1.0
    popularity_power: float = 0.5
    recency: float = 0.7
    neighbours: int = 200

    def __post_init__(self) -> None:
        if self.dimensions < 0 or self.neighbours < 1 or not 0 < self.recency <= 1:
            raise ConfigurationError(
                "dimensions must be at least 0, neighbours at least 1, recency in (0, 1]"
            )
        if not self.power > 0 or self.popularity_power < 0:
            raise ConfigurationError("power must be positive, popularity_power at least 0")

    @property
    def name(self) -> str:
        """The name of the row."""
        return "content"

    def parameters(self) -> Mapping[str, ParameterValue]:
        """Return everything that changes the result."""
        return asdict(self)

    def fit(self, training: SequenceTraining) -> "ContentScorer":
        """Place items by what describes them.

        Parameters
        ----------
        training : SequenceTraining
            Without features nothing is similar to anything.

        Returns
        -------
        ContentScorer
        """
        features = no_scores(training.n_items, 1) if training.features is None else training.features
        vectors: csr_array | Scores = unit_rows(weighted(features, "tfidf"))
        if 0 < self.dimensions < min(vectors.shape) and features.nnz:
            reduced = TruncatedSVD(self.dimensions, random_state=_SEED).fit_transform(vectors)
            lengths = np.maximum(np.linalg.norm(reduced, axis=1, keepdims=True), np.finfo(np.float32).tiny)
            vectors = (reduced / lengths).astype(np.float32)
        elif isinstance(vectors, csr_array) and vectors.shape[0] * vectors.shape[1] <= _DENSE_ENTRIES:
            vectors = vectors.toarray()  # common tokens make sparse products slower than dense ones
        known = np.log1p(np.bincount(training.sequences.items, minlength=training.n_items)) + _UNKNOWN
        return ContentScorer(self, vectors, np.power(known, self.popularity_power).astype(np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class ContentScorer:
    """Items as vectors of length 1.

    Attributes
    ----------
    config : ContentSimilarity
    vectors : csr_array of float32, shape (n_items, n_tokens), or ndarray, shape (n_items, dimensions)
    item_factors : ndarray of float32, shape (n_items,)
    """

    config: ContentSimilarity
    vectors: csr_array | Scores
    item_factors: Scores

    def scores(self, histories: Sequences) -> csr_array:
        """Score items for a block of histories.

        Parameters
        ----------
        histories : Sequences

        Returns
        -------
        csr_array of float32, shape (n_histories, n_items)
            The `neighbours` most similar items of each history that are not in it.

        Notes
        -----
        O(n_histories * n_items * dimensions) time, 512 rows of n_items at once in memory.
        """
        blocks = [
            self._block(histories.take(np.arange(first, min(first + _BLOCK, len(histories)))))
            for first in range(0, len(histories), _BLOCK)
        ]
        if not blocks:
            return no_scores(0, histories.n_items)
        return csr_array(vstack(blocks, format="csr"))

    def _block(self, histories: Sequences) -> csr_array:
        profiles = histories.matrix(np.power(self.config.recency, histories.baskets_back)) @ self.vectors
        product = profiles @ self.vectors.T
        dense: Scores = np.asarray(product.toarray() if isinstance(product, csr_array) else product)
        totals = np.bincount(
            histories.rows, np.power(self.config.recency, histories.baskets_back), len(histories)
        )
        inverse = (1 / np.maximum(totals, np.finfo(np.float32).tiny)).astype(np.float32)
        values = np.maximum(dense, 0) * inverse[:, None]
        if self.config.power != 1:
            np.power(values, np.float32(self.config.power), out=values)
        values *= self.item_factors
        values[histories.rows, histories.items] = 0
        width = min(self.config.neighbours, values.shape[1])
        best = np.sort(np.argpartition(values, values.shape[1] - width, axis=1)[:, -width:], axis=1)
        kept = csr_array(
            (
                np.take_along_axis(values, best, axis=1).ravel(),
                best.ravel(),
                np.arange(len(best) + 1) * width,
            ),
            shape=values.shape,
        )
        kept.eliminate_zeros()
        return kept


def unit_rows(matrix: csr_array) -> csr_array:
    """Scale rows to length 1; rows without entries stay empty.

    Parameters
    ----------
    matrix : csr_array of float32

    Returns
    -------
    csr_array of float32
    """
    squares = np.bincount(rows_of(matrix), weights=np.square(matrix.data), minlength=matrix.shape[0])
    norms = np.sqrt(squares)
    return scaled(matrix, np.divide(1.0, norms, out=np.zeros_like(norms), where=norms > 0))
