"""What a worker knows of its visitors at once, and how the other workers learn of it."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from recs import Event
from server.features.accounts.service import VisitorMerged
from server.features.cart.service import LineAdded
from server.features.favorites.service import FavoriteSaved
from server.features.interactions import queries
from server.features.interactions.domain import WEIGHTS, Interaction
from server.features.interactions.overlay import RECENT, Overlay
from server.features.interactions.service import EXTENSION, Interactions
from server.features.interactions.spread import MAX_PAYLOAD_CHARACTERS, Spread
from server.tests.support.eventually import eventually
from server.tests.support.shop import Shop, open_shop

NOW_MS = 1_795_132_800_000


def parts_of(shop: Shop) -> Interactions:
    parts: Interactions = shop.app.extensions[EXTENSION]
    return parts


def seen(product_id: int, *, event: Event = Event.VIEW, at_ms: int = NOW_MS) -> Interaction:
    return Interaction(str(uuid.uuid4()), product_id, int(event), WEIGHTS[event], at_ms)


def test_a_visitor_must_be_loaded_before_their_history_is_whole() -> None:
    overlay = Overlay()
    overlay.apply(1, [seen(7)])
    assert overlay.recent(1) is None
    recent = overlay.load(1, [(5, 1, 1.0, NOW_MS / 1e3 - 60), (7, 1, 1.0, NOW_MS / 1e3)], [9])
    assert recent.product_ids.tolist() == [5, 7]
    assert recent.settled == {9}
    overlay.apply(1, [seen(8)])
    known = overlay.recent(1)
    assert known is not None
    assert known.product_ids.tolist() == [5, 7, 8]


def test_the_ring_keeps_the_latest_in_order() -> None:
    overlay = Overlay()
    overlay.load(1, [], [])
    for number in range(3 * RECENT):
        overlay.apply(1, [seen(number, at_ms=NOW_MS + number)])
    recent = overlay.recent(1)
    assert recent is not None
    assert recent.product_ids.tolist() == list(range(2 * RECENT, 3 * RECENT))
    assert recent.times_s.tolist() == sorted(recent.times_s.tolist())


def test_impressions_change_no_history_and_purchases_settle() -> None:
    overlay = Overlay()
    overlay.load(1, [], [])
    overlay.apply(1, [seen(1, event=Event.IMPRESSION), seen(2, event=Event.PURCHASE)])
    recent = overlay.recent(1)
    assert recent is not None
    assert recent.product_ids.tolist() == [2]
    assert recent.settled == {2}
    assert overlay.sequence == 2


def test_a_merge_joins_histories_and_asks_for_the_stored_part() -> None:
    overlay = Overlay()
    overlay.load(1, [(5, 1, 1.0, NOW_MS / 1e3 - 60)], [5])
    overlay.load(2, [(6, 1, 1.0, NOW_MS / 1e3 - 90)], [])
    overlay.merge(1, 2)
    assert overlay.recent(1) is None
    assert overlay.recent(2) is None
    merged = overlay.load(2, [], [])
    assert merged.product_ids.tolist() == [6, 5]
    assert merged.settled == {5}


def test_forgotten_visitors_are_the_least_recent() -> None:
    overlay = Overlay(max_visitors=2)
    for visitor_id in (1, 2, 1, 3):
        overlay.load(visitor_id, [(9, 1, 1.0, 1.0)], [])
    assert overlay.recent(2) is None
    assert overlay.recent(1) is not None


def test_messages_fit_into_a_notification_and_arrive_whole() -> None:
    sender, receiver = Overlay(), Overlay()
    spread, other = Spread(None, sender), Spread(None, receiver)  # type: ignore[arg-type]  # nothing is sent
    for number in range(2_000):
        spread.events(number % 7, [seen(10**12 + number), seen(1, event=Event.IMPRESSION)])
    spread.merge(3, 4)
    payloads = list(spread._payloads(spread._waiting))
    assert len(payloads) > 1
    assert all(len(payload.encode()) < 8_000 for payload in payloads)
    assert max(map(len, payloads)) > MAX_PAYLOAD_CHARACTERS - 100
    for payload in payloads:
        spread.receive(payload)
        other.receive(payload)
    assert sender.sequence == 0
    assert receiver.sequence == 2_001


async def stored(shop: Shop, visitor_id: int, product_id: int, *, event: Event, age: timedelta) -> None:
    when = datetime.now(UTC) - age
    await shop.connection.execute(
        """
        INSERT INTO interactions (
            id, received_on, visitor_id, product_id, event_type, weight, occurred_at, received_at)
        VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $6)
        """,
        when.date(),
        visitor_id,
        product_id,
        int(event),
        WEIGHTS[event],
        when,
    )


async def test_history_is_loaded_with_that_of_merged_visitors_and_nobody_elses(shop: Shop) -> None:
    mine, guest, stranger = [await shop.make.visitor() for _ in range(3)]
    await shop.connection.execute("UPDATE visitors SET merged_into = $1 WHERE id = $2", mine, guest)
    await stored(shop, guest, 1, event=Event.VIEW, age=timedelta(hours=3))
    await stored(shop, mine, 2, event=Event.PURCHASE, age=timedelta(hours=2))
    await stored(shop, mine, 3, event=Event.IMPRESSION, age=timedelta(hours=1))
    await stored(shop, stranger, 4, event=Event.VIEW, age=timedelta(hours=1))
    recent = await parts_of(shop).history(mine)
    assert recent.product_ids.tolist() == [1, 2]
    assert recent.settled == {2}
    with shop.statements() as statements:
        await parts_of(shop).history(mine)
    assert statements == []


async def test_facts_of_the_shop_are_learned_and_merges_move_them(shop: Shop) -> None:
    guest, member = await shop.make.visitor(), await shop.make.visitor()
    bus, parts = shop.runtime.bus, parts_of(shop)
    bus.publish(LineAdded(guest, 11, 1))
    bus.publish(FavoriteSaved(guest, 12))
    assert (await parts.history(guest)).product_ids.tolist() == [11, 12]
    await shop.connection.execute("UPDATE visitors SET merged_into = $1 WHERE id = $2", member, guest)
    bus.publish(VisitorMerged(guest, member))
    recent = await parts.history(member)
    assert sorted(recent.product_ids.tolist()) == [11, 12]
    await eventually(lambda: parts.spool.pending_bytes == 0)
    rows = await shop.connection.fetch("SELECT event_type, weight FROM interactions ORDER BY event_type")
    assert [tuple(row) for row in rows] == [(3, 3.0), (4, 4.0)]


async def test_another_worker_knows_within_moments(shop: Shop, database_url: str, tmp_path: Path) -> None:
    visitor_id = await shop.make.visitor()
    async with open_shop(database_url, tmp_path) as other:
        await eventually(lambda: other.runtime.listener.is_connected)
        here, there = parts_of(shop), parts_of(other)
        assert here.spool.folder != there.spool.folder
        await there.history(visitor_id)
        here.log.record(visitor_id, 77, Event.VIEW)

        def arrived() -> bool:
            recent = there.overlay.recent(visitor_id)
            return recent is not None and recent.product_ids.tolist() == [77]

        await eventually(arrived, timeout_s=3)
        guest = await shop.make.visitor()
        there.log.record(guest, 78, Event.VIEW)
        here.merge(guest, visitor_id)
        await eventually(lambda: there.overlay.recent(visitor_id) is None, timeout_s=3)


async def test_a_lost_listener_makes_histories_be_loaded_again(shop: Shop) -> None:
    parts, visitor_id = parts_of(shop), await shop.make.visitor()
    await parts.history(visitor_id)
    await stored(shop, visitor_id, 5, event=Event.VIEW, age=timedelta(seconds=5))
    await eventually(lambda: shop.runtime.listener.is_connected)
    await shop.connection.execute(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE query ILIKE 'LISTEN%' AND pid <> pg_backend_pid()
        """
    )
    await eventually(lambda: parts.overlay.recent(visitor_id) is None)
    assert (await parts.history(visitor_id)).product_ids.tolist() == [5]


