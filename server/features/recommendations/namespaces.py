"""The models of other shops: one snapshot per namespace, opened when it is first asked, never our own."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recs import Event, History, RecommenderSnapshot, RecsError, Slate
from server.core.object_store import ObjectStore, StoreAway
from server.core.runtime import Runtime
from server.features.interactions.service import DATABASE_AWAY
from server.features.recommendations import namespace_queries
from server.features.recommendations.opening import UnsoundModel, open_cached

MAX_OPEN = 256
# Products may arrive in many batches; what can be bought is read again this often at most.
REFRESH_PAUSE_S = 2.0
# What was chosen is looked up before it is shown, and some of it may be gone: so many more are chosen.
SPARE = 12
_SETTLED = {int(Event.PURCHASE), int(Event.DISMISS)}
logger = logging.getLogger(__name__)


class PastEvent(NamedTuple):
    """What a user did, with Unix seconds."""

    product_id: int
    event: int
    occurred_s: float


@dataclass(frozen=True, slots=True)
class NamespaceQuestion:
    """What a program wants to know: any of a product, a category and a user's history."""

    now_s: float
    limit: int
    product_id: int | None = None
    category: str | None = None
    history: tuple[PastEvent, ...] = ()


class Pick(NamedTuple):
    """One product that a model chose, and why."""

    product_id: int
    score: float
    kind: str
    evidence: tuple[int, ...]
    category: str | None


@dataclass(frozen=True, slots=True)
class NamespaceAnswer:
    """What a namespace's model chose; nothing without a model or about what it does not know."""

    version: int | None = None
    picks: tuple[Pick, ...] = ()
    is_personalised: bool = False


@dataclass(slots=True, eq=False)
class NamespaceModel:
    """A snapshot that serves one namespace; ``eligible`` tells by position what can be bought."""

    version: int
    snapshot: RecommenderSnapshot
    eligible: NDArray[np.bool_]

    def answer(self, question: NamespaceQuestion) -> NamespaceAnswer:
        """Choose; popular products of the snapshot fill up, and say so."""
        try:
            slate, is_personalised = self._slate(question)
        except RecsError as error:
            logger.info("model %d cannot answer: %s", self.version, error)
            return NamespaceAnswer(self.version)
        return NamespaceAnswer(self.version, _picks(slate, question), is_personalised)

    def _slate(self, question: NamespaceQuestion) -> tuple[Slate, bool]:
        n, category, product_id = question.limit + SPARE, question.category, question.product_id
        if product_id is not None and category is None and not question.history:
            # Raises for a product that is newer than the model.
            return self.snapshot.similar_items(product_id, n, eligible=self.eligible), False
        history = _history(question)
        if not len(history):
            return self.snapshot.popular(n, category=category, eligible=self.eligible), False
        candidates = self.snapshot.score(history)
        slate = candidates.slate(n, eligible=self.eligible, category=category)
        return slate, bool(question.history) and candidates.personalised


def _history(question: NamespaceQuestion) -> History:
    """Join what a user did with the product that is looked at now."""
    events = list(question.history)
    if question.product_id is not None:
        events.append(PastEvent(question.product_id, int(Event.VIEW), question.now_s))
    return History(
        [event.product_id for event in events],
        np.array([event.event for event in events], dtype=np.uint8),
        None,
        np.array([event.occurred_s for event in events], dtype=np.float64),
        question.now_s,
    )


def _picks(slate: Slate, question: NamespaceQuestion) -> tuple[Pick, ...]:
    picks: list[Pick] = []
    rows = zip(slate.item_ids.tolist(), slate.scores.tolist(), slate.reasons, strict=True)
    settled = {event.product_id for event in question.history if event.event in _SETTLED}
    for product_id, score, reason in rows:
        if product_id == question.product_id or product_id in settled:
            continue
        evidence = tuple(int(cited) for cited in reason.item_ids)
        kind: str = reason.kind
        if evidence and evidence == (question.product_id,):
            # Nobody's history speaks here: the product that was asked about does.
            kind = "similar_to"
        picks.append(Pick(product_id, score, kind, evidence, reason.category))
    return tuple(picks)


@dataclass(slots=True)
class _Place:
    """What a worker holds of one namespace."""

    model: NamespaceModel | None = None
    is_stale: bool = True
    refreshed_at: float = float("-inf")
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class NamespaceModels:
    """Holds the models of the namespaces that were asked lately; memory-mapped, shared between workers."""

    def __init__(self, runtime: Runtime, store: ObjectStore) -> None:
        self._runtime = runtime
        self._store = store
        self._places: OrderedDict[int, _Place] = OrderedDict()

    def receive(self, payload: str) -> None:
        """Take a notification: something changed in a namespace."""
        place = self._places.get(int(payload))
        if place is not None:
            place.is_stale = True

    def suspect(self) -> None:
        """Look again everywhere, because notifications may have been missed."""
        for place in self._places.values():
            place.is_stale = True

    async def answer(self, namespace_id: int, question: NamespaceQuestion) -> NamespaceAnswer:
        """Let the model of a namespace choose."""
        model = await self._model(namespace_id)
        return NamespaceAnswer() if model is None else model.answer(question)

    async def _model(self, namespace_id: int) -> NamespaceModel | None:
        place = self._places.get(namespace_id)
        if place is None:
            place = self._places[namespace_id] = _Place()
            if len(self._places) > MAX_OPEN:
                self._places.popitem(last=False)
        self._places.move_to_end(namespace_id)
        if place.is_stale and time.monotonic() - place.refreshed_at >= REFRESH_PAUSE_S:
            async with place.lock:
                if place.is_stale:
                    await self._refresh(namespace_id, place)
        return place.model

    async def _refresh(self, namespace_id: int, place: _Place) -> None:
        """Take over the champion and what can be bought; while that fails, what is known stays."""
        place.is_stale = False
        try:
            async with self._runtime.database.connection() as connection:
                champion = await namespace_queries.select_namespace_champion(connection, namespace_id)
                buyable = None
                if champion is not None:
                    buyable = await namespace_queries.select_buyable(connection, namespace_id)
            if champion is None or buyable is None:
                place.model = None
            elif place.model is None or place.model.version != champion.version:
                snapshot = await asyncio.to_thread(open_cached, self._store, champion.location)
                place.model = NamespaceModel(champion.version, snapshot, _eligible(snapshot, buyable))
            else:
                place.model.eligible = _eligible(place.model.snapshot, buyable)
        except (UnsoundModel, StoreAway, *DATABASE_AWAY) as error:
            place.is_stale = True
            logger.warning("namespace %d keeps what it has: %s", namespace_id, error)
        place.refreshed_at = time.monotonic()


def _eligible(snapshot: RecommenderSnapshot, buyable: NDArray[np.int64]) -> NDArray[np.bool_]:
    eligible = np.zeros(snapshot.n_items, dtype=np.bool_)
    positions = snapshot.vocabulary.positions(buyable.astype(np.int64))
    eligible[positions[positions >= 0]] = True
    return eligible
