"""From counts to figures: click rates with intervals, over time, by model, by page, around a flip."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.simulate.tally import Outcomes
from scripts.simulate.verdicts import SURFACES

Z95 = 1.96
MIN_SLATES = 20
N_WINDOWS = 36
LEAST_WINDOW_S = 2.0
SLATES = ("served", "popular", "random")
AFTER_FLIP_SHARE, END_SHARE = 0.2, 0.3

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Rate(NamedTuple):
    """A mean with its 95 % interval; the shoppers are the independent ones, not their visits."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The three slates on the same visits, and how far the served one is ahead."""

    label: str
    n_slates: int
    served: Rate
    popular: Rate
    random: Rate
    lead: Rate
    """Served less popular, visit by visit."""
    from_s: float = 0.0
    until_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Recovery:
    """The served slate's lead before a flip of tastes, right after it, and at the end."""

    before: Comparison
    after: Comparison
    end: Comparison


class Table:
    """The outcomes as arrays, with the questions one asks of them."""

    def __init__(self, outcomes: Outcomes) -> None:
        self._at_s: Floats = np.array(outcomes.at_s, dtype=np.float64)
        self._shopper = np.array(outcomes.shopper, dtype=np.int64)
        self._surface = np.array(outcomes.surface, dtype=np.int64)
        self._version = np.array(outcomes.version, dtype=np.int64)
        self._versions = list(outcomes.versions)
        self._flipped: Mask = np.array(outcomes.flipped, dtype=np.bool_)
        self._clicked = {name: np.array(getattr(outcomes, name), dtype=np.float64) for name in SLATES}

    def by_surface(self) -> list[Comparison]:
        """Compare on each surface."""
        return _kept(self._compare(name, self._on(name)) for name in SURFACES)

    def overall(self, surface: str = "home") -> Comparison | None:
        """Compare over the whole run."""
        return self._compare(surface, self._on(surface))

    def over_time(self, duration_s: float, surface: str = "home") -> list[Comparison]:
        """Compare in windows of equal length."""
        width_s = max(LEAST_WINDOW_S, duration_s / N_WINDOWS)
        starts = [number * width_s for number in range(max(1, int(np.ceil(duration_s / width_s))))]
        return _kept(self._between(surface, start, min(start + width_s, duration_s)) for start in starts)

    def by_version(self, surface: str = "home") -> list[Comparison]:
        """Compare per model that served, in the order of their first slate."""
        return _kept(
            self._compare(version or "none", self._on(surface) & (self._version == number))
            for number, version in enumerate(self._versions)
        )

    def first_seen(self) -> list[tuple[float, str]]:
        """Return when each model served its first slate."""
        return [
            (float(self._at_s[self._version == number].min()), version)
            for number, version in enumerate(self._versions)
            if version is not None
        ]

    def recovery(self) -> Recovery | None:
        """Compare before the flip, right after it and at the end; nothing when there is too little to see.

        A shopper's slates count as flipped from the first session with the other taste.
        """
        home = self._on("home")
        unflipped, flipped = np.flatnonzero(home & ~self._flipped), np.flatnonzero(home & self._flipped)
        # Counted in slates: a busy machine would leave few of them in a stretch of time.
        n_after, n_end = int(AFTER_FLIP_SHARE * len(flipped)), int(END_SHARE * len(flipped))
        before = self._rows(unflipped[len(unflipped) - min(n_end, len(unflipped)) :])
        after = self._rows(flipped[:n_after])
        end = self._rows(flipped[len(flipped) - n_end :])
        return None if before is None or after is None or end is None else Recovery(before, after, end)

    def _rows(self, rows: NDArray[np.int64]) -> Comparison | None:
        if len(rows) == 0:
            return None
        chosen = np.zeros(len(self._at_s), dtype=np.bool_)
        chosen[rows] = True
        return self._compare("home", chosen, float(self._at_s[rows[0]]), float(self._at_s[rows[-1]]))

    def _on(self, surface: str) -> Mask:
        on: Mask = self._surface == SURFACES.index(surface)
        return on

    def _between(self, surface: str, from_s: float, until_s: float) -> Comparison | None:
        chosen = self._on(surface) & (self._at_s >= from_s) & (self._at_s < until_s)
        return self._compare(surface, chosen, from_s, until_s)

    def _compare(
        self, label: str, chosen: Mask, from_s: float = 0.0, until_s: float = 0.0
    ) -> Comparison | None:
        n_slates = int(chosen.sum())
        if n_slates < MIN_SLATES:
            return None
        shoppers = self._shopper[chosen]
        served, popular, random = (self._clicked[name][chosen] for name in SLATES)
        return Comparison(
            label,
            n_slates,
            rate(served, shoppers),
            rate(popular, shoppers),
            rate(random, shoppers),
            rate(served - popular, shoppers, least=-1.0),
            from_s,
            until_s,
        )


def _kept(comparisons: Iterable[Comparison | None]) -> list[Comparison]:
    return [comparison for comparison in comparisons if comparison is not None]


def rate(values: Floats, shoppers: NDArray[np.int64], *, least: float = 0.0) -> Rate:
    """Return the mean and its interval, from sums per shopper: visits of one person are alike.

    >>> rate(np.array([1.0, 1.0, 0.0, 0.0]), np.array([1, 1, 2, 2])).mean
    0.5
    """
    _, clusters = np.unique(shoppers, return_inverse=True)
    visits = np.bincount(clusters).astype(np.float64)
    sums = np.bincount(clusters, weights=values)
    mean = float(sums.sum() / visits.sum())
    n_clusters = len(visits)
    if n_clusters < 2:
        return Rate(mean, least, 1.0)
    spread = float(np.square(sums - mean * visits).sum()) * n_clusters / (n_clusters - 1)
    margin = Z95 * float(np.sqrt(spread)) / float(visits.sum())
    return Rate(mean, max(least, mean - margin), min(1.0, mean + margin))
