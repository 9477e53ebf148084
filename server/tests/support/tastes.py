"""A small shop whose shoppers have two tastes, so that what a model should learn is known beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from recs import Event
from server.features.interactions.domain import WEIGHTS
from server.features.interactions.service import EXTENSION, Interactions
from server.features.recommendations.choice import NEVER, Terms
from server.features.recommendations.worker import RECOMMENDATIONS, Recommendations
from server.refit import Job, refit
from server.tests.support.eventually import eventually
from server.tests.support.shop import Shop

SHOPPERS_PER_TASTE = 40
PRODUCTS_PER_TASTE = 24


@dataclass(frozen=True)
class Tastes:
    """Products of the two tastes, by id."""

    cameras: list[int]
    phones: list[int]


def interactions_of(shop: Shop) -> Interactions:
    parts: Interactions = shop.app.extensions[EXTENSION]
    return parts


def recommender_of(shop: Shop) -> Recommendations:
    parts: Recommendations = shop.app.extensions[RECOMMENDATIONS]
    return parts


def pause_refits(shop: Shop) -> None:
    """Keep the worker from fitting while a test does it by hand."""
    for task in recommender_of(shop)._tasks:
        if task.get_name() == "refits":
            task.cancel()


def job_of(shop: Shop, *, terms: Terms = NEVER, is_requested: bool = False) -> Job:
    settings = shop.runtime.settings
    url = str(settings.database_url)
    return Job(url, settings.snapshot_store, settings.snapshot_cache, terms=terms, is_requested=is_requested)


def stored_models(shop: Shop) -> Path:
    """Return the folder that is the store of a shop whose store is a folder."""
    return Path(shop.runtime.settings.snapshot_store.removeprefix("file://"))


async def stock_shop(
    shop: Shop, *, products: int = PRODUCTS_PER_TASTE, refits_by_itself: bool = False
) -> Tastes:
    """List the products of both tastes and let the worker know them."""
    if not refits_by_itself:
        pause_refits(shop)
    listed_at = datetime.now(UTC) - timedelta(days=40)
    made: dict[str, list[int]] = {}
    for category, brand in (("cameras", "corvid"), ("phones", "magpie")):
        made[category] = [
            await shop.make.product(
                title=f"{brand.capitalize()} {category} {number}",
                category=category,
                brand=f"{brand}-{number % 4}",
                listed_at=listed_at + timedelta(hours=number),
            )
            for number in range(products)
        ]
    interactions_of(shop).assortment.forget()
    last = made["phones"][-1]
    await eventually(lambda: interactions_of(shop).assortment.knows(last))
    return Tastes(made["cameras"], made["phones"])


async def remember(shop: Shop, rows: list[tuple[int, int, Event, datetime]]) -> None:
    """Store interactions of visitors: visitor, product, event, time."""
    await shop.connection.execute(
        "SELECT jackdaw_ensure_partitions(current_date - 62, current_date + 2)",
    )
    await shop.connection.executemany(
        """
        INSERT INTO interactions (
            id, received_on, visitor_id, product_id, event_type, weight, occurred_at, received_at)
        VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $6)
        """,
        [(when.date(), who, what, int(event), WEIGHTS[event], when) for who, what, event, when in rows],
    )


async def live_history(shop: Shop, tastes: Tastes, *, seed: int = 0) -> None:
    """Let shoppers of both tastes browse for a month."""
    rng = np.random.default_rng(seed)
    now = datetime.now(UTC)
    rows: list[tuple[int, int, Event, datetime]] = []
    for products in (tastes.cameras, tastes.phones):
        for _ in range(SHOPPERS_PER_TASTE):
            visitor_id = await shop.make.visitor()
            liked = rng.choice(products, size=8, replace=False).tolist()
            for product_id in liked:
                when = now - timedelta(seconds=float(rng.uniform(60, 30 * 86_400)))
                event = Event.PURCHASE if rng.random() < 0.1 else Event.VIEW
                rows.append((visitor_id, product_id, event, when))
    await remember(shop, rows)


async def fitted_shop(shop: Shop) -> Tastes:
    """Stock the shop, let people browse, fit, and wait until the worker serves the model."""
    tastes = await stock_shop(shop)
    await live_history(shop, tastes)
    assert await refit(job_of(shop)) == "promoted"
    await recommender_of(shop).models.refresh()
    assert recommender_of(shop).models.current is not None
    return tastes
