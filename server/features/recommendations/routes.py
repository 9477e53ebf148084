"""Routes of recommendations and of the models behind them."""

from __future__ import annotations

from datetime import datetime

from quart import Blueprint, Response, request
from quart_schema import document_querystring

from server.core.access import public, requires
from server.core.clock import rfc3339
from server.core.ids import row_id
from server.core.json import json_response
from server.core.objection import caller_objects
from server.core.openapi import answers, problems
from server.core.problems import FieldError, Invalid, NotFound
from server.core.sessions import identify
from server.core.transactions import reading
from server.core.wire import wire_response
from server.features.experiments.service import ClickRate, click_rate_out, model_click_rates
from server.features.recommendations import model_queries, promotion, service
from server.features.recommendations.model_queries import ModelRow
from server.features.recommendations.schemas import (
    CategoryQuery,
    HomeOut,
    ModelOut,
    ModelsOut,
    RecommendationsOut,
    RefitOut,
)
from server.features.recommendations.service import Caller

blueprint = Blueprint("recommendations", __name__)
MODELS_SHOWN = 50
MAX_SLUG_CHARACTERS = 100


async def caller() -> Caller:
    """Return who asks for recommendations."""
    return Caller((await identify()).visitor_id, caller_objects())


@blueprint.get("/recommendations/home")
@public()
@answers(HomeOut)
async def recommend_home() -> Response:
    """Choose the rails of the home page for the caller."""
    return json_response(await service.home(service.recommendations(), await caller()))


@blueprint.get("/recommendations/similar/<product_id>")
@public()
@answers(RecommendationsOut)
async def recommend_similar(product_id: str) -> Response:
    """Choose what goes with a product."""
    number = row_id(product_id)
    if number is None:
        raise NotFound("There is no such product.")
    return json_response(await service.similar(service.recommendations(), await caller(), number))


@blueprint.get("/recommendations/cart")
@public()
@answers(RecommendationsOut)
async def recommend_for_cart() -> Response:
    """Choose what goes with the caller's cart."""
    return json_response(await service.for_cart(service.recommendations(), await caller()))


@blueprint.get("/recommendations/session")
@public()
@answers(RecommendationsOut)
async def recommend_for_session() -> Response:
    """Choose what goes with what the caller did within the last half hour."""
    return json_response(await service.for_session(service.recommendations(), await caller()))


@blueprint.get("/recommendations/category")
@public()
@document_querystring(CategoryQuery)
@answers(RecommendationsOut)
async def recommend_category() -> Response:
    """Choose the best of a category for the caller."""
    slug = request.args.get("category", "")
    if not slug or len(slug) > MAX_SLUG_CHARACTERS or "\x00" in slug:
        error = FieldError("/category", "missing", "The slug of a category.")
        raise Invalid("category must name a category.", errors=[error])
    return json_response(await service.for_category(service.recommendations(), await caller(), slug))


@blueprint.get("/models")
@requires("admin")
@answers(ModelsOut)
async def list_models() -> Response:
    """List the latest models with what was measured and why some were refused."""
    async with reading() as connection:
        rows = await model_queries.select_models(connection, limit=MODELS_SHOWN)
        rates = await model_click_rates(connection, [row.version for row in rows])
    live = service.recommendations().models.current
    items = [_model(row, rates.get(row.version)) for row in rows]
    models = ModelsOut(items=items, live=None if live is None else str(live.version))
    return wire_response(models)


@blueprint.post("/models/refit")
@requires("admin", limit="writes")
@answers(RefitOut, 202)
async def request_refit() -> Response:
    """Ask for a refit at once; the models list shows how it went."""
    service.recommendations().refits.request()
    return wire_response(RefitOut(requested=True), 202)


@blueprint.post("/models/<version>/promote")
@requires("admin", limit="writes")
@answers(ModelOut)
@problems(409)
async def promote_model(version: str) -> Response:
    """Let a stored model serve, in every worker at once; an older one is a step back that holds."""
    number = row_id(version)
    if number is None:
        raise NotFound("There is no such model.")
    principal = await identify()
    row = await promotion.promote(service.recommendations(), number, by_user=principal.user_id)
    async with reading() as connection:
        rates = await model_click_rates(connection, [number])
    return wire_response(_model(row, rates.get(number)))


def _model(row: ModelRow, rate: ClickRate | None) -> ModelOut:
    return ModelOut(
        version=str(row.version),
        status=row.status,
        created_at=rfc3339(row.created_at),
        promoted_at=_instant(row.promoted_at),
        trained_until=_instant(row.trained_until),
        interactions_count=row.interactions_count,
        users_count=row.users_count,
        items_count=row.items_count,
        fit_seconds=row.fit_seconds,
        metrics=row.metrics,
        refusal=row.refusal,
        is_held=row.is_held,
        is_stored=row.location is not None,
        parent_version=None if row.parent_version is None else str(row.parent_version),
        code_version=row.code_version,
        schema_version=row.schema_version,
        config=row.config,
        click_rate=click_rate_out(rate),
    )


def _instant(instant: datetime | None) -> str | None:
    return None if instant is None else rfc3339(instant)
