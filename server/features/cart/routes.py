"""Routes of the cart."""

from __future__ import annotations

import re
from uuid import UUID

from quart import Blueprint, Response, request

from server.core.access import public
from server.core.ids import row_id
from server.core.openapi import answers, problems
from server.core.problems import Malformed, NotFound
from server.core.sessions import ensure_visitor, identify
from server.core.transactions import reading, transaction
from server.core.wire import takes
from server.features.cart import service
from server.features.cart.domain import Cart
from server.features.cart.schemas import CartLineIn, CartLinePatchIn, CartOut
from server.features.cart.view import cart_response

blueprint = Blueprint("cart", __name__)
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
VERSION_TAG = re.compile(r'(?:W/)?"(\d{1,9})"', re.ASCII)


@blueprint.get("/cart")
@public()
@answers(CartOut)
async def get_cart() -> Response:
    """Show the caller's cart."""
    principal = await identify()
    cart = Cart(version=0, lines=())
    if principal.visitor_id is not None:
        async with reading() as connection:
            cart = await service.read_cart(connection, principal.visitor_id)
    return await cart_response(cart)


@blueprint.post("/cart/lines")
@public("writes")
@takes(CartLineIn)
@answers(CartOut, 201)
@problems(404, 409, 412)
async def add_cart_line(data: CartLineIn) -> Response:
    """Put a product into the cart; sent again with the same Idempotency-Key, it is put there once."""
    product_id = row_id(data.product_id)
    if product_id is None:
        raise NotFound("There is no such product.", code="product.not_found")
    expected, key = if_version(), idempotency_key()
    async with transaction() as tx:
        visitor_id = await ensure_visitor(tx.connection)
        cart = await service.add_line(
            tx, visitor_id, product_id=product_id, quantity=data.quantity, if_version=expected, key=key
        )
    return await cart_response(cart, 201)


@blueprint.patch("/cart/lines/<line_id>")
@public("writes")
@takes(CartLinePatchIn)
@answers(CartOut)
@problems(409, 412)
async def update_cart_line(line_id: str, data: CartLinePatchIn) -> Response:
    """Change the quantity of a line; 0 removes it."""
    visitor_id, number, expected = await _own_line(line_id)
    async with transaction() as tx:
        cart = await service.change_line(
            tx, visitor_id, line_id=number, quantity=data.quantity, if_version=expected
        )
    return await cart_response(cart)


@blueprint.delete("/cart/lines/<line_id>")
@public("writes")
@answers(CartOut)
@problems(412)
async def remove_cart_line(line_id: str) -> Response:
    """Take a line out of the cart."""
    visitor_id, number, expected = await _own_line(line_id)
    async with transaction() as tx:
        cart = await service.remove_line(tx, visitor_id, line_id=number, if_version=expected)
    return await cart_response(cart)


async def _own_line(line_id: str) -> tuple[int, int, int | None]:
    principal, number = await identify(), row_id(line_id)
    if principal.visitor_id is None or number is None:
        raise NotFound("There is no such line in your cart.")
    return principal.visitor_id, number, if_version()


def idempotency_key() -> UUID | None:
    """Return the key that the caller gave this write, if any.

    Raises
    ------
    Malformed
        It is not a UUID.
    """
    header = request.headers.get("Idempotency-Key")
    if header is None:
        return None
    if KEY.fullmatch(header) is None:
        raise Malformed("Idempotency-Key must be a UUID.", code="idempotency_key.malformed")
    return UUID(header)


def if_version() -> int | None:
    """Return the version that the caller's If-Match names, if it names one.

    Raises
    ------
    Malformed
        It is not a tag of ours.
    """
    header = request.headers.get("If-Match")
    if header is None or header.strip() == "*":
        return None
    match = VERSION_TAG.fullmatch(header.strip())
    if match is None:
        raise Malformed('If-Match must be a version such as "3".', code="if_match.malformed")
    return int(match[1])
