"""What a shop shows to anybody: its categories, some listings, what is popular. No hidden channel."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import fmean, median, pstdev
from typing import Any, NamedTuple
from urllib.parse import quote

from scripts.simulate.talk import Talk, get

MOST_LISTINGS = 6_000
PAGE = 100
POPULAR_KEPT = 100


class SurveyError(Exception):
    """The shop did not show what every shop shows."""


class Card(NamedTuple):
    """A listing as a list shows it."""

    id: str
    category: str
    brand: str
    condition: str
    price: float


@dataclass(slots=True)
class Shopfront:
    """Filled by `survey`, kept current by `refresh_popular`."""

    category_names: dict[str, str] = field(default_factory=dict)
    listings: list[Card] = field(default_factory=list)
    listings_in: dict[str, list[Card]] = field(default_factory=dict)
    brands_in: dict[str, dict[str, str]] = field(default_factory=dict)
    """Category to the brands that are listed in it, slug to name."""
    usual_price: dict[str, float] = field(default_factory=dict)
    fame: dict[str, float] = field(default_factory=dict)
    """Listing to how much it was looked at before the run: the logarithm, standardised."""
    category_fame: dict[str, float] = field(default_factory=dict)
    """The same for whole categories: the mean over their listings, standardised."""
    popular: list[Card] = field(default_factory=list)
    popular_in: dict[str, list[Card]] = field(default_factory=dict)

    def price_of(self, category: str) -> float:
        """Return what things of a category usually cost, as far as the survey saw."""
        return self.usual_price.get(category, 100.0)


def card_of(content: dict[str, Any]) -> Card:
    """Read a card."""
    return Card(
        content["id"],
        content["category"]["slug"],
        content["brand"]["slug"],
        content["condition"],
        float(content["price"]["amount"]),
    )


def survey() -> Talk[Shopfront]:
    """Walk through the listings once, the newest of each category first.

    Raises
    ------
    SurveyError
        The shop lists nothing, or answers in another way than a shop does.
    """
    front = Shopfront()
    answer = yield get("/categories")
    if not answer.is_ok:
        raise SurveyError(f"The list of categories answers {answer.status}.")
    stocked = [category for category in answer.content["items"] if category["productsCount"]]
    front.category_names = {category["slug"]: category["name"] for category in stocked}
    share = max(PAGE, MOST_LISTINGS // max(1, len(stocked)))
    views: dict[str, int] = {}
    for slug in front.category_names:
        cards = yield from _listings(front, slug, share, views)
        if cards:
            front.listings_in[slug] = cards
            front.usual_price[slug] = median(card.price for card in cards)
            front.listings += cards
    if not front.listings:
        raise SurveyError("The shop lists nothing: there is nothing to shop for.")
    front.fame = standardised({listing: math.log1p(count) for listing, count in views.items()})
    front.category_fame = standardised(
        {slug: fmean(front.fame[card.id] for card in cards) for slug, cards in front.listings_in.items()}
    )
    yield from refresh_popular(front, list(front.listings_in))
    return front


def standardised(values: dict[str, float]) -> dict[str, float]:
    """Shift and stretch values to mean 0 and spread 1; without any spread all become 0.

    >>> standardised({"a": 3.0, "b": 3.0}), standardised({"a": 0.0, "b": 9.0})
    ({'a': 0.0, 'b': 0.0}, {'a': -1.0, 'b': 1.0})
    """
    mean, spread = fmean(values.values()), pstdev(values.values())
    return {name: (value - mean) / spread if spread else 0.0 for name, value in values.items()}


def _listings(front: Shopfront, slug: str, most: int, views: dict[str, int]) -> Talk[list[Card]]:
    cards: list[Card] = []
    brands: dict[str, str] = {}
    cursor = ""
    while len(cards) < most:
        path = f"/products?category={quote(slug)}&inStock=true&sort=newest&limit={PAGE}{cursor}"
        answer = yield get(path, "/products (survey)")
        if not answer.is_ok:
            raise SurveyError(f"The listings of {slug} answer {answer.status}.")
        for content in answer.content["items"]:
            cards.append(card_of(content))
            views[content["id"]] = content["viewsCount"]
            brands[content["brand"]["slug"]] = content["brand"]["name"]
        if answer.content["nextCursor"] is None:
            break
        cursor = "&cursor=" + quote(answer.content["nextCursor"])
    front.brands_in[slug] = brands
    return cards


def refresh_popular(front: Shopfront, categories: list[str]) -> Talk[None]:
    """Read what is popular now, in the whole shop and in some of its categories."""
    answer = yield get(f"/products/most-popular?limit={POPULAR_KEPT}", "/products/most-popular")
    if answer.is_ok:
        front.popular = _buyable(answer.content)
    for slug in categories:
        path = f"/products?category={quote(slug)}&inStock=true&sort=popular&limit={POPULAR_KEPT}"
        answer = yield get(path, "/products (survey)")
        if answer.is_ok:
            front.popular_in[slug] = _buyable(answer.content)


def _buyable(content: dict[str, Any]) -> list[Card]:
    return [card_of(item) for item in content["items"] if item["inStock"]]
