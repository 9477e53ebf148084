"""Content similarity: TF-IDF of what describes items, optionally reduced by a truncated SVD."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array
from sklearn.decomposition import TruncatedSVD

from recs.candidates.co_occurrence import similar_rows, weighted
from recs.candidates.item_to_item import ItemToItemScorer
from recs.candidates.rows import best_of_rows, no_scores, rows_of, scaled
from recs.candidates.sequence_model import ParameterValue, SequenceTraining
from recs.errors import ConfigurationError

_BLOCK: Final = 512
_SEED: Final = 20_260_101


@dataclass(frozen=True, slots=True)
class ContentSimilarity:
    """Parameters of content similarity.

    Parameters
    ----------
    dimensions : int, at least 0
        Of the truncated SVD; 0 compares the TF-IDF vectors themselves.
    power : float, positive
        Similarities are raised to it.
    popularity_power : float, at least 0
        Columns are multiplied by ``log1p(popularity) ** popularity_power``: among equals, the known one.
    recency : float in (0, 1]
        Factor per event back from the latest, when scoring.
    neighbours : int, at least 1

    Notes
    -----
    Works for items that nobody has met yet. O(n_items^2 * dimensions / block) time. Sources: Salton and
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

    def fit(self, training: SequenceTraining) -> ItemToItemScorer:
        """Compare items.

        Parameters
        ----------
        training : SequenceTraining
            With features.

        Returns
        -------
        ItemToItemScorer
        """
        return ItemToItemScorer(self.item_matrix(training), self.recency)

    def item_matrix(self, training: SequenceTraining) -> csr_array:
        """Compute similarities.

        Parameters
        ----------
        training : SequenceTraining

        Returns
        -------
        csr_array of float32, shape (n_items, n_items)
            Without the diagonal entries' dominance: an item is not its own neighbour.
        """
        if training.features is None:
            return no_scores(training.n_items, training.n_items)
        vectors = unit_rows(weighted(training.features, "tfidf"))
        popularity = np.bincount(training.sequences.items, minlength=training.n_items)
        factors = np.power(np.log1p(popularity) + 0.1, self.popularity_power)
        if 0 < self.dimensions < min(vectors.shape):
            similar = self._reduced(vectors)
        else:
            similar = similar_rows(vectors, csr_array(vectors.T.tocsr()), 2 * self.neighbours, self.power)
        similar.data[rows_of(similar) == similar.indices] = 0
        return best_of_rows(scaled(similar, None, factors), self.neighbours)

    def _reduced(self, vectors: csr_array) -> csr_array:
        dense = TruncatedSVD(self.dimensions, random_state=_SEED).fit_transform(vectors).astype(np.float32)
        dense /= np.maximum(np.linalg.norm(dense, axis=1, keepdims=True), np.finfo(np.float32).tiny)
        width = min(2 * self.neighbours, dense.shape[0])
        columns, values = [], []
        for start in range(0, dense.shape[0], _BLOCK):
            product = dense[start : start + _BLOCK] @ dense.T
            best = np.argpartition(-product, width - 1, axis=1)[:, :width]
            columns.append(best.ravel())
            values.append(np.take_along_axis(product, best, axis=1).ravel())
        kept = np.power(np.maximum(np.concatenate(values), 0), np.float32(self.power))
        starts = np.arange(dense.shape[0] + 1) * width
        shape = (dense.shape[0], dense.shape[0])
        return csr_array((kept, np.concatenate(columns), starts), shape=shape)


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
