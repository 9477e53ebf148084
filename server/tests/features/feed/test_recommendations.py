"""Another shop is served by its own model: by product, category and user, cold or warm, never by ours."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from server.refit import refit_others
from server.tests.support.eventually import eventually
from server.tests.support.services import Program, program, send_rows
from server.tests.support.shop import API, Shop, open_shop, problem
from server.tests.support.tastes import job_of, recommender_of, stored_models

PATH = f"{API}/feed/recommendations"
TEAS = [f"tea {number}" for number in range(12)]
PANS = [f"pan {number}" for number in range(12)]


async def stock(who: Program) -> None:
    rows = [
        {"id": name, "title": f"Product {name}", "category": kind, "stock": 5}
        for kind, names in (("Teas", TEAS), ("Pans", PANS))
        for name in names
    ]
    await send_rows(who, "products", rows)


async def live(who: Program, *, seed: int = 3) -> None:
    """Let users of two tastes browse for a month; tea 3 is liked most."""
    rng = np.random.default_rng(seed)
    now = datetime.now(UTC)
    rows: list[dict[str, Any]] = []
    for taste, names in enumerate((TEAS, PANS)):
        for user in range(40):
            for name in {*rng.choice(names, 5, replace=False).tolist(), names[3]}:
                when = now - timedelta(seconds=float(rng.uniform(3_600, 30 * 86_400)))
                rows.append(seen(f"{taste}-{user}", name, len(rows), when))
    await send_rows(who, "interactions", rows)


def seen(user: str, product: str, number: int, when: datetime, kind: str = "view") -> dict[str, Any]:
    return {
        "id": f"{user}/{number}",
        "type": kind,
        "productId": product,
        "userId": user,
        "occurredAt": when.isoformat(),
    }


async def ask(who: Program, **query: str) -> dict[str, Any]:
    response = await who.get(PATH, query_string=query)
    assert response.status_code == 200, await response.get_data()
    answer: dict[str, Any] = await response.get_json()
    return answer


def names(answer: dict[str, Any]) -> list[str]:
    return [item["product"]["id"] for item in answer["items"]]


async def fit(shop: Shop, who: Program) -> None:
    assert await refit_others(job_of(shop), [who.namespace_id]) == ["promoted"]
    recommender_of(shop).namespaces._places.clear()


@pytest.fixture(name="north")
async def _north(shop: Shop) -> Program:
    """A namespace with a fitted model."""
    for task in recommender_of(shop)._tasks:
        if task.get_name() == "namespace refits":
            task.cancel()
    who = await program(shop)
    await stock(who)
    await live(who)
    await fit(shop, who)
    return who


async def test_by_product(north: Program) -> None:
    answer = await ask(north, productId="tea 1")
    assert answer["modelVersion"] is not None
    assert (answer["namespace"], answer["personalised"], answer["note"]) == ("north", False, None)
    assert len(answer["items"]) == 12
    assert set(names(answer)[:6]) <= set(TEAS) - {"tea 1"}
    first = answer["items"][0]
    assert first["reason"] == {
        "kind": "similar_to",
        "productIds": ["tea 1"],
        "text": "Similar to Product tea 1",
    }
    assert [item["position"] for item in answer["items"]] == list(range(12))


async def test_by_product_and_category(north: Program) -> None:
    within = await ask(north, productId="tea 1", category="Teas", limit="20")
    assert set(names(within)) == set(TEAS) - {"tea 1"}
    across = await ask(north, productId="tea 1", category="Pans")
    assert set(names(across)) == set(PANS)


async def test_by_category(north: Program) -> None:
    answer = await ask(north, category="Pans", limit="5")
    assert len(answer["items"]) == 5
    assert set(names(answer)) <= set(PANS)
    assert names(answer)[0] == "pan 3"
    assert answer["items"][0]["reason"]["kind"] == "popular"


async def test_by_user_and_the_next_answer_knows_the_last_event(north: Program) -> None:
    stranger = await ask(north, userId="new here")
    assert (stranger["personalised"], len(stranger["items"])) == (False, 12)
    assert "same for everyone" in stranger["note"]
    now = datetime.now(UTC)
    for number, name in enumerate(PANS[:3]):
        await send_rows(north, "interactions", [seen("new here", name, number, now)])
    known = await ask(north, userId="new here", limit="6")
    assert (known["personalised"], known["note"]) == (True, None)
    assert set(names(known)) <= set(PANS[3:])
    assert set(known["items"][0]["reason"]["productIds"]) <= set(PANS[:3])
    both = await ask(north, userId="new here", category="Teas")
    assert set(names(both)) <= set(TEAS)


async def test_what_was_bought_or_is_gone_is_not_shown(shop: Shop, north: Program) -> None:
    now = datetime.now(UTC)
    await send_rows(north, "interactions", [seen("buyer", "tea 2", 0, now, "purchase")])
    rows = [
        {"id": "tea 3", "title": "Sold out", "category": "Teas", "stock": 0},
        {"id": "tea 4", "title": "Withdrawn", "category": "Teas", "withdrawn": True},
    ]
    await send_rows(north, "products", rows)
    for query in ({"userId": "buyer", "category": "Teas"}, {"category": "Teas"}, {"productId": "tea 1"}):
        assert not {"tea 3", "tea 4"} & set(names(await ask(north, limit="30", **query)))
    assert "tea 2" not in names(await ask(north, userId="buyer", limit="30"))


async def test_a_namespace_without_a_model_says_so_and_answers_with_what_is_liked(shop: Shop) -> None:
    cold = await program(shop, "cold")
    empty = await ask(cold)
    assert (empty["items"], empty["modelVersion"]) == ([], None)
    await stock(cold)
    for query in ({}, {"category": "Teas"}, {"productId": "tea 1"}, {"userId": "nobody"}):
        answer = await ask(cold, limit="5", **query)
        assert (len(answer["items"]), answer["modelVersion"], answer["personalised"]) == (5, None, False)
        assert "most popular" in answer["note"]
        assert {item["reason"]["kind"] for item in answer["items"]} == {"popular"}
    now = datetime.now(UTC)
    await send_rows(
        cold, "interactions", [seen("u", "pan 7", 1, now), seen("v", "tea 9", 2, now, "cart_add")]
    )
    assert names(await ask(cold, limit="2")) == ["tea 9", "pan 7"]
    assert set(names(await ask(cold, productId="pan 1", limit="11"))) == set(PANS) - {"pan 1"}


async def test_never_an_empty_list_while_products_exist(shop: Shop) -> None:
    cold = await program(shop, "cold")
    rows: list[dict[str, Any]] = [{"id": "1", "title": "Only one", "category": "A", "stock": 0}]
    await send_rows(cold, "products", rows)
    assert names(await ask(cold)) == ["1"]
    assert (await ask(cold))["items"][0]["product"]["inStock"] is False
    await send_rows(cold, "products", [{"id": "2", "title": "Another", "category": "B"}])
    instead = await ask(cold, category="A")
    assert names(instead) == ["2"]
    assert "of others" in instead["note"]


async def test_a_product_that_is_newer_than_the_model_gets_its_category(north: Program) -> None:
    await send_rows(north, "products", [{"id": "tea 99", "title": "New tea", "category": "Teas"}])
    answer = await ask(north, productId="tea 99", limit="5")
    assert answer["modelVersion"] is None
    assert set(names(answer)) <= set(TEAS)
    assert "cannot answer" in answer["note"]


async def test_unknown_and_foreign_names_are_not_found(shop: Shop, north: Program) -> None:
    south = await program(shop, "south")
    await send_rows(south, "products", [{"id": "kite", "title": "Kite", "category": "Toys"}])
    before = await shop.state()
    for who, query, code in (
        (north, {"productId": "kite"}, "product.not_found"),
        (south, {"productId": "tea 1"}, "product.not_found"),
        (north, {"category": "Toys"}, "category.not_found"),
        (south, {"category": "Teas"}, "category.not_found"),
    ):
        await problem(await who.get(PATH, query_string=query), 404, code)
    for bad in ({"productId": "x" * 201}, {"userId": "a\x00"}, {"limit": "0"}, {"limit": "101"}):
        assert (await north.get(PATH, query_string=bad)).status_code == 422
    assert names(await ask(south)) == ["kite"]
    assert await shop.state() == before


async def test_fed_products_never_appear_in_our_shop(shop: Shop, north: Program) -> None:
    await shop.make.product(title="Corvid camera of ours")
    guest = shop.guest()
    for path in (
        "/products?limit=100&facets=true&includeTotal=true",
        "/products?q=Product",
        "/products?q=tea",
        "/products/most-popular",
        "/categories",
        "/search/suggest?q=tea",
        "/search/suggest?q=Product",
        "/recommendations/home",
        "/recommendations/session",
    ):
        response = await guest.get(f"{API}{path}")
        assert response.status_code == 200
        text = str(await response.get_data(as_text=True))
        assert not [name for name in (*TEAS, *PANS) if name in text], path
        assert "Teas" not in text
    assert await shop.connection.fetchval("SELECT count(*) FROM interactions") == 0
    assert await shop.connection.fetchval("SELECT count(*) FROM model_snapshots") == 0
    assert recommender_of(shop).models.current is None


async def test_the_model_is_told_apart_from_ours_and_its_files_are_tidied(shop: Shop, north: Program) -> None:
    for _ in range(2):
        await fit(shop, north)
    rows = await shop.connection.fetch("SELECT * FROM feed_models ORDER BY version")
    assert [row["status"] for row in rows] == ["retired", "retired", "champion"]
    assert rows[0]["location"] is None
    assert sorted(path.name for path in stored_models(shop).iterdir()) == ["feed-2", "feed-3"]
    assert (rows[2]["users_count"], rows[2]["products_count"]) == (80, 24)
    assert (await ask(north))["modelVersion"] == "3"


async def test_a_namespace_without_interactions_is_refused_and_the_last_good_model_stays(
    shop: Shop, north: Program
) -> None:
    await shop.connection.execute("DELETE FROM feed_interactions")
    assert await refit_others(job_of(shop), [north.namespace_id]) == ["refused"]
    last = await shop.connection.fetchrow("SELECT * FROM feed_models ORDER BY version DESC LIMIT 1")
    assert last is not None
    assert last["status"] == "refused"
    assert "Empty" in last["refusal"]
    assert (await ask(north))["modelVersion"] == "1"


async def test_a_damaged_model_is_not_served(shop: Shop, north: Program) -> None:
    victim = stored_models(shop) / "feed-1" / "popular.scores.npy"
    shutil.rmtree(shop.runtime.settings.snapshot_cache)
    victim.write_bytes(victim.read_bytes()[:-8] + b"\x00" * 8)
    recommender_of(shop).namespaces._places.clear()
    answer = await ask(north)
    assert (answer["modelVersion"], len(answer["items"])) == (None, 12)


async def test_the_refit_child_fits_by_itself(database_url: str, tmp_path: Any) -> None:
    async with open_shop(database_url, tmp_path, refit_interval_s=5.0) as shop:
        who = await program(shop)
        await stock(who)
        await live(who)

        async def is_fitted() -> bool:
            return (await ask(who))["modelVersion"] is not None

        await eventually(is_fitted, timeout_s=90)
        assert await shop.connection.fetchval("SELECT count(*) FROM model_snapshots") == 0
