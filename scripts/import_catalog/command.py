"""The import as a whole: connects, finds the store, runs products and then reviews."""

from __future__ import annotations

import argparse
import contextlib
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from scripts.import_catalog.formats import icecat
from scripts.import_catalog.formats.amazon2023 import MetaFile, ReviewFile
from scripts.import_catalog.formats.csv_files import CsvFile, CsvOptions
from scripts.import_catalog.formats.icecat import IcecatFolder
from scripts.import_catalog.options import STORE_NAMES
from scripts.import_catalog.positions import Positions, fingerprint
from scripts.import_catalog.records import CatalogueFile, ImportStopped, Listing, Review
from scripts.import_catalog.report import Part
from scripts.import_catalog.review_writing import ReviewWriter
from scripts.import_catalog.run import Flow, Outcome, all_or_nothing
from scripts.import_catalog.writing import CatalogueWriter
from server.core.embedded_postgres import EmbeddedPostgres
from server.core.embedded_postgres.errors import EmbeddedPostgresError
from server.core.embedded_postgres.home import choose_home

LOCK_NAMESPACE = "jackdaw catalogue import"
CONNECT_TIMEOUT_S = 10.0


def open_catalogue(options: argparse.Namespace) -> CatalogueFile:
    """Open the file or folder in the named format.

    Raises
    ------
    ImportStopped
        It is not there, or not of that format.
    """
    if not options.path.exists():
        raise ImportStopped(f"{options.path} does not exist.")
    stock, images = options.default_stock, options.keep_images
    if options.format == "icecat":
        return IcecatFolder(options.path, default_stock=stock, keep_images=images)
    if options.format == "amazon2023":
        return MetaFile(
            options.path,
            encoding=options.encoding,
            currency=options.currency or "USD",
            default_stock=stock,
            keep_images=images,
        )
    return CsvFile(
        options.path,
        CsvOptions(dict(options.map), options.currency, options.delimiter, options.encoding, stock, images),
    )


async def run_import(options: argparse.Namespace, parts: list[Part]) -> None:
    """Run the import; ``parts`` holds what came of it, also when it stops.

    Raises
    ------
    ImportStopped
        It could not go on; what was committed before stays.
    """
    with contextlib.ExitStack() as files:
        catalogue = files.enter_context(contextlib.closing(open_catalogue(options)))
        reviews = _open_reviews(options)
        if reviews is not None:
            files.callback(reviews.close)
        await _run(options, catalogue, reviews, parts)


async def _run(
    options: argparse.Namespace, catalogue: CatalogueFile, reviews: ReviewFile | None, parts: list[Part]
) -> None:
    async with (
        connected(options.database_url, os.environ) as connection,
        all_or_nothing(connection, is_strict=options.strict),
    ):
        store_id, is_new = await _lock_store(connection, options)
        await _import_products(connection, options, catalogue, store_id, parts)
        if reviews is not None:
            await _import_reviews(connection, options, reviews, store_id, parts)
        if is_new:
            await _drop_if_empty(connection, store_id)


def _open_reviews(options: argparse.Namespace) -> ReviewFile | None:
    if options.reviews is None:
        return None
    if not options.reviews.exists():
        raise ImportStopped(f"{options.reviews} does not exist.")
    return ReviewFile(options.reviews, encoding=options.encoding)


async def _import_products(
    connection: asyncpg.Connection,
    options: argparse.Namespace,
    catalogue: CatalogueFile,
    store_id: int,
    parts: list[Part],
) -> None:
    positions = Positions(connection, store_id, "products")
    writer = CatalogueWriter(connection, store_id, catalogue.given)
    await writer.prepare()

    async def write(listings: list[Listing]) -> Outcome:
        written = await writer.write(listings, positions.seen_table)
        return Outcome(written.inserted, written.updated, written.unchanged, written.duplicates)

    parts.append(Part("products"))
    flow = Flow(catalogue, catalogue.listing, write, parts[-1], options.batch, options.strict)
    await flow.run(
        connection, positions, fingerprint(_files(options), _settings(options)), resume=options.resume
    )


