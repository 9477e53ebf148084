"""Building the index is never urgent: its child stands back, and so does the database for it."""

from __future__ import annotations

import os
import sys

import asyncpg
import pytest

from server import index_search

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere the system does not tell whose process it is"
)


def priority_of(connection: asyncpg.Connection) -> int:
    return os.getpriority(os.PRIO_PROCESS, connection.get_server_pid())


async def test_the_process_of_the_database_stands_back_for_a_build(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    async def rebuild(connection: asyncpg.Connection) -> str:
        seen.append(priority_of(connection))
        return "built"

    monkeypatch.setattr(index_search, "rebuild", rebuild)
    assert await index_search.build(database_url) == "built"
    assert seen == [index_search.NICENESS]


async def test_a_process_of_another_machine_with_the_same_number_is_left_alone(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        usual = priority_of(connection)
        index_search.stand_back(connection, "postgresql://database.example/shop")
        assert priority_of(connection) == usual
    finally:
        await connection.close()
