"""What to show when neither a model nor the database can be asked: what was popular a moment ago."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from server.features.recommendations.domain import Cause, Choice, Rail, unscored
from server.features.recommendations.models import LiveModel

MAX_REMEMBERED = 200


class Shelf(NamedTuple):
    """Where a list was shown."""

    surface: str
    category: str | None = None


class LastResort:
    """Remembers the last lists of what is popular, one per shelf."""

    def __init__(self) -> None:
        self._rails: dict[Shelf, list[Rail]] = {}

    def keep(self, shelf: Shelf, rails: list[Rail]) -> None:
        """Remember what the catalogue has just said."""
        if rails and (shelf in self._rails or len(self._rails) < MAX_REMEMBERED):
            self._rails[shelf] = rails

    def rails(self, shelf: Shelf, model: LiveModel | None, exclude: Container[int]) -> list[Rail]:
        """Return what was said last, or a model's list of what is popular; empty when there is neither.

        What has sold out since is left out where the cards are read, as everywhere.
        """
        kept = self._rails.get(shelf)
        if kept is None:
            rail_id = "popular" if shelf.surface == "home" else shelf.surface
            choices = [] if model is None else self._of_model(model, shelf.category)
            kept = [Rail(rail_id, choices)]
        left = [Rail(rail.id, [c for c in rail.choices if c.product_id not in exclude]) for rail in kept]
        return [rail for rail in left if rail.choices]

    @staticmethod
    def _of_model(model: LiveModel, category: str | None) -> list[Choice]:
        if category is None:
            return list(model.pool("popular"))
        # The surfaces of a category say which; a list of the whole shop would be untrue there.
        slate = model.snapshot.popular(MAX_REMEMBERED, eligible=model.eligible, category=category)
        numbers = zip(slate.item_ids.tolist(), model.models[slate.positions].tolist(), strict=True)
        return unscored(numbers, Cause("popular", (), category))
