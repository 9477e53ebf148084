"""Saving, removing and listing favorites, and joining a guest's with a user's."""

from __future__ import annotations

from datetime import UTC, datetime

from server.core.json import dumps
from server.core.problems import Conflict, Malformed, NotFound
from server.core.runtime import runtime
from server.core.transactions import Transaction, reading
from server.features.catalog.service import cards
from server.features.favorites import queries
from server.features.favorites.events import FavoriteRemoved, FavoriteSaved
from server.features.favorites.queries import FavoriteRow

__all__ = [
    "FavoriteRemoved",
    "FavoriteSaved",
    "list_favorites",
    "merge_favorites",
    "remove_favorite",
    "save_favorite",
]

MAX_FAVORITES = 1_000
NOTHING = b'{"items":[],"nextCursor":null}'


async def list_favorites(visitor_id: int | None, *, cursor: str | None, limit: int) -> bytes:
    """Answer one page of the visitor's favorites as JSON bytes, the latest first.

    Raises
    ------
    Malformed
        The cursor is not of this list.
    """
    context = f"favorites {visitor_id}"
    after = _read_cursor(context, cursor) if cursor else None
    if visitor_id is None:
        return NOTHING
    async with reading() as connection:
        rows = await queries.select_favorites(connection, visitor_id=visitor_id, after=after, limit=limit + 1)
    page = rows[:limit]
    next_cursor = None
    if len(rows) > limit:
        last = page[-1]
        next_cursor = runtime().cursors.encode(
            context, [last.created_at.astimezone(UTC).isoformat(), last.product_id]
        )
    items = b",".join(await cards([row.product_id for row in page]))
    return b'{"items":[%b],"nextCursor":%b}' % (items, dumps(next_cursor))


async def save_favorite(tx: Transaction, visitor_id: int, product_id: int) -> None:
    """Save a product; saving it again changes nothing.

    Raises
    ------
    NotFound, Conflict
        There is no such product, or the visitor has saved as many as one can.
    """
    if await queries.insert_favorite(
        tx.connection, visitor_id=visitor_id, product_id=product_id, max_favorites=MAX_FAVORITES
    ):
        tx.emit(FavoriteSaved(visitor_id=visitor_id, product_id=product_id))
        return
    is_offered, was_saved = await queries.select_why_not(
        tx.connection, visitor_id=visitor_id, product_id=product_id
    )
    if not is_offered:
        raise NotFound("There is no such product.", code="product.not_found")
    if not was_saved:
        raise Conflict(f"At most {MAX_FAVORITES} favorites.", code="favorites.full")


async def remove_favorite(tx: Transaction, visitor_id: int, product_id: int) -> None:
    """Remove a saved product; removing it again changes nothing."""
    if await queries.delete_favorite(tx.connection, visitor_id=visitor_id, product_id=product_id):
        tx.emit(FavoriteRemoved(visitor_id=visitor_id, product_id=product_id))


async def merge_favorites(tx: Transaction, *, from_visitor: int, into_visitor: int) -> int:
    """Give the guest's favorites to the user; how many the user did not have."""
    return await queries.move_favorites(tx.connection, from_visitor=from_visitor, into_visitor=into_visitor)


def _read_cursor(context: str, cursor: str) -> FavoriteRow:
    try:
        created_at, product_id = runtime().cursors.decode(context, cursor)
        return FavoriteRow(int(str(product_id)), datetime.fromisoformat(str(created_at)))
    except ValueError as error:
        raise Malformed("The cursor does not belong to this list.", code="cursor.invalid") from error
