"""What accuracy does not show: how much of the catalogue is recommended, and who is left out."""

from typing import Final

import numpy as np
from scipy.sparse import csr_array

from recs.arrays import Mask
from recs.candidates.rows import rows_of
from recs.evaluation.beyond_accuracy import Lists, coverage, gini, intra_list_diversity
from recs.evaluation.ranking import target_ranks
from recs.evaluation.tasks import Task

_COLD_ITEM_EVENTS: Final = 5
_COLD_HISTORY_EVENTS: Final = 2


def list_metrics(scores: csr_array, task: Task, cutoff: int) -> dict[str, float]:
    """Describe the lists themselves.

    Parameters
    ----------
    scores : csr_array of float32, shape (n_histories, n_items)
        As of `asked_scores`.
    task : Task
    cutoff : int

    Returns
    -------
    dict of str to float
        ``coverage@k``: share of the eligible items that stand in any list. ``gini@k``: inequality of how
        often items are listed, 0 = all alike, 1 = one item alone. ``novelty@k``: mean of ``-log2`` of the
        share of training rows that hold the item. ``diversity@k``, where items are described: mean share of
        columns in which two items of a list differ. ``recall@k.coldItems``: share of targets with at most 5
        training events that are found; ``recall@k.coldUsers``: of targets of histories of at most 2 events. A
        slice without targets is left out.

    Notes
    -----
    O(nnz log nnz). Sources: Herlocker et al. 2004; Castells et al. 2015.
    """
    hit = target_ranks(scores, task.questions) <= cutoff
    return figures_of(listed(scores, cutoff), hit, task, cutoff)


def figures_of(lists: Lists, hit: Mask, task: Task, cutoff: int) -> dict[str, float]:
    """Describe lists that have been cut.

    Parameters
    ----------
    lists : Lists
        One for each history of the task, in its order.
    hit : ndarray of bool, shape (n_targets,)
        Whether each target of the task is found.
    task : Task
    cutoff : int

    Returns
    -------
    dict of str to float
        As of `list_metrics`.
    """
    n_items = task.questions.histories.n_items
    shown = np.bincount(lists.items, minlength=n_items)
    eligible = (
        np.ones(n_items, dtype=np.bool_) if task.questions.eligible is None else task.questions.eligible
    )
    training = task.training.sequences
    holders = training.item_counts()
    share = (holders + 1) / (max(1, len(training)) + 1)
    found = {
        f"coverage@{cutoff}": coverage(shown, eligible),
        f"gini@{cutoff}": gini(shown, eligible),
        f"novelty@{cutoff}": float(-np.log2(share[lists.items]).mean()) if lists.items.size else 0.0,
    }
    features = task.training.features
    if features is not None and features.columns:
        varied = intra_list_diversity(lists, features.columns)
        if not np.isnan(varied).all():
            found[f"diversity@{cutoff}"] = float(np.nanmean(varied))
    questions = task.questions
    events = np.bincount(training.items, minlength=n_items)
    slices = {
        "coldItems": (questions.targets < 0) | (events[questions.targets] <= _COLD_ITEM_EVENTS),
        "coldUsers": questions.histories.lengths[questions.owners] <= _COLD_HISTORY_EVENTS,
    }
    for name, chosen in slices.items():
        if chosen.any():
            found[f"recall@{cutoff}.{name}"] = float(hit[chosen].mean())
    return found


def listed(scores: csr_array, cutoff: int) -> Lists:
    """Cut every list by the rule that recall counts by: in is what has a mid-rank of at most `cutoff`.

    Parameters
    ----------
    scores : csr_array of float32, shape (n_histories, n_items)
        Positive entries.
    cutoff : int

    Returns
    -------
    Lists
        Tied items enter together or not at all, so the numbers of items cannot decide.

    Examples
    --------
    >>> listed(csr_array(np.array([[2.0, 1.0, 0.0, 1.0]])), 2).items.tolist()
    [0]
    """
    rows = rows_of(scores)
    order = np.lexsort((-scores.data, rows))
    ordered = scores.data[order]
    fresh = np.ones(order.shape[0], dtype=np.bool_)
    fresh[1:] = (ordered[1:] != ordered[:-1]) | (rows[1:] != rows[:-1])
    firsts = np.flatnonzero(fresh)
    lengths = np.append(firsts[1:], order.shape[0])[: firsts.shape[0]] - firsts
    above = firsts - scores.indptr[:-1][rows[firsts]]
    ranks = np.repeat(above + (lengths + 1) / 2, lengths)
    kept = np.sort(order[ranks <= cutoff])
    return Lists(rows[kept], scores.indices[kept].astype(np.int64), scores.shape[0])
