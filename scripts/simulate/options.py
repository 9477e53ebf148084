"""The command line of the simulation."""

from __future__ import annotations

import argparse
import math
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.http_client import Address
from scripts.simulate.schedule import FlipTime

DESCRIPTION = """\
Let shoppers with hidden tastes use a shop through its public API, as browsers do: guest sessions with
cookies, home page, search, categories, product pages, favorites, cart. Then tell how often what the shop
recommended was clicked, beside what popular listings and random ones would have got from the same eyes on the
same visits.
"""

EXAMPLES = """
examples:
  python -m scripts.simulate                                  a demo shop of its own, 200 shoppers, 3 minutes
  python -m scripts.simulate --flip-tastes-at 0.5             everybody changes their mind half way
  python -m scripts.simulate --url http://127.0.0.1:8000      a shop that is running already
  python -m scripts.simulate --rate 20 --minutes 60           a calm hour
  python -m scripts.simulate --sessions 5 --json out.json     five sessions each, figures for programs

What repeats: the shoppers, their tastes, and every choice follow from --seed and from what the shop shows.
Two runs differ only where the shop answers otherwise, because requests overtake each other or the machine is
slower. With a URL nothing in that shop is changed but by shopping, and its limits are respected (429,
Retry-After). Without one the shop is private, has no limits, is refitted --refits times, and is gone
afterwards.
Ctrl-C ends the run and writes the report so far.
"""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for."""

    url: Address | None
    shoppers: int
    minutes: float
    seed: int
    rate: float | None
    concurrency: int
    sessions: int | None
    flip: FlipTime | None
    refits: int
    report: Path
    json: Path | None
    command: str


def read_options(arguments: Sequence[str] | None = None) -> Options:
    """Read the command line; ends the program with a message when it is wrong."""
    given = _parser().parse_args(arguments)
    words = [] if arguments is None else list(arguments)
    command = shlex.join(["python", "-m", "scripts.simulate", *words])
    return Options(
        url=given.url,
        shoppers=given.shoppers,
        minutes=given.minutes,
        seed=given.seed,
        rate=given.rate,
        concurrency=given.concurrency,
        sessions=given.sessions,
        flip=given.flip_tastes_at,
        refits=given.refits,
        report=given.report,
        json=given.json,
        command=command,
    )


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m scripts.simulate",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = made.add_argument
    add("--url", type=_address, help="a running shop; without it a private demo shop is started")
    add("--shoppers", type=_count, default=200, metavar="N", help="people at the same time (default 200)")
    add("--minutes", type=_amount, default=3.0, metavar="M", help="how long, wall clock (default 3)")
    add("--seed", type=int, default=7, metavar="N", help="another number, other people (default 7)")
    add(
        "--rate",
        type=_amount,
        metavar="R",
        help="at most so many page actions a second (default: as fast as the shop answers)",
    )
    add(
        "--concurrency",
        type=_count,
        default=16,
        metavar="N",
        help="at most so many requests at the same time (default 16)",
    )
    add("--sessions", type=_count, metavar="N", help="end when every shopper had so many sessions")
    add(
        "--flip-tastes-at",
        type=FlipTime.parse,
        metavar="WHEN",
        help="let everybody take over other tastes: a share of the run (0.5, 50%%) or minutes (2, 0.5m)",
    )
    add(
        "--refits",
        type=_number_of_refits,
        default=8,
        metavar="N",
        help="so many models are fitted during the run, in a shop of its own (default 8)",
    )
    add(
        "--report",
        type=Path,
        default=Path("reports/simulate.html"),
        metavar="FILE",
        help="where the report goes (default reports/simulate.html)",
    )
    add("--json", type=Path, metavar="OUT", help="also write the figures as JSON")
    return made


def _refusing(text: str, convert: Callable[[str], float], least: float, expected: str) -> float:
    try:
        number = convert(text)
    except ValueError:
        number = math.nan
    if not least <= number < 1e9:
        raise argparse.ArgumentTypeError(f"{text} is not {expected}")
    return number


def _count(text: str) -> int:
    return int(_refusing(text, int, 1, "a whole number from 1 up"))


def _number_of_refits(text: str) -> int:
    return int(_refusing(text, int, 0, "a whole number from 0 up"))


def _amount(text: str) -> float:
    return _refusing(text, float, 0.001, "a number above 0")


def _address(text: str) -> Address:
    try:
        return Address.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
