"""Buying again: items of one's own past purchases that buyers come back for."""

import numpy as np

from recs.columns import Event
from recs.history import History
from recs.parts import SnapshotParts
from recs.ranking.order import best_first
from recs.ranking.selection import Request, slate_of
from recs.slate import Reason, Slate


def buy_again_slate(parts: SnapshotParts, history: History, request: Request) -> Slate:
    """Return purchased items by repeat rate and own frequency.

    Parameters
    ----------
    parts : SnapshotParts
    history : History
    request : Request

    Returns
    -------
    Slate
        Items whose repeat rate reaches ``min_repeat_rate``; score ``rate * log1p(times bought)``.

    Notes
    -----
    O(len(history) log n_items). Source: repeat rates as in Bhagat et al. 2018, "Buy it again".
    """
    if history.events is None or len(history) == 0:
        return slate_of(parts, [], [], [])
    bought = parts.vocabulary.positions(np.asarray(history.item_ids)[history.events == Event.PURCHASE])
    positions, times = np.unique(bought[bought >= 0], return_counts=True)
    scores = (parts.repeat_rates[positions] * np.log1p(times)).astype(np.float32)
    allowed = parts.repeat_rates[positions] >= parts.serving.min_repeat_rate
    if request.eligible is not None:
        allowed &= request.eligible[positions]
    order = [
        index
        for index in best_first(scores).tolist()
        if allowed[index] and int(positions[index]) not in request.blocked
    ][: request.n]
    chosen = positions[order].tolist()
    ids = parts.vocabulary.ids_at(positions[order]).tolist()
    reasons = [
        Reason("buy_again", (item_id,), float(scores[index]), "buy_again")
        for item_id, index in zip(ids, order, strict=True)
    ]
    return slate_of(parts, chosen, scores[order], reasons)
