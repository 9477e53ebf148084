"""What followed what since the last fit: counted by visitors in memory, bounded, forgotten at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

MAX_STEPS = 10_000
MAX_STEPS_PER_VISITOR = 50
MAX_REMARKS = 10_000
# What another worker accepted before it knew of a decision arrives a moment after it.
GRACE_MS = 1_000

Step = tuple[int, int]
"""A product, and the one that the same visitor turned to next."""
_NOBODY: Mapping[int, int] = MappingProxyType({})


class Transitions:
    """How many visitors went from a product to another; each of them counts once per pair.

    Time per step O(1). The steps of the visitors that were here least lately go first.
    """

    def __init__(self, max_steps: int = MAX_STEPS) -> None:
        self._max_steps = max_steps
        self._n_steps = 0
        self._watermark_ms = 0
        # Of each visitor the steps with the time of the latest, least recent visitor first.
        self._steps: OrderedDict[int, dict[Step, int]] = OrderedDict()
        self._followers: dict[int, dict[int, int]] = {}
        self._totals: dict[int, int] = {}
        self._silent_until_ms: OrderedDict[int, int] = OrderedDict()
        self._became: OrderedDict[int, int] = OrderedDict()

    def __len__(self) -> int:
        return self._n_steps

    def note(self, visitor_id: int, step: Step, *, left_ms: int, occurred_ms: int) -> None:
        """Count that a visitor left a product at one moment for another at a later one.

        Not what the model that serves has learned from, nor what the visitor wants forgotten.
        """
        visitor_id = self._became.get(visitor_id, visitor_id)
        if min(left_ms, occurred_ms) <= self._silent_until_ms.get(visitor_id, 0):
            return
        if occurred_ms > self._watermark_ms:
            self._put(visitor_id, step, occurred_ms)

    def followers(self, product_id: int) -> tuple[Mapping[int, int], int]:
        """Return how many visitors went on to which products, and the sum of these numbers."""
        return self._followers.get(product_id, _NOBODY), self._totals.get(product_id, 0)

    def left_by(self, product_ids: Sequence[int], least: int) -> list[tuple[int, Mapping[int, int], int]]:
        """Return the places of products that enough visitors left, with what `followers` says of each."""
        totals, followers = self._totals, self._followers
        return [
            (place, followers[product_id], totals[product_id])
            for place, product_id in enumerate(product_ids)
            if totals.get(product_id, 0) >= least
        ]

    def forget(self, visitor_id: int, now_ms: int) -> None:
        """Take out all steps of a visitor, also those that are still on their way here."""
        visitor_id = self._became.get(visitor_id, visitor_id)
        self._drop(visitor_id)
        _remark(self._silent_until_ms, visitor_id, now_ms + GRACE_MS)

    def merge(self, source_id: int, target_id: int) -> None:
        """Give the steps of one visitor to another, and those that are still on their way too."""
        target_id = self._became.get(target_id, target_id)
        if source_id == target_id:
            return
        _remark(self._became, source_id, target_id)
        silent_ms = max(self._silent_until_ms.get(visitor_id, 0) for visitor_id in (source_id, target_id))
        if silent_ms:
            _remark(self._silent_until_ms, target_id, silent_ms)
        for step, occurred_ms in self._drop(source_id).items():
            if occurred_ms > silent_ms:
                self._put(target_id, step, occurred_ms)

    def learned_until(self, watermark_ms: int) -> None:
        """Take out what happened until then: the model that serves from now on knows it."""
        self._watermark_ms = watermark_ms
        for visitor_id in list(self._steps):
            for step, occurred_ms in list(self._steps[visitor_id].items()):
                if occurred_ms <= watermark_ms:
                    self._take_back(visitor_id, step)

    def clear(self) -> None:
        """Take out everything: somebody may have forgotten something, and we have not heard of it."""
        for known in (self._steps, self._followers, self._totals):
            known.clear()
        self._n_steps = 0

    def _put(self, visitor_id: int, step: Step, occurred_ms: int) -> None:
        mine = self._steps.setdefault(visitor_id, {})
        self._steps.move_to_end(visitor_id)
        if step not in mine:
            before, after = step
            followers = self._followers.setdefault(before, {})
            followers[after] = followers.get(after, 0) + 1
            self._totals[before] = self._totals.get(before, 0) + 1
            self._n_steps += 1
            if len(mine) == MAX_STEPS_PER_VISITOR:
                self._take_back(visitor_id, next(iter(mine)))
        mine[step] = occurred_ms
        while self._n_steps > self._max_steps:
            self._drop(next(iter(self._steps)))

    def _drop(self, visitor_id: int) -> dict[Step, int]:
        dropped = dict(self._steps.get(visitor_id, {}))
        for step in dropped:
            self._take_back(visitor_id, step)
        return dropped

    def _take_back(self, visitor_id: int, step: Step) -> None:
        mine = self._steps[visitor_id]
        del mine[step]
        if not mine:
            del self._steps[visitor_id]
        before, after = step
        followers = self._followers[before]
        followers[after] -= 1
        self._totals[before] -= 1
        self._n_steps -= 1
        if not followers[after]:
            del followers[after]
        if not followers:
            del self._followers[before], self._totals[before]


def _remark(remarks: OrderedDict[int, int], visitor_id: int, remark: int) -> None:
    remarks[visitor_id] = remark
    remarks.move_to_end(visitor_id)
    if len(remarks) > MAX_REMARKS:
        remarks.popitem(last=False)
