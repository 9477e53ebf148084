"""Carries talk over HTTP: cookies, the pace, patience with limits, and a count of everything."""

from __future__ import annotations

import asyncio
import time
from typing import TypeVar

import orjson

from scripts.http_client import ConnectionPool, NoAnswer, Response
from scripts.simulate.schedule import Schedule
from scripts.simulate.talk import Answer, Ask, Talk
from scripts.simulate.tally import LIMITED, NO_ANSWER, Tally

AGENT = "jackdaw-simulate/1"
LONGEST_WAIT_S = 60.0
PAUSE_AFTER_FAILURE_S = 0.25
T = TypeVar("T")


class RunOver(Exception):
    """The time is up in the middle of a session."""


class Pace:
    """Lets page actions pass at a fixed rate at most."""

    def __init__(self, per_second: float | None) -> None:
        self._gap_s = 0.0 if per_second is None else 1.0 / per_second
        self._next_at = 0.0

    async def turn(self) -> None:
        """Wait for the next free moment."""
        if not self._gap_s:
            return
        now = time.monotonic()
        mine = max(self._next_at, now)
        self._next_at = mine + self._gap_s
        if mine > now:
            await asyncio.sleep(mine - now)


class Line:
    """One browser's way to the shop: a cookie jar over the shared connections."""

    def __init__(self, pool: ConnectionPool, pace: Pace, schedule: Schedule, tally: Tally) -> None:
        self._pool, self._pace, self._schedule, self._tally = pool, pace, schedule, tally
        self._cookies: dict[str, str] = {}
        self._cookie = ""

    async def carry(self, talk: Talk[T]) -> T:
        """Send whatever the talk asks until it ends.

        Raises
        ------
        RunOver
            The schedule ended first.
        """
        try:
            ask = next(talk)
            while True:
                ask = talk.send(await self._ask(ask))
        except StopIteration as end:
            result: T = end.value
            return result
        finally:
            talk.close()

    async def _ask(self, ask: Ask) -> Answer:
        if ask.as_stranger:
            self._cookies, self._cookie = {}, ""
        body = None if ask.body is None else orjson.dumps(ask.body)
        if ask.action is not None:
            await self._pace.turn()
        while True:
            response, seconds = await self._exchange(ask, body)
            status = NO_ANSWER if response is None else response.status
            self._tally.answered(ask, status, seconds, self._schedule.elapsed_s)
            if response is None:
                await asyncio.sleep(PAUSE_AFTER_FAILURE_S)
                return Answer(NO_ANSWER)
            if status != LIMITED:
                return self._answer(response)
            await self._wait_as_told(response)

    async def _exchange(self, ask: Ask, body: bytes | None) -> tuple[Response | None, float]:
        place = await self._pool.place()
        if self._schedule.is_over:
            self._pool.release(place)
            raise RunOver
        begin = time.perf_counter()
        try:
            response: Response | None = await self._pool.request(
                place, ask.method, ask.path, body=body, cookie=self._cookie
            )
        except NoAnswer:
            response = None
        return response, time.perf_counter() - begin

    def _answer(self, response: Response) -> Answer:
        fresh = response.cookies()
        if fresh:
            self._cookies |= fresh
            self._cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items() if value)
        try:
            return Answer(response.status, orjson.loads(response.body) if response.body else None)
        except orjson.JSONDecodeError:
            return Answer(response.status)

    async def _wait_as_told(self, response: Response) -> None:
        """Do what Retry-After says, as long as the run lasts."""
        told = response.header("Retry-After") or ""
        wait_s = min(LONGEST_WAIT_S, float(told) if told.isdigit() else 1.0)
        wait_s = max(0.05, min(wait_s, self._schedule.duration_s - self._schedule.elapsed_s))
        self._tally.waited_for_limits_s += wait_s
        await asyncio.sleep(wait_s)
