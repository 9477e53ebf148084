"""The whole shop in a test: the application on its own database, people who use it, and what it stored."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import asyncpg
from quart import Quart, Response
from quart.typing import TestClientProtocol as Browser

from server.app import create_app
from server.core.clock import FixedClock
from server.core.runtime import EXTENSION, Runtime
from server.core.sessions import COOKIE, LIFETIME, hash_token
from server.features.search.service import installed_search
from server.settings import Settings
from server.tables import metadata
from server.tests.support.eventually import eventually
from server.tests.support.factories import Account, Factories

API = "/api/v1"
# The logs grow by the side of a request and are partitioned; their own tests look at them.
LOGS = frozenset({"interactions", "slates"})
# What is counted beside the requests, at times of its own.
STATISTICS = frozenset(
    {
        "category_phrases",
        "outcome_progress",
        "search_builds",
        "search_phrases",
        "search_synonyms",
        "search_terms",
        "search_words",
        "slate_outcomes",
    }
)
# Set in the test that collects statements and what it starts, unset in the tasks of the worker.
is_watched: ContextVar[bool] = ContextVar("is_watched", default=False)


class Shop:
    """One running application with its database."""

    def __init__(self, app: Quart, connection: asyncpg.Connection) -> None:
        self.app = app
        self.connection = connection
        self.make = Factories(connection)

    @property
    def runtime(self) -> Runtime:
        return cast("Runtime", self.app.extensions[EXTENSION])

    @property
    def clock(self) -> FixedClock:
        return cast("FixedClock", self.runtime.clock)

    async def follow(self) -> None:
        """Let the memory of search take in what the test has written, without waiting for notifications."""
        searching = installed_search(self.app)
        searching.live.forget()
        await searching.live.refresh()

    def guest(self) -> Browser:
        """Return a browser that has never been here."""
        return self.app.test_client()

    async def browser_of(self, account: Account) -> Browser:
        """Return a browser in which the account is logged in."""
        return await self._with_session(account.visitor_id, account.user_id)

    async def browser_of_visitor(self, visitor_id: int) -> Browser:
        """Return a browser of a guest who has a session."""
        return await self._with_session(visitor_id, None)

    async def _with_session(self, visitor_id: int, user_id: int | None) -> Browser:
        token = secrets.token_urlsafe(32)
        await self.connection.execute(
            "INSERT INTO sessions (token_hash, visitor_id, user_id, expires_at) VALUES ($1, $2, $3, $4)",
            hash_token(token),
            visitor_id,
            user_id,
            datetime.now(UTC) + LIFETIME,
        )
        client = self.app.test_client()
        client.set_cookie("localhost", COOKIE, token)
        return client

    async def state(self, *, without: frozenset[str] = frozenset()) -> dict[str, str]:
        """Return a fingerprint of every table, to show that a refusal changed nothing."""
        tables = sorted(set(metadata.tables) - LOGS - STATISTICS - without)
        prints = {}
        for table in tables:
            prints[table] = await self.connection.fetchval(
                f"SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), 'empty') FROM {table} t"
            )
        return prints

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """Collect the statements that requests run meanwhile."""
        recorded: list[str] = []
        database = self.runtime.database
        lend = database.connection

        def remember(query: Any) -> None:
            # Not ours: what the driver asks once per connection about a type that it meets.
            is_ours = not any(mark in query.query for mark in ("typeinfo_tree", "set_config('jit'"))
            if is_ours and is_watched.get():
                recorded.append(query.query)

        @asynccontextmanager
        async def watched() -> AsyncIterator[asyncpg.pool.PoolConnectionProxy]:
            async with lend() as connection:
                connection.add_query_logger(remember)
                try:
                    yield connection
                finally:
                    connection.remove_query_logger(remember)

        cast("Any", database).connection = watched
        token = is_watched.set(True)
        try:
            yield recorded
        finally:
            is_watched.reset(token)
            cast("Any", database).connection = lend


@asynccontextmanager
async def open_shop(database_url: str, data_dir: Path, **settings: Any) -> AsyncIterator[Shop]:
    """Start the application on a database, with a clock that stands still; stop it afterwards."""
    chosen: dict[str, Any] = {
        "rate_reads_per_minute": 10**6,
        "rate_events_per_minute": 10**6,
        "refit_interval_s": 86_400.0,
        "pool_size": 4,
        "secret": b"a secret of the tests, long enough for all",
    } | settings
    clock = FixedClock(datetime.now(UTC))
    app = create_app(Settings(database_url=database_url, data_dir=data_dir, **chosen), clock)
    connection = await asyncpg.connect(database_url)
    try:
        async with app.test_app():
            shop = Shop(app, connection)
            # On a busy machine a shop may start without its database, and opens it a moment later.
            await eventually(lambda: shop.runtime.database.is_open)
            yield shop
    finally:
        await connection.close()


async def problem(response: Response, status: int, code: str) -> dict[str, Any]:
    """Check that an answer is this refusal, in the form that all refusals have; return it."""
    body: dict[str, Any] = await response.get_json(force=True)
    assert (response.status_code, body.get("code")) == (status, code), body
    assert response.content_type == "application/problem+json"
    assert set(body) - {"errors"} == {"type", "title", "status", "detail", "code", "requestId"}
    return body
