"""Categories, brands and stores in memory: small tables that almost every answer names."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from server.core.database import Database
from server.features.catalog import queries

MAX_AGE_S = 5.0


@dataclass(frozen=True, slots=True)
class Names:
    """One of the tables: ids by slug, and slug and name by id."""

    ids: dict[str, int] = field(default_factory=dict)
    labels: dict[int, tuple[str, str]] = field(default_factory=dict)

    def find(self, slugs: tuple[str, ...]) -> list[int]:
        """Return the ids of the slugs that exist."""
        return [self.ids[slug] for slug in slugs if slug in self.ids]


@dataclass(frozen=True, slots=True)
class Reference:
    """All of them as of one moment."""

    categories: Names = field(default_factory=Names)
    brands: Names = field(default_factory=Names)
    stores: Names = field(default_factory=Names)


class ReferenceData:
    """Keeps the reference tables; at most ``MAX_AGE_S`` old, one query when they are read again."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._current = Reference()
        self._read_at = -MAX_AGE_S
        self._lock = asyncio.Lock()

    @property
    def fresh(self) -> Reference | None:
        """The tables, unless it is time to read them again."""
        return self._current if time.monotonic() - self._read_at < MAX_AGE_S else None

    async def get(self) -> Reference:
        """Return the tables, from the database when it is time."""
        async with self._lock:
            if time.monotonic() - self._read_at >= MAX_AGE_S:
                async with self._database.connection() as connection:
                    rows = await queries.select_reference(connection)
                self._current = Reference(
                    categories=_names(rows, "category"),
                    brands=_names(rows, "brand"),
                    stores=_names(rows, "store"),
                )
                self._read_at = time.monotonic()
        return self._current

    def forget(self) -> None:
        """Read the tables again at the next request."""
        self._read_at = -MAX_AGE_S


def _names(rows: list[queries.ReferenceRow], kind: str) -> Names:
    mine = [row for row in rows if row.kind == kind]
    return Names(
        ids={row.slug: row.id for row in mine}, labels={row.id: (row.slug, row.name) for row in mine}
    )
