"""Who is asking: the one shape that sessions, tokens and services are turned into."""

from __future__ import annotations

from dataclasses import dataclass

ROLES = ("shopper", "vendor", "support", "admin")


@dataclass(frozen=True, slots=True)
class ServiceAccess:
    """What a service token opens: one namespace, and what may be done in it."""

    token_id: int
    namespace_id: int
    namespace: str
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Principal:
    """The caller of a request.

    ``visitor_id`` is the identity that is learned from; it is ``None`` until the first write.
    ``key`` is what rate limits count by: the session or token when there is one, else the address.
    """

    key: object
    session_id: int | None = None
    visitor_id: int | None = None
    user_id: int | None = None
    role: str | None = None
    service: ServiceAccess | None = None

    @property
    def is_logged_in(self) -> bool:
        """Whether a user stands behind the session."""
        return self.user_id is not None
