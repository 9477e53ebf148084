"""What a shopper's signals say about their taste: the same weights and the same fading that ranking uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from recs import RecencyConfig
from server.features.interactions.service import TellingRow

MOST_TASTES = 6
LOW, MIDDLE, HIGH = 0.15, 0.5, 0.85
_RECENCY = RecencyConfig()


class Taste(NamedTuple):
    """A category or a brand, and its share of all that counts now."""

    slug: str
    name: str
    strength: float


class PriceBand(NamedTuple):
    """Between which prices most of what counts lies, in minor units."""

    currency: str
    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Tastes:
    """What was inferred."""

    categories: list[Taste]
    brands: list[Taste]
    price: PriceBand | None


def weight_now(weight: float, age_s: float) -> float:
    """Return what an event counts today.

    >>> weight_now(4.0, 0.0)
    4.0
    """
    age_s = max(age_s, 0.0)
    short: float = 2.0 ** (-age_s / _RECENCY.short_half_life_s)
    long: float = 2.0 ** (-age_s / _RECENCY.long_half_life_s)
    return weight * (_RECENCY.short_share * short + (1.0 - _RECENCY.short_share) * long)


def tastes_of(rows: Iterable[TellingRow], now_s: float) -> Tastes:
    """Add up what counts now, by category, brand and price."""
    categories: Counter[tuple[str, str]] = Counter()
    brands: Counter[tuple[str, str]] = Counter()
    prices: dict[str, list[tuple[int, float]]] = {}
    for row in rows:
        weight = weight_now(row.weight, now_s - row.occurred_s)
        categories[row.category] += weight  # type: ignore[assignment]  # a Counter adds up any numbers
        brands[row.brand] += weight  # type: ignore[assignment]
        prices.setdefault(row.currency, []).append((row.price_minor, weight))
    return Tastes(_strongest(categories), _strongest(brands), _band(prices))


def _strongest(weights: Counter[tuple[str, str]]) -> list[Taste]:
    total = sum(weights.values())
    ordered = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_TASTES]
    return [Taste(slug, name, round(weight / total, 4)) for (slug, name), weight in ordered if weight > 0]


def _band(prices: dict[str, list[tuple[int, float]]]) -> PriceBand | None:
    """Take the currency that counts most: prices of two currencies do not compare."""
    if not prices:
        return None
    currency = max(sorted(prices), key=lambda code: sum(weight for _price, weight in prices[code]))
    ordered = sorted(prices[currency])
    return PriceBand(currency, *(_quantile(ordered, share) for share in (LOW, MIDDLE, HIGH)))


def _quantile(ordered: Sequence[tuple[int, float]], share: float) -> int:
    limit = share * sum(weight for _price, weight in ordered)
    passed = 0.0
    for price, weight in ordered:
        passed += weight
        if passed >= limit:
            return price
    return ordered[-1][0]
