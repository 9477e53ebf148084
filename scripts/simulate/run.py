"""One run from the first look at the shop to the finished story."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress

import orjson

from scripts.http_client import Address, ConnectionPool, NoAnswer
from scripts.simulate.console import LiveLine
from scripts.simulate.crowd import GIVE_UP_AFTER, Crowd
from scripts.simulate.driver import AGENT, Line, Pace, RunOver
from scripts.simulate.models import Model, ModelDesk
from scripts.simulate.options import Options
from scripts.simulate.schedule import Schedule
from scripts.simulate.shopfront import Shopfront, SurveyError, survey
from scripts.simulate.story import Story
from scripts.simulate.talk import API
from scripts.simulate.tally import Tally

SURVEY_LIMIT_S = 300.0
READY_PATIENCE_S = 20.0
TITLE = "Jackdaw"
BROKEN = "The shop stopped answering; this is the story until then."
INTERRUPTED = "Interrupted; this is the story until then."


class NotAShop(Exception):
    """Nothing answers, or what answers is something else."""


async def simulate(options: Options, url: str) -> Story:
    """Let the crowd shop and return what happened.

    Raises
    ------
    NotAShop
        There is no Jackdaw shop at the address.
    SurveyError
        The shop shows nothing to shop for.
    """
    pool = ConnectionPool(Address.parse(url), size=options.concurrency, agent=AGENT)
    try:
        await look_at_door(pool, url)
        front = await _survey(pool)
        return await _simulate(options, url, pool, front)
    finally:
        pool.close()


async def _simulate(options: Options, url: str, pool: ConnectionPool, front: Shopfront) -> Story:
    schedule = Schedule(options.minutes * 60, flip=options.flip, sessions=options.sessions)
    tally = Tally()
    crowd = Crowd(
        pool, front, schedule, tally, shoppers=options.shoppers, seed=options.seed, rate=options.rate
    )
    desk = None
    if options.url is None:
        desk = ModelDesk(pool)
        await desk.log_in()
    n_listings, n_categories = len(front.listings), len(front.listings_in)
    print(f"Shopping at {url}: {n_listings:,} listings in {n_categories} categories.", file=sys.stderr)
    line = LiveLine(schedule, tally)
    ends = asyncio.get_running_loop()
    ends.add_signal_handler(signal.SIGINT, _interrupt, schedule)
    refits = asyncio.create_task(_refits(desk, refit_moments(options), schedule))
    try:
        await crowd.shop(line.tick)
        duration_s = min(schedule.elapsed_s, schedule.duration_s)
    finally:
        refits.cancel()
        ends.remove_signal_handler(signal.SIGINT)
        line.close()
    ended = ""
    if schedule.is_stopped:
        ended = BROKEN if tally.failures_in_a_row >= GIVE_UP_AFTER else INTERRUPTED
    return Story(
        url=url,
        is_own_shop=options.url is None,
        shoppers=options.shoppers,
        seed=options.seed,
        rate=options.rate,
        planned_s=schedule.duration_s,
        duration_s=duration_s,
        flipped_at_s=schedule.flipped_at_s,
        tally=tally,
        command=options.command,
        ended=ended,
        models=await _models(desk),
    )


def refit_moments(options: Options) -> list[float]:
    """Return the seconds at which models are fitted: evenly spread, none at the very end."""
    gap_s = options.minutes * 60 / (options.refits + 1)
    return [gap_s * number for number in range(1, options.refits + 1)]


async def look_at_door(pool: ConnectionPool, url: str) -> None:
    """Make sure that a shop of ours is open there.

    Raises
    ------
    NotAShop
        Says what is wrong and what to do.
    """
    try:
        response = await pool.request(await pool.place(), "GET", f"{API}/openapi.json")
        with suppress(orjson.JSONDecodeError, KeyError, TypeError):
            if response.status == 200 and orjson.loads(response.body)["info"]["title"] == TITLE:
                return await _await_ready(pool, url)
    except NoAnswer as error:
        raise NotAShop(
            f"There is no shop at {url}: {error}.\n"
            "Start one with `make start`, or leave --url out to use a private one."
        ) from error
    raise NotAShop(
        f"What answers at {url} is not a Jackdaw shop: {API}/openapi.json answers {response.status} "
        f"and is not the document of a shop titled {TITLE}. Give the shop's own address."
    )


async def _await_ready(pool: ConnectionPool, url: str) -> None:
    try:
        async with asyncio.timeout(READY_PATIENCE_S):
            while (await pool.request(await pool.place(), "GET", "/readyz")).status == 503:  # noqa: ASYNC110
                await asyncio.sleep(0.2)
    except TimeoutError as error:
        raise NotAShop(f"The shop at {url} is there but not ready: look at {url}/readyz.") from error


async def _survey(pool: ConnectionPool) -> Shopfront:
    line = Line(pool, Pace(None), Schedule(SURVEY_LIMIT_S), Tally())
    try:
        return await line.carry(survey())
    except RunOver as error:
        raise SurveyError(f"Looking through the shop took longer than {SURVEY_LIMIT_S:.0f} s.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise SurveyError(f"The shop's listings cannot be read: {error!r}.") from error


async def _refits(desk: ModelDesk | None, moments_s: Sequence[float], schedule: Schedule) -> None:
    if desk is not None:
        await desk.refit_at(moments_s, schedule)


async def _models(desk: ModelDesk | None) -> Sequence[Model]:
    if desk is None:
        return ()
    with suppress(NoAnswer):
        return await desk.models()
    return ()


def _interrupt(schedule: Schedule) -> None:
    print("\nEnding: the report is written. Ctrl-C again ends at once.", file=sys.stderr)
    schedule.stop()
    asyncio.get_running_loop().remove_signal_handler(signal.SIGINT)
