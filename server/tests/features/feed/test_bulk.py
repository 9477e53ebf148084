"""Rows in bulk: good ones kept, bad ones named, sent twice counted once, and nothing accepted is lost."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from server.features.feed import batch_queries
from server.features.feed.worker import EXTENSION, Feed
from server.tests.support.eventually import eventually
from server.tests.support.services import Program, program, send_rows, verdict
from server.tests.support.shop import API, Shop, open_shop, problem

PRODUCTS, INTERACTIONS = f"{API}/feed/products", f"{API}/feed/interactions"
NOW = datetime.now(UTC)
LAMP = {
    "id": "lamp-1",
    "title": "Desk lamp",
    "category": "Lamps & light",
    "brand": "Lux",
    "price": {"amount": "129.90", "currency": "EUR"},
    "stock": 3,
    "url": "https://north.example/lamp-1",
    "attributes": {"power": "9 W"},
}


def event(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"event {number}",
        "type": "view",
        "productId": "lamp-1",
        "userId": "anna@north",
        "occurredAt": (NOW - timedelta(hours=1)).isoformat(),
    } | changes


async def stored(shop: Shop, table: str) -> int:
    count: int = await shop.connection.fetchval(f"SELECT count(*) FROM {table}")
    return count


async def listed(who: Program, query: str = "") -> list[dict[str, Any]]:
    response = await who.get(f"{PRODUCTS}{query}")
    assert response.status_code == 200
    items: list[dict[str, Any]] = (await response.get_json())["items"]
    return items


async def test_products_come_in_and_can_be_read_back(shop: Shop) -> None:
    north = await program(shop)
    response = await north.post(PRODUCTS, json={"products": [LAMP, {"id": "Ä/2", "title": "Bulb"}]})
    assert response.status_code == 202
    told = await response.get_json()
    assert (told["status"], told["rows"], told["accepted"], told["rejected"]) == ("pending", 2, 2, 0)
    assert response.headers["Location"] == f"{API}/feed/batches/{told['batchId']}"
    done = await verdict(north, told["batchId"])
    assert (done["status"], done["accepted"], done["errors"]) == ("done", 2, [])
    lamp, bulb = await listed(north)
    for name in ("id", "title", "category", "brand", "stock", "url", "attributes"):
        assert lamp[name] == LAMP[name]
    assert lamp["price"] == {"amount": "129.90", "currency": "EUR", "display": "€129.90"}
    assert (bulb["id"], bulb["price"], bulb["stock"], bulb["inStock"]) == ("Ä/2", None, None, True)


async def test_the_three_forms_of_a_body_mean_the_same(shop: Shop) -> None:
    north = await program(shop)
    lines = "\n".join(json.dumps(LAMP | {"id": f"line {number}"}) for number in range(3)) + "\n\n"
    for body, kind in (
        (json.dumps({"products": [LAMP]}), "application/json"),
        (json.dumps([LAMP]), "application/json; charset=utf-8"),
        (lines, "application/x-ndjson"),
    ):
        response = await north.post(PRODUCTS, data=body, headers={"Content-Type": kind})
        assert response.status_code == 202
        await verdict(north, (await response.get_json())["batchId"])
    assert [product["id"] for product in await listed(north)] == ["lamp-1", "line 0", "line 1", "line 2"]


async def test_every_bad_row_has_its_own_error_and_the_good_ones_are_kept(shop: Shop) -> None:
    north = await program(shop)
    bad: list[tuple[Any, str, str]] = [
        ("a text", "", "model_attributes_type"),
        ({"id": "x"}, "title", "missing"),
        (LAMP | {"id": 7}, "id", "string_type"),
        (LAMP | {"id": " x"}, "id", "string_pattern_mismatch"),
        (LAMP | {"id": "x" * 101}, "id", "string_pattern_mismatch"),
        (LAMP | {"title": "a\x00b"}, "", "nul"),
        (LAMP | {"price": {"amount": "1.999", "currency": "EUR"}}, "price", "value_error"),
        (LAMP | {"price": {"amount": "-1", "currency": "EUR"}}, "price.amount", "string_pattern_mismatch"),
        (LAMP | {"price": {"amount": 12, "currency": "EUR"}}, "price.amount", "string_type"),
        (LAMP | {"stock": -1}, "stock", "greater_than_equal"),
        (LAMP | {"stock": "3"}, "stock", "int_type"),
        (LAMP | {"url": "javascript:alert(1)"}, "url", "string_pattern_mismatch"),
        (LAMP | {"attributes": {"a": {"b": 1}}}, "attributes.a", "string_type"),
        (LAMP | {"listedAt": (NOW + timedelta(days=1)).isoformat()}, "listedAt", "in_the_future"),
        (LAMP | {"owner": "me"}, "owner", "extra_forbidden"),
    ]
    rows = [row for row, _, _ in bad]
    done = await send_rows(north, "products", [LAMP, *rows, LAMP | {"id": "lamp-2"}])
    assert (done["rows"], done["accepted"], done["rejected"]) == (17, 2, 15)
    found = [(error["index"], error["field"], error["code"]) for error in done["errors"]]
    assert [index for index, _, _ in found] == list(range(1, 16))
    for (index, field, code), (_row, wanted_field, wanted_code) in zip(found, bad, strict=True):
        assert field == wanted_field, index
        assert code.startswith(wanted_code) or code == "model_type", (index, code)
    assert all(error["detail"] for error in done["errors"])
    assert [product["id"] for product in await listed(north)] == ["lamp-1", "lamp-2"]


async def test_a_broken_line_spoils_only_itself(shop: Shop) -> None:
    north = await program(shop)
    body = b'{"id":"1","title":"a"}\n{"id":"2",\nNaN\n{"id":"4","title":"d"}'
    response = await north.post(PRODUCTS, data=body, headers={"Content-Type": "application/x-ndjson"})
    told = await response.get_json()
    assert (told["accepted"], told["rejected"]) == (2, 2)
    assert [(e["index"], e["code"]) for e in told["errors"]] == [(1, "json_invalid"), (2, "json_invalid")]


async def test_without_one_good_row_nothing_is_accepted(shop: Shop) -> None:
    north = await program(shop)
    before = await shop.state()
    refused = await problem(await north.post(PRODUCTS, json=[{"id": "x"}, 7]), 422, "rows.all_rejected")
    assert [error["pointer"] for error in refused["errors"]] == ["/0/title", "/1"]
    late = event(1, occurredAt=(NOW + timedelta(hours=1)).isoformat())
    refused = await problem(await north.post(INTERACTIONS, json=[late]), 422, "rows.all_rejected")
    assert refused["errors"][0]["code"] == "in_the_future"
    for body, code in (([], "rows.count"), ({"rows": []}, "rows.missing"), ("x", "rows.missing")):
        await problem(await north.post(PRODUCTS, json=body), 422, code)
    await problem(await north.post(PRODUCTS, json=[0] * 5_001), 422, "rows.count")
    assert await shop.state() == before
    metrics = str(await (await shop.guest().get("/metrics")).get_data(as_text=True))
    assert 'jackdaw_feed_rows_total{kind="products",outcome="rejected"}' in metrics


async def test_a_body_in_bulk_may_be_a_megabyte_and_no_more(shop: Shop) -> None:
    north = await program(shop)
    wide = [LAMP | {"id": str(number), "title": "x" * 450} for number in range(1_500)]
    assert len(json.dumps(wide)) > 900_000
    assert (await send_rows(north, "products", wide))["accepted"] == 1_500
    before = await shop.state()
    wider = await north.post(PRODUCTS, json=[*wide, *wide])
    assert wider.status_code == 413
    headers = {"Content-Type": "application/json"}
    elsewhere = await shop.guest().post(f"{API}/cart/lines", data=b"x" * 70_000, headers=headers)
    assert elsewhere.status_code == 413
    assert await shop.state() == before


async def test_sending_again_replaces_products_and_counts_events_once(shop: Shop) -> None:
    north = await program(shop)
    await send_rows(north, "products", [LAMP])
    first = await shop.state(without=frozenset({"feed_batches"}))
    again = await send_rows(north, "products", [LAMP])
    assert (again["accepted"], again["rejected"]) == (1, 0)
    assert await shop.state(without=frozenset({"feed_batches"})) == first
    twice = await send_rows(north, "products", [LAMP | {"title": "Old"}, LAMP | {"title": "New"}])
    assert (twice["accepted"], twice["duplicates"]) == (1, 1)
    assert [product["title"] for product in await listed(north)] == ["New"]

    done = await send_rows(north, "interactions", [event(1), event(2), event(1)])
    assert (done["accepted"], done["duplicates"], done["rejected"]) == (2, 1, 0)
    popularity = await shop.connection.fetchval("SELECT popularity FROM feed_products")
    replayed = await send_rows(north, "interactions", [event(1, type="purchase"), event(2), event(3)])
    assert (replayed["accepted"], replayed["duplicates"]) == (1, 2)
    assert await stored(shop, "feed_interactions") == 3
    assert await shop.connection.fetchval("SELECT max(weight) FROM feed_interactions") == 1.0
    assert popularity < await shop.connection.fetchval("SELECT popularity FROM feed_products")


async def test_events_on_unknown_products_are_named_when_they_are_stored(shop: Shop) -> None:
    north, south = await program(shop), await program(shop, "south")
    await send_rows(north, "products", [LAMP])
    done = await send_rows(north, "interactions", [event(1, productId="gone"), event(2), 7, event(3)])  # type: ignore[list-item]
    assert (done["accepted"], done["rejected"], done["duplicates"]) == (2, 2, 0)
    assert {(e["index"], e["code"]) for e in done["errors"]} >= {(0, "unknown_product")}
    foreign = await send_rows(south, "interactions", [event(9)])
    assert (foreign["accepted"], foreign["rejected"]) == (0, 1)
    assert await stored(shop, "feed_interactions") == 2


async def test_times_lie_between_the_year_2000_and_now(shop: Shop) -> None:
    north = await program(shop)
    await send_rows(north, "products", [LAMP])
    shop.clock.instant = datetime.now(UTC)
    soon = (shop.clock.instant + timedelta(minutes=2)).isoformat()
    await send_rows(north, "interactions", [event(1, occurredAt=soon), event(2)])
    latest = await shop.connection.fetchval("SELECT max(occurred_at) FROM feed_interactions")
    assert abs((latest - shop.clock.instant).total_seconds()) < 0.01
    for when, code in (
        ((shop.clock.instant + timedelta(minutes=6)).isoformat(), "in_the_future"),
        ("1999-12-31T00:00:00Z", "too_long_ago"),
        ("2026-01-01T00:00:00", "timezone_aware"),
    ):
        refused = await north.post(INTERACTIONS, json=[event(5, occurredAt=when)])
        assert (await problem(refused, 422, "rows.all_rejected"))["errors"][0]["code"] == code
    assert await stored(shop, "feed_interactions") == 2


async def test_namespaces_and_scopes_keep_apart(shop: Shop) -> None:
    north, south = await program(shop), await program(shop, "south")
    sent = await send_rows(north, "products", [LAMP])
    await send_rows(south, "products", [LAMP | {"title": "Of the south"}])
    assert [product["title"] for product in await listed(north)] == ["Desk lamp"]
    assert [product["title"] for product in await listed(south)] == ["Of the south"]
    reader = await program(shop, scopes=("feed:recommendations",))
    writer = await program(shop, scopes=("feed:interactions",))
    before = await shop.state()
    await problem(await south.get(f"{API}/feed/batches/{sent['batchId']}"), 404, "not_found")
    await problem(await writer.get(f"{API}/feed/batches/{sent['batchId']}"), 404, "not_found")
    await problem(await reader.get(f"{API}/feed/batches/{sent['batchId']}"), 403, "scope.missing")
    await problem(await reader.post(PRODUCTS, json=[LAMP]), 403, "scope.missing")
    await problem(await writer.post(PRODUCTS, json=[LAMP]), 403, "scope.missing")
    await problem(await reader.get(PRODUCTS), 403, "scope.missing")
    await problem(await writer.get(f"{API}/feed/recommendations"), 403, "scope.missing")
    for unknown in ("0", "x", "9" * 30):
        await problem(await north.get(f"{API}/feed/batches/{unknown}"), 404, "not_found")
    assert await shop.state() == before


async def test_the_list_has_pages_of_its_own_namespace_at_a_constant_cost(shop: Shop) -> None:
    north, south = await program(shop), await program(shop, "south")
    rows = [
        LAMP | {"id": str(number), "category": "even" if number % 2 == 0 else "odd"} for number in range(9)
    ]
    await send_rows(north, "products", rows)
    await send_rows(south, "products", rows)
    seen: list[str] = []
    cursor, costs = "", []
    while True:
        with shop.statements() as recorded:
            page = await (await north.get(f"{PRODUCTS}?limit=4{cursor}")).get_json()
        costs.append(len(recorded))
        seen += [product["id"] for product in page["items"]]
        if page["nextCursor"] is None:
            break
        cursor = f"&cursor={page['nextCursor']}"
    assert seen == [str(number) for number in range(9)]
    assert set(costs) == {1}
    await problem(await south.get(f"{PRODUCTS}?limit=4{cursor}"), 400, "cursor.invalid")
    assert [product["id"] for product in await listed(north, "?category=odd")] == ["1", "3", "5", "7"]


async def test_a_withdrawn_product_stays_listed_as_such(shop: Shop) -> None:
    north = await program(shop)
    await send_rows(north, "products", [LAMP])
    await send_rows(north, "products", [LAMP | {"withdrawn": True}])
    assert [(p["withdrawn"], p["inStock"]) for p in await listed(north)] == [(True, False)]
    await send_rows(north, "products", [LAMP])
    assert [(p["withdrawn"], p["inStock"]) for p in await listed(north)] == [(False, True)]


async def test_what_was_accepted_by_a_killed_worker_is_stored_by_the_next(
    shop: Shop, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    north = await program(shop)

    async def killed(_feed: Feed) -> None:
        await asyncio.sleep(3_600)

    monkeypatch.setattr(Feed, "_drain", killed)
    response = await north.post(PRODUCTS, json=[LAMP])
    assert response.status_code == 202
    assert await stored(shop, "feed_products") == 0
    monkeypatch.undo()
    async with open_shop(database_url, tmp_path / "next"):
        await verdict(north, (await response.get_json())["batchId"])
    assert await stored(shop, "feed_products") == 1


async def test_a_batch_that_cannot_be_stored_does_not_block_the_next(shop: Shop) -> None:
    north = await program(shop)
    poison = json.dumps([{"index": 0, "id": "x", "title": None}])
    number = await shop.connection.fetchval(
        """
        INSERT INTO feed_batches (namespace_id, kind, rows_count, accepted_count, rows)
        VALUES ($1, 'products', 1, 1, $2::jsonb) RETURNING id
        """,
        north.namespace_id,
        poison,
    )
    assert (await send_rows(north, "products", [LAMP]))["status"] == "done"
    failed = await verdict(north, str(number))
    assert (failed["status"], failed["accepted"]) == ("failed", 0)
    assert failed["errors"][0]["code"] == "not_storable"


async def test_a_backlog_is_refused_until_it_is_worked_off(shop: Shop) -> None:
    north, south = await program(shop), await program(shop, "south")
    await eventually(lambda: shop.runtime.listener.is_connected)
    # Nobody stores anything meanwhile, not even a round that had begun.
    await cast("Feed", shop.app.extensions[EXTENSION]).stop()
    await shop.connection.execute(
        """
        INSERT INTO feed_batches (namespace_id, kind, rows_count, accepted_count, rows)
        SELECT $1, 'products', 1, 1, '[]' FROM generate_series(1, $2)
        """,
        north.namespace_id,
        batch_queries.MAX_PENDING,
    )
    before = await shop.state()
    refused = await north.post(PRODUCTS, json=[LAMP])
    await problem(refused, 429, "feed.backlog")
    assert refused.headers["Retry-After"]
    assert await shop.state() == before
    assert (await south.post(PRODUCTS, json=[LAMP])).status_code == 202


async def test_two_workers_store_every_batch_once_and_in_order(
    shop: Shop, database_url: str, tmp_path: Path
) -> None:
    async with open_shop(database_url, tmp_path / "second") as second:
        here = await program(shop)
        there = Program(second, here.token, here.namespace_id)
        last = ""
        for number in range(20):
            sender = (here, there)[number % 2]
            row = LAMP | {"title": f"Version {number}"}
            last = (await (await sender.post(PRODUCTS, json=[row])).get_json())["batchId"]
        assert (await verdict(here, last))["status"] == "done"
        statuses = await shop.connection.fetch("SELECT DISTINCT status FROM feed_batches")
        assert [row["status"] for row in statuses] == ["done"]
        assert [product["title"] for product in await listed(here)] == ["Version 19"]
