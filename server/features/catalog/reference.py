"""Categories, brands and stores in memory: small tables that almost every answer names."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

import orjson

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
class Tree:
    """The categories below each other: parents by id, and what their attributes are called."""

    parents: dict[int, int] = field(default_factory=dict)
    below: dict[int, tuple[int, ...]] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)

    def with_descendants(self, ids: list[int]) -> list[int]:
        """Return categories with everything below them, each once."""
        found: dict[int, None] = {}
        waiting = list(ids)
        while waiting:
            category_id = waiting.pop()
            if category_id not in found:
                found[category_id] = None
                waiting += self.below.get(category_id, ())
        return sorted(found)

    def ancestors(self, category_id: int) -> list[int]:
        """Return what stands above a category, the nearest first."""
        found: list[int] = []
        parent = self.parents.get(category_id)
        while parent is not None and parent not in found:
            found.append(parent)
            parent = self.parents.get(parent)
        return found

    def attribute_labels(self, ids: tuple[int, ...]) -> dict[str, str]:
        """Return the labels of the attributes of some categories, in their order of display."""
        labels: dict[str, str] = {}
        for category_id in ids:
            for key, label in orjson.loads(self.labels.get(category_id, "[]")):
                labels.setdefault(key, label)
        return labels


@dataclass(frozen=True, slots=True)
class Reference:
    """All of them as of one moment."""

    categories: Names = field(default_factory=Names)
    brands: Names = field(default_factory=Names)
    stores: Names = field(default_factory=Names)
    tree: Tree = field(default_factory=Tree)


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
                    tree=_tree(rows),
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


def _tree(rows: list[queries.ReferenceRow]) -> Tree:
    below: dict[int, tuple[int, ...]] = {}
    for row in rows:
        if row.parent_id is not None:
            below[row.parent_id] = (*below.get(row.parent_id, ()), row.id)
    return Tree(
        parents={row.id: row.parent_id for row in rows if row.parent_id is not None},
        below=below,
        labels={row.id: row.attribute_labels for row in rows if row.attribute_labels is not None},
    )
