"""What is never urgent gives way: its process, and that of the database which works for it."""

from __future__ import annotations

import os
import subprocess
import sys

import asyncpg
import pytest

from server.core.background import NICENESS, background_connection, let_database_stand_back
from server.settings import REPOSITORY_ROOT

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere the system does not tell whose process it is"
)


def priority_of(connection: asyncpg.Connection) -> int:
    return os.getpriority(os.PRIO_PROCESS, connection.get_server_pid())


async def test_the_process_of_the_database_stands_back(database_url: str) -> None:
    async with background_connection(database_url, "test", jit="off") as connection:
        assert priority_of(connection) == NICENESS
        assert await connection.fetchval("SHOW application_name") == "test"
        assert await connection.fetchval("SHOW jit") == "off"
    assert connection.is_closed()


async def test_a_process_of_another_machine_with_the_same_number_is_left_alone(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        usual = priority_of(connection)
        let_database_stand_back(connection, "postgresql://database.example/shop")
        assert priority_of(connection) == usual
    finally:
        await connection.close()


def test_the_process_itself_stands_back() -> None:
    code = "import os, server.core.background as b; b.stand_back(); print(os.getpriority(os.PRIO_PROCESS, 0))"
    printed = subprocess.check_output([sys.executable, "-c", code], cwd=REPOSITORY_ROOT, text=True)
    assert int(printed) == min(19, os.getpriority(os.PRIO_PROCESS, 0) + NICENESS)
