"""Routes of the shopper's side: not for me, the mirror, its switches, and forgetting."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quart import Blueprint, Response, request
from quart_schema import document_querystring

from server.core.access import public
from server.core.ids import row_id
from server.core.json import json_response
from server.core.openapi import answers, problems
from server.core.pagination import page_limit
from server.core.problems import FieldError, Invalid, NotFound
from server.core.sessions import ensure_visitor
from server.core.wire import takes, wire_response
from server.features.interactions.service import (
    ALL_EVENTS,
    Forgotten,
    change_settings,
    deciding,
    forget_everything,
    forget_last_hour,
    forget_one,
)
from server.features.recommendations import feedback, profile, service
from server.features.recommendations.profile import EVENT_NAMES, SignalPage
from server.features.recommendations.profile_schemas import (
    DownloadOut,
    ExclusionOut,
    FeedbackIn,
    ForgetQuery,
    ForgottenOut,
    ProfileOut,
    ProfilePatchIn,
    ProfileQuery,
    SettingsOut,
)
from server.features.recommendations.routes import caller

blueprint = Blueprint("profile", __name__)
_EVENTS = {name: event for event, name in EVENT_NAMES.items()}
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@blueprint.post("/recommendations/feedback")
@public("writes")
@takes(FeedbackIn)
@answers(ExclusionOut, 201)
@answers(ExclusionOut)
@problems(404, 409)
async def give_feedback(data: FeedbackIn) -> Response:
    """Stop recommending a product, its model, maker or kind to the caller, on every surface and at once.

    200 when that was said before. 409 while everyone is shown the same.
    """
    body, is_new = await feedback.turn_down(service.recommendations(), await caller(), data)
    return json_response(body, 201 if is_new else 200)


@blueprint.delete("/recommendations/feedback/<exclusion_id>")
@public("writes")
@answers(None, 204)
async def take_feedback_back(exclusion_id: str) -> Response:
    """Recommend again what was left out, as if nothing had been said."""
    number, visitor_id = row_id(exclusion_id), (await caller()).visitor_id
    if number is None or visitor_id is None:
        raise NotFound("There is no such exclusion.", code="exclusion.not_found")
    await feedback.take_back(visitor_id, number)
    return Response(b"", status=204)


@blueprint.get("/profile")
@public()
@document_querystring(ProfileQuery)
@answers(ProfileOut)
async def get_profile() -> Response:
    """Show the caller all that is kept of them, the latest first, and what is made of it."""
    page = SignalPage(
        _wanted_events(request.args.getlist("type")),
        request.args.get("cursor") or None,
        page_limit(request.args.get("limit")),
    )
    return json_response(await profile.mirror(service.recommendations(), await caller(), page))


@blueprint.patch("/profile")
@public("writes")
@takes(ProfilePatchIn)
@answers(SettingsOut)
async def change_profile(data: ProfilePatchIn) -> Response:
    """Pause or resume learning; show what everyone sees, or what was learned."""
    if data.paused is None and data.same_for_everyone is None:
        raise Invalid("Name a switch: paused or sameForEveryone.", code="profile.nothing_to_change")
    async with deciding() as tx:
        visitor_id = await ensure_visitor(tx.connection)
        settings = await change_settings(
            tx, visitor_id, is_paused=data.paused, is_same_for_everyone=data.same_for_everyone
        )
    return json_response(profile.settings_content(settings))


@blueprint.delete("/profile")
@public("writes")
@document_querystring(ForgetQuery)
@answers(ForgottenOut)
@problems(404)
async def forget() -> Response:
    """Forget one signal, the last hour, or everything, with the slates that were shown because of it.

    Gone from the log and from every worker's memory with the answer, from the model with its next fit.
    """
    signal_id, last = _what_to_forget()
    visitor_id = (await caller()).visitor_id
    forgotten = Forgotten(0, 0)
    if visitor_id is None and signal_id is not None:
        raise NotFound("There is no such signal.", code="signal.not_found")
    if visitor_id is not None:
        async with deciding() as tx:
            if signal_id is not None:
                forgotten = await forget_one(tx, visitor_id, signal_id)
            elif last is not None:
                forgotten = await forget_last_hour(tx, visitor_id)
            else:
                forgotten = await forget_everything(tx, visitor_id)
    return wire_response(ForgottenOut(signals=forgotten.events, exclusions=forgotten.exclusions))


@blueprint.get("/profile/download")
@public()
@answers(DownloadOut)
async def download_profile() -> Response:
    """Hand out all that is kept of the caller as one file."""
    visitor_id = (await caller()).visitor_id
    pieces = profile.download(service.recommendations(), visitor_id)
    headers = {"Content-Disposition": 'attachment; filename="jackdaw-profile.json"'}
    return Response(pieces, headers=headers, content_type="application/json")


def _wanted_events(names: Sequence[str]) -> tuple[int, ...]:
    unknown = [name for name in names if name not in _EVENTS]
    if unknown:
        error = FieldError("/type", "unknown", "One of: " + ", ".join(_EVENTS) + ".")
        raise Invalid("There is no such type of signal.", errors=[error])
    return tuple(sorted({_EVENTS[name] for name in names})) or ALL_EVENTS


def _what_to_forget() -> tuple[str | None, str | None]:
    """Read the query; anything unexpected must not end as "everything"."""
    wanted = request.args.to_dict(flat=False)
    signal_id, last = request.args.get("signal"), request.args.get("last")
    is_known = set(wanted) <= {"signal", "last"} and all(len(values) == 1 for values in wanted.values())
    is_one = len(wanted) <= 1 and (signal_id is None or _UUID.fullmatch(signal_id) is not None)
    if not is_known or not is_one or last not in {None, "hour"}:
        error = FieldError("/signal", "invalid", "signal=<id>, last=hour, or nothing for everything.")
        raise Invalid("Say what to forget.", errors=[error])
    return signal_id, last
