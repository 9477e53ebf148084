"""What happened since the fit: the place where a shop adds fresh knowledge to a frozen snapshot."""

from typing import Protocol

from recs.activity import FreshCounts
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

    def fresh_counts(self) -> FreshCounts | None:
        """Return what was counted since the fit, or None.

        Returns
        -------
        FreshCounts
            Of some thousands of items at most; decayed by the half-lives that ``Activity.facts`` of the
            snapshot names.
        """
        ...
