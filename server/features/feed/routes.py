"""Routes for other shops' programs: bulk in, recommendations out, each in the namespace of its token."""

from __future__ import annotations

from quart import Blueprint, Response, request
from quart_schema import document_querystring, document_request

from server.core.access import requires_scope
from server.core.ids import row_id
from server.core.openapi import answers, problems
from server.core.pagination import page_limit
from server.core.principal import ServiceAccess
from server.core.problems import FieldError, Invalid, NotFound
from server.core.runtime import runtime
from server.core.sessions import identify
from server.core.telemetry import counter
from server.core.transactions import reading
from server.core.wire import wire_response
from server.features.feed import batch_queries, batches, product_queries
from server.features.feed.domain import INTERACTIONS, PRODUCTS, RECOMMENDATIONS, Batch
from server.features.feed.encoding import batch_out, product_out, recommendations_out
from server.features.feed.recommending import Request, recommend
from server.features.feed.row_schemas import FeedBatchOut, FeedInteractionsIn, FeedProductsIn
from server.features.feed.schemas import (
    FeedProductsOut,
    FeedProductsQuery,
    FeedRecommendationsOut,
    FeedRecommendationsQuery,
)

blueprint = Blueprint("feed", __name__)
DEFAULT_ITEMS = 12
MAX_TEXT = 200
_KINDS = {PRODUCTS: "products", INTERACTIONS: "interactions"}
_strangers = counter("feed_not_found_total", "Questions about what the caller's namespace does not hold.")


@blueprint.post("/feed/products")
@requires_scope(PRODUCTS, limit="writes")
@document_request(FeedProductsIn)
@answers(FeedBatchOut, 202)
async def feed_products() -> Response:
    """Take products in bulk; a product that is sent again replaces what was sent, a bad row only itself."""
    return _accepted(await batches.accept_products((await _service()).namespace_id))


@blueprint.post("/feed/interactions")
@requires_scope(INTERACTIONS, limit="writes")
@document_request(FeedInteractionsIn)
@answers(FeedBatchOut, 202)
async def feed_interactions() -> Response:
    """Take events in bulk; an event that is sent again counts once, a bad row only itself."""
    return _accepted(await batches.accept_interactions((await _service()).namespace_id))


@blueprint.get("/feed/batches/<batch_id>")
@requires_scope(PRODUCTS, INTERACTIONS)
@answers(FeedBatchOut)
async def get_feed_batch(batch_id: str) -> Response:
    """Tell what became of a batch; verdicts are kept for a month."""
    service, number = await _service(), row_id(batch_id)
    kinds = [kind for scope, kind in _KINDS.items() if scope in service.scopes]
    batch = None
    if number is not None:
        async with reading() as connection:
            batch = await batch_queries.select_batch(
                connection, namespace_id=service.namespace_id, batch_id=number, kinds=kinds
            )
    if batch is None:
        _strangers.inc()
        raise NotFound("This namespace has no such batch.")
    return wire_response(batch_out(batch))


@blueprint.get("/feed/products")
@requires_scope(PRODUCTS)
@document_querystring(FeedProductsQuery)
@answers(FeedProductsOut)
@problems(400, 422)
async def list_feed_products() -> Response:
    """List the namespace's products in the order in which they first came, withdrawn ones included."""
    service, limit, cursors = await _service(), page_limit(request.args.get("limit")), runtime().cursors
    category = _text("category")
    context = f"feed/products {service.namespace_id} {category}"
    cursor = request.args.get("cursor")
    after_id = int(str(cursors.decode(context, cursor)[0])) if cursor else 0
    async with reading() as connection:
        rows = await product_queries.select_page(
            connection,
            namespace_id=service.namespace_id,
            category=category,
            after_id=after_id,
            limit=limit + 1,
        )
    shown = rows[:limit]
    following = cursors.encode(context, [shown[-1].id]) if len(rows) > limit else None
    page = FeedProductsOut(items=[product_out(row) for row in shown], next_cursor=following)
    return wire_response(page)


@blueprint.get("/feed/recommendations")
@requires_scope(RECOMMENDATIONS)
@document_querystring(FeedRecommendationsQuery)
@answers(FeedRecommendationsOut)
@problems(404, 422)
async def recommend_for_feed() -> Response:
    """Choose for a product, a category, a user, or any of them together; never empty while there is stock."""
    service = await _service()
    limit = page_limit(request.args.get("limit") or str(DEFAULT_ITEMS))
    asked = Request(service.namespace_id, limit, _text("productId"), _text("category"), _text("userId"))
    try:
        answer = await recommend(asked)
    except NotFound:
        _strangers.inc()
        raise
    return wire_response(recommendations_out(service.namespace, answer))


def _accepted(batch: Batch) -> Response:
    response = wire_response(batch_out(batch), 202)
    response.headers["Location"] = f"/api/v1/feed/batches/{batch.id}"
    return response


async def _service() -> ServiceAccess:
    service = (await identify()).service
    if service is None:
        raise NotFound("There is no namespace without a service token.")
    return service


def _text(name: str) -> str | None:
    """Read a parameter in the caller's own words.

    Raises
    ------
    Invalid
        Too long, or with characters that no name holds.
    """
    text = request.args.get(name)
    if text is None or text == "":
        return None
    if len(text) > MAX_TEXT or not text.isprintable():
        error = FieldError(f"/{name}", "not_a_name", f"At most {MAX_TEXT} printable characters.")
        raise Invalid("See errors.", errors=[error])
    return text
