"""Completions from a sorted list of word starts in memory."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from server.features.search.domain import fold

Kind = Literal["query", "category", "brand", "product"]
KINDS: tuple[Kind, ...] = ("query", "category", "brand", "product")
# How many of each kind, and from how many of its first words a completion may start.
QUOTA = {"query": 4, "category": 2, "brand": 2, "product": 4}
N_STARTS = {"query": 3, "category": 4, "brand": 3, "product": 5}
LATER_START_WEIGHT = 0.6
MAX_KEY_CHARACTERS = 32
MAX_SUGGESTIONS = 8
MAX_TRIED = 40
MAX_CACHED = 4_096


@dataclass(frozen=True, slots=True)
class Completion:
    """Something that can be suggested; ``id`` is a slug of a category or brand, or a product's id."""

    kind: Kind
    text: str
    weight: float
    id: str | None = None


class Completions:
    """Finds what starts with a prefix: the best of each kind, a start at the first word counting more."""

    def __init__(self, entries: Iterable[Completion]) -> None:
        self._entries = list(entries)
        keys = [
            (key, place, start)
            for place, entry in enumerate(self._entries)
            for start, key in enumerate(_starts(entry))
        ]
        keys.sort()
        self._keys = [key for key, _, _ in keys]
        self._places = np.array([place for _, place, _ in keys], np.int32)
        weights = [
            self._entries[place].weight * (LATER_START_WEIGHT if start else 1.0) for _, place, start in keys
        ]
        self._weights = np.array(weights, np.float32)
        kinds = [KINDS.index(self._entries[place].kind) for _, place, _ in keys]
        self._kinds = np.array(kinds, np.int8)
        self.find = lru_cache(MAX_CACHED)(self._find)

    def __len__(self) -> int:
        return len(self._entries)

    def _find(self, prefix: str) -> tuple[Completion, ...]:
        first = bisect.bisect_left(self._keys, prefix)
        last = bisect.bisect_left(self._keys, prefix + "\uffff")
        found: list[Completion] = []
        for number, kind in enumerate(KINDS):
            rows = first + np.flatnonzero(self._kinds[first:last] == number)
            if len(rows) > MAX_TRIED:
                rows = rows[np.argpartition(-self._weights[rows], MAX_TRIED)[:MAX_TRIED]]
            rows = rows[np.argsort(-self._weights[rows], kind="stable")]
            found += self._best(rows.tolist(), QUOTA[kind])
        return tuple(found[:MAX_SUGGESTIONS])

    def _best(self, rows: list[int], quota: int) -> list[Completion]:
        """Take the first ones with different texts."""
        best: dict[str, Completion] = {}
        for row in rows:
            entry = self._entries[self._places[row]]
            best.setdefault(fold(entry.text), entry)
            if len(best) == quota:
                break
        return list(best.values())


def _starts(entry: Completion) -> list[str]:
    words = fold(entry.text).split()
    starts = min(len(words), N_STARTS[entry.kind])
    return [" ".join(words[start:])[:MAX_KEY_CHARACTERS] for start in range(starts)]
