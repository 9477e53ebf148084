"""What shoppers turn to since the last fit comes next for others, truly, and until it is forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from quart.typing import TestClientProtocol as Client

from recs import Event
from server.features.recommendations.live import LEAST_VISITORS
from server.refit import refit
from server.tests.features.recommendations.test_slates import ask, items_of, view
from server.tests.support.eventually import eventually
from server.tests.support.shop import API, Shop, open_shop
from server.tests.support.tastes import fitted_shop, interactions_of, job_of, recommender_of


async def step(shop: Shop, *product_ids: int) -> tuple[int, Client]:
    """Let somebody go from product to product."""
    visitor_id = await shop.make.visitor()
    browser = await shop.browser_of_visitor(visitor_id)
    for product_id in product_ids:
        shop.clock.instant += timedelta(milliseconds=1)
        interactions_of(shop).log.record(visitor_id, product_id, Event.VIEW)
    return visitor_id, browser


async def why(client: Client, product_id: int) -> dict[str, Any] | None:
    """Return the reason for which a product comes next; popular ones may fill the list up."""
    for item in items_of(await ask(client, "session")):
        if int(item["product"]["id"]) == product_id and item["reason"]["kind"] != "popular":
            reason: dict[str, Any] = item["reason"]
            return reason
    return None


async def test_what_others_turned_to_since_the_fit_comes_next(
    shop: Shop, database_url: str, tmp_path: Path
) -> None:
    tastes, guest = await fitted_shop(shop), shop.guest()
    shop.clock.instant = datetime.now(UTC)
    left, found = tastes.cameras[0], tastes.phones[0]
    steps = interactions_of(shop).overlay.transitions
    await view(shop, guest, left)
    async with open_shop(database_url, tmp_path) as other:
        await eventually(lambda: other.runtime.listener.is_connected)
        there = interactions_of(other).overlay.transitions
        for _ in range(LEAST_VISITORS - 1):
            await step(shop, left, found)
        assert await why(guest, found) is None, "so few may be one person"
        _visitor_id, regretful = await step(shop, left, found)
        reason = await why(guest, found)
        assert reason is not None
        assert (reason["kind"], reason["productIds"]) == ("because_you_viewed", [str(left)])
        # It is true: to who did not view the one the other does not come for that.
        assert await why((await step(shop, tastes.cameras[1]))[1], found) is None
        await eventually(lambda: there.followers(left) == ({found: LEAST_VISITORS}, LEAST_VISITORS))

        assert (await regretful.delete(f"{API}/profile")).status_code == 200
        assert await why(guest, found) is None
        await eventually(lambda: there.followers(left)[1] == LEAST_VISITORS - 1)

        await eventually(lambda: interactions_of(shop).spool.pending_bytes == 0)
        assert await refit(job_of(shop)) == "promoted"
        await recommender_of(shop).models.refresh()
        assert len(steps) == 0
        await eventually(lambda: len(there) == 0)
