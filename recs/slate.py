"""What a snapshot answers with: item ids, their scores, and a true reason for each."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from recs.arrays import AnyArray, Positions, Scores

ReasonKind = Literal[
    "because_you_viewed",
    "because_you_saved",
    "because_in_cart",
    "similar_to",
    "for_you",
    "popular",
    "trending",
    "new",
    "buy_again",
]


class Reason(NamedTuple):
    """Why one item stands in a slate.

    Attributes
    ----------
    kind : str
        One of `ReasonKind`.
    item_ids : tuple of int or str
        The evidence: history items without which this item would score lower, strongest first. Empty for
        kinds that rest on everybody's behaviour.
    contribution : float
        The part of the score that the evidence (or the popularity) gives; same unit as ``Slate.scores``.
    generator : str
        The candidate generator that gave the strongest part.
    category : str or None
        Set when a popularity was restricted to one category.
    """

    kind: ReasonKind
    item_ids: tuple[int | str, ...]
    contribution: float
    generator: str
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Slate:
    """An ordered list of items, best first.

    Attributes
    ----------
    item_ids : ndarray of int64 or str, shape (n,)
    positions : ndarray of int64, shape (n,)
        The same items as positions of the snapshot that answered.
    scores : ndarray of float32, shape (n,)
        Unitless, comparable within one snapshot and method only. Re-ranking may leave them out of order.
    reasons : tuple of Reason, length n
    propensities : ndarray of float32, shape (n,)
        Probability with which the policy put this item in this place: 1 unless the place explores.
    unknown_ids : tuple
        Items of the history that the snapshot does not know and has ignored.
    """

    item_ids: AnyArray
    positions: Positions
    scores: Scores
    reasons: tuple[Reason, ...]
    propensities: Scores
    unknown_ids: tuple[int | str, ...] = ()

    def __len__(self) -> int:
        return len(self.reasons)
