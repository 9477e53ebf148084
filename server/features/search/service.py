"""What other features use of search."""

from __future__ import annotations

from typing import cast

from quart import Quart, current_app

from server.core.runtime import EXTENSION, Runtime
from server.features.search.currencies import is_mixed
from server.features.search.engine import Matches, Scales, Search
from server.features.search.facets import AttributeCounts, FacetCounts
from server.features.search.index_queries import SEARCH_CHANNEL
from server.features.search.ordering import FoundPage, first_page
from server.features.search.price_order import page_by_price
from server.features.search.relaxing import Relaxation, nearest_relaxations
from server.features.search.selection import Selection

__all__ = [
    "AttributeCounts",
    "FacetCounts",
    "FoundPage",
    "Matches",
    "Relaxation",
    "Scales",
    "Search",
    "Selection",
    "first_page",
    "install_search",
    "installed_search",
    "is_mixed",
    "nearest_relaxations",
    "page_by_price",
    "search",
]

SEARCH = "jackdaw_search"


def install_search(app: Quart, scales: Scales) -> Search:
    """Create the worker's search; the catalogue decides its scales."""
    shared: Runtime = app.extensions[EXTENSION]
    installed = app.extensions[SEARCH] = Search(shared.database, scales)
    shared.listener.subscribe(SEARCH_CHANNEL, installed.learn_again)
    shared.listener.on_gap(installed.forget)
    return installed


def installed_search(app: Quart) -> Search:
    """Return the search of an application."""
    return cast("Search", app.extensions[SEARCH])


def search() -> Search:
    """Return the search of the application that handles the current request."""
    return cast("Search", current_app.extensions[SEARCH])
