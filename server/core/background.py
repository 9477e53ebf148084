"""Work that is never urgent: it stands back, and the database stands back for it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import asyncpg

NICENESS = 10


def stand_back() -> None:
    """Let this process give way to those that answer shoppers."""
    os.nice(NICENESS)


@asynccontextmanager
async def background_connection(
    database_url: str, application_name: str, **settings: str
) -> AsyncIterator[asyncpg.Connection]:
    """Open a connection of its own whose process in the database stands back too, where that can be had."""
    connection = await asyncpg.connect(
        database_url, timeout=5, server_settings={"application_name": application_name, **settings}
    )
    try:
        let_database_stand_back(connection, database_url)
        yield connection
    finally:
        await connection.close()


def let_database_stand_back(connection: asyncpg.Connection, database_url: str) -> None:
    """Lower the priority of the database's process of a connection: much of the work is its.

    Only where that process is surely on this machine, behind a Unix socket, and we may say so.
    """
    if "host=/" not in database_url:
        return
    pid = connection.get_server_pid()
    with suppress(OSError):
        if Path(f"/proc/{pid}/cmdline").read_bytes().startswith(b"postgres"):
            os.setpriority(os.PRIO_PROCESS, pid, NICENESS)
