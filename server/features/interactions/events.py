"""What happens to a visitor's decisions, told after the commit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """A visitor changed what may be known or shown of them."""

    visitor_id: int
