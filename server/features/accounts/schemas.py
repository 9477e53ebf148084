"""What accounts put on the wire."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from server.core.wire import BodyModel, WireModel
from server.features.cart.service import MergedLineOut, ReducedLineOut

Email = Annotated[str, StringConstraints(min_length=3, max_length=254)]
DisplayName = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
# Bounds that keep the hasher safe; the rule about length and common words lives in the domain.
Password = Annotated[str, StringConstraints(min_length=1, max_length=4096)]


class UserOut(WireModel):
    """A person with an account."""

    id: str
    email: str
    display_name: str
    role: Literal["shopper", "vendor", "support", "admin"]
    created_at: str


class SessionOut(WireModel):
    """Who is asking: the client's first question."""

    user: UserOut | None
    personalised: bool


class MergeReportOut(WireModel):
    """What a login did with the guest's cart and favorites."""

    added: list[MergedLineOut]
    combined: list[MergedLineOut]
    reduced: list[ReducedLineOut]
    favorites_added: int


class SignedInOut(WireModel):
    """The answer to a sign-up or a login."""

    user: UserOut
    merge_report: MergeReportOut


class SignUpIn(BodyModel):
    """A new account."""

    email: Email
    password: Password
    display_name: DisplayName


class LoginIn(BodyModel):
    """Proof of an account."""

    email: Email
    password: Password


class UserPatchIn(BodyModel):
    """What a user may change about themselves."""

    display_name: DisplayName | None = None
