"""Products that a visitor does not want to be shown, as something to look into: lists would be too long."""

from __future__ import annotations

from collections.abc import Collection, Container

import numpy as np
from numpy.typing import NDArray

from server.features.interactions.assortment import Assortment
from server.features.interactions.overlay import Recent
from server.features.interactions.profiles import Exclusions


class Unwanted(Container[int]):
    """Says of a product whether an exclusion covers it; a maker may have any number of products."""

    __slots__ = ("_also", "_assortment", "exclusions")

    def __init__(
        self, assortment: Assortment, exclusions: Exclusions, also: Collection[int] = frozenset()
    ) -> None:
        self._assortment = assortment
        self.exclusions = exclusions
        self._also = also

    def __contains__(self, product_id: object) -> bool:
        """Whether the product must not be shown."""
        if not isinstance(product_id, int):
            return False
        return (
            product_id in self._also
            or self.dislikes(product_id)
            or self._assortment.traits(product_id)[0] in self.exclusions.owned
        )

    def dislikes(self, product_id: int) -> bool:
        """Whether the product was turned down; what one has already was not."""
        exclusions = self.exclusions
        if product_id in exclusions.items:
            return True
        model, maker, kind = self._assortment.traits(product_id)
        return model in exclusions.models or maker in exclusions.makers or kind in exclusions.kinds

    def mask(self, product_ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Say of many products whether an exclusion covers them."""
        exclusions = self.exclusions
        models, makers, kinds = self._assortment.traits_of(product_ids)
        return np.asarray(
            np.isin(product_ids, list(exclusions.items | set(self._also)))
            | np.isin(models, list(exclusions.models | exclusions.owned))
            | np.isin(makers, list(exclusions.makers))
            | np.isin(kinds, list(exclusions.kinds))
        )

    def with_products(self, product_ids: Collection[int]) -> Unwanted:
        """Return the same with some products more."""
        return Unwanted(self._assortment, self.exclusions, product_ids)


def without_unwanted(recent: Recent, assortment: Assortment) -> Recent:
    """Leave what was turned down out of a history: it neither supports nor explains anything any more."""
    unwanted = Unwanted(assortment, recent.profile.exclusions)
    kept = np.array([not unwanted.dislikes(i) for i in recent.product_ids.tolist()], dtype=np.bool_)
    return recent._replace(
        product_ids=recent.product_ids[kept],
        events=recent.events[kept],
        weights=recent.weights[kept],
        times_s=recent.times_s[kept],
        unwanted=unwanted,
    )
