"""SQL of suggestions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.core.transactions import Connection
from server.features.search.suggesting import Completion

MAX_TITLES = 20_000
MAX_PHRASES = 10_000


async def select_completions(
    connection: Connection, categories: Mapping[int, int], brands: Mapping[int, int]
) -> list[Completion]:
    """Read what can be suggested: phrases of titles, categories, brands, and the most looked-at titles.

    Phrases weigh by how many products they name; so do categories and brands, whose listings are counted
    already. Brands without any are left out.
    """
    rows: list[Any] = await connection.fetch(
        f"""
        WITH most AS MATERIALIZED (
            SELECT id, title, popularity FROM products WHERE withdrawn_at IS NULL
            ORDER BY popularity DESC, id DESC LIMIT {MAX_TITLES} * 2
        )
        SELECT 'query', NULL, phrase, products_count::float8, NULL::bigint FROM (
            SELECT phrase, products_count FROM search_phrases ORDER BY 2 DESC LIMIT {MAX_PHRASES}) p
        UNION ALL
        SELECT 'category', slug, name, 1, id FROM categories
        UNION ALL
        SELECT 'brand', slug, name, 1, id FROM brands
        UNION ALL
        SELECT 'product', max(id)::text, title, 1000 + max(popularity), NULL FROM most GROUP BY title
        """  # noqa: S608 - constants
    )
    counts = {"category": categories, "brand": brands}
    return [
        Completion(kind=row[0], id=row[1], text=row[2], weight=row[3] + counts.get(row[0], {}).get(row[4], 0))
        for row in rows
        if row[0] != "brand" or row[4] in brands
    ]