async def _import_reviews(
    connection: asyncpg.Connection,
    options: argparse.Namespace,
    reviews: ReviewFile,
    store_id: int,
    parts: list[Part],
) -> None:
    writer = ReviewWriter(connection, store_id, options.store)
    await writer.prepare()

    async def write(batch: list[Review]) -> Outcome:
        written = await writer.write(batch)
        return Outcome(written.inserted, 0, written.unchanged, written.unknown)

    parts.append(Part("reviews"))
    flow = Flow(reviews, reviews.review, write, parts[-1], options.batch, options.strict)
    positions = Positions(connection, store_id, "reviews")
    await flow.run(
        connection, positions, fingerprint([options.reviews], _settings(options)), resume=options.resume
    )


def _files(options: argparse.Namespace) -> list[Path]:
    if options.format != "icecat":
        return [options.path]
    return [path for name in (icecat.PRODUCTS, icecat.ATTRIBUTES) if (path := options.path / name).exists()]


def _settings(options: argparse.Namespace) -> str:
    names = ("format", "map", "currency", "delimiter", "encoding", "default_stock", "keep_images")
    return repr([(name, getattr(options, name)) for name in names])


@asynccontextmanager
async def connected(url: str | None, environ: Mapping[str, str]) -> AsyncIterator[asyncpg.Connection]:
    """Connect to the named database, or to the one that the shop in this folder runs.

    Raises
    ------
    ImportStopped
        There is none, or it is not a shop's.
    """
    with contextlib.ExitStack() as stack:
        address = url or environ.get("JACKDAW_DATABASE_URL") or _embedded(environ, stack)
        try:
            connection = await asyncpg.connect(
                address,
                timeout=CONNECT_TIMEOUT_S,
                server_settings={"application_name": "jackdaw import", "lock_timeout": "20000"},
            )
        except (OSError, ValueError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise ImportStopped(
                f"The database cannot be reached: {str(error) or type(error).__name__}"
            ) from error
        try:
            if await connection.fetchval("SELECT to_regclass('products')") is None:
                raise ImportStopped(
                    "The database has no shop yet: run `python -m alembic upgrade head` first."
                )
            yield connection
        finally:
            # Closed in order, so that the lock on the store is free when the command has ended.
            with contextlib.suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await connection.close(timeout=CONNECT_TIMEOUT_S)


def _embedded(environ: Mapping[str, str], stack: contextlib.ExitStack) -> str:
    """Attach to the PostgreSQL of the data folder, or start it for the time of the import."""
    data_dir = Path(environ.get("JACKDAW_DATA_DIR") or ".jackdaw")
    if not data_dir.exists() or not choose_home(data_dir).is_initialised:
        # Attaching would make a new cluster here; an import is no way to start a shop.
        raise ImportStopped(
            "No database: give --database-url, set JACKDAW_DATABASE_URL, or start the shop here once."
        )
    cluster = EmbeddedPostgres(data_dir)
    try:
        cluster.start()
    except EmbeddedPostgresError as error:
        raise ImportStopped(str(error)) from error
    if cluster.is_owner:
        stack.callback(cluster.stop)
    return cluster.dsn


async def _lock_store(connection: asyncpg.Connection, options: argparse.Namespace) -> tuple[int, bool]:
    """Find or make the store; one import at a time may write to it."""
    is_free = await connection.fetchval(
        "SELECT pg_try_advisory_lock(hashtext($1), hashtext($2))", LOCK_NAMESPACE, options.store
    )
    if not is_free:
        raise ImportStopped(f"Another import into the store {options.store} is running.")
    found = await connection.fetchval("SELECT id FROM stores WHERE slug = $1", options.store)
    if found is not None:
        return int(found), False
    name = (
        STORE_NAMES[options.format]
        if options.store == options.format
        else options.store.replace("-", " ").capitalize()
    )
    made = await connection.fetchval(
        "INSERT INTO stores (slug, name) VALUES ($1, $2) RETURNING id", options.store, name
    )
    return int(made), True


async def _drop_if_empty(connection: asyncpg.Connection, store_id: int) -> None:
    """Take back a store that no product came into."""
    await connection.execute(
        "DELETE FROM stores s WHERE id = $1 AND NOT EXISTS (SELECT FROM products p WHERE p.store_id = s.id)",
        store_id,
    )
