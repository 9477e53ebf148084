"""SQL of suggestions."""

from __future__ import annotations

from typing import Any

from server.core.transactions import Connection
from server.features.search.suggesting import Completion

MAX_TITLES = 20_000
MAX_PHRASES = 10_000


async def select_completions(connection: Connection) -> list[Completion]:
    """Read what can be suggested: phrases of titles, categories, brands, and the most looked-at titles.

    Phrases weigh by how many products they name; so do categories and brands, which have a list of them.
    """
    rows: list[Any] = await connection.fetch(
        f"""
        WITH listed AS MATERIALIZED (
            SELECT id, title, category_id, brand_id, popularity FROM products WHERE withdrawn_at IS NULL
        ), titles AS (
            SELECT max(id) AS id, title, max(popularity) AS popularity
            FROM (SELECT * FROM listed ORDER BY popularity DESC, id DESC LIMIT {MAX_TITLES} * 2) l
            GROUP BY title ORDER BY 3 DESC, 1 DESC LIMIT {MAX_TITLES}
        )
        SELECT 'query', NULL, phrase, products_count::float8 FROM (
            SELECT phrase, products_count FROM search_phrases ORDER BY 2 DESC LIMIT {MAX_PHRASES}) p
        UNION ALL
        SELECT 'category', c.slug, c.name, 1 + coalesce(n, 0) FROM categories c
        LEFT JOIN (SELECT category_id, count(*) AS n FROM listed GROUP BY 1) l ON l.category_id = c.id
        UNION ALL
        SELECT 'brand', b.slug, b.name, 1 + n FROM brands b
        JOIN (SELECT brand_id, count(*) AS n FROM listed GROUP BY 1) l ON l.brand_id = b.id
        UNION ALL
        SELECT 'product', id::text, title, 1000 + popularity FROM titles
        """  # noqa: S608 - constants
    )
    return [Completion(kind=row[0], id=row[1], text=row[2], weight=float(row[3])) for row in rows]
