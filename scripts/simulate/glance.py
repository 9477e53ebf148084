"""How a shopper looks at a slate: from the top, ever less attentively, and clicks on what appeals.

All chance of one look is drawn by place and by listing. So another slate can be put before the same eyes: a
listing in both appeals alike in both, and a place that was not looked at is not looked at in either.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from scripts.simulate.chance import Dice
from scripts.simulate.shopfront import Card

FOLD = 12
"""A slate is judged by what fits on the screen: its first so many places."""
ATTENTION, ATTENTION_FALL = 0.92, 0.14
RELUCTANCE = 5.6


def attention(place: int) -> float:
    """Return the chance that a place is looked at.

    >>> [round(attention(place), 2) for place in (0, 3, 11)]
    [0.92, 0.65, 0.36]
    """
    return ATTENTION / (1.0 + ATTENTION_FALL * place)


def click_chance(appeal: float) -> float:
    """Return the chance that something that was looked at is clicked."""
    return 1.0 / (1.0 + math.exp(RELUCTANCE - appeal))


class Glance:
    """One look of one shopper at one page."""

    def __init__(self, dice: Dice, appeal: Callable[[Card], float]) -> None:
        self._dice = dice
        self._appeal = appeal

    def first_click(self, cards: Sequence[Card]) -> int | None:
        """Return the place of the first click, or nothing."""
        for place, card in enumerate(cards[:FOLD]):
            is_seen = self._dice.unit(f"place {place}") < attention(place)
            if is_seen and self._dice.unit(card.id) < click_chance(self._appeal(card)):
                return place
        return None
