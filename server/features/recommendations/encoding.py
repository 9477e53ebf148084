"""From choices to bytes: cards are joined as they lie in the cache, reasons are written once each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import orjson

from server.core.json import dumps
from server.features.recommendations.domain import RAIL_TITLES, Cause, Choice, Rail, Served, reason_text

_IN_STOCK = b'"inStock":true'


@lru_cache(maxsize=4_096)
def title_of(card: bytes) -> str:
    """Return the title that a card shows."""
    title: str = orjson.loads(card)["title"]
    return title


@lru_cache(maxsize=4_096)
def category_of(card: bytes) -> tuple[str, str]:
    """Return slug and name of the category that a card shows."""
    category = orjson.loads(card)["category"]
    return category["slug"], category["name"]


class Encoder:
    """Encodes one answer, given the cards of everything it shows or cites."""

    def __init__(self, cards: Mapping[int, bytes]) -> None:
        self._cards = cards
        self._categories: dict[str, str] = {}
        self._reasons: dict[Cause, bytes] = {}

    def buyable(self, choices: list[Choice]) -> list[Choice]:
        """Leave out what has sold out or been withdrawn since it was chosen."""
        cards = self._cards
        kept = [choice for choice in choices if _IN_STOCK in cards.get(choice.product_id, b"")]
        for choice in kept:
            if choice.cause.category is not None and choice.cause.category not in self._categories:
                # A cause that is limited to a category is one of a product in that category.
                slug, name = category_of(cards[choice.product_id])
                self._categories[slug] = name
        return kept

    def items(self, rail: Rail) -> bytes:
        """Encode the items of a rail."""
        cards, reason = self._cards, self.reason
        if rail.shared_cause is not None:
            shared = self.reason(rail.shared_cause)
            return b",".join(
                [
                    b'{"position":%d,"product":%b,"score":%.6g,"reason":%b}'
                    % (position, cards[choice.product_id], choice.score, shared)
                    for position, choice in enumerate(rail.choices)
                ]
            )
        return b",".join(
            [
                b'{"position":%d,"product":%b,"score":%.6g,"reason":%b}'
                % (position, cards[choice.product_id], choice.score, reason(choice.cause))
                for position, choice in enumerate(rail.choices)
            ]
        )

    def rail(self, rail: Rail) -> bytes:
        """Encode a rail; its reason when all items share one."""
        cause, reason = rail.shared_cause, b""
        title = RAIL_TITLES.get(rail.id, "Picked for you")
        if cause is not None:
            reason = b'"reason":%b,' % self.reason(cause)
            if rail.id == "because":
                title = self._text(cause)
        return b'{"id":%b,"title":%b,%b"items":[%b]}' % (
            dumps(rail.id),
            dumps(title),
            reason,
            self.items(rail),
        )

    def reason(self, cause: Cause) -> bytes:
        """Encode a reason."""
        encoded = self._reasons.get(cause)
        if encoded is None:
            encoded = self._reasons[cause] = dumps(
                {
                    "kind": cause.kind,
                    "productIds": [str(product_id) for product_id in cause.product_ids],
                    "params": self._params(cause),
                    "text": self._text(cause),
                }
            )
        return encoded

    def _params(self, cause: Cause) -> dict[str, object]:
        titles = self._titles(cause)
        params: dict[str, object] = {}
        if titles:
            params = {"title": titles[0], "titles": titles}
        if cause.category is not None:
            params["category"] = self._categories.get(cause.category, cause.category)
        return params

    def _text(self, cause: Cause) -> str:
        category = None
        if cause.category is not None:
            category = self._categories.get(cause.category, cause.category)
        return reason_text(cause, self._titles(cause), category)

    def _titles(self, cause: Cause) -> list[str]:
        return [title_of(self._cards[i]) for i in cause.product_ids if i in self._cards]


def answer(encoder: Encoder, served: Served, slate_id: str) -> bytes:
    """Encode the whole answer; a single list has items instead of rails."""
    version = b"null" if served.model_version is None else b'"%d"' % served.model_version
    head = b'{"slateId":"%b","modelVersion":%b,"personalised":%b,' % (
        slate_id.encode(),
        version,
        b"true" if served.is_personalised else b"false",
    )
    if served.surface == "home":
        return head + b'"rails":[%b]}' % b",".join(encoder.rail(rail) for rail in served.rails)
    items = encoder.items(served.rails[0]) if served.rails else b""
    return head + b'"items":[%b]}' % items
