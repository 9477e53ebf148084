"""Cards as ready bytes, least recently used out first: lists are joined, never encoded."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Sequence

from server.core.database import Database
from server.core.json import dumps
from server.core.money import money
from server.features.catalog import queries
from server.features.catalog.domain import slug
from server.features.catalog.drawing_files import MAX_SLUG_CHARACTERS
from server.features.catalog.queries import CardRow

# What an entry costs beside its text: dictionary slot, key, tuple and two headers.
ENTRY_OVERHEAD_BYTES = 250


def image_url(card: CardRow) -> str:
    """Return the photo of a product, or the drawing of its model."""
    if card.image_url is not None:
        return card.image_url
    model = slug(card.model)[:MAX_SLUG_CHARACTERS].rstrip("-") or "-"
    return f"/drawings/v1/{card.category_slug}/{card.brand_slug}/{model}.svg"


def card_content(card: CardRow) -> dict[str, object]:
    """Shape a card for the wire."""
    return {
        "id": str(card.id),
        "title": card.title,
        "brand": {"id": str(card.brand_id), "slug": card.brand_slug, "name": card.brand_name},
        "category": {"id": str(card.category_id), "slug": card.category_slug, "name": card.category_name},
        "condition": card.condition,
        "price": money(card.price_minor, card.currency),
        "inStock": card.is_listed and card.stock > 0,
        "stock": card.stock if card.is_listed else 0,
        "store": {"id": str(card.store_id), "name": card.store_name},
        "imageUrl": image_url(card),
        "viewsCount": card.views_count,
        "version": card.version,
    }


class CardCache:
    """Product id -> card bytes, bounded by bytes, emptied by notifications."""

    def __init__(self, database: Database, max_bytes: int) -> None:
        self._database = database
        self._max_bytes = max_bytes
        self._entries: OrderedDict[int, tuple[bytes, bool]] = OrderedDict()
        self._size_bytes = 0
        self._fetches = 0
        self._generation = 0
        # Ids that changed while a fetch was under way: what it read may be older than the change.
        self._changed_meanwhile: set[int] = set()
        self._cleared_meanwhile = False

    @property
    def size_bytes(self) -> int:
        """What the entries hold, by estimate."""
        return self._size_bytes

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def generation(self) -> int:
        """A number that changes whenever a card is replaced or dropped."""
        return self._generation

    def are_current(self, cards: Iterable[tuple[int, bytes]]) -> bool:
        """Whether these products still have these very cards; they count as used."""
        entries = self._entries
        for product_id, card in cards:
            entry = entries.get(product_id)
            if entry is None or entry[0] is not card:
                return False
            entries.move_to_end(product_id)
        return True

    async def listed(self, product_ids: Sequence[int]) -> list[bytes]:
        """Return the cards of the listed ones of these products, in their order."""
        entries = self._entries
        bodies: list[bytes] = []
        for product_id in product_ids:
            entry = entries.get(product_id)
            if entry is None:
                found = await self.get(product_ids)
                return [found[key] for key in product_ids if key in found]
            entries.move_to_end(product_id)
            if entry[1]:
                bodies.append(entry[0])
        return bodies

    async def get(
        self, product_ids: Sequence[int], *, with_withdrawn: bool = False, patience_s: float | None = None
    ) -> dict[int, bytes]:
        """Return the cards of these products by id; ids that name none are left out.

        All that is missing is read in one statement, for which ``patience_s`` may be shorter than usual.
        """
        found = self.remembered(product_ids, with_withdrawn=with_withdrawn)
        if len(found) < len(product_ids):
            missing = [product_id for product_id in product_ids if product_id not in self._entries]
            if missing:
                async with asyncio.timeout(patience_s):
                    fresh = await self._fetch(missing)
                found |= {key: entry[0] for key, entry in fresh.items() if with_withdrawn or entry[1]}
        return found

    def remembered(self, product_ids: Sequence[int], *, with_withdrawn: bool = False) -> dict[int, bytes]:
        """Return what of these cards is in memory, by id."""
        entries = self._entries
        touch = entries.move_to_end
        found: dict[int, bytes] = {}
        for product_id in product_ids:
            entry = entries.get(product_id)
            if entry is not None:
                touch(product_id)
                if with_withdrawn or entry[1]:
                    found[product_id] = entry[0]
        return found

    async def _fetch(self, product_ids: list[int]) -> dict[int, tuple[bytes, bool]]:
        self._fetches += 1
        try:
            async with self._database.connection() as connection:
                rows = await queries.select_cards(connection, product_ids)
            fresh = {row.id: (dumps(card_content(row)), row.is_listed) for row in rows}
            if not self._cleared_meanwhile:
                for product_id, entry in fresh.items():
                    if product_id not in self._changed_meanwhile:
                        self._put(product_id, entry)
        finally:
            self._fetches -= 1
            if self._fetches == 0:
                self._changed_meanwhile.clear()
                self._cleared_meanwhile = False
        return fresh

    def _put(self, product_id: int, entry: tuple[bytes, bool]) -> None:
        self._drop(product_id)
        self._entries[product_id] = entry
        self._size_bytes += len(entry[0]) + ENTRY_OVERHEAD_BYTES
        while self._size_bytes > self._max_bytes and self._entries:
            self._drop(next(iter(self._entries)))

    def _drop(self, product_id: int) -> None:
        entry = self._entries.pop(product_id, None)
        if entry is not None:
            self._generation += 1
            self._size_bytes -= len(entry[0]) + ENTRY_OVERHEAD_BYTES

    def receive(self, payload: str) -> None:
        """Take a notification: ids of changed products, by commas; anything else means that all may have."""
        try:
            changed = [int(text) for text in payload.split(",")]
        except ValueError:
            self.clear()
            return
        for product_id in changed:
            self._drop(product_id)
            if self._fetches:
                self._changed_meanwhile.add(product_id)

    def clear(self) -> None:
        """Drop everything, because notifications may have been missed."""
        self._entries.clear()
        self._generation += 1
        self._size_bytes = 0
        self._cleared_meanwhile = self._fetches > 0
