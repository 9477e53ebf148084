"""The mirror: all that is kept of a shopper, and what is made of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from recs import Event
from server.core.clock import rfc3339
from server.core.money import money
from server.core.problems import Malformed
from server.features.interactions.service import (
    ALL_EVENTS,
    NO_PROFILE,
    ExclusionRow,
    Place,
    Settings,
    SignalRow,
    TellingRow,
    Unwanted,
    count_signals,
    select_exclusions,
    select_settings,
    select_signals,
    select_slates,
    select_telling,
)
from server.features.recommendations.feedback import exclusion_content
from server.features.recommendations.service import PATIENCE_S, Caller, Recommendations
from server.features.recommendations.tastes import PriceBand, Taste, Tastes, tastes_of, weight_now

CHUNK = 500
NOBODY = Settings(None, None)
EVENT_NAMES = {int(event): event.name.lower() for event in Event}


@dataclass(frozen=True, slots=True)
class SignalPage:
    """Which signals are asked for."""

    events: Sequence[int] = ALL_EVENTS
    cursor: str | None = None
    limit: int = 24


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the database holds of a visitor."""

    settings: Settings
    exclusions: list[ExclusionRow]
    counts: dict[int, int]
    telling: list[TellingRow]
    signals: list[SignalRow]


_NOTHING_KEPT = _Kept(NOBODY, [], {}, [], [])


async def mirror(shop: Recommendations, caller: Caller, page: SignalPage) -> bytes:
    """Answer one page of the profile as JSON bytes, with what was accepted a moment ago.

    Raises
    ------
    Malformed
        The cursor is not of this list.
    """
    context = f"profile {caller.visitor_id} {page.events}"
    after = _place(shop, context, page.cursor) if page.cursor else None
    await shop.interactions.writer.catch_up(PATIENCE_S)
    kept = await _read(shop, caller.visitor_id, page, after)
    signals, now_s = kept.signals[: page.limit], shop.runtime.clock.now().timestamp()
    product_ids = {row.product_id for row in signals} | {row.product_id for row in kept.exclusions}
    cards = await shop.catalog.cards.get(sorted(product_ids), with_withdrawn=True)
    cursor = None
    if len(kept.signals) > page.limit:
        last = signals[-1]
        cursor = shop.runtime.cursors.encode(context, [last.occurred_at.astimezone(UTC).isoformat(), last.id])
    is_same = kept.settings.same_for_everyone_at is not None or caller.objects
    wanted = await _wanted(shop, caller, kept.telling)
    return orjson.dumps(
        {
            "personalised": bool(wanted) and not is_same,
            **settings_content(kept.settings),
            "doNotTrack": caller.objects,
            "counts": {EVENT_NAMES[event]: n for event, n in kept.counts.items()},
            "tastes": _tastes_content(tastes_of(wanted, now_s)),
            "exclusions": [exclusion_content(row, cards[row.product_id]) for row in kept.exclusions],
            "items": [_signal_content(row, cards.get(row.product_id), now_s) for row in signals],
            "nextCursor": cursor,
        }
    )


async def _read(
    shop: Recommendations, visitor_id: int | None, page: SignalPage, after: Place | None
) -> _Kept:
    if visitor_id is None:
        return _NOTHING_KEPT
    async with shop.runtime.database.connection() as connection:
        return _Kept(
            await select_settings(connection, visitor_id=visitor_id),
            await select_exclusions(connection, visitor_id=visitor_id),
            await count_signals(connection, visitor_id=visitor_id),
            await select_telling(connection, visitor_id=visitor_id),
            await select_signals(
                connection, visitor_id=visitor_id, events=page.events, after=after, limit=page.limit + 1
            ),
        )


async def _wanted(shop: Recommendations, caller: Caller, rows: list[TellingRow]) -> list[TellingRow]:
    """Leave out what was turned down: it says nothing about a taste any more."""
    if caller.visitor_id is None:
        return rows
    profile = (await shop.interactions.history(caller.visitor_id)).profile
    if profile == NO_PROFILE:
        return rows
    unwanted = Unwanted(shop.interactions.assortment, profile.exclusions)
    return [row for row in rows if not unwanted.dislikes(row.product_id)]


def settings_content(settings: Settings) -> dict[str, object]:
    """Shape the switches for the wire."""
    return {
        "paused": settings.paused_at is not None,
        "pausedAt": None if settings.paused_at is None else rfc3339(settings.paused_at),
        "sameForEveryone": settings.same_for_everyone_at is not None,
    }


