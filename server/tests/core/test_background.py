"""What is never urgent gives way: its process, and that of the database which works for it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import cast

import asyncpg
import pytest

from server.core import background
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


class Elsewhere:
    """A connection to a database in another space of numbers: here its number is some program's."""

    def __init__(self, pid: int) -> None:
        self.get_server_pid = lambda: pid


def test_a_program_that_is_no_database_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    # Lower than that of any test, which may itself stand back.
    monkeypatch.setattr(background, "NICENESS", 19)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as program:
        usual = os.getpriority(os.PRIO_PROCESS, program.pid)
        let_database_stand_back(
            cast("asyncpg.Connection", Elsewhere(program.pid)), "postgresql:///shop?host=/run"
        )
        assert os.getpriority(os.PRIO_PROCESS, program.pid) == usual
        program.kill()


def test_the_process_itself_stands_back() -> None:
    code = "import os, server.core.background as b; b.stand_back(); print(os.getpriority(os.PRIO_PROCESS, 0))"
    printed = subprocess.check_output([sys.executable, "-c", code], cwd=REPOSITORY_ROOT, text=True)
    assert int(printed) == min(19, os.getpriority(os.PRIO_PROCESS, 0) + NICENESS)
