"""Chooses what is shown on each surface: from a model, or from what is popular while there is none."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import Literal

import numpy as np

from recs import Candidates, Distinct, Event, History, Slate
from server.features.interactions.service import Recent, Unwanted
from server.features.recommendations.domain import Cause, Choice, Rail, one_per_model
from server.features.recommendations.models import GRADES, POOL_SIZE, LiveModel

RAIL_LENGTH = 8
FOR_YOU_LENGTH = 8
LIST_LENGTH = 12
LEAST_BECAUSE = 4
SEEDS_TRIED = 3
SESSION_S = 1_800.0
DEEPER, DEEPEST = 4, 2_048

EverybodysKind = Literal["trending", "new", "popular"]
EVERYBODYS: tuple[EverybodysKind, ...] = ("trending", "new", "popular")
_BECAUSE = {
    int(Event.VIEW): "because_you_viewed",
    int(Event.CLICK): "because_you_viewed",
    int(Event.FAVORITE): "because_you_saved",
    int(Event.CART_ADD): "because_in_cart",
}


def history_of(recent: Recent, now_s: float) -> History:
    """Turn what a visitor did into the library's question."""
    # Without weights: those of the event types apply, and the library need not check them.
    return History(recent.product_ids, recent.events, None, recent.times_s, now_s)


def session_of(recent: Recent, now_s: float) -> Recent:
    """Keep what happened within the last half hour."""
    start = int(np.searchsorted(recent.times_s, now_s - SESSION_S))
    return recent._replace(
        product_ids=recent.product_ids[start:],
        events=recent.events[start:],
        weights=recent.weights[start:],
        times_s=recent.times_s[start:],
    )


def hidden_from(recent: Recent, product_ids: set[int] | frozenset[int]) -> Container[int]:
    """Return these products and all that the visitor does not want, as something to look into."""
    unwanted = recent.unwanted
    return unwanted.with_products(product_ids) if isinstance(unwanted, Unwanted) else product_ids


def _cut(model: LiveModel, recent: Recent, n: int, ask: Callable[[int], Slate]) -> list[Choice]:
    """Ask for a slate; of one whose products are partly unwanted, ask deeper until enough is left."""
    if not isinstance(recent.unwanted, Unwanted):
        return model.choices_of(ask(n))
    depth = n
    while True:
        slate = ask(depth)
        kept = [choice for choice in model.choices_of(slate) if choice.product_id not in recent.unwanted]
        if len(kept) >= n or len(slate) < depth or depth >= DEEPEST:
            return kept[:n]
        depth *= DEEPER


def home_rails(model: LiveModel, recent: Recent, now_s: float) -> tuple[list[Rail], bool]:
    """Fill the rails of the home page from one scoring pass, no model twice; say whether it is personal."""
    candidates = model.snapshot.score(history_of(recent, now_s))
    is_personal = candidates.personalised
    # What the visitor did is no suggestion to them, and what they have just looked at is not news.
    done = {*recent.settled, *recent.product_ids.tolist()}
    hidden = hidden_from(recent, done)
    models: set[int] = set()
    rails = _personal_rails(model, candidates, recent, hidden, models) if is_personal else []
    for kind in EVERYBODYS:
        choices = one_per_model(model.pool(kind), RAIL_LENGTH, hidden, models)
        if len(choices) < RAIL_LENGTH and kind == "popular" and len(model.pool(kind)) == POOL_SIZE:
            choices += _beyond_the_pool(model, recent, RAIL_LENGTH - len(choices), done, models)
        if choices:
            rails.append(Rail(kind, choices))
    if not rails:
        # Everything was seen or bought: a small shop repeats itself rather than show nothing.
        choices = one_per_model(model.pool("popular"), RAIL_LENGTH, recent.unwanted)
        rails = [Rail("popular", choices)] if choices else []
    return rails, is_personal


