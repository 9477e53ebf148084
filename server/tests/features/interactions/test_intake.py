"""`POST /interactions`: what is accepted, what is left out, what is refused."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from quart.typing import TestClientProtocol as Client

from recs import Event
from server.core.batch_writer import BatchWriter
from server.core.clock import rfc3339
from server.features.interactions.service import EXTENSION, Interactions
from server.features.interactions.slate_ids import SlateIds
from server.tests.support.eventually import eventually
from server.tests.support.shop import API, Shop, problem

URL = f"{API}/interactions"


def parts_of(shop: Shop) -> Interactions:
    parts: Interactions = shop.app.extensions[EXTENSION]
    return parts


def event(shop: Shop, product_id: object, **fields: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "type": "view",
        "productId": str(product_id),
        "occurredAt": rfc3339(shop.clock.now()),
    } | fields


async def post(client: Client, *events: dict[str, Any], **headers: str) -> dict[str, Any]:
    response = await client.post(URL, json={"events": list(events)}, headers=headers)
    assert response.status_code == 202, await response.get_data()
    answer: dict[str, Any] = await response.get_json()
    return answer


async def rows(shop: Shop) -> list[dict[str, Any]]:
    parts = parts_of(shop)
    await eventually(lambda: parts.spool.pending_bytes == 0)
    found = await shop.connection.fetch("SELECT * FROM interactions ORDER BY occurred_at, product_id")
    return [dict(row) for row in found]


async def product(shop: Shop, **fields: Any) -> int:
    """List a product and let the worker know, as the catalogue does."""
    product_id = await shop.make.product(**fields)
    parts_of(shop).assortment.receive(str(product_id))
    await eventually(lambda: parts_of(shop).assortment.knows(product_id))
    return product_id


async def test_the_first_event_of_a_guest_creates_visitor_and_session(shop: Shop) -> None:
    product_id, guest = await product(shop), shop.guest()
    answer = await post(guest, event(shop, product_id), event(shop, product_id, type="impression"))
    assert answer == {"accepted": 2, "duplicates": 0, "dropped": []}
    await post(guest, event(shop, product_id, type="click"))
    stored = await rows(shop)
    assert sorted(row["event_type"] for row in stored) == [1, 2, 8]
    assert sorted(row["weight"] for row in stored) == [0.0, 1.0, 1.0]
    assert len({row["visitor_id"] for row in stored}) == 1
    assert await shop.connection.fetchval("SELECT count(*) FROM visitors") == 1


async def test_identity_comes_from_the_session_only(shop: Shop) -> None:
    product_id = await product(shop)
    mine = await shop.make.user()
    browser = await shop.browser_of(mine)
    response = await browser.post(
        URL, json={"events": [event(shop, product_id, visitorId="1")], "visitorId": "1"}
    )
    await problem(response, 422, "invalid")
    await post(browser, event(shop, product_id))
    assert [row["visitor_id"] for row in await rows(shop)] == [mine.visitor_id]


async def test_repeats_count_once(shop: Shop) -> None:
    browser = await shop.browser_of_visitor(await shop.make.visitor())
    first = event(shop, await product(shop))
    assert (await post(browser, first, first))["duplicates"] == 1
    shouted = first | {"id": first["id"].upper()}
    assert await post(browser, shouted) == {"accepted": 0, "duplicates": 1, "dropped": []}
    assert len(await rows(shop)) == 1


async def test_unknown_products_are_dropped_and_named(shop: Shop) -> None:
    known = await product(shop)
    guest = shop.guest()
    answer = await post(guest, event(shop, 10**15), event(shop, known), event(shop, "0" * 19))
    assert answer["accepted"] == 1
    assert answer["dropped"] == [
        {"index": 0, "code": "unknown_product"},
        {"index": 2, "code": "unknown_product"},
    ]
    assert len(await rows(shop)) == 1


async def test_nothing_known_creates_no_visitor(shop: Shop) -> None:
    before = await shop.state()
    await post(shop.guest(), event(shop, 10**15))
    await post(shop.guest())
    assert await shop.state() == before
    assert await rows(shop) == []


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (timedelta(days=4_000), timedelta()),
        (timedelta(seconds=1), timedelta()),
        (timedelta(hours=-2), timedelta(hours=-2)),
        (timedelta(hours=-47), timedelta(hours=-24)),
    ],
)
async def test_times_are_clamped_to_the_last_day(shop: Shop, offset: timedelta, expected: timedelta) -> None:
    product_id = await product(shop)
    now = shop.clock.now()
    await post(shop.guest(), event(shop, product_id, occurredAt=rfc3339(now + offset)))
    (row,) = await rows(shop)
    assert abs(row["occurred_at"] - (now + expected)) <= timedelta(milliseconds=1)
    assert row["received_on"] == now.date()


async def test_what_may_be_a_replay_is_refused(shop: Shop) -> None:
    product_id = await product(shop)
    guest = shop.guest()
    now = shop.clock.now()
    batch = [event(shop, product_id, occurredAt=rfc3339(now - timedelta(hours=age))) for age in (1, 30)]
    assert (await post(guest, *batch))["accepted"] == 2
    parts_of(shop).log._ids.clear()
    shop.clock.instant = now + timedelta(days=3)
    replayed = await post(guest, *batch, event(shop, 10**15, occurredAt=rfc3339(now - timedelta(days=9))))
    assert replayed == {
        "accepted": 0,
        "duplicates": 0,
        "dropped": [
            {"index": 0, "code": "too_long_ago"},
            {"index": 1, "code": "too_long_ago"},
            {"index": 2, "code": "unknown_product"},
        ],
    }
    assert len(await rows(shop)) == 2
    metrics = str(await (await guest.get("/metrics")).get_data(as_text=True))
    assert 'jackdaw_interactions_refused_total{reason="too_long_ago"}' in metrics


async def test_a_slate_of_the_shop_is_linked_and_a_forged_one_is_not(shop: Shop) -> None:
    product_id = await product(shop)
    genuine = parts_of(shop).slate_ids.make()
    forged = SlateIds(b"another secret").make()
    await post(
        shop.guest(),
        event(shop, product_id, slateId=genuine, position=3),
        event(shop, product_id, slateId=forged, position=4),
        event(shop, product_id, position=5),
    )
    links = {(str(row["slate_id"]), row["position"]) for row in await rows(shop)}
    assert links == {(genuine, 3), ("None", None)}


async def test_crawlers_are_answered_and_not_logged_but_programs_are(shop: Shop) -> None:
    product_id = await product(shop)
    agents = {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}
    assert (await post(shop.guest(), event(shop, product_id), **agents))["accepted"] == 1
    assert await rows(shop) == []
    await post(shop.guest(), event(shop, product_id), **{"User-Agent": "python-httpx/0.28"})
    assert len(await rows(shop)) == 1


@pytest.mark.parametrize("kind", ["favorite", "cart_add", "purchase", "rating", "dismiss", "View", "", 1])
async def test_clients_cannot_state_facts_of_the_server(shop: Shop, kind: object) -> None:
    browser = await shop.browser_of_visitor(await shop.make.visitor())
    response = await browser.post(URL, json={"events": [event(shop, await product(shop), type=kind)]})
    body = await problem(response, 422, "invalid")
    assert body["errors"][0]["pointer"] == "/events/0/type"
    assert await rows(shop) == []


BAD_FIELDS: list[dict[str, Any]] = [
    {"id": "no-uuid"},
    {"id": None},
    {"productId": 5},
    {"productId": "-1"},
    {"productId": "1" * 40},
    {"productId": "\u0661"},
    {"occurredAt": "yesterday"},
    {"occurredAt": "2026-11-20T10:00:00"},
    {"occurredAt": 5},
    {"slateId": "x"},
    {"position": -1},
    {"position": 10**9},
    {"position": "1"},
    {"unknown": 1},
]


@pytest.mark.parametrize("fields", BAD_FIELDS, ids=str)
async def test_wrong_fields_refuse_the_whole_batch(shop: Shop, fields: dict[str, Any]) -> None:
    product_id, before = await product(shop), await shop.state()
    good, bad = event(shop, product_id), event(shop, product_id) | fields
    await problem(await shop.guest().post(URL, json={"events": [good, bad]}), 422, "invalid")
    assert await shop.state() == before
    assert await rows(shop) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 422),
        (b"null", 422),
        (b'{"events":{}}', 422),
        (b'{"events":[1]}', 422),
        (b'{"events":[NaN]}', 400),
        (b'{"events":[{"id":"\xff"}]}', 400),
        (b'{"events":"\\u0000"}', 400),
        (b"[" * 20_000 + b"]" * 20_000, 400),
    ],
)
async def test_hostile_bodies_are_refused(shop: Shop, body: bytes, status: int) -> None:
    # With a session known to the worker, so that the short way in is tried as well.
    browser = await shop.browser_of_visitor(await shop.make.visitor())
    await post(browser, event(shop, await product(shop)))
    before = await shop.state()
    for client in (browser, shop.guest()):
        response = await client.post(URL, data=body, headers={"Content-Type": "application/json"})
        assert response.status_code == status
        assert response.content_type == "application/problem+json"
    assert await shop.state() == before
    assert len(await rows(shop)) == 1


async def test_more_than_a_hundred_events_are_refused(shop: Shop) -> None:
    product_id = await product(shop)
    many = [event(shop, product_id) for _ in range(101)]
    await problem(await shop.guest().post(URL, json={"events": many}), 422, "invalid")
    await post(shop.guest(), *many[:100])
    assert len(await rows(shop)) == 100


async def test_a_full_spool_is_an_honest_503(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    product_id = await product(shop)
    browser = await shop.browser_of_visitor(await shop.make.visitor())
    monkeypatch.setattr(parts_of(shop).spool, "_max_bytes", 10)
    response = await browser.post(URL, json={"events": [event(shop, product_id)]})
    await problem(response, 503, "spool.full")
    assert int(response.headers["Retry-After"]) > 0
    assert parts_of(shop).overlay.sequence == 0
    assert await rows(shop) == []


async def test_recording_never_raises(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts_of(shop).spool, "_max_bytes", 10)
    parts_of(shop).log.record(1, 2, Event.PURCHASE)
    monkeypatch.setattr(BatchWriter, "notice", None)
    parts_of(shop).log.record(1, 2, Event.PURCHASE)
    assert await rows(shop) == []


async def test_the_short_way_in_answers_like_the_route(shop: Shop) -> None:
    product_id = await product(shop)
    browser = await shop.browser_of_visitor(await shop.make.visitor())
    answers = []
    for _ in range(2):  # the first request fills the cache of sessions, the second finds it filled
        response = await browser.post(URL, json={"events": [event(shop, product_id), event(shop, 10**15)]})
        answers.append((response.status_code, response.content_type, await response.get_json()))
    assert answers[0] == answers[1]
    assert len(await rows(shop)) == 2
