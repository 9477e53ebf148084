"""The rules of a listing: its filters and orders, slugs, price steps, and how popularity decays."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from server.core.money import minor_units, whole_amount

CONDITIONS = ("new", "excellent", "good", "fair")
SORTS = ("popular", "newest", "price", "-price", "relevance", "for_you")
PRICE_SORTS = ("price", "-price")
POPULARITY_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
POPULARITY_HALF_LIFE = timedelta(days=7)
VIEW_PAUSE_S = 30 * 60
# The lower ends of the price facet's steps, in euros; each reaches to a cent below the next.
PRICE_STEPS = (0, 50, 100, 200, 400, 800, 1_600)
# What the steps are multiplied by where a unit buys much less, so that they still part a shelf. These are no
# rates: nothing is converted.
STEP_SCALES = {
    **dict.fromkeys(("CNY", "CZK", "DKK", "HKD", "MXN", "NOK", "SEK", "THB", "TRY", "TWD", "UAH", "ZAR"), 10),
    **dict.fromkeys(("HUF", "INR", "ISK", "JPY", "PHP", "PKR", "RUB"), 100),
    **dict.fromkeys(("ARS", "CLP", "COP", "KRW", "NGN"), 1_000),
    **dict.fromkeys(("IDR", "VND"), 10_000),
}


@dataclass(frozen=True, slots=True)
class ListFilters:
    """What a listing is narrowed to. Values within one field are alternatives; fields add up."""

    q: str = ""
    category: tuple[str, ...] = ()
    brand: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    store: tuple[str, ...] = ()
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    # In hundredths of the currency, whatever its minor unit is; of none in particular, the most frequent one.
    min_price_cents: int | None = None
    max_price_cents: int | None = None
    price_currency: str | None = None
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
            f"{self.attributes} {self.min_price_cents} {self.max_price_cents} {self.in_stock}"
            f"{'' if self.price_currency is None else ' ' + self.price_currency}"
        )

    @property
    def is_about_prices(self) -> bool:
        """Whether prices decide what is listed, or in which order."""
        has_bounds = self.min_price_cents is not None or self.max_price_cents is not None
        return has_bounds or self.sort in PRICE_SORTS


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


@lru_cache(maxsize=256)
def price_steps_minor(currency: str) -> tuple[int, ...]:
    """Return the lower ends of the price facet's steps, in minor units.

    >>> price_steps_minor("USD")[1:3], price_steps_minor("INR")[1:3], price_steps_minor("JPY")[1:3]
    ((5000, 10000), (500000, 1000000), (5000, 10000))
    """
    return tuple(step * minor_units(currency) for step in _steps(currency))


def _steps(currency: str) -> list[int]:
    scale = STEP_SCALES.get(currency, 1)
    return [step * scale for step in PRICE_STEPS]


def price_step_value(index: int, currency: str) -> str:
    """Write a step of the price facet for the wire: ``minPrice-maxPrice``, the last one open.

    >>> price_step_value(1, "EUR"), price_step_value(6, "EUR"), price_step_value(1, "JPY")
    ('50-99.99', '1600-', '5000-9999')
    """
    steps = _steps(currency)
    if index + 1 == len(steps):
        return f"{steps[index]}-"
    cents = "" if minor_units(currency) == 1 else ".99"
    return f"{steps[index]}-{steps[index + 1] - 1}{cents}"


def price_step_label(index: int, currency: str) -> str:
    """Write a step of the price facet for people.

    >>> price_step_label(0, "EUR"), price_step_label(1, "USD"), price_step_label(6, "CHF")
    ('Under €50', '$50 to $100', 'CHF 1,600 and more')
    """
    steps = [whole_amount(step, currency) for step in _steps(currency)]
    if index + 1 == len(steps):
        return f"{steps[index]} and more"
    return f"Under {steps[1]}" if index == 0 else f"{steps[index]} to {steps[index + 1]}"


def bounds_minor(filters: ListFilters, currency: str) -> tuple[int | None, int | None]:
    """Return what a price filter means in the minor units of a currency.

    Of currencies with a finer unit than hundredths, the upper end takes the whole hundredth.

    >>> bounds_minor(ListFilters(min_price_cents=1001, max_price_cents=1999), "JPY")
    (11, 19)
    >>> bounds_minor(ListFilters(min_price_cents=1001, max_price_cents=1999), "KWD")
    (10010, 19999)
    """
    units = minor_units(currency)
    low, high = filters.min_price_cents, filters.max_price_cents
    return (
        None if low is None else -(-low * units // 100),
        None if high is None else ((high + 1) * units - 1) // 100,
    )


def is_price_step_selected(index: int, filters: ListFilters, currency: str) -> bool:
    """Whether the price filter is exactly this step."""
    steps = price_steps_minor(currency)
    low, high = bounds_minor(filters, currency)
    end = None if index + 1 == len(steps) else steps[index + 1] - 1
    is_narrowed = low is not None or high is not None
    return is_narrowed and (low or 0) == steps[index] and high == end
