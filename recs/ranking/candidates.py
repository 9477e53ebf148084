"""One scoring pass that several rails slice without scoring again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from recs.arrays import AnyArray, Mask, Scores
from recs.errors import UnknownItemError
from recs.history import Seeds
from recs.parts import SnapshotParts
from recs.ranking.blend import Blend
from recs.ranking.diversity import DiversityConfig
from recs.ranking.exploration import Exploration
from recs.ranking.order import best_first
from recs.ranking.reasons import KIND_BY_EVENT
from recs.ranking.selection import Distinct, Request, personal_slate, slate_of
from recs.slate import Reason, Slate


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Scored candidates of one history: made by `RecommenderSnapshot.score`, cut into slates here.

    Attributes
    ----------
    parts : SnapshotParts
    seeds : Seeds
    blend : Blend

    Notes
    -----
    Rails that must not repeat each other pass the ids already shown as `exclude`.
    """

    parts: SnapshotParts
    seeds: Seeds
    blend: Blend

    @property
    def personalised(self) -> bool:
        """Whether any history item supports any candidate."""
        return bool((self.blend.support > 0).any())

    @property
    def unknown_ids(self) -> tuple[int | str, ...]:
        """History items that the snapshot does not know."""
        return self.seeds.unknown_ids

    @property
    def seed_ids(self) -> AnyArray:
        """Ids of the known, counting history items, shape (n_seeds,), in id order."""
        return self.parts.vocabulary.ids_at(self.seeds.positions)

    @property
    def seed_weights(self) -> Scores:
        """What each of `seed_ids` weighs now, shape (n_seeds,)."""
        return self.seeds.weights

    def slate(
        self,
        n: int = 12,
        *,
        eligible: Mask | None = None,
        exclude: Iterable[Any] | AnyArray = (),
        category: int | str | None = None,
        include_history: bool = False,
        diversity: DiversityConfig | None = None,
        exploration: Exploration | None = None,
        distinct: Distinct | None = None,
    ) -> Slate:
        """Cut the best n items that qualify.

        Parameters
        ----------
        n : int, at least 1
        eligible : ndarray of bool, shape (n_items,), optional
            By position; only indexed, so the caller may keep and change one array.
        exclude : iterable of int or str
            Ids that must not appear. Unknown ones are ignored.
        category : int or str, optional
            Only items of this category; a category that the snapshot does not know gives an empty slate.
        include_history : bool
            Whether items of the history may appear. Dismissed items are part of the history.
        diversity : DiversityConfig, optional
            Default: the snapshot's.
        exploration : Exploration, optional
            Give the last places to little-known items; their propensity is written down.
        distinct : Distinct, optional
            At most one item of each group, and none of the groups that are taken.

        Returns
        -------
        Slate
            Exactly n items while as many qualify: popular ones fill up.

        Raises
        ------
        InvalidCountError, InvalidEligibleError, InvalidIdsError

        Notes
        -----
        About 50 us for n = 12.
        """
        request = Request.checked(self.parts, n, eligible, exclude, category, distinct)
        if not include_history:
            request.blocked.update(self.seeds.blocked.tolist())
        chosen = self.parts.serving.diversity if diversity is None else diversity
        return personal_slate(self.parts, self.blend, self.seeds, request, chosen, exploration)

    def because(
        self,
        n: int = 12,
        *,
        seed_id: int | str | None = None,
        eligible: Mask | None = None,
        exclude: Iterable[Any] | AnyArray = (),
    ) -> Slate:
        """Cut a rail that rests on one history item alone.

        Parameters
        ----------
        n : int, at least 1
        seed_id : int or str, optional
            Default: the seed that weighs most now.
        eligible : ndarray of bool, shape (n_items,), optional
        exclude : iterable of int or str

        Returns
        -------
        Slate
            Every reason cites the seed. May hold fewer than n items, and is empty without a known history:
            filling up would not be true.

        Raises
        ------
        UnknownItemError
            `seed_id` is not among `seed_ids`.
        InvalidCountError, InvalidEligibleError, InvalidIdsError
        """
        request = Request.checked(self.parts, n, eligible, exclude, None)
        request.blocked.update(self.seeds.blocked.tolist())
        if len(self.seeds) == 0:
            return slate_of(self.parts, [], [], [], unknown_ids=self.unknown_ids)
        seed = int(self.seeds.weights.argmax()) if seed_id is None else self._seed_index(seed_id)
        candidates, given, sources = self._given_by(seed)
        cited = self.seed_ids[seed : seed + 1].tolist()[0]
        kind = KIND_BY_EVENT.get(int(self.seeds.events[seed]), "similar_to")
        positions: list[int] = []
        scores: list[float] = []
        reasons: list[Reason] = []
        for index in best_first(given).tolist():
            position = int(self.blend.positions[candidates[index]])
            if position in request.blocked or (eligible is not None and not eligible[position]):
                continue
            positions.append(position)
            scores.append(float(given[index]))
            reasons.append(Reason(kind, (cited,), scores[-1], self.blend.generator_of(int(sources[index]))))
            if len(positions) == request.n:
                break
        return slate_of(self.parts, positions, scores, reasons, unknown_ids=self.unknown_ids)

    def _seed_index(self, seed_id: int | str) -> int:
        position = int(self.parts.vocabulary.positions([seed_id])[0])
        index = int(self.seeds.positions.searchsorted(position))
        if position < 0 or index == len(self.seeds) or self.seeds.positions[index] != position:
            raise UnknownItemError(seed_id)
        return index

    def _given_by(self, seed: int) -> tuple[AnyArray, Scores, AnyArray]:
        places = np.flatnonzero(self.blend.seeds == seed)
        contributions = self.blend.order[places]
        candidates = self.blend.starts.searchsorted(places, side="right") - 1
        values = self.blend.values[places]
        # Several generators may name the same candidate for one seed: sum, and cite the first of them.
        distinct, first, inverse = np.unique(candidates, return_index=True, return_inverse=True)
        totals = np.bincount(inverse, weights=values, minlength=distinct.shape[0]).astype(np.float32)
        positive = totals > 0
        return distinct[positive], totals[positive], contributions[first][positive]
