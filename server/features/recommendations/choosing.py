"""Asks the model that a visitor is due, unless it is missing, fails, is stale or has been too slow."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import perf_counter
from typing import NamedTuple

from recs import RecsError
from server.core.telemetry import counter
from server.features.experiments.service import Assignment, Experiments
from server.features.interactions.service import NOTHING, Recent
from server.features.recommendations.domain import NoteCode, Rail, Served
from server.features.recommendations.models import LiveModel, ModelHolder

Chooser = Callable[[LiveModel, Recent, float], tuple[list[Rail], bool]]
logger = logging.getLogger(__name__)

MISSING = "We are still learning what goes with what. Meanwhile you see what is popular."
STALE = "Our picks have not been refreshed for a while. Meanwhile you see what is popular."
SLOW = "Personal picks take too long just now. Meanwhile you see what is popular."
FAILED = "Personal picks are not available just now. Meanwhile you see what is popular."
UNREADABLE = "We cannot look our picks up just now. Meanwhile you see what is popular."
UNKNOWN = "This is too new for our picks. Meanwhile you see what is popular."
# What a client says instead in another language, and what is counted.
NOTE_CODES: dict[str, NoteCode] = {
    MISSING: "missing",
    STALE: "stale",
    SLOW: "slow",
    FAILED: "failed",
    UNREADABLE: "unreadable",
    UNKNOWN: "unknown",
}
_degraded = counter("slates_without_model_total", "Slates that no model chose, by reason.", ("reason",))


def count_degraded(note: str) -> None:
    """Count a slate that no model chose."""
    _degraded.labels(NOTE_CODES[note]).inc()


class Chosen(NamedTuple):
    """What a model chose, or a note that says why none did."""

    rails: list[Rail]
    is_personal: bool
    version: int | None
    note: str | None = None
    assignment: Assignment | None = None
    seconds: float = 0.0


class Question(NamedTuple):
    """Who asks where, with what is known of them."""

    surface: str
    visitor_id: int | None
    recent: Recent
    now_s: float


def chosen(models: ModelHolder, experiments: Experiments, question: Question, choose: Chooser) -> Chosen:
    """Choose with the model of the visitor's arm, or else with the champion."""
    champion = models.current
    if champion is None:
        return Chosen([], is_personal=False, version=None, note=MISSING)
    assignment = experiments.assign(question.surface, question.visitor_id)
    if assignment is not None and assignment.arm != "champion":
        tried = _by_arm(models, champion, assignment, question, choose)
        if tried is not None and tried.note is None:
            return tried._replace(assignment=assignment)
        if tried is not None:
            experiments.observe_error(assignment)
        # The champion answers for an arm that cannot, and the answer counts for neither.
        assignment = None
    found = _asked(champion, question.recent, question.now_s, choose)
    return found if assignment is None else found._replace(assignment=assignment)


def observe_served(experiments: Experiments, found: Chosen, served: Served | None) -> None:
    """Tell the experiment how its arm answered; ``None`` was served when something else had to."""
    if found.assignment is None:
        return
    if found.note is not None:
        experiments.observe_error(found.assignment)
    if served is None:
        # Or the database was away, which is no fault of the arm's.
        return
    n_chosen = sum(len(rail.choices) for rail in found.rails)
    n_gone = n_chosen - sum(len(rail.choices) for rail in served.rails)
    experiments.observe(found.assignment, found.seconds, chosen=n_chosen, gone=n_gone)


def _by_arm(
    models: ModelHolder, champion: LiveModel, assignment: Assignment, question: Question, choose: Chooser
) -> Chosen | None:
    """Ask the arm's model; ``None`` while this worker does not have it."""
    if assignment.arm == "popularity":
        return _asked(champion, _impersonal(question.recent), question.now_s, choose)
    version = assignment.model_version
    model = champion if champion.version == version else models.challenger
    if model is None or model.version != version:
        return None
    return _asked(model, question.recent, question.now_s, choose)


def _impersonal(recent: Recent) -> Recent:
    """Leave out what was done, but not that it was: what someone has is not popular with them."""
    return recent._replace(
        product_ids=NOTHING.product_ids,
        events=NOTHING.events,
        weights=NOTHING.weights,
        times_s=NOTHING.times_s,
        settled={*recent.settled, *recent.product_ids.tolist()},
        bought=NOTHING.bought,
    )


def _asked(model: LiveModel, recent: Recent, now_s: float, choose: Chooser) -> Chosen:
    started_at = perf_counter()
    if now_s > model.stale_at_s:
        return Chosen([], is_personal=False, version=None, note=STALE)
    if model.rests_at(started_at):
        return Chosen([], is_personal=False, version=None, note=SLOW)
    try:
        rails, is_personal = choose(model, recent, now_s)
    except RecsError as error:
        # A product that is newer than the model, for example: the catalogue answers instead.
        logger.info("model %d cannot answer: %s", model.version, error)
        return Chosen([], is_personal=False, version=None, note=UNKNOWN)
    except Exception:
        # Whatever a model does, the shopper gets a page.
        logger.exception("model %d fails", model.version)
        return Chosen([], is_personal=False, version=None, note=FAILED)
    ended_at = perf_counter()
    model.note_time(started_at, ended_at)
    return Chosen(rails, is_personal, model.version, seconds=ended_at - started_at)
