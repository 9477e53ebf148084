"""The mirror: what is kept is shown, can be paused and forgotten, and is then nowhere any more."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from quart.typing import TestClientProtocol as Client

from recs import Event
from server.features.recommendations.training import read_window
from server.refit import refit
from server.tests.features.recommendations.test_feedback import turn_down
from server.tests.features.recommendations.test_slates import ask, ids_of, items_of, view
from server.tests.support.eventually import eventually
from server.tests.support.factories import PASSWORD
from server.tests.support.shop import API, Shop, open_shop, problem
from server.tests.support.tastes import Tastes, fitted_shop, interactions_of, job_of, recommender_of

URL = f"{API}/profile"


async def mirror(client: Client, query: str = "") -> dict[str, Any]:
    response = await client.get(f"{URL}{query}")
    assert response.status_code == 200, await response.get_data()
    answer: dict[str, Any] = await response.get_json()
    return answer


async def forget(client: Client, query: str = "") -> dict[str, Any]:
    response = await client.delete(f"{URL}{query}")
    assert response.status_code == 200, await response.get_data()
    answer: dict[str, Any] = await response.get_json()
    return answer


async def switch(client: Client, **switches: bool) -> dict[str, Any]:
    response = await client.patch(URL, json=switches)
    assert response.status_code == 200, await response.get_data()
    answer: dict[str, Any] = await response.get_json()
    return answer


async def flushed(shop: Shop) -> None:
    await eventually(lambda: interactions_of(shop).spool.pending_bytes == 0)


def later(shop: Shop, **delta: float) -> None:
    shop.clock.instant += timedelta(**delta)


async def rows_of(shop: Shop, visitor_id: int) -> dict[str, int]:
    return {
        table: await shop.connection.fetchval(
            f"SELECT count(*) FROM {table} WHERE visitor_id = $1", visitor_id
        )
        for table in ("interactions", "slates", "exclusions")
    }


async def known_guest(shop: Shop, tastes: Tastes) -> tuple[int, Client]:
    """Return a guest who looked at three cameras."""
    visitor_id = await shop.make.visitor()
    browser = await shop.browser_of_visitor(visitor_id)
    for product_id in tastes.cameras[:3]:
        later(shop, seconds=1)
        await view(shop, browser, product_id)
    return visitor_id, browser


def without_ids(home: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in home.items() if key != "slateId"}


async def test_every_signal_is_shown_with_time_weight_and_taste(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    _visitor_id, browser = await known_guest(shop, tastes)
    await view(shop, browser, tastes.phones[0], type="impression")
    # At once: what was accepted is shown, stored or not.
    seen = await mirror(browser)
    assert seen["counts"] == {"view": 3, "impression": 1}
    assert [s["product"]["id"] for s in seen["items"] if s["type"] == "view"] == [
        str(i) for i in reversed(tastes.cameras[:3])
    ]
    newest = next(s for s in seen["items"] if s["type"] == "view")
    assert (newest["weight"], newest["weightNow"]) == (1.0, 1.0)
    assert [t["slug"] for t in seen["tastes"]["categories"]] == ["cameras"]
    assert sum(t["strength"] for t in seen["tastes"]["brands"]) == pytest.approx(1, abs=1e-3)
    assert seen["tastes"]["price"]["middle"]["amount"] == "100.00"
    assert (seen["personalised"], seen["paused"], seen["sameForEveryone"]) == (True, False, False)
    first = await mirror(browser, "?type=view&type=click&limit=2")
    second = await mirror(browser, f"?type=view&type=click&limit=2&cursor={first['nextCursor']}")
    ids = [s["id"] for s in first["items"] + second["items"]]
    assert len(set(ids)) == 3
    assert second["nextCursor"] is None
    stranger = await shop.browser_of_visitor(await shop.make.visitor())
    assert (await mirror(stranger))["items"] == []
    assert (await mirror(shop.guest()))["items"] == []
    await problem(await stranger.get(f"{URL}?cursor={first['nextCursor']}"), 400, "cursor.invalid")
    await problem(await browser.get(f"{URL}?type=other"), 422, "invalid")


async def test_the_download_holds_all_of_it(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    _visitor_id, browser = await known_guest(shop, tastes)
    await ask(browser, "home")
    await turn_down(browser, tastes.phones[0], "maker")
    # Also what is accepted, but not stored yet.
    response = await browser.get(f"{URL}/download")
    assert "attachment" in response.headers["Content-Disposition"]
    everything = json.loads(await response.get_data())
    assert sorted(s["type"] for s in everything["signals"]) == ["dismiss", "view", "view", "view"]
    assert [s["surface"] for s in everything["slates"]] == ["home"]
    assert everything["exclusions"][0]["scope"] == "maker"
    empty = json.loads(await (await shop.guest().get(f"{URL}/download")).get_data())
    assert empty["signals"] == empty["slates"] == empty["exclusions"] == []


async def test_nothing_is_logged_during_a_pause(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    visitor_id, browser = await known_guest(shop, tastes)
    await ask(browser, "home")
    await flushed(shop)
    before = await rows_of(shop, visitor_id)
    later(shop, seconds=1)
    assert (await switch(browser, paused=True))["paused"] is True
    home = await ask(browser, "home")
    assert home["personalised"] is True
    for event_type in ("view", "click", "impression"):
        later(shop, seconds=1)
        event = {"id": "0" * 8 + "-0000-4000-8000-" + event_type.ljust(12, "0").encode().hex()[:12]}
        event |= {"type": event_type, "productId": str(tastes.phones[0])}
        event |= {"occurredAt": shop.clock.now().isoformat()}
        answer = await (await browser.post(f"{API}/interactions", json={"events": [event]})).get_json()
        assert (answer["accepted"], answer["dropped"]) == (0, [{"index": 0, "code": "paused"}])
    interactions_of(shop).log.record(visitor_id, tastes.phones[1], Event.CART_ADD)
    await browser.put(f"{API}/favorites/{tastes.phones[1]}")
    await flushed(shop)
    assert await rows_of(shop, visitor_id) == before
    later(shop, seconds=1)
    assert (await switch(browser, paused=False))["paused"] is False
    later(shop, seconds=1)
    await view(shop, browser, tastes.phones[2])
    await flushed(shop)
    assert (await rows_of(shop, visitor_id))["interactions"] == before["interactions"] + 1


async def test_a_worker_that_does_not_know_of_the_pause_yet_stores_nothing(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    visitor_id, browser = await known_guest(shop, tastes)
    await flushed(shop)
    await switch(browser, paused=True)
    parts = interactions_of(shop)
    parts.log.is_paused = lambda _visitor_id: False
    later(shop, seconds=1)
    parts.log.record(visitor_id, tastes.phones[0], Event.VIEW)
    later(shop, seconds=1)
    await switch(browser, paused=False)
    await flushed(shop)
    assert (await rows_of(shop, visitor_id))["interactions"] == 3
    assert tastes.phones[0] not in (await parts.history(visitor_id)).product_ids.tolist()


@pytest.mark.parametrize("header", ["DNT", "Sec-GPC"])
async def test_an_objecting_browser_is_not_followed(shop: Shop, header: str) -> None:
    tastes = await fitted_shop(shop)
    visitor_id, browser = await known_guest(shop, tastes)
    await flushed(shop)
    before = await rows_of(shop, visitor_id)
    event = {"id": "00000000-0000-4000-8000-000000000001", "type": "view"}
    event |= {"productId": str(tastes.phones[0]), "occurredAt": shop.clock.now().isoformat()}
    for client in (browser, shop.guest()):
        response = await client.post(f"{API}/interactions", json={"events": [event]}, headers={header: "1"})
        assert (await response.get_json())["dropped"] == [{"index": 0, "code": "do_not_track"}]
        assert "Set-Cookie" not in response.headers
    await browser.put(f"{API}/favorites/{tastes.phones[0]}", headers={header: "1"})
    body = {"productId": str(tastes.phones[0])}
    await browser.post(f"{API}/cart/lines", json=body | {"quantity": 1}, headers={header: "1"})
    newcomer = shop.guest()
    for surface in ("home", "session", "cart", "category?category=cameras"):
        mine, theirs = [
            await (await c.get(f"{API}/recommendations/{surface}", headers={header: "1"})).get_json()
            for c in (browser, newcomer)
        ]
        assert mine["personalised"] is False
        assert without_ids(mine) == without_ids(theirs)
    refused = await browser.post(
        f"{API}/recommendations/feedback", json=body | {"scope": "item"}, headers={header: "1"}
    )
    await problem(refused, 409, "personalisation.off")
    await flushed(shop)
    assert await rows_of(shop, visitor_id) == before
    seen = await (await browser.get(URL, headers={header: "1"})).get_json()
    assert (seen["doNotTrack"], seen["personalised"]) == (True, False)
    assert (await (await browser.get(URL, headers={header: "0"})).get_json())["doNotTrack"] is False


async def test_the_same_for_everyone_is_the_same(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    _one, first = await known_guest(shop, tastes)
    second = shop.guest()
    await view(shop, second, tastes.phones[4])
    await turn_down(second, tastes.phones[0], "kind")
    await first.post(f"{API}/cart/lines", json={"productId": str(tastes.cameras[5]), "quantity": 1})
    for client in (first, second):
        assert (await switch(client, sameForEveryone=True))["sameForEveryone"] is True
    for surface in ("home", "cart", "session", "category?category=phones", f"similar/{tastes.phones[2]}"):
        mine, theirs = await ask(first, surface), await ask(second, surface)
        assert without_ids(mine) == without_ids(theirs)
        assert mine["personalised"] is False
    await switch(second, sameForEveryone=False)
    assert not set(ids_of(await ask(second, "home"))) & set(tastes.phones)


async def test_forgetting_everything_leaves_no_row_and_a_cold_shelf(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    visitor_id, browser = await known_guest(shop, tastes)
    await ask(browser, "home")
    await turn_down(browser, tastes.phones[0], "maker")
    # Part of it is still in the spool: nothing waits for the writer here.
    answer = await forget(browser)
    assert answer["exclusions"] == 1
    home = await ask(browser, "home")
    assert home["personalised"] is False
    assert without_ids(home) == without_ids(await ask(shop.guest(), "home"))
    await flushed(shop)
    counts = await rows_of(shop, visitor_id)
    assert (counts["interactions"], counts["exclusions"]) == (0, 0)
    assert counts["slates"] <= 1  # the cold one that was served since
    later(shop, seconds=1)
    await view(shop, browser, tastes.phones[3])
    assert (await ask(browser, "home"))["personalised"] is True
    assert (await forget(shop.guest())) == {"signals": 0, "exclusions": 0}


async def test_what_a_tab_had_collected_before_is_not_learned_after_all(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    visitor_id, browser = await known_guest(shop, tastes)
    earlier = shop.clock.now().isoformat()
    later(shop, seconds=2)
    await forget(browser)
    later(shop, seconds=5)
    await view(shop, browser, tastes.cameras[4], occurredAt=earlier)
    assert (await ask(browser, "home"))["personalised"] is False
    await flushed(shop)
    assert (await rows_of(shop, visitor_id))["interactions"] == 0


async def test_forgetting_the_last_hour_keeps_what_was_before(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    visitor_id, browser = await known_guest(shop, tastes)
    await flushed(shop)
    later(shop, hours=2)
    await view(shop, browser, tastes.phones[0])
    await turn_down(browser, tastes.phones[1], "item")
    assert (await forget(browser, "?last=hour"))["exclusions"] == 1
    await flushed(shop)
    recent = await interactions_of(shop).history(visitor_id)
    assert recent.product_ids.tolist() == tastes.cameras[:3]
    assert await rows_of(shop, visitor_id) == {"interactions": 3, "slates": 0, "exclusions": 0}


async def test_forgetting_one_signal_takes_it_and_its_slates(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    visitor_id, browser = await known_guest(shop, tastes)
    await ask(browser, "home")
    await flushed(shop)
    newest = (await mirror(browser))["items"][0]
    stranger = await shop.browser_of_visitor(await shop.make.visitor())
    await problem(await stranger.delete(f"{URL}?signal={newest['id']}"), 404, "signal.not_found")
    await problem(await shop.guest().delete(f"{URL}?signal={newest['id']}"), 404, "signal.not_found")
    assert await forget(browser, f"?signal={newest['id']}") == {"signals": 1, "exclusions": 0}
    recent = await interactions_of(shop).history(visitor_id)
    assert recent.product_ids.tolist() == tastes.cameras[:2]
    assert await rows_of(shop, visitor_id) == {"interactions": 2, "slates": 0, "exclusions": 0}
    cited = {c for item in items_of(await ask(browser, "home")) for c in item["reason"]["productIds"]}
    assert str(tastes.cameras[2]) not in cited
    await problem(await browser.delete(f"{URL}?signal={newest['id']}"), 404, "signal.not_found")


@pytest.mark.parametrize(
    "query", ["?sginal=x", "?signal=x", "?last=week", "?last=hour&last=hour", "?signal="]
)
async def test_an_unclear_wish_forgets_nothing(shop: Shop, query: str) -> None:
    tastes = await fitted_shop(shop)
    visitor_id, browser = await known_guest(shop, tastes)
    await flushed(shop)
    before = await shop.state(), await rows_of(shop, visitor_id)
    await problem(await browser.delete(f"{URL}{query}"), 422, "invalid")
    await problem(await browser.patch(URL, json={}), 422, "profile.nothing_to_change")
    assert (await shop.state(), await rows_of(shop, visitor_id)) == before


async def test_every_worker_forgets_and_a_dead_ones_spool_too(
    shop: Shop, database_url: str, tmp_path: Path
) -> None:
    tastes = await fitted_shop(shop)
    visitor_id, browser = await known_guest(shop, tastes)
    async with open_shop(database_url, tmp_path) as other:
        await eventually(lambda: other.runtime.listener.is_connected)
        there = interactions_of(other)
        other.clock.instant = shop.clock.now()
        # Its writer stands still, as that of a killed worker: what it took lies in its spool.
        assert there.writer._task is not None
        there.writer._task.cancel()
        there.log.record(visitor_id, tastes.cameras[5], Event.VIEW)
        await flushed(shop)
        assert tastes.cameras[5] in (await there.history(visitor_id)).product_ids.tolist()
        later(shop, seconds=1)
        await forget(browser)

        async def knows_nothing() -> bool:
            return len((await there.history(visitor_id)).product_ids) == 0

        await eventually(knows_nothing, timeout_s=2)
        await there.writer.start()
        await eventually(lambda: there.spool.pending_bytes == 0)
    assert (await rows_of(shop, visitor_id))["interactions"] == 0


async def test_a_batch_that_is_being_written_does_not_escape(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    visitor_id, browser = await known_guest(shop, tastes)
    await flushed(shop)
    await shop.connection.execute("BEGIN")
    await shop.connection.execute("SELECT pg_advisory_xact_lock_shared(hashtext('jackdaw forgetting'))")
    await shop.connection.execute(
        """
        INSERT INTO interactions (
            id, received_on, visitor_id, product_id, event_type, weight, occurred_at, received_at)
        VALUES (gen_random_uuid(), $3, $1, $2, 1, 1, $4, $4)
        """,
        visitor_id,
        tastes.cameras[7],
        shop.clock.now().date(),
        shop.clock.now() - timedelta(seconds=1),
    )
    forgetting = asyncio.create_task(forget(browser))
    await asyncio.sleep(0.2)
    assert not forgetting.done()
    await shop.connection.execute("COMMIT")
    assert (await forgetting)["signals"] == 4
    assert (await rows_of(shop, visitor_id))["interactions"] == 0


async def test_what_is_forgotten_while_a_history_is_read_stays_forgotten(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    tastes = await fitted_shop(shop)
    visitor_id, browser = await known_guest(shop, tastes)
    await flushed(shop)
    parts = interactions_of(shop)
    from server.features.interactions import queries  # noqa: PLC0415 - the statement that is held up

    select_settled = queries.select_settled
    has_waited: list[bool] = []

    async def slow(*args: Any, **named: Any) -> queries.Settled:
        if not has_waited:
            has_waited.append(True)
            await forget(browser)
        return await select_settled(*args, **named)

    monkeypatch.setattr("server.features.interactions.queries.select_settled", slow)
    parts.overlay.suspect(visitor_id)
    assert len((await parts.history(visitor_id)).product_ids) == 0


async def test_a_guests_decisions_are_those_of_the_user(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    visitor_id, browser = await known_guest(shop, tastes)
    await flushed(shop)
    account = await shop.make.user()
    await switch(browser, paused=True, sameForEveryone=True)
    login = await browser.post(f"{API}/auth/login", json={"email": account.email, "password": PASSWORD})
    assert login.status_code == 200
    seen = await mirror(browser)
    assert (seen["paused"], seen["sameForEveryone"]) == (True, True)
    assert seen["counts"] == {"view": 3}
    assert (await forget(browser))["signals"] == 3
    assert (await rows_of(shop, visitor_id))["interactions"] == 0


async def test_the_next_fit_is_one_without_what_was_forgotten(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    until = shop.clock.now() + timedelta(seconds=30)
    columns = ["user_id", "timestamp", "item_id", "event", "weight"]

    async def learned_from() -> list[list[float]]:
        rows: list[list[float]] = (
            (await read_window(shop.connection, until=until, days=180))
            .interactions[columns]
            .sort_values(columns)
            .to_numpy()
            .tolist()
        )
        return rows

    without = await learned_from()
    _visitor_id, browser = await known_guest(shop, tastes)
    await flushed(shop)
    assert len(await learned_from()) == len(without) + 3
    await forget(browser)
    assert await learned_from() == without
    assert await refit(job_of(shop)) == "promoted"
    await recommender_of(shop).models.refresh()
    assert (await ask(browser, "home"))["personalised"] is False


async def test_without_the_cited_evidence_an_item_falls(shop: Shop) -> None:
    tastes = await fitted_shop(shop)
    _visitor_id, browser = await known_guest(shop, tastes)
    await flushed(shop)
    items = items_of(await ask(browser, "session"))
    cited = items[0]["reason"]["productIds"]
    assert cited
    score = {item["product"]["id"]: item["score"] for item in items}
    signals = (await mirror(browser, "?type=view"))["items"]
    for signal in signals:
        if signal["product"]["id"] in cited:
            await forget(browser, f"?signal={signal['id']}")
    left = {item["product"]["id"]: item["score"] for item in items_of(await ask(browser, "session"))}
    for item in items:
        if set(item["reason"]["productIds"]) & set(cited):
            product_id = item["product"]["id"]
            assert left.get(product_id, 0.0) < score[product_id]
