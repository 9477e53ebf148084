"""Slates that rest on no history: lists that are the same for everybody, and what is like one item."""

import numpy as np

from recs.candidates.ranked_list import RankedList
from recs.history import Seeds
from recs.overlay import Overlay
from recs.parts import SnapshotParts
from recs.ranking.blend import blend
from recs.ranking.diversity import no_diversity
from recs.ranking.selection import Request, personal_slate, slate_of
from recs.slate import Reason, ReasonKind, Slate


def listed_slate(parts: SnapshotParts, ranked: RankedList, kind: ReasonKind, request: Request) -> Slate:
    """Return the first items of a list that the request allows.

    Parameters
    ----------
    parts : SnapshotParts
    ranked : RankedList
    kind : str
        The reason of every item.
    request : Request

    Returns
    -------
    Slate

    Notes
    -----
    O(n + skipped).
    """
    if request.category is not None and request.category < 0:
        return told_slate(parts, kind, request, [], [])
    positions = ranked.best(request.n, request.eligible, request.blocked, request.category)
    return told_slate(parts, kind, request, positions, ranked.scores[positions].tolist())


def told_slate(
    parts: SnapshotParts, kind: ReasonKind, request: Request, positions: list[int], scores: list[float]
) -> Slate:
    """Give every item of a list the reason that it stands there for.

    Parameters
    ----------
    parts : SnapshotParts
    kind : str
    request : Request
        Its category is told.
    positions : list of int
    scores : list of float

    Returns
    -------
    Slate
    """
    category = None if request.category is None else category_name(parts, request.category)
    generator = "popularity" if kind == "popular" else kind
    reasons = [Reason(kind, (), score, generator, category) for score in scores]
    return slate_of(parts, positions, scores, reasons)


def similar_slate(parts: SnapshotParts, position: int, request: Request, overlay: Overlay | None) -> Slate:
    """Return what goes with one item; then popular items of a category, then of any.

    The category is the one asked for, and then no other; or else the item's own.

    Parameters
    ----------
    parts : SnapshotParts
    position : int
        Of the item.
    request : Request
        Its blocked positions are extended by the item.
    overlay : Overlay or None

    Returns
    -------
    Slate
    """
    request.blocked.add(position)
    alone = Seeds(np.array([position]), np.ones(1, dtype=np.float32), np.zeros(1, dtype=np.uint8))
    slate = personal_slate(parts, blend(parts, alone, overlay), alone, request, no_diversity(), None)
    code = int(parts.attributes.categories[position]) if request.category is None else request.category
    related = [index for index, reason in enumerate(slate.reasons) if reason.kind != "popular"]
    if len(related) == request.n or code < 0:
        return slate
    positions = slate.positions[related].tolist()
    blocked = request.blocked.union(positions)
    missing = request.n - len(related)
    same = parts.popular.best(missing, request.eligible, blocked, code)
    filled = list(same)
    if request.category is None:
        filled += parts.popular.best(missing - len(same), request.eligible, blocked.union(same))
    given = (parts.popular.scores[filled] * np.float32(parts.serving.popularity_weight)).tolist()
    name = category_name(parts, code)
    reasons = [slate.reasons[index] for index in related] + [
        Reason("popular", (), score, "popularity", name if place < len(same) else None)
        for place, score in enumerate(given)
    ]
    return slate_of(parts, positions + filled, slate.scores[related].tolist() + given, reasons)


def category_name(parts: SnapshotParts, code: int) -> str | None:
    """Return the name of a category by its code, or None for a negative code."""
    return str(parts.attributes.category_names.ids_at(np.array([code]))[0]) if code >= 0 else None
