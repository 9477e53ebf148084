"""Ranking every item for many histories at once, without a dense matrix of all scores."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from scipy.sparse import csr_array, vstack
from tqdm import tqdm

from recs.arrays import AnyArray, Floats, Positions
from recs.candidates.rows import best_of_rows, looked_up, without
from recs.candidates.sequence_model import FixedCandidatesScorer, HistoryScorer
from recs.evaluation.tasks import Questions

_BLOCK: Final = 1024


def asked_scores(scorer: HistoryScorer, questions: Questions, depth: int, *, progress: bool) -> csr_array:
    """Score what the questions rank.

    Parameters
    ----------
    scorer : HistoryScorer
    questions : Questions
    depth : int
        Best items kept per history. With fixed negatives, exactly these and the targets are asked for
        instead, and whatever the model knows of each of them is kept.
    progress : bool

    Returns
    -------
    csr_array of float32, shape (n_histories, n_items)
        Positive scores only; the others share the ranks below.
    """
    blocks = []
    with tqdm(total=len(questions.histories), desc="scoring", unit="user", disable=not progress) as bar:
        for block in _blocks(questions):
            blocks.append(_kept(scorer, block, depth))
            bar.update(len(block.histories))
    return csr_array(vstack(blocks, format="csr"))


def target_ranks(scores: csr_array, questions: Questions) -> Floats:
    """Rank the targets.

    Parameters
    ----------
    scores : csr_array of float32, shape (n_histories, n_items)
        As of `asked_scores`.
    questions : Questions

    Returns
    -------
    ndarray of float64, shape (n_targets,)
        1 = best; equal scores share their mean rank, so do all items without a score. Infinite for unknown
        targets, for those that the history masks and those that may not be recommended.

    Notes
    -----
    O(targets * depth).
    """
    n_items = scores.shape[1]
    known = questions.targets >= 0
    places, found = looked_up(scores, questions.owners * np.int64(n_items) + np.maximum(questions.targets, 0))
    own = np.where(found & known, scores.data[places] if scores.nnz else 0.0, 0.0)
    lengths = np.diff(scores.indptr)[questions.owners]
    starts = scores.indptr[:-1][questions.owners]
    ends = np.cumsum(lengths)
    index = np.arange(int(ends[-1]) if ends.size else 0) - np.repeat(ends - lengths, lengths)
    values = scores.data[np.repeat(starts, lengths) + index]
    rivals = np.repeat(own, lengths)
    above = _counts(values > rivals, ends, lengths)
    equal = np.where(own > 0, _counts(values == rivals, ends, lengths), _ranked_items(questions) - lengths)
    ranks: Floats = above + (equal + 1) / 2
    ranks[~known] = np.inf
    if questions.eligible is not None:
        ranks[known & ~questions.eligible[questions.targets]] = np.inf
    if questions.masked and questions.negatives is None:
        seen = _histories(questions)
        _, blocked = looked_up(seen, questions.owners * np.int64(n_items) + questions.targets)
        ranks[blocked] = np.inf
    return ranks


def _kept(scorer: HistoryScorer, block: Questions, depth: int) -> csr_array:
    keys = block.candidate_keys()
    if keys is not None:
        kept = _of_candidates(scorer, block, keys)
    else:
        scores = scorer.scores(block.histories)
        if block.eligible is not None:
            scores.data *= block.eligible[scores.indices]
        scores.sort_indices()
        kept = best_of_rows(without(scores, _histories(block)) if block.masked else scores, depth)
    kept.eliminate_zeros()
    return kept


def _blocks(questions: Questions) -> Iterator[Questions]:
    n = len(questions.histories)
    for first in range(0, n, _BLOCK):
        yield questions.take(np.arange(first, min(first + _BLOCK, n)))


def _histories(questions: Questions) -> csr_array:
    histories = questions.histories
    return histories.matrix(np.ones(histories.items.shape[0]))


def _of_candidates(scorer: HistoryScorer, block: Questions, keys: Positions) -> csr_array:
    """Score fixed candidates: each that the model can tell apart, not only those that it would name."""
    n_items = np.int64(block.histories.n_items)
    if isinstance(scorer, FixedCandidatesScorer):
        values = scorer.candidate_scores(block.histories, keys)
    else:
        scores = scorer.scores(block.histories)
        scores.sort_indices()
        places, found = looked_up(scores, keys)
        keys, values = keys[found], scores.data[places[found]]
    if block.eligible is not None:
        values = values * block.eligible[keys % n_items]
    starts = np.searchsorted(keys // n_items, np.arange(len(block.histories) + 1))
    return csr_array((values, keys % n_items, starts), shape=(len(block.histories), int(n_items)))


def _ranked_items(questions: Questions) -> AnyArray:
    n_items = questions.histories.n_items
    if questions.negatives is not None:
        return np.full(questions.owners.shape[0], questions.negatives.shape[1] + 1)
    eligible = questions.eligible
    n_eligible = n_items if eligible is None else int(np.count_nonzero(eligible))
    if not questions.masked:
        return np.full(questions.owners.shape[0], n_eligible)
    met = _histories(questions)
    if eligible is not None:
        met.data *= eligible[met.indices]
        met.eliminate_zeros()
    return n_eligible - np.diff(met.indptr)[questions.owners]


def _counts(flags: AnyArray, ends: AnyArray, lengths: AnyArray) -> AnyArray:
    total = np.concatenate(([0], np.cumsum(flags)))
    counts: AnyArray = total[ends] - total[ends - lengths]
    return counts
