"""What re-rankers know of each item: its category and its brand, as codes by position."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from recs.arrays import AnyArray, Codes, read_only
from recs.errors import InvalidIdsError
from recs.vocabulary import Vocabulary

UNKNOWN_CATEGORY: Final = -2
"""Equal to no item's code: -1 would match the items that have no category."""


@dataclass(frozen=True, slots=True, eq=False)
class ItemAttributes:
    """Category and brand of every item of a snapshot.

    Parameters
    ----------
    categories, brands : ndarray of int32, shape (n_items,)
        Codes into the names; -1 for none.
    category_names, brand_names : Vocabulary
        The names (or ids) as the catalogue gave them; the code is the position.
    """

    categories: Codes
    brands: Codes
    category_names: Vocabulary
    brand_names: Vocabulary

    def category_code(self, category: int | str) -> int:
        """Return the code of a category, or `UNKNOWN_CATEGORY` when no item of the snapshot has it.

        Parameters
        ----------
        category : int or str

        Returns
        -------
        int
        """
        try:
            code = int(self.category_names.positions([category])[0])
        except InvalidIdsError:
            return UNKNOWN_CATEGORY
        return code if code >= 0 else UNKNOWN_CATEGORY

    def arrays(self) -> Mapping[str, AnyArray]:
        """Return the arrays to be saved, by short name."""
        return {
            "categories": self.categories,
            "brands": self.brands,
            "category_names": self.category_names.ids,
            "brand_names": self.brand_names.ids,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, AnyArray]) -> Self:
        """Rebuild the attributes from what `arrays` returned, sharing memory.

        Parameters
        ----------
        arrays : mapping of str to ndarray

        Returns
        -------
        ItemAttributes
        """
        return cls(
            read_only(arrays["categories"]),
            read_only(arrays["brands"]),
            Vocabulary(read_only(arrays["category_names"])),
            Vocabulary(read_only(arrays["brand_names"])),
        )
