"""The own attributes of a category as small columns: which keys make useful facets, and who has what."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from server.core.transactions import Connection
from server.features.search import attribute_queries
from server.features.search.columns import Columns, Ids

MAX_KEYS = 10
MIN_VALUES, MAX_VALUES = 2, 30
MIN_COVERAGE = 0.2
MAX_VALUE_CHARACTERS = 60
MAX_SCOPES = 64
MAX_CODES = 255


@dataclass(frozen=True, slots=True)
class AttributeColumns:
    """Codes per listing, one column per key; code 0 says that the listing does not state it."""

    keys: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    ids: Ids
    codes: NDArray[np.uint8]

    def count(self, key_place: int, ids: Ids) -> dict[str, int]:
        """Count the values of one key among these listings."""
        if not len(self.ids):
            return {}
        places = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        codes = self.codes[key_place][places[self.ids[places] == ids]]
        counts = np.bincount(codes, minlength=len(self.values[key_place]) + 1)[1:].tolist()
        return {value: count for value, count in zip(self.values[key_place], counts, strict=True) if count}


def useful_keys(counts: Sequence[tuple[str, str, int]], n_sampled: int) -> tuple[str, ...]:
    """Choose keys that most listings state, with a few short values each; the most stated first.

    >>> useful_keys([("colour", "Blue", 6), ("colour", "Red", 3), ("weight", "91 g", 9)], 10)
    ('colour',)
    """
    stated: Counter[str] = Counter()
    n_values: Counter[str] = Counter()
    too_long = set()
    for key, value, count in counts:
        stated[key] += count
        n_values[key] += 1
        if len(value) > MAX_VALUE_CHARACTERS:
            too_long.add(key)
    fit = [
        key
        for key, count in stated.most_common()
        if count >= MIN_COVERAGE * n_sampled
        and MIN_VALUES <= n_values[key] <= MAX_VALUES
        and key not in too_long
    ]
    return tuple(fit[:MAX_KEYS])


class AttributeCache:
    """Attribute columns per set of categories, until a listing of one of them changes."""

    def __init__(self) -> None:
        self._scopes: OrderedDict[tuple[int, ...], tuple[object, AttributeColumns]] = OrderedDict()

    async def get(
        self, connection: Connection, columns: Columns, categories: tuple[int, ...]
    ) -> AttributeColumns:
        """Return the columns of these categories, from the database when something changed."""
        codes = columns.codes["category"].find(categories)
        state = [(code, columns.changes.get(code, 0)) for code in codes]
        known = self._scopes.get(categories)
        if known is not None and known[0] == state:
            self._scopes.move_to_end(categories)
            return known[1]
        fresh = await _read(connection, categories)
        self._scopes[categories] = (state, fresh)
        if len(self._scopes) > MAX_SCOPES:
            self._scopes.popitem(last=False)
        return fresh

    def clear(self) -> None:
        """Forget everything."""
        self._scopes.clear()


async def _read(connection: Connection, categories: tuple[int, ...]) -> AttributeColumns:
    n_sampled, counts = await attribute_queries.select_attribute_counts(connection, categories)
    keys = useful_keys(counts, n_sampled)
    rows = await attribute_queries.select_attribute_values(connection, categories, keys) if keys else []
    values = [
        tuple(sorted({value for _, stated in rows if (value := stated[place]) is not None}))[:MAX_CODES]
        for place in range(len(keys))
    ]
    code_of: list[dict[Any, int]] = [{value: code for code, value in enumerate(known, 1)} for known in values]
    codes = np.array(
        [[code_of[place].get(row[1][place], 0) for row in rows] for place in range(len(keys))], np.uint8
    ).reshape(len(keys), len(rows))
    return AttributeColumns(keys, tuple(values), np.array([row[0] for row in rows], np.int64), codes)
