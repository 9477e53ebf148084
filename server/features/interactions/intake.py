"""From a validated batch to accepted interactions: what both ways in have in common."""

from __future__ import annotations

from dataclasses import dataclass

from server.core.json import dumps
from server.core.telemetry import counter
from server.features.interactions.domain import CLIENT_EVENTS, REFUSED_AGE_MS, Interaction, clamped
from server.features.interactions.schemas import EventIn, InteractionsIn, Refusal
from server.features.interactions.service import Interactions

_refused = counter("interactions_refused_total", "Events of clients that were not taken.", ("reason",))


@dataclass(slots=True)
class Intake:
    """A batch whose events on unknown products, and those that may be replays, have been set aside.

    ``refusal`` says why none is logged.
    """

    parts: Interactions
    known: list[EventIn]
    dropped: list[int]
    late: frozenset[int] = frozenset()
    refusal: Refusal | None = None

    @classmethod
    def of(cls, parts: Interactions, batch: InteractionsIn) -> Intake:
        """Look at the assortment in memory; nothing is logged yet."""
        knows = parts.assortment.knows
        earliest_s = parts.runtime.clock.now().timestamp() - REFUSED_AGE_MS / 1e3
        known = [
            event
            for event in batch.events
            if knows(int(event.product_id)) and event.occurred_at.timestamp() >= earliest_s
        ]
        if len(known) == len(batch.events):
            return cls(parts, known, [])
        unknown = {i for i, event in enumerate(batch.events) if not knows(int(event.product_id))}
        times = [event.occurred_at.timestamp() for event in batch.events]
        late = frozenset(i for i, time_s in enumerate(times) if time_s < earliest_s) - unknown
        _refused.labels("unknown_product").inc(len(unknown))
        _refused.labels("too_long_ago").inc(len(late))
        return cls(parts, known, sorted(unknown | late), late)

    def log(self, visitor_id: int) -> int:
        """Log the known events as the visitor's; return how many were new.

        Raises
        ------
        SpoolFull
            Nothing was logged.
        """
        parts = self.parts
        if parts.overlay.is_paused(visitor_id):
            self.refusal = "paused"
            return 0
        now_ms = int(parts.runtime.clock.now().timestamp() * 1e3)
        genuine: dict[str | None, bool] = {None: False}
        for slate_id in {event.slate_id for event in self.known} - {None}:
            genuine[slate_id] = parts.slate_ids.is_genuine(str(slate_id), now_ms)
        events = [_interaction(event, now_ms, genuine) for event in self.known]
        return parts.log.accept(visitor_id, events, now_ms)

    def answer(self, accepted: int) -> bytes:
        """Encode what became of the batch."""
        dropped = [{"index": index, "code": self._code(index)} for index in self.dropped]
        if self.refusal is None:
            return dumps({"accepted": accepted, "duplicates": len(self.known) - accepted, "dropped": dropped})
        set_aside = set(self.dropped)
        refused = [
            {"index": index, "code": self._code(index) if index in set_aside else self.refusal}
            for index in range(len(self.known) + len(set_aside))
        ]
        return dumps({"accepted": 0, "duplicates": 0, "dropped": refused})

    def _code(self, index: int) -> str:
        return "too_long_ago" if index in self.late else "unknown_product"


def _interaction(event: EventIn, now_ms: int, genuine: dict[str | None, bool]) -> Interaction:
    """Fix what the log stores; a slate that this shop did not serve is no slate."""
    kind, weight = CLIENT_EVENTS[event.type]
    is_linked = genuine[event.slate_id]
    return Interaction(
        event.id.lower(),
        int(event.product_id),
        kind,
        weight,
        clamped(int(event.occurred_at.timestamp() * 1e3), now_ms),
        event.slate_id if is_linked else None,
        event.position if is_linked else None,
    )
