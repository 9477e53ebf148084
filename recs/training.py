"""What candidate generators are fitted on."""

from collections.abc import Callable
from dataclasses import dataclass

from recs.catalogue import Catalogue
from recs.interactions import Interactions
from recs.item_features import ItemFeatures


def nothing_described() -> ItemFeatures | None:
    """Return None: no table describes the items."""
    return None


@dataclass(frozen=True, slots=True, eq=False)
class TrainingSet:
    """A closed time window of interactions and the catalogue at its end.

    Attributes
    ----------
    interactions : Interactions
    catalogue : Catalogue
        Aligned with ``interactions.items``.
    described : callable
        Returns what describes the items, or None; called only by generators that learn from it.
    """

    interactions: Interactions
    catalogue: Catalogue
    described: Callable[[], ItemFeatures | None] = nothing_described

    @property
    def n_items(self) -> int:
        """Number of items of the vocabulary."""
        return len(self.interactions.items)
