"""The short way to the home page of a known session."""

from __future__ import annotations

from quart import Quart

from server.core.fast_lane import Headers, Lane
from server.core.principal import Principal
from server.features.recommendations import service
from server.features.recommendations.worker import RECOMMENDATIONS, Recommendations


def home_lane(app: Quart) -> Lane:
    """Return the lane of `GET /recommendations/home`."""

    async def answer(principal: Principal, headers: Headers, body: bytes) -> bytes | None:
        del headers, body
        shop: Recommendations | None = app.extensions.get(RECOMMENDATIONS)
        return None if shop is None else await service.home(shop, principal.visitor_id)

    return Lane("reads", 200, answer)
