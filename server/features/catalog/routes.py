"""Routes of the catalogue."""

from __future__ import annotations

from quart import Blueprint, Response, request
from quart_schema import document_querystring, hide

from server.core.access import public
from server.core.crawlers import is_crawler
from server.core.ids import row_id
from server.core.json import cacheable_json
from server.core.objection import caller_objects
from server.core.openapi import answers
from server.core.pagination import page_limit
from server.core.problems import NotFound
from server.core.sessions import identify
from server.features.catalog import browse, service
from server.features.catalog.domain import ListFilters, ListRequest
from server.features.catalog.drawing_files import drawing_file
from server.features.catalog.leanings import Shopper
from server.features.catalog.parameters import query_values, read_list_request
from server.features.catalog.schemas import (
    CardPageOut,
    CategoryListOut,
    DetailQuery,
    ListQuery,
    PageQuery,
    ProductOut,
    ProductPageOut,
)

blueprint = Blueprint("catalog", __name__)
drawings_blueprint = Blueprint("drawings", __name__)
FOR_EVER = "public, max-age=31536000, immutable"


@blueprint.get("/products")
@public()
@document_querystring(ListQuery)
@answers(ProductPageOut)
async def list_products() -> Response:
    """List products by filters, words and order."""
    wanted = read_list_request(request.query_string)
    shopper = Shopper()
    if wanted.filters.sort == "for_you":
        shopper = Shopper((await identify()).visitor_id, caller_objects())
    return cacheable_json(await browse.list_products(wanted, shopper))


@blueprint.get("/products/most-popular")
@public()
@document_querystring(PageQuery)
@answers(CardPageOut)
async def list_most_popular() -> Response:
    """List what was looked at most, recent views counting more."""
    values = query_values(request.query_string, frozenset({"limit", "cursor"}))
    wanted = ListRequest(
        filters=ListFilters(),
        limit=page_limit(values.get("limit", [None])[0]),
        cursor=values.get("cursor", [""])[0] or None,
    )
    return cacheable_json(await browse.list_products(wanted))


@blueprint.get("/products/<product_id>")
@public()
@document_querystring(DetailQuery)
@answers(ProductOut)
async def get_product(product_id: str) -> Response:
    """Show one product and count the view."""
    values = query_values(request.query_string, frozenset({"prefetch"}))
    number = row_id(product_id)
    if number is None:
        raise NotFound("There is no such product.")
    body = await service.product_detail(number)
    if values.get("prefetch", ["0"])[0] != "1" and not is_crawler(request.headers.get("User-Agent", "")):
        principal = await identify()
        # Who sells may be looking at their own; the database knows whose it is.
        seller_id = None if principal.role == "shopper" else principal.user_id
        service.catalog().views.count(principal.visitor_id or principal.key, number, seller_id=seller_id)
    return cacheable_json(body)


@blueprint.get("/categories")
@public()
@answers(CategoryListOut)
async def list_categories() -> Response:
    """List all categories with the number of their products."""
    query_values(request.query_string, frozenset())
    return cacheable_json(await service.catalog().categories.get())


@drawings_blueprint.get("/drawings/v1/<category>/<brand>/<model>.svg")
@public()
@hide
async def drawing(category: str, brand: str, model: str) -> Response:
    """Serve the picture of a model; the same path always shows the same picture."""
    response = Response(drawing_file(category, brand, model), content_type="image/svg+xml; charset=utf-8")
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response
