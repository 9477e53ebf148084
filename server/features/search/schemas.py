"""What search puts on the wire."""

from __future__ import annotations

from typing import Literal

from server.core.wire import WireModel


class SuggestionOut(WireModel):
    """One completion of what was typed; ``id`` is a slug of a category or brand, or a product's id."""

    kind: Literal["query", "category", "brand", "product"]
    text: str
    id: str | None = None
    repaired_from: str | None = None


class SuggestionsOut(WireModel):
    """Completions, best first."""

    suggestions: list[SuggestionOut]


class SuggestQuery(WireModel):
    """What was typed so far."""

    q: str | None = None
