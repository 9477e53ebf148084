"""Not for me: what a shopper does not want to be recommended, and taking that back."""

from __future__ import annotations

import orjson

from recs import Event
from server.core.clock import rfc3339
from server.core.ids import uuid7
from server.core.problems import Conflict
from server.core.sessions import ensure_visitor
from server.features.interactions.service import (
    Excluded,
    ExclusionRow,
    Interaction,
    Scope,
    deciding,
    exclude,
    include_again,
)
from server.features.recommendations.profile_schemas import FeedbackIn
from server.features.recommendations.service import Caller, Recommendations

# A shopper who has one already has not turned it down.
_TURNED_DOWN: frozenset[Scope] = frozenset({"item", "model", "maker", "kind"})


async def turn_down(shop: Recommendations, caller: Caller, feedback: FeedbackIn) -> tuple[bytes, bool]:
    """Store an exclusion; return it as JSON bytes and whether it is new.

    Raises
    ------
    NotFound, Conflict
        There is no such product; too many exclusions; or nothing personal is shown anyway.
    """
    if caller.objects or await _sees_what_everyone_sees(shop, caller):
        raise Conflict(
            "Everyone is shown the same here, so nothing can be left out. Switch that off first.",
            code="personalisation.off",
        )
    product_id, scope = int(feedback.product_id), feedback.scope
    event_id = str(uuid7()) if scope in _TURNED_DOWN else None
    async with deciding() as tx:
        visitor_id = await ensure_visitor(tx.connection)
        stored = await exclude(tx, visitor_id, product_id, scope, event_id=event_id)
    if stored.is_new and event_id is not None:
        _log(shop, visitor_id, _dismissal(shop, feedback, event_id, stored))
    row = ExclusionRow(stored.id, scope, product_id, stored.decided_at)
    cards = await shop.catalog.cards.get([product_id], with_withdrawn=True)
    return orjson.dumps(exclusion_content(row, cards[product_id])), stored.is_new


async def take_back(visitor_id: int, exclusion_id: int) -> None:
    """Let an exclusion go.

    Raises
    ------
    NotFound
        The visitor has no such exclusion.
    """
    async with deciding() as tx:
        await include_again(tx, visitor_id, exclusion_id)


async def _sees_what_everyone_sees(shop: Recommendations, caller: Caller) -> bool:
    if caller.visitor_id is None:
        return False
    return (await shop.interactions.history(caller.visitor_id)).profile.is_same_for_everyone


def _dismissal(shop: Recommendations, feedback: FeedbackIn, event_id: str, stored: Excluded) -> Interaction:
    """Return what the log says of it; a slate that this shop did not serve is no slate."""
    now_ms = round(stored.decided_at.timestamp() * 1e3)
    slate_id = feedback.slate_id
    is_linked = slate_id is not None and shop.interactions.slate_ids.is_genuine(slate_id, now_ms)
    return Interaction(
        event_id,
        int(feedback.product_id),
        int(Event.DISMISS),
        0.0,
        now_ms,
        slate_id if is_linked else None,
        feedback.position if is_linked else None,
    )


def _log(shop: Recommendations, visitor_id: int, dismissal: Interaction) -> None:
    shop.interactions.log.dismiss(visitor_id, dismissal)


def exclusion_content(row: ExclusionRow, card: bytes) -> dict[str, object]:
    """Shape an exclusion for the wire."""
    return {
        "id": str(row.id),
        "scope": row.scope,
        "text": exclusion_text(row.scope, orjson.loads(card)),
        "product": orjson.Fragment(card),
        "createdAt": rfc3339(row.created_at),
    }


def exclusion_text(scope: Scope, card: dict[str, object]) -> str:
    """Say what is left out.

    >>> exclusion_text("maker", {"brand": {"name": "Corvid"}})
    'Anything made by Corvid'
    """
    if scope == "maker":
        return f"Anything made by {_name(card['brand'])}"
    if scope == "kind":
        return f"Anything in {_name(card['category'])}"
    beginning = {"item": "This listing of", "model": "Every grade of", "owned": "You own"}[scope]
    return f"{beginning} {card['title']}"


def _name(reference: object) -> str:
    assert isinstance(reference, dict)  # noqa: S101 - a card names its brand and category so
    return str(reference["name"])
