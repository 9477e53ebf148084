"""Popularity within the categories that a history moves in, categories grouped by what they are called."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import ClassVar, Final

import numpy as np
from scipy.sparse import csr_array
from sklearn.cluster import KMeans

from recs.arrays import Codes, Floats
from recs.candidates.co_occurrence import weighted
from recs.candidates.content import unit_rows
from recs.candidates.item_to_item import ItemToItemScorer
from recs.candidates.rows import best_of_rows, no_scores, scaled
from recs.candidates.sequence_model import ParameterValue, SequenceTraining
from recs.errors import ConfigurationError
from recs.item_features import ItemFeatures

_SEED: Final = 20_260_101
_ROUNDS: Final = 25


@dataclass(frozen=True, slots=True)
class CategoryPopularity:
    """Parameters of decayed popularity by category.

    Parameters
    ----------
    groups : int, at least 0
        Descriptions of categories are put into so many groups by K-means over their TF-IDF; 0, or as many as
        there are descriptions: each is a group of its own.
    half_life : float, positive
        Age, as a share of the training window, at which an event counts half.
    recency : float in (0, 1]
        Factor per event back from the latest, when scoring.
    popularity_power : float in [0, 1]
        1 = an item counts by its decayed popularity, 0 = all of a group alike.
    neighbours : int, at least 1
        Items kept per group.

    Notes
    -----
    O(events + descriptions * groups * tokens). Without a column of categories all that describes items is
    taken for one. Sources: MacQueen 1967 (K-means), Salton and Buckley 1988 (TF-IDF).
    """

    reads_features: ClassVar[bool] = True

    groups: int = 0
    half_life: float = 0.3
    recency: float = 0.8
    popularity_power: float = 1.0
    neighbours: int = 100

    def __post_init__(self) -> None:
        if self.groups < 0 or self.neighbours < 1 or not self.half_life > 0:
            raise ConfigurationError("groups must be at least 0, neighbours at least 1, half_life positive")
        if not 0 < self.recency <= 1 or not 0 <= self.popularity_power <= 1:
            raise ConfigurationError("recency must be in (0, 1], popularity_power in [0, 1]")

    @property
    def name(self) -> str:
        """The name of the row."""
        return "category_popularity"

    def parameters(self) -> Mapping[str, ParameterValue]:
        """Return everything that changes the result."""
        return asdict(self)

    def fit(self, training: SequenceTraining) -> ItemToItemScorer:
        """Count within groups.

        Parameters
        ----------
        training : SequenceTraining
            Without features every item is alone.

        Returns
        -------
        ItemToItemScorer
        """
        return ItemToItemScorer(self.item_matrix(training), self.recency)

    def item_matrix(self, training: SequenceTraining) -> csr_array:
        """Give every item of a group the popular items of that group.

        Parameters
        ----------
        training : SequenceTraining

        Returns
        -------
        csr_array of float32, shape (n_items, n_items)
            Rows of one group are equal and sum to 1.
        """
        n_items = training.n_items
        if training.features is None:
            return no_scores(n_items, n_items)
        codes = category_groups(training.features, self.groups)
        sequences = training.sequences
        weights = np.exp2(-sequences.ages / self.half_life)
        counts = np.bincount(sequences.items, weights=weights, minlength=n_items).astype(np.float64)
        member = _membership(codes)
        shares = best_of_rows(
            scaled(csr_array(member.T.tocsr()), None, np.power(counts, self.popularity_power) * (counts > 0)),
            self.neighbours,
        )
        shares.eliminate_zeros()
        sums = np.asarray(shares.sum(axis=1)).ravel()
        shares = scaled(shares, np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0))
        return csr_array(member @ shares)


def category_groups(features: ItemFeatures, groups: int) -> Codes:
    """Group items by what their category is called.

    Parameters
    ----------
    features : ItemFeatures
        Its categories, or its words where it has none.
    groups : int, at least 0
        0 = one group for each distinct description.

    Returns
    -------
    ndarray of int32, shape (n_items,)
        -1 for items without a description.

    Notes
    -----
    K-means runs over distinct descriptions in the order of their tokens, each weighted by its number of
    items, so that neither numbers nor order of items change a group.
    """
    tokens = features.words if features.categories is None else features.categories
    vectors = unit_rows(weighted(tokens, "tfidf"))
    vectors.sort_indices()
    rows = [
        (vectors.indices[start:stop].tobytes(), vectors.data[start:stop].tobytes())
        for start, stop in zip(vectors.indptr[:-1], vectors.indptr[1:], strict=True)
    ]
    distinct = {row: code for code, row in enumerate(sorted({row for row in rows if row[0]}))}
    codes = np.array([distinct.get(row, -1) for row in rows], dtype=np.int32)
    if not 0 < groups < len(distinct):
        return codes
    _, first, times = np.unique(codes[codes >= 0], return_index=True, return_counts=True)
    described = csr_array(vectors[np.flatnonzero(codes >= 0)[first]])
    described.indices, described.indptr = (
        part.astype(np.int32)
        for part in (described.indices, described.indptr)  # all that K-means takes
    )
    found = KMeans(groups, n_init=1, max_iter=_ROUNDS, random_state=_SEED).fit(
        described, sample_weight=times.astype(np.float64)
    )
    return np.where(codes >= 0, found.labels_[codes], -1).astype(np.int32)


def _membership(codes: Codes) -> csr_array:
    known = codes >= 0
    ones: Floats = np.ones(int(np.count_nonzero(known)))
    starts = np.concatenate(([0], np.cumsum(known)))
    shape = (codes.shape[0], int(codes.max(initial=0)) + 1)
    return csr_array((ones.astype(np.float32), codes[known], starts), shape=shape)
