"""The listings as columns in memory, about 50 bytes each: what filters, orders and counts are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]

# Name, type on the wire of PostgreSQL, type in memory.
LAYOUT = (
    ("id", ">i8", "i8"),
    ("category", ">i8", "i4"),
    ("brand", ">i8", "i4"),
    ("store", ">i8", "i4"),
    ("condition", ">i4", "i1"),
    ("price", ">i8", "i8"),
    ("currency", ">i4", "i4"),
    ("stock", ">i4", "i4"),
    ("version", ">i4", "i4"),
    ("is_listed", ">i4", "?"),
    ("popularity", ">f8", "f8"),
    ("listed_at", ">i4", "i4"),
)
CODED = ("category", "brand", "store")
ENCODED = (*CODED, "currency")


@dataclass(slots=True)
class Codes:
    """Small numbers for the ids of a reference table, in the order of first sight."""

    ids: list[int] = field(default_factory=list)
    of: dict[int, int] = field(default_factory=dict)

    def encode(self, ids: NDArray[Any]) -> NDArray[np.int32]:
        """Return the codes of ids; new ids get the next code."""
        known, inverse = np.unique(ids, return_inverse=True)
        for raw in known.tolist():
            if raw not in self.of:
                self.of[raw] = len(self.ids)
                self.ids.append(raw)
        return np.array([self.of[raw] for raw in known.tolist()], np.int32)[inverse]

    def find(self, ids: Sequence[int]) -> list[int]:
        """Return the codes of those ids that have one."""
        return [self.of[raw] for raw in ids if raw in self.of]


class Columns:
    """Sorted by id; rows that change are overwritten, new ones put in their place."""

    def __init__(self) -> None:
        self.codes = {name: Codes() for name in ENCODED}
        self.arrays: dict[str, NDArray[Any]] = {name: np.empty(0, kind) for name, _, kind in LAYOUT}
        # Per category code: how often the texts or attributes of its listings changed.
        self.changes: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self.arrays["id"])

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.arrays[name]

    def decode(self, packed: Sequence[bytes | None]) -> dict[str, NDArray[Any]]:
        """Read packed columns as they come from the database."""
        fresh: dict[str, NDArray[Any]] = {}
        for (name, wire, kind), data in zip(LAYOUT, packed, strict=True):
            values = np.frombuffer(data or b"", wire)
            fresh[name] = self.codes[name].encode(values) if name in self.codes else values.astype(kind)
        return fresh

    def replace(self, chunks: list[dict[str, NDArray[Any]]]) -> None:
        """Take the whole catalogue, in chunks that are sorted by id."""
        if chunks:
            self.arrays = {name: np.concatenate([chunk[name] for chunk in chunks]) for name, _, _ in LAYOUT}
        else:
            self.arrays = {name: np.empty(0, kind) for name, _, kind in LAYOUT}
        for code in range(len(self.codes["category"].ids)):
            self.changes[code] = self.changes.get(code, 0) + 1

    def merge(self, fresh: dict[str, NDArray[Any]]) -> None:
        """Take rows that are new or changed, sorted by id."""
        ids = self.arrays["id"]
        places = np.searchsorted(ids, fresh["id"])
        is_known = np.zeros(len(places), bool)
        inside = places < len(ids)
        is_known[inside] = ids[places[inside]] == fresh["id"][inside]
        known = places[is_known]
        self._note_changes(fresh, known, is_known)
        # Copied, not written into: a request may be counting in the old arrays.
        for name, _, _ in LAYOUT:
            column = self.arrays[name].copy()
            column[known] = fresh[name][is_known]
            if not is_known.all():
                column = np.insert(column, places[~is_known], fresh[name][~is_known])
            self.arrays[name] = column

    def _note_changes(self, fresh: dict[str, NDArray[Any]], known: Rows, is_known: Mask) -> None:
        before = {name: self.arrays[name][known] for name in ("version", "category", "is_listed")}
        is_new = np.ones(len(is_known), bool)
        is_new[is_known] = np.logical_or.reduce([before[name] != fresh[name][is_known] for name in before])
        touched = [*fresh["category"][is_new].tolist(), *before["category"][is_new[is_known]].tolist()]
        for code in set(touched):
            self.changes[code] = self.changes.get(code, 0) + 1

    def listed_counts(self, name: str) -> dict[int, int]:
        """Count the listings per category, brand or store, by id."""
        codes = self.codes[name].ids
        counts = np.bincount(self.arrays[name][self.arrays["is_listed"]], minlength=len(codes)).tolist()
        return {raw: count for raw, count in zip(codes, counts, strict=True) if count}

    def missing(self, ids: Ids) -> Ids:
        """Return the ids that have no row."""
        return ids[~self.rows_of(ids)[1]]

    def rows_of(self, ids: Ids) -> tuple[Rows, Mask]:
        """Return the rows of ids, and which of them have one; the other rows mean nothing."""
        known = self.arrays["id"]
        if not len(known):
            return np.zeros(len(ids), np.intp), np.zeros(len(ids), bool)
        rows = np.minimum(np.searchsorted(known, ids), len(known) - 1)
        return rows, known[rows] == ids
