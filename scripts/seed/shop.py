"""The whole simulated shop from one seed: models, texts, listings, shoppers and their history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from scripts.seed.history import CART_ADD, FAVORITE, PURCHASE, VIEW, History, expected_per_shopper
from scripts.seed.listings import Blueprint, ListingMaker, make_blueprints, n_blueprints_for, n_models_for
from scripts.seed.models import Model, make_models
from server.features.catalog.domain import POPULARITY_HALF_LIFE, half_lives_since_epoch


@dataclass(frozen=True, slots=True)
class Plan:
    """What to make; the same plan gives the same shop."""

    as_of: datetime
    n_products: int = 1200
    n_shoppers: int = 300
    n_days: int = 60
    seed: int = 7
    n_history_interactions: int | None = None

    @property
    def starts_at(self) -> datetime:
        """Start of the history: that many days before ``as_of``."""
        return self.as_of - timedelta(days=self.n_days)

    def shoppers_needed(self) -> int:
        """As asked, or as many as leave the wanted number of interactions."""
        if self.n_history_interactions is None:
            return self.n_shoppers
        return max(1, round(self.n_history_interactions / expected_per_shopper(self.n_days)))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that is written once however many listings there are."""

    models: list[Model]
    blueprints: list[Blueprint]


def random_stream(plan: Plan, purpose: int) -> np.random.Generator:
    """An independent stream per part, so that a change in one part leaves the others as they were."""
    return np.random.default_rng([plan.seed, purpose])


def make_catalogue(plan: Plan) -> Catalogue:
    """Build the models and the texts of their listings."""
    rng = random_stream(plan, 1)
    year_now = plan.as_of.year + (plan.as_of.timetuple().tm_yday - 1) / 365
    models = make_models(n_models_for(plan.n_products), year_now, rng)
    return Catalogue(models, make_blueprints(models, n_blueprints_for(plan.n_products), rng))


def make_listing_maker(plan: Plan, catalogue: Catalogue) -> ListingMaker:
    """Start a fresh run over the listings; every run yields the same ones."""
    return ListingMaker(catalogue.models, catalogue.blueprints, random_stream(plan, 2))


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counters per visited listing, consistent with the history."""

    views: NDArray[np.int64]
    favorites: NDArray[np.int64]
    cart_adds: NDArray[np.int64]
    purchases: NDArray[np.int64]
    popularity: NDArray[np.float64]


def count(plan: Plan, history: History, n_items: int) -> Statistics:
    """Count the history per listing; popularity is on the scale that the catalogue goes on counting on."""

    def tally(event_type: int) -> NDArray[np.int64]:
        return np.bincount(history.item[history.event_type == event_type], minlength=n_items).astype(np.int64)

    is_view = history.event_type == VIEW
    half_lives = history.occurred_s[is_view] / POPULARITY_HALF_LIFE.total_seconds()
    decayed = np.bincount(history.item[is_view], weights=np.exp2(half_lives), minlength=n_items)
    popularity = np.zeros(n_items)
    met = decayed > 0
    popularity[met] = np.log2(decayed[met]) + half_lives_since_epoch(plan.starts_at)
    return Statistics(
        views=tally(VIEW),
        favorites=tally(FAVORITE),
        cart_adds=tally(CART_ADD),
        purchases=tally(PURCHASE),
        popularity=popularity,
    )
