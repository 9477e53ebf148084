"""Answers what to show: history, candidates, re-ranking, a slate that is logged, bytes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

from quart import current_app

from server.core.problems import NotFound, Unavailable
from server.features.interactions.service import (
    DATABASE_AWAY,
    NO_EXCLUSIONS,
    NO_PROFILE,
    NOTHING,
    Recent,
    merge_decisions,
    without_unwanted,
)
from server.features.recommendations import choosing, queries, shelves
from server.features.recommendations.choosing import Chooser
from server.features.recommendations.domain import (
    NEW,
    POPULAR,
    Cause,
    Choice,
    Rail,
    Served,
    one_per_model,
    unscored,
)
from server.features.recommendations.encoding import (
    Encoder,
    category_of,
    encoded_items,
    encoded_rails,
    head,
)
from server.features.recommendations.home_feed import home_rails
from server.features.recommendations.last_resort import Shelf
from server.features.recommendations.live import LiveSteps
from server.features.recommendations.models import LiveModel
from server.features.recommendations.namespace_queries import FEED_CHANNEL
from server.features.recommendations.namespaces import NamespaceAnswer, NamespaceQuestion, PastEvent
from server.features.recommendations.schemas import ReasonKind
from server.features.recommendations.shared_lists import GRADES
from server.features.recommendations.slate_log import log_slate
from server.features.recommendations.worker import RECOMMENDATIONS, Recommendations, create_recommendations

__all__ = [
    "FEED_CHANNEL",
    "Caller",
    "NamespaceAnswer",
    "NamespaceQuestion",
    "PastEvent",
    "ReasonKind",
    "Recommendations",
    "create_recommendations",
    "home",
    "known_of",
    "merge_decisions",
    "recommendations",
]

# A page that waits longer for one statement shows what it has.
PATIENCE_S = 0.5
SAME_FOR_EVERYONE = NOTHING._replace(profile=NO_PROFILE._replace(is_same_for_everyone=True))
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and whether their browser objects to being followed."""

    visitor_id: int | None
    objects: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what holds for the answer whoever gives it."""

    surface: str
    caller: Caller
    exclude: tuple[int, ...] = ()
    category: str | None = None


def recommendations() -> Recommendations:
    """Return the recommender of the application that handles the current request."""
    parts = current_app.extensions.get(RECOMMENDATIONS)
    if parts is None:
        raise Unavailable("The shop is still starting.", retry_after_s=1)
    return cast("Recommendations", parts)


async def home(shop: Recommendations, caller: Caller) -> bytes:
    """Return the rails of the home page."""
    choose = partial(home_rails, visitor_id=caller.visitor_id)
    return await _answer(shop, Question("home", caller), choose)


async def similar(shop: Recommendations, caller: Caller, product_id: int) -> bytes:
    """Return what goes with a product.

    Raises
    ------
    NotFound
        There is no such product.
    """
    if not shop.interactions.assortment.knows(product_id):
        raise NotFound("There is no such product.")
    card = (await shop.catalog.cards.get([product_id], with_withdrawn=True)).get(product_id)
    if card is None:
        raise NotFound("There is no such product.")

    category = category_of(card)[0]

    def choose(model: LiveModel, recent: Recent, now_s: float) -> tuple[list[Rail], bool]:
        del now_s
        return [Rail("similar", shelves.similar_list(model, product_id, category, recent))], False

    return await _answer(shop, Question("similar", caller, (product_id,), category), choose)


async def for_cart(shop: Recommendations, caller: Caller) -> bytes:
    """Return what goes with the caller's cart; without one, with their history."""
    cart: list[int] = []
    recent = await known_of(shop, caller)
    if caller.visitor_id is not None and not recent.profile.is_same_for_everyone:
        try:
            async with asyncio.timeout(PATIENCE_S), shop.runtime.database.connection() as connection:
                cart = await queries.select_cart_products(connection, visitor_id=caller.visitor_id)
        except DATABASE_AWAY as error:
            logger.warning("choosing without the cart: %s", error)

    def choose(model: LiveModel, recent: Recent, now_s: float) -> tuple[list[Rail], bool]:
        if cart:
            choices, is_personal = shelves.cart_list(model, cart, recent, now_s)
        else:
            choices, is_personal = shelves.personal_list(model, recent, now_s)
        return [Rail("cart", choices)], is_personal

    return await _answer(shop, Question("cart", caller, tuple(cart)), choose)


