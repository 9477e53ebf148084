"""A closed form that predicts the future of a sequence from its past: ridge regression between items."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
from scipy.linalg import lapack
from scipy.sparse import csr_array

from recs.arrays import AnyArray, Positions
from recs.candidates.item_to_item import ItemToItemScorer
from recs.candidates.rows import best_of_rows, no_scores
from recs.candidates.sequence_model import ParameterValue, SequenceTraining
from recs.errors import ConfigurationError
from recs.sequences import Sequences

_BLOCK: Final = 512
_SPLITS_AT_ONCE: Final = 100_000
_LONGEST: Final = 50


@dataclass(frozen=True, slots=True)
class PastFuture:
    """Parameters of the closed form.

    Parameters
    ----------
    ridge : float, positive
        Regularisation, added to the diagonal.
    past_recency : float in (0, 1]
        Factor per event back from the split, for what is regressed on and for histories when scoring.
    future_recency : float in [0, 1]
        Factor per event after the next one, for what is predicted; 0 = the next item alone.
    popularity_power : float in [0, 1]
        Targets are divided by ``popularity ** popularity_power``.
    half_life : float
        Age, as a share of the training window, at which a split counts half.
    most_items : int, at least 1
        Only so many of the most popular items are learned: time grows with their cube, memory with their
        square (20,000 items: 1.6 GB and minutes; 5,000: 0.1 GB and seconds).
    neighbours : int, at least 1
        Entries kept per item, the largest ones.

    Notes
    -----
    ``B = (S'WS + ridge I)^-1 S'WT``: every split of every row into a past S and a future T is an example. The
    inverse is made in place in float32 by Cholesky. Sources: Steck 2019 (EASE), Choi et al. 2021 (SLIST).
    """

    ridge: float = 30.0
    past_recency: float = 0.6
    future_recency: float = 0.5
    popularity_power: float = 0.0
    half_life: float = float("inf")
    most_items: int = 5_000
    neighbours: int = 500

    def __post_init__(self) -> None:
        if not 0 < self.past_recency <= 1 or not 0 <= self.future_recency <= 1:
            raise ConfigurationError("past_recency must be in (0, 1], future_recency in [0, 1]")
        if not self.ridge > 0 or not self.half_life > 0 or self.most_items < 1 or self.neighbours < 1:
            raise ConfigurationError("ridge and half_life must be positive, the counts at least 1")

    @property
    def name(self) -> str:
        """The name of the row."""
        return "past_future"

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
        return ItemToItemScorer(self.item_matrix(training), self.past_recency)

    def item_matrix(self, training: SequenceTraining) -> csr_array:
        """Solve for the matrix.

        Parameters
        ----------
        training : SequenceTraining

        Returns
        -------
        csr_array of float32, shape (n_items, n_items)
            Negative entries are dropped with the small ones.
        """
        sequences = training.sequences
        counts = np.bincount(sequences.items, minlength=sequences.n_items)
        kept = np.sort(np.argsort(-counts, kind="stable")[: min(self.most_items, np.count_nonzero(counts))])
        if kept.size == 0:
            return no_scores(sequences.n_items, sequences.n_items)
        gram, cross = self._products(sequences, kept)
        cross.data /= np.power(counts[kept], self.popularity_power, dtype=np.float64)[cross.indices]
        inverse = inverted(gram, self.ridge)
        blocks = [
            best_of_rows(csr_array(np.maximum(inverse[start : start + _BLOCK] @ cross, 0)), self.neighbours)
            for start in range(0, kept.size, _BLOCK)
        ]
        return _spread(blocks, kept, sequences.n_items)

    def _products(self, sequences: Sequences, kept: Positions) -> tuple[csr_array, csr_array]:
        splits = _splits(sequences)
        n = kept.size
        gram, cross = (csr_array((n, n), dtype=np.float32) for _ in range(2))
        for start in range(0, splits.shape[0], _SPLITS_AT_ONCE):
            chosen = splits[start : start + _SPLITS_AT_ONCE]
            row = np.searchsorted(sequences.starts, chosen, side="right") - 1
            past = sequences.slices(sequences.starts[row], chosen).latest(_LONGEST)
            end = sequences.starts[row + 1]
            future = sequences.slices(
                chosen, np.minimum(end, chosen + 1 if self.future_recency == 0 else end)
            )
            weights = np.sqrt(np.exp2(-sequences.ages[chosen] / self.half_life))
            seen = past.matrix(np.power(self.past_recency, past.baskets_back) * weights[past.rows])[:, kept]
            ahead = future.matrix(np.power(self.future_recency, _ahead(future)) * weights[future.rows])[
                :, kept
            ]
            gram = gram + seen.T @ seen
            cross = cross + seen.T @ ahead
        return csr_array(gram), csr_array(cross)


def _splits(sequences: Sequences) -> Positions:
    """Return the events that begin a basket and have one before it in their row."""
    starts_basket = np.ones(sequences.items.shape[0], dtype=np.bool_)
    starts_basket[1:] = sequences.baskets[1:] != sequences.baskets[:-1]
    starts_basket[sequences.starts[:-1][sequences.lengths > 0]] = False
    return np.flatnonzero(starts_basket)


def _ahead(future: Sequences) -> Positions:
    first = future.baskets[future.starts[:-1]]
    return future.baskets.astype(np.int64) - np.repeat(first, future.lengths)


def inverted(gram: csr_array, ridge: float) -> AnyArray:
    """Invert a positive semi-definite matrix plus a ridge, in place.

    Parameters
    ----------
    gram : csr_array of float32, shape (n, n)
    ridge : float

    Returns
    -------
    ndarray of float32, shape (n, n)

    Notes
    -----
    n^3 operations, 4 n^2 bytes.
    """
    dense = np.asfortranarray(gram.toarray())
    dense[np.diag_indices_from(dense)] += np.float32(ridge)
    factor, failed = lapack.spotrf(dense, lower=1, overwrite_a=1, clean=0)
    if failed == 0:
        factor, failed = lapack.spotri(factor, lower=1, overwrite_c=1)
    if failed:
        raise ConfigurationError(f"ridge {ridge} is too small for float32")
    for start in range(0, dense.shape[0], _BLOCK):
        stop = start + _BLOCK
        factor[start:stop, stop:] = factor[stop:, start:stop].T
        corner = factor[start:stop, start:stop]
        corner[...] = np.tril(corner) + np.tril(corner, -1).T
    return np.asarray(factor)


def _spread(blocks: list[csr_array], kept: Positions, n_items: int) -> csr_array:
    lengths = np.zeros(n_items, dtype=np.int64)
    lengths[kept] = np.concatenate([np.diff(block.indptr) for block in blocks])
    columns = kept[np.concatenate([block.indices for block in blocks])]
    values = np.concatenate([block.data for block in blocks]).astype(np.float32)
    starts = np.concatenate(([0], np.cumsum(lengths)))
    return csr_array((values, columns, starts), shape=(n_items, n_items))
