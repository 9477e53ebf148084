"""Lets a crowd of shoppers loose on a shop until the time is up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from scripts.http_client import ConnectionPool
from scripts.simulate.driver import Line, Pace, RunOver
from scripts.simulate.schedule import Schedule
from scripts.simulate.shopfront import Shopfront, refresh_popular
from scripts.simulate.shopper import Shopper
from scripts.simulate.tally import Tally
from scripts.simulate.verdicts import Verdict

POPULAR_EVERY_S = 4.0
GIVE_UP_AFTER = 200


class Crowd:
    """The shoppers of one run and the scout who keeps the popular slate current."""

    def __init__(
        self,
        pool: ConnectionPool,
        front: Shopfront,
        schedule: Schedule,
        tally: Tally,
        *,
        shoppers: int,
        seed: int,
        rate: float | None = None,
    ) -> None:
        self._pool, self._front, self._schedule, self._tally = pool, front, schedule, tally
        self._pace = Pace(rate)
        self._shoppers = [Shopper(number, seed, front, judge=self._note) for number in range(1, shoppers + 1)]

    async def shop(self, tick: Callable[[], None] = lambda: None, *, tick_s: float = 0.5) -> None:
        """Run all shoppers to the end of the schedule; ``tick`` is called now and then."""
        self._schedule.start()
        scout = asyncio.create_task(self._scout())
        crowd = [asyncio.create_task(self._live(shopper)) for shopper in self._shoppers]
        everyone = asyncio.gather(*crowd)
        try:
            while not everyone.done():
                await asyncio.wait([everyone], timeout=tick_s)
                if self._tally.failures_in_a_row >= GIVE_UP_AFTER:
                    self._schedule.stop()
                tick()
            await everyone
        finally:
            for task in (scout, *crowd):
                task.cancel()
            await asyncio.gather(scout, *crowd, return_exceptions=True)

    async def _live(self, shopper: Shopper) -> None:
        line = Line(self._pool, self._pace, self._schedule, self._tally)
        has_flipped = False
        with suppress(RunOver):
            while self._schedule.wants_session(shopper.n_sessions):
                if not has_flipped and self._schedule.has_flipped(shopper.n_sessions):
                    has_flipped = True
                    shopper.flip()
                await line.carry(shopper.visit())
                self._tally.n_sessions += 1

    async def _scout(self) -> None:
        """Look at the popular lists in turn: all would cost the shop more than the shoppers do."""
        line = Line(self._pool, Pace(None), self._schedule, self._tally)
        slugs = list(self._front.listings_in)
        share = max(1, len(slugs) // 4)
        turn = 0
        with suppress(RunOver):
            while not self._schedule.is_over:
                await asyncio.sleep(POPULAR_EVERY_S)
                some = [slugs[(turn + step) % len(slugs)] for step in range(share)]
                turn += share
                await line.carry(refresh_popular(self._front, some))

    def _note(self, verdict: Verdict) -> None:
        self._tally.outcomes.add(self._schedule.elapsed_s, verdict)
