"""What a shopper leans to among all listings: the order "for you" of the catalogue."""

from __future__ import annotations

import numpy as np

from recs import Candidates
from server.features.catalog.service import NO_LEANING, Leaning, Shopper, TurnedDown
from server.features.interactions.service import Recent, Unwanted
from server.features.recommendations.models import LiveModel
from server.features.recommendations.service import Caller, Recommendations, known_of
from server.features.recommendations.shelves import history_of


async def leaning_of(shop: Recommendations, shopper: Shopper, until_s: float) -> Leaning:
    """Return what the champion makes of what a shopper did until a moment; nothing without either."""
    recent = _until(await known_of(shop, Caller(shopper.visitor_id, shopper.objects)), until_s)
    leaning = NO_LEANING
    model = shop.models.current
    if model is not None and until_s <= model.stale_at_s and len(recent.product_ids):
        leaning = _leaning(model, model.snapshot.score(history_of(recent, until_s)), recent)
    if not isinstance(recent.unwanted, Unwanted):
        return leaning
    exclusions = recent.unwanted.exclusions
    down = TurnedDown(
        tuple(exclusions.items),
        tuple(exclusions.models | exclusions.owned),
        tuple(exclusions.makers),
        tuple(exclusions.kinds),
    )
    return Leaning(leaning.product_ids, leaning.strengths, down, recent.unwanted.mask)


def _until(recent: Recent, until_s: float) -> Recent:
    is_then = recent.times_s <= until_s
    return recent._replace(
        product_ids=recent.product_ids[is_then],
        events=recent.events[is_then],
        weights=recent.weights[is_then],
        times_s=recent.times_s[is_then],
    )


def _leaning(model: LiveModel, candidates: Candidates, recent: Recent) -> Leaning:
    """Take what a history supports and can be bought, and was not bought already."""
    blend = candidates.blend
    is_meant = (blend.support > 0) & model.eligible[blend.positions]
    positions, strengths = blend.positions[is_meant], blend.support[is_meant]
    product_ids = np.asarray(model.snapshot.item_ids)[positions]
    if recent.settled:
        is_open = ~np.isin(product_ids, list(recent.settled))
        product_ids, strengths = product_ids[is_open], strengths[is_open]
    return Leaning(product_ids, strengths)
