"""Reads the closed window that a refit learns from."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import asyncpg
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from server.core.binary_copy import fetch_columns
from server.features.recommendations import model_queries
from server.features.recommendations.defence import SetAside, defended

MAX_MERGE_STEPS = 16


@dataclass(frozen=True, slots=True, eq=False)
class TrainingWindow:
    """Everything until one instant, and nothing after it."""

    until: datetime
    interactions: pd.DataFrame
    """``user_id, item_id, timestamp, event, weight``; impressions left out: they weigh nothing."""
    catalogue: pd.DataFrame
    """``item_id, category, brand, listed_at, title`` of what is listed now."""
    set_aside: SetAside = field(default_factory=SetAside)
    """What does not count, lest a few visitors decide for all."""


async def read_window(connection: asyncpg.Connection, *, until: datetime, days: int) -> TrainingWindow:
    """Read interactions of the last ``days`` and the catalogue."""
    rows = await fetch_columns(
        connection,
        model_queries.window_query(until, days),
        [
            ("visitor_id", "int8"),
            ("product_id", "int8"),
            ("event_type", "int2"),
            ("weight", "float4"),
            ("occurred_s", "float8"),
        ],
        timeout_s=model_queries.READ_TIMEOUT_S,
    )
    merges = await model_queries.select_merges(connection)
    interactions = pd.DataFrame(
        {
            "user_id": merged(rows["visitor_id"].astype(np.int64), merges),
            "item_id": rows["product_id"].astype(np.int64),
            "timestamp": rows["occurred_s"].astype(np.float64),
            "event": rows["event_type"].astype(np.uint8),
            "weight": rows["weight"].astype(np.float32),
        }
    )
    listed = await model_queries.select_catalogue(connection)
    catalogue = pd.DataFrame(listed, columns=["item_id", "category", "brand", "listed_at", "title"])
    own = _at_own_listings(interactions, await model_queries.select_owners(connection))
    counted, set_aside = defended(interactions, own)
    return TrainingWindow(until, counted, catalogue, set_aside)


def _at_own_listings(interactions: pd.DataFrame, owners: NDArray[Any]) -> NDArray[np.bool_]:
    """Mark what the owner of a store did with the products of that store."""
    if not len(owners):
        return np.zeros(len(interactions), dtype=np.bool_)
    product_ids = owners["product_id"].astype(np.int64)
    items = interactions["item_id"].to_numpy()
    places = np.searchsorted(product_ids, items)
    places[places == len(product_ids)] = 0
    visitors = owners["visitor_id"].astype(np.int64)
    own: NDArray[np.bool_] = (product_ids[places] == items) & (
        visitors[places] == interactions["user_id"].to_numpy()
    )
    return own


def merged(visitor_ids: NDArray[np.int64], merges: dict[int, int]) -> NDArray[np.int64]:
    """Replace visitors by those that they turned out to be, along chains of merges."""
    if not merges:
        return visitor_ids
    sources = np.array(sorted(merges), dtype=np.int64)
    targets = np.array([_last(source, merges) for source in sources.tolist()], dtype=np.int64)
    places = np.searchsorted(sources, visitor_ids)
    places[places == len(sources)] = 0
    return np.where(sources[places] == visitor_ids, targets[places], visitor_ids)


def _last(visitor_id: int, merges: dict[int, int]) -> int:
    for _step in range(MAX_MERGE_STEPS):
        if visitor_id not in merges:
            break
        visitor_id = merges[visitor_id]
    return visitor_id


def described(window: TrainingWindow) -> dict[str, Any]:
    """Return the size of a window for progress lines."""
    sizes = {"interactions": len(window.interactions), "listed": len(window.catalogue)}
    return {**sizes, "setAside": asdict(window.set_aside)}
