"""Reading and changing a cart, and joining a guest's cart with a user's."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from server.core.problems import Conflict, FieldError, NotFound, StaleVersion
from server.core.transactions import Connection, Transaction
from server.features.cart import queries
from server.features.cart.domain import (
    MAX_LINES,
    Cart,
    MergedLine,
    Offer,
    available_quantity,
    merged_line,
)
from server.features.cart.events import LineAdded
from server.features.cart.schemas import MergedLineOut, ReducedLineOut

__all__ = [
    "CartMerge",
    "LineAdded",
    "MergedLineOut",
    "ReducedLineOut",
    "add_line",
    "change_line",
    "merge_carts",
    "read_cart",
    "remove_line",
]

EMPTY = Cart(version=0, lines=())


class QuantityExceedsStock(Conflict):
    """More was asked for than can be sold to one cart."""

    code, title = "cart.quantity_exceeds_stock", "Not enough stock"

    def __init__(self, offer: Offer) -> None:
        available = available_quantity(offer.stock)
        detail = f"Only {available} left." if available else "Sold out."
        error = FieldError(pointer="/quantity", code="too_many", detail=f"At most {available}.")
        super().__init__(detail, errors=[error])


class CartFull(Conflict):
    """The cart holds as many different products as it can."""

    code, title = "cart.full", "The cart is full"


@dataclass(frozen=True, slots=True)
class CartMerge:
    """What joining two carts did, by kind."""

    added: list[MergedLine] = field(default_factory=list)
    combined: list[MergedLine] = field(default_factory=list)
    reduced: list[MergedLine] = field(default_factory=list)


async def read_cart(connection: Connection, visitor_id: int | None) -> Cart:
    """Return the visitor's cart; someone who never wrote has an empty one."""
    if visitor_id is None:
        return EMPTY
    version = await queries.select_version(connection, visitor_id)
    if version is None:
        return EMPTY
    return Cart(version, tuple(await queries.select_lines(connection, visitor_id)))


async def add_line(
    tx: Transaction,
    visitor_id: int,
    *,
    product_id: int,
    quantity: int,
    if_version: int | None,
    key: UUID | None = None,
) -> Cart:
    """Put a product into the cart, on top of what already lies there.

    A write whose ``key`` this cart has seen changes nothing: its answer was lost, and it was sent again.

    Raises
    ------
    NotFound, QuantityExceedsStock, CartFull, StaleVersion
        Nothing is changed then.
    """
    cart_id = await _lock(tx, visitor_id, if_version)
    if key is not None and not await queries.insert_key(tx.connection, cart_id, key):
        return await read_cart(tx.connection, visitor_id)
    offer = await _offer(tx, product_id)
    quantities = await queries.select_quantities(tx.connection, cart_id)
    if product_id not in quantities and len(quantities) >= MAX_LINES:
        raise CartFull(f"At most {MAX_LINES} different products.")
    total = quantities.get(product_id, 0) + quantity
    await _set_quantity(tx, cart_id, offer, total)
    tx.emit(LineAdded(visitor_id=visitor_id, product_id=product_id, quantity=quantity))
    return await read_cart(tx.connection, visitor_id)


async def change_line(
    tx: Transaction, visitor_id: int, *, line_id: int, quantity: int, if_version: int | None
) -> Cart:
    """Set the quantity of a line; 0 removes it.

    Raises
    ------
    NotFound, QuantityExceedsStock, StaleVersion
        Nothing is changed then.
    """
    if quantity == 0:
        return await remove_line(tx, visitor_id, line_id=line_id, if_version=if_version)
    cart_id = await _lock(tx, visitor_id, if_version)
    product_id = await queries.select_line_product(tx.connection, cart_id=cart_id, line_id=line_id)
    if product_id is None:
        raise NotFound("There is no such line in your cart.")
    await _set_quantity(tx, cart_id, await _offer(tx, product_id), quantity)
    return await read_cart(tx.connection, visitor_id)


async def remove_line(tx: Transaction, visitor_id: int, *, line_id: int, if_version: int | None) -> Cart:
    """Take a line out of the cart.

    Raises
    ------
    NotFound, StaleVersion
        Nothing is changed then.
    """
    cart_id = await _lock(tx, visitor_id, if_version)
    if not await queries.delete_line(tx.connection, cart_id=cart_id, line_id=line_id):
        raise NotFound("There is no such line in your cart.")
    await queries.update_version(tx.connection, cart_id)
    return await read_cart(tx.connection, visitor_id)


async def merge_carts(tx: Transaction, *, from_visitor: int, into_visitor: int) -> CartMerge:
    """Move the guest's lines into the user's cart and remove the guest's cart; nothing goes silently."""
    locked = await queries.lock_carts(tx.connection, [from_visitor, into_visitor])
    if from_visitor not in locked:
        return CartMerge()
    into_cart, _version = await queries.lock_cart(tx.connection, into_visitor)
    found = await queries.select_guest_lines(
        tx.connection, from_cart=locked[from_visitor], into_cart=into_cart
    )
    merged = [merged_line(line) for line in found]
    kept = [line for line in merged if line.quantity > 0]
    if kept:
        await queries.upsert_merged(tx.connection, cart_id=into_cart, lines=kept)
        await queries.update_version(tx.connection, into_cart)
    await queries.move_keys(tx.connection, from_cart=locked[from_visitor], into_cart=into_cart)
    await queries.delete_cart(tx.connection, locked[from_visitor])
    return CartMerge(
        added=[line for line in merged if line.kind == "added"],
        combined=[line for line in merged if line.kind == "combined"],
        reduced=[line for line in merged if line.kind == "reduced"],
    )


async def _lock(tx: Transaction, visitor_id: int, if_version: int | None) -> int:
    cart_id, version = await queries.lock_cart(tx.connection, visitor_id)
    if if_version is not None and if_version != version:
        raise StaleVersion(f"The cart is at version {version}.")
    return cart_id


async def _offer(tx: Transaction, product_id: int) -> Offer:
    offer = await queries.select_offer(tx.connection, product_id)
    if offer is None:
        raise NotFound("There is no such product.", code="product.not_found")
    return offer


async def _set_quantity(tx: Transaction, cart_id: int, offer: Offer, quantity: int) -> None:
    if quantity > available_quantity(offer.stock):
        raise QuantityExceedsStock(offer)
    await queries.upsert_line(tx.connection, cart_id=cart_id, offer=offer, quantity=quantity)
    await queries.update_version(tx.connection, cart_id)
