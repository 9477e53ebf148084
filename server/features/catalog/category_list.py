"""The categories with their counts as ready bytes, a few seconds old at most."""

from __future__ import annotations

import asyncio
import time

from server.core.database import Database
from server.core.json import dumps
from server.features.catalog import queries

MAX_AGE_S = 10.0


class CategoryList:
    """Counts at most once in ``MAX_AGE_S``; counting a large catalogue costs too much for every visit."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._body = b""
        self._counted_at = -MAX_AGE_S
        self._lock = asyncio.Lock()

    async def get(self) -> bytes:
        """Return the list as JSON."""
        async with self._lock:
            if time.monotonic() - self._counted_at >= MAX_AGE_S:
                async with self._database.connection() as connection:
                    rows = await queries.select_categories(connection)
                self._body = dumps({"items": [_content(row) for row in rows]})
                self._counted_at = time.monotonic()
        return self._body


def _content(row: queries.CategoryRow) -> dict[str, object]:
    return {
        "id": str(row.id),
        "slug": row.slug,
        "name": row.name,
        "parentId": None if row.parent_id is None else str(row.parent_id),
        "productsCount": row.products_count,
    }
