"""From ranked candidates to a slate: filters, re-rankers, fallback, exploration, reasons."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

import numpy as np

from recs.arrays import AnyArray, Mask, Positions, Scores
from recs.candidates.ranked_list import RankedList
from recs.errors import InvalidEligibleError
from recs.history import Seeds
from recs.parts import SnapshotParts
from recs.ranking.blend import Blend
from recs.ranking.diversity import Candidate, DiversityConfig, capped, marginal_relevance
from recs.ranking.exploration import Exploration, drawn
from recs.ranking.filters import blocked_positions, checked_count, checked_eligible
from recs.ranking.reasons import reasons_for
from recs.slate import Reason, ReasonKind, Slate

_FALLBACK_DEPTH: Final = 24
_SPARE: Final = 2  # candidates looked at per item of a slate, at first: some of them do not qualify
_RANKED_HIGH: Final = 4  # at most one of so many items of a long history competes for the places of a slate


@dataclass(frozen=True, slots=True, eq=False)
class Distinct:
    """A request for at most one item per group, such as one grade of a model.

    Attributes
    ----------
    groups : ndarray of int64, shape (n_items,)
        The group of each position; only indexed, so the caller may keep and change one array.
    taken : set of int
        Groups that must not appear. Never changed.
    """

    groups: Positions
    taken: Collection[int] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """A checked question: how many items, from which, without which.

    Attributes
    ----------
    n : int
    eligible : ndarray of bool, shape (n_items,), or None
    blocked : set of int
        Positions that must not appear.
    category : int or None
        Code of the only category allowed; negative = one that the snapshot does not know.
    distinct : Distinct or None
    """

    n: int
    eligible: Mask | None
    blocked: set[int]
    category: int | None
    distinct: Distinct | None = None

    @classmethod
    def checked(
        cls,
        parts: SnapshotParts,
        n: int,
        eligible: Mask | None,
        exclude: Iterable[Any] | AnyArray,
        category: int | str | None,
        distinct: Distinct | None = None,
    ) -> "Request":
        """Check what a caller gave.

        Raises
        ------
        InvalidCountError, InvalidEligibleError, InvalidIdsError
        """
        if distinct is not None and distinct.groups.shape != (len(parts.vocabulary),):
            raise InvalidEligibleError(f"groups must have shape ({len(parts.vocabulary)},)")
        return cls(
            checked_count(n),
            checked_eligible(eligible, len(parts.vocabulary)),
            blocked_positions(exclude, parts.vocabulary),
            None if category is None else parts.attributes.category_code(category),
            distinct,
        )


def personal_slate(
    parts: SnapshotParts,
    blend: Blend,
    seeds: Seeds,
    request: Request,
    diversity: DiversityConfig,
    exploration: Exploration | None,
) -> Slate:
    """Choose and explain the best candidates, filling up with popular items.

    Parameters
    ----------
    parts : SnapshotParts
    blend : Blend
    seeds : Seeds
    request : Request
        Its blocked positions already hold what the history blocks.
    diversity : DiversityConfig
    exploration : Exploration or None

    Returns
    -------
    Slate
        Fewer than n items only when fewer qualify.

    Notes
    -----
    O(n * depth + blocked), and the walk of `RankedList.best` when candidates do not suffice.
    """
    n_taken = 0 if request.distinct is None else len(request.distinct.taken)
    n_known = seeds.blocked.shape[0]
    n_excluded = max(0, len(request.blocked) - n_known)
    likely = _SPARE * request.n + n_excluded + n_known // _RANKED_HIGH + n_taken
    chosen = np.array(_chosen(parts, blend, request, diversity, likely), dtype=np.int64)
    positions = blend.positions.take(chosen).tolist()
    scores = blend.scores_of(chosen).tolist()
    reasons = reasons_for(blend, chosen, scores, seeds, parts.vocabulary, parts.serving.single_reason_share)
    if len(positions) < request.n:
        taken = request.blocked.union(positions)
        missing = request.n - len(positions)
        filled = fallback(parts, replace(request, n=missing, blocked=taken), positions)
        positions += filled
        given = (parts.popular.scores[filled] * np.float32(parts.serving.popularity_weight)).tolist()
        scores += given
        reasons += [Reason("popular", (), score, "popularity") for score in given]
    propensities = None
    if exploration is not None and exploration.slots:
        propensities = np.ones(len(positions), dtype=np.float32)
        _explore(parts, request, exploration, positions, scores, reasons, propensities)
    return slate_of(parts, positions, scores, reasons, propensities, seeds.unknown_ids)


def _chosen(
    parts: SnapshotParts, blend: Blend, request: Request, diversity: DiversityConfig, likely: int
) -> list[int]:
    """Return the indices of at most n candidates, re-ranked."""
    pool: Iterator[Candidate] = islice(_qualified(parts, blend, request, likely), request.n * diversity.depth)
    if diversity.trade_off < 1.0:
        pool = iter(_varied(blend, list(pool), diversity.trade_off))
    return capped(pool, request.n, diversity)


def _qualified(parts: SnapshotParts, blend: Blend, request: Request, likely: int) -> Iterator[Candidate]:
    """Walk down the candidates that the request allows; what is never asked for costs nothing."""
    blocked, distinct, category = request.blocked, request.distinct, request.category
    seen = set() if distinct is None else set(distinct.taken)
    for chunk in blend.best_first(likely):
        indices, positions = _passing(parts, blend, request, chunk)
        places = positions.tolist()
        groups = places if distinct is None else distinct.groups.take(positions).tolist()
        categories = parts.attributes.categories.take(positions).tolist()
        brands = parts.attributes.brands.take(positions).tolist()
        rows = zip(indices.tolist(), places, groups, categories, brands, strict=True)
        for index, position, group, own_category, brand in rows:
            if position in blocked or group in seen:
                continue
            if distinct is not None:
                seen.add(group)
            # Within one category there is none to vary.
            yield index, own_category if category is None else -1, brand


def _passing(
    parts: SnapshotParts, blend: Blend, request: Request, indices: Positions
) -> tuple[Positions, Positions]:
    """Return those candidates that are eligible and of the category, and their positions."""
    positions = blend.positions.take(indices)
    if request.eligible is not None:
        kept = request.eligible.take(positions)
        indices, positions = indices[kept], positions[kept]
    if request.category is not None:
        kept = parts.attributes.categories.take(positions) == request.category
        indices, positions = indices[kept], positions[kept]
    return indices, positions


def _varied(blend: Blend, pool: list[Candidate], trade_off: float) -> list[Candidate]:
    indices, categories, brands = np.array(pool, dtype=np.int64).reshape(-1, 3).T
    order = marginal_relevance(blend.scores_of(indices), categories, brands, trade_off)
    return [pool[place] for place in order]


def _firsts(members: list[int], groups: list[int], seen: set[int]) -> list[int]:
    """Keep the first member of every group that is not seen yet; adds to what is seen."""
    kept: list[int] = []
    for member, group in zip(members, groups, strict=True):
        if group not in seen:
            seen.add(group)
            kept.append(member)
    return kept


def fallback(parts: SnapshotParts, request: Request, chosen: list[int]) -> list[int]:
    """Return positions of popular items that the request allows beside the chosen ones, best first."""
    if request.category is not None and request.category < 0:
        return []
    walk = parts.popular.best
    if request.distinct is None:
        return walk(request.n, request.eligible, request.blocked, request.category)
    groups = request.distinct.groups
    depth = _FALLBACK_DEPTH
    while True:
        found = walk(depth, request.eligible, request.blocked, request.category)
        seen = {*request.distinct.taken, *groups[chosen].tolist()}
        kept = _firsts(found, groups[found].tolist(), seen)[: request.n]
        if len(kept) == request.n or len(found) < depth:
            return kept
        depth *= 4


def _explore(
    parts: SnapshotParts,
    request: Request,
    exploration: Exploration,
    positions: list[int],
    scores: list[float],
    reasons: list[Reason],
    propensities: Scores,
) -> None:
    if request.category is not None and request.category < 0:
        return
    kind: ReasonKind = "new"
    pool = _unshown(parts.newest, request, exploration, positions)
    if not pool:
        kind, pool = "popular", _unshown(parts.popular, request, exploration, positions)
    if not pool:
        return
    chosen, propensity = drawn(pool, exploration)
    # A short slate has room at its end; a full one gives up its last places.
    chosen = chosen[: len(positions)]
    for place, position in enumerate(chosen, start=len(positions) - len(chosen)):
        positions[place] = position
        scores[place] = float(parts.popular.scores[position]) * parts.serving.popularity_weight
        reasons[place] = Reason(kind, (), scores[place], "exploration")
        propensities[place] = propensity


def _unshown(ranked: RankedList, request: Request, exploration: Exploration, shown: list[int]) -> list[int]:
    """Return the best items of an order that the slate does not show, nor their groups."""
    pool = ranked.best(exploration.pool, request.eligible, request.blocked.union(shown), request.category)
    if request.distinct is None:
        return pool
    groups = request.distinct.groups
    return _firsts(pool, groups[pool].tolist(), {*request.distinct.taken, *groups[shown].tolist()})


def slate_of(
    parts: SnapshotParts,
    positions: list[int],
    scores: list[float] | Scores,
    reasons: list[Reason],
    propensities: Scores | None = None,
    unknown_ids: tuple[int | str, ...] = (),
) -> Slate:
    """Assemble a slate of chosen positions."""
    places = np.array(positions, dtype=np.int64)
    return Slate(
        parts.vocabulary.ids_at(places),
        places,
        np.asarray(scores, dtype=np.float32),
        tuple(reasons),
        np.ones(len(positions), dtype=np.float32) if propensities is None else propensities,
        unknown_ids,
    )
