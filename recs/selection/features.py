"""What a blend sees of every candidate: what each ingredient says, and its place in the history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from recs.arrays import AnyArray, Positions, Scores
from recs.candidates.rows import keys_of, looked_up, row_major_falling, row_maxima, rows_of
from recs.candidates.session_knn import steps_of_items
from recs.sequences import Sequences

FEATURES_PER_INGREDIENT: Final = 3
HISTORY_FEATURES: Final = 4
ITEM_FEATURES: Final = 4
OTHER_FEATURES: Final = HISTORY_FEATURES + ITEM_FEATURES
_FRESH: Final = 0.05
_FLOOR: Final = 0.01
RANK_SCALE: Final = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class CandidateFeatures:
    """Candidates of a block of histories: what is asked for, or the union of what the ingredients name.

    Attributes
    ----------
    keys : ndarray of int64, shape (n_candidates,)
        ``row * n_items + item``, ascending.
    values : ndarray of float32, shape (n_candidates, 3 * n_ingredients + 8)
        Per ingredient: score over the row's best; its logarithm, floored at 0.01; ``1 / (1 + rank / 10)``.
        Then the place in the history: whether the candidate is there, ``1 / steps back``, whether latest,
        whether the one before. Then what is known of the item: see `ItemStatistics`.
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


@dataclass(frozen=True, slots=True, eq=False)
class ItemStatistics:
    """What training knows of items, whoever asks.

    Attributes
    ----------
    tables : tuple of ndarray of float32, each of shape (n_items, 4)
        One for each moment of judgement: ``log1p`` of the number of events; the same with a half-life of a
        twentieth of the window; age of the latest and of the first event as shares of the window, 1 without
        any.
    moments : ndarray of int64, shape (n_histories,)
        The table of each history.
    """

    tables: tuple[Scores, ...]
    moments: Positions

    @classmethod
    def of(cls, training: Sequence[Sequences], n_histories: Sequence[int]) -> "ItemStatistics":
        """Count.

        Parameters
        ----------
        training : sequence of Sequences
            One for each moment.
        n_histories : sequence of int
            How many histories ask at each moment, in order.

        Returns
        -------
        ItemStatistics
        """
        tables = tuple(_statistics(sequences) for sequences in training)
        return cls(tables, np.repeat(np.arange(len(tables)), n_histories))

    def take(self, chosen: AnyArray) -> "ItemStatistics":
        """Return those of some histories.

        Parameters
        ----------
        chosen : ndarray of int64

        Returns
        -------
        ItemStatistics
        """
        return ItemStatistics(self.tables, self.moments[chosen])

    def of_candidates(self, rows: Positions, items: Positions) -> Scores:
        """Return what is known of each candidate, shape (n_candidates, 4)."""
        values = np.empty((rows.shape[0], ITEM_FEATURES), dtype=np.float32)
        moments = self.moments[rows]
        for moment, table in enumerate(self.tables):
            chosen = moments == moment
            values[chosen] = table[items[chosen]]
        return values


def _statistics(sequences: Sequences) -> Scores:
    items, ages, n_items = sequences.items, sequences.ages, sequences.n_items
    table = np.ones((n_items, ITEM_FEATURES), dtype=np.float32)
    table[:, 0] = np.log1p(np.bincount(items, minlength=n_items))
    table[:, 1] = np.log1p(np.bincount(items, weights=np.exp2(-ages / _FRESH), minlength=n_items))
    np.minimum.at(table[:, 2], items, ages.astype(np.float32))
    first = np.full(n_items, -1, dtype=np.float32)
    np.maximum.at(first, items, ages.astype(np.float32))
    table[:, 3] = np.where(first < 0, 1, first)
    return table


def candidate_features(
    ingredients: Sequence[csr_array],
    histories: Sequences,
    known: ItemStatistics,
    asked: Positions | None = None,
) -> CandidateFeatures:
    """Join the candidates of several models.

    Parameters
    ----------
    ingredients : sequence of csr_array of float32, shape (n_rows, n_items)
        Positive scores, indices sorted.
    histories : Sequences
        n_rows histories.
    known : ItemStatistics
        Of the same histories.
    asked : ndarray of int64, optional
        ``row * n_items + item`` of fixed candidates: each has a row even if no ingredient names it, because
        the item itself is known.

    Returns
    -------
    CandidateFeatures

    Notes
    -----
    O(candidates * log candidates) per ingredient.
    """
    n_rows, n_items = ingredients[0].shape
    named = [keys_of(each) for each in ingredients]
    keys = _distinct(np.concatenate(named if asked is None else [*named, asked]))
    width = FEATURES_PER_INGREDIENT * len(ingredients)
    values = np.empty((keys.shape[0], width + OTHER_FEATURES), dtype=np.float32)
    values[:, :width] = np.tile(np.array([0.0, np.log(_FLOOR), 0.0], dtype=np.float32), len(ingredients))
    for index, matrix in enumerate(ingredients):
        first = FEATURES_PER_INGREDIENT * index
        share, rank = shares_and_ranks(matrix)
        # From the few that one ingredient names to all candidates, not the other way round.
        places = np.searchsorted(keys, keys_of(matrix))
        values[places, first] = share
        values[places, first + 1] = np.log(np.maximum(share, _FLOOR))
        values[places, first + 2] = 1.0 / (1.0 + rank / RANK_SCALE)
    steps = steps_of_items(histories)
    places, found = looked_up(steps, keys)
    back = np.where(found, steps.data[places] if steps.nnz else 0, np.inf)
    values[:, width] = found
    values[:, width + 1] = 1.0 / back
    values[:, width + 2] = back == 1
    values[:, width + 3] = back == 2
    values[:, width + HISTORY_FEATURES :] = known.of_candidates(keys // n_items, keys % n_items)
    return CandidateFeatures(keys, values, histories.lengths, n_rows, n_items)


def _distinct(keys: Positions) -> Positions:
    """Return what `numpy.unique` would, in less than half of its time: that builds a hash table first."""
    keys.sort()
    fresh = np.ones(keys.shape[0], dtype=np.bool_)
    fresh[1:] = keys[1:] != keys[:-1]
    return keys[fresh]


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
    # One sort of integers instead of two of floats and rows; the order among equals does not matter.
    order = np.argsort(row_major_falling(matrix, rows))
    place = np.arange(order.shape[0])
    fresh = np.ones(order.shape[0], dtype=np.bool_)
    ordered = matrix.data[order]
    fresh[1:] = (ordered[1:] != ordered[:-1]) | (rows[1:] != rows[:-1])
    ranks = np.empty(order.shape[0], dtype=np.int64)
    ranks[order] = np.maximum.accumulate(np.where(fresh, place, 0)) - matrix.indptr[:-1][rows]
    return shares, ranks
