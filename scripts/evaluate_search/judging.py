"""Loads the products into a shop of their own, and asks its search the judged queries."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import asyncpg
from tqdm import tqdm

from scripts.evaluate_search.files import Judgments, catalogue_of, listings
from scripts.evaluate_search.measures import QueryMeasures, measure
from scripts.import_catalog.formats.icecat import ATTRIBUTES
from scripts.import_catalog.positions import Positions
from scripts.import_catalog.writing import CatalogueWriter
from server.core.database import Database
from server.core.embedded_postgres import temporary_cluster
from server.features.catalog.domain import CONDITIONS, price_steps_minor
from server.features.search.service import Scales, Search, Selection, first_page
from server.index_search import build
from server.settings import REPOSITORY_ROOT

BATCH = 2_000
DEPTH = 2_000


async def judge(products: Path, judgments: Judgments) -> dict[str, QueryMeasures]:
    """Measure every query on a temporary shop with these products."""
    with temporary_cluster() as cluster:
        environment = os.environ | {"JACKDAW_DATABASE_URL": cluster.dsn}
        command = [sys.executable, "-m", "alembic", "-c", "pyproject.toml", "upgrade", "head"]
        subprocess.run(command, env=environment, cwd=REPOSITORY_ROOT, check=True)  # noqa: S603, ASYNC221
        await _load(cluster.dsn, products)
        await build(cluster.dsn)
        return await _ask(cluster.dsn, judgments)


async def _load(database_url: str, products: Path) -> None:
    attributes = products.parent / ATTRIBUTES
    connection = await asyncpg.connect(database_url)
    try:
        store_id = await connection.fetchval(
            "INSERT INTO stores (slug, name) VALUES ('judged', 'Judged') RETURNING id"
        )
        positions = Positions(connection, store_id, "products")
        await positions.begin("", resume=False)
        with catalogue_of(products) as catalogue, tqdm(desc="Products", disable=None, leave=False) as bar:
            writer = CatalogueWriter(connection, store_id, catalogue.given)
            await writer.prepare()
            rows = listings(catalogue, attributes if attributes.exists() else None)
            while batch := list(itertools.islice(rows, BATCH)):
                async with connection.transaction():
                    await writer.write(batch, positions.seen_table)
                bar.update(len(batch))
        await positions.finish()
        await connection.execute("ANALYZE")
    finally:
        await connection.close()


async def _ask(database_url: str, judgments: Judgments) -> dict[str, QueryMeasures]:
    database = Database(database_url, pool_size=1)
    await database.open()
    search = Search(database, Scales(CONDITIONS, price_steps_minor))
    try:
        async with database.connection() as connection:
            rows = await connection.fetch("SELECT id, external_id FROM products")
            external_ids = {row[0]: row[1] for row in rows}
            measured = {}
            for query, ratings in tqdm(judgments.items(), desc="Queries", disable=None, leave=False):
                matches = await search.matches(connection, query, Selection())
                page = first_page(
                    search.live.columns,
                    matches.ids,
                    matches.scores,
                    sort="relevance",
                    after=None,
                    limit=DEPTH,
                )
                ranking = [external_ids[product_id] for product_id in page.product_ids]
                measured[query] = measure(ranking, ratings)
        return measured
    finally:
        await database.close()
