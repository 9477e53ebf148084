"""What visitors did since the last fit, each fact once per visitor: bounded, and forgotten at once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

MAX_REMARKS = 10_000
# What another worker accepted before it knew of a decision arrives a moment after it.
GRACE_MS = 1_000

Key = TypeVar("Key")


class Uncounted:
    """Whose facts count for nobody else: of visitors who paused, and of owners at their own listings."""

    def __init__(self) -> None:
        self.paused: set[int] = set()
        self.is_own: Callable[[int, int], bool] = lambda _visitor_id, _product_id: False
        """Whether a visitor owns the store of a product."""


class Ledger(ABC, Generic[Key]):
    """Facts by visitor with a time each. Time per fact O(1); who was here least lately goes first."""

    def __init__(self, max_facts: int, max_per_visitor: int, uncounted: Uncounted | None = None) -> None:
        self._max_facts = max_facts
        self._max_per_visitor = max_per_visitor
        self._uncounted = uncounted or Uncounted()
        self._n_facts = 0
        self._watermark_ms = 0
        # Of each visitor the facts with their time, least recent visitor first.
        self._facts: OrderedDict[int, dict[Key, int]] = OrderedDict()
        self._silent_until_ms: OrderedDict[int, int] = OrderedDict()
        self._became: OrderedDict[int, int] = OrderedDict()
        self.revision = 0
        """Changes whenever the facts do."""

    def __len__(self) -> int:
        return self._n_facts

    def forget(self, visitor_id: int, now_ms: int) -> None:
        """Take out all facts of a visitor, also those that are still on their way here."""
        self.silence(visitor_id, now_ms + GRACE_MS)

    def silence(self, visitor_id: int, until_ms: int) -> None:
        """Take out all facts of a visitor, and take none that happened until then."""
        visitor_id = self._became.get(visitor_id, visitor_id)
        self._drop(visitor_id)
        _remark(self._silent_until_ms, visitor_id, max(until_ms, self._silent_until_ms.get(visitor_id, 0)))

    def merge(self, source_id: int, target_id: int) -> None:
        """Give the facts of one visitor to another, and those that are still on their way too."""
        target_id = self._became.get(target_id, target_id)
        if source_id == target_id:
            return
        _remark(self._became, source_id, target_id)
        silent_ms = max(self._silent_until_ms.get(visitor_id, 0) for visitor_id in (source_id, target_id))
        if silent_ms:
            _remark(self._silent_until_ms, target_id, silent_ms)
        for key, occurred_ms in self._drop(source_id).items():
            if occurred_ms > silent_ms:
                self._put(target_id, key, occurred_ms)

    def learned_until(self, watermark_ms: int) -> None:
        """Take out what happened until then: the model that serves from now on knows it."""
        self._watermark_ms = watermark_ms
        facts = [(who, key, ms) for who, mine in self._facts.items() for key, ms in mine.items()]
        newer = [fact for fact in facts if fact[2] > watermark_ms]
        if 2 * len(newer) < len(facts):
            # Mostly a model knows nearly all: to take that out one by one would hold up requests.
            self.clear()
            for fact in newer:
                self._put(*fact)
            return
        for who, key, occurred_ms in facts:
            if occurred_ms <= watermark_ms:
                self._take_back(who, key)

    def clear(self) -> None:
        """Take out everything: somebody may have forgotten something, and we have not heard of it."""
        self._facts.clear()
        self._n_facts = 0
        self.revision += 1
        self._emptied()

    def _restore(self, visitor_id: int, key: Key, occurred_ms: int) -> None:
        """Take a fact that stands in the log after all that the visitor has decided."""
        if occurred_ms > self._watermark_ms:
            self._put(self._became.get(visitor_id, visitor_id), key, occurred_ms)

    def _note(self, visitor_id: int, key: Key, occurred_ms: int, first_ms: int) -> None:
        """Take a fact that rests on things from ``first_ms`` on.

        Not what the model that serves has learned from, nor what the visitor wants forgotten.
        """
        visitor_id = self._became.get(visitor_id, visitor_id)
        if first_ms > self._silent_until_ms.get(visitor_id, 0) and occurred_ms > self._watermark_ms:
            self._put(visitor_id, key, occurred_ms)

    def _put(self, visitor_id: int, key: Key, occurred_ms: int) -> None:
        uncounted = self._uncounted
        if visitor_id in uncounted.paused:
            return
        for product_id in self._products_of(key):
            if uncounted.is_own(visitor_id, product_id):
                return
        mine = self._facts.setdefault(visitor_id, {})
        self._facts.move_to_end(visitor_id)
        before_ms = mine.get(key)
        if before_ms is not None:
            mine[key] = self._again(before_ms, occurred_ms)
            return
        if len(mine) == self._max_per_visitor:
            # Leaves at least one fact: the visitor stays.
            self._take_back(visitor_id, next(iter(mine)))
        mine[key] = occurred_ms
        self._n_facts += 1
        self.revision += 1
        self._added(visitor_id, key, occurred_ms)
        while self._n_facts > self._max_facts:
            self._drop(next(iter(self._facts)))

    def _drop(self, visitor_id: int) -> dict[Key, int]:
        dropped = dict(self._facts.get(visitor_id, {}))
        for key in dropped:
            self._take_back(visitor_id, key)
        return dropped

    def _take_back(self, visitor_id: int, key: Key) -> None:
        mine = self._facts[visitor_id]
        del mine[key]
        if not mine:
            del self._facts[visitor_id]
        self._n_facts -= 1
        self.revision += 1
        self._removed(visitor_id, key)

    @abstractmethod
    def _products_of(self, key: Key) -> Iterable[int]:
        """Return the products that a fact counts for."""

    @abstractmethod
    def _again(self, before_ms: int, occurred_ms: int) -> int:
        """Return when a fact happened that happened twice."""

    @abstractmethod
    def _added(self, visitor_id: int, key: Key, occurred_ms: int) -> None:
        """Count a fact that was not known."""

    @abstractmethod
    def _removed(self, visitor_id: int, key: Key) -> None:
        """Count a fact no more."""

    @abstractmethod
    def _emptied(self) -> None:
        """Count nothing any more."""


def _remark(remarks: OrderedDict[int, int], visitor_id: int, remark: int) -> None:
    remarks[visitor_id] = remark
    remarks.move_to_end(visitor_id)
    if len(remarks) > MAX_REMARKS:
        remarks.popitem(last=False)
