"""True reasons: which seed and generator gave an item the most, told as a kind and its evidence."""

from collections.abc import Sequence
from typing import Final

from recs.arrays import Positions
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
    ids, kinds = vocabulary.ids_at(seeds.positions).tolist(), seeds.events.tolist()
    several = len(blend.sources) > _ONE_PERSONAL
    generator_of = blend.generator_of if several else blend.sources[-1].name_of
    values, seed_at, order_at = blend.values, blend.seeds.item, blend.order.item
    starts, ends = blend.starts.take(chosen).tolist(), blend.starts.take(chosen + 1).tolist()
    totals = blend.support.take(chosen).tolist()
    reasons = []
    for first, end, total, score in zip(starts, ends, totals, scores, strict=True):
        popular = score - total
        if total <= 0.0 or popular >= total:
            reasons.append(Reason("popular", (), popular, "popularity"))
            continue
        given: list[float] = values[first:end].tolist()
        places: Sequence[int] = range(first, end)
        if several:
            given, places = _per_seed(given, blend.seeds[first:end].tolist(), first)
        value = max(given)
        strongest = places[given.index(value)]
        generator = generator_of(order_at(strongest))
        if value >= single_reason_share * total:
            seed = seed_at(strongest)
            reasons.append(Reason(_KIND_BY_CODE[kinds[seed]], (ids[seed],), value, generator))
            continue
        # None gives enough alone. Of equals the first seed is cited.
        evidence, contribution = [], 0.0
        for _ in range(_MOST_CITED):
            value = max(given)
            if value <= 0.0:
                break
            index = given.index(value)
            given[index] = 0.0
            evidence.append(ids[seed_at(places[index])])
            contribution += value
        reasons.append(Reason("for_you", tuple(evidence), contribution, generator))
    return reasons


def _per_seed(given: list[float], seeds: list[int], first: int) -> tuple[list[float], list[int]]:
    """Sum what several generators give for the same seed.

    Returns
    -------
    given : list of float
        By seed.
    places : list of int
        The largest part of each, counted from `first`.
    """
    totals: dict[int, float] = {}
    largest: dict[int, tuple[float, int]] = {}
    for place, (value, seed) in enumerate(zip(given, seeds, strict=True), start=first):
        totals[seed] = totals.get(seed, 0.0) + value
        if seed not in largest or value >= largest[seed][0]:
            largest[seed] = value, place
    by_seed = sorted(totals)
    return [totals[seed] for seed in by_seed], [largest[seed][1] for seed in by_seed]
