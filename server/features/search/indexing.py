"""The statistics of the text index, taken in batches: terms, words, phrases of titles, and learned synonyms.

One process at a time does this, under an advisory lock; readers see the old tables until it commits.
"""

from __future__ import annotations

import asyncpg

SEARCH_CHANNEL = "jackdaw_search"
LOCK = "hashtext('jackdaw search index')"
MIN_WORD_PRODUCTS = 3

_TERMS = """
    INSERT INTO search_terms (lexeme, products_count)
    SELECT word, ndoc FROM ts_stat('SELECT search_vector FROM product_search') WHERE length(word) <= 60
"""
_WORDS = f"""
    INSERT INTO search_words (word, products_count)
    SELECT word, ndoc FROM ts_stat($$
        SELECT to_tsvector('simple', jackdaw_fold(p.title || ' ' || c.name))
        FROM products p JOIN categories c ON c.id = p.category_id WHERE p.withdrawn_at IS NULL
    $$)
    WHERE word ~ '^[a-z]{{3,30}}$' AND ndoc >= {MIN_WORD_PRODUCTS}
"""  # noqa: S608 - a constant


async def rebuild(connection: asyncpg.Connection) -> None:
    """Take all statistics anew, in one transaction."""
    async with connection.transaction():
        await connection.execute("TRUNCATE search_terms, search_words")
        await connection.execute(_TERMS)
        await connection.execute(_WORDS)
        await connection.execute(
            """
            INSERT INTO search_builds (products_count, average_length, changes)
            SELECT count(*), coalesce(avg(text_length), 12), 0 FROM product_search
            """
        )
