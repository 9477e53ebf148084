"""Indexes the listings for search: listings of one text share one vector, which is computed once."""

from __future__ import annotations

from collections.abc import Callable

from scripts.seed.database import (
    INDEX_LATER_FROM,
    Connection,
    bring_back,
    set_aside_indexes_and_references,
)

BATCH = 2_000


async def remember_listings(connection: Connection) -> None:
    """Make the table that tells which listing has which text; listings are noted there chunk by chunk."""
    await connection.execute(
        "CREATE TEMPORARY TABLE seed_indexed (id bigint, position integer) ON COMMIT DROP"
    )


async def write_search(
    connection: Connection, n_products: int, advance: Callable[[int], object] = lambda _: None
) -> None:
    """Index the first listing of each text as every writer does, and copy its vector to the others."""
    await connection.execute("ANALYZE products")
    later = (
        await set_aside_indexes_and_references(connection, "product_search")
        if n_products >= INDEX_LATER_FROM
        else []
    )
    await connection.execute(
        """
        CREATE TEMPORARY TABLE seed_first ON COMMIT DROP AS
        SELECT position, min(id) AS id FROM seed_indexed GROUP BY position
        """
    )
    first = [row[0] for row in await connection.fetch("SELECT id FROM seed_first ORDER BY id")]
    for start in range(0, len(first), BATCH):
        await connection.execute("SELECT jackdaw_index_products($1)", first[start : start + BATCH])
        advance(len(first[start : start + BATCH]))
    await connection.execute("ANALYZE seed_first; ANALYZE seed_indexed")
    await connection.execute(
        """
        INSERT INTO product_search (product_id, search_vector, text_length)
        SELECT l.id, s.search_vector, s.text_length
        FROM seed_indexed l JOIN seed_first f USING (position) JOIN product_search s ON s.product_id = f.id
        WHERE l.id <> f.id ORDER BY l.id
        """
    )
    await connection.execute("UPDATE category_phrases SET is_new = false")
    await bring_back(connection, later)
