"""Routes of sign-up, login, sessions and users."""

from __future__ import annotations

from quart import Blueprint, Response

from server.core.access import public, requires
from server.core.clock import rfc3339
from server.core.ids import row_id
from server.core.openapi import answers, problems
from server.core.problems import NotAuthenticated, NotFound
from server.core.sessions import identify
from server.core.transactions import reading
from server.core.wire import takes, wire_response
from server.features.accounts import queries, service
from server.features.accounts.domain import User
from server.features.accounts.schemas import (
    LoginIn,
    MergeReportOut,
    SessionOut,
    SignedInOut,
    SignUpIn,
    UserOut,
    UserPatchIn,
)
from server.features.accounts.service import MergeReport
from server.features.cart.service import MergedLineOut, ReducedLineOut

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/session")
@public()
@answers(SessionOut)
async def get_session() -> Response:
    """Say who is asking; guests get an answer too."""
    principal = await identify()
    user = await _find(principal.user_id)
    personalised = principal.visitor_id is not None
    return wire_response(SessionOut(user=_user(user) if user else None, personalised=personalised))


@blueprint.post("/auth/sign-up")
@public("writes")
@takes(SignUpIn)
@answers(SignedInOut, 201)
@problems(409)
async def sign_up(data: SignUpIn) -> Response:
    """Create an account and log in."""
    user = await service.sign_up(email=data.email, password=data.password, display_name=data.display_name)
    return wire_response(_signed_in(user, MergeReport()), 201)


@blueprint.post("/auth/login")
@public("writes")
@takes(LoginIn)
@answers(SignedInOut)
@problems(401)
async def log_in(data: LoginIn) -> Response:
    """Log in; what the guest left joins what the user has."""
    user, report = await service.log_in(email=data.email, password=data.password)
    return wire_response(_signed_in(user, report))


@blueprint.post("/auth/logout")
@public("writes")
@answers(None, 204)
async def log_out() -> Response:
    """End the session."""
    await service.log_out()
    return Response(b"", status=204)


@blueprint.get("/users/me")
@requires()
@answers(UserOut)
async def get_me() -> Response:
    """Show the caller's account."""
    return await _user_response((await identify()).user_id)


@blueprint.patch("/users/me")
@requires(limit="writes")
@takes(UserPatchIn)
@answers(UserOut)
async def update_me(data: UserPatchIn) -> Response:
    """Change the caller's account."""
    user_id = (await identify()).user_id
    if data.display_name is None or user_id is None:
        return await _user_response(user_id)
    async with reading() as connection:
        user = await queries.update_display_name(connection, user_id, data.display_name)
    if user is None:
        raise NotAuthenticated("This account is gone.")
    return wire_response(_user(user))


@blueprint.get("/users/<user_id>")
@requires()
@answers(UserOut)
@problems(404)
async def get_user(user_id: str) -> Response:
    """Show an account: one's own, or any to an admin."""
    principal, number = await identify(), row_id(user_id)
    if number is None or (number != principal.user_id and principal.role != "admin"):
        raise NotFound("There is no such user.")
    return await _user_response(number)


async def _find(user_id: int | None) -> User | None:
    if user_id is None:
        return None
    async with reading() as connection:
        return await queries.select_user(connection, user_id)


async def _user_response(user_id: int | None) -> Response:
    user = await _find(user_id)
    if user is None:
        raise NotFound("There is no such user.")
    return wire_response(_user(user))


def _user(user: User) -> UserOut:
    return UserOut.model_validate(
        {
            "id": str(user.id),
            "email": user.email,
            "display_name": user.display_name,
            "role": user.role,
            "created_at": rfc3339(user.created_at),
        }
    )


def _signed_in(user: User, report: MergeReport) -> SignedInOut:
    cart = report.cart
    return SignedInOut(
        user=_user(user),
        merge_report=MergeReportOut(
            added=[
                MergedLineOut(product_id=str(line.product_id), title=line.title, quantity=line.quantity)
                for line in cart.added
            ],
            combined=[
                MergedLineOut(product_id=str(line.product_id), title=line.title, quantity=line.quantity)
                for line in cart.combined
            ],
            reduced=[
                ReducedLineOut(
                    product_id=str(line.product_id),
                    title=line.title,
                    wanted=line.wanted,
                    quantity=line.quantity,
                )
                for line in cart.reduced
            ],
            favorites_added=report.favorites_added,
        ),
    )
