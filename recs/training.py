"""What candidate generators are fitted on."""

from dataclasses import dataclass

from recs.catalogue import Catalogue
from recs.interactions import Interactions


@dataclass(frozen=True, slots=True, eq=False)
class TrainingSet:
    """A closed time window of interactions and the catalogue at its end.

    Attributes
    ----------
    interactions : Interactions
    catalogue : Catalogue
        Aligned with ``interactions.items``.
    """

    interactions: Interactions
    catalogue: Catalogue

    @property
    def n_items(self) -> int:
        """Number of items of the vocabulary."""
        return len(self.interactions.items)