def _tastes_content(tastes: Tastes) -> dict[str, object]:
    return {
        "categories": [_taste(taste) for taste in tastes.categories],
        "brands": [_taste(taste) for taste in tastes.brands],
        "price": None if tastes.price is None else _price(tastes.price),
    }


def _taste(taste: Taste) -> dict[str, object]:
    return {"slug": taste.slug, "name": taste.name, "strength": taste.strength}


def _price(band: PriceBand) -> dict[str, object]:
    return {
        name: money(minor, band.currency)
        for name, minor in (("low", band.low), ("middle", band.middle), ("high", band.high))
    }


def _signal_content(row: SignalRow, card: bytes | None, now_s: float) -> dict[str, object]:
    return {
        "id": row.id,
        "type": EVENT_NAMES[row.event],
        "occurredAt": rfc3339(row.occurred_at),
        "weight": row.weight,
        "weightNow": round(weight_now(row.weight, now_s - row.occurred_at.timestamp()), 4),
        "product": None if card is None else orjson.Fragment(card),
    }


def _place(shop: Recommendations, context: str, cursor: str) -> Place:
    try:
        occurred_at, event_id = shop.runtime.cursors.decode(context, cursor)
        return Place(datetime.fromisoformat(str(occurred_at)), str(event_id))
    except ValueError as error:
        raise Malformed("The cursor does not belong to this list.", code="cursor.invalid") from error


async def download(shop: Recommendations, visitor_id: int | None) -> AsyncIterator[bytes]:
    """Yield everything that is kept, as the pieces of one JSON file; holds one chunk in memory."""
    settings, exclusions = NOBODY, list[ExclusionRow]()
    await shop.interactions.writer.catch_up(PATIENCE_S)
    if visitor_id is not None:
        async with shop.runtime.database.connection() as connection:
            settings = await select_settings(connection, visitor_id=visitor_id)
            exclusions = await select_exclusions(connection, visitor_id=visitor_id)
    yield b'{"settings":%b,"exclusions":%b,"signals":[' % (
        orjson.dumps(settings_content(settings)),
        orjson.dumps([_stored_exclusion(row) for row in exclusions]),
    )
    async for piece in _joined(_all_signals(shop, visitor_id)):
        yield piece
    yield b'],"slates":['
    async for piece in _joined(_all_slates(shop, visitor_id)):
        yield piece
    yield b"]}"


async def _joined(chunks: AsyncIterator[list[dict[str, Any]]]) -> AsyncIterator[bytes]:
    comma = b""
    async for chunk in chunks:
        yield comma + b",".join([orjson.dumps(row) for row in chunk])
        comma = b","


async def _all_signals(shop: Recommendations, visitor_id: int | None) -> AsyncIterator[list[dict[str, Any]]]:
    after: Place | None = None
    while visitor_id is not None:
        async with shop.runtime.database.connection() as connection:
            rows = await select_signals(
                connection, visitor_id=visitor_id, events=ALL_EVENTS, after=after, limit=CHUNK
            )
        if not rows:
            return
        yield [_stored_signal(row) for row in rows]
        after = Place(rows[-1].occurred_at, rows[-1].id)


async def _all_slates(shop: Recommendations, visitor_id: int | None) -> AsyncIterator[list[dict[str, Any]]]:
    before: datetime | None = None
    while visitor_id is not None:
        async with shop.runtime.database.connection() as connection:
            rows = await select_slates(connection, visitor_id=visitor_id, before=before, limit=CHUNK)
        if not rows:
            return
        yield [
            {
                "id": row["id"],
                "servedAt": rfc3339(row["served_at"]),
                "surface": row["surface"],
                "personalised": row["personalised"],
                "productIds": [str(product_id) for product_id in row["product_ids"]],
            }
            for row in rows
        ]
        before = rows[-1]["served_at"]


def _stored_signal(row: SignalRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "type": EVENT_NAMES[row.event],
        "productId": str(row.product_id),
        "occurredAt": rfc3339(row.occurred_at),
        "weight": row.weight,
        "slateId": row.slate_id,
        "position": row.position,
    }


def _stored_exclusion(row: ExclusionRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "scope": row.scope,
        "productId": str(row.product_id),
        "createdAt": rfc3339(row.created_at),
    }
