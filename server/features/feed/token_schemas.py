"""Service tokens on the wire."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from server.core.wire import BodyModel, WireModel
from server.features.feed.domain import Scope

Name = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]
Namespace = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]


class TokenIn(BodyModel):
    """A token for a program: a name for people, its namespace, its scopes, and when it ends, if ever."""

    name: Name
    namespace: Namespace
    scopes: list[Scope] = Field(min_length=1, max_length=3)
    expires_at: AwareDatetime | None = None


class ServiceTokenOut(WireModel):
    """An issued token, without its secret."""

    id: str
    name: str
    namespace: str
    scopes: list[Scope]
    created_at: str
    expires_at: str | None
    last_used_at: str | None
    revoked_at: str | None


class IssuedTokenOut(WireModel):
    """A new token; ``token`` is shown here once and cannot be read again."""

    token: str
    details: ServiceTokenOut


class ServiceTokensOut(WireModel):
    """Issued tokens, newest first."""

    items: list[ServiceTokenOut]
    next_cursor: str | None
