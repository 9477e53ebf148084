"""What happened since the fit: the place where a shop adds fresh knowledge to a frozen snapshot."""

from typing import Protocol

from recs.arrays import Positions, Scores
from recs.candidates.base import Contributions
from recs.history import Seeds


class Overlay(Protocol):
    """Fresh counts that a caller keeps in memory and passes with a request.

    Positions are those of the snapshot that the request goes to: an overlay belongs to one snapshot.
    Both methods run on the request path and must cost O(seeds), never O(catalogue).
    """

    def transitions(self, seeds: Seeds) -> Contributions | None:
        """Return what recent co-occurrences add to candidates, or None.

        Parameters
        ----------
        seeds : Seeds

        Returns
        -------
        Contributions or None
            Parts in the unit of the blend: multiply by the seed's weight. Cited in reasons as generator
            ``"live"``.
        """
        ...

    def trending_boosts(self) -> tuple[Positions, Scores] | None:
        """Return what live counters add to trending scores, or None.

        Returns
        -------
        positions : ndarray of int64, shape (m,)
            Distinct; m is some hundreds at most.
        boosts : ndarray of float32, shape (m,)
            Added to the trending score of the snapshot.
        """
        ...
