"""Writes a whole simulated shop in one transaction: a killed seed leaves nothing, whatever the size."""

from __future__ import annotations

import time
from dataclasses import dataclass

import asyncpg
from tqdm import tqdm

from scripts.seed.database import ALL_TABLES, Connection, advance_key, require_empty_shop
from scripts.seed.history import History, simulate_history
from scripts.seed.listings import Listings
from scripts.seed.shelf import arrange
from scripts.seed.shop import Catalogue, Plan, count, make_catalogue, make_listing_maker, random_stream
from scripts.seed.shoppers import Shoppers, make_shoppers
from scripts.seed.write_catalogue import (
    CHUNK,
    write_brands,
    write_categories,
    write_listings,
    write_stores,
    write_texts,
)
from scripts.seed.write_history import (
    write_accounts,
    write_favorites,
    write_interactions,
    write_statistics,
    write_visitors,
)


@dataclass(frozen=True, slots=True)
class Report:
    """What was written and how long it took."""

    n_products: int
    n_shoppers: int
    n_interactions: int
    generating_s: float
    products_s: float
    interactions_s: float
    whole_s: float

    def __str__(self) -> str:
        products, interactions = self.n_products / self.products_s, self.n_interactions / self.interactions_s
        return (
            f"{self.n_products:,} listings ({products:,.0f} rows/s with their indexes), "
            f"{self.n_shoppers:,} shoppers, "
            f"{self.n_interactions:,} interactions ({interactions:,.0f} rows/s); "
            f"{self.whole_s:.1f} s in all, {self.generating_s:.1f} s of it before the first row."
        )


@dataclass(frozen=True, slots=True)
class _Simulated:
    catalogue: Catalogue
    shoppers: Shoppers
    history: History
    n_visited: int


async def seed(database_url: str, plan: Plan) -> Report:
    """Fill an empty, migrated database.

    Raises
    ------
    NotReadyError
        There are no tables, or something is sold here already; nothing was changed.
    """
    connection: Connection = await asyncpg.connect(database_url, timeout=10)
    try:
        started = time.perf_counter()
        async with connection.transaction():
            await require_empty_shop(connection)
            simulated = _simulate(plan)
            generated = time.perf_counter()
            products_s, interactions_s = await _write(connection, plan, simulated)
        for table in ALL_TABLES:
            await connection.execute(f"VACUUM (ANALYZE) {table}")
    finally:
        await connection.close(timeout=10)
    return Report(
        n_products=plan.n_products,
        n_shoppers=len(simulated.shoppers),
        n_interactions=len(simulated.history),
        generating_s=generated - started,
        products_s=products_s,
        interactions_s=interactions_s,
        whole_s=time.perf_counter() - started,
    )


def _simulate(plan: Plan) -> _Simulated:
    catalogue = make_catalogue(plan)
    visited = _first_listings(plan, catalogue)
    shelf = arrange(catalogue.models, catalogue.blueprints, visited, plan.n_days, random_stream(plan, 3))
    shoppers = make_shoppers(plan.shoppers_needed(), plan.n_days, random_stream(plan, 4))
    with tqdm(total=len(shoppers), desc="Shoppers", unit=" shoppers", disable=None, leave=False) as bar:
        history = simulate_history(
            shelf, shoppers, plan.n_days, plan.starts_at.weekday(), random_stream(plan, 5), bar.update
        )
    return _Simulated(catalogue, shoppers, history, len(visited))


def _first_listings(plan: Plan, catalogue: Catalogue) -> Listings:
    """The listings that people visit: all of a demo shop, the first of a large one."""
    return next(make_listing_maker(plan, catalogue).chunks(plan.n_products, CHUNK))


async def _write(connection: Connection, plan: Plan, simulated: _Simulated) -> tuple[float, float]:
    statistics = count(plan, simulated.history, simulated.n_visited)
    user_ids = await write_accounts(connection, plan)
    store_ids = await write_stores(connection, plan, user_ids["vendor"])
    category_ids = await write_categories(connection)
    brand_ids = await write_brands(connection)
    started = time.perf_counter()
    with tqdm(total=plan.n_products, desc="Listings", unit=" rows", disable=None, leave=False) as bar:
        await write_texts(connection, simulated.catalogue, category_ids, brand_ids)
        first_product_id = await write_listings(
            connection, plan, simulated.catalogue, store_ids, statistics.popularity, bar.update
        )
    products_s = time.perf_counter() - started
    started = time.perf_counter()
    first_visitor_id = await write_visitors(connection, plan, simulated.shoppers, simulated.history, user_ids)
    with tqdm(total=len(simulated.history), desc="History", unit=" rows", disable=None, leave=False) as bar:
        await write_interactions(
            connection, plan, simulated.history, first_visitor_id, first_product_id, bar.update
        )
    interactions_s = time.perf_counter() - started
    await write_favorites(connection, plan, simulated.history, first_visitor_id, first_product_id)
    await write_statistics(connection, statistics, first_product_id)
    for table in ("categories", "brands", "stores", "products", "visitors"):
        await advance_key(connection, table)
    return products_s, interactions_s
