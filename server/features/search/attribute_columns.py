"""The own attributes of a category as small columns: which keys make useful facets, and who has what."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from server.core.transactions import Connection
from server.features.search import attribute_queries
from server.features.search.columns import Columns, Ids, Rows

MAX_KEYS = 10
MIN_VALUES, MAX_VALUES = 2, 30
MIN_COVERAGE = 0.2
MAX_VALUE_CHARACTERS = 60
MAX_SCOPES = 64
MAX_CODES = 255
SAMPLE = 1_000
MAX_ROWS = 100_000
CHUNK = 5_000
MAX_SHARE_OF_TIME = 0.02


@dataclass(frozen=True, slots=True)
class AttributeColumns:
    """Codes per listing, one column per key; code 0 says that the listing does not state it."""

    keys: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    ids: Ids
    codes: NDArray[np.uint8]

    def rows_of(self, ids: Ids) -> Rows:
        """Return the rows of those of some listings that are here; once for all keys, it is the dear part."""
        if not len(self.ids):
            return np.empty(0, np.intp)
        rows = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        known: Rows = rows[self.ids[rows] == ids]
        return known

    def count(self, key_place: int, rows: Rows) -> dict[str, int]:
        """Count the values of one key in these rows."""
        counts = np.bincount(self.codes[key_place][rows], minlength=len(self.values[key_place]) + 1)
        found = zip(self.values[key_place], counts[1:].tolist(), strict=True)
        return {value: count for value, count in found if count}


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


@dataclass(slots=True)
class _Scope:
    """What was read of a set of categories, as of which changes, and until when it may rest."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    state: object = None
    columns: AttributeColumns | None = None
    rests_until: float = 0.0


class AttributeCache:
    """Attribute columns per set of categories; read again when a listing of one of them changed.

    The first to ask for a scope waits for it, everyone after that takes what is there meanwhile. What is
    dear to read rests the longer: a category of 70,000 listings takes a second.
    """

    def __init__(self) -> None:
        self._scopes: OrderedDict[tuple[int, ...], _Scope] = OrderedDict()

    async def get(
        self, connection: Connection, columns: Columns, categories: tuple[int, ...]
    ) -> AttributeColumns:
        """Return the columns of these categories, from the database when something changed."""
        codes = columns.codes["category"].find(categories)
        state = [(code, columns.changes.get(code, 0)) for code in codes]
        scope = self._scopes.setdefault(categories, _Scope())
        self._scopes.move_to_end(categories)
        if len(self._scopes) > MAX_SCOPES:
            self._scopes.popitem(last=False)
        is_resting = scope.state == state or scope.lock.locked() or time.monotonic() < scope.rests_until
        if scope.columns is not None and is_resting:
            return scope.columns
        async with scope.lock:
            if scope.columns is None or scope.state != state:
                started = time.monotonic()
                scope.columns = await _read(connection, columns, codes)
                ended = time.monotonic()
                scope.state, scope.rests_until = state, ended + (ended - started) / MAX_SHARE_OF_TIME
            return scope.columns

    def clear(self) -> None:
        """Forget everything."""
        self._scopes.clear()


async def _read(connection: Connection, columns: Columns, codes: list[int]) -> AttributeColumns:
    rows = np.flatnonzero(columns["is_listed"] & np.isin(columns["category"], codes))
    by_popularity = rows[np.argsort(-columns["popularity"][rows], kind="stable")]
    sample = columns["id"][by_popularity[:SAMPLE]].tolist()
    counts = await attribute_queries.select_attribute_counts(connection, sample)
    keys = useful_keys(counts, len(sample))
    listed = np.sort(columns["id"][by_popularity[:MAX_ROWS]]) if keys else np.empty(0, np.int64)
    known: list[dict[str, int]] = [{} for _ in keys]
    ids, places = [], []
    for start in range(0, len(listed), CHUNK):
        # In short statements, with a pause for other requests after each.
        chunk = listed[start : start + CHUNK].tolist()
        for product_id, stated in await attribute_queries.select_attribute_values(connection, chunk, keys):
            ids.append(product_id)
            places.append([_code(value, of) for of, value in zip(known, stated, strict=True)])
    return AttributeColumns(
        keys,
        tuple(tuple(code_of) for code_of in known),
        np.array(ids, np.int64),
        np.array(places, np.uint8).reshape(len(ids), len(keys)).T.copy(),
    )


def _code(value: str | None, code_of: dict[str, int]) -> int:
    """Number values as they come; 0 for none, and for more than fit."""
    if value is None:
        return 0
    code = code_of.get(value, 0)
    if not code and len(code_of) < MAX_CODES:
        code = code_of[value] = len(code_of) + 1
    return code
