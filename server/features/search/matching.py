"""Finds and scores the products of a query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from server.core.transactions import Connection
from server.features.search import queries
from server.features.search.domain import Unit, all_query, any_query, head_query
from server.features.search.queries import Ids, Scores
from server.features.search.scoring import MAX_SCORED
from server.features.search.vocabulary import Vocabulary

FEW = 10
# With fewer hits than this a rare word is taken for a slip.
RARE = 3
# The most looked-at of so many matches of a broad query are scored.
MAX_CHOSEN_FROM = 20_000
Choose = Callable[[Ids], Ids]


@dataclass(frozen=True, slots=True)
class Found:
    """Ids and scores in no order; the first ``n_exact`` have every word."""

    ids: Ids
    scores: Scores
    n_exact: int


@dataclass(frozen=True, slots=True)
class Question:
    """The units with the head last, and the numbers that their scores need."""

    units: list[Unit]
    excluded: str
    shape: tuple[int, ...]
    parameters: tuple[object, ...]

    @property
    def is_broad(self) -> bool:
        """Whether more may match than is worth scoring."""
        return min(unit.count for unit in self.units) > MAX_SCORED


def question(vocabulary: Vocabulary, units: list[Unit], excluded: str = "") -> Question:
    """Prepare the scoring statement of these units."""
    units = vocabulary.head_last(units)
    n_products = max([vocabulary.n_products, *(unit.typed_count for unit in units)])
    idf = [unit.idf(n_products) for unit in units]
    total = sum(idf) or 1.0
    alternatives = [alternative for unit in units for alternative in unit.alternatives]
    return Question(
        units,
        excluded,
        tuple(len(unit.alternatives) for unit in units),
        (
            head_query(units[-1]),
            [alternative.weight for alternative in alternatives],
            idf,
            [value / total for value in idf],
            vocabulary.average_length,
            *(alternative.query for alternative in alternatives),
        ),
    )


async def find_ids(connection: Connection, asked: Question) -> Ids:
    """Return what has every word, unscored."""
    return await queries.select_matching_ids(connection, all_query(asked.units, asked.excluded))


async def find(connection: Connection, asked: Question, choose: Choose) -> Found:
    """Score what has every word, and when that is little, what has some.

    Of very many matches those that *are* what the query names come before those that mention it, and
    ``choose`` picks the ones to score.
    """
    every = all_query(asked.units, asked.excluded)
    if asked.is_broad:
        such_things = f"({every}) & ({head_query(asked.units[-1])})"
        ids = await queries.select_matching_ids(connection, such_things, limit=MAX_CHOSEN_FROM)
        if len(ids) < MAX_SCORED // 4:
            ids = await queries.select_matching_ids(connection, every, limit=MAX_CHOSEN_FROM)
        found = await queries.select_scored(connection, asked.shape, choose(ids).tolist(), asked.parameters)
        return Found(*found, n_exact=len(found[0]))
    ids, scores = await queries.select_scored(connection, asked.shape, every, asked.parameters)
    n_exact = len(ids)
    if n_exact >= FEW or len(asked.units) == 1:
        return Found(ids, scores, n_exact)
    for some in _some_words(asked.units):
        more, more_scores = await queries.select_scored(
            connection, asked.shape, any_query(some, asked.excluded), asked.parameters
        )
        is_new = ~np.isin(more, ids)
        ids = np.concatenate([ids, more[is_new]])
        scores = np.concatenate([scores, more_scores[is_new]])
    return Found(ids, scores, n_exact)


def _some_words(units: list[Unit]) -> list[list[Unit]]:
    """Return the words of which one is enough: of very many matches first the rarest words.

    Only so many matches are scored, whichever come first, and what has a rare word is seldom among them.
    """
    rarest: list[Unit] = []
    n_matches = 0
    for unit in sorted(units, key=lambda unit: unit.count):
        n_matches += unit.count
        if n_matches > MAX_SCORED and rarest:
            return [rarest, units]
        rarest.append(unit)
    return [units]
