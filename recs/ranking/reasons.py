"""True reasons: which seed and generator gave an item the most, told as a kind and its evidence."""

import math
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

import numpy as np

from recs.arrays import Positions, Scores
from recs.columns import Event
from recs.history import Seeds
from recs.ranking.blend import Blend
from recs.slate import Reason, ReasonKind
from recs.vocabulary import Vocabulary

KIND_BY_EVENT: Final[dict[int, ReasonKind]] = {
    Event.VIEW: "because_you_viewed",
    Event.CLICK: "because_you_viewed",
    Event.FAVORITE: "because_you_saved",
    Event.CART_ADD: "because_in_cart",
}
"""Purchases, ratings and unnamed events support an item as ``similar_to``."""

_KIND_BY_CODE: Final = tuple(KIND_BY_EVENT.get(code, "similar_to") for code in range(len(Event) + 1))
_MOST_CITED: Final = 3
_ONE_PERSONAL: Final = 2  # sources: popularity, and one generator that names a candidate once per seed

_MANY: Final = 160  # contributions: more of them are summed faster by numpy than one by one
_NOTHING: Final = (-math.inf, -1)

_Part: TypeAlias = tuple[float, int, int]
"""What a seed gives, minus the seed's index, and the contribution it comes from."""


def reasons_for(
    blend: Blend,
    chosen: Positions,
    scores: list[float],
    seeds: Seeds,
    vocabulary: Vocabulary,
    single_reason_share: float,
) -> list[Reason]:
    """Explain chosen candidates.

    Parameters
    ----------
    blend : Blend
    chosen : ndarray of int64, shape (n,)
        Indices of candidates.
    scores : list of float, length n
        What they score.
    seeds : Seeds
    vocabulary : Vocabulary
        Of items.
    single_reason_share : float
        See `ServingConfig`.

    Returns
    -------
    list of Reason, length n

    Notes
    -----
    O(contributions of the chosen candidates). The evidence is what the score was summed from, so removing the
    cited history items removes exactly that part.
    """
    if chosen.shape[0] == 0:
        return []
    starts = blend.starts.take(chosen)
    lengths = blend.starts.take(chosen + 1)
    lengths -= starts
    bounds = lengths.cumsum()
    starts += lengths
    starts -= bounds
    places = starts.repeat(lengths)
    places += np.arange(places.shape[0])
    members = blend.order.take(places)
    given: Iterable[list[_Part]] = (
        _few_parts(blend, members, bounds)
        if members.shape[0] <= _MANY
        else _many_parts(blend, members, lengths, len(seeds))
    )
    ids, kinds = vocabulary.ids_at(seeds.positions).tolist(), seeds.events.tolist()
    only = _only_generator(blend)
    reasons = []
    for parts, total, score in zip(given, blend.support.take(chosen).tolist(), scores, strict=True):
        popular = score - total
        if total <= 0.0 or popular >= total:
            reasons.append(Reason("popular", (), popular, "popularity"))
            continue
        value, seed, member = max(parts)
        generator = only or blend.generator_of(member)
        if value >= single_reason_share * total:
            reasons.append(Reason(_KIND_BY_CODE[kinds[-seed]], (ids[-seed],), value, generator))
        else:
            reasons.append(_several(parts, ids, generator))
    return reasons


def _only_generator(blend: Blend) -> str:
    """Return the name of the personal generator where there is but one, else nothing."""
    names = [name for source in blend.sources[1:] for name in source.names]
    return names[0] if len(names) == 1 else ""


def _few_parts(blend: Blend, members: Positions, bounds: Positions) -> Iterator[list[_Part]]:
    """Yield what each seed gives to each candidate."""
    # Seeds are negated so that plain tuple comparison breaks ties by the first seed.
    givers = (-blend.seeds.take(members)).tolist()
    rows = list(zip(blend.values.take(members).tolist(), givers, members.tolist(), strict=True))
    several = len(blend.sources) > _ONE_PERSONAL
    first = 0
    for end in bounds.tolist():
        yield _per_seed(rows[first:end]) if several else rows[first:end]
        first = end


def _many_parts(blend: Blend, members: Positions, lengths: Positions, n_seeds: int) -> list[list[_Part]]:
    """Return what the strongest seeds give to each candidate, all of them with the strongest's contribution.

    A table of candidates and seeds takes a fifth of the time of dictionaries where many seeds agree.
    """
    n, width = lengths.shape[0], n_seeds + 1
    firsts = np.arange(0, n * width, width)
    values = blend.values.take(members)
    cells = (firsts + 1).repeat(lengths)
    cells += blend.seeds.take(members)  # nobody, who is -1, has the first cell of each row
    sums = np.bincount(cells, values, n * width)
    rows, cited = sums.reshape(n, width), []
    for _ in range(min(_MOST_CITED, width)):
        found = rows.argmax(axis=1)  # the first seed of equals
        found += firsts
        cited.append((sums.take(found).tolist(), found))
        sums[found] = -np.inf
    strongest = _strongest_members(cells, values, members, cited[0][1].repeat(lengths))
    parts: list[list[_Part]] = [[] for _ in range(n)]
    for given, found in cited:
        seeds = (firsts + 1 - found).tolist()
        for place, (value, seed) in enumerate(zip(given, seeds, strict=True)):
            parts[place].append((value, seed, strongest[place]))
    return parts


def _strongest_members(cells: Positions, values: Scores, members: Positions, wanted: Positions) -> list[int]:
    """Return the contribution of the largest value in each wanted cell; the last of equals."""
    own = (cells == wanted).nonzero()[0]
    best: dict[int, tuple[float, int]] = {}
    for cell, value, member in zip(
        cells.take(own).tolist(), values.take(own).tolist(), members.take(own).tolist(), strict=True
    ):
        best[cell] = max(best.get(cell, _NOTHING), (value, member))
    return [member for _, member in best.values()]


def _per_seed(parts: list[_Part]) -> list[_Part]:
    totals: dict[int, float] = {}
    strongest: dict[int, _Part] = {}
    for part in parts:
        totals[part[1]] = totals.get(part[1], 0.0) + part[0]
        if part[1] not in strongest or part > strongest[part[1]]:
            strongest[part[1]] = part
    return [(totals[seed], seed, part[2]) for seed, part in strongest.items()]


def _several(given: list[_Part], ids: list[int | str], generator: str) -> Reason:
    """Cite the strongest seeds, none of which gives enough alone."""
    given.sort(reverse=True)
    cited = [part for part in given[:_MOST_CITED] if part[0] > 0.0]
    evidence = tuple([ids[-part[1]] for part in cited])
    return Reason("for_you", evidence, sum([part[0] for part in cited]), generator)
