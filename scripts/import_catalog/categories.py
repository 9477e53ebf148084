"""Finds or makes the categories of a batch, names them for search, and gives them labels of attributes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import asyncpg
import orjson

from scripts.import_catalog.records import Listing
from scripts.import_catalog.shelving import Path
from scripts.import_catalog.taxonomy.classify import phrases_of

MAX_LABELS = 120
MAX_KNOWN = 20_000


@dataclass(slots=True)
class Categories:
    """The categories that were met so far."""

    connection: asyncpg.Connection
    ids: dict[str, int] = field(default_factory=dict)
    _labelled: dict[int, set[str]] = field(default_factory=dict)

    async def meet(self, listings: Sequence[Listing]) -> list[int]:
        """Make what is missing for these listings; returns the ids of categories not met before."""
        if len(self.ids) >= MAX_KNOWN:
            self.ids.clear()
            self._labelled.clear()
        paths = {listing.category for listing in listings if listing.category[-1][0] not in self.ids}
        met = await self._find_or_make(paths) if paths else []
        await self._label(listings)
        return met

    async def _find_or_make(self, paths: Iterable[Path]) -> list[int]:
        """One that exists keeps its name and its place."""
        # In one order everywhere: no two imports wait for each other's categories.
        wanted = {
            slug: (level, name, above[-1][0] if (above := path[:level]) else None)
            for path in sorted(paths)
            for level, (slug, name) in enumerate(path)
            if slug not in self.ids
        }
        for level in range(max((level for level, _, _ in wanted.values()), default=-1) + 1):
            made = [
                (slug, name, above) for slug, (own, name, above) in sorted(wanted.items()) if own == level
            ]
            if not made:
                continue
            await self.connection.execute(
                """
                INSERT INTO categories (slug, name, parent_id, position)
                SELECT w.slug, w.name, (SELECT id FROM categories WHERE slug = w.parent_slug),
                       (SELECT coalesce(max(position), 0) FROM categories) + w.place
                FROM unnest($1::text[], $2::text[], $3::text[])
                    WITH ORDINALITY w (slug, name, parent_slug, place)
                WHERE NOT EXISTS (SELECT FROM categories c WHERE c.slug = w.slug)
                ORDER BY w.place
                ON CONFLICT (slug) DO NOTHING
                """,
                *map(list, zip(*made, strict=True)),
            )
        rows = await self.connection.fetch(
            "SELECT id, slug, attribute_labels FROM categories WHERE slug = ANY ($1) ORDER BY id",
            list(wanted),
        )
        for row in rows:
            self.ids[row["slug"]] = row["id"]
            self._labelled[row["id"]] = {key for key, _ in orjson.loads(row["attribute_labels"])}
        await self.connection.execute(
            """
            SELECT jackdaw_name_category(n.id, ARRAY(SELECT jsonb_array_elements_text(n.phrases)))
            FROM unnest($1::bigint[], $2::jsonb[]) n (id, phrases)
            """,
            [row["id"] for row in rows],
            [orjson.dumps(phrases_of(row["slug"])).decode() for row in rows],
        )
        return [row["id"] for row in rows]

    async def _label(self, listings: Sequence[Listing]) -> None:
        """Add labels that categories lack, after their own, up to a bound."""
        fresh: dict[int, list[list[str]]] = {}
        for listing in listings:
            category_id = self.ids[listing.category[-1][0]]
            known = self._labelled[category_id]
            if listing.labels.keys() <= known:
                continue
            for key, label in listing.labels.items():
                if key not in known and len(known) < MAX_LABELS:
                    known.add(key)
                    fresh.setdefault(category_id, []).append([key, label])
        if fresh:
            await self.connection.executemany(
                "UPDATE categories SET attribute_labels = attribute_labels || $2::jsonb WHERE id = $1",
                [
                    (category_id, orjson.dumps(labels).decode())
                    for category_id, labels in sorted(fresh.items())
                ],
            )
