"""What a shopper remembers: seen before is less tempting, and in the cart already is not tempting at all."""

from __future__ import annotations

from collections import OrderedDict

SATIATION, SATIATION_FADES = 2.6, 0.75
OWNED = 4.0
RECENT = 50
REMEMBERED = 1_000


class Memory:
    """One person's; it survives a lost cookie, unlike what the shop knows."""

    def __init__(self) -> None:
        self.session = 0
        self._seen: OrderedDict[str, int] = OrderedDict()
        self._carted: set[str] = set()
        self._saved: set[str] = set()

    def see(self, product_id: str) -> None:
        """Remember a product page."""
        self._seen[product_id] = self.session
        self._seen.move_to_end(product_id)
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)

    def put_in_cart(self, product_id: str) -> None:
        """Remember that this is wanted no more."""
        self._carted.add(product_id)

    def save(self, product_id: str) -> None:
        """Remember a favorite."""
        self._saved.add(product_id)

    def has_saved(self, product_id: str) -> bool:
        """Whether it is among the favorites."""
        return product_id in self._saved

    def has_in_cart(self, product_id: str) -> bool:
        """Whether it was put into the cart at some time."""
        return product_id in self._carted

    def weariness(self, product_id: str) -> float:
        """Return how much less tempting a product is than at first sight; fades from session to session."""
        if product_id in self._carted:
            return OWNED
        seen_in = self._seen.get(product_id)
        return 0.0 if seen_in is None else SATIATION * SATIATION_FADES ** (self.session - seen_in)

    def known(self) -> set[str]:
        """Return what a shop that cares would not show again: lately looked at, or in the cart."""
        latest = list(self._seen)[-RECENT:]
        return self._carted.union(latest)
