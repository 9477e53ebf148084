"""Routes of favorites."""

from __future__ import annotations

from quart import Blueprint, Response, request
from quart_schema import document_querystring

from server.core.access import public
from server.core.ids import row_id
from server.core.json import cacheable_json
from server.core.openapi import answers, problems
from server.core.pagination import page_limit
from server.core.problems import NotFound
from server.core.sessions import ensure_visitor, identify
from server.core.transactions import transaction
from server.features.catalog.service import CardPageOut, PageQuery
from server.features.favorites import service

blueprint = Blueprint("favorites", __name__)


@blueprint.get("/favorites")
@public()
@document_querystring(PageQuery)
@answers(CardPageOut)
async def list_favorites() -> Response:
    """List what the caller saved, the latest first."""
    principal = await identify()
    limit = page_limit(request.args.get("limit"))
    cursor = request.args.get("cursor") or None
    return cacheable_json(await service.list_favorites(principal.visitor_id, cursor=cursor, limit=limit))


@blueprint.put("/favorites/<product_id>")
@public("writes")
@answers(None, 204)
@problems(409)
async def save_favorite(product_id: str) -> Response:
    """Save a product."""
    number = row_id(product_id)
    if number is None:
        raise NotFound("There is no such product.", code="product.not_found")
    async with transaction() as tx:
        visitor_id = await ensure_visitor(tx.connection)
        await service.save_favorite(tx, visitor_id, number)
    return Response(b"", status=204)


@blueprint.delete("/favorites/<product_id>")
@public("writes")
@answers(None, 204)
async def remove_favorite(product_id: str) -> Response:
    """Remove a saved product."""
    principal, number = await identify(), row_id(product_id)
    if principal.visitor_id is not None and number is not None:
        async with transaction() as tx:
            await service.remove_favorite(tx, principal.visitor_id, number)
    return Response(b"", status=204)
