"""Run migrations through one asyncpg connection, or on the connection that the caller hands over."""

from __future__ import annotations

import asyncio
import os

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from server.tables import metadata

PARTITION_PREFIXES = ("interactions_", "slates_")


def include_name(name: str | None, type_: str, _parents: object) -> bool:
    """Leave partitions out of comparisons: a function makes them, month by month and day by day."""
    return not (type_ == "table" and name is not None and name.startswith(PARTITION_PREFIXES))


def run(connection: Connection) -> None:
    """Upgrade or downgrade in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_name=include_name,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_on_own_connection() -> None:
    """Connect to the database of the environment, as the command line does."""
    url = context.config.attributes.get("url") or os.environ["JACKDAW_DATABASE_URL"]
    engine = create_async_engine(
        str(url).replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool
    )
    async with engine.connect() as connection:
        await connection.run_sync(run)
        await connection.commit()
    await engine.dispose()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    run(handed_over)
else:
    asyncio.run(run_on_own_connection())
