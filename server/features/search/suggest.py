"""Completes what is being typed, and repairs its last word when nothing starts like it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from server.core.database import Database
from server.core.remembered import Remembered
from server.core.transactions import Connection
from server.features.search import suggest_queries
from server.features.search.analysis import repairs
from server.features.search.domain import fold
from server.features.search.live_columns import LiveColumns
from server.features.search.queries import fold_text
from server.features.search.suggesting import Completion, Completions

MAX_REPAIR_AGE_S = 60.0
# New titles are taken up soon, but no more of the time is spent on it; a new build of the index at once.
MAX_SHARE_OF_TIME = 0.02


@dataclass(frozen=True, slots=True)
class Suggested:
    """Completions, and what was typed instead when it had to be repaired."""

    completions: tuple[Completion, ...]
    repaired_from: str | None = None


class Suggestions:
    """The completions of one worker."""

    def __init__(self, database: Database, live: LiveColumns) -> None:
        self._database = database
        self._live = live
        self._completions = Completions(())
        self._is_read = False
        self._rests_until = 0.0
        self._is_stale = True
        self._lock = asyncio.Lock()
        self._repaired = Remembered(MAX_REPAIR_AGE_S, max_entries=2_048)

    def note_change(self, _payload: str = "") -> None:
        """Read again before long: listings changed."""
        self._is_stale = True

    def forget(self, _payload: str = "") -> None:
        """Read again at once."""
        self._is_stale, self._rests_until = True, 0.0

    async def refresh(self) -> None:
        """Read what can be suggested when it changed; called every moment by the worker."""
        if not self._is_stale or time.monotonic() < self._rests_until:
            return
        async with self._lock:
            self._is_stale = False
            started = time.monotonic()
            try:
                async with self._database.connection() as connection:
                    columns = await self._live.ready(connection)
                    entries = await suggest_queries.select_completions(
                        connection, columns.listed_counts("category"), columns.listed_counts("brand")
                    )
            except BaseException:
                self._is_stale = True
                raise
            # Sorting 100,000 keys takes a while: away from the requests.
            self._completions = await asyncio.to_thread(Completions, entries)
            self._is_read = True
            ended = time.monotonic()
            self._rests_until = ended + (ended - started) / MAX_SHARE_OF_TIME
            self._repaired.clear()

    async def complete(self, typed: str) -> Suggested:
        """Find completions of a text."""
        if not self._is_read:
            await self.refresh()
        words = fold(typed) if typed.isascii() else await self._fold(typed)
        if not words:
            return Suggested(())
        found = self._completions.find(words)
        if found:
            return Suggested(found)
        known: Suggested | None = self._repaired.get(words)
        if known is None:
            async with self._database.connection() as connection:
                known = await self._repair(connection, words, typed)
            self._repaired.put(words, known)
        return known

    async def _fold(self, typed: str) -> str:
        async with self._database.connection() as connection:
            return await fold_text(connection, typed)

    async def _repair(self, connection: Connection, words: str, typed: str) -> Suggested:
        """Try the last word, then every word."""
        parts = words.split()
        better = await repairs(connection, parts)
        for fixed in (
            " ".join([*parts[:-1], better.get(parts[-1], parts[-1])]),
            " ".join(better.get(part, part) for part in parts),
        ):
            if fixed != words and (found := self._completions.find(fixed)):
                return Suggested(found, repaired_from=typed)
        if better:
            fixed = " ".join(better.get(part, part) for part in parts)
            return Suggested((Completion("query", fixed, 1.0),), repaired_from=typed)
        return Suggested(())
