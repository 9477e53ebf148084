"""What shoppers turn to since the last fit, as the library takes it: added to what a model has learned."""

from __future__ import annotations

from heapq import nlargest

import numpy as np

from recs import Contributions, Seeds
from server.features.interactions.service import Transitions
from server.features.recommendations.models import LiveModel

# One visitor alone, or two, decide nothing for the others.
LEAST_VISITORS = 3
# So many more visitors would have had to go elsewhere: a share of few says little.
DAMPING = 10.0
# In the unit of neighbours' similarity: if all went from one product to another, that is 1.
WEIGHT = 1.0
MOST_FOLLOWERS = 20


class LiveSteps:
    """The transitions of this worker, by the positions of one model."""

    __slots__ = ("_model", "_transitions")

    def __init__(self, model: LiveModel, transitions: Transitions) -> None:
        self._model = model
        self._transitions = transitions

    def transitions(self, seeds: Seeds) -> Contributions | None:
        """Return the share of visitors that went on from each seed to each product."""
        snapshot = self._model.snapshot
        left = self._transitions.left_by(snapshot.vocabulary.ids_at(seeds.positions).tolist(), LEAST_VISITORS)
        product_ids: list[int] = []
        values: list[float] = []
        givers: list[int] = []
        for seed, followers, total in left:
            weight = WEIGHT * float(seeds.weights[seed]) / (total + DAMPING)
            shared = [(n, product_id) for product_id, n in followers.items() if n >= LEAST_VISITORS]
            for n, product_id in nlargest(MOST_FOLLOWERS, shared):
                product_ids.append(product_id)
                values.append(weight * n)
                givers.append(seed)
        if not product_ids:
            return None
        positions = snapshot.vocabulary.positions(product_ids)
        return Contributions(positions, np.array(values, dtype=np.float32), np.array(givers, dtype=np.int64))

    def trending_boosts(self) -> None:
        """Return nothing: what is trending is worked out by the fit."""
        return
