"""`python -m server tokens`: issues, lists and revokes the tokens of other shops' programs."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import asyncpg

from server.core.embedded_postgres import EmbeddedPostgres, EmbeddedPostgresError
from server.core.embedded_postgres.home import choose_home
from server.features.feed.service import (
    NAMESPACE_PATTERN,
    SCOPES,
    ServiceToken,
    TokenOrder,
    issue_token,
    revoke_token,
    select_tokens,
)
from server.settings import Settings
from server.supervision.errors import StartFailure
from server.supervision.first_start import newest_revision

CONNECT_TIMEOUT_S = 5.0
SHOWN = 1_000

Say = Callable[[str], None]


def main(arguments: list[str], settings: Settings, say: Say) -> int:
    """Run one action on the shop's database, whether or not the shop is running.

    Raises
    ------
    StartFailure
        There is no shop, or no such token.
    """
    asked = _parser().parse_args(arguments)
    actions: dict[str, Callable[[asyncpg.Connection], Awaitable[None]]] = {
        "issue": lambda connection: _issue(connection, asked, say),
        "list": lambda connection: _list(connection, say),
        "revoke": lambda connection: _revoke(connection, asked.id, say),
    }
    try:
        with _database(settings) as url:
            asyncio.run(_run(url, actions[asked.action]))
    except (EmbeddedPostgresError, OSError, asyncpg.PostgresError) as error:
        raise StartFailure(f"The database does not answer: {error}") from error
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m server tokens", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    issue = actions.add_parser("issue", help="make a token and show it, once")
    issue.add_argument("--namespace", required=True, help="lower-case letters, digits and hyphens")
    issue.add_argument("--name", default="command line", help="for people: whose program this is")
    issue.add_argument(
        "--scope", action="append", choices=SCOPES, dest="scopes", help="may be repeated; default: all"
    )
    issue.add_argument("--days", type=int, help="how long it is good for; default: until revoked")
    actions.add_parser("list", help="show what was issued, newest first")
    revoke = actions.add_parser("revoke", help="end a token at once")
    revoke.add_argument("id", type=int)
    return parser


async def _run(url: str, action: Callable[[asyncpg.Connection], Awaitable[None]]) -> None:
    connection = await asyncpg.connect(url, timeout=CONNECT_TIMEOUT_S, command_timeout=CONNECT_TIMEOUT_S)
    try:
        revision = None
        if await connection.fetchval("SELECT to_regclass('alembic_version') IS NOT NULL"):
            revision = await connection.fetchval("SELECT version_num FROM alembic_version")
        if revision != newest_revision():
            raise StartFailure("The database is not of this version: start the shop once, then ask again.")
        await action(connection)
    finally:
        await connection.close()


@contextmanager
def _database(settings: Settings) -> Iterator[str]:
    """Lend the address of the database; our own is started for the moment when no shop runs on it."""
    if settings.database_url is not None:
        yield settings.database_url.replace("postgres://", "postgresql://", 1)
        return
    if not choose_home(settings.data_dir).is_initialised:
        raise StartFailure(f"There is no shop in {settings.data_dir} yet: start it once, then ask again.")
    postgres = EmbeddedPostgres(settings.data_dir)
    postgres.start()
    try:
        yield postgres.dsn
    finally:
        postgres.stop()


async def _issue(connection: asyncpg.Connection, asked: argparse.Namespace, say: Say) -> None:
    if not NAMESPACE_PATTERN.match(asked.namespace):
        raise StartFailure("--namespace takes lower-case letters, digits and hyphens, 63 at most.")
    if asked.days is not None and not 1 <= asked.days <= 36_500:
        raise StartFailure("--days takes a whole number from 1 to 36500.")
    expires_at = None if asked.days is None else datetime.now(UTC) + timedelta(days=asked.days)
    scopes = tuple(scope for scope in SCOPES if asked.scopes is None or scope in asked.scopes)
    order = TokenOrder(asked.name, asked.namespace, scopes, expires_at)
    token, text = await issue_token(connection, order, issued_by=None)
    say(f"Token {token.id} for {token.namespace}: {' '.join(token.scopes)}")
    say("It is shown this once:")
    say(text)


async def _list(connection: asyncpg.Connection, say: Say) -> None:
    tokens = await select_tokens(connection, before_id=None, limit=SHOWN)
    for token in tokens:
        say(_line(token))
    if not tokens:
        say("No token was issued yet.")


async def _revoke(connection: asyncpg.Connection, token_id: int, say: Say) -> None:
    if await revoke_token(connection, token_id) is None:
        raise StartFailure(f"There is no token {token_id}.")
    say(f"Token {token_id} is revoked.")


def _line(token: ServiceToken) -> str:
    state = "good"
    if token.revoked_at is not None:
        state = f"revoked {token.revoked_at:%Y-%m-%d}"
    elif token.expires_at is not None:
        state = f"until {token.expires_at:%Y-%m-%d %H:%M}Z"
    return f"{token.id}\t{token.namespace}\t{token.name}\t{' '.join(token.scopes)}\t{state}"
