"""Hidden tastes over what a shop shows: category, brand, price, condition, attributes.

A taste has three voices: a fashion that all shoppers share, a circle of people with the same interests, and
the person. Every value is drawn by name, so a taste exists for any shop and does not depend on what was seen
first. The fashion follows what was looked at before the run, as far as the shop shows it: popularity is no
straw man.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from scripts.simulate.chance import normal, unit
from scripts.simulate.shopfront import Card, Shopfront

N_CIRCLES = 12
FASHION, CIRCLE, PERSON = 0.2, 0.87, 0.4
CATEGORY_WEIGHT, BRAND_WEIGHT, MAKE_WEIGHT, CONDITION_WEIGHT = 1.5, 0.6, 0.8, 0.35
FAME_WEIGHT, CATEGORY_FAME_WEIGHT = 0.5, 0.6
PRICE_WEIGHT, PRICE_SPREAD = 0.8, 0.5
ATTRIBUTE_WEIGHT = 0.8
FOCUS = 2.2
REMEMBERED = 4_000


class Taste:
    """What one shopper likes; ``epoch`` counts the flips."""

    def __init__(self, seed: int, shopper: int, front: Shopfront, *, epoch: int = 0) -> None:
        self._seed, self._shopper, self._epoch, self._front = seed, shopper, epoch, front
        self.circle = circle_of(seed, shopper, epoch)
        self._values: dict[tuple[str, ...], float] = {}
        self._likings: dict[Card, float] = {}
        self._price_level = PRICE_SPREAD * self._value("price level")

    def liking(self, card: Card) -> float:
        """Return how much a listing appeals at first sight; about 0 for the average one, 2 for a find."""
        known = self._likings.get(card)
        if known is None:
            if len(self._likings) >= REMEMBERED:
                self._likings.clear()
            known = self._likings[card] = self._liking(card)
        return known

    def _liking(self, card: Card) -> float:
        usual = self._front.price_of(card.category)
        beside_level = math.log(max(card.price, 0.01) / usual) - self._price_level
        return (
            CATEGORY_WEIGHT * self._value("category", card.category)
            + BRAND_WEIGHT * self._value("brand", card.brand)
            + MAKE_WEIGHT * self._value("make", card.category, card.brand)
            + CONDITION_WEIGHT * self._value("condition", card.condition)
            + FAME_WEIGHT * self._front.fame.get(card.id, 0.0)
            + CATEGORY_FAME_WEIGHT * self._front.category_fame.get(card.category, 0.0)
            - PRICE_WEIGHT * min(beside_level**2, 4.0)
        )

    def closer_look(self, content: Mapping[str, Any]) -> float:
        """Return what the attributes on the product page add to the first sight."""
        stated = [(attribute["key"], attribute["value"]) for attribute in content.get("attributes", ())]
        if not stated:
            return 0.0
        values = sum(self._value("attribute", key, str(value)) for key, value in stated)
        return ATTRIBUTE_WEIGHT * values / math.sqrt(len(stated))

    def interests(self) -> dict[str, float]:
        """Return how often each stocked category is what the shopper comes for; sums to 1."""
        weights = {
            slug: math.exp(FOCUS * self._value("category", slug)) for slug in sorted(self._front.listings_in)
        }
        whole = sum(weights.values())
        return {slug: weight / whole for slug, weight in weights.items()}

    def favourite_brands(self, category: str) -> list[str]:
        """Return the brands of a category, the best liked first."""
        brands = self._front.brands_in.get(category, {})
        return sorted(
            brands,
            key=lambda brand: (
                -BRAND_WEIGHT * self._value("brand", brand)
                - MAKE_WEIGHT * self._value("make", category, brand),
                brand,
            ),
        )

    def _value(self, *name: str) -> float:
        known = self._values.get(name)
        if known is None:
            known = self._values[name] = (
                FASHION * normal(self._seed, "fashion", *name)
                + CIRCLE * circle_values(self._seed, name)[self.circle]
                + PERSON * normal(self._seed, "person", self._shopper, self._epoch, *name)
            )
        return known


@lru_cache(maxsize=50_000)
def circle_values(seed: int, name: tuple[str, ...]) -> tuple[float, ...]:
    """Return what each circle thinks of something; 0 on average, so that circles alone make no fashion."""
    drawn = [normal(seed, "circle", circle, *name) for circle in range(N_CIRCLES)]
    mean = sum(drawn) / N_CIRCLES
    return tuple(value - mean for value in drawn)


def circle_of(seed: int, shopper: int, epoch: int) -> int:
    """Return whose interests a shopper shares; every flip leads to another circle.

    >>> circle_of(7, 3, 0) == circle_of(7, 3, 1)
    False
    """
    circle = int(unit(seed, "circle of", shopper) * N_CIRCLES)
    for flip in range(1, epoch + 1):
        circle = (circle + 1 + int(unit(seed, "circle of", shopper, flip) * (N_CIRCLES - 1))) % N_CIRCLES
    return circle
