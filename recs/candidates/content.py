"""Content similarity: TF-IDF of the words and character n-grams of items, optionally reduced by an SVD."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Final

import numpy as np
from scipy.sparse import csr_array, hstack
from sklearn.utils.extmath import randomized_svd

from recs.arrays import Scores
from recs.candidates.co_occurrence import weighted
from recs.candidates.item_to_item import ItemToItemScorer
from recs.candidates.rows import best_of_rows, no_scores, rows_of, scaled
from recs.candidates.sequence_model import ParameterValue, SequenceTraining
from recs.errors import ConfigurationError
from recs.item_features import ItemFeatures

_BLOCK: Final = 512
_DENSE_SHARE: Final = 0.2
"""Of all entries: with more of them, looking at zeros too costs less than sorting."""
_EVERY: Final = 16
_UNKNOWN: Final = 0.1
_SEED: Final = 20_260_101
_POWER_STEPS: Final = 5


@dataclass(frozen=True, slots=True)
class ContentSimilarity:
    """Parameters of content similarity.

    Parameters
    ----------
    dimensions : int, at least 0
        Of the truncated SVD; 0 compares the TF-IDF vectors themselves.
    characters : float, at least 0
        Weight of character n-grams beside words; they find what is spelled or compounded differently.
    power : float, positive
        Similarities are raised to it.
    popularity_power : float, at least 0
        Columns are multiplied by ``log1p(popularity) ** popularity_power``: among equals, the known one.
    recency : float in (0, 1]
        Factor per event back from the latest, when scoring.
    neighbours : int, at least 1
        Items kept per item.

    Notes
    -----
    Works for items that nobody has met yet: their neighbours are those of their description. Time
    O(n_items ** 2 * dimensions). Sources: Salton and Buckley 1988; Deerwester et al. 1990; Cavnar and Trenkle
    1994 for character n-grams.
    """

    reads_features: ClassVar[bool] = True

    dimensions: int = 0
    characters: float = 0.0
    power: float = 1.0
    popularity_power: float = 0.5
    recency: float = 0.7
    neighbours: int = 300

    def __post_init__(self) -> None:
        if self.dimensions < 0 or self.neighbours < 1 or not 0 < self.recency <= 1:
            raise ConfigurationError(
                "dimensions must be at least 0, neighbours at least 1, recency in (0, 1]"
            )
        if not self.power > 0 or self.popularity_power < 0 or self.characters < 0:
            raise ConfigurationError("power must be positive, popularity_power and characters at least 0")

    @property
    def name(self) -> str:
        """The name of the row."""
        return "content"

    def parameters(self) -> Mapping[str, ParameterValue]:
        """Return everything that changes the result."""
        return asdict(self)

    def fit(self, training: SequenceTraining) -> ItemToItemScorer:
        """Learn from what describes items.

        Parameters
        ----------
        training : SequenceTraining
            Without features nothing is similar to anything.

        Returns
        -------
        ItemToItemScorer
        """
        return ItemToItemScorer(self.item_matrix(training), self.recency)

    def item_matrix(self, training: SequenceTraining) -> csr_array:
        """Compare every two items.

        Parameters
        ----------
        training : SequenceTraining

        Returns
        -------
        csr_array of float32, shape (n_items, n_items)
            The `neighbours` most similar items of each item, itself left out.

        Notes
        -----
        512 rows of n_items at once in memory.
        """
        n_items = training.n_items
        if training.features is None or training.features.words.nnz == 0:
            return no_scores(n_items, n_items)
        vectors: Any = self._vectors(training.features)
        known = np.log1p(np.bincount(training.sequences.items, minlength=n_items)) + _UNKNOWN
        # Powers keep the order, so only what is kept has to be raised: (s * f ** (1 / p)) ** p = s ** p * f.
        factors = np.power(known, self.popularity_power / self.power).astype(np.float32)
        turned = vectors.T
        blocks = [
            self._best(vectors[first : first + _BLOCK] @ turned, factors, first)
            for first in range(0, n_items, _BLOCK)
        ]
        lengths = np.concatenate([np.diff(block.indptr) for block in blocks])
        return csr_array(
            (
                np.concatenate([block.data for block in blocks]),
                np.concatenate([block.indices for block in blocks]),
                np.concatenate(([0], np.cumsum(lengths))),
            ),
            shape=(n_items, n_items),
        )

    def _vectors(self, features: ItemFeatures) -> csr_array | Scores:
        vectors = unit_rows(weighted(features.words, "tfidf"))
        if self.characters and features.characters is not None:
            grams = unit_rows(weighted(features.characters, "tfidf"))
            vectors = unit_rows(
                csr_array(hstack([vectors, grams * np.float32(self.characters)], format="csr"))
            )
        if 0 < self.dimensions < min(vectors.shape):
            # Not transposed, random starts belong to features, which are in alphabetical order, and not to
            # items, whose numbers must not matter.
            left, sizes, _ = randomized_svd(
                vectors, self.dimensions, n_iter=_POWER_STEPS, transpose=False, random_state=_SEED
            )
            reduced = left * sizes
            lengths = np.maximum(np.linalg.norm(reduced, axis=1, keepdims=True), np.finfo(np.float32).tiny)
            dense: Scores = (reduced / lengths).astype(np.float32)
            return dense
        return vectors

    def _best(self, product: csr_array | Scores, factors: Scores, first: int) -> csr_array:
        width = min(self.neighbours, product.shape[1])
        if isinstance(product, csr_array) and product.nnz < _DENSE_SHARE * np.prod(product.shape):
            likely = scaled(product, columns=factors)
        else:
            likely = _at_least_the_best(product, factors, width)
        own = likely.indices == rows_of(likely) + first
        likely.data[own | (likely.data < 0)] = 0
        likely.eliminate_zeros()
        best = best_of_rows(likely, width)
        return csr_array((np.power(best.data, self.power), best.indices, best.indptr), shape=best.shape)


def _at_least_the_best(product: csr_array | Scores, factors: Scores, width: int) -> csr_array:
    """Return at least the best positive entries of each row, one more because of its own."""
    values: Scores = np.asarray(product.toarray() if isinstance(product, csr_array) else product)
    values *= factors
    n_rows, n_columns = values.shape
    # A bound from some columns lets through about twice as many as are wanted, for a fraction of the time.
    some = values[:, ::_EVERY]
    place = max(0, some.shape[1] - 2 * (width // _EVERY + 1))
    bounds = np.maximum(np.partition(some, place, axis=1)[:, place], np.finfo(np.float32).tiny)
    passes = values >= bounds[:, None]
    short = np.flatnonzero(np.count_nonzero(passes, axis=1) <= width)
    passes[short] = values[short] > 0
    kept = np.flatnonzero(passes)
    starts = np.searchsorted(kept, np.arange(n_rows + 1) * n_columns)
    return csr_array((values.ravel()[kept], kept % n_columns, starts), shape=values.shape)


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
