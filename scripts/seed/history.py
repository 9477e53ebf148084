"""Simulated history: sessions of shoppers over the last weeks, as columns of interactions sorted by time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scripts.seed.shelf import Shelf
from scripts.seed.shoppers import Shoppers

VIEW, CLICK, FAVORITE, CART_ADD, PURCHASE = 1, 2, 3, 4, 5
WEIGHTS = {VIEW: 1.0, CLICK: 1.0, FAVORITE: 3.0, CART_ADD: 4.0, PURCHASE: 6.0}
DAY_S = 86_400.0
# Monday to Sunday, and the hours of a day: people shop in the evening and at the weekend.
WEEK_RHYTHM = np.array([0.9, 0.88, 0.92, 0.98, 1.0, 1.2, 1.35])
HOUR_RHYTHM = np.array(
    [2, 1, 1, 1, 1, 2, 4, 7, 9, 9, 10, 11, 13, 12, 11, 11, 13, 16, 20, 24, 26, 23, 14, 6], float
)
SHARPNESS = 1.6
POSITION_BIAS = 0.4
RISE = 2.2
SAME_MODEL, SAME_MAKER = 1.6, 0.9
VIEWS_PER_SESSION = 4.6


@dataclass(frozen=True, slots=True)
class History:
    """Columns of interactions, oldest first; ``occurred_s`` counts from the start of the history."""

    shopper: NDArray[np.int32]
    item: NDArray[np.int32]
    event_type: NDArray[np.int16]
    occurred_s: NDArray[np.float64]
    position: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.shopper)


class _Tape:
    """Rows as they happen; packed now and then, since a tuple takes five times the memory of its numbers."""

    PACK_AT = 50_000

    def __init__(self) -> None:
        self._loose: list[tuple[int, int, int, float, int]] = []
        self._packed: list[NDArray[np.float64]] = []

    def add(self, shopper: int, item: int, event_type: int, at_s: float, position: int = -1) -> None:
        self._loose.append((shopper, item, event_type, at_s, position))
        if len(self._loose) >= self.PACK_AT:
            self._pack()

    def _pack(self) -> None:
        self._packed.append(np.array(self._loose, dtype=np.float64).reshape(-1, 5))
        self._loose.clear()

    def sorted_until(self, end_s: float) -> History:
        """Everything that happened before ``end_s``, oldest first."""
        self._pack()
        columns = np.concatenate(self._packed)
        columns = columns[columns[:, 3] < end_s]
        columns = columns[np.argsort(columns[:, 3], kind="stable")]
        return History(
            shopper=columns[:, 0].astype(np.int32),
            item=columns[:, 1].astype(np.int32),
            event_type=columns[:, 2].astype(np.int16),
            occurred_s=columns[:, 3].copy(),
            position=columns[:, 4].astype(np.int16),
        )


def simulate_history(
    shelf: Shelf,
    shoppers: Shoppers,
    n_days: int,
    first_weekday: int,
    rng: np.random.Generator,
    advance: Callable[[int], object] = lambda _: None,
) -> History:
    """Let every shopper visit the shop for ``n_days``; ``advance`` is told of each finished shopper."""
    tape = _Tape()
    day_weights = WEEK_RHYTHM[(first_weekday + np.arange(n_days)) % 7]
    for shopper in range(len(shoppers)):
        _Visit(shelf, shoppers, shopper, n_days, rng, tape).all_sessions(day_weights)
        advance(1)
    return tape.sorted_until(n_days * DAY_S)


def expected_per_shopper(n_days: int) -> float:
    """About how many interactions one shopper leaves, for sizing large histories."""
    return 1.45 * n_days / 7 * VIEWS_PER_SESSION * 1.97


class _Visit:
    """The visits of one shopper: memory of what was seen, saved and bought."""

    def __init__(
        self,
        shelf: Shelf,
        shoppers: Shoppers,
        shopper: int,
        n_days: int,
        rng: np.random.Generator,
        tape: _Tape,
    ) -> None:
        self._shelf, self._shoppers, self._shopper = shelf, shoppers, shopper
        self._n_days, self._rng, self._tape = n_days, rng, tape
        self._liking = self._liking_of_everything()
        self._hunger = np.ones(len(shelf.by_category))
        self._saved: list[int] = []
        self._favorites: set[int] = set()
        self._bought: set[int] = set()

    def _liking_of_everything(self) -> NDArray[np.float64]:
        """Utility of every listing for this shopper, without time."""
        shelf, shoppers, me = self._shelf, self._shoppers, self._shopper
        fit: NDArray[np.float64] = (
            shelf.style @ shoppers.taste[me] * 0.6 + shoppers.maker_liking[me][shelf.maker]
        )
        fit += shoppers.grade_liking[me][shelf.grade]
        fit -= 0.9 * np.square(shelf.relative_price - shoppers.price_level[me])
        liking: NDArray[np.float64] = SHARPNESS * fit + shelf.appeal
        return liking

    def all_sessions(self, day_weights: NDArray[np.float64]) -> None:
        """Walk through the days; busier days have more sessions."""
        since = float(self._shoppers.since_day[self._shopper])
        expected = self._shoppers.sessions_per_week[self._shopper] / 7 * day_weights
        n_sessions = self._rng.poisson(expected)
        for day in np.flatnonzero(n_sessions):
            if day < since:
                continue
            for _ in range(int(n_sessions[day])):
                hour = int(np.searchsorted(_HOURS, self._rng.random()))
                self._session((int(day) * 24 + hour) * 3600.0 + float(self._rng.uniform(0, 3600)))

    def _session(self, start_s: float) -> None:
        day = start_s / DAY_S
        category = self._wanted_category(day)
        candidates = self._shelf.by_category[category]
        candidates = candidates[self._shelf.listed_on_day[candidates] <= day]
        if len(candidates) == 0:
            return
        at_s = start_s
        if self._saved and self._rng.random() < 0.18:
            at_s = self._look(self._saved[int(self._rng.integers(len(self._saved)))], category, at_s, -1)
        scores = self._liking[candidates] + RISE * (self._shelf.rises_on_day[candidates] <= day)
        scores = scores - POSITION_BIAS * np.log1p(np.arange(len(candidates)) / 6)
        n_views = 1 + int(self._rng.poisson(VIEWS_PER_SESSION - 1))
        for item, position in self._choose(candidates, scores, n_views):
            at_s = self._look(item, category, at_s, position)

    def _wanted_category(self, day: float) -> int:
        has_drifted = day >= self._shoppers.drifts_on_day[self._shopper]
        interest = self._shoppers.later_interest if has_drifted else self._shoppers.interest
        shares = np.cumsum(interest[self._shopper] * self._hunger)
        return int(np.searchsorted(shares, self._rng.random() * shares[-1]))

    def _choose(
        self, candidates: NDArray[np.int64], scores: NDArray[np.float64], n_views: int
    ) -> list[tuple[int, int]]:
        """Gumbel top-k; the first choice pulls the rest towards its model and maker."""
        noisy = scores + self._rng.gumbel(size=len(scores))
        first = int(np.argmax(noisy))
        if n_views > 1:
            item = candidates[first]
            noisy = noisy + SAME_MODEL * (self._shelf.model[candidates] == self._shelf.model[item])
            noisy = noisy + SAME_MAKER * (self._shelf.maker[candidates] == self._shelf.maker[item])
        noisy[first] = np.inf
        n_views = min(n_views, len(candidates))
        chosen = np.argpartition(-noisy, n_views - 1)[:n_views]
        chosen = chosen[np.argsort(-noisy[chosen])]
        return [(int(candidates[place]), int(place)) for place in chosen]

    def _look(self, item: int, category: int, at_s: float, position: int) -> float:
        """One product page: perhaps clicked to, perhaps saved, carted, bought; returns when it was left."""
        add, me, chance = self._tape.add, self._shopper, self._rng.random(5)
        if position >= 0 and chance[0] < 0.55:
            add(me, item, CLICK, at_s, position % 24)
            at_s += 1.5
        add(me, item, VIEW, at_s)
        stays_s = float(self._rng.exponential(40)) + 4
        keenness = 1 / (1 + np.exp(-0.45 * (self._liking[item] - 1.5)))
        if chance[1] < 0.14 * keenness and item not in self._favorites:
            add(me, item, FAVORITE, at_s + stays_s * 0.4)
            self._favorites.add(item)
            self._saved.append(item)
        if chance[2] < 0.15 * keenness and item not in self._bought:
            add(me, item, CART_ADD, at_s + stays_s * 0.7)
            self._saved.append(item)
            if chance[3] < 0.42:
                self._buy(item, category, at_s + stays_s + 120)
        return at_s + stays_s

    def _buy(self, item: int, category: int, at_s: float) -> None:
        self._tape.add(self._shopper, item, PURCHASE, at_s)
        self._bought.add(item)
        self._saved = [saved for saved in self._saved if saved != item]
        # Who has bought a laptop looks at other things for a while.
        self._hunger[category] *= 0.45


_HOURS = np.cumsum(HOUR_RHYTHM / HOUR_RHYTHM.sum())
