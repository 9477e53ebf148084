"""Routes with which administrators issue, list and revoke service tokens."""

from __future__ import annotations

from datetime import datetime

from quart import Blueprint, Response, request
from quart_schema import document_querystring

from server.core.access import requires
from server.core.clock import rfc3339
from server.core.ids import row_id
from server.core.openapi import answers
from server.core.pagination import page_limit
from server.core.problems import FieldError, Invalid, NotFound
from server.core.runtime import runtime
from server.core.sessions import identify
from server.core.transactions import reading
from server.core.wire import takes, wire_response
from server.features.catalog.service import PageQuery
from server.features.feed import token_queries, tokens
from server.features.feed.domain import SCOPES, ServiceToken, TokenOrder
from server.features.feed.token_schemas import IssuedTokenOut, ServiceTokenOut, ServiceTokensOut, TokenIn

blueprint = Blueprint("service_tokens", __name__)
CURSOR = "feed/tokens"


@blueprint.post("/feed/tokens")
@requires("admin", limit="writes")
@takes(TokenIn)
@answers(IssuedTokenOut, 201)
async def issue_service_token(data: TokenIn) -> Response:
    """Issue a token for another shop's program; the answer is the only place that shows it."""
    if data.expires_at is not None and data.expires_at <= runtime().clock.now():
        error = FieldError("/expiresAt", "in_the_past", "A token must end in the future.")
        raise Invalid("See errors.", errors=[error])
    scopes = tuple(scope for scope in SCOPES if scope in data.scopes)
    order = TokenOrder(data.name, data.namespace, scopes, data.expires_at)
    async with reading() as connection:
        token, text = await tokens.issue(connection, order, issued_by=(await identify()).user_id)
    return wire_response(IssuedTokenOut(token=text, details=_token(token)), 201)


@blueprint.get("/feed/tokens")
@requires("admin")
@document_querystring(PageQuery)
@answers(ServiceTokensOut)
async def list_service_tokens() -> Response:
    """List issued tokens, newest first, revoked ones included."""
    limit, cursors = page_limit(request.args.get("limit")), runtime().cursors
    cursor = request.args.get("cursor")
    before_id = int(str(cursors.decode(CURSOR, cursor)[0])) if cursor else None
    async with reading() as connection:
        rows = await token_queries.select_tokens(connection, before_id=before_id, limit=limit + 1)
    shown = rows[:limit]
    following = cursors.encode(CURSOR, [shown[-1].id]) if len(rows) > limit else None
    return wire_response(ServiceTokensOut(items=[_token(row) for row in shown], next_cursor=following))


@blueprint.delete("/feed/tokens/<token_id>")
@requires("admin", limit="writes")
@answers(None, 204)
async def revoke_service_token(token_id: str) -> Response:
    """End a token at once, in every process."""
    number = row_id(token_id)
    if number is None:
        raise NotFound("There is no such token.")
    async with reading() as connection:
        token_hash = await tokens.revoke(connection, number)
    if token_hash is None:
        raise NotFound("There is no such token.")
    runtime().sessions.forget(token_hash)
    return Response(b"", status=204)


def _token(token: ServiceToken) -> ServiceTokenOut:
    return ServiceTokenOut.model_validate(
        {
            "id": str(token.id),
            "name": token.name,
            "namespace": token.namespace,
            "scopes": list(token.scopes),
            "created_at": rfc3339(token.created_at),
            "expires_at": _instant(token.expires_at),
            "last_used_at": _instant(token.last_used_at),
            "revoked_at": _instant(token.revoked_at),
        }
    )


def _instant(instant: datetime | None) -> str | None:
    return None if instant is None else rfc3339(instant)
