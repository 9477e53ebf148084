"""What holds for every table: the schema is what the definitions say, and foreign keys have an index."""

from __future__ import annotations

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from server.tables import metadata
from server.tests.support.databases import Databases, migrate

PARTITIONS = ("interactions_", "slates_")


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_foreign_keys_lead_an_index(table: object) -> None:
    keys = {tuple(key.column_keys) for key in table.foreign_key_constraints}  # type: ignore[attr-defined]
    leads = [tuple(table.primary_key.columns.keys())]  # type: ignore[attr-defined]
    leads += [tuple(c.name for c in index.columns) for index in table.indexes]  # type: ignore[attr-defined]
    leads += [
        tuple(constraint.columns.keys())
        for constraint in table.constraints  # type: ignore[attr-defined]
        if type(constraint).__name__ == "UniqueConstraint"
    ]
    leads += [(c.name,) for c in table.columns if c.unique]  # type: ignore[attr-defined]
    for key in keys:
        assert any(lead[: len(key)] == key for lead in leads), f"{key} has no index"


async def test_the_migrated_database_is_what_the_tables_say(database_url: str) -> None:
    engine = create_async_engine(database_url.replace("postgresql://", "postgresql+asyncpg://", 1))
    async with engine.connect() as connection:
        differences = await connection.run_sync(_differences)
    await engine.dispose()
    assert differences == []


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"include_name": _is_ours})
    found: list[object] = compare_metadata(context, metadata)
    return found


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and name is not None and name.startswith((*PARTITIONS, "alembic_version")))


async def test_every_migration_can_be_taken_back_and_done_again(databases: Databases) -> None:
    name = await databases.create()
    url = databases.url(name)
    before = await _tables(url)
    migrate(url, "base")
    assert await _tables(url) == {"alembic_version"}
    migrate(url)
    assert await _tables(url) == before
    await databases.drop(name)


async def _tables(url: str) -> set[str]:
    connection = await asyncpg.connect(url)
    rows = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    await connection.close()
    return {row[0] for row in rows}
