"""How much attention every item got until the fit, kept so that what is counted later can be added."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple, Self

import numpy as np

from recs.arrays import AnyArray, Floats, Mask, Positions, Scores, read_only


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """What the counts mean; saved in the manifest.

    Attributes
    ----------
    as_of : float
        Unix seconds of the moment that they hold for.
    half_life_s, trend_short_s, trend_long_s, trend_prior : float
        As in `PopularityConfig`.
    n_active : int
        Items with any usual weight.
    usual_sum : float
        Sum of all usual weights.
    largest : float
        Largest weight of a listed item, by ``half_life_s``.
    """

    as_of: float
    half_life_s: float
    trend_short_s: float
    trend_long_s: float
    trend_prior: float
    n_active: int
    usual_sum: float
    largest: float


class FreshCounts(NamedTuple):
    """Decayed weights of what happened after the fit, by item.

    Attributes
    ----------
    positions : ndarray of int64, shape (m,)
        Distinct, all inside the vocabulary.
    popular, recent, usual : ndarray of float64, shape (m,)
        Summed weights at ``now_s``, decayed by ``half_life_s``, ``trend_short_s`` and ``trend_long_s``.
    now_s : float
        Unix seconds.
    """

    positions: Positions
    popular: Floats
    recent: Floats
    usual: Floats
    now_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Activity:
    """Decayed weights of every item at the fit: what its popular and trending lists were ranked by.

    Attributes
    ----------
    listed : ndarray of bool, shape (n_items,)
    popular, recent, usual : ndarray of float32, shape (n_items,)
        Decayed by the half-lives of `facts`.
    facts : ActivityFacts
    """

    listed: Mask
    popular: Scores
    recent: Scores
    usual: Scores
    facts: ActivityFacts

    @classmethod
    def of(
        cls,
        counts: tuple[Floats, Floats, Floats],
        listed: Mask,
        parameters: Mapping[str, float],
        as_of: float,
    ) -> Self:
        """Keep what was counted.

        Parameters
        ----------
        counts : tuple of three ndarray of float64, shape (n_items,)
            By ``half_life_s``, ``trend_short_s`` and ``trend_long_s``.
        listed : ndarray of bool, shape (n_items,)
        parameters : mapping of str to float
            Those of a `PopularityConfig`.
        as_of : float
            Unix seconds.

        Returns
        -------
        Activity
        """
        popular, recent, usual = counts
        facts = ActivityFacts(
            as_of=as_of,
            half_life_s=parameters["half_life_s"],
            trend_short_s=parameters["trend_short_s"],
            trend_long_s=parameters["trend_long_s"],
            trend_prior=parameters["trend_prior"],
            n_active=int(np.count_nonzero(usual > 0)),
            usual_sum=float(usual.sum()),
            largest=float(popular[listed].max(initial=0.0)),
        )
        return cls(
            read_only(listed.copy()),
            read_only(popular.astype(np.float32)),
            read_only(recent.astype(np.float32)),
            read_only(usual.astype(np.float32)),
            facts,
        )

    def arrays(self) -> Mapping[str, AnyArray]:
        """Return the arrays to be saved, by short name."""
        return {"listed": self.listed, "popular": self.popular, "recent": self.recent, "usual": self.usual}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, AnyArray], facts: Mapping[str, Any]) -> Self:
        """Rebuild from what `arrays` returned and the manifest says, sharing memory.

        Parameters
        ----------
        arrays : mapping of str to ndarray
        facts : mapping
            `ActivityFacts` as a dict.

        Returns
        -------
        Activity
        """
        return cls(
            read_only(arrays["listed"]),
            read_only(arrays["popular"]),
            read_only(arrays["recent"]),
            read_only(arrays["usual"]),
            ActivityFacts(**facts),
        )

    def facts_as_dict(self) -> dict[str, Any]:
        """Return the facts as JSON values."""
        return asdict(self.facts)


class CurrentActivity:
    """The activity of a moment after the fit: what was counted then, faded, plus what happened since.

    Parameters
    ----------
    activity : Activity
    fresh : FreshCounts

    Notes
    -----
    O(m) for m fresh items; each question O(positions asked for). The same weights as a refit at that moment
    would find, but for items that the snapshot does not know.
    """

    def __init__(self, activity: Activity, fresh: FreshCounts) -> None:
        facts, self._activity, self._fresh = activity.facts, activity, fresh
        age_s = max(0.0, fresh.now_s - facts.as_of)
        self._popular_fade = 2.0 ** (-age_s / facts.half_life_s)
        self._recent_fade = 2.0 ** (-age_s / facts.trend_short_s)
        self._usual_fade = 2.0 ** (-age_s / facts.trend_long_s)
        self._places = {position: place for place, position in enumerate(fresh.positions.tolist())}
        is_first = (activity.usual[fresh.positions] == 0) & (fresh.usual > 0)
        n_active = facts.n_active + int(np.count_nonzero(is_first))
        usual_sum = facts.usual_sum * self._usual_fade + float(fresh.usual.sum())
        mean = usual_sum / facts.trend_long_s / n_active if n_active and usual_sum > 0 else 0.0
        self._prior = facts.trend_prior * mean if mean > 0 else 1.0
        self._largest = max(facts.largest * self._popular_fade, self._largest_of_fresh())

    @property
    def touched(self) -> Positions:
        """Listed items with fresh counts, shape (at most m,)."""
        positions = self._fresh.positions
        touched: Positions = positions[self._activity.listed[positions]]
        return touched

    def popularity(self, positions: Positions) -> Floats:
        """Score items as `popular_of` does.

        Parameters
        ----------
        positions : ndarray of int64, shape (n,)

        Returns
        -------
        ndarray of float64, shape (n,)
            In [0, 1].
        """
        weights = self._activity.popular[positions] * self._popular_fade + self._added(
            self._fresh.popular, positions
        )
        if self._largest <= 0:
            return np.zeros(len(positions))
        shares: Floats = np.log1p(weights) / np.log1p(self._largest)
        return np.minimum(shares, 1.0)

    def trends(self, positions: Positions) -> Floats:
        """Score items as `trending_of` does.

        Parameters
        ----------
        positions : ndarray of int64, shape (n,)

        Returns
        -------
        ndarray of float64, shape (n,)
            Ratios above 1; NaN where there is no trend.
        """
        activity, fresh = self._activity, self._fresh
        recent = activity.recent[positions] * self._recent_fade + self._added(fresh.recent, positions)
        usual = activity.usual[positions] * self._usual_fade + self._added(fresh.usual, positions)
        return self.trends_of(recent, usual)

    def trends_of(self, recent: Floats, usual: Floats) -> Floats:
        """Score weights that belong to no position, such as those of an item that is newer than the fit.

        Parameters
        ----------
        recent, usual : ndarray of float64, shape (n,)
            Weights of this moment.

        Returns
        -------
        ndarray of float64, shape (n,)
            As `trends`.
        """
        facts = self._activity.facts
        often, as_ever = recent / facts.trend_short_s, usual / facts.trend_long_s
        ratios = (often + self._prior) / (as_ever + self._prior)
        return np.where((as_ever > 0) & (ratios > 1.0), ratios, np.nan)

    def _added(self, weights: Floats, positions: Positions) -> Floats:
        found = np.array([self._places.get(position, -1) for position in positions.tolist()], dtype=np.int64)
        added = np.zeros(len(positions))
        added[found >= 0] = weights[found[found >= 0]]
        return added

    def _largest_of_fresh(self) -> float:
        positions = self._fresh.positions
        weights = self._activity.popular[positions] * self._popular_fade + self._fresh.popular
        return float(weights[self._activity.listed[positions]].max(initial=0.0))