def _personal_rails(
    model: LiveModel, candidates: Candidates, recent: Recent, hidden: Container[int], models: set[int]
) -> list[Rail]:
    rails: list[Rail] = []
    for seed_id, event in _latest(recent):
        tried = set(models)
        neighbours = model.neighbours(Cause(_BECAUSE[event], (seed_id,)))
        choices = one_per_model(neighbours, RAIL_LENGTH, hidden, tried)
        if len(choices) >= LEAST_BECAUSE:
            rails.append(Rail("because", choices))
            models |= tried
            break
    distinct, settled = Distinct(model.models, models), list(recent.settled)
    choices = _cut(
        model,
        recent,
        FOR_YOU_LENGTH,
        lambda n: candidates.slate(n, eligible=model.eligible, exclude=settled, distinct=distinct),
    )
    if choices:
        rails.append(Rail("for_you", choices))
        models.update([choice.model for choice in choices])
    return rails


def _beyond_the_pool(
    model: LiveModel, recent: Recent, n: int, done: set[int], models: set[int]
) -> list[Choice]:
    """Ask the whole list of popular products: the pool has nearly nothing left for the visitor."""
    choices = _cut(
        model,
        recent,
        POOL_SIZE * GRADES,
        lambda depth: model.snapshot.popular(depth, eligible=model.eligible, exclude=done),
    )
    return one_per_model(choices, n, done, models)


def _latest(recent: Recent) -> list[tuple[int, int]]:
    """Return the latest distinct products looked at, saved or put in the cart, with what was done."""
    latest: dict[int, int] = {}
    pairs = zip(reversed(recent.product_ids.tolist()), reversed(recent.events.tolist()), strict=True)
    for product_id, event in pairs:
        if event in _BECAUSE and product_id not in latest and product_id not in recent.settled:
            latest[product_id] = event
            if len(latest) == SEEDS_TRIED:
                break
    return list(latest.items())


def personal_list(
    model: LiveModel, recent: Recent, now_s: float, *, category: str | None = None
) -> tuple[list[Choice], bool]:
    """Choose from a visitor's history, within a category when one is given."""
    candidates = model.snapshot.score(history_of(recent, now_s))
    distinct, settled = Distinct(model.models), list(recent.settled)
    choices = _cut(
        model,
        recent,
        LIST_LENGTH,
        lambda n: candidates.slate(
            n, eligible=model.eligible, exclude=settled, category=category, distinct=distinct
        ),
    )
    if category is not None:
        # Popular ones that fill the list up are the popular ones of the category.
        within = Cause("popular", (), category)
        choices = [c._replace(cause=within) if c.cause.kind == "popular" else c for c in choices]
    return choices, candidates.personalised


def cart_list(
    model: LiveModel, cart: Sequence[int], recent: Recent, now_s: float
) -> tuple[list[Choice], bool]:
    """Choose what goes with a cart."""
    n_lines = len(cart)
    question = History(
        np.array(cart, dtype=np.int64),
        np.full(n_lines, int(Event.CART_ADD), dtype=np.uint8),
        None,
        np.full(n_lines, now_s),
        now_s,
    )
    candidates = model.snapshot.score(question)
    distinct, excluded = Distinct(model.models, model.models_of(cart)), [*recent.settled, *cart]
    choices = _cut(
        model,
        recent,
        LIST_LENGTH,
        lambda n: candidates.slate(n, eligible=model.eligible, exclude=excluded, distinct=distinct),
    )
    return choices, candidates.personalised


def similar_list(model: LiveModel, product_id: int, recent: Recent) -> list[Choice]:
    """Choose what goes with one product.

    Raises
    ------
    UnknownItemError
        The model does not know the product.
    """
    excluded = [*recent.settled, product_id]
    choices = _cut(
        model,
        recent,
        LIST_LENGTH * GRADES,
        lambda n: model.snapshot.similar_items(product_id, n=n, eligible=model.eligible, exclude=excluded),
    )
    # The page of a product shows its other grades by itself; they come back only where there is nothing else.
    others = one_per_model(choices, LIST_LENGTH, models=model.models_of([product_id]))
    return others or one_per_model(choices, LIST_LENGTH)
