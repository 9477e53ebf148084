"""Lists that are the same for everybody, up to date: ranked by the fit and by what was counted since."""

from typing import Literal

import numpy as np

from recs.activity import CurrentActivity
from recs.parts import SnapshotParts
from recs.ranking.lists import told_slate
from recs.ranking.selection import Request
from recs.slate import Slate


def fresh_slate(
    parts: SnapshotParts, kind: Literal["popular", "trending"], request: Request, current: CurrentActivity
) -> Slate:
    """Return the best of now that the request allows.

    Parameters
    ----------
    parts : SnapshotParts
    kind : {"popular", "trending"}
    request : Request
    current : CurrentActivity
        Of the same parts.

    Returns
    -------
    Slate

    Notes
    -----
    O(n + skipped + m log m) for m fresh items. What was popular at the fit keeps its order while it fades;
    trends fade each in its own way: of them twice as many as asked for are looked at, and all fresh ones.
    """
    if request.category is not None and request.category < 0:
        return told_slate(parts, kind, request, [], [])
    ranked, depth = (parts.popular, request.n) if kind == "popular" else (parts.trending, 2 * request.n)
    known = ranked.best(depth, request.eligible, request.blocked, request.category)
    candidates = np.array(sorted({*known, *_qualified(parts, request, current)}), dtype=np.int64)
    scores = current.popularity(candidates) if kind == "popular" else current.trends(candidates)
    scored = np.flatnonzero(~np.isnan(scores))
    best = scored[np.argsort(-scores[scored], kind="stable")][: request.n]
    return told_slate(parts, kind, request, candidates[best].tolist(), scores[best].tolist())


def _qualified(parts: SnapshotParts, request: Request, current: CurrentActivity) -> list[int]:
    touched = current.touched
    if request.eligible is not None:
        touched = touched[request.eligible[touched]]
    if request.category is not None:
        touched = touched[parts.attributes.categories[touched] == request.category]
    return [position for position in touched.tolist() if position not in request.blocked]
