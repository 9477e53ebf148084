"""The search of one worker: finds, narrows, orders and counts, with what it found kept for five seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from server.core.database import Database
from server.core.remembered import Remembered
from server.core.transactions import Connection
from server.features.search import attribute_queries, matching, queries
from server.features.search.analysis import Analysis, analyse, repair_rare
from server.features.search.attribute_columns import AttributeCache
from server.features.search.columns import Columns, Ids
from server.features.search.currencies import count_currencies, is_mixed, main_currency
from server.features.search.facets import FacetCounts, count_facets
from server.features.search.live_columns import LiveColumns
from server.features.search.matching import Found, Question
from server.features.search.scoring import MAX_SCORED
from server.features.search.selection import Narrowing, PriceSteps, Selection
from server.features.search.suggest import Suggestions
from server.features.search.vocabulary import Vocabulary

MAX_AGE_S = 5.0
NOTHING_FOUND, SOME_WORDS = "nothing_found", "some_words"


@dataclass(frozen=True, slots=True)
class Scales:
    """The order of conditions and the steps of prices, which the catalogue decides."""

    conditions: tuple[str, ...]
    price_steps: PriceSteps


@dataclass(slots=True)
class Asked:
    """A query as it was understood, and what it found so far."""

    analysis: Analysis
    question: Question | None = None
    found: dict[Selection | None, Found] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matches:
    """The listings of a query within a selection, and their scores, in no order."""

    analysis: Analysis
    ids: Ids
    scores: queries.Scores
    n_exact: int

    @property
    def reason(self) -> str | None:
        """Why there is nothing, or less than was asked for."""
        if self.analysis.reason is not None:
            return self.analysis.reason
        if not len(self.ids):
            return NOTHING_FOUND
        return SOME_WORDS if self.analysis.lost or not self.n_exact else None


class Search:
    """What a worker knows of words and listings."""

    def __init__(self, database: Database, scales: Scales) -> None:
        self.scales = scales
        self.live = LiveColumns(database, scales.conditions)
        self.vocabulary = Vocabulary()
        self.attributes = AttributeCache()
        self.suggestions = Suggestions(database, self.live)
        self._asked = Remembered(MAX_AGE_S)
        # Up to 400 kB each, so only a few.
        self._matching_ids = Remembered(MAX_AGE_S, max_entries=16)
        self._attribute_ids = Remembered(MAX_AGE_S)
        self._is_vocabulary_read = False

    def forget(self) -> None:
        """Drop everything, because notifications may have been missed."""
        self.live.forget()
        self.learn_again()

    def learn_again(self, _payload: str = "") -> None:
        """Read the statistics again: there is a newer build of them."""
        self._is_vocabulary_read = False
        self.clear()
        self.suggestions.forget()

    def receive(self, payload: str) -> None:
        """Take a notification: ids of changed listings, by commas."""
        self.live.receive(payload)
        self.suggestions.note_change()

    async def refresh(self) -> None:
        """Take in what changed; called every moment by the worker."""
        await self.live.refresh()
        await self.suggestions.refresh()

    def clear(self) -> None:
        """Drop answers that are kept for seconds."""
        self._asked.clear()
        self._matching_ids.clear()
        self._attribute_ids.clear()
        self.attributes.clear()

    async def matches(self, connection: Connection, text: str, selection: Selection) -> Matches:
        """Find the listings of a query within a selection; the scored ones of very many."""
        asked = await self._understood(connection, text)
        if asked.question is None:
            return Matches(asked.analysis, np.empty(0, np.int64), np.empty(0, np.float32), 0)
        found = await self._found(connection, asked, selection)
        await self.live.with_rows_of(connection, found.ids)
        passing = (await self.narrowing(connection, selection, found.ids)).mask()
        n_exact = int(passing[: found.n_exact].sum())
        return Matches(asked.analysis, found.ids[passing], found.scores[passing], n_exact)

    async def matching_ids(self, connection: Connection, text: str, *, with_every_word: bool = False) -> Ids:
        """Return every listing of a query, whatever the selection, for counts and other orders.

        ``with_every_word`` leaves out those that only have some, if there are others.
        """
        asked = await self._understood(connection, text)
        if asked.question is None:
            return np.empty(0, np.int64)
        if asked.question.is_broad:
            known: Ids | None = self._matching_ids.get(text)
            if known is None:
                known = await matching.find_ids(connection, asked.question)
                self._matching_ids.put(text, known)
            ids = known
        else:
            found = await self._found(connection, asked, Selection())
            ids = found.ids[: found.n_exact] if with_every_word and found.n_exact else found.ids
        await self.live.with_rows_of(connection, ids)
        return ids

    async def exact_ids(self, connection: Connection, text: str) -> Ids:
        """Return the listings that have every word as it was understood; none when one word was given up."""
        asked = await self._understood(connection, text)
        if asked.question is None or asked.analysis.lost:
            return np.empty(0, np.int64)
        if not asked.question.is_broad and not (await self._found(connection, asked, Selection())).n_exact:
            return np.empty(0, np.int64)
        return await self.matching_ids(connection, text, with_every_word=True)

    async def narrowing(
        self, connection: Connection, selection: Selection, ids: Ids | None = None
    ) -> Narrowing:
        """Prepare the masks of a selection over some listings, or over all; to be used at once."""
        columns = await self.live.ready(connection)
        having = await self._with_attributes(connection, selection)
        return Narrowing(columns, selection, having, ids)

    async def facets(
        self, connection: Connection, selection: Selection, ids: Ids | None = None
    ) -> FacetCounts:
        """Count every facet over the listings of a query, or over all."""
        columns = await self.live.ready(connection)
        attributes = None
        if selection.categories:
            attributes = await self.attributes.get(connection, columns, selection.categories)
        narrowing = await self.narrowing(connection, selection, ids)
        return count_facets(columns, narrowing, selection, self.scales.price_steps, attributes)

    async def main_currency(
        self, connection: Connection, selection: Selection, ids: Ids | None = None
    ) -> str:
        """Return the most frequent currency of what a selection leaves, whatever its price."""
        columns = await self.live.ready(connection)
        if not is_mixed(columns):
            return main_currency(columns, {})
        narrowing = await self.narrowing(connection, selection, ids)
        counts = count_currencies(columns, narrowing.rows(without="price"))
        if not counts and ids is not None:
            # One step back is counted in the currency in which it will be listed.
            return await self.main_currency(connection, selection)
        return main_currency(columns, counts)

    async def _understood(self, connection: Connection, text: str) -> Asked:
        known: Asked | None = self._asked.get(text)
        if known is not None:
            return known
        await self._read_vocabulary(connection)
        analysis = await analyse(connection, self.vocabulary, text)
        asked = self._ask(analysis)
        if asked.question is not None and not asked.question.is_broad:
            found = await self._found(connection, asked, Selection())
            if found.n_exact < matching.RARE:
                better = await repair_rare(connection, self.vocabulary, analysis)
                asked = asked if better is None else self._ask(better)
        self._asked.put(text, asked)
        return asked

    def _ask(self, analysis: Analysis) -> Asked:
        if not analysis.units:
            return Asked(analysis)
        return Asked(analysis, matching.question(self.vocabulary, analysis.units, analysis.excluded))

    async def _found(self, connection: Connection, asked: Asked, selection: Selection) -> Found:
        assert asked.question is not None  # noqa: S101 - callers look
        key = selection if asked.question.is_broad else None
        known = asked.found.get(key)
        if known is None:
            having = await self._with_attributes(connection, selection)
            choose = _most_popular(await self.live.ready(connection), selection, having)
            known = asked.found[key] = await matching.find(connection, asked.question, choose)
        return known

    async def _with_attributes(self, connection: Connection, selection: Selection) -> dict[str, Ids]:
        if not selection.attributes:
            return {}
        key = (selection.attributes, selection.categories)
        known: dict[str, Ids] | None = self._attribute_ids.get(key)
        if known is None:
            known = await attribute_queries.select_ids_with_attributes(
                connection, selection.attributes, selection.categories
            )
            self._attribute_ids.put(key, known)
        return known

    async def _read_vocabulary(self, connection: Connection) -> None:
        if self._is_vocabulary_read:
            return
        self._is_vocabulary_read = True
        try:
            self.vocabulary = await queries.select_vocabulary(connection)
        except BaseException:
            self._is_vocabulary_read = False
            raise


def _most_popular(columns: Columns, selection: Selection, having: dict[str, Ids]) -> Callable[[Ids], Ids]:
    """Choose which of very many matches are worth a score: within the selection, the most looked-at."""

    def choose(ids: Ids) -> Ids:
        rows = Narrowing(columns, selection, having, ids).rows()
        if len(rows) > MAX_SCORED:
            popularity = columns["popularity"][rows]
            rows = rows[np.argpartition(-popularity, MAX_SCORED)[:MAX_SCORED]]
        chosen: Ids = columns["id"][rows]
        return chosen

    return choose
