"""Writes stores, categories, brands and listings: COPY into temporary tables, then one INSERT per chunk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scripts.seed.categories import CATEGORIES
from scripts.seed.database import (
    INDEX_LATER_FROM,
    Connection,
    bring_back,
    next_id,
    set_aside_indexes_and_references,
)
from scripts.seed.listings import Listings
from scripts.seed.makers import MAKERS
from scripts.seed.shop import Catalogue, Plan, make_listing_maker
from scripts.seed.stores import STORES
from scripts.seed.write_search import remember_listings, write_search
from server.features.catalog.drawings import slugged

CHUNK = 20_000

TEXT_COLUMNS = (
    "position",
    "category_id",
    "brand_id",
    "title",
    "model",
    "description",
    "condition",
    "attributes",
    "wear",
)
LISTING_COLUMNS = ("id", "position", "store_id", "price_minor", "stock", "listed_at", "popularity")


async def write_stores(connection: Connection, plan: Plan, vendor_id: int) -> list[int]:
    """Write the stores, two of them owned by the demo vendor; returns their ids in order."""
    opened_at = plan.starts_at - timedelta(days=400)
    ids = _ids(await next_id(connection, "stores"), len(STORES))
    records = [
        (
            id_,
            store.slug,
            store.name,
            store.description,
            vendor_id if store.is_demo_vendor else None,
            opened_at,
        )
        for id_, store in zip(ids, STORES, strict=True)
    ]
    columns = ("id", "slug", "name", "description", "owner_user_id", "created_at")
    await connection.copy_records_to_table("stores", records=records, columns=columns)
    return ids


async def write_categories(connection: Connection) -> list[int]:
    """Write the categories with the labels of their attributes; returns their ids in order."""
    ids = _ids(await next_id(connection, "categories"), len(CATEGORIES))
    records = [
        (id_, category.slug, category.name, position, json.dumps(_labels(position), ensure_ascii=False))
        for position, (id_, category) in enumerate(zip(ids, CATEGORIES, strict=True))
    ]
    columns = ("id", "slug", "name", "position", "attribute_labels")
    await connection.copy_records_to_table("categories", records=records, columns=columns)
    await connection.execute("SELECT jackdaw_name_category(id, '{}') FROM categories")
    return ids


def _labels(position: int) -> list[tuple[str, str]]:
    return [(attribute.key, attribute.label) for attribute in CATEGORIES[position].attributes]


async def write_brands(connection: Connection) -> dict[str, int]:
    """Write the makers; returns ids by name."""
    ids = _ids(await next_id(connection, "brands"), len(MAKERS))
    records = [(id_, slugged(maker.name), maker.name) for id_, maker in zip(ids, MAKERS, strict=True)]
    await connection.copy_records_to_table("brands", records=records, columns=("id", "slug", "name"))
    return {maker.name: id_ for id_, maker in zip(ids, MAKERS, strict=True)}


def _ids(first: int, count: int) -> list[int]:
    return list(range(first, first + count))


async def write_texts(
    connection: Connection, catalogue: Catalogue, category_ids: list[int], brand_ids: dict[str, int]
) -> None:
    """Bring the texts into a temporary table."""
    await connection.execute(
        """
        CREATE TEMPORARY TABLE seed_texts (
            position integer, category_id bigint, brand_id bigint, title text, model text,
            description text, condition text, attributes jsonb, wear jsonb
        ) ON COMMIT DROP
        """
    )
    await connection.copy_records_to_table(
        "seed_texts", records=_text_records(catalogue, category_ids, brand_ids), columns=TEXT_COLUMNS
    )
    await connection.execute("CREATE UNIQUE INDEX ON seed_texts (position)")
    await connection.execute("ANALYZE seed_texts")


def _text_records(
    catalogue: Catalogue, category_ids: list[int], brand_ids: dict[str, int]
) -> Iterator[tuple[Any, ...]]:
    category_id_by_slug = dict(zip((category.slug for category in CATEGORIES), category_ids, strict=True))
    for position, text in enumerate(catalogue.blueprints):
        model = catalogue.models[text.model_position]
        yield (
            position,
            category_id_by_slug[model.category.slug],
            brand_ids[model.maker.name],
            text.title,
            model.name,
            text.description,
            text.grade,
            json.dumps(text.attributes, ensure_ascii=False),
            json.dumps(text.wear, ensure_ascii=False),
        )


async def write_listings(
    connection: Connection,
    plan: Plan,
    catalogue: Catalogue,
    store_ids: list[int],
    popularity: NDArray[np.float64],
    advance: Callable[[int], object],
) -> int:
    """Write all listings, oldest key first; returns the key of the first one."""
    first_id = await next_id(connection, "products")
    later = (
        await set_aside_indexes_and_references(connection, "products")
        if plan.n_products >= INDEX_LATER_FROM
        else []
    )
    await connection.execute(
        """
        CREATE TEMPORARY TABLE seed_listings (
            id bigint, position integer, store_id bigint, price_minor bigint, stock integer,
            listed_at timestamptz, popularity double precision
        ) ON COMMIT DROP
        """
    )
    await remember_listings(connection)
    done = 0
    for listings in make_listing_maker(plan, catalogue).chunks(plan.n_products, CHUNK):
        known = popularity[done : done + len(listings)]
        padded = np.concatenate([known, np.zeros(len(listings) - len(known))])
        records = _listing_records(plan, listings, first_id + done, store_ids, padded)
        await _write_chunk(connection, records)
        done += len(listings)
        advance(len(listings))
    await bring_back(connection, later)
    await write_search(connection, plan.n_products)
    return first_id


def _listing_records(
    plan: Plan, listings: Listings, first_id: int, store_ids: list[int], popularity: NDArray[np.float64]
) -> Iterable[tuple[Any, ...]]:
    stores = np.array(store_ids)[listings.store].tolist()
    listed_at = [plan.as_of - timedelta(days=days) for days in listings.age_days.tolist()]
    return zip(
        range(first_id, first_id + len(listings)),
        listings.blueprint.tolist(),
        stores,
        listings.price_minor.tolist(),
        listings.stock.tolist(),
        listed_at,
        popularity.tolist(),
        strict=True,
    )


async def _write_chunk(connection: Connection, records: Iterable[tuple[Any, ...]]) -> None:
    await connection.copy_records_to_table("seed_listings", records=records, columns=LISTING_COLUMNS)
    await connection.execute(
        """
        INSERT INTO products (
            id, store_id, category_id, brand_id, title, model, description, condition, price_minor, currency,
            stock, attributes, wear, popularity, listed_at, created_at, updated_at
        )
        SELECT l.id, l.store_id, t.category_id, t.brand_id, t.title, t.model, t.description, t.condition,
            l.price_minor, 'EUR', l.stock, t.attributes, t.wear, l.popularity, l.listed_at, l.listed_at,
            l.listed_at
        FROM seed_listings l JOIN seed_texts t USING (position)
        ORDER BY l.id
        """
    )
    await connection.execute("INSERT INTO seed_indexed SELECT id, position FROM seed_listings")
    await connection.execute("TRUNCATE seed_listings")
