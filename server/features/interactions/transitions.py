"""What followed what since the last fit: counted by visitors in memory, bounded, forgotten at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from server.features.interactions.ledger import Ledger, Uncounted

MAX_STEPS = 10_000
MAX_STEPS_PER_VISITOR = 50

Step = tuple[int, int]
"""A product, and the one that the same visitor turned to next."""
_NOBODY: Mapping[int, int] = MappingProxyType({})


class Transitions(Ledger[Step]):
    """How many visitors went from a product to another; each of them counts once per pair."""

    def __init__(self, max_steps: int = MAX_STEPS, uncounted: Uncounted | None = None) -> None:
        super().__init__(max_steps, MAX_STEPS_PER_VISITOR, uncounted)
        self._followers: dict[int, dict[int, int]] = {}
        self._totals: dict[int, int] = {}

    def note(self, visitor_id: int, step: Step, *, left_ms: int, occurred_ms: int) -> None:
        """Count that a visitor left a product at one moment for another at a later one."""
        self._note(visitor_id, step, occurred_ms, min(left_ms, occurred_ms))

    def restore(self, visitor_id: int, step: Step, occurred_ms: int) -> None:
        """Count a step that the log has."""
        self._restore(visitor_id, step, occurred_ms)

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

    def _products_of(self, key: Step) -> Iterable[int]:
        return key

    def _again(self, before_ms: int, occurred_ms: int) -> int:
        del before_ms
        return occurred_ms

    def _added(self, visitor_id: int, key: Step, occurred_ms: int) -> None:
        del visitor_id, occurred_ms
        before, after = key
        followers = self._followers.setdefault(before, {})
        followers[after] = followers.get(after, 0) + 1
        self._totals[before] = self._totals.get(before, 0) + 1

    def _removed(self, visitor_id: int, key: Step) -> None:
        del visitor_id
        before, after = key
        followers = self._followers[before]
        followers[after] -= 1
        self._totals[before] -= 1
        if not followers[after]:
            del followers[after]
        if not followers:
            del self._followers[before], self._totals[before]

    def _emptied(self) -> None:
        self._followers.clear()
        self._totals.clear()
