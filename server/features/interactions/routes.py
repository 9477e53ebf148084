"""Takes batches of what shoppers looked at."""

from __future__ import annotations

from quart import Blueprint, Response, request

from server.core.access import public
from server.core.crawlers import is_crawler
from server.core.json import json_response
from server.core.objection import caller_objects
from server.core.openapi import answers
from server.core.sessions import ensure_visitor, identify
from server.core.transactions import transaction
from server.core.wire import takes
from server.features.interactions.intake import Intake
from server.features.interactions.schemas import InteractionsIn, InteractionsOut
from server.features.interactions.service import interactions

blueprint = Blueprint("interactions", __name__)


@blueprint.post("/interactions")
@public("events")
@takes(InteractionsIn)
@answers(InteractionsOut, 202)
async def record_interactions(data: InteractionsIn) -> Response:
    """Log a batch of impressions, views and clicks of the caller; repeats are ignored.

    Nothing is logged of a shopper who paused learning or whose browser sends `DNT: 1` or `Sec-GPC: 1`.
    """
    intake = Intake.of(interactions(), data)
    accepted = len(intake.known)
    if caller_objects():
        intake.refusal = "do_not_track"
    elif accepted and not is_crawler(request.headers.get("User-Agent", "")):
        accepted = intake.log(await _visitor_id())
    return json_response(intake.answer(accepted), 202)


async def _visitor_id() -> int:
    principal = await identify()
    if principal.visitor_id is not None:
        return principal.visitor_id
    async with transaction() as tx:
        return await ensure_visitor(tx.connection)
