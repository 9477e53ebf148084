"""Judges a served slate beside two others that might have been there: the popular and a random one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from scripts.simulate.glance import FOLD, Glance
from scripts.simulate.shopfront import Card, Shopfront

SURFACES = ("home", "similar", "category", "cart")
WITHIN_CATEGORY = frozenset({"similar", "category"})


class Verdict(NamedTuple):
    """Whether each of three slates was clicked, by the same shopper on the same visit of the same page."""

    shopper: int
    surface: str
    model_version: str | None
    has_flipped: bool
    served: bool
    popular: bool
    random: bool


Judge = Callable[[Verdict], None]


class Rivals:
    """Makes the two slates that were not served, as long as the served one."""

    def __init__(self, front: Shopfront, rng: Random) -> None:
        self._front = front
        self._rng = rng

    def popular(self, surface: str, category: str, known: set[str], length: int) -> list[Card]:
        """Return the most popular listings now, without what the shopper knows: the strongest fair rival."""
        is_narrow = surface in WITHIN_CATEGORY
        ranked = self._front.popular_in.get(category, []) if is_narrow else self._front.popular
        fresh = [card for card in ranked if card.id not in known]
        return (fresh or ranked)[:length]

    def random(self, surface: str, category: str, length: int) -> list[Card]:
        """Return listings drawn uniformly from what the survey saw."""
        is_narrow = surface in WITHIN_CATEGORY
        pool = self._front.listings_in.get(category, []) if is_narrow else self._front.listings
        return self._rng.sample(pool, min(length, len(pool)))


def clicks_on(
    glance: Glance, served: Sequence[Card], popular: Sequence[Card], random: Sequence[Card]
) -> tuple[int | None, bool, bool]:
    """Put three slates before the same eyes: the place clicked in the first, and who else was clicked."""
    return (
        glance.first_click(served[:FOLD]),
        glance.first_click(popular) is not None,
        glance.first_click(random) is not None,
    )
