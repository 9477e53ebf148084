"""What a shopper has decided about being learned from, as rules that need no database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

Scope = Literal["item", "model", "maker", "kind", "owned"]
MAX_EXCLUSIONS = 500
LAST_HOUR_MS = 3_600_000
# Batches that a browser had collected before it was told to forget still arrive for a moment.
GRACE_MS = 30_000
ALWAYS_MS = 0  # nothing that is logged is older: times are clamped to the day before they arrive


class Exclusions(NamedTuple):
    """What must not be recommended: ids of products, numbers of models, ids of brands and of categories."""

    items: frozenset[int] = frozenset()
    models: frozenset[int] = frozenset()
    owned: frozenset[int] = frozenset()
    """Models that the shopper has already: not wanted again, yet no sign of dislike."""
    makers: frozenset[int] = frozenset()
    kinds: frozenset[int] = frozenset()


NO_EXCLUSIONS = Exclusions()
_FIELDS: dict[str, str] = {
    "item": "items",
    "model": "models",
    "owned": "owned",
    "maker": "makers",
    "kind": "kinds",
}


def exclusions_of(rows: Iterable[tuple[str, int]]) -> Exclusions:
    """Collect pairs of scope and target.

    >>> exclusions_of([("maker", 3), ("item", 7), ("maker", 4)]).makers == {3, 4}
    True
    """
    targets: dict[str, set[int]] = {name: set() for name in Exclusions._fields}
    for scope, target in rows:
        targets[_FIELDS[scope]].add(target)
    return Exclusions(**{name: frozenset(found) for name, found in targets.items()})


class Forgetting(NamedTuple):
    """What was forgotten: events that lie within all bounds, given in Unix milliseconds.

    With an ``event_id`` it is that one event. ``received_until_ms`` lies a moment after the wish, so that
    what a browser had collected before is not learned after all.
    """

    occurred_from_ms: int
    occurred_until_ms: int
    received_from_ms: int
    received_until_ms: int
    event_id: str | None = None
    product_id: int | None = None

    def covers(self, product_id: int, occurred_ms: int) -> bool:
        """Whether an event that is not in the database yet is among the forgotten ones."""
        if self.product_id is not None and self.product_id != product_id:
            return False
        first_ms = max(self.occurred_from_ms, self.received_from_ms)
        return first_ms <= occurred_ms <= self.occurred_until_ms


def everything_until(now_ms: int) -> Forgetting:
    """Forget all that has happened."""
    return Forgetting(ALWAYS_MS, now_ms, ALWAYS_MS, now_ms + GRACE_MS)


def last_hour_until(now_ms: int) -> Forgetting:
    """Forget what has happened within the last hour."""
    return everything_until(now_ms)._replace(occurred_from_ms=now_ms - LAST_HOUR_MS)


def pause_until(paused_ms: int, now_ms: int) -> Forgetting:
    """Forget what was received during a pause that has just ended, wherever it still waits."""
    return Forgetting(ALWAYS_MS, now_ms, paused_ms, now_ms)


class Profile(NamedTuple):
    """A visitor's decisions."""

    paused_ms: int | None = None
    is_same_for_everyone: bool = False
    exclusions: Exclusions = NO_EXCLUSIONS
    forgettings: tuple[Forgetting, ...] = ()

    def keeps(self, product_id: int, occurred_ms: int) -> bool:
        """Whether an event that is known in memory only may stay known."""
        if self.paused_ms is not None and occurred_ms >= self.paused_ms:
            return False
        return not any(forgetting.covers(product_id, occurred_ms) for forgetting in self.forgettings)

    def still_forgetting(self, now_ms: int) -> Profile:
        """Drop the forgettings that no event received from now on can fall under."""
        if not self.forgettings:
            return self
        return self._replace(forgettings=tuple(f for f in self.forgettings if f.received_until_ms >= now_ms))


NO_PROFILE = Profile()
