"""Chooses the one list of a surface from a model; the rails of home are in `home_feed`."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

import numpy as np
from numpy.typing import NDArray

from recs import Candidates, Distinct, Event, History, Overlay, Slate
from server.features.interactions.service import SESSION_S, Recent, Unwanted
from server.features.recommendations.domain import Cause, Choice, one_per_model
from server.features.recommendations.models import LiveModel
from server.features.recommendations.shared_lists import GRADES

RAIL_LENGTH = 8
LIST_LENGTH = 12
SESSION_LENGTH = 12
DEEPER, DEEPEST = 4, 2_048


def history_of(recent: Recent, now_s: float) -> History:
    """Turn what a visitor did into the library's question."""
    # Without weights: those of the event types apply, and the library need not check them.
    return History(recent.product_ids, recent.events, None, recent.times_s, now_s)


def session_of(recent: Recent, now_s: float) -> tuple[History, NDArray[np.int64]]:
    """Return the latest of the last half hour as a question, and what must not answer it.

    That is what came before in that time, and what is settled. What comes next follows from the last few
    steps; more of them cost time and change nothing.
    Source: Kersbergen, Sprangers & Schelter 2022 (Serenade).
    """
    start = int(recent.times_s.searchsorted(now_s - SESSION_S))
    first = max(start, len(recent.product_ids) - SESSION_LENGTH)
    latest = History(recent.product_ids[first:], recent.events[first:], None, recent.times_s[first:], now_s)
    before = recent.product_ids[start:first]
    if recent.settled:
        settled = np.fromiter(recent.settled, dtype=np.int64, count=len(recent.settled))
        before = np.concatenate((before, settled))
    return latest, before


def hidden_from(recent: Recent, product_ids: set[int] | frozenset[int]) -> Container[int]:
    """Return these products and all that the visitor does not want, as something to look into."""
    unwanted = recent.unwanted
    return unwanted.with_products(product_ids) if isinstance(unwanted, Unwanted) else product_ids


def cut(model: LiveModel, recent: Recent, n: int, ask: Callable[[int], Slate]) -> list[Choice]:
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


def _listed(
    model: LiveModel,
    recent: Recent,
    candidates: Candidates,
    exclude: list[int] | NDArray[np.int64],
    distinct: Distinct,
    category: str | None = None,
) -> list[Choice]:
    """Cut a list out of what was scored."""
    return cut(
        model,
        recent,
        LIST_LENGTH,
        lambda n: candidates.slate(
            n, eligible=model.eligible, exclude=exclude, category=category, distinct=distinct
        ),
    )


def personal_list(
    model: LiveModel,
    recent: Recent,
    now_s: float,
    *,
    category: str | None = None,
) -> tuple[list[Choice], bool]:
    """Choose from a visitor's history, within a category when one is given."""
    candidates = model.snapshot.score(history_of(recent, now_s))
    if category is not None and not candidates.personalised:
        # What everyone is shown, also what was counted since the fit; of a list that the visitor knows, more.
        popular = model.pool("popular", category).varied(
            LIST_LENGTH, hidden_from(recent, recent.settled), set()
        )
        if len(popular) == LIST_LENGTH:
            return popular, False
    distinct, settled = Distinct(model.models), list(recent.settled)
    choices = _listed(model, recent, candidates, settled, distinct, category)
    if category is not None:
        # Popular ones that fill the list up are the popular ones of the category.
        within = Cause("popular", (), category)
        choices = [c._replace(cause=within) if c.cause.kind == "popular" else c for c in choices]
    return choices, candidates.personalised


def session_list(
    model: LiveModel, recent: Recent, now_s: float, overlay: Overlay | None
) -> tuple[list[Choice], bool]:
    """Choose what comes next; the other grades of what was looked at are on its own page."""
    latest, excluded = session_of(recent, now_s)
    candidates = model.snapshot.score(latest, overlay=overlay)
    distinct = Distinct(model.models, model.models_at(candidates.seeds.blocked))
    return _listed(model, recent, candidates, excluded, distinct), candidates.personalised


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
    return _listed(model, recent, candidates, excluded, distinct), candidates.personalised


def similar_list(model: LiveModel, product_id: int, category: str, recent: Recent) -> list[Choice]:
    """Choose what could be had instead of one product: of its kind, and not what the visitor just looked at.

    What goes with it, of whatever kind, fills up a list for which there is too little of its own.

    Raises
    ------
    UnknownItemError
        The model does not know the product.
    """
    grades = model.models_of([product_id])
    seen = [product_id, *recent.settled, *recent.product_ids.tolist()]
    kin = _related(model, product_id, recent, seen, category)
    choices = one_per_model(kin, LIST_LENGTH, models=set(grades))
    if len(choices) == LIST_LENGTH:
        return choices
    known = [product_id, *recent.settled, *(choice.product_id for choice in kin)]
    related = _related(model, product_id, recent, known, None)
    # The page of a product shows its other grades by itself; they come back only where there is nothing else.
    return one_per_model([*kin, *related], LIST_LENGTH, models=grades) or one_per_model(related, LIST_LENGTH)


def _related(
    model: LiveModel, product_id: int, recent: Recent, exclude: list[int], category: str | None
) -> list[Choice]:
    return cut(
        model,
        recent,
        LIST_LENGTH * GRADES,
        lambda n: model.snapshot.similar_items(
            product_id, n=n, eligible=model.eligible, exclude=exclude, category=category
        ),
    )
