"""Slates that rest on no history: lists that are the same for everybody, and what is like one item."""

from collections.abc import Mapping

import numpy as np

from recs.arrays import Positions, Scores
from recs.candidates.ranked_list import RankedList
from recs.history import Seeds
from recs.overlay import Overlay
from recs.parts import SnapshotParts
from recs.ranking.blend import blend
from recs.ranking.diversity import no_diversity
from recs.ranking.selection import Request, personal_slate, slate_of
from recs.slate import Reason, ReasonKind, Slate


def listed_slate(
    parts: SnapshotParts,
    ranked: RankedList,
    kind: ReasonKind,
    request: Request,
    boosts: tuple[Positions, Scores] | None = None,
) -> Slate:
    """Return the first items of a list that the request allows.

    Parameters
    ----------
    parts : SnapshotParts
    ranked : RankedList
    kind : str
        The reason of every item.
    request : Request
    boosts : tuple of (positions, boosts), optional
        Added to the scores of some items before ranking; at least 0.

    Returns
    -------
    Slate

    Notes
    -----
    O(n + skipped + m log m) for m boosts.
    """
    extra = {} if boosts is None else dict(zip(boosts[0].tolist(), boosts[1].tolist(), strict=True))
    positions = _walked(parts, ranked, request, extra)
    given = zip(positions, ranked.scores[positions].tolist(), strict=True)
    scores = [score + extra.get(position, 0.0) for position, score in given]
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


def _walked(
    parts: SnapshotParts, ranked: RankedList, request: Request, extra: Mapping[int, float]
) -> list[int]:
    if request.category is not None and request.category < 0:
        return []
    positions = ranked.best(request.n, request.eligible, request.blocked, request.category)
    if not extra:
        return positions
    # Boosts only ever lift, so the best are among the unboosted best and the boosted.
    pool = set(positions).union(_qualified(parts, ranked, request, extra))
    return sorted(pool, key=lambda p: (-float(ranked.scores[p]) - extra.get(p, 0.0), p))[: request.n]


def _qualified(
    parts: SnapshotParts, ranked: RankedList, request: Request, extra: Mapping[int, float]
) -> list[int]:
    categories = parts.attributes.categories
    return [
        position
        for position in extra
        if position not in request.blocked
        and (request.eligible is None or request.eligible[position])
        and (request.category is None or categories[position] == request.category)
        and not np.isnan(ranked.scores[position])
    ]
