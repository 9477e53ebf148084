"""Decides whether a fitted model may serve. Refusing is safe: the last good model stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from recs import History, RecommenderSnapshot

LEAST_SHARE = 0.5
PROBE_LENGTH = 10
# A refit of the same recipe at the champion's own cut is almost its twin: the paired interval is tiny, and a
# difference that no shopper would notice could keep the champion for ever.
TOLERATED_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about a candidate when it comes to the gate."""

    counts: Mapping[str, int]
    is_finite: bool
    answers: bool
    """Whether every probe got a slate."""
    difference: Mapping[str, float] | None = None
    """Candidate less champion: mean and 95 % interval of nDCG@10; ``None`` without a fair comparison."""
    champion_ndcg: float = 0.0
    """What the champion reached in that comparison."""


def refusal(evidence: Evidence, champion_counts: Mapping[str, int] | None) -> str | None:
    """Return why the candidate may not serve, in words for a person, or ``None``."""
    counts = evidence.counts
    if not counts.get("interactions") or not counts.get("listedItems"):
        return "Empty: there is nothing that it has learned from or could recommend."
    if not evidence.is_finite:
        return "Not finite: some scores are not numbers."
    if not evidence.answers:
        return "Mute: some histories get no recommendation."
    for name, label in {
        "interactions": "interactions",
        "users": "shoppers",
        "listedItems": "products",
    }.items():
        before = (champion_counts or {}).get(name, 0)
        if counts.get(name, 0) < LEAST_SHARE * before:
            return f"Shrunken: {counts.get(name, 0)} {label} instead of {before}."
    tolerated = TOLERATED_SHARE * evidence.champion_ndcg
    if evidence.difference is not None and evidence.difference["high"] < -tolerated:
        mean, high = evidence.difference["mean"], evidence.difference["high"]
        return f"Worse than the champion: nDCG@10 differs by {mean:+.4f}, at most {high:+.4f}."
    return None


def probe(snapshot: RecommenderSnapshot, histories: Iterable[History]) -> tuple[bool, bool]:
    """Ask for slates; return whether all scores were finite and whether all got an answer."""
    is_finite, answers = True, True
    for history in histories:
        slate = snapshot.recommend(history, n=PROBE_LENGTH, include_history=True)
        is_finite = is_finite and bool(np.isfinite(slate.scores).all())
        answers = answers and len(slate) > 0
    return is_finite, answers
