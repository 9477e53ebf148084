"""Routes of search."""

from __future__ import annotations

from quart import Blueprint, Response, request
from quart_schema import document_querystring

from server.core.access import public
from server.core.json import json_response
from server.core.openapi import answers
from server.core.problems import FieldError, Invalid
from server.features.search.schemas import SuggestionsOut, SuggestQuery
from server.features.search.service import search
from server.features.search.suggest import Suggested

blueprint = Blueprint("search", __name__)
MAX_QUERY_CHARACTERS = 200


@blueprint.get("/search/suggest")
@public()
@document_querystring(SuggestQuery)
@answers(SuggestionsOut)
async def suggest() -> Response:
    """Complete what is being typed."""
    typed = request.args.get("q", "").strip()
    if len(typed) > MAX_QUERY_CHARACTERS:
        detail = f"At most {MAX_QUERY_CHARACTERS} characters."
        raise Invalid(detail, errors=[FieldError("q", "too_long", detail)])
    if "\0" in typed:
        detail = "NUL characters are not accepted."
        raise Invalid(detail, errors=[FieldError("q", "nul", detail)])
    return json_response({"suggestions": _content(await search().suggestions.complete(typed))})


def _content(suggested: Suggested) -> list[dict[str, str]]:
    repaired = {"repairedFrom": suggested.repaired_from} if suggested.repaired_from is not None else {}
    return [
        {"kind": entry.kind, "text": entry.text} | ({} if entry.id is None else {"id": entry.id}) | repaired
        for entry in suggested.completions
    ]
