"""`python -m server.index_search`: indexes what is not indexed and takes the statistics of search anew.

A child process of its own, like a refit. With JACKDAW_DATABASE_URL also by hand; one process at a time
does it.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence

import orjson

from server.core.background import background_connection, stand_back
from server.core.parent_death import is_orphan, signal_on_parent_death
from server.features.search.indexing import rebuild
from server.settings import Settings


async def build(database_url: str) -> str:
    """Bring the index up to date; returns ``built``, or ``busy`` when another process is at it."""
    async with background_connection(database_url, "jackdaw index", jit="off") as connection:
        return await rebuild(connection)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one build; 0 also when another process is at it."""
    parser = argparse.ArgumentParser(prog="python -m server.index_search", description=__doc__)
    parser.add_argument("--child", action="store_true", help="take the job from standard input")
    stand_back()
    if parser.parse_args(arguments).child:
        signal_on_parent_death(signal.SIGTERM)
        job = orjson.loads(sys.stdin.buffer.readline())
        if is_orphan(job["parentPid"]):
            return 1
        database_url = job["databaseUrl"]
    else:
        database_url = Settings.from_env().database_url
        if database_url is None:
            parser.error("JACKDAW_DATABASE_URL must name the shop's database.")
    sys.stdout.write(f"Search index: {asyncio.run(build(database_url))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
