"""Scoring every item for many users with the same formula that serving uses for a few candidates."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from recs.arrays import Scores
from recs.candidates.base import CandidateScorer
from recs.candidates.neighbours import NeighbourTable
from recs.history import History, Seeds, seeds_of
from recs.parts import FittedGenerator
from recs.snapshot import RecommenderSnapshot

_BLOCK_ENTRIES = 16_000_000


def dense_neighbour_scores(scorer: CandidateScorer, user_seeds: csr_array, most: int) -> Scores:
    """Score every item for a block of users by a table of neighbours.

    Parameters
    ----------
    scorer : NeighbourTable
    user_seeds : csr_array of float32, shape (n_block, n_items)
        Seed weights.
    most : int
        Neighbours heard per seed.

    Returns
    -------
    ndarray of float32, shape (n_block, n_items)
        0 where no seed supports an item.

    Notes
    -----
    O(nnz * k + n_items * k) time; lives here, because workers never need `scipy.sparse`.
    """
    arrays = scorer.arrays()
    positions, scores = arrays["positions"][:, :most], arrays["scores"][:, :most]
    kept = positions >= 0
    starts = np.concatenate(([0], np.cumsum(kept.sum(axis=1))))
    table = csr_array((scores[kept], positions[kept], starts), shape=(positions.shape[0],) * 2)
    dense: Scores = np.asarray((user_seeds @ table).todense(), dtype=np.float32)
    return dense


_DENSE_BY_KIND: Final[dict[str, Callable[[CandidateScorer, csr_array, int], Scores]]] = {
    NeighbourTable.kind: dense_neighbour_scores
}
"""Every kind of scorer that serving knows has its batch twin here; a test compares the two."""


def dense_scores(snapshot: RecommenderSnapshot, seeds: Sequence[Seeds]) -> Scores:
    """Score all items for a block of users.

    Parameters
    ----------
    snapshot : RecommenderSnapshot
    seeds : sequence of Seeds, length n_block

    Returns
    -------
    ndarray of float32, shape (n_block, n_items)
        The blend of `recs.ranking.blend`, for every item; ``-inf`` for items of the history.

    Notes
    -----
    O(n_block * n_items) memory.
    """
    parts = snapshot.parts
    lengths = [len(each) for each in seeds]
    starts = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
    columns = np.concatenate([each.positions for each in seeds])
    weights = np.concatenate([each.weights for each in seeds])
    user_seeds = csr_array((weights, columns, starts), shape=(len(seeds), snapshot.n_items))
    scores = np.tile(parts.popular.scores * np.float32(parts.serving.popularity_weight), (len(seeds), 1))
    together = parts.blended
    asked = parts.generators if together is None else (FittedGenerator("", 1.0, together.table),)
    widest = max((array.shape[-1] for each in asked for array in each.scorer.arrays().values()), default=0)
    heard = np.array([min(widest, parts.serving.neighbours_heard(length, len(asked))) for length in lengths])
    for most in np.unique(heard):
        rows = np.flatnonzero(heard == most)
        for generator in asked:
            dense = _DENSE_BY_KIND[generator.scorer.kind](generator.scorer, user_seeds[rows], int(most))
            scores[rows] += dense * np.float32(generator.weight)
    for row, each in enumerate(seeds):
        scores[row, each.blocked] = -np.inf
    return scores


def scored_blocks(
    snapshot: RecommenderSnapshot, histories: Sequence[History]
) -> Iterator[tuple[int, Scores]]:
    """Score users block by block, so that memory stays bounded.

    Parameters
    ----------
    snapshot : RecommenderSnapshot
    histories : sequence of History

    Yields
    ------
    first : int
        Index of the block's first history.
    scores : ndarray of float32, shape (n_block, n_items)
        As in `dense_scores`.

    Notes
    -----
    64 MB per block.
    """
    size = max(1, _BLOCK_ENTRIES // max(1, snapshot.n_items))
    for first in range(0, len(histories), size):
        block = [
            seeds_of(history, snapshot.vocabulary, snapshot.parts.serving.recency)
            for history in histories[first : first + size]
        ]
        yield first, dense_scores(snapshot, block)
