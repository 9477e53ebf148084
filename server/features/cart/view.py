"""Shapes a cart for the wire, around the cards of its products."""

from __future__ import annotations

from quart import Response

from server.core.json import dumps
from server.core.money import money
from server.features.cart.domain import Cart, Line, problem_of
from server.features.catalog.service import cards_by_id

DEFAULT_CURRENCY = "EUR"


async def cart_response(cart: Cart, status: int = 200) -> Response:
    """Answer with the whole cart; its version is the ETag. Call it after the transaction."""
    cards = await cards_by_id([line.product_id for line in cart.lines], with_withdrawn=True)
    sums = cart.totals_minor or {DEFAULT_CURRENCY: 0}
    totals = [money(minor, currency) for currency, minor in sums.items()]
    lines = b",".join(_line(line, cards[line.product_id]) for line in cart.lines if line.product_id in cards)
    body = b"".join(
        (
            b'{"version":%d,"lines":[' % cart.version,
            lines,
            b'],"total":',
            dumps(totals[0]),
            b',"totals":',
            dumps(totals),
            b',"problems":',
            dumps([problem for line in cart.lines if (problem := _problem(line)) is not None]),
            b',"requirements":[]}',
        )
    )
    headers = {"ETag": f'"{cart.version}"', "Cache-Control": "private, no-cache"}
    return Response(body, status=status, headers=headers, content_type="application/json")


def _line(line: Line, card: bytes) -> bytes:
    return b'{"id":"%d","product":%b,"quantity":%d,"lineTotal":%b}' % (
        line.id,
        card,
        line.quantity,
        dumps(money(line.total_minor, line.currency)),
    )


def _problem(line: Line) -> dict[str, object] | None:
    code = problem_of(line)
    if code is None:
        return None
    problem: dict[str, object] = {"code": code, "lineId": str(line.id)}
    if code == "withdrawn":
        problem["detail"] = f"{line.title} is no longer offered."
    elif code == "out_of_stock":
        problem |= {"detail": f"{line.title} is sold out.", "available": 0}
    elif code == "stock_short":
        problem |= {"detail": f"Only {line.stock} of {line.title} left.", "available": line.stock}
    else:
        was, now = money(line.unit_price_minor, line.currency), money(line.price_minor, line.currency)
        problem |= {
            "detail": f"The price of {line.title} changed from {was['display']} to {now['display']}.",
            "was": was,
            "now": now,
        }
    return problem
