"""A shop on a table: answers the simulation's questions the same way every time, without any network."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from scripts.simulate.shopfront import Shopfront, survey
from scripts.simulate.talk import Answer, Ask, Talk

CATEGORIES = ("phones", "cameras", "drones", "speakers")
BRANDS = ("corvid", "magpie", "rook")
CONDITIONS = ("new", "excellent", "good", "fair")
N_LISTINGS = 120
T = TypeVar("T")


def card(number: int) -> dict[str, Any]:
    category, brand = CATEGORIES[number % 4], BRANDS[number % 3]
    return {
        "id": str(number),
        "title": f"{brand} {number}",
        "brand": {"slug": brand, "name": brand.capitalize()},
        "category": {"slug": category, "name": category.capitalize()},
        "condition": CONDITIONS[number // 12 % 4],
        "price": {"amount": f"{50 + 7 * (number % 31)}.00", "currency": "EUR"},
        "inStock": True,
        "viewsCount": int(math.exp(6 - number / 20)),
    }


CARDS = [card(number) for number in range(1, N_LISTINGS + 1)]


def slate(cards: list[dict[str, Any]], version: str | None = "3") -> dict[str, Any]:
    items = [{"position": position, "product": product} for position, product in enumerate(cards)]
    return {"slateId": "slate", "modelVersion": version, "personalised": True, "items": items}


class SimulatedShop:
    """Remembers what it was asked; ``shown`` chooses every slate."""

    def __init__(self, shown: Callable[[Ask], list[dict[str, Any]]] = lambda _: CARDS[:24]) -> None:
        self.asked: list[Ask] = []
        self._shown = shown
        self._n_lines = 0

    def carry(self, talk: Talk[T]) -> T:
        """Talk with one shopper to the end."""
        try:
            ask = next(talk)
            while True:
                self.asked.append(ask)
                ask = talk.send(self.answer(ask))
        except StopIteration as end:
            result: T = end.value
            return result

    def answer(self, ask: Ask) -> Answer:
        parts = urlsplit(ask.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        path = parts.path.removeprefix("/api/v1")
        if path == "/recommendations/home":
            found = slate(self._shown(ask))
            return Answer(200, found | {"rails": [{"id": "for_you", "items": found["items"]}]})
        if path.startswith("/recommendations/"):
            return Answer(200, slate(self._shown(ask)))
        if path == "/categories":
            return Answer(
                200, {"items": [{"slug": slug, "name": slug, "productsCount": 30} for slug in CATEGORIES]}
            )
        if path in {"/products", "/products/most-popular"}:
            wanted = [c for c in CARDS if query.get("category") in {None, c["category"]["slug"]}]
            return Answer(200, {"items": wanted[: int(query.get("limit", 24))], "nextCursor": None})
        if path.startswith("/products/"):
            attributes = [{"key": "colour", "value": "Graphite"}]
            return Answer(200, CARDS[int(path.rsplit("/", 1)[1]) - 1] | {"attributes": attributes})
        return self._write(path)

    def _write(self, path: str) -> Answer:
        if path == "/cart/lines":
            self._n_lines += 1
            lines = [{"id": str(line)} for line in range(max(1, self._n_lines - 6), self._n_lines + 1)]
            return Answer(201, {"lines": lines})
        return Answer(204 if path.startswith("/favorites") else 200, {})


def opened_front() -> Shopfront:
    """Look through the shop as the simulation does."""
    return SimulatedShop().carry(survey())
