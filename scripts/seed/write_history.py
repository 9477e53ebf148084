"""Writes accounts, visitors, interactions, favorites and counters of the simulated history."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from scripts.seed.database import Connection, next_id
from scripts.seed.history import FAVORITE, WEIGHTS, History
from scripts.seed.logins import DEMO_LOGINS, hash_demo_password
from scripts.seed.shop import Plan, Statistics, random_stream
from scripts.seed.shoppers import Shoppers

INTERACTION_COLUMNS = (
    "id",
    "received_on",
    "visitor_id",
    "product_id",
    "event_type",
    "weight",
    "occurred_at",
    "received_at",
    "position",
)
PROGRESS_STEP = 2000


async def write_accounts(connection: Connection, plan: Plan) -> dict[str, int]:
    """Write the demo accounts; returns user ids by role."""
    ids = {}
    for login in DEMO_LOGINS:
        ids[login.role] = await connection.fetchval(
            "INSERT INTO users (email, display_name, password_hash, role, created_at)"
            " VALUES ($1, $2, $3, $4, $5) RETURNING id",
            login.email,
            login.display_name,
            hash_demo_password(),
            login.role,
            plan.starts_at,
        )
    return ids


async def write_visitors(
    connection: Connection, plan: Plan, shoppers: Shoppers, history: History, user_ids: dict[str, int]
) -> int:
    """Write one visitor per shopper, the first being the shopper login's, and one per other login.

    Returns the first visitor's id; the others follow it.
    """
    first_id = await next_id(connection, "visitors")
    last_s = np.full(len(shoppers), -1.0)
    last_s[history.shopper] = history.occurred_s  # sorted by time: the last one stays
    others = [user_id for role, user_id in user_ids.items() if role != "shopper"]
    records: list[tuple[int, int | None, datetime, datetime]] = []
    for shopper in range(len(shoppers)):
        joined_at = plan.starts_at + timedelta(days=float(shoppers.since_day[shopper]))
        seen_at = (
            plan.starts_at + timedelta(seconds=float(last_s[shopper])) if last_s[shopper] >= 0 else joined_at
        )
        owner = user_ids["shopper"] if shopper == 0 else None
        records.append((first_id + shopper, owner, joined_at, max(joined_at, seen_at)))
    for step, user_id in enumerate(others):
        records.append((first_id + len(shoppers) + step, user_id, plan.starts_at, plan.starts_at))
    columns = ("id", "user_id", "created_at", "last_seen_at")
    await connection.copy_records_to_table("visitors", records=records, columns=columns)
    return first_id


async def write_interactions(
    connection: Connection,
    plan: Plan,
    history: History,
    first_visitor_id: int,
    first_product_id: int,
    advance: Callable[[int], object],
) -> None:
    """Copy the history into the month partitions, which are made first."""
    await connection.execute(
        "SELECT jackdaw_ensure_partitions($1, $2)",
        plan.starts_at.date(),
        plan.as_of.date() + timedelta(days=2),
    )
    await connection.copy_records_to_table(
        "interactions",
        records=_interaction_records(plan, history, first_visitor_id, first_product_id, advance),
        columns=INTERACTION_COLUMNS,
    )


def _interaction_records(
    plan: Plan,
    history: History,
    first_visitor_id: int,
    first_product_id: int,
    advance: Callable[[int], object],
) -> Iterator[tuple[Any, ...]]:
    rng = random_stream(plan, 6)
    for start in range(0, len(history), PROGRESS_STEP):
        part = slice(start, start + PROGRESS_STEP)
        occurred_s = history.occurred_s[part].tolist()
        delays_s = rng.uniform(0.05, 1.5, len(occurred_s)).tolist()
        ids = _event_ids(plan, history.occurred_s[part], rng)
        visitors = (history.shopper[part] + first_visitor_id).tolist()
        products = (history.item[part].astype(np.int64) + first_product_id).tolist()
        kinds, positions = history.event_type[part].tolist(), history.position[part].tolist()
        for row, at_s in enumerate(occurred_s):
            occurred_at = plan.starts_at + timedelta(seconds=at_s)
            received_at = min(occurred_at + timedelta(seconds=delays_s[row]), plan.as_of)
            position = positions[row] if positions[row] >= 0 else None
            kind = kinds[row]
            yield (
                ids[row],
                received_at.date(),
                visitors[row],
                products[row],
                kind,
                WEIGHTS[kind],
                occurred_at,
                received_at,
                position,
            )
        advance(len(occurred_s))


def _event_ids(
    plan: Plan, occurred_s: np.ndarray[Any, np.dtype[np.float64]], rng: np.random.Generator
) -> list[uuid.UUID]:
    """Version 7 ids: time first, so that the log's index grows at one end."""
    raw = rng.integers(0, 256, size=(len(occurred_s), 16), dtype=np.uint8)
    milliseconds = (occurred_s * 1000).astype(np.int64) + int(plan.starts_at.timestamp() * 1000)
    raw[:, :6] = milliseconds.astype(">u8").view(np.uint8).reshape(-1, 8)[:, 2:]
    raw[:, 6] = (raw[:, 6] & 0x0F) | 0x70
    raw[:, 8] = (raw[:, 8] & 0x3F) | 0x80
    return [uuid.UUID(bytes=row.tobytes()) for row in raw]


async def write_favorites(
    connection: Connection, plan: Plan, history: History, first_visitor_id: int, first_product_id: int
) -> None:
    """Every favorite of the history is still one: nobody takes one back in the simulation."""
    chosen = np.flatnonzero(history.event_type == FAVORITE)
    records = [
        (
            first_visitor_id + int(history.shopper[row]),
            first_product_id + int(history.item[row]),
            plan.starts_at + timedelta(seconds=float(history.occurred_s[row])),
        )
        for row in chosen
    ]
    await connection.copy_records_to_table(
        "favorites", records=records, columns=("visitor_id", "product_id", "created_at")
    )


async def write_statistics(connection: Connection, statistics: Statistics, first_product_id: int) -> None:
    """Write the counters of every listing that somebody met; the others start at nothing once they are."""
    met = np.flatnonzero(
        statistics.views + statistics.favorites + statistics.cart_adds + statistics.purchases
    )
    records = [
        (
            first_product_id + int(item),
            int(statistics.views[item]),
            int(statistics.favorites[item]),
            int(statistics.cart_adds[item]),
            int(statistics.purchases[item]),
        )
        for item in met
    ]
    columns = ("product_id", "views_count", "favorites_count", "cart_adds_count", "purchases_count")
    await connection.copy_records_to_table("product_statistics", records=records, columns=columns)
