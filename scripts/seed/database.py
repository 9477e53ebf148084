"""The seed's view of the database: is it ready and empty, and which indexes wait until a large load ends."""

from __future__ import annotations

from typing import TypeAlias

import asyncpg

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

CATALOGUE_TABLES = ("categories", "brands", "stores", "products")
ALL_TABLES = (
    *CATALOGUE_TABLES,
    "product_search",
    "users",
    "visitors",
    "favorites",
    "product_statistics",
    "interactions",
)
# Below this, keeping the indexes costs less than building them anew.
INDEX_LATER_FROM = 10_000


class NotReadyError(Exception):
    """The database cannot take a seed; the message says why and what to do."""


class NotEmptyError(NotReadyError):
    """There is a shop already."""


async def require_empty_shop(connection: Connection) -> None:
    """Lock the catalogue against another seed and see that there is nothing in it.

    Raises
    ------
    NotReadyError
        The tables are missing.
    NotEmptyError
        Something is sold here already.
    """
    if not await connection.fetchval("SELECT to_regclass('products') IS NOT NULL"):
        raise NotReadyError("The database has no tables yet. Run `python -m alembic upgrade head` first.")
    # Two seeds at once: the second waits here, then finds the first one's products.
    await connection.execute("LOCK TABLE categories, brands, stores, products IN SHARE ROW EXCLUSIVE MODE")
    for table in CATALOGUE_TABLES:
        if await connection.fetchval(f"SELECT EXISTS (SELECT FROM {table})"):  # noqa: S608 - a constant name
            raise NotEmptyError(
                f"The database already has a shop: table {table} has rows. Nothing was changed."
            )


async def next_id(connection: Connection, table: str) -> int:
    """The first free key of a table; rows and sequence may disagree after a restore, so both are asked."""
    highest = await connection.fetchval(f"SELECT coalesce(max(id), 0) FROM {table}")  # noqa: S608 - as above
    return int(highest) + 1


async def advance_key(connection: Connection, table: str) -> None:
    """Let the table's own numbering go on after the rows that brought their keys."""
    await connection.execute(
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 0) + 1, false)"  # noqa: S608
        f" FROM {table}"
    )


async def set_aside_indexes_and_references(connection: Connection, table: str) -> list[str]:
    """Drop the indexes that no constraint needs, and the foreign keys; return what makes them again.

    Three look-ups and eight index insertions per row cost more than checking and building once at the end.
    """
    statements = []
    for row in await connection.fetch(_PLAIN_INDEXES, table):
        await connection.execute(f'DROP INDEX "{row["name"]}"')
        statements.append(row["definition"])
    for row in await connection.fetch(_REFERENCES, table):
        await connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{row["name"]}"')
        statements.append(f'ALTER TABLE {table} ADD CONSTRAINT "{row["name"]}" {row["definition"]}')
    return statements


async def bring_back(connection: Connection, statements: list[str]) -> None:
    """Make again what was set aside, with memory to do it in one pass and the other core to help."""
    await connection.execute("SET LOCAL maintenance_work_mem = '256MB'")
    await connection.execute("SET LOCAL max_parallel_maintenance_workers = 2")
    for statement in statements:
        await connection.execute(statement)


_PLAIN_INDEXES = """
    SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = $1::text::regclass
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
    ORDER BY c.relname
"""
_REFERENCES = """
    SELECT conname AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE conrelid = $1::text::regclass AND contype = 'f'
    ORDER BY conname
"""
