"""Writes down every slate that was served, so that models are judged by what was really shown."""

from __future__ import annotations

import time
from functools import lru_cache

import orjson

from server.core.spool import SpoolFull, encode_record
from server.core.telemetry import counter
from server.features.experiments.service import Assignment
from server.features.interactions.service import SLATES_SHARE_LEFT_TO_EVENTS, Interactions
from server.features.recommendations.domain import Choice, Rail, Served

SLATE_RECORD = b"s"
TRIED_SLATE_RECORD = b"x"
_DAY_MS = 86_400_000
_NULL = rb"\N"
# By index: in a loop over every shown product a name costs twice as much.
_PRODUCT_ID, _PROPENSITY = Choice._fields.index("product_id"), Choice._fields.index("propensity")
_lost = counter("slates_lost_total", "Served slates that the spool could not take.")


def log_slate(
    parts: Interactions,
    served: Served,
    *,
    slate_id: str,
    visitor_id: int | None,
    now_s: float,
    assignment: Assignment | None = None,
) -> None:
    """Append a slate to the spool; when that is full, events go first and the slate is only counted."""
    line = _line(served, slate_id, visitor_id, parts.overlay.sequence, int(now_s * 1e3))
    record = SLATE_RECORD
    if assignment is not None:
        record = TRIED_SLATE_RECORD
        line += b"\t%d\t%b\t%.6g" % (assignment.experiment_id, assignment.arm.encode(), assignment.share)
    try:
        parts.spool.append(encode_record(record, line), 1, reserve=SLATES_SHARE_LEFT_TO_EVENTS)
    except SpoolFull:
        _lost.inc()
        return
    parts.writer.notice()


def _line(served: Served, slate_id: str, visitor_id: int | None, sequence: int, now_ms: int) -> bytes:
    r"""Return one row of COPY text; ``\N`` is PostgreSQL's NULL."""
    choices = [choice for rail in served.rails for choice in rail.choices]
    propensities = orjson.dumps([choice[_PROPENSITY] for choice in choices])
    return b"%b\t%b\t%d\t%b\t%b\t%b\t%d\t%b\t{%b}\t{%b}\t%b" % (
        _day(now_ms // _DAY_MS),
        slate_id.encode(),
        now_ms,
        _NULL if visitor_id is None else b"%d" % visitor_id,
        served.surface.encode(),
        _NULL if served.model_version is None else b"%d" % served.model_version,
        sequence,
        b"t" if served.is_personalised else b"f",
        # An array of PostgreSQL differs from one of JSON by its brackets.
        orjson.dumps([choice[_PRODUCT_ID] for choice in choices])[1:-1],
        propensities[1:-1],
        orjson.dumps([_reasons(rail) for rail in served.rails]),
    )


@lru_cache(maxsize=4)
def _day(days: int) -> bytes:
    return time.strftime("%Y-%m-%d", time.gmtime(days * _DAY_MS // 1000)).encode()


def _reasons(rail: Rail) -> tuple[str, int, list[tuple[str, tuple[int, ...]]]]:
    """Return a rail's id, its length, and the reason of each item, or the one that all share."""
    shared = rail.shared_cause
    causes = [shared] if shared is not None else [choice.cause for choice in rail.choices]
    return rail.id, len(rail.choices), [(cause.kind, cause.product_ids) for cause in causes]
