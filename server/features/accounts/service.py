"""Sign-up, login, logout, and what a login does with the guest who was there before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import asyncpg
from quart import Quart, current_app

from server.core.principal import Principal
from server.core.problems import Conflict, FieldError, Invalid, NotAuthenticated
from server.core.runtime import EXTENSION, Runtime, runtime
from server.core.sessions import client_address, expire_cookie, identify, revoke_session, start_session
from server.core.transactions import Transaction, reading, transaction
from server.features.accounts import queries
from server.features.accounts.attempts import refund_attempt, take_attempt
from server.features.accounts.domain import (
    Credentials,
    User,
    complaint_about_password,
    login_limits,
    normalised_email,
    sign_up_limits,
)
from server.features.accounts.events import VisitorMerged
from server.features.accounts.passwords import Passwords
from server.features.cart.service import CartMerge, merge_carts
from server.features.favorites.service import merge_favorites
from server.features.recommendations.service import merge_decisions

__all__ = [
    "MergeReport",
    "Passwords",
    "VisitorMerged",
    "install_accounts",
    "installed_passwords",
    "log_in",
    "log_out",
    "purge_expired",
    "sign_up",
]

PASSWORDS = "jackdaw_passwords"


class WrongLogin(NotAuthenticated):
    """No account, a wrong password or a disabled user: the caller cannot tell which."""

    code, title = "login.wrong", "Not logged in"

    def __init__(self) -> None:
        super().__init__("The e-mail address or the password is wrong.")


class EmailTaken(Conflict):
    """There is an account with this address."""

    code, title = "account.email_taken", "There is an account already"

    def __init__(self) -> None:
        detail = "There is an account with this e-mail address."
        super().__init__(detail, errors=[FieldError("/email", "taken", detail)])


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a login did with the guest's cart and favorites."""

    cart: CartMerge = field(default_factory=CartMerge)
    favorites_added: int = 0


def install_accounts(app: Quart) -> None:
    """Create the worker's hashing threads."""
    shared: Runtime = app.extensions[EXTENSION]
    app.extensions[PASSWORDS] = Passwords(shared.settings.hash_threads)


def installed_passwords(app: Quart) -> Passwords:
    """Return the hashing threads of an application."""
    return cast("Passwords", app.extensions[PASSWORDS])


async def sign_up(*, email: str, password: str, display_name: str) -> User:
    """Create an account; the guest's visitor becomes the user's, with cart, favorites and history.

    Raises
    ------
    Invalid, EmailTaken, TooManyRequests, Unavailable
        Nothing is created then.
    """
    address = _checked_email(email)
    complaint = complaint_about_password(password, address)
    if complaint is not None:
        raise Invalid(complaint[1], errors=[FieldError("/password", *complaint)])
    await take_attempt(sign_up_limits(client_address()))
    password_hash = await _passwords().hash(password)
    guest = await identify()
    try:
        async with transaction() as tx:
            user = await queries.insert_user(
                tx.connection, email=address, display_name=display_name, password_hash=password_hash
            )
            visitor_id = await _adopt_visitor(tx, guest, user)
            await _rotate_session(tx, visitor_id, user)
    except asyncpg.UniqueViolationError as error:
        raise EmailTaken from error
    return user


async def log_in(*, email: str, password: str) -> tuple[User, MergeReport]:
    """Prove an account and join what the guest left with what the user has.

    Raises
    ------
    WrongLogin, TooManyRequests, Unavailable
        The session stays as it was then.
    """
    address = normalised_email(email) or email
    limits = login_limits(address, client_address())
    await take_attempt(limits)
    async with reading() as connection:
        credentials = await queries.select_credentials(connection, address)
    is_proven = await _passwords().verify(credentials.password_hash if credentials else None, password)
    if credentials is None or not is_proven or not _may_log_in(credentials):
        raise WrongLogin
    await refund_attempt(limits)
    new_hash = await _fresh_hash(credentials, password)
    guest = await identify()
    async with transaction() as tx:
        if new_hash is not None:
            await queries.update_password_hash(tx.connection, credentials.user.id, new_hash)
        visitor_id = credentials.visitor_id
        if visitor_id is None:
            visitor_id = await queries.insert_visitor(tx.connection, credentials.user.id)
        report = await _merge_guest(tx, guest, visitor_id)
        await _rotate_session(tx, visitor_id, credentials.user)
    return credentials.user, report


async def log_out() -> None:
    """End the session of the current request; a second time changes nothing."""
    async with transaction() as tx:
        await revoke_session(tx.connection)
    expire_cookie()


async def purge_expired(app: Quart) -> None:
    """Remove sessions and counters that are over."""
    shared: Runtime = app.extensions[EXTENSION]
    async with shared.database.connection() as connection:
        await queries.delete_expired(connection, now=shared.clock.now())


def _passwords() -> Passwords:
    return cast("Passwords", current_app.extensions[PASSWORDS])


def _checked_email(email: str) -> str:
    address = normalised_email(email)
    if address is None:
        detail = "This is not an e-mail address."
        raise Invalid(detail, errors=[FieldError("/email", "not_an_address", detail)])
    return address


def _may_log_in(credentials: Credentials) -> bool:
    return not credentials.is_disabled and not (credentials.user.is_demo and runtime().settings.is_production)


async def _fresh_hash(credentials: Credentials, password: str) -> str | None:
    if not _passwords().needs_rehash(credentials.password_hash):
        return None
    return await _passwords().hash(password)


async def _adopt_visitor(tx: Transaction, guest: Principal, user: User) -> int:
    if guest.visitor_id is not None and guest.user_id is None:
        adopted = await queries.update_visitor_owner(
            tx.connection, visitor_id=guest.visitor_id, user_id=user.id
        )
        if adopted:
            return guest.visitor_id
    return await queries.insert_visitor(tx.connection, user.id)


async def _merge_guest(tx: Transaction, guest: Principal, into_visitor: int) -> MergeReport:
    """Join the guest's things with the user's. A visitor who belongs to somebody is never merged."""
    from_visitor = guest.visitor_id
    if from_visitor is None or from_visitor == into_visitor:
        return MergeReport()
    is_first = await queries.update_merged_into(
        tx.connection, from_visitor=from_visitor, into_visitor=into_visitor
    )
    if not is_first:
        return MergeReport()
    cart = await merge_carts(tx, from_visitor=from_visitor, into_visitor=into_visitor)
    favorites_added = await merge_favorites(tx, from_visitor=from_visitor, into_visitor=into_visitor)
    await merge_decisions(tx, from_visitor=from_visitor, into_visitor=into_visitor)
    tx.emit(VisitorMerged(from_visitor=from_visitor, into_visitor=into_visitor))
    return MergeReport(cart=cart, favorites_added=favorites_added)


async def _rotate_session(tx: Transaction, visitor_id: int, user: User) -> None:
    await revoke_session(tx.connection)
    await start_session(tx.connection, visitor_id=visitor_id, user_id=user.id, role=user.role)
