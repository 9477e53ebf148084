"""Who may call a route and how often. Every view carries a mark; a sweep of the URL map checks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, ParamSpec, TypeVar

from server.core.principal import Principal
from server.core.problems import Forbidden, NotAuthenticated
from server.core.runtime import runtime
from server.core.sessions import identify
from server.core.telemetry import counter

LimitClass = Literal["reads", "writes", "events"]
MARK = "jackdaw_access"
_service_refusals = counter("service_refusals_total", "Refused calls of service tokens.", ("reason",))

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Access:
    """The mark on a view: the roles that may call it (``None``: anyone) and the limit that counts it.

    With ``scopes``, only a service token that has one of them may; without, no service token at all.
    """

    roles: frozenset[str] | None
    limit: LimitClass
    scopes: frozenset[str] = frozenset()

    def refusal_of(self, principal: Principal) -> NotAuthenticated | Forbidden | None:
        """Return why this caller may not call the view."""
        service = principal.service
        if self.scopes:
            if service is None:
                needed = "This needs a service token."
                return Forbidden(needed) if principal.is_logged_in else NotAuthenticated(needed)
            if not self.scopes & service.scopes:
                _service_refusals.labels("scope").inc()
                return Forbidden(
                    f"This service token lacks the scope {' or '.join(sorted(self.scopes))}.",
                    code="scope.missing",
                )
        elif service is not None:
            _service_refusals.labels("route").inc()
            return Forbidden("A service token is for the feed alone.", code="scope.missing")
        elif self.roles is not None:
            if not principal.is_logged_in:
                return NotAuthenticated("This needs an account.")
            if self.roles and principal.role not in self.roles:
                return Forbidden("Your account may not do this.")
        return None


def public(limit: LimitClass = "reads") -> Callable[[Callable[P, Awaitable[R]]], Callable[P, Awaitable[R]]]:
    """Let anyone call the view, guests included."""
    return _guard(Access(roles=None, limit=limit))


def requires(
    *roles: str, limit: LimitClass = "reads"
) -> Callable[[Callable[P, Awaitable[R]]], Callable[P, Awaitable[R]]]:
    """Let logged-in users of these roles call the view; without roles, every logged-in user."""
    return _guard(Access(roles=frozenset(roles), limit=limit))


def requires_scope(
    *scopes: str, limit: LimitClass = "reads"
) -> Callable[[Callable[P, Awaitable[R]]], Callable[P, Awaitable[R]]]:
    """Let programs call the view whose service token has one of these scopes."""
    return _guard(Access(roles=frozenset(), limit=limit, scopes=frozenset(scopes)))


def _guard(access: Access) -> Callable[[Callable[P, Awaitable[R]]], Callable[P, Awaitable[R]]]:
    def decorate(view: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
        @wraps(view)
        async def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            principal = await identify()
            getattr(runtime(), access.limit).check(principal.key)
            refusal = access.refusal_of(principal)
            if refusal is not None:
                raise refusal
            return await view(*args, **kwargs)

        setattr(guarded, MARK, access)
        return guarded

    return decorate


def access_of(view: Callable[..., Any]) -> Access | None:
    """Return the mark of a view, or ``None`` when someone forgot it."""
    mark = getattr(view, MARK, None)
    return mark if isinstance(mark, Access) else None
