"""What happens in carts, told after the commit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineAdded:
    """A visitor put a product into the cart."""

    visitor_id: int
    product_id: int
    quantity: int
