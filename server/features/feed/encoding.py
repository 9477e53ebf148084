"""Shapes what the feed knows for the wire."""

from __future__ import annotations

from server.core.clock import rfc3339
from server.core.money import money
from server.features.feed.domain import Batch, FeedProduct
from server.features.feed.recommending import Answer, Shown
from server.features.feed.row_schemas import FeedBatchOut, RowErrorOut
from server.features.feed.schemas import (
    FeedItemOut,
    FeedProductOut,
    FeedReasonOut,
    FeedRecommendationsOut,
)

_WITH_TITLES = {
    "because_you_viewed": "Because you viewed {}",
    "because_you_saved": "Because you saved {}",
    "because_in_cart": "Because you put {} in your cart",
    "similar_to": "Similar to {}",
    "for_you": "Picked for you, from your interest in {}",
    "buy_again": "You bought this before",
}


def batch_out(batch: Batch) -> FeedBatchOut:
    """Shape a batch."""
    return FeedBatchOut(
        batch_id=str(batch.id),
        kind=batch.kind,
        status=batch.status,
        received_at=rfc3339(batch.received_at),
        done_at=None if batch.done_at is None else rfc3339(batch.done_at),
        rows=batch.rows_count,
        accepted=batch.accepted_count,
        rejected=len({error.row for error in batch.errors}),
        duplicates=batch.duplicates_count,
        errors=[RowErrorOut(index=e.row, field=e.field, code=e.code, detail=e.detail) for e in batch.errors],
    )


def product_out(product: FeedProduct) -> FeedProductOut:
    """Shape a product."""
    has_price = product.price_minor is not None and product.currency is not None
    price = money(product.price_minor or 0, product.currency or "") if has_price else None
    return FeedProductOut.model_validate(
        {
            "id": product.external_id,
            "title": product.title,
            "category": product.category,
            "brand": product.brand,
            "price": price,
            "stock": product.stock,
            "in_stock": product.is_buyable,
            "url": product.url,
            "image_url": product.image_url,
            "attributes": product.attributes,
            "listed_at": rfc3339(product.listed_at),
            "updated_at": rfc3339(product.updated_at),
            "withdrawn": product.withdrawn_at is not None,
        }
    )


def recommendations_out(namespace: str, answer: Answer) -> FeedRecommendationsOut:
    """Shape an answer."""
    return FeedRecommendationsOut(
        namespace=namespace,
        model_version=None if answer.model_version is None else str(answer.model_version),
        personalised=answer.is_personalised,
        note=answer.note,
        items=[_item(place, shown) for place, shown in enumerate(answer.items)],
    )


def _item(place: int, shown: Shown) -> FeedItemOut:
    reason = {
        "kind": shown.kind,
        "product_ids": [product.external_id for product in shown.evidence],
        "text": _text(shown),
    }
    return FeedItemOut(
        position=place,
        product=product_out(shown.product),
        score=round(shown.score, 6),
        reason=FeedReasonOut.model_validate(reason),
    )


def _text(shown: Shown) -> str:
    """Say the reason in plain words.

    A cause whose products are gone meanwhile is told without them.
    """
    pattern = _WITH_TITLES.get(shown.kind)
    titles = " and ".join(product.title for product in shown.evidence)
    if pattern is not None and titles:
        return pattern.format(titles)
    return f"Popular in {shown.category}" if shown.category else "Drawing the most interest lately"
