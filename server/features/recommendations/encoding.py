"""From choices to bytes: cards are joined as they lie in the cache, reasons are written once each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import orjson

from server.core.json import dumps
from server.features.recommendations.domain import RAIL_TITLES, Cause, Choice, Rail, reason_text

MAX_ITEMS = 128
MAX_KNOWN = 8_192
_IN_STOCK = b'"inStock":true'
_FIRST = b'{"position":0,"product":'
_OPENINGS = (_FIRST, *(b'},{"position":%d,"product":' % position for position in range(1, MAX_ITEMS)))


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


def _told(cause: Cause, titles: list[str], category: str | None) -> tuple[bytes, bytes]:
    """Return a reason, and its text alone, as JSON."""
    text = reason_text(cause, titles, category)
    params: dict[str, object] = {}
    if titles:
        params = {"title": titles[0], "titles": titles}
    if category is not None:
        params["category"] = category
    reason = {
        "kind": cause.kind,
        "productIds": [str(product_id) for product_id in cause.product_ids],
        "params": params,
        "text": text,
    }
    return dumps(reason), dumps(text)


# What was told of a cause, with the cards that it was read from: they are compared, not hashed.
_known: dict[Cause, tuple[tuple[bytes, ...], tuple[bytes, bytes]]] = {}


class Encoder:
    """Encodes one answer, given the cards of everything it shows or cites."""

    def __init__(self, cards: Mapping[int, bytes]) -> None:
        self.cards = cards
        self._reasons: dict[Cause, bytes] = {}

    def items(self, rail: Rail) -> tuple[Rail, list[bytes]]:
        """Encode the items of a rail, without what has sold out or been withdrawn since it was chosen.

        Returns the rail as it is shown, and the pieces of its items; no pieces without items.
        """
        cards, reasons = self.cards, self._reasons
        pieces: list[bytes] = []
        kept: list[Choice] = []
        last, reason = None, b""
        for choice in rail.choices:
            product_id, _model, score_json, cause, _propensity, _maker, _kind = choice
            card = cards.get(product_id)
            if card is None or _IN_STOCK not in card:
                continue
            if cause is not last:
                last, reason = cause, reasons.get(cause, b"")
                if not reason:
                    reason = reasons[cause] = b',"reason":' + self._tell(cause, card)[0]
            pieces += (_OPENINGS[len(kept)], card, score_json, reason)
            kept.append(choice)
        if kept:
            pieces.append(b"}")
        return (rail if len(kept) == len(rail.choices) else Rail(rail.id, kept)), pieces

    def rail(self, rail: Rail) -> tuple[Rail, list[bytes]]:
        """Encode a rail, with its reason when all items share one; no pieces when nothing is left of it."""
        rail, items = self.items(rail)
        if not items:
            return rail, []
        reason, text = b"", _RAIL_TITLES.get(rail.id, _OTHER_TITLE)
        if rail.shared_cause is not None:
            told, because = self._tell(rail.shared_cause, items[1])
            reason = b'"reason":%b,' % told
            if rail.id == "because":
                text = because
        head = b'{"id":"%b","title":%b,%b"items":[' % (rail.id.encode(), text, reason)
        return rail, [head, *items, b"]}"]

    def _tell(self, cause: Cause, card: bytes) -> tuple[bytes, bytes]:
        """Tell a cause; one that is limited to a category is shown on products of that category."""
        cards = self.cards
        cited = [cards[i] for i in cause.product_ids if i in cards]
        basis = tuple(cited) if cause.category is None else (*cited, card)
        known = _known.get(cause)
        if known is not None and known[0] == basis:
            return known[1]
        category = None if cause.category is None else category_of(card)[1]
        told = _told(cause, [title_of(product) for product in cited], category)
        if len(_known) >= MAX_KNOWN:
            _known.clear()
        _known[cause] = basis, told
        return told


_RAIL_TITLES = {rail_id: dumps(title) for rail_id, title in RAIL_TITLES.items()}
_OTHER_TITLE = dumps("Picked for you")


def encoded_rails(
    encoder: Encoder,
    rails: list[Rail],
    known: Sequence[bytes | None],
    keep: Callable[[Rail, Mapping[int, bytes], bytes], None],
) -> tuple[list[Rail], list[bytes]]:
    """Encode the rails of home; returns them as they are shown, and the pieces of the answer's tail.

    ``known`` holds the bytes of rails that need no encoding; ``keep`` is given those that are shown whole.
    """
    pieces: list[bytes] = []
    shown: list[Rail] = []
    for rail, known_body in zip(rails, known, strict=True):
        kept, body = rail, known_body
        if body is None:
            kept, items = encoder.rail(rail)
            if not items:
                continue
            body = b"".join(items)
            if kept is rail:
                keep(rail, encoder.cards, body)
        pieces += (b"," if shown else b'"rails":[', body)
        shown.append(kept)
    return shown, [*(pieces or [b'"rails":[']), b"]}"]


def encoded_items(encoder: Encoder, rails: list[Rail]) -> tuple[list[Rail], list[bytes]]:
    """Encode the items of the one rail of an answer, as `encoded_rails` does."""
    pieces: list[bytes] = []
    shown: list[Rail] = []
    for rail in rails:
        kept, items = encoder.items(rail)
        if items:
            pieces += (b"," if shown else b'"items":[', *items)
            shown.append(kept)
    return shown, [*(pieces or [b'"items":[']), b"]}"]


def head(
    slate_id: str, model_version: int | None, *, is_personalised: bool, note: tuple[str, str] | None = None
) -> bytes:
    """Encode what stands before the rails or items."""
    return b'{"slateId":"%b","modelVersion":%b,"personalised":%b,%b' % (
        slate_id.encode(),
        b"null" if model_version is None else b'"%d"' % model_version,
        b"true" if is_personalised else b"false",
        b"" if note is None else b'"note":%b,"noteCode":%b,' % (dumps(note[0]), dumps(note[1])),
    )