async def test_without_a_database_the_seen_part_serves(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(shop)
    parts.log.record(1, 31, Event.VIEW)

    async def away(*_args: Any, **_named: Any) -> None:
        raise asyncpg.CannotConnectNowError("the database system is shutting down")

    monkeypatch.setattr("server.features.interactions.queries.select_recent", away)
    assert (await parts.history(1)).product_ids.tolist() == [31]
    assert parts.overlay.recent(1) is None


async def test_stock_and_new_products_are_known_from_notifications(shop: Shop) -> None:
    assortment = parts_of(shop).assortment
    await eventually(lambda: shop.runtime.listener.is_connected)
    product_id = await shop.make.product(stock=0)
    await shop.connection.execute("SELECT pg_notify('jackdaw_products', $1)", str(product_id))
    await eventually(lambda: assortment.knows(product_id))
    assert not assortment.can_buy(product_id)
    await shop.connection.execute("UPDATE products SET stock = 2 WHERE id = $1", product_id)
    await shop.connection.execute("SELECT pg_notify('jackdaw_products', $1)", str(product_id))
    await eventually(lambda: assortment.can_buy(product_id))
    await shop.connection.execute("UPDATE products SET withdrawn_at = now() WHERE id = $1", product_id)
    await shop.connection.execute("SELECT pg_notify('jackdaw_products', '')")
    await eventually(lambda: not assortment.can_buy(product_id))
    assert assortment.knows(product_id)


async def test_products_that_nobody_announced_are_found(shop: Shop) -> None:
    assortment = parts_of(shop).assortment
    first = await shop.make.product()
    await assortment.refresh()
    assert assortment.can_buy(first)
    second = await shop.make.product(stock=0)
    await assortment.refresh()
    assert assortment.knows(second)
    assert not assortment.can_buy(second)
    assert assortment.can_buy(first)


async def test_availability_of_many_products_is_read_in_pieces(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    product_ids = [await shop.make.product() for _ in range(5)]
    whole = await queries.select_availability(shop.connection, None)
    for chunk in (2, len(whole), len(whole) + 1):
        monkeypatch.setattr(queries, "AVAILABILITY_CHUNK", chunk)
        rows = await queries.select_availability(shop.connection, None)
        assert rows["id"].tolist() == sorted(whole["id"].tolist())
        assert set(product_ids) <= set(rows["id"].tolist())
    monkeypatch.setattr(queries, "AVAILABILITY_CHUNK", 2)
    assert len(await queries.select_availability_after(shop.connection, 0)) == 2
