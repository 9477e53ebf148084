"""Writes down every slate that was served, so that models are judged by what was really shown."""

from __future__ import annotations

import time

import orjson

from server.core.spool import SpoolFull, encode_record
from server.core.telemetry import counter
from server.features.interactions.service import SLATES_SHARE_LEFT_TO_EVENTS, Interactions
from server.features.recommendations.domain import Rail, Served

SLATE_RECORD = b"s"
_lost = counter("slates_lost_total", "Served slates that the spool could not take.")


def log_slate(
    parts: Interactions, served: Served, *, slate_id: str, visitor_id: int | None, now_s: float
) -> None:
    """Append a slate to the spool; when that is full, events go first and the slate is only counted."""
    line = _line(served, slate_id, visitor_id, parts.overlay.sequence, int(now_s * 1e3))
    try:
        parts.spool.append(encode_record(SLATE_RECORD, line), 1, reserve=SLATES_SHARE_LEFT_TO_EVENTS)
    except SpoolFull:
        _lost.inc()
        return
    parts.writer.notice()


def _line(served: Served, slate_id: str, visitor_id: int | None, sequence: int, now_ms: int) -> bytes:
    r"""Return one row of COPY text; ``\N`` is PostgreSQL's NULL."""
    choices = [choice for rail in served.rails for choice in rail.choices]
    reasons = orjson.dumps([_reasons(rail) for rail in served.rails])
    fields = (
        time.strftime("%Y-%m-%d", time.gmtime(now_ms // 1000)),
        slate_id,
        now_ms,
        r"\N" if visitor_id is None else visitor_id,
        served.surface,
        r"\N" if served.model_version is None else served.model_version,
        sequence,
        "t" if served.is_personalised else "f",
        "{" + ",".join([str(choice.product_id) for choice in choices]) + "}",
        "{" + ",".join([f"{choice.propensity:g}" for choice in choices]) + "}",
    )
    return "\t".join(map(str, fields)).encode() + b"\t" + reasons


def _reasons(rail: Rail) -> tuple[str, int, list[tuple[str, tuple[int, ...]]]]:
    """Return a rail's id, its length, and the reason of each item, or the one that all share."""
    shared = rail.shared_cause
    causes = [shared] if shared is not None else [choice.cause for choice in rail.choices]
    return rail.id, len(rail.choices), [(cause.kind, cause.product_ids) for cause in causes]
