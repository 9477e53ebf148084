"""What accuracy does not show: how much of the catalogue is recommended, and who is left out."""

from typing import Final

import numpy as np
from scipy.sparse import csr_array

from recs.arrays import Floats
from recs.candidates.rows import best_of_rows
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
        ``coverage@k``: share of the items that stand in any list. ``gini@k``: inequality of how often items
        are listed, 0 = all alike, 1 = one item alone. ``novelty@k``: mean of ``-log2`` of the share of
        training rows that hold the item. ``recall@k.coldItems``: share of targets with at most 5 training
        events that are found; ``recall@k.coldUsers``: of targets of histories of at most 2 events. A slice
        without targets is left out.

    Notes
    -----
    O(nnz log nnz). Sources: Herlocker et al. 2004; Castells et al. 2015.
    """
    lists = best_of_rows(scores, cutoff)
    n_items = scores.shape[1]
    shown = np.bincount(lists.indices, minlength=n_items).astype(np.float64)
    training = task.training.sequences
    holders = training.item_counts()
    share = (holders + 1) / (max(1, len(training)) + 1)
    found = {
        f"coverage@{cutoff}": float(np.count_nonzero(shown) / n_items),
        f"gini@{cutoff}": gini(shown),
        f"novelty@{cutoff}": float(-np.log2(share[lists.indices]).mean()) if lists.nnz else 0.0,
    }
    questions = task.questions
    hit = target_ranks(scores, questions) <= cutoff
    events = np.bincount(training.items, minlength=n_items)
    slices = {
        "coldItems": (questions.targets < 0) | (events[questions.targets] <= _COLD_ITEM_EVENTS),
        "coldUsers": questions.histories.lengths[questions.owners] <= _COLD_HISTORY_EVENTS,
    }
    for name, chosen in slices.items():
        if chosen.any():
            found[f"recall@{cutoff}.{name}"] = float(hit[chosen].mean())
    return found


def gini(counts: Floats) -> float:
    """Return how unequal counts are.

    Parameters
    ----------
    counts : ndarray of float64, shape (n,)
        At least one, at least 0.

    Returns
    -------
    float
        In [0, 1).

    Examples
    --------
    >>> gini(np.array([1.0, 1.0])), gini(np.array([0.0, 1.0]))
    (0.0, 0.5)
    """
    ordered = np.sort(counts)
    total = ordered.sum()
    if total == 0:
        return 0.0
    n = ordered.shape[0]
    return float((2 * np.arange(1, n + 1) - n - 1) @ ordered / (n * total))
