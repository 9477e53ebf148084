"""Who may call a route and how often. Every view carries a mark; a sweep of the URL map checks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, ParamSpec, TypeVar

from server.core.problems import Forbidden, NotAuthenticated
from server.core.runtime import runtime
from server.core.sessions import identify

LimitClass = Literal["reads", "writes", "events"]
MARK = "jackdaw_access"

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Access:
    """The mark on a view: the roles that may call it (``None``: anyone) and the limit that counts it."""

    roles: frozenset[str] | None
    limit: LimitClass


def public(limit: LimitClass = "reads") -> Callable[[Callable[P, Awaitable[R]]], Callable[P, Awaitable[R]]]:
    """Let anyone call the view, guests included."""
    return _guard(Access(roles=None, limit=limit))


def requires(
    *roles: str, limit: LimitClass = "reads"
) -> Callable[[Callable[P, Awaitable[R]]], Callable[P, Awaitable[R]]]:
    """Let logged-in users of these roles call the view; without roles, every logged-in user."""
    return _guard(Access(roles=frozenset(roles), limit=limit))


def _guard(access: Access) -> Callable[[Callable[P, Awaitable[R]]], Callable[P, Awaitable[R]]]:
    def decorate(view: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
        @wraps(view)
        async def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            principal = await identify()
            getattr(runtime(), access.limit).check(principal.key)
            if access.roles is not None:
                if not principal.is_logged_in:
                    raise NotAuthenticated("This needs an account.")
                if access.roles and principal.role not in access.roles:
                    raise Forbidden("Your account may not do this.")
            return await view(*args, **kwargs)

        setattr(guarded, MARK, access)
        return guarded

    return decorate


def access_of(view: Callable[..., Any]) -> Access | None:
    """Return the mark of a view, or ``None`` when someone forgot it."""
    mark = getattr(view, MARK, None)
    return mark if isinstance(mark, Access) else None
