"""The listings as shoppers see them: appeal, style, price and age, arranged by category for fast choices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scripts.seed.categories import CATEGORIES
from scripts.seed.listings import Blueprint, Listings
from scripts.seed.makers import MAKERS
from scripts.seed.models import STYLE_DIMENSIONS, Model
from scripts.seed.wear import GRADES

RISING_SHARE = 0.06


@dataclass(frozen=True, slots=True)
class Shelf:
    """Columns of the visited listings; ``by_category`` lists positions, most appealing first."""

    model: NDArray[np.int64]
    maker: NDArray[np.int64]
    grade: NDArray[np.int64]
    style: NDArray[np.float64]
    relative_price: NDArray[np.float64]
    appeal: NDArray[np.float64]
    listed_on_day: NDArray[np.float64]
    rises_on_day: NDArray[np.float64]
    by_category: tuple[NDArray[np.int64], ...]

    def __len__(self) -> int:
        return len(self.model)


def arrange(
    models: list[Model],
    blueprints: list[Blueprint],
    listings: Listings,
    n_days: float,
    rng: np.random.Generator,
) -> Shelf:
    """Arrange listings for simulated visits; styles of one maker are alike."""
    maker_at = {maker.name: position for position, maker in enumerate(MAKERS)}
    category_at = {category.slug: position for position, category in enumerate(CATEGORIES)}
    maker_style = rng.normal(0, 0.7, size=(len(MAKERS), STYLE_DIMENSIONS))
    model_maker = np.array([maker_at[model.maker.name] for model in models])
    model_style = maker_style[model_maker] + rng.normal(0, 0.7, size=(len(models), STYLE_DIMENSIONS))
    model_appeal = rng.normal(0, 0.55, len(models)) - 0.07 * np.array([m.age_years for m in models])
    rising = rng.random(len(models)) < RISING_SHARE
    rises_on_day = np.where(rising, rng.uniform(0.5, 0.8, len(models)) * n_days, np.inf)
    model_category = np.array([category_at[model.category.slug] for model in models])
    base_price = np.array([category.base_price_minor for category in CATEGORIES])
    model = listings.model.astype(np.int64)
    category = model_category[model]
    appeal = model_appeal[model] + rng.normal(0, 0.25, len(model))
    return Shelf(
        model=model,
        maker=model_maker[model],
        grade=np.array([GRADES.index(b.grade) for b in blueprints])[listings.blueprint],
        style=model_style[model],
        relative_price=np.log(listings.price_minor / base_price[category]) + 0.7,
        appeal=appeal,
        listed_on_day=n_days - listings.age_days,
        rises_on_day=rises_on_day[model],
        by_category=tuple(_best_first(category == position, appeal) for position in range(len(CATEGORIES))),
    )


def _best_first(chosen: NDArray[np.bool_], appeal: NDArray[np.float64]) -> NDArray[np.int64]:
    positions = np.flatnonzero(chosen)
    return positions[np.argsort(-appeal[positions], kind="stable")]
