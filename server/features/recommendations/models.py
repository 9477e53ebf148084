"""The model that serves: opened off the event loop, checked, then swapped in by one assignment."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recs import RecommenderSnapshot, RecsError, Slate
from server.core.object_store import ObjectStore, StoreAway
from server.core.runtime import Runtime
from server.core.telemetry import counter, gauge
from server.features.experiments.service import SLOW_S
from server.features.interactions.service import Assortment, Counts
from server.features.recommendations import model_queries
from server.features.recommendations.domain import Cause, Choice, choices_of, one_per_model
from server.features.recommendations.live import LiveLists
from server.features.recommendations.model_queries import ModelRow
from server.features.recommendations.opening import UnsoundModel, check_stored, open_cached
from server.features.recommendations.pools import Pool
from server.features.recommendations.shared_lists import Kind, SharedLists, described

logger = logging.getLogger(__name__)
_version = gauge("model_version", "Version of the model that serves; 0 for none.")
_unreadable = counter("models_unreadable_total", "Stored models that could not be opened.")


NEIGHBOURS = 70  # a rail of 8 is full even after all 50 interactions of a visitor are left out
MAX_NEIGHBOUR_LISTS = 2_000
MAX_OWN = 20_000
RETRY_S = 5.0
# One slow answer is a busy machine; as many in a row are a model that is too large for it.
SLOW_ANSWERS = 3
REST_S = 10.0


@dataclass(slots=True, eq=False)
class LiveModel:
    """A snapshot that serves, with what the shop knows of each position.

    ``eligible`` tells what can be bought, ``models`` which listings are grades of the same brand and model.
    """

    version: int
    snapshot: RecommenderSnapshot
    eligible: NDArray[np.bool_]
    models: NDArray[np.int64]
    trained_until: datetime | None
    stale_at_s: float = math.inf
    assortment: Assortment | None = None
    """Knows what was listed after the fit."""
    live: LiveLists | None = None
    """Knows what was counted after the fit."""
    _slow_in_a_row: int = 0
    _rests_until_s: float = 0.0
    _lists: SharedLists = field(init=False)
    _neighbours: dict[Cause, Pool] = field(default_factory=dict)
    _own: dict[int, Choice | None] = field(default_factory=dict)
    has_repeats: bool = field(init=False)
    """Whether there is anything that buyers come back for."""

    def __post_init__(self) -> None:
        self._lists = SharedLists(self.snapshot, self.eligible, self.models, self.assortment, self.live)
        parts = self.snapshot.parts
        self.has_repeats = bool((parts.repeat_rates >= parts.serving.min_repeat_rate).any())

    def rests_at(self, clock_s: float) -> bool:
        """Whether it has been too slow lately; by the clock that `note_time` is told."""
        return clock_s < self._rests_until_s

    def note_time(self, started_s: float, ended_s: float) -> None:
        """Note how long an answer took: after several slow ones it rests, because the next would be too."""
        if ended_s - started_s <= SLOW_S:
            self._slow_in_a_row = 0
            return
        self._slow_in_a_row += 1
        if self._slow_in_a_row >= SLOW_ANSWERS:
            self._slow_in_a_row = 0
            self._rests_until_s = ended_s + REST_S
            logger.warning("model %d rests for %.0f s: it is too slow", self.version, REST_S)

    def pool(self, kind: Kind, category: str | None = None) -> Pool:
        """Return the best of what is the same for everyone, one per model."""
        return self._lists.pool(kind, category)

    def own(self, product_id: int) -> Choice | None:
        """Return what somebody looked at as something to go on with; ``None`` when it cannot be bought."""
        try:
            return self._own[product_id]
        except KeyError:
            if len(self._own) >= MAX_OWN:
                self._own.clear()
            own = self._own[product_id] = self._find_own(product_id)
            return own

    def _find_own(self, product_id: int) -> Choice | None:
        (position,) = self.snapshot.vocabulary.positions([product_id]).tolist()
        if position >= 0:
            model = int(self.models[position]) if self.eligible[position] else None
        else:
            # Newer than the model.
            model = self.assortment.model_to_buy(product_id) if self.assortment is not None else None
        if model is None:
            return None
        return Choice(
            product_id, model, b',"score":1', Cause("because_you_viewed", (product_id,), is_own=True)
        )

    def choices_of(self, slate: Slate) -> list[Choice]:
        """Translate a slate of the snapshot."""
        return choices_of(slate, self.models)

    def neighbours(self, cause: Cause) -> Pool:
        """Return what goes with the one product of a cause and can be bought; kept until stock changes.

        Best first, one per model, other grades of the product itself left out: its own page shows those.
        """
        known = self._neighbours.get(cause)
        if known is None:
            if len(self._neighbours) >= MAX_NEIGHBOUR_LISTS:
                self._neighbours.clear()
            known = self._neighbours[cause] = Pool(self._find_neighbours(cause))
        return known

    def _find_neighbours(self, cause: Cause) -> list[Choice]:
        product_id = cause.product_ids[0]
        try:
            slate = self.snapshot.similar_items(product_id, n=NEIGHBOURS, eligible=self.eligible)
        except RecsError:
            return []
        # Popular ones that fill the list up do not rest on the product.
        # What goes with a camera may well be cameras only; that it is of one maker only is less likely meant.
        choices = described(self.snapshot, self.models, slate, with_kind=False)
        related = [choice for choice in choices if choice.cause.kind == "similar_to"]
        told = [choice._replace(cause=cause) for choice in related]
        return one_per_model(told, NEIGHBOURS, models=self.models_of([product_id]))

    def models_of(self, product_ids: Iterable[int]) -> set[int]:
        """Return the models of these products; products that the snapshot does not know have none."""
        positions = self.snapshot.vocabulary.positions(list(product_ids))
        return self.models_at(positions[positions >= 0])

    def models_at(self, positions: NDArray[np.int64]) -> set[int]:
        """Return the models at these positions of the snapshot."""
        return set(self.models.take(positions).tolist())

    def follow(
        self, product_ids: NDArray[np.int64], buyable: NDArray[np.bool_], models: NDArray[np.int64]
    ) -> None:
        """Take over which of these products can be bought, and which are the same model."""
        positions = self.snapshot.vocabulary.positions(product_ids)
        is_known = positions >= 0
        self.eligible[positions[is_known]] = buyable[is_known]
        self.models[positions[is_known]] = models[is_known]
        self._lists.clear()
        self._neighbours.clear()
        self._own.clear()


def _nobody_cares(_version: int, _reason: str) -> None:
    return None


def _nobody_waits(_trained_until: datetime | None) -> None:
    return None


class ModelHolder:
    """Holds the current model; readers take the reference once per request."""

    def __init__(self, runtime: Runtime, store: ObjectStore, assortment: Assortment, counts: Counts) -> None:
        self._runtime = runtime
        self._store = store
        self._assortment = assortment
        self._counts = counts
        self._changed = asyncio.Event()
        self._refreshing = asyncio.Lock()
        self._refused: set[int] = set()
        self._wanted: int | None = None
        self.current: LiveModel | None = None
        self.challenger: LiveModel | None = None
        self.condemn: Callable[[int, str], None] = _nobody_cares
        self.learned: Callable[[datetime | None], None] = _nobody_waits
        """Told until when the champion has learned, whenever there is another one."""
        assortment.on_change(self._follow_assortment)

    def receive(self, _payload: str) -> None:
        """Take a notification: another champion."""
        self._changed.set()

    def suspect(self) -> None:
        """Look again, because notifications may have been missed."""
        self._changed.set()

    async def follow(self) -> None:
        """Refresh now and whenever there may be another champion."""
        while True:
            self._changed.clear()
            pause_s = None if await self.refresh() else RETRY_S
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), pause_s)

    def want_challenger(self, version: int | None) -> None:
        """Keep this model open beside the champion; ``None`` lets it go."""
        self._wanted = version
        if version is None:
            self.challenger = None
        self._changed.set()

    async def refresh(self) -> bool:
        """Swap in the champion; with files that cannot be trusted, the last good one stays or comes.

        Returns whether another look is pointless before something changes.
        """
        async with self._refreshing:
            return await self._refresh()

    async def _refresh(self) -> bool:
        wanted, challenger = self._wanted, None
        async with self._runtime.database.connection() as connection:
            rows = await model_queries.select_good_models(connection)
            if wanted is not None and (self.challenger is None or self.challenger.version != wanted):
                challenger = await model_queries.select_model(connection, version=wanted)
        try:
            await self._refresh_champion(rows)
            if challenger is not None and challenger.version not in self._refused:
                opened = await self._open(challenger)
                if self._wanted == wanted:
                    self.challenger = opened
        except StoreAway as error:
            logger.warning("a model has to wait: %s", error)
            return False
        return True

    async def _refresh_champion(self, rows: list[ModelRow]) -> None:
        if not rows or (self.current is not None and rows[0].version == self.current.version):
            return
        # Only the champion replaces a model that serves; a worker without one takes the best it finds.
        for row in rows if self.current is None else rows[:1]:
            if row.version in self._refused:
                continue
            model = await self._open(row)
            if model is not None:
                self.current = model
                self.learned(model.trained_until)
                _version.set(model.version)
                logger.info("serving model %d", model.version)
                return

    async def _open(self, row: ModelRow) -> LiveModel | None:
        try:
            snapshot = await asyncio.to_thread(open_cached, self._store, str(row.location))
        except UnsoundModel as error:
            self._refused.add(row.version)
            _unreadable.inc()
            logger.error("model %d is refused: %s", row.version, error)  # noqa: TRY400 - the text says it all
            self.condemn(row.version, str(error))
            return None
        ids, assortment = np.asarray(snapshot.item_ids), self._assortment
        return LiveModel(
            row.version,
            snapshot,
            assortment.buyable(ids),
            assortment.models(ids),
            row.trained_until,
            self._stale_at_s(row.trained_until),
            assortment,
            self._live(snapshot, row.trained_until),
        )

    def _live(self, snapshot: RecommenderSnapshot, trained_until: datetime | None) -> LiveLists | None:
        if snapshot.parts.activity is None or trained_until is None:
            return None
        clock = self._runtime.clock
        return LiveLists(snapshot, self._counts, lambda: clock.now().timestamp(), trained_until.timestamp())

    def _stale_at_s(self, trained_until: datetime | None) -> float:
        if trained_until is None:
            return math.inf
        return trained_until.timestamp() + self._runtime.settings.model_max_age_s

    async def check_stored(self, row: ModelRow) -> None:
        """Try what the store holds of a model, off the event loop.

        Raises
        ------
        UnsoundModel, StoreAway
        """
        await asyncio.to_thread(check_stored, self._store, str(row.location))

    def trust_again(self, version: int) -> None:
        """Open a model at the next occasion even if that failed before."""
        self._refused.discard(version)

    def _follow_assortment(self, product_ids: NDArray[np.int64]) -> None:
        assortment = self._assortment
        for model in (self.current, self.challenger):
            if model is not None:
                model.follow(product_ids, assortment.buyable(product_ids), assortment.models(product_ids))

    def readiness(self) -> dict[str, Any]:
        """Say which model serves and how old it is; a shop without a model is ready, if not personal."""
        model = self.current
        if model is None or model.trained_until is None:
            return {"ok": True, "version": None}
        age = self._runtime.clock.now() - model.trained_until
        return {"ok": True, "version": str(model.version), "ageSeconds": round(age.total_seconds())}
