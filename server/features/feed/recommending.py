"""Answers what to show in another shop: its own model, its own products, popular ones where that ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from server.core.problems import NotFound
from server.core.runtime import runtime
from server.core.telemetry import counter
from server.core.transactions import Connection, reading
from server.features.feed import product_queries
from server.features.feed.domain import FeedProduct
from server.features.interactions.service import EVENT_CODES
from server.features.recommendations.service import NamespaceAnswer, NamespaceQuestion, recommendations

_answers = counter("feed_recommendations_total", "Answers to programs, by what they rest on.", ("basis",))
_SETTLED = {EVENT_CODES["purchase"], EVENT_CODES["dismiss"]}


@dataclass(frozen=True, slots=True)
class Request:
    """What a program asks, in its own names."""

    namespace_id: int
    limit: int
    product_id: str | None
    category: str | None
    user_id: str | None


class Shown(NamedTuple):
    """One product of an answer."""

    product: FeedProduct
    score: float
    kind: str
    evidence: tuple[FeedProduct, ...]
    category: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown, by which model, and a plain word when it is not what was asked for."""

    items: list[Shown]
    model_version: int | None
    is_personalised: bool
    note: str | None


async def recommend(asked: Request) -> Answer:
    """Choose for a product, a category, a user, or any of them together.

    Raises
    ------
    NotFound
        The namespace has no such product or category.
    """
    async with reading() as connection:
        question = await _question(connection, asked)
    chosen = await recommendations().namespaces.answer(asked.namespace_id, question)
    async with reading() as connection:
        items = await _looked_up(connection, asked, chosen)
        filled = await _filled(connection, asked, question, items)
    _answers.labels("model" if items else "popularity").inc()
    note = _note(asked, question, chosen, items, filled)
    return Answer(filled, chosen.version if items else None, bool(items) and chosen.is_personalised, note)


async def _question(connection: Connection, asked: Request) -> NamespaceQuestion:
    namespace_id, product_id = asked.namespace_id, None
    if asked.product_id is not None:
        product_id = await product_queries.select_id(
            connection, namespace_id=namespace_id, external_id=asked.product_id
        )
        if product_id is None:
            raise NotFound("This namespace has no such product.", code="product.not_found")
    if asked.category is not None and not await product_queries.has_category(
        connection, namespace_id=namespace_id, category=asked.category
    ):
        raise NotFound("This namespace offers nothing of this category.", code="category.not_found")
    history = []
    if asked.user_id is not None:
        history = await product_queries.select_history(
            connection,
            namespace_id=namespace_id,
            user_id=asked.user_id,
            impression=EVENT_CODES["impression"],
        )
    return NamespaceQuestion(
        now_s=runtime().clock.now().timestamp(),
        limit=asked.limit,
        product_id=product_id,
        category=asked.category,
        history=tuple(history),
    )


async def _looked_up(connection: Connection, asked: Request, chosen: NamespaceAnswer) -> list[Shown]:
    """Replace ids by products as they are now; what cannot be bought any more is left out."""
    wanted = {pick.product_id for pick in chosen.picks}
    wanted.update(cited for pick in chosen.picks for cited in pick.evidence)
    if not wanted:
        return []
    known = await product_queries.select_products(
        connection, namespace_id=asked.namespace_id, product_ids=sorted(wanted)
    )
    shown = []
    for pick in chosen.picks:
        product = known.get(pick.product_id)
        is_of_category = product is not None and asked.category in {None, product.category}
        if product is not None and product.is_buyable and is_of_category:
            evidence = tuple(known[cited] for cited in pick.evidence if cited in known)
            shown.append(Shown(product, pick.score, pick.kind, evidence, pick.category))
    return shown[: asked.limit]


async def _filled(
    connection: Connection, asked: Request, question: NamespaceQuestion, items: list[Shown]
) -> list[Shown]:
    """Fill up with what is liked; an answer is empty only when nothing is offered at all.

    Without a choice of the model: of the category, else of the whole shop, at last also what is sold out or
    was bought already.
    """
    settled = [event.product_id for event in question.history if event.event in _SETTLED]
    stages = [(asked.category, False)]
    own = [] if question.product_id is None else [question.product_id]
    if not items:
        stages = [(asked.category or await _category_of(connection, asked, own), False)]
        stages += [(None, False), (None, True)]
    filled = list(items)
    for category, with_sold_out in stages:
        popular = await product_queries.select_popular(
            connection,
            namespace_id=asked.namespace_id,
            category=category,
            exclude=[*(shown.product.id for shown in filled), *own, *([] if with_sold_out else settled)],
            limit=asked.limit - len(filled),
            with_sold_out=with_sold_out,
        )
        filled += [Shown(product, 0.0, "popular", (), category) for product in popular]
        if filled:
            break
    return filled


async def _category_of(connection: Connection, asked: Request, own: list[int]) -> str | None:
    if not own:
        return None
    products = await product_queries.select_products(
        connection, namespace_id=asked.namespace_id, product_ids=own
    )
    return products[own[0]].category or None


def _note(
    asked: Request,
    question: NamespaceQuestion,
    chosen: NamespaceAnswer,
    items: list[Shown],
    filled: list[Shown],
) -> str | None:
    """Say what a program would not expect of the answer."""
    if asked.category is not None and filled and filled[0].product.category != asked.category:
        return "Nothing of this category can be bought now: these are popular products of others."
    if chosen.version is None:
        return "Nothing was fitted for this namespace yet: these are its most popular products."
    if not items:
        return "The model cannot answer this yet: these are the most popular products."
    if asked.user_id is not None and not question.history:
        return "Nothing is known of this user yet: the answer is the same for everyone."
    return None