async def for_session(shop: Recommendations, caller: Caller) -> bytes:
    """Return what goes with the last half hour, and what shoppers turned to from there since the last fit."""

    def choose(model: LiveModel, recent: Recent, now_s: float) -> tuple[list[Rail], bool]:
        steps = shop.interactions.overlay.transitions
        overlay = LiveSteps(model.snapshot, steps) if len(steps) else None
        choices, is_personal = shelves.session_list(model, recent, now_s, overlay)
        return [Rail("session", choices)], is_personal

    return await _answer(shop, Question("session", caller), choose)


async def for_category(shop: Recommendations, caller: Caller, category: str) -> bytes:
    """Return the best of a category for the caller.

    Raises
    ------
    NotFound
        There is no such category.
    """
    if category not in (await shop.catalog.reference.get()).categories.ids:
        raise NotFound("There is no such category.")

    def choose(model: LiveModel, recent: Recent, now_s: float) -> tuple[list[Rail], bool]:
        choices, is_personal = shelves.personal_list(model, recent, now_s, category=category)
        return [Rail("category", choices)], is_personal

    return await _answer(shop, Question("category", caller, category=category), choose)


async def known_of(shop: Recommendations, caller: Caller) -> Recent:
    """Return what may be used of what is known of a caller."""
    if caller.objects:
        return SAME_FOR_EVERYONE
    if caller.visitor_id is None:
        return NOTHING
    recent = await shop.interactions.history(caller.visitor_id)
    profile = recent.profile
    if profile.is_same_for_everyone:
        return SAME_FOR_EVERYONE._replace(profile=profile._replace(exclusions=NO_EXCLUSIONS))
    if profile.exclusions == NO_EXCLUSIONS:
        return recent
    return without_unwanted(recent, shop.interactions.assortment)


async def _answer(shop: Recommendations, question: Question, choose: Chooser) -> bytes:
    """Choose with a model, or without one; log what is served."""
    parts, caller = shop.interactions, question.caller
    recent = await known_of(shop, caller)
    # What is the same for everyone does not depend on an experiment's arm either.
    visitor_id = None if recent.profile.is_same_for_everyone else caller.visitor_id
    now_s = shop.runtime.clock.now().timestamp()
    asked = choosing.Question(question.surface, visitor_id, recent, now_s)
    found = choosing.chosen(shop.models, shop.experiments, asked, choose)
    served, note = None, found.note
    if note is None:
        served = await _with_cards(shop, question.surface, found.rails, (found.version, found.is_personal))
    if served is None or not served.rails:
        served, note = await _popular(shop, question, recent), note or choosing.UNREADABLE
    # What the catalogue chose says nothing about an arm.
    assignment = found.assignment if note is None else None
    if note is not None:
        choosing.count_degraded(note)
    choosing.observe_served(shop.experiments, found, served if note is None else None)
    slate_id = parts.slate_ids.make()
    if not caller.objects and recent.profile.paused_ms is None:
        log_slate(
            parts,
            served,
            slate_id=slate_id,
            visitor_id=caller.visitor_id,
            now_s=now_s,
            assignment=assignment,
        )
    said = None if note is None else (note, choosing.NOTE_CODES[note])
    start = head(slate_id, served.model_version, is_personalised=served.is_personalised, note=said)
    return b"".join([start, *served.body])


