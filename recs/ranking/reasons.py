"""True reasons: which seed and generator gave an item the most, told as a kind and its evidence."""

from typing import Final

import numpy as np

from recs.arrays import AnyArray, Positions
from recs.columns import Event
from recs.history import Seeds
from recs.ranking.blend import Blend
from recs.slate import Reason, ReasonKind

KIND_BY_EVENT: Final[dict[int, ReasonKind]] = {
    Event.VIEW: "because_you_viewed",
    Event.CLICK: "because_you_viewed",
    Event.FAVORITE: "because_you_saved",
    Event.CART_ADD: "because_in_cart",
}
"""Purchases, ratings and unnamed events support an item as ``similar_to``."""

_MOST_CITED: Final = 3


def reasons_for(
    blend: Blend, chosen: Positions, seeds: Seeds, seed_ids: AnyArray, single_reason_share: float
) -> list[Reason]:
    """Explain chosen candidates.

    Parameters
    ----------
    blend : Blend
    chosen : ndarray of int64, shape (n,)
        Indices of candidates.
    seeds : Seeds
    seed_ids : ndarray, shape (n_seeds,)
        Ids of the seeds.
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
    starts, ends = blend.starts[chosen], blend.starts[chosen + 1]
    lengths = ends - starts
    bounds = lengths.cumsum()
    members = blend.order[(starts - bounds + lengths).repeat(lengths) + np.arange(int(bounds[-1]))]
    support = blend.support[chosen]
    popularity = (blend.scores[chosen] - support).tolist()
    contributions = list(
        zip(blend.values[members].tolist(), blend.seeds[members].tolist(), members.tolist(), strict=True)
    )
    ids, kinds = seed_ids.tolist(), seeds.events.tolist()
    reasons = []
    first = 0
    for end, total, popular in zip(bounds.tolist(), support.tolist(), popularity, strict=True):
        given = contributions[first:end]
        first = end
        if total <= 0.0 or popular >= total:
            reasons.append(Reason("popular", (), popular, "popularity"))
            continue
        reasons.append(_evidence(given, ids, kinds, single_reason_share * total, blend))
    return reasons


def _evidence(
    given: list[tuple[float, int, int]], ids: list[int | str], kinds: list[int], enough: float, blend: Blend
) -> Reason:
    by_seed: dict[int, float] = {}
    for value, seed, _ in given:
        if seed >= 0:
            by_seed[seed] = by_seed.get(seed, 0.0) + value
    strongest = sorted(by_seed, key=lambda seed: (-by_seed[seed], seed))[:_MOST_CITED]
    top = strongest[0]
    generator = blend.generator_of(max(part for part in given if part[1] == top)[2])
    if by_seed[top] >= enough:
        return Reason(KIND_BY_EVENT.get(kinds[top], "similar_to"), (ids[top],), by_seed[top], generator)
    cited = [seed for seed in strongest if by_seed[seed] > 0.0]
    return Reason("for_you", tuple(ids[seed] for seed in cited), sum(by_seed[seed] for seed in cited), generator)
