"""Decides whether a fitted model may serve. Refusing is safe: the last good model stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from recs import History, RecommenderSnapshot, Verdict

LEAST_SHARE = 0.5
PROBE_LENGTH = 10
MAX_OPENING_PROBES = 20
# A refit of the same recipe at the champion's own cut is almost its twin: the paired interval is tiny, and a
# difference that no shopper would notice could keep the champion for ever.
TOLERATED_SHARE = 0.02
# So old a champion has missed a day of the shop and of what shoppers asked it to forget: then the same recipe
# need not be proved as good, it must only not be proved worse.
STALE_AFTER_S = 86_400.0

_COUNTED = {"interactions": "interactions", "users": "shoppers", "listedItems": "products"}

Outcome = Literal["live", "challenger", "refused"]


class Decision(NamedTuple):
    """What becomes of a candidate, and why, in words for a person."""

    outcome: Outcome
    reason: str


class Probe(NamedTuple):
    """What a snapshot answered to some histories."""

    is_finite: bool
    answers: bool
    """Whether every probe got a slate."""
    coverage: int
    """Different products in all slates."""


@dataclass(frozen=True, slots=True)
class Champion:
    """What the candidate has to live up to."""

    counts: Mapping[str, int]
    is_same_recipe: bool
    age_s: float
    coverage: int = 0
    """Of the same probes; 0 when its files cannot be opened."""
    must_forget: bool = False
    """Whether it has learned from what shoppers had forgotten since."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about a candidate when it comes to the gate."""

    counts: Mapping[str, int]
    probe: Probe
    verdict: Verdict | None = None
    """Candidate beside champion on the same shoppers; ``None`` without a fair comparison."""
    champion_ndcg: float = 0.0
    """What the champion reached in that comparison."""
    proof: str = ""
    """Why its recipe is better than the champion's: by days that the search for it never saw."""


def decide(evidence: Evidence, champion: Champion | None) -> Decision:
    """Say whether the candidate goes live, waits as a challenger, or is refused."""
    fault = _fault_of_its_own(evidence)
    if fault is None and champion is not None:
        fault = _fault_beside(champion, evidence)
    if fault is not None:
        return Decision("refused", fault)
    if champion is None:
        return Decision("live", "The first model of the shop.")
    return _compared(evidence, champion)


def _compared(evidence: Evidence, champion: Champion) -> Decision:
    verdict, same = evidence.verdict, champion.is_same_recipe
    if verdict is not None and verdict.promoted:
        return Decision("live", f"As good as the champion. {verdict.reason}")
    if evidence.proof:
        # Both recipes were fitted at one moment and asked by the same shoppers: a fairer comparison than that
        # of two models of different age, and a stricter one. That it is no worse since was seen to before.
        return Decision("live", f"A better recipe than the champion's. {evidence.proof}")
    if verdict is None:
        whose = "The champion's recipe on newer events" if same else "Another recipe than the champion's"
        return Decision("live" if same else "challenger", f"{whose}; nothing to compare them by yet.")
    if same and champion.must_forget:
        return Decision("live", f"The champion knows what shoppers had forgotten. {verdict.reason}")
    if same and champion.age_s > STALE_AFTER_S:
        hours = champion.age_s / 3_600
        return Decision("live", f"The champion is {hours:.0f} hours behind, and not better. {verdict.reason}")
    return Decision("challenger", f"Not proved as good as the champion. {verdict.reason}")


def _fault_of_its_own(evidence: Evidence) -> str | None:
    """Return what rules a candidate out, whatever it promises."""
    if not evidence.counts.get("interactions") or not evidence.counts.get("listedItems"):
        return "Empty: there is nothing that it has learned from or could recommend."
    if not evidence.probe.is_finite:
        return "Not finite: some scores are not numbers."
    if not evidence.probe.answers:
        return "Mute: some histories get no recommendation."
    return None


def _fault_beside(champion: Champion, evidence: Evidence) -> str | None:
    """Return what rules a candidate out now that there is something better."""
    for name, label in _COUNTED.items():
        before, now = champion.counts.get(name, 0), evidence.counts.get(name, 0)
        if now < LEAST_SHARE * before:
            return f"Shrunken: {now} {label} instead of {before}."
    verdict = evidence.verdict
    if verdict is not None and verdict.high < -TOLERATED_SHARE * evidence.champion_ndcg:
        return f"Worse than the champion: nDCG@10 differs by {verdict.difference:+.4f}. {verdict.reason}"
    coverage = evidence.probe.coverage
    if coverage < LEAST_SHARE * champion.coverage:
        return f"Narrow: its slates show {coverage} products, the champion's {champion.coverage}."
    return None


def probe(snapshot: RecommenderSnapshot, histories: Iterable[History]) -> Probe:
    """Ask for slates and look at them."""
    is_finite, answers = True, True
    shown: set[int] = set()
    for history in histories:
        slate = snapshot.recommend(history, n=PROBE_LENGTH, include_history=True)
        is_finite = is_finite and bool(np.isfinite(slate.scores).all())
        answers = answers and len(slate) > 0
        shown.update(slate.item_ids.tolist())
    return Probe(is_finite, answers, len(shown))


def defect(snapshot: RecommenderSnapshot) -> str | None:
    """Return why an opened snapshot must not serve, or ``None``; costs a few milliseconds.

    Checksums tell that a file is what was written; this tells that what was written is a model.
    """
    if snapshot.n_items == 0 or not snapshot.counts.get("listedItems"):
        return "Empty: it knows no product that it could recommend."
    ids = snapshot.item_ids
    some = [History(ids[[place]]) for place in np.linspace(0, len(ids) - 1, MAX_OPENING_PROBES, dtype=int)]
    found = probe(snapshot, [History(ids[:0]), *some])
    if not found.is_finite or not np.isfinite(snapshot.popular(PROBE_LENGTH).scores).all():
        return "Not finite: some scores are not numbers."
    return None if found.answers else "Mute: some histories get no recommendation."
