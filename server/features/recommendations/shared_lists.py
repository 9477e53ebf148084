"""Lists that are the same for everyone: of one model, and of what was counted and listed since its fit."""

from __future__ import annotations

from time import monotonic
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from recs import RecommenderSnapshot, Slate
from server.features.interactions.service import Assortment
from server.features.recommendations.domain import (
    NEW,
    TRENDING,
    Cause,
    Choice,
    choices_of,
    one_per_model,
)
from server.features.recommendations.live import LiveLists
from server.features.recommendations.pools import Pool

POOL_SIZE = 120
GRADES = 4  # a model is listed in up to four conditions: so much deeper a list of distinct models is cut
_CODES = 1 << 40  # beyond every code of a snapshot

Kind = Literal["trending", "new", "popular"]


class SharedLists:
    """Pools that are made when they are first asked for, and kept for as long as they hold."""

    def __init__(
        self,
        snapshot: RecommenderSnapshot,
        eligible: NDArray[np.bool_],
        models: NDArray[np.int64],
        assortment: Assortment | None,
        live: LiveLists | None,
    ) -> None:
        self._snapshot = snapshot
        self._eligible = eligible
        self._models = models
        self._assortment = assortment
        self._live = live
        self._newest: Pool | None = None
        self._counted: dict[tuple[Kind, str | None], Pool] = {}

    def pool(self, kind: Kind, category: str | None = None) -> Pool:
        """Return the best of a list, one per model; of one category when it is given.

        Kept until stock changes; what is popular and what trends also until something has been counted.
        """
        if kind == "new":
            if self._newest is None:
                self._newest = Pool(one_per_model(self._new(), POOL_SIZE))
            return self._newest
        live, started_s = self._live, monotonic()
        if live is not None and not live.are_current():
            live.renew()
            self._counted.clear()
        pool = self._counted.get((kind, category))
        if pool is None:
            choices = self._popular(category) if kind == "popular" else self._trending()
            pool = self._counted[kind, category] = Pool(one_per_model(choices, POOL_SIZE))
            if live is not None:
                live.took(monotonic() - started_s)
        return pool

    def clear(self) -> None:
        """Make all of them anew: what can be bought has changed."""
        self._newest = None
        self._counted.clear()

    def _new(self) -> list[Choice]:
        newest = self._snapshot.newest(POOL_SIZE * GRADES, eligible=self._eligible)
        choices = described(self._snapshot, self._models, newest)
        if self._assortment is None:
            return choices
        # Newer than all that the snapshot knows, latest first.
        ids = self._assortment.latest_after(int(self._snapshot.item_ids[-1]), POOL_SIZE * GRADES)
        later = [_newer(self._assortment, product_id, b',"score":0', NEW) for product_id in ids.tolist()]
        return later + choices

    def _popular(self, category: str | None) -> list[Choice]:
        slate = self._snapshot.popular(
            POOL_SIZE * GRADES, eligible=self._eligible, category=category, overlay=self._live
        )
        first = self._first_of_models(slate)
        if category is None:
            return described(self._snapshot, self._models, first)
        within = Cause("popular", (), category)
        choices = described(self._snapshot, self._models, first, with_kind=False)
        return [choice._replace(cause=within) for choice in choices]

    def _trending(self) -> list[Choice]:
        slate = self._first_of_models(
            self._snapshot.trending(POOL_SIZE * GRADES, eligible=self._eligible, overlay=self._live)
        )
        choices = described(self._snapshot, self._models, slate)
        ranked = list(zip(slate.scores.tolist(), choices, strict=True))
        assortment = self._assortment
        if self._live is not None and assortment is not None:
            ranked += [
                (score, _newer(assortment, product_id, b',"score":%.6g' % score, TRENDING))
                for product_id, score in self._live.newer_trends()
                if assortment.can_buy(product_id)
            ]
            ranked.sort(key=lambda scored: -scored[0])
        return [choice._replace(cause=TRENDING) for _score, choice in ranked]

    def _first_of_models(self, slate: Slate) -> Slate:
        """Leave out what no pool would keep: describing it costs more than ranking it."""
        _models, firsts = np.unique(self._models[slate.positions], return_index=True)
        kept = np.sort(firsts)[:POOL_SIZE]
        reasons = tuple([slate.reasons[place] for place in kept.tolist()])
        return Slate(
            slate.item_ids[kept], slate.positions[kept], slate.scores[kept], reasons, slate.propensities[kept]
        )


def described(
    snapshot: RecommenderSnapshot, models: NDArray[np.int64], slate: Slate, *, with_kind: bool = True
) -> list[Choice]:
    """Translate a slate whose variety is up to us."""
    attributes = snapshot.parts.attributes
    makers = attributes.brands[slate.positions].tolist()
    kinds = attributes.categories[slate.positions].tolist() if with_kind else [-1] * len(makers)
    return [
        choice._replace(maker=maker, kind=kind)
        for choice, maker, kind in zip(choices_of(slate, models), makers, kinds, strict=True)
    ]


def _newer(assortment: Assortment, product_id: int, score_json: bytes, cause: Cause) -> Choice:
    """Describe a product that the snapshot does not know."""
    # The snapshot has other codes of makers and kinds: what is newer is varied by itself.
    model, maker, kind = assortment.traits(product_id)
    return Choice(product_id, model, score_json, cause, 1.0, maker + _CODES, kind + _CODES)
