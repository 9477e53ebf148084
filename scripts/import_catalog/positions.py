"""Remembers how far a run came, in the transaction of each batch, so that an interrupted run can go on.

The working tables live in a schema of their own, and their rows only while a run is unfinished. They are
unlogged: after a crash of PostgreSQL both are empty together, and a resumed run starts over, which an upsert
does not mind.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import orjson

from scripts.import_catalog.records import ImportStopped, Tally

SCHEMA = "catalog_import"
_HEAD_BYTES = 1 << 16


def fingerprint(paths: list[Path], settings: str) -> str:
    """Tell files and settings apart from others: size and head of each file, and how it is read."""
    digest = hashlib.sha256(settings.encode())
    for path in paths:
        with path.open("rb") as file:
            digest.update(f"{path.name}:{path.stat().st_size}:".encode())
            digest.update(file.read(_HEAD_BYTES))
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Position:
    """How many records have been dealt with, and what became of them."""

    records: int
    tally: Tally


class Positions:
    """The position of runs into one store."""

    def __init__(self, connection: asyncpg.Connection, store_id: int, part: str) -> None:
        self._connection = connection
        self._key = f"{store_id}:{part}"
        self._store_id = store_id
        self.seen_table = f"{SCHEMA}.seen_{int(store_id)}"

    async def begin(self, source: str, *, resume: bool) -> Position:
        """Return where to go on, or make place for a new run.

        Raises
        ------
        ImportStopped
            There is nothing to resume, or it was another file.
        """
        connection = self._connection
        await connection.execute(
            f"""
            CREATE SCHEMA IF NOT EXISTS {SCHEMA};
            CREATE UNLOGGED TABLE IF NOT EXISTS {SCHEMA}.positions (
                key text PRIMARY KEY, source text NOT NULL, records bigint NOT NULL, tally jsonb NOT NULL);
            CREATE UNLOGGED TABLE IF NOT EXISTS {self.seen_table} (
                external_id text PRIMARY KEY, line bigint NOT NULL);
            """
        )
        row = await connection.fetchrow(
            f"SELECT source, records, tally FROM {SCHEMA}.positions WHERE key = $1",  # noqa: S608 - our own name
            self._key,
        )
        if resume and row is not None:
            if row["source"] != source:
                raise ImportStopped(
                    "The unfinished import was of another file or other options; run it without --resume."
                )
            return Position(row["records"], Tally.from_json(orjson.loads(row["tally"])))
        await connection.execute(f"TRUNCATE {self.seen_table}")
        await self._write(source, 0, Tally())
        return Position(0, Tally())

    async def advance(self, source: str, records: int, tally: Tally) -> None:
        """Note the position; belongs into the transaction of the batch."""
        await self._write(source, records, tally)

    async def _write(self, source: str, records: int, tally: Tally) -> None:
        await self._connection.execute(
            f"INSERT INTO {SCHEMA}.positions (key, source, records, tally) VALUES ($1, $2, $3, $4) "  # noqa: S608
            "ON CONFLICT (key) DO UPDATE SET source = $2, records = $3, tally = $4",
            self._key,
            source,
            records,
            orjson.dumps(tally.to_json()).decode(),
        )

    async def finish(self) -> None:
        """Forget a finished run."""
        await self._connection.execute(
            f"DELETE FROM {SCHEMA}.positions WHERE key = $1",  # noqa: S608 - our own name
            self._key,
        )
        await self._connection.execute(f"DROP TABLE IF EXISTS {self.seen_table}")
