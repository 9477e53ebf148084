"""What a blend sees of every candidate: what each ingredient says, and its place in the history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from recs.arrays import AnyArray, Positions, Scores
from recs.candidates.rows import keys_of, looked_up, row_maxima, rows_of
from recs.candidates.session_knn import steps_of_items
from recs.sequences import Sequences

FEATURES_PER_INGREDIENT: Final = 3
HISTORY_FEATURES: Final = 4
_FLOOR: Final = 0.01
_RANK_SCALE: Final = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class CandidateFeatures:
    """Candidates of a block of histories: the union of what the ingredients name.

    Attributes
    ----------
    keys : ndarray of int64, shape (n_candidates,)
        ``row * n_items + item``, ascending.
    values : ndarray of float32, shape (n_candidates, 3 * n_ingredients + 4)
        Per ingredient: score over the row's best; its logarithm, floored at 0.01; ``1 / (1 + rank / 10)``.
        Then the place in the history: whether the candidate is there, ``1 / steps back``, whether latest,
        whether the one before.
    lengths : ndarray of int64, shape (n_rows,)
        Events of each history.
    n_rows, n_items : int
    """

    keys: Positions
    values: Scores
    lengths: Positions
    n_rows: int
    n_items: int

    @property
    def rows(self) -> Positions:
        """Row of every candidate."""
        return self.keys // self.n_items

    def starts(self) -> Positions:
        """Return where each row's candidates start, shape (n_rows + 1,)."""
        return np.searchsorted(self.rows, np.arange(self.n_rows + 1))

    def scored(self, scores: AnyArray) -> csr_array:
        """Return scores as a sparse matrix of positive entries.

        Parameters
        ----------
        scores : ndarray, shape (n_candidates,)

        Returns
        -------
        csr_array of float32, shape (n_rows, n_items)
            Shifted per row so that the least candidate has 1.
        """
        starts = self.starts()
        filled = np.flatnonzero(np.diff(starts))
        least = np.zeros(self.n_rows)
        if filled.size:
            least[filled] = np.minimum.reduceat(scores, starts[:-1][filled])
        values = (scores - least[self.rows] + 1.0).astype(np.float32)
        return csr_array((values, self.keys % self.n_items, starts), shape=(self.n_rows, self.n_items))


def candidate_features(ingredients: Sequence[csr_array], histories: Sequences) -> CandidateFeatures:
    """Join the candidates of several models.

    Parameters
    ----------
    ingredients : sequence of csr_array of float32, shape (n_rows, n_items)
        Positive scores, indices sorted.
    histories : Sequences
        n_rows histories.

    Returns
    -------
    CandidateFeatures

    Notes
    -----
    O(candidates * log candidates) per ingredient.
    """
    n_rows, n_items = ingredients[0].shape
    keys = np.unique(np.concatenate([keys_of(each) for each in ingredients]))
    width = FEATURES_PER_INGREDIENT * len(ingredients)
    values = np.zeros((keys.shape[0], width + HISTORY_FEATURES), dtype=np.float32)
    for index, matrix in enumerate(ingredients):
        first = FEATURES_PER_INGREDIENT * index
        share, rank = shares_and_ranks(matrix)
        places, found = looked_up(matrix, keys)
        values[:, first + 1] = np.log(_FLOOR)
        if matrix.nnz:
            chosen = places[found]
            values[found, first] = share[chosen]
            values[found, first + 1] = np.log(np.maximum(share[chosen], _FLOOR))
            values[found, first + 2] = 1.0 / (1.0 + rank[chosen] / _RANK_SCALE)
    steps = steps_of_items(histories)
    places, found = looked_up(steps, keys)
    back = np.where(found, steps.data[places] if steps.nnz else 0, np.inf)
    values[:, width] = found
    values[:, width + 1] = 1.0 / back
    values[:, width + 2] = back == 1
    values[:, width + 3] = back == 2
    return CandidateFeatures(keys, values, histories.lengths, n_rows, n_items)


def shares_and_ranks(matrix: csr_array) -> tuple[Scores, Positions]:
    """Return each entry's share of its row's best, and its rank from 0.

    Parameters
    ----------
    matrix : csr_array of float32
        Positive.

    Returns
    -------
    shares : ndarray of float32, shape (nnz,)
    ranks : ndarray of int64, shape (nnz,)
        Equal scores share the best of their ranks, whatever their columns.
    """
    rows = rows_of(matrix)
    shares = (matrix.data / np.maximum(row_maxima(matrix), np.finfo(np.float32).tiny)[rows]).astype(
        np.float32
    )
    order = np.lexsort((-matrix.data, rows))
    place = np.arange(order.shape[0])
    fresh = np.ones(order.shape[0], dtype=np.bool_)
    ordered = matrix.data[order]
    fresh[1:] = (ordered[1:] != ordered[:-1]) | (rows[1:] != rows[:-1])
    ranks = np.empty(order.shape[0], dtype=np.int64)
    ranks[order] = np.maximum.accumulate(np.where(fresh, place, 0)) - matrix.indptr[:-1][rows]
    return shares, ranks
