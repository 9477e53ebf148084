"""Fixtures for everything that needs the database or the whole shop."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from server.tests.support.databases import Databases, migrated_cluster
from server.tests.support.folders import open_folder
from server.tests.support.shop import Shop, open_shop


@pytest.fixture(scope="session", name="databases")
def _databases() -> Iterator[Databases]:
    with migrated_cluster() as databases:
        yield databases


@pytest.fixture(name="database_url")
async def _database_url(databases: Databases) -> AsyncIterator[str]:
    name = await databases.create()
    yield databases.url(name)
    await databases.drop(name)


@pytest.fixture(name="shop")
async def _shop(database_url: str, tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(database_url, tmp_path) as shop:
        yield shop


@pytest.fixture(name="data_dir")
def _data_dir() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder
