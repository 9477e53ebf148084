"""SQL of the attributes of listings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from server.core.transactions import Connection
from server.features.search.columns import Ids
from server.features.search.selection import AttributeFilter


async def select_attribute_counts(
    connection: Connection, product_ids: Sequence[int]
) -> list[tuple[str, str, int]]:
    """Count keys and values among listings."""
    rows = await connection.fetch(
        """
        SELECT a.key, a.value, count(*)
        FROM products p, jsonb_each_text(p.attributes) a WHERE p.id = ANY ($1::bigint[]) GROUP BY 1, 2
        """,
        product_ids,
    )
    return [(row[0], row[1], row[2]) for row in rows]


async def select_attribute_values(
    connection: Connection, product_ids: Sequence[int], keys: Sequence[str]
) -> list[tuple[int, list[str | None]]]:
    """Return listings with their values of some keys, by id."""
    rows = await connection.fetch(
        """
        SELECT p.id, ARRAY(SELECT p.attributes ->> k.key FROM unnest($2::text[]) WITH ORDINALITY k (key, n)
                           ORDER BY k.n)
        FROM products p WHERE p.id = ANY ($1::bigint[]) ORDER BY p.id
        """,
        product_ids,
        keys,
    )
    return [(row[0], row[1]) for row in rows]


async def select_ids_with_attributes(
    connection: Connection, wanted: Sequence[AttributeFilter], categories: Sequence[int] | None
) -> dict[str, Ids]:
    """Return per key which listings have one of the values, in one statement."""
    keys: list[str] = []
    values: list[str] = []
    for key, chosen in wanted:
        keys += [key] * len(chosen)
        values += chosen
    rows = await connection.fetch(
        """
        SELECT w.key, string_agg(int8send(p.id), ''::bytea ORDER BY p.id)
        FROM products p
        JOIN unnest($1::text[], $2::text[]) w (key, value) ON p.attributes ->> w.key = w.value
        WHERE p.withdrawn_at IS NULL AND ($3::bigint[] IS NULL OR p.category_id = ANY ($3))
        GROUP BY w.key
        """,
        keys,
        values,
        categories,
    )
    found = {key: np.empty(0, np.int64) for key in keys}
    return found | {row[0]: np.frombuffer(row[1], ">i8").astype(np.int64) for row in rows}
