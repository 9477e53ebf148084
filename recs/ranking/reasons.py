"""True reasons: which seed and generator gave an item the most, told as a kind and its evidence."""

from typing import Final, TypeAlias

import numpy as np

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

_MOST_CITED: Final = 3
_ONE_PERSONAL: Final = 2  # sources: popularity, and one generator that names a candidate once per seed

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
    lengths = blend.starts.take(chosen + 1) - starts
    bounds = lengths.cumsum()
    members = blend.order.take((starts - bounds + lengths).repeat(lengths) + np.arange(int(bounds[-1])))
    # Seeds are negated so that plain tuple comparison breaks ties by the first seed.
    givers = (-blend.seeds.take(members)).tolist()
    rows = list(zip(blend.values.take(members).tolist(), givers, members.tolist(), strict=True))
    ids, kinds = vocabulary.ids_at(seeds.positions).tolist(), seeds.events.tolist()
    several = len(blend.sources) > _ONE_PERSONAL
    reasons = []
    first = 0
    for end, total, score in zip(bounds.tolist(), blend.support.take(chosen).tolist(), scores, strict=True):
        popular = score - total
        if total <= 0.0 or popular >= total:
            reasons.append(Reason("popular", (), popular, "popularity"))
        else:
            given = _per_seed(rows[first:end]) if several else rows[first:end]
            reasons.append(_evidence(given, ids, kinds, single_reason_share * total, blend))
        first = end
    return reasons


def _per_seed(parts: list[_Part]) -> list[_Part]:
    totals: dict[int, float] = {}
    strongest: dict[int, _Part] = {}
    for part in parts:
        totals[part[1]] = totals.get(part[1], 0.0) + part[0]
        if part[1] not in strongest or part > strongest[part[1]]:
            strongest[part[1]] = part
    return [(totals[seed], seed, part[2]) for seed, part in strongest.items()]


def _evidence(
    given: list[_Part], ids: list[int | str], kinds: list[int], enough: float, blend: Blend
) -> Reason:
    value, seed, member = max(given)
    if value >= enough:
        kind = KIND_BY_EVENT.get(kinds[-seed], "similar_to")
        return Reason(kind, (ids[-seed],), value, blend.generator_of(member))
    given.sort(reverse=True)
    cited = [part for part in given[:_MOST_CITED] if part[0] > 0.0]
    evidence = tuple([ids[-part[1]] for part in cited])
    return Reason("for_you", evidence, sum([part[0] for part in cited]), blend.generator_of(member))
