"""Accepts rows in bulk: shaped, checked and queued in the database before the answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from server.core.problems import Invalid, TooManyRequests
from server.core.runtime import runtime
from server.core.telemetry import counter
from server.core.transactions import reading
from server.features.feed import batch_queries
from server.features.feed.domain import Batch, minor_units
from server.features.feed.row_reading import ReadRows, RowFault, read_rows
from server.features.feed.row_schemas import BatchKind, FeedEventIn, FeedProductIn
from server.features.feed.worker import feed
from server.features.interactions.service import EVENT_CODES, WEIGHTS

# Clocks differ a little; what claims to come from later than this is wrong or forged.
FUTURE_TOLERATED = timedelta(minutes=5)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_rows = counter("feed_rows_total", "Rows that programs sent.", ("kind", "outcome"))


async def accept_products(namespace_id: int) -> Batch:
    """Read, judge and queue the products of the current request.

    Raises
    ------
    UnsupportedMediaType, Malformed, Invalid, TooManyRequests
    """
    read = await _counted("products", "products", FeedProductIn, _product_row)
    latest = {row["id"]: row for row in read.kept}
    read.n_repeated, read.kept = len(read.kept) - len(latest), list(latest.values())
    return await _queue(namespace_id, "products", read)


async def accept_interactions(namespace_id: int) -> Batch:
    """Read, judge and queue the events of the current request.

    Raises
    ------
    UnsupportedMediaType, Malformed, Invalid, TooManyRequests
    """
    read = await _counted("interactions", "events", FeedEventIn, _event_row)
    first: dict[str, dict[str, Any]] = {}
    for row in read.kept:
        first.setdefault(row["id"], row)
    read.n_repeated, read.kept = len(read.kept) - len(first), list(first.values())
    return await _queue(namespace_id, "interactions", read)


async def _counted(kind: BatchKind, key: str, model: Any, shape: Any) -> ReadRows:
    try:
        read = await read_rows(key, model, shape)
    except Invalid as refused:
        _rows.labels(kind, "rejected").inc(max(1, len(refused.errors)))
        raise
    _rows.labels(kind, "rejected").inc(len({error.row for error in read.errors}))
    return read


async def _queue(namespace_id: int, kind: BatchKind, read: ReadRows) -> Batch:
    async with reading() as connection:
        batch = await batch_queries.insert_batch(
            connection,
            namespace_id=namespace_id,
            kind=kind,
            received_at=runtime().clock.now(),
            n_rows=read.n_rows,
            rows=read.kept,
            n_repeated=read.n_repeated,
            errors=read.errors,
        )
    if batch is None:
        raise TooManyRequests("Too many batches wait to be stored.", code="feed.backlog", retry_after_s=5)
    _rows.labels(kind, "accepted").inc(len(read.kept))
    feed().wake()
    return batch


def _product_row(index: int, product: FeedProductIn) -> dict[str, Any]:
    price = product.price
    return {
        "index": index,
        "id": product.id,
        "title": product.title,
        "category": product.category,
        "brand": product.brand,
        "price_minor": None if price is None else minor_units(price.amount, price.currency),
        "currency": None if price is None else price.currency,
        "stock": product.stock,
        "url": product.url,
        "image_url": product.image_url,
        "attributes": product.attributes,
        "listed_s": None if product.listed_at is None else _checked(product.listed_at, "listedAt"),
        "withdrawn": product.withdrawn,
    }


def _event_row(index: int, event: FeedEventIn) -> dict[str, Any]:
    code = EVENT_CODES[event.type]
    return {
        "index": index,
        "id": event.id,
        "product": event.product_id,
        "user_id": event.user_id,
        "type": code,
        "weight": WEIGHTS[code],
        "occurred_s": _checked(event.occurred_at, "occurredAt"),
    }


def _checked(instant: datetime, field: str) -> float:
    """Return Unix seconds that are not later than now."""
    now = runtime().clock.now()
    if instant > now + FUTURE_TOLERATED:
        raise RowFault(field, "in_the_future", "This has not happened yet.")
    if instant < EARLIEST:
        raise RowFault(field, "too_long_ago", "Earlier than the year 2000.")
    return min(instant, now).timestamp()
