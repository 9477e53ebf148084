"""Visitors for measurements, made through the public API like any shopper."""

from __future__ import annotations

import random
import uuid
from datetime import UTC, datetime

import httpx
import orjson

EVENTS = "/api/v1/interactions"


def product_ids(client: httpx.Client, count: int, seed: int = 7) -> list[str]:
    """Pick random products that can be bought, over all categories."""
    slugs = [c["slug"] for c in client.get("/api/v1/categories").json()["items"] if c["productsCount"]]
    found = [
        item["id"]
        for slug in slugs
        for item in client.get(f"/api/v1/products?category={slug}&inStock=true&limit=100").json()["items"]
    ]
    return random.Random(seed).sample(found, min(count, len(found)))


def view_events(products: list[str]) -> list[dict[str, object]]:
    """Return one view event per product, all just now."""
    now = datetime.now(UTC).isoformat()
    return [{"id": str(uuid.uuid4()), "type": "view", "productId": p, "occurredAt": now} for p in products]


def event_bodies(client: httpx.Client, count: int, events_each: int) -> list[bytes]:
    """Return request bodies of ``events_each`` distinct events."""
    products = product_ids(client, 500)
    choose = random.Random(11)
    return [orjson.dumps({"events": view_events(choose.sample(products, events_each))}) for _ in range(count)]


def visitor_with_history(base: str, length: int) -> str:
    """Let a new guest view ``length`` products; returns the guest's cookie header."""
    with httpx.Client(base_url=base, timeout=30) as client:
        events = view_events(product_ids(client, length))
        client.post(EVENTS, json={"events": events}).raise_for_status()
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())
