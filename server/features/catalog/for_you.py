"""The order "for you": what the shopper leans to first, the rest as by default; pages that fit together.

A cursor holds the moment of the first page: what is learned while somebody pages moves nothing under them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from server.core.pagination import SortValue
from server.core.problems import Malformed
from server.features.catalog.leanings import Ids, Leaning, Mask
from server.features.search.service import FoundPage, Matches

# Ten pages are personal; who looks further is not looking for what we think they like.
MOST_LED = 240
Phase = Literal["led", "rest"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page ends: among what leads or in the rest, with the sort values there."""

    phase: Phase
    until_s: float
    values: list[SortValue]

    @classmethod
    def of(cls, after: list[SortValue] | None, now_s: float) -> Mark:
        """Read a cursor; without one the list begins now.

        Raises
        ------
        Malformed
            The values are not those of this order.
        """
        if after is None:
            return cls("led", now_s, [])
        if len(after) < 2 or not isinstance(after[1], int | float):
            raise Malformed("The cursor does not belong to this list.", code="cursor.invalid")
        return cls("led" if after[0] == "led" else "rest", float(after[1]), after[2:])

    def at(self, phase: Phase, values: list[SortValue]) -> list[SortValue]:
        """Write another place of the same list as sort values."""
        return [phase, self.until_s, *values]


@dataclass(frozen=True, slots=True, eq=False)
class Led:
    """What leads a list, best first; the rest is without it and without what was turned down."""

    product_ids: Ids
    strengths: NDArray[np.float32]
    leaning: Leaning

    @classmethod
    def of(cls, leaning: Leaning, passing: Mask, factors: NDArray[np.float32] | None = None) -> Led:
        """Order what passes the filters; ``factors`` say how well it fits the words."""
        ids, strengths = leaning.product_ids[passing], leaning.strengths[passing]
        if factors is not None:
            strengths = strengths * factors[passing]
        order = np.lexsort((-ids, -strengths))[:MOST_LED]
        return cls(ids[order], strengths[order], leaning)

    def page(self, values: list[SortValue], limit: int) -> FoundPage:
        """Return the page after these sort values.

        Raises
        ------
        Malformed
            The values are not those of this order.
        """
        first = 0
        if values:
            strength, product_id = _numbers(values)
            is_after = (self.strengths < strength) | (
                (self.strengths == strength) & (self.product_ids < product_id)
            )
            found = np.flatnonzero(is_after)
            first = int(found[0]) if len(found) else len(self.product_ids)
        page = slice(first, first + limit)
        ids = self.product_ids[page].tolist()
        if first + limit >= len(self.product_ids):
            return FoundPage(ids, None)
        return FoundPage(ids, [float(self.strengths[page][-1]), ids[-1]])

    def rest_of(self, ids: Ids) -> Mask:
        """Return which of some listings stand in the rest of the list."""
        return ~(np.isin(ids, self.product_ids) | self.leaning.is_turned_down(ids))


def scores_of(ids: Ids, matches: Matches) -> NDArray[np.float32]:
    """Return how well some listings fit the words; 0 for those that do not."""
    scores = np.zeros(len(ids), np.float32)
    if len(matches.ids):
        order = np.argsort(matches.ids)
        known = matches.ids[order]
        places = np.minimum(np.searchsorted(known, ids), len(known) - 1)
        is_found = known[places] == ids
        scores[is_found] = matches.scores[order][places[is_found]]
    return scores


def _numbers(values: list[SortValue]) -> tuple[np.float32, int]:
    try:
        strength, product_id = values
        return np.float32(strength), int(product_id)  # type: ignore[arg-type]  # what is no number is refused
    except (TypeError, ValueError) as error:
        raise Malformed("The cursor does not belong to this list.", code="cursor.invalid") from error
