"""One transaction per write; its events are told only after the commit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from server.core.database import Loan
from server.core.runtime import runtime

Connection = asyncpg.pool.PoolConnectionProxy


class Transaction:
    """An open transaction: its connection, and the events that leave with the commit."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.events: list[object] = []

    def emit(self, event: object) -> None:
        """Hold an event until the commit; a rollback forgets it."""
        self.events.append(event)


@asynccontextmanager
async def transaction() -> AsyncIterator[Transaction]:
    """Run the block in one transaction, then publish what it emitted."""
    async with runtime().database.connection() as connection, connection.transaction():
        opened = Transaction(connection)
        yield opened
    for event in opened.events:
        runtime().bus.publish(event)


def reading() -> Loan:
    """Lend a connection for statements that each stand alone."""
    return runtime().database.connection()
