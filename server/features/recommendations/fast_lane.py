"""The short way to the home page of a known session."""

from __future__ import annotations

from quart import Quart

from server.core.fast_lane import Call, Lane, Reply
from server.core.objection import headers_object
from server.features.recommendations import service
from server.features.recommendations.worker import RECOMMENDATIONS, Recommendations


def home_lane(app: Quart) -> Lane:
    """Return the lane of `GET /recommendations/home`."""

    async def answer(call: Call) -> Reply | None:
        shop: Recommendations | None = app.extensions.get(RECOMMENDATIONS)
        if shop is None:
            return None
        caller = service.Caller(call.principal.visitor_id, headers_object(call.headers))
        return Reply(await service.home(shop, caller))

    return Lane("reads", answer)
