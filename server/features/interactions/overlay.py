"""What visitors did lately, in memory: the next slate knows the last click, whichever worker took it."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Container, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recs import Event
from server.features.interactions.counts import Counts
from server.features.interactions.domain import WEIGHTS, Interaction
from server.features.interactions.ledger import Uncounted
from server.features.interactions.profiles import NO_PROFILE, Profile
from server.features.interactions.transitions import Transitions

RECENT = 50
_CAPACITY = 2 * RECENT
MAX_VISITORS = 10_000
_IMPRESSION = int(Event.IMPRESSION)
_PURCHASE = int(Event.PURCHASE)
_SETTLED = frozenset({_PURCHASE, int(Event.DISMISS)})
_NOBODY_SAID = frozenset[int]()
_TELLING = frozenset(
    int(event) for event in (Event.VIEW, Event.CLICK, Event.FAVORITE, Event.CART_ADD, Event.PURCHASE)
)
# What comes later follows from something else.
SESSION_S = 1_800.0


class Recent(NamedTuple):
    """The latest interactions of a visitor, oldest first, as columns of at most 50 rows."""

    product_ids: NDArray[np.int64]
    events: NDArray[np.uint8]
    weights: NDArray[np.float32]
    times_s: NDArray[np.float64]
    settled: frozenset[int] | set[int]
    """Products that were bought or dismissed, ever: never recommended as something new."""
    profile: Profile = NO_PROFILE
    unwanted: Container[int] = frozenset()
    """Products that the visitor excluded; filled in by whoever knows the assortment."""
    bought: Collection[int] = frozenset()
    """Products that were bought, ever, and not dismissed since."""


NOTHING = Recent(
    np.empty(0, dtype=np.int64),
    np.empty(0, dtype=np.uint8),
    np.empty(0, dtype=np.float32),
    np.empty(0, dtype=np.float64),
    frozenset(),
)

Done = tuple[int, int, int]
"""Product, event code, Unix milliseconds."""
StoredEvent = tuple[int, int, float, float]
"""Product, event code, weight, Unix seconds."""


class Ring:
    """The last 50 interactions of one visitor in preallocated columns; views of them cost nothing."""

    __slots__ = (
        "_end",
        "_events",
        "_product_ids",
        "_times_s",
        "_weights",
        "bought",
        "is_loaded",
        "profile",
        "settled",
    )

    def __init__(self) -> None:
        self._product_ids = np.empty(_CAPACITY, dtype=np.int64)
        self._events = np.empty(_CAPACITY, dtype=np.uint8)
        self._weights = np.empty(_CAPACITY, dtype=np.float32)
        self._times_s = np.empty(_CAPACITY, dtype=np.float64)
        self._end = 0
        self.settled: set[int] = set()
        self.bought: set[int] = set()
        self.profile = NO_PROFILE
        self.is_loaded = False
        """Whether the stored history is in: until then only what this process has seen."""

    def append(self, product_id: int, event: int, weight: float, time_s: float) -> None:
        """Add one interaction; the oldest falls out."""
        end = self._end
        if end == _CAPACITY:
            for column in (self._product_ids, self._events, self._weights, self._times_s):
                column[:RECENT] = column[RECENT:]
            end = RECENT
        self._product_ids[end] = product_id
        self._events[end] = event
        self._weights[end] = weight
        self._times_s[end] = time_s
        self._end = end + 1
        if event in _SETTLED:
            self.settled.add(product_id)
            if event == _PURCHASE:
                self.bought.add(product_id)
            else:
                self.bought.discard(product_id)

    def latest(self) -> Done | None:
        """Return the latest row."""
        last = self._end - 1
        if last < 0:
            return None
        occurred_ms = round(float(self._times_s[last]) * 1e3)
        return int(self._product_ids[last]), int(self._events[last]), occurred_ms

    def columns(self) -> Recent:
        """Return views of the latest rows; they are good until the next append."""
        rows = slice(max(0, self._end - RECENT), self._end)
        return Recent(
            self._product_ids[rows],
            self._events[rows],
            self._weights[rows],
            self._times_s[rows],
            self.settled,
            self.profile,
            _NOBODY_SAID,
            self.bought,
        )

    def rows(self) -> list[StoredEvent]:
        """Return the rows as Python values."""
        columns = self.columns()
        return list(
            zip(
                columns.product_ids.tolist(),
                columns.events.tolist(),
                columns.weights.tolist(),
                columns.times_s.tolist(),
                strict=True,
            )
        )

    def blend(
        self, stored: Iterable[StoredEvent], settled: Iterable[int], bought: Iterable[int] = ()
    ) -> None:
        """Merge other rows in, in order of time; the same event from two sources counts once."""
        # Stored weights are float32: an event is told by product, type and millisecond.
        merged = {(row[0], row[1], round(row[3] * 1e3)): row for row in [*stored, *self.rows()]}
        self._end = 0
        self.bought.update(bought)
        for row in sorted(merged.values(), key=lambda row: row[3])[-RECENT:]:
            self.append(*row)
        self.settled.update(settled)

    def keep_only(self, profile: Profile) -> None:
        """Take over what the visitor decided, and drop the rows that may not be known any more."""
        self.profile = profile
        if profile.paused_ms is None and not profile.forgettings:
            return
        kept = [row for row in self.rows() if profile.keeps(row[0], round(row[3] * 1e3))]
        self.settled, self.bought = set(), set()
        self._end = 0
        for row in kept:
            self.append(*row)


class Overlay:
    """Rings of the visitors that were here lately, the least recent forgotten first."""

    def __init__(
        self, max_visitors: int = MAX_VISITORS, now_ms: Callable[[], int] = lambda: int(time.time() * 1e3)
    ) -> None:
        self._rings: OrderedDict[int, Ring] = OrderedDict()
        self._max_visitors = max_visitors
        self._now_ms = now_ms
        self.sequence = 0
        """Number of events applied so far; slates carry it, so that one can tell what they knew."""
        self.revision = 0
        """Changes whenever what was read from the database before may be out of date."""
        self.uncounted = Uncounted()
        self.transitions = Transitions(uncounted=self.uncounted)
        self.counts = Counts(uncounted=self.uncounted)
        self._ledgers = (self.transitions, self.counts)
        self.on_doubt: Callable[[int], None] = lambda _visitor_id: None
        """Told of a visitor whose decisions, or whose past, are not what they were."""

    def apply(self, visitor_id: int, interactions: Iterable[Interaction]) -> None:
        """Take interactions in, also of a visitor whose stored history is not here yet.

        Impressions change no history: they say what was shown, not what was liked.
        """
        ring = self._ring(visitor_id)
        for event in interactions:
            self.sequence += 1
            if event.event != _IMPRESSION and self._may_know(ring, event):
                done = (event.product_id, event.event, event.occurred_ms)
                latest = ring.latest()
                if latest is not None and _leads_to(latest, done):
                    step = (latest[0], event.product_id)
                    self.transitions.note(visitor_id, step, left_ms=latest[2], occurred_ms=event.occurred_ms)
                self.counts.note(visitor_id, *done)
                ring.append(event.product_id, event.event, event.weight, event.occurred_ms / 1e3)

    def replay(self, visitor_id: int, stored: Sequence[Done]) -> None:
        """Take in what the log has of a visitor since the last fit, in the order in which it was received.

        What is known already counts once.
        """
        latest: Done | None = None
        for done in stored:
            if latest is not None and _leads_to(latest, done):
                self.transitions.restore(visitor_id, (latest[0], done[0]), done[2])
            self.counts.restore(visitor_id, *done)
            latest = done
        if latest is None or latest[2] < self._now_ms() - SESSION_S * 1e3:
            return
        ring = self._ring(visitor_id)
        if ring.latest() is None:
            # What follows from here, of a visitor whose history is not here yet.
            product_id, event, occurred_ms = latest
            ring.append(product_id, event, WEIGHTS.get(event, 0.0), occurred_ms / 1e3)

    def _may_know(self, ring: Ring, event: Interaction) -> bool:
        """Whether the visitor's decisions allow it; what is not loaded yet is looked through when it is."""
        profile = ring.profile
        if not ring.is_loaded or (profile.paused_ms is None and not profile.forgettings):
            return True
        return profile.still_forgetting(self._now_ms()).keeps(event.product_id, event.occurred_ms)

    def is_paused(self, visitor_id: int) -> bool:
        """Whether this worker knows for sure that nothing may be logged of a visitor."""
        ring = self._rings.get(visitor_id)
        return ring is not None and ring.is_loaded and ring.profile.paused_ms is not None

    def suspect(self, visitor_id: int) -> None:
        """Have a visitor's history and decisions read again: they changed them, here or elsewhere."""
        self.revision += 1
        for ledger in self._ledgers:
            ledger.forget(visitor_id, self._now_ms())
        self.on_doubt(visitor_id)
        ring = self._rings.get(visitor_id)
        if ring is not None:
            ring.is_loaded = False

    def merge(self, source_id: int, target_id: int) -> None:
        """Give the history of one visitor to another: a guest has logged in."""
        self.sequence += 1
        self.revision += 1
        for ledger in self._ledgers:
            ledger.merge(source_id, target_id)
        self.on_doubt(target_id)
        source = self._rings.pop(source_id, None)
        target = self._ring(target_id)
        if source is not None:
            target.blend(source.rows(), source.settled, source.bought)
        # Whatever of the guest's history only the database knows comes with the next load.
        target.is_loaded = False

    def recent(self, visitor_id: int) -> Recent | None:
        """Return a visitor's history, or ``None`` when the stored part must be loaded first."""
        ring = self._rings.get(visitor_id)
        if ring is None or not ring.is_loaded:
            return None
        self._rings.move_to_end(visitor_id)
        return ring.columns()

    def known_part(self, visitor_id: int) -> Recent:
        """Return what this process has seen of a visitor, for moments without a database."""
        ring = self._rings.get(visitor_id)
        return NOTHING if ring is None else ring.columns()

    def load(
        self,
        visitor_id: int,
        stored: Iterable[StoredEvent],
        settled: Iterable[int],
        profile: Profile = NO_PROFILE,
        bought: Iterable[int] = (),
    ) -> Recent:
        """Put the stored history under what has been seen meanwhile and may stay known."""
        ring = self._ring(visitor_id)
        ring.keep_only(profile)
        ring.blend(stored, settled, bought)
        ring.profile = profile.still_forgetting(self._now_ms())
        ring.is_loaded = True
        return ring.columns()

    def forget(self) -> None:
        """Distrust every ring, because events of other workers may have been missed; keep what they hold."""
        self.revision += 1
        for ledger in self._ledgers:
            ledger.clear()
        for ring in self._rings.values():
            ring.is_loaded = False

    def silence(self, visitor_id: int, until_ms: int) -> None:
        """Count nothing that a visitor did until then."""
        for ledger in self._ledgers:
            ledger.silence(visitor_id, until_ms)

    def learned_until(self, watermark_ms: int) -> None:
        """Count no more what the model that serves from now on knows."""
        for ledger in self._ledgers:
            ledger.learned_until(watermark_ms)

    def _ring(self, visitor_id: int) -> Ring:
        ring = self._rings.get(visitor_id)
        if ring is None:
            ring = self._rings[visitor_id] = Ring()
            if len(self._rings) > self._max_visitors:
                self._rings.popitem(last=False)
        else:
            self._rings.move_to_end(visitor_id)
        return ring


def _leads_to(left: Done, done: Done) -> bool:
    """Whether a visitor turned to something from what they were at before."""
    return (
        left[0] != done[0]
        and left[1] in _TELLING
        and done[1] in _TELLING
        and left[2] <= done[2] <= left[2] + SESSION_S * 1e3
    )
