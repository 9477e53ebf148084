"""Shoppers with hidden tastes: which kinds of devices, makers, styles and prices, and how that drifts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scripts.seed.categories import CATEGORIES
from scripts.seed.makers import MAKERS
from scripts.seed.models import STYLE_DIMENSIONS

# What people of one kind look at; the rest of the categories share what is left.
ARCHETYPES: dict[str, dict[str, float]] = {
    "photographer": {"cameras": 5, "drones": 2, "monitors": 1.2, "laptops": 1},
    "player": {"consoles": 4, "graphics-cards": 3, "keyboards": 1.2, "monitors": 1.5, "headphones": 1},
    "listener": {"headphones": 4, "speakers": 4, "earbuds": 1.5},
    "commuter": {"phones": 4, "earbuds": 3, "watches": 1.5},
    "student": {"laptops": 4, "tablets": 3, "headphones": 1, "phones": 1},
    "runner": {"watches": 4, "earbuds": 3, "phones": 1, "cameras": 0.6},
    "home office": {"monitors": 3, "keyboards": 3, "routers": 2, "laptops": 2, "speakers": 0.8},
    "tinkerer": {"graphics-cards": 3, "routers": 3, "keyboards": 2, "drones": 2, "consoles": 1},
}
BACKGROUND_INTEREST = 0.12


@dataclass(frozen=True, slots=True)
class Shoppers:
    """Tastes as arrays; the first axis is the shopper."""

    interest: NDArray[np.float64]
    later_interest: NDArray[np.float64]
    drifts_on_day: NDArray[np.float64]
    maker_liking: NDArray[np.float64]
    taste: NDArray[np.float64]
    price_level: NDArray[np.float64]
    grade_liking: NDArray[np.float64]
    sessions_per_week: NDArray[np.float64]
    since_day: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.interest)


def make_shoppers(n_shoppers: int, n_days: float, rng: np.random.Generator) -> Shoppers:
    """Draw the tastes; the first shopper is a keen photographer from the first day on: the demo login."""
    kinds = np.array([_interest(wanted) for wanted in ARCHETYPES.values()])
    n_kinds = len(kinds)
    main = rng.integers(n_kinds, size=n_shoppers)
    side = rng.integers(n_kinds, size=n_shoppers)
    later = rng.integers(n_kinds, size=n_shoppers)
    main[0], side[0], later[0] = 0, 2, 0
    personal = rng.gamma(2.0, 0.5, size=(n_shoppers, len(CATEGORIES)))
    interest = (0.78 * kinds[main] + 0.22 * kinds[side]) * personal
    later_interest = (0.6 * kinds[later] + 0.4 * kinds[main]) * personal
    kind_makers = rng.normal(0, 1.0, size=(n_kinds, len(MAKERS)))
    kind_taste = rng.normal(0, 1.0, size=(n_kinds, STYLE_DIMENSIONS))
    drifting = rng.random(n_shoppers) < 0.4
    drifting[0] = False
    shoppers = Shoppers(
        interest=interest / interest.sum(axis=1, keepdims=True),
        later_interest=later_interest / later_interest.sum(axis=1, keepdims=True),
        drifts_on_day=np.where(drifting, rng.uniform(0.3, 0.85, n_shoppers) * n_days, np.inf),
        maker_liking=0.8 * kind_makers[main] + rng.normal(0, 0.5, size=(n_shoppers, len(MAKERS))),
        taste=0.8 * kind_taste[main] + rng.normal(0, 0.45, size=(n_shoppers, STYLE_DIMENSIONS)),
        price_level=rng.normal(0.0, 0.5, n_shoppers),
        grade_liking=rng.normal(0, 0.4, size=(n_shoppers, 4)),
        sessions_per_week=rng.gamma(2.2, 0.7, n_shoppers) + 0.25,
        since_day=np.where(rng.random(n_shoppers) < 0.6, 0.0, rng.uniform(0, 0.8, n_shoppers) * n_days),
    )
    shoppers.sessions_per_week[0] = 4.0
    shoppers.since_day[0] = 0.0
    return shoppers


def _interest(wanted: dict[str, float]) -> NDArray[np.float64]:
    shares = np.array([wanted.get(c.slug, 0.0) + BACKGROUND_INTEREST * c.demand for c in CATEGORIES])
    normal: NDArray[np.float64] = shares / shares.sum()
    return normal
