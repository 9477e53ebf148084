"""Rails that many visitors see, as bytes: kept for as long as the cards that they were joined from."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from server.features.catalog.service import CardCache
from server.features.recommendations.domain import Cause, Rail

# About 5 kB each. What everyone sees takes a few; the rest are the neighbours of what is looked at most.
MAX_RAILS = 512

_Key: TypeAlias = tuple[str, Cause, tuple[int, ...], tuple[bytes, ...]]


@dataclass(slots=True)
class _Encoded:
    body: bytes
    cards: tuple[tuple[int, bytes], ...]
    generation: int


class RailMemory:
    """Encoded rails whose items share one cause, least recently used out first."""

    def __init__(self, cards: CardCache) -> None:
        self._cards = cards
        self._rails: OrderedDict[_Key, _Encoded] = OrderedDict()

    def get(self, rail: Rail) -> bytes | None:
        """Return a rail's bytes while every card that it shows or cites is the one they were made of."""
        if rail.shared_cause is None:
            return None
        key = _key(rail, rail.shared_cause)
        encoded = self._rails.get(key)
        if encoded is None:
            return None
        generation = self._cards.generation
        if encoded.generation != generation:
            # Some card was dropped or replaced; mostly one that is not here.
            if not self._cards.are_current(encoded.cards):
                del self._rails[key]
                return None
            encoded.generation = generation
        self._rails.move_to_end(key)
        return encoded.body

    def keep(self, rail: Rail, cards: Mapping[int, bytes], body: bytes) -> None:
        """Remember a rail that is shown whole, with the cards that it was made of."""
        if rail.shared_cause is None:
            return
        ids = [choice.product_id for choice in rail.choices]
        ids += rail.shared_cause.product_ids
        if any(product_id not in cards for product_id in ids):
            return
        basis = tuple([(product_id, cards[product_id]) for product_id in ids])
        # What was read may be older than a change that the cache has heard of meanwhile.
        if not self._cards.are_current(basis):
            return
        self._rails[_key(rail, rail.shared_cause)] = _Encoded(body, basis, self._cards.generation)
        if len(self._rails) > MAX_RAILS:
            self._rails.popitem(last=False)

    def __len__(self) -> int:
        return len(self._rails)


def _key(rail: Rail, cause: Cause) -> _Key:
    choices = rail.choices
    # By index: a name costs twice as much, and this runs for every rail of every answer.
    return rail.id, cause, tuple([choice[0] for choice in choices]), tuple([choice[2] for choice in choices])