async def _popular(shop: Recommendations, question: Question, recent: Recent) -> Served:
    """Show what is popular: by the catalogue, or as it was when the catalogue last answered."""
    shelf = Shelf(question.surface, question.category)
    try:
        rails = await _asked_twice(shop, question, recent)
        shop.last_resort.keep(shelf, rails)
    except DATABASE_AWAY:
        hidden = shelves.hidden_from(recent, {*question.exclude, *recent.settled})
        rails = shop.last_resort.rails(shelf, shop.models.current, hidden)
        served = await _with_cards(shop, question.surface, rails, (None, False))
        if served.rails:
            return served
        raise
    return await _with_cards(shop, question.surface, rails, (None, False))


async def _asked_twice(shop: Recommendations, question: Question, recent: Recent) -> list[Rail]:
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await _without_model(shop, question, recent)
    except DATABASE_AWAY as error:
        # One statement that took too long is no reason to show something older; two are.
        logger.warning("asking the catalogue again: %s", error)
    async with asyncio.timeout(PATIENCE_S):
        return await _without_model(shop, question, recent)


async def _with_cards(
    shop: Recommendations, surface: str, rails: list[Rail], chosen_by: tuple[int | None, bool]
) -> Served:
    """Fetch all cards at once and encode; what cannot be bought any more, and empty rails, are left out.

    While the database is away or slow, what is in memory is shown: fewer products are better than none.
    """
    # Only home has rails on the wire; elsewhere the items stand alone.
    known = [shop.rails.get(rail) if surface == "home" else None for rail in rails]
    wanted: list[int] = []
    for rail, body in zip(rails, known, strict=True):
        if body is None:
            wanted += rail.product_ids
    remembering = shop.catalog.cards
    try:
        cards = await remembering.get(wanted, with_withdrawn=True, patience_s=PATIENCE_S)
    except DATABASE_AWAY as error:
        logger.warning("cards from memory only: %s", error)
        cards = remembering.remembered(wanted, with_withdrawn=True)
    encoder = Encoder(cards)
    if surface == "home":
        shown, pieces = encoded_rails(encoder, rails, known, shop.rails.keep)
    else:
        shown, pieces = encoded_items(encoder, rails)
    return Served(surface, shown, *chosen_by, pieces)


async def _without_model(shop: Recommendations, question: Question, recent: Recent) -> list[Rail]:
    """Choose by what is looked at and what is new, straight from the database."""
    exclude = [*question.exclude, *recent.settled]
    is_home, cause = question.surface == "home", POPULAR
    if question.category is not None:
        cause = Cause("popular", (), question.category)
    models_of = shop.interactions.assortment.models_of
    models = set(models_of(question.exclude))
    exclusions = recent.profile.exclusions
    # Excluded models are left out here, not by the database: so that many more must be read.
    spare = GRADES * (len(exclusions.models) + len(exclusions.owned))
    async with shop.runtime.database.connection() as connection:

        async def popular(excluded: Sequence[int], category: str | None) -> list[Choice]:
            ids = await queries.select_popular(
                connection,
                limit=shelves.LIST_LENGTH * GRADES + spare,
                category=category,
                exclude=excluded,
                exclusions=exclusions,
            )
            told = POPULAR if category is None else cause
            return one_per_model(
                unscored(zip(ids, models_of(ids), strict=True), told),
                shelves.LIST_LENGTH,
                recent.unwanted,
                models,
            )

        choices = await popular(exclude, question.category)
        if not choices and question.surface != "category":
            # All of it is excluded: a small shop repeats itself rather than show nothing.
            choices = await popular(exclude, None) or await popular(question.exclude, None)
        newest: list[Choice] = []
        if is_home:
            ids = await queries.select_newest(
                connection,
                limit=shelves.RAIL_LENGTH * GRADES + spare,
                exclude=[*exclude, *(c.product_id for c in choices)],
                exclusions=exclusions,
            )
            newest = one_per_model(
                unscored(zip(ids, models_of(ids), strict=True), NEW),
                shelves.RAIL_LENGTH,
                recent.unwanted,
                models,
            )
    rails = [Rail("popular" if is_home else question.surface, choices)]
    return [*rails, Rail("new", newest)] if newest else rails
