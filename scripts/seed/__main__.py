"""Command line of the seed: `python -m scripts.seed --help`."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

import asyncpg

from scripts.seed.database import NotEmptyError, NotReadyError
from scripts.seed.logins import announcement
from scripts.seed.shop import Plan
from scripts.seed.writer import seed

EXAMPLES = """
examples:
  python -m scripts.seed                              1,200 listings in 8 stores, 300 shoppers, 60 days
  python -m scripts.seed --products 50000             a catalogue for measurements
  python -m scripts.seed --products 1000000 --history-interactions 2000000

The database must be migrated (`python -m alembic upgrade head`) and must not have a shop yet.
Everything is written in one transaction: a seed that is stopped leaves nothing behind.
The same --seed, sizes and --as-of make the same shop.
"""


def parser() -> argparse.ArgumentParser:
    """Describe the options."""
    made = argparse.ArgumentParser(
        prog="python -m scripts.seed",
        description="Fill an empty database with the demo shop, or with a large one for measurements.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--database-url", metavar="URL", help="default: JACKDAW_DATABASE_URL")
    made.add_argument("--products", type=_positive, default=1200, metavar="N", help="listings (default 1200)")
    made.add_argument("--shoppers", type=_positive, default=300, metavar="N", help="shoppers (default 300)")
    made.add_argument("--days", type=_positive, default=60, metavar="N", help="days of history (default 60)")
    made.add_argument(
        "--seed", type=int, default=7, metavar="N", help="another number, another shop (default 7)"
    )
    made.add_argument(
        "--history-interactions",
        type=_positive,
        metavar="N",
        help="about so many interactions: sets the number of shoppers, for large measurements",
    )
    made.add_argument("--as-of", type=_instant, metavar="TIME", help="when the history ends (default: now)")
    made.add_argument(
        "--if-empty",
        action="store_true",
        help="for start scripts: do nothing, silently, when there is a shop; do not list the logins",
    )
    return made


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 up")
    return number


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a time like 2026-11-20T12:00:00+00:00") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    options = parser().parse_args(arguments)
    database_url = options.database_url or os.environ.get("JACKDAW_DATABASE_URL")
    if not database_url:
        return _refuse("No database: give --database-url or set JACKDAW_DATABASE_URL.")
    if os.environ.get("JACKDAW_ENV") == "production":
        return _refuse("JACKDAW_ENV=production takes no demo shop: its logins have a published password.")
    plan = Plan(
        as_of=options.as_of or datetime.now(UTC),
        n_products=options.products,
        n_shoppers=options.shoppers,
        n_days=options.days,
        seed=options.seed,
        n_history_interactions=options.history_interactions,
    )
    return _run(database_url, plan, if_empty=options.if_empty)


def _run(database_url: str, plan: Plan, *, if_empty: bool) -> int:
    try:
        report = asyncio.run(seed(database_url, plan))
    except NotReadyError as error:
        is_fine = if_empty and isinstance(error, NotEmptyError)
        return 0 if is_fine else _refuse(str(error))
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
        return _refuse(f"The database refused: {str(error) or type(error).__name__}")
    except KeyboardInterrupt:
        return _refuse("Stopped; nothing was written.", status=130)
    print(f"Demo shop made: {report}")
    if not if_empty:
        print(announcement())
    return 0


def _refuse(reason: str, *, status: int = 2) -> int:
    print(reason, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
