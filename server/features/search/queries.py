"""SQL of suggestions."""

from __future__ import annotations

from dataclasses import dataclass

from server.core.transactions import Connection


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """A completion: a category or brand by its slug, a product by its id."""

    kind: str
    id: str
    text: str


async def select_suggestions(
    connection: Connection, *, typed: str, prefix: str | None, limit: int
) -> list[SuggestionRow]:
    """Find names that start like what was typed or are spelled much like it, and the products it fits.

    The names of categories and brands are few, so comparing them all costs less than a millisecond;
    products go through the text index.
    """
    rows = await connection.fetch(
        """
        WITH named AS (
            SELECT 'category' AS kind, slug AS id, name, position AS place FROM categories
            UNION ALL SELECT 'brand', slug, name, 0 FROM brands
        ), scored AS (
            SELECT kind, id, name, starts_with(lower(jackdaw_unaccent(name)), $1) AS starts,
                   similarity(lower(jackdaw_unaccent(name)), $1) AS likeness
            FROM named
        ), likely AS (
            SELECT kind, id, name, starts::int + likeness AS score
            FROM scored WHERE starts OR likeness >= 0.3
            ORDER BY score DESC, name LIMIT $3
        ), found AS (
            SELECT p.id, p.title, p.popularity
            FROM products p
            WHERE $2::text IS NOT NULL AND p.search_vector @@ to_tsquery('english', $2)
              AND p.withdrawn_at IS NULL
            ORDER BY p.popularity DESC, p.id DESC LIMIT $3 * 4
        ), titles AS (
            SELECT DISTINCT ON (title) 'product' AS kind, id::text, title, popularity
            FROM found ORDER BY title, popularity DESC, id
        ), best AS (
            SELECT kind, id, title FROM titles ORDER BY popularity DESC, id LIMIT $3
        )
        SELECT kind, id, name FROM (
            SELECT 1 AS part, row_number() OVER (ORDER BY score DESC, name) AS place, kind, id, name
            FROM likely
            UNION ALL
            SELECT 2, row_number() OVER (), kind, id, title FROM best
        ) parts ORDER BY part, place LIMIT $3
        """,
        typed,
        prefix,
        limit,
    )
    return [SuggestionRow(*row) for row in rows]
