"""The rules of a listing: its filters and orders, slugs, price steps, and how popularity decays."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

CONDITIONS = ("new", "excellent", "good", "fair")
SORTS = ("popular", "newest", "price", "-price", "relevance", "for_you")
POPULARITY_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
POPULARITY_HALF_LIFE = timedelta(days=7)
VIEW_PAUSE_S = 30 * 60
# The lower ends of the price facet's steps, in minor units; each reaches to a cent below the next.
PRICE_STEPS_MINOR = (0, 5_000, 10_000, 20_000, 40_000, 80_000, 160_000)


@dataclass(frozen=True, slots=True)
class ListFilters:
    """What a listing is narrowed to. Values within one field are alternatives; fields add up."""

    q: str = ""
    category: tuple[str, ...] = ()
    brand: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    store: tuple[str, ...] = ()
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    min_price_minor: int | None = None
    max_price_minor: int | None = None
    in_stock: bool = False
    sort: str = "popular"

    @property
    def by_default(self) -> ListFilters:
        """The same in the order that a list has by default."""
        return replace(self, sort="relevance" if self.q else "popular")

    @property
    def context(self) -> str:
        """A text that is the same only for the same list in the same order: what a cursor belongs to."""
        return (
            f"products {self.sort} {self.q!r} {self.category} {self.brand} {self.condition} {self.store} "
            f"{self.attributes} {self.min_price_minor} {self.max_price_minor} {self.in_stock}"
        )


@dataclass(frozen=True, slots=True)
class ListRequest:
    """One page of a listing."""

    filters: ListFilters
    limit: int
    cursor: str | None = None
    wants_facets: bool = False
    wants_total: bool = False


@lru_cache(maxsize=16_384)
def slug(name: str) -> str:
    """Write a name for a path: ``"Corvid X2 (Élan)"`` becomes ``corvid-x2-elan``.

    >>> slug("Corvid X2 (Élan)")
    'corvid-x2-elan'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "-"


def half_lives_since_epoch(instant: datetime) -> float:
    """Place an instant on the scale of popularity.

    Popularity is log2 of the sum over all views of ``2 ** half_lives_since_epoch(view)``. Later views weigh
    more instead of earlier ones fading, so the order of two products never changes by time alone and
    nothing has to be recomputed (forward decay, Cormode et al. 2009).

    >>> half_lives_since_epoch(datetime(2026, 1, 15, tzinfo=UTC))
    2.0
    """
    return (instant - POPULARITY_EPOCH) / POPULARITY_HALF_LIFE


def price_step_value(index: int) -> str:
    """Write a step of the price facet for the wire: ``minPrice-maxPrice``, the last one open.

    >>> price_step_value(1), price_step_value(6)
    ('50-99.99', '1600-')
    """
    low = PRICE_STEPS_MINOR[index] // 100
    if index + 1 == len(PRICE_STEPS_MINOR):
        return f"{low}-"
    return f"{low}-{PRICE_STEPS_MINOR[index + 1] // 100 - 1}.99"


def price_step_label(index: int) -> str:
    """Write a step of the price facet for people.

    >>> price_step_label(0), price_step_label(1), price_step_label(6)
    ('Under €50', '€50 to €100', '€1,600 and more')
    """
    low = PRICE_STEPS_MINOR[index] // 100
    if index + 1 == len(PRICE_STEPS_MINOR):
        return f"€{low:,} and more"
    high = PRICE_STEPS_MINOR[index + 1] // 100
    return f"Under €{high:,}" if index == 0 else f"€{low:,} to €{high:,}"


def is_price_step_selected(index: int, filters: ListFilters) -> bool:
    """Whether the price filter is exactly this step."""
    is_last = index + 1 == len(PRICE_STEPS_MINOR)
    high = None if is_last else PRICE_STEPS_MINOR[index + 1] - 1
    low = PRICE_STEPS_MINOR[index]
    wanted_low = filters.min_price_minor or 0
    is_narrowed = filters.min_price_minor is not None or filters.max_price_minor is not None
    return is_narrowed and wanted_low == low and filters.max_price_minor == high
