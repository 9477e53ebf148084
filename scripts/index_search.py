"""Brings the search index up to date: ``python -m scripts.index_search [--database-url URL]``."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Sequence

import asyncpg

from server.index_search import build


def main(arguments: Sequence[str] | None = None) -> int:
    """Index what is not indexed, and take the statistics and synonyms anew."""
    parser = argparse.ArgumentParser(prog="python -m scripts.index_search", description=__doc__)
    parser.add_argument("--database-url", metavar="URL", help="default: JACKDAW_DATABASE_URL")
    database_url = parser.parse_args(arguments).database_url or os.environ.get("JACKDAW_DATABASE_URL")
    if not database_url:
        print("No database: give --database-url or set JACKDAW_DATABASE_URL.", file=sys.stderr)
        return 2
    started = time.perf_counter()
    try:
        outcome = asyncio.run(build(database_url))
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        print(f"The database refused: {str(error) or type(error).__name__}", file=sys.stderr)
        return 2
    if outcome == "busy":
        print("Another process is building the index just now.", file=sys.stderr)
        return 1
    print(f"Search index built in {time.perf_counter() - started:.1f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
