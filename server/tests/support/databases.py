"""A throw-away PostgreSQL per test process: migrated once into a template, copied for every test."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config

from server.core.embedded_postgres import temporary_cluster

REPOSITORY_ROOT = Path(__file__).resolve().parents[3]
TEMPLATE = "jackdaw_template"
numbers = itertools.count(1)


class Databases:
    """Hands out databases that are copies of the migrated template."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn

    def url(self, name: str) -> str:
        """Return the address of one of the databases."""
        before, after = self._dsn.split("?", 1)
        return f"{before.rsplit('/', 1)[0]}/{name}?{after}"

    async def create(self, *, empty: bool = False) -> str:
        """Make a new database, a copy of the template unless it is to be empty; return its name."""
        name = f"jackdaw_test_{next(numbers)}"
        template = "template1" if empty else TEMPLATE
        await self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return name

    async def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        await self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    async def make_template(self) -> None:
        """Create the template; ``migrate`` fills it."""
        await self._execute(f'CREATE DATABASE "{TEMPLATE}"')

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


def migrate(url: str, revision: str = "head") -> None:
    """Bring a database to a revision; in a thread of its own, because Alembic runs its own loop."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(_migrate, url, revision).result()


def _migrate(url: str, revision: str) -> None:
    config = Config(toml_file=str(REPOSITORY_ROOT / "pyproject.toml"), attributes={"url": url})
    if revision == "base":
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


@contextmanager
def migrated_cluster() -> Iterator[Databases]:
    """Start a cluster with a migrated template; delete it afterwards."""
    with temporary_cluster() as cluster, ThreadPoolExecutor(max_workers=1) as thread:
        databases = Databases(cluster.dsn)
        thread.submit(asyncio.run, databases.make_template()).result()
        migrate(databases.url(TEMPLATE))
        yield databases
