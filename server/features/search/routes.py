"""Routes of search."""

from __future__ import annotations

from quart import Blueprint, Response, request
from quart_schema import document_querystring

from server.core.access import public
from server.core.json import json_response
from server.core.openapi import answers
from server.core.problems import FieldError, Invalid
from server.core.transactions import reading
from server.features.search import queries
from server.features.search.domain import folded_words, prefix_query
from server.features.search.schemas import SuggestionsOut, SuggestQuery

blueprint = Blueprint("search", __name__)
MAX_QUERY_CHARACTERS = 200
MAX_SUGGESTIONS = 8
NOTHING: dict[str, list[object]] = {"suggestions": []}


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
    words = " ".join(folded_words(typed))
    if not words:
        return json_response(NOTHING)
    async with reading() as connection:
        rows = await queries.select_suggestions(
            connection, typed=words, prefix=prefix_query(typed), limit=MAX_SUGGESTIONS
        )
    return json_response(
        {"suggestions": [{"kind": row.kind, "text": row.text, "id": row.id} for row in rows]}
    )
