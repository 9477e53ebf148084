"""What shoppers turn to since the last fit, as the library takes it: added to what a model has learned."""

from __future__ import annotations

from collections.abc import Callable
from heapq import nlargest
from time import monotonic

import numpy as np

from recs import Contributions, CurrentActivity, FreshCounts, RecommenderSnapshot, Seeds
from server.features.interactions.service import Counts, Transitions

# One visitor alone, or two, decide nothing for the others.
LEAST_VISITORS = 3
# So many more visitors would have had to go elsewhere: a share of few says little.
DAMPING = 10.0
# In the unit of neighbours' similarity: if all went from one product to another, that is 1.
WEIGHT = 1.0
MOST_FOLLOWERS = 20
# Lists that everyone sees are ranked anew after a count, but not for each of them; and as they fade.
RANK_EVERY_S = 0.2
FADE_EVERY_S = 60.0
# However many counts there are, ranking takes at most this share of the time.
MOST_TIME = 0.02


class LiveSteps:
    """The transitions of this worker, by the positions of one model."""

    __slots__ = ("_snapshot", "_transitions")

    def __init__(self, snapshot: RecommenderSnapshot, transitions: Transitions) -> None:
        self._snapshot = snapshot
        self._transitions = transitions

    def transitions(self, seeds: Seeds) -> Contributions | None:
        """Return the share of visitors that went on from each seed to each product."""
        vocabulary = self._snapshot.vocabulary
        left = self._transitions.left_by(vocabulary.ids_at(seeds.positions).tolist(), LEAST_VISITORS)
        product_ids: list[int] = []
        values: list[float] = []
        givers: list[int] = []
        for seed, followers, total in left:
            weight = WEIGHT * float(seeds.weights[seed]) / (total + DAMPING)
            shared = [(n, product_id) for product_id, n in followers.items() if n >= LEAST_VISITORS]
            for n, product_id in nlargest(MOST_FOLLOWERS, shared):
                product_ids.append(product_id)
                values.append(weight * n)
                givers.append(seed)
        if not product_ids:
            return None
        positions = vocabulary.positions(product_ids)
        return Contributions(positions, np.array(values, dtype=np.float32), np.array(givers, dtype=np.int64))

    def fresh_counts(self) -> None:
        """Return nothing: what comes next does not rest on how popular it is."""
        return


class LiveLists:
    """What was counted since the fit of one model: for its lists of what is popular and of what trends."""

    def __init__(
        self, snapshot: RecommenderSnapshot, counts: Counts, now_s: Callable[[], float], since_s: float
    ) -> None:
        self._snapshot = snapshot
        self._counts = counts
        self._now_s = now_s
        self._since_s = since_s
        self._revision = -1
        self._look_at_s = self._old_at_s = 0.0
        self._fresh: FreshCounts | None = None
        self._newer: list[tuple[int, float]] = []

    def are_current(self) -> bool:
        """Whether lists that have been made would come out the same, or it is too early to make others."""
        clock_s = monotonic()
        return clock_s < self._look_at_s or (
            self._counts.revision == self._revision and clock_s < self._old_at_s
        )

    def renew(self) -> None:
        """Sum up what has been counted by now."""
        activity = self._snapshot.parts.activity
        if activity is None:
            return
        facts, now_s = activity.facts, self._now_s()
        self._revision = self._counts.revision
        self._look_at_s, self._old_at_s = monotonic() + RANK_EVERY_S, monotonic() + FADE_EVERY_S
        product_ids, (popular, recent, usual) = self._counts.totals(
            (facts.half_life_s, facts.trend_short_s, facts.trend_long_s),
            since_s=self._since_s,
            now_s=now_s,
            least_visitors=LEAST_VISITORS,
        )
        positions = self._snapshot.vocabulary.positions(product_ids)
        known = positions >= 0
        self._fresh = FreshCounts(positions[known], popular[known], recent[known], usual[known], now_s)
        scores = CurrentActivity(activity, self._fresh).trends_of(recent[~known], usual[~known])
        pairs = zip(product_ids[~known].tolist(), scores.tolist(), strict=True)
        self._newer = [(product_id, score) for product_id, score in pairs if score > 1.0]

    def took(self, seconds: float) -> None:
        """Note what it took to make a list, so that making them does not become what a worker does."""
        self._look_at_s = max(self._look_at_s, monotonic() + seconds / MOST_TIME)

    def newer_trends(self) -> list[tuple[int, float]]:
        """Return products that are newer than the model and trend, with their scores."""
        return self._newer

    def transitions(self, seeds: Seeds) -> None:
        """Return nothing: what everyone sees follows from nothing that one did."""
        del seeds

    def fresh_counts(self) -> FreshCounts | None:
        """Return what was summed up last."""
        return self._fresh
