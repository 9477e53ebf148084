"""Counts of lists that are kept for a few seconds."""

from __future__ import annotations

from dataclasses import replace

from server.core.remembered import Remembered
from server.features.catalog.domain import ListFilters

MAX_AGE_S = 5.0


class CountsCache:
    """Total and facets of a list as ready bytes: the same for all its pages and orders."""

    def __init__(self) -> None:
        self._remembered = Remembered(MAX_AGE_S, max_entries=2_048)

    def get(self, filters: ListFilters) -> tuple[int, bytes] | None:
        """Return total and facets when they were counted just now."""
        found: tuple[int, bytes] | None = self._remembered.get(_key(filters))
        return found

    def put(self, filters: ListFilters, total: int, facets: bytes) -> None:
        """Keep what was counted."""
        self._remembered.put(_key(filters), (total, facets))

    def clear(self) -> None:
        """Count again at the next request."""
        self._remembered.clear()


def _key(filters: ListFilters) -> ListFilters:
    # Only with words does the order decide what is listed: relevance also shows what has some of them.
    if filters.q and filters.sort == "relevance":
        return filters
    return replace(filters, sort="")
