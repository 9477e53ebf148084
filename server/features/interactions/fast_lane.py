"""The short way in for a valid batch of a known session."""

from __future__ import annotations

from typing import cast

from pydantic import ValidationError
from quart import Quart

from server.core.crawlers import is_crawler
from server.core.fast_lane import Call, Lane, Reply
from server.core.objection import headers_object
from server.features.interactions.intake import Intake
from server.features.interactions.schemas import InteractionsIn
from server.features.interactions.service import EXTENSION, Interactions


def interactions_lane(app: Quart) -> Lane:
    """Return the lane of `POST /interactions`."""

    async def take(call: Call) -> Reply | None:
        parts: Interactions | None = app.extensions.get(EXTENSION)
        agent = call.headers.get(b"user-agent", b"").decode("latin-1")
        if parts is None or call.headers.get(b"content-type") != b"application/json" or is_crawler(agent):
            return None
        try:
            intake = Intake.of(parts, InteractionsIn.model_validate_json(call.body))
        except ValidationError:
            return None
        logged = 0
        if headers_object(call.headers):
            intake.refusal = "do_not_track"
        elif intake.known:
            logged = intake.log(cast("int", call.principal.visitor_id))
        return Reply(intake.answer(logged), status=202)

    return Lane("events", take)
