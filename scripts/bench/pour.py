"""Interactions in bulk for measurements of size: visitors with one taste each, made up and copied in."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator

import asyncpg
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from tqdm import tqdm

from recs import EVENT_WEIGHTS, Event

CHUNK, PER_VISITOR, DAYS = 250_000, 25, 55
DAY_S = 86_400.0
FIRST_VISITOR = 10**9
AT_HOME = 0.7
"""The share of a visitor's interactions that are of the one category that they care for."""
TAIL = 2.5
EVENTS = (Event.VIEW, Event.CLICK, Event.FAVORITE, Event.CART_ADD, Event.PURCHASE)
SHARES = (0.6, 0.2, 0.1, 0.07, 0.03)


async def pour(database_url: str, n_interactions: int, seed: int = 7) -> None:
    """Add that many interactions of the last weeks to the log of a seeded shop."""
    connection = await asyncpg.connect(database_url)
    try:
        rows = await connection.fetch(
            "SELECT id, category_id FROM products WHERE withdrawn_at IS NULL ORDER BY id"
        )
        shelves = pd.Series([row["id"] for row in rows]).groupby([row["category_id"] for row in rows])
        await connection.execute("SELECT jackdaw_ensure_partitions(current_date - 62, current_date + 2)")
        await connection.execute(
            "CREATE TEMPORARY TABLE poured (visitor_id bigint, product_id bigint, event_type smallint, "
            "weight real, occurred_s double precision)"
        )
        chunks = _chunks(
            [shelf.to_numpy() for _, shelf in shelves], n_interactions, np.random.default_rng(seed)
        )
        with tqdm(total=n_interactions, desc="interactions", unit_scale=True, disable=None) as progress:
            for chunk in chunks:
                text = io.BytesIO(chunk.to_csv(header=False, index=False).encode())
                await connection.copy_to_table("poured", source=text, format="csv")
                await connection.execute(
                    """
                    INSERT INTO interactions (
                        id, received_on, visitor_id, product_id, event_type, weight, occurred_at, received_at)
                    SELECT gen_random_uuid(), (to_timestamp(occurred_s) AT TIME ZONE 'UTC')::date, visitor_id,
                           product_id, event_type, weight, to_timestamp(occurred_s), to_timestamp(occurred_s)
                    FROM poured
                    """,
                    timeout=600,
                )
                await connection.execute("TRUNCATE poured")
                progress.update(len(chunk))
        await connection.execute("ANALYZE interactions", timeout=600)
    finally:
        await connection.close()


def _chunks(
    shelves: list[NDArray[np.int64]], n_interactions: int, rng: np.random.Generator
) -> Iterator[pd.DataFrame]:
    """Make up what some visitors at a time did; the first products of a category are met most often."""
    now_s = time.time()
    ranked = [rng.permutation(shelf) for shelf in shelves]
    sizes = np.array([len(shelf) for shelf in ranked])
    starts, everything = np.cumsum(sizes) - sizes, np.concatenate(ranked)
    weights = np.array([EVENT_WEIGHTS[event] for event in EVENTS], dtype=np.float32)
    for first in range(0, n_interactions, CHUNK):
        n = min(CHUNK, n_interactions - first)
        visitors = (first + np.arange(n)) // PER_VISITOR
        stray = rng.integers(0, len(ranked), n)
        shelf = np.where(rng.random(n) < AT_HOME, visitors % len(ranked), stray)
        place = (sizes[shelf] * rng.random(n) ** TAIL).astype(np.int64)
        came_s = np.random.default_rng(first).uniform(0, DAYS * DAY_S, n // PER_VISITOR + 1)
        event = rng.choice(len(EVENTS), n, p=SHARES)
        yield pd.DataFrame(
            {
                "visitor_id": FIRST_VISITOR + visitors,
                "product_id": everything[starts[shelf] + place],
                "event_type": np.array([int(event) for event in EVENTS])[event],
                "weight": weights[event],
                "occurred_s": now_s - 60 - came_s[visitors - visitors[0]] - rng.uniform(0, DAY_S, n),
            }
        )
