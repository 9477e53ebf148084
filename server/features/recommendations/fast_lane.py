"""The short ways to the home page and to what comes next, for a known session."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from quart import Quart

from server.core.fast_lane import Call, Lane, Reply
from server.core.objection import headers_object
from server.features.recommendations import service
from server.features.recommendations.worker import RECOMMENDATIONS, Recommendations

Answer = Callable[[Recommendations, service.Caller], Awaitable[bytes]]


def home_lane(app: Quart) -> Lane:
    """Return the lane of `GET /recommendations/home`."""
    return _lane(app, service.home)


def session_lane(app: Quart) -> Lane:
    """Return the lane of `GET /recommendations/session`."""
    return _lane(app, service.for_session)


def _lane(app: Quart, choose: Answer) -> Lane:

    async def answer(call: Call) -> Reply | None:
        shop: Recommendations | None = app.extensions.get(RECOMMENDATIONS)
        if shop is None:
            return None
        caller = service.Caller(call.principal.visitor_id, headers_object(call.headers))
        return Reply(await choose(shop, caller))

    return Lane("reads", answer)
