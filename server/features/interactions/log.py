"""The one way in for interactions: the spool first, then everything that wants to know at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence

from recs import Event
from server.core.batch_writer import BatchWriter
from server.core.clock import Clock
from server.core.ids import uuid7
from server.core.spool import Spool, encode_record
from server.core.telemetry import counter
from server.features.interactions.domain import WEIGHTS, Interaction

INTERACTION_RECORD = b"i"
REMEMBERED_IDS = 20_000
COMPLAIN_EVERY_S = 60.0
_NULL = r"\N"
logger = logging.getLogger(__name__)

_accepted = counter("interactions_accepted_total", "Interactions that were written to the spool.")
_lost = counter("interactions_lost_total", "Interactions of the server's own that the spool could not take.")

Listener = Callable[[int, Sequence[Interaction]], None]


class InteractionLog:
    """Appends interactions to the spool and tells its listeners; waits for nothing."""

    def __init__(self, spool: Spool, writer: BatchWriter, clock: Clock) -> None:
        self._spool = spool
        self._writer = writer
        self._clock = clock
        self._listeners: list[Listener] = []
        self.is_paused: Callable[[int], bool] = lambda _visitor_id: False
        """Whether nothing of a visitor may be logged, as far as this worker knows; the writer knows all."""
        # Two generations of ids bound the memory without a time stamp per id.
        self._ids: set[str] = set()
        self._older_ids: set[str] = set()
        self._complained_at = 0.0

    def subscribe(self, listener: Listener) -> None:
        """Call ``listener(visitor_id, interactions)`` for everything that was accepted."""
        self._listeners.append(listener)

    def record(self, visitor_id: int, product_id: int, event: Event) -> None:
        """Log a fact of the server's own. Never waits and never raises: what happened has happened."""
        try:
            now_ms = int(self._clock.now().timestamp() * 1e3)
            fact = Interaction(str(uuid7()), product_id, int(event), WEIGHTS[event], now_ms)
            self.accept(visitor_id, [fact], now_ms)
        except Exception:
            _lost.inc()
            if time.monotonic() - self._complained_at > COMPLAIN_EVERY_S:
                self._complained_at = time.monotonic()
                logger.exception("interactions are lost")

    def dismiss(self, visitor_id: int, fact: Interaction) -> None:
        """Log that a product was turned down. As in `record`, what was decided holds whether or not it is."""
        try:
            self.accept(visitor_id, [fact], fact.occurred_ms)
        except Exception:
            _lost.inc()
            logger.exception("a dismissal is lost")

    def accept(self, visitor_id: int, interactions: Iterable[Interaction], now_ms: int) -> int:
        """Append interactions; return how many were new. Repeated ids are left out, and all while paused.

        Raises
        ------
        SpoolFull
            Nothing was accepted.
        """
        if self.is_paused(visitor_id):
            return 0
        young, old = self._ids, self._older_ids
        fresh = {event.id: event for event in interactions if event.id not in young and event.id not in old}
        if not fresh:
            return 0
        events = list(fresh.values())
        self._spool.append(_records(visitor_id, events, now_ms), len(events))
        young.update(fresh)
        if len(young) > REMEMBERED_IDS:
            self._older_ids, self._ids = young, set()
        self._writer.notice()
        for listener in self._listeners:
            listener(visitor_id, events)
        _accepted.inc(len(events))
        return len(events)


def _records(visitor_id: int, events: Sequence[Interaction], now_ms: int) -> bytes:
    r"""Frame one row of COPY text per event; ``\N`` is PostgreSQL's NULL."""
    received_on = time.strftime("%Y-%m-%d", time.gmtime(now_ms // 1000))
    records = []
    for event_id, product_id, event, weight, occurred_ms, slate_id, position in events:
        row = (
            f"{received_on}\t{event_id}\t{visitor_id}\t{product_id}\t{event}\t{weight}\t{occurred_ms}\t{now_ms}"
            f"\t{slate_id or _NULL}\t{_NULL if position is None else position}"
        )
        records.append(encode_record(INTERACTION_RECORD, row.encode()))
    return b"".join(records)
