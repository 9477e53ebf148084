"""What happens to identities, told after the commit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VisitorMerged:
    """A guest logged in: what was learned of the first visitor belongs to the second one now."""

    from_visitor: int
    into_visitor: int
