"""Ordered choices that many visitors are shown the beginning of."""

from __future__ import annotations

from collections.abc import Container, Iterator

from server.features.recommendations.domain import Choice, varied


class Pool:
    """The best of what is the same for many, best first, one per model.

    Most visitors know nothing of its beginning: that is found by two looks at sets, not choice by choice.
    """

    def __init__(self, choices: list[Choice]) -> None:
        self._choices = choices
        self._begins: dict[int, _Part] = {}
        self._rests: dict[tuple[int, int], tuple[_Part, list[Choice]]] = {}

    def __len__(self) -> int:
        return len(self._choices)

    def __iter__(self) -> Iterator[Choice]:
        return iter(self._choices)

    def varied(self, n: int, hidden: Container[int], models: set[int]) -> list[Choice]:
        """Return what `domain.varied` does; the list is shared, and not to be changed."""
        begin = self._begins.get(n)
        if begin is None:
            begin = self._begins[n] = _Part(varied(self._choices, n, (), set()))
        # What is not chosen has no part in the choice: without it the same is chosen, also of few.
        if begin.is_unknown_to(hidden, models):
            models |= begin.models
            return begin.choices
        return varied(self._choices, n, hidden, models)

    def varied_with_rest(
        self, n: int, within: int, hidden: Container[int], models: set[int]
    ) -> tuple[list[Choice], list[Choice]]:
        """Return what `varied` does, and what else of the first ``within`` could be shown beside it."""
        known = self._rests.get((n, within))
        if known is None:
            rest = self._rest(within, (), self._taken(n))
            known = self._rests[n, within] = _Part(self._choices[:within]), rest
        first, rest = known
        is_unknown = first.is_unknown_to(hidden, models)
        chosen = self.varied(n, hidden, models)
        if is_unknown and chosen is self._begins[n].choices:
            return chosen, rest
        return chosen, self._rest(within, hidden, models)

    def _taken(self, n: int) -> set[int]:
        models: set[int] = set()
        self.varied(n, (), models)
        return models

    def _rest(self, within: int, hidden: Container[int], models: set[int]) -> list[Choice]:
        return [c for c in self._choices[:within] if c.model not in models and c.product_id not in hidden]


class _Part:
    """A part of a pool, with what it must not share with what a visitor knows."""

    __slots__ = ("choices", "models", "product_ids")

    def __init__(self, choices: list[Choice]) -> None:
        self.choices = choices
        self.product_ids = frozenset([choice.product_id for choice in choices])
        self.models = frozenset([choice.model for choice in choices])

    def is_unknown_to(self, hidden: Container[int], models: set[int]) -> bool:
        return (
            isinstance(hidden, set | frozenset)
            and self.product_ids.isdisjoint(hidden)
            and self.models.isdisjoint(models)
        )
