"""The rails of the home page: many stages, one scoring pass, no model twice."""

from __future__ import annotations

from collections.abc import Container

import numpy as np

from recs import Candidates, Distinct, Event, History
from server.features.interactions.service import Recent
from server.features.recommendations.domain import Cause, Choice, Rail, one_per_model
from server.features.recommendations.models import LiveModel
from server.features.recommendations.shared_lists import GRADES, POOL_SIZE
from server.features.recommendations.shelves import RAIL_LENGTH, cut, hidden_from, history_of

LEAST_BECAUSE = 4
# One product to go on with is no shelf: its neighbours say already that it was looked at.
LEAST_CONTINUE = 2
SEEDS_TRIED = 3
# The last places of the new arrivals are drawn from the latest listings, so that all of them get a chance.
EXPLORED, NEWEST = 2, 48
EXPLORED_FOR_S = 3_600.0
# What is popular comes last, and only while so many rails are not full of something better.
ENOUGH_RAILS = 5
MAX_BOUGHT = 200

_BECAUSE = {
    int(Event.VIEW): "because_you_viewed",
    int(Event.CLICK): "because_you_viewed",
    int(Event.FAVORITE): "because_you_saved",
    int(Event.CART_ADD): "because_in_cart",
}
_LOOKED_AT = frozenset({int(Event.VIEW), int(Event.CLICK)})
_WORD = (1 << 64) - 1


def home_rails(
    model: LiveModel, recent: Recent, now_s: float, visitor_id: int | None = None
) -> tuple[list[Rail], bool]:
    """Fill the rails from one scoring pass, no model twice; say whether they are personal."""
    candidates = model.snapshot.score(history_of(recent, now_s))
    # What the visitor did is no suggestion to them, and what they have just looked at is not news.
    done = {*recent.settled, *recent.product_ids.tolist()}
    hidden = hidden_from(recent, done)
    models: set[int] = set()
    rails = _personal_rails(model, candidates, recent, hidden, models)
    is_personal = bool(rails) or candidates.personalised
    # Who is shown nothing personal is shown what everyone is.
    person = visitor_id if is_personal and visitor_id is not None else 0
    _add(rails, "trending", model.pool("trending").varied(RAIL_LENGTH, hidden, models))
    _add(rails, "new", _new_arrivals(model, hidden, models, chance(person, now_s)))
    if len(rails) < ENOUGH_RAILS:
        _add(rails, "popular", _popular(model, recent, hidden, done, models))
    if not rails:
        # Everything was seen or bought: a small shop repeats itself rather than show nothing.
        _add(rails, "popular", one_per_model(model.pool("popular"), RAIL_LENGTH, recent.unwanted))
    return rails, is_personal


def _add(rails: list[Rail], rail_id: str, choices: list[Choice]) -> None:
    if choices:
        rails.append(Rail(rail_id, choices))


def _personal_rails(
    model: LiveModel, candidates: Candidates, recent: Recent, hidden: Container[int], models: set[int]
) -> list[Rail]:
    rails: list[Rail] = []
    latest = _latest(recent)
    _add(rails, "continue", _continued(model, recent, latest, models))
    if not candidates.personalised:
        # What was left can be gone on with, also when it is newer than all that the model has learned.
        return rails
    for seed_id, event in latest[:SEEDS_TRIED]:
        tried = set(models)
        neighbours = model.neighbours(Cause(_BECAUSE[event], (seed_id,)))
        choices = neighbours.varied(RAIL_LENGTH, hidden, tried)
        if len(choices) >= LEAST_BECAUSE:
            rails.append(Rail("because", choices))
            models |= tried
            break
    distinct, settled = Distinct(model.models, models), list(recent.settled)
    choices = cut(
        model,
        recent,
        RAIL_LENGTH,
        lambda n: candidates.slate(n, eligible=model.eligible, exclude=settled, distinct=distinct),
    )
    models.update([choice.model for choice in choices])
    _add(rails, "for_you", choices)
    if recent.bought and model.has_repeats:
        _add(rails, "buy_again", _bought_again(model, recent, models))
    return rails


def _latest(recent: Recent) -> list[tuple[int, int]]:
    """Return the latest distinct products looked at, saved or put in the cart, with what was done last."""
    latest: dict[int, int] = {}
    settled = recent.settled
    pairs = zip(reversed(recent.product_ids.tolist()), reversed(recent.events.tolist()), strict=True)
    for product_id, event in pairs:
        if product_id not in latest and event in _BECAUSE and product_id not in settled:
            latest[product_id] = event
            if len(latest) == RAIL_LENGTH:
                break
    return list(latest.items())


def _continued(
    model: LiveModel, recent: Recent, latest: list[tuple[int, int]], models: set[int]
) -> list[Choice]:
    """Return what was looked at and left there: neither saved nor put in the cart nor bought."""
    found: list[Choice] = []
    for product_id, event in latest:
        if event in _LOOKED_AT:
            own = model.own(product_id)
            if own is not None:
                found.append(own)
    if len(found) < LEAST_CONTINUE:
        return []
    tried = set(models)
    choices = one_per_model(found, RAIL_LENGTH, recent.unwanted, tried)
    if len(choices) < LEAST_CONTINUE:
        return []
    models |= tried
    return choices


def _bought_again(model: LiveModel, recent: Recent, models: set[int]) -> list[Choice]:
    """Return what was bought and is bought again by those who buy it."""
    bought = np.array(sorted(recent.bought)[-MAX_BOUGHT:], dtype=np.int64)
    question = History(bought, np.full(len(bought), int(Event.PURCHASE), dtype=np.uint8))
    slate = model.snapshot.buy_again(question, RAIL_LENGTH, eligible=model.eligible)
    return one_per_model(model.choices_of(slate), RAIL_LENGTH, recent.unwanted, models)


def _new_arrivals(model: LiveModel, hidden: Container[int], models: set[int], drawn_by: int) -> list[Choice]:
    """Return the latest listings; the last places are drawn from those that would not have had one."""
    choices, rest = model.pool("new").varied_with_rest(RAIL_LENGTH - EXPLORED, NEWEST, hidden, models)
    n_rest = len(rest)
    if n_rest <= EXPLORED:
        drawn = rest
    else:
        first = drawn_by % n_rest
        second = (drawn_by >> 32) % (n_rest - 1)
        places = (first, second + (second >= first))
        drawn = [rest[place]._replace(propensity=1.0 / n_rest) for place in places]
    models.update([choice.model for choice in drawn])
    return choices + drawn


def chance(person: int, now_s: float) -> int:
    """Return 64 bits that stay the same for a person for an hour: a shelf must not flicker.

    Two of its halves draw without the price of a generator. Source: Steele et al. 2014 (SplitMix).
    """
    mixed = (person * 0x9E3779B97F4A7C15 + int(now_s // EXPLORED_FOR_S) * 0xD1B54A32D192ED03) & _WORD
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _WORD
    return mixed ^ (mixed >> 31)


def _popular(
    model: LiveModel, recent: Recent, hidden: Container[int], done: set[int], models: set[int]
) -> list[Choice]:
    pool = model.pool("popular")
    choices = pool.varied(RAIL_LENGTH, hidden, models)
    missing = RAIL_LENGTH - len(choices)
    if not missing or len(pool) < POOL_SIZE:
        return choices
    # The pool has nearly nothing left for the visitor: the whole list is asked.
    deeper = cut(
        model,
        recent,
        POOL_SIZE * GRADES,
        lambda depth: model.snapshot.popular(depth, eligible=model.eligible, exclude=done),
    )
    return choices + one_per_model(deeper, missing, done, models)
