"""What shoppers turn to since the last fit trends for others at once, until it is forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from quart.typing import TestClientProtocol as Client

from recs import Event
from server.features.interactions.service import Interaction, Interactions
from server.features.recommendations.live import LEAST_VISITORS
from server.refit import refit
from server.tests.features.recommendations.test_home_feed import ids_in, rails_of
from server.tests.features.recommendations.test_live_steps import step
from server.tests.features.recommendations.test_profile import flushed, switch
from server.tests.features.recommendations.test_slates import ask, ids_of, items_of, rail, view
from server.tests.support.eventually import eventually
from server.tests.support.shop import API, Shop, open_shop
from server.tests.support.tastes import Tastes, fitted_shop, interactions_of, job_of, recommender_of


async def shop_of_now(shop: Shop) -> Tastes:
    """Return a fitted shop in which nothing has happened since."""
    tastes = await fitted_shop(shop)
    shop.clock.instant = datetime.now(UTC)
    return tastes


async def trending(client: Client) -> list[int]:
    home = await ask(client, "home")
    return ids_in(home, "trending") if "trending" in rails_of(home) else []


async def trends(client: Client, product_id: int) -> bool:
    return product_id in await trending(client)


async def does_not_trend(client: Client, product_id: int) -> bool:
    return not await trends(client, product_id)


def known(parts: Interactions) -> tuple[dict[int, float], list[tuple[int, int]]]:
    """Return what a worker has counted, by product, and the steps that it knows."""
    product_ids, (weights,) = parts.overlay.counts.totals(
        [np.inf], since_s=0.0, now_s=datetime.now(UTC).timestamp(), least_visitors=1
    )
    steps = [step for mine in parts.overlay.transitions._facts.values() for step in mine]
    return dict(zip(product_ids.tolist(), weights.tolist(), strict=True)), sorted(steps)


async def test_what_several_turn_to_trends_in_every_worker_until_it_is_forgotten(
    shop: Shop, database_url: str, tmp_path: Path
) -> None:
    tastes, guest = await shop_of_now(shop), shop.guest()
    shown = await trending(guest)
    hot, pushed = [product_id for product_id in tastes.phones if product_id not in shown][:2]
    async with open_shop(database_url, tmp_path) as other:
        await eventually(lambda: other.runtime.listener.is_connected)
        elsewhere = other.guest()
        alone = await shop.make.visitor()
        for _ in range(100):
            interactions_of(shop).log.record(alone, pushed, Event.VIEW)
        visitors = [await step(shop, hot) for _ in range(LEAST_VISITORS - 1)]
        await asyncio.sleep(0.25)
        assert await trending(guest) == shown, "so few may be one person"
        visitors.append(await step(shop, hot))
        await eventually(lambda: trends(guest, hot), timeout_s=1)
        await eventually(lambda: trends(elsewhere, hot), timeout_s=1)
        home = await ask(guest, "home")
        assert pushed not in ids_in(home, "trending")
        reason = rail(home, "trending")["reason"]
        assert (reason["kind"], reason["text"]) == ("trending", "Getting more attention than usual")
        counts, there = interactions_of(shop).overlay.counts, interactions_of(other).overlay.counts
        assert len(counts) == len(there) == LEAST_VISITORS + 1

        _visitor_id, regretful = visitors[0]
        assert (await regretful.delete(f"{API}/profile")).status_code == 200
        await eventually(lambda: len(there) == LEAST_VISITORS)
        assert len(counts) == LEAST_VISITORS
        await eventually(lambda: does_not_trend(guest, hot), timeout_s=1)
        await eventually(lambda: does_not_trend(elsewhere, hot), timeout_s=1)

        await flushed(shop)
        assert await refit(job_of(shop)) == "promoted"
        await recommender_of(shop).models.refresh()
        await eventually(lambda: len(counts) == len(there) == 0)


async def test_what_is_newer_than_the_model_trends_too(shop: Shop) -> None:
    await shop_of_now(shop)
    guest, assortment = shop.guest(), interactions_of(shop).assortment
    made = await shop.make.product(category="phones", brand="wren")
    assortment.receive(str(made))
    await eventually(lambda: assortment.can_buy(made))
    for _ in range(LEAST_VISITORS):
        await step(shop, made)
    await eventually(lambda: trends(guest, made), timeout_s=1)
    await shop.connection.execute("UPDATE products SET stock = 0 WHERE id = $1", made)
    assortment.receive(str(made))
    await eventually(lambda: not assortment.can_buy(made))
    assert not await trends(guest, made)


async def test_of_whom_nothing_may_be_learned_nothing_is_counted(shop: Shop) -> None:
    tastes = await shop_of_now(shop)
    parts, guest = interactions_of(shop), shop.guest()
    vendor = await shop.make.user(role="vendor")
    await shop.connection.execute("UPDATE stores SET owner_user_id = $1", vendor.user_id)
    foreign = await shop.make.product(store="south-bench")
    parts.assortment.receive(str(foreign))
    await eventually(lambda: parts.assortment.knows(foreign))
    for product_id in (tastes.cameras[0], foreign):
        parts.log.record(vendor.visitor_id, product_id, Event.VIEW)
    assert known(parts) == ({foreign: 1.0}, [])
    for header in ("DNT", "Sec-GPC"):
        await guest.get(f"{API}/products", headers={header: "1"})
        await guest.put(f"{API}/favorites/{tastes.cameras[0]}", headers={header: "1"})
    assert known(parts) == ({foreign: 1.0}, [])
    await guest.put(f"{API}/favorites/{tastes.cameras[1]}")
    assert known(parts) == ({foreign: 1.0, tastes.cameras[1]: 3.0}, [])


async def test_a_worker_that_comes_later_knows_what_the_others_know(
    shop: Shop, database_url: str, tmp_path: Path
) -> None:
    tastes, here = await shop_of_now(shop), interactions_of(shop)
    left, found, kept = tastes.cameras[0], tastes.phones[0], tastes.phones[1]
    for _ in range(LEAST_VISITORS):
        await step(shop, left, found)
    _visitor_id, regretful = await step(shop, left, found)
    pausing_id, pausing = await step(shop, left, found)
    choosy_id, choosy = await step(shop, left, kept)
    guest_id, _browser = await step(shop, left, found)
    await flushed(shop)
    member = await shop.make.user()
    await shop.connection.execute(
        "UPDATE visitors SET merged_into = $1 WHERE id = $2", member.visitor_id, guest_id
    )
    here.merge(guest_id, member.visitor_id)
    assert (await regretful.delete(f"{API}/profile")).status_code == 200
    await switch(pausing, paused=True)
    excluded = {"productId": str(tastes.cameras[5]), "scope": "item"}
    assert (await choosy.post(f"{API}/recommendations/feedback", json=excluded)).status_code < 300
    assert choosy_id in here.overlay.uncounted.paused, "not before it is known what was decided"
    await flushed(shop)
    await here.catch_up.read()
    n_left = LEAST_VISITORS + 1
    expected = (
        {left: n_left + 1.0, found: float(n_left), kept: 1.0},
        [(left, found)] * n_left + [(left, kept)],
    )
    assert known(here) == expected
    async with open_shop(database_url, tmp_path) as other:
        there = interactions_of(other)
        await eventually(lambda: known(there) == expected)
        # Nobody has told this worker of the pause, and the visitor has not been here yet.
        there.overlay.apply(pausing_id, [_seen(other, left), _seen(other, kept)])
        assert known(there) == expected
        # Notifications were missed: somebody may have forgotten something.
        there.overlay.forget()
        assert known(there) == ({}, [])
        there.catch_up.distrust()
        await eventually(lambda: known(there) == expected)
        # A newer model comes, and is taken back.
        now = datetime.now(UTC)
        model = recommender_of(other).models.current
        assert model is not None
        assert model.trained_until is not None
        there.learned_until(now + timedelta(hours=1))
        assert known(there) == ({}, [])
        there.learned_until(model.trained_until)
        await eventually(lambda: known(there) == expected)


def _seen(shop: Shop, product_id: int) -> Interaction:
    return Interaction("", product_id, int(Event.VIEW), 1.0, int(shop.clock.now().timestamp() * 1e3))


async def test_what_is_newer_than_the_model_can_be_gone_on_with(shop: Shop) -> None:
    await shop_of_now(shop)
    guest, assortment = shop.guest(), interactions_of(shop).assortment
    made = [await shop.make.product(category="phones", brand="wren") for _ in range(3)]
    assortment.receive(",".join(map(str, made)))
    await eventually(lambda: assortment.can_buy(made[-1]))
    await view(shop, guest, made[0])
    assert (await ask(guest, "home"))["personalised"] is False, "one product is no shelf"
    for product_id in made[1:]:
        shop.clock.instant += timedelta(seconds=1)
        await view(shop, guest, product_id)
    home = await ask(guest, "home")
    assert (home["personalised"], rails_of(home)[0]) == (True, "continue")
    assert ids_in(home, "continue") == made[::-1]
    await shop.connection.execute("UPDATE products SET stock = 0 WHERE id = ANY($1)", made)
    assortment.receive(",".join(map(str, made)))
    await eventually(lambda: not assortment.can_buy(made[0]))
    home = await ask(guest, "home")
    assert (home["personalised"], "continue" in rails_of(home)) == (False, False)


async def test_what_several_turn_to_comes_first_in_its_category(shop: Shop) -> None:
    tastes, guest = await shop_of_now(shop), shop.guest()

    async def shown() -> list[int]:
        return ids_of(await ask(guest, "category?category=phones"))

    before = await shown()
    found = next(product_id for product_id in tastes.phones if product_id not in before)
    for _ in range(8 * LEAST_VISITORS):
        await step(shop, found)
    await eventually(lambda: _is_first(shown, found), timeout_s=1)
    item = items_of(await ask(guest, "category?category=phones"))[0]
    assert (item["reason"]["kind"], item["reason"]["text"]) == ("popular", "Popular in Phones")
    assert set(await shown()) <= set(tastes.phones)


async def _is_first(shown: Callable[[], Awaitable[list[int]]], product_id: int) -> bool:
    return (await shown())[0] == product_id
