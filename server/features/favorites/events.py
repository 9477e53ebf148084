"""What happens to favorites, told after the commit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FavoriteSaved:
    """A visitor saved a product that was not saved before."""

    visitor_id: int
    product_id: int


@dataclass(frozen=True, slots=True)
class FavoriteRemoved:
    """A visitor removed a saved product."""

    visitor_id: int
    product_id: int
