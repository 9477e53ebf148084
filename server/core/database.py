"""The shopper's way to PostgreSQL: one asyncpg pool with bounded waits, and one listening connection."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import asyncpg

from server.core.problems import Unavailable

ACQUIRE_TIMEOUT_S = 0.5
COMMAND_TIMEOUT_S = 3.0
CONNECT_TIMEOUT_S = 2.0
RECONNECT_PAUSE_S = 0.25
# InternalClientError: the server died while LISTEN was being sent.
LOST = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, TimeoutError)
logger = logging.getLogger(__name__)


class Database:
    """An asyncpg pool that answers 503 instead of queueing for long."""

    def __init__(self, url: str, pool_size: int) -> None:
        self.url = url
        self.pool_size = pool_size
        # How many hold a connection or wait for one.
        self.claims = 0
        self._pool: asyncpg.Pool | None = None

    async def open(self) -> None:
        """Connect; keeps two connections warm."""
        self._pool = await asyncpg.create_pool(
            self.url,
            min_size=min(2, self.pool_size),
            max_size=self.pool_size,
            command_timeout=COMMAND_TIMEOUT_S,
            timeout=CONNECT_TIMEOUT_S,
            # RESET ALL on release costs a round trip; no statement of ours leaves session state behind.
            reset=_leave_as_it_is,
            server_settings={
                "application_name": "jackdaw",
                # Compiling pays off for reports, never for statements of a few milliseconds.
                "jit": "off",
                "statement_timeout": "3000",
                "lock_timeout": "1000",
                "idle_in_transaction_session_timeout": "5000",
                # Of what the operator % finds, search chooses by edit distance.
                "pg_trgm.similarity_threshold": "0.2",
            },
        )

    async def close(self) -> None:
        """Wait shortly for running statements, then drop every connection."""
        if self._pool is None:
            return
        try:
            await asyncio.wait_for(self._pool.close(), timeout=5)
        except TimeoutError:
            self._pool.terminate()

    @property
    def is_open(self) -> bool:
        """Whether the pool was opened; what it holds may have been lost since."""
        return self._pool is not None

    @property
    def pool(self) -> asyncpg.Pool:
        """The open pool."""
        if self._pool is None:
            raise Unavailable("The shop is still starting.", retry_after_s=1)
        return self._pool

    def connection(self) -> Loan:
        """Lend one connection, as an async context manager.

        Raises
        ------
        Unavailable
            None became free within half a second.
        """
        return Loan(self)


async def _leave_as_it_is(_connection: asyncpg.Connection) -> None:
    return None


class Loan:
    """One connection for the length of a block; a class because a generator costs every hot request more."""

    __slots__ = ("_connection", "_database")

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: asyncpg.pool.PoolConnectionProxy | None = None

    async def __aenter__(self) -> asyncpg.pool.PoolConnectionProxy:
        """Take a connection from the pool."""
        database = self._database
        pool = database.pool
        # The pool's own time limit costs a task; this one is set only when there is something to wait for.
        limit_s = None if database.claims < database.pool_size else ACQUIRE_TIMEOUT_S
        database.claims += 1
        try:
            async with asyncio.timeout(limit_s):
                self._connection = await pool.acquire()
        except BaseException as error:
            database.claims -= 1
            if isinstance(error, TimeoutError):
                raise Unavailable("Too busy just now. Please try again.", retry_after_s=1) from error
            raise
        return self._connection

    async def __aexit__(self, *_failure: object) -> None:
        """Give the connection back; the pool shields this from a cancellation of the request."""
        assert self._connection is not None  # noqa: S101 - a block is left only after it was entered
        try:
            await self._database.pool.release(self._connection)
        finally:
            self._database.claims -= 1


class Listener:
    """Keeps one connection for LISTEN and reconnects for as long as the process lives.

    Messages sent while it was away are lost by design of PostgreSQL: ``on_gap`` callbacks then drop
    whatever their owners had cached.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._channels: dict[str, list[Callable[[str], None]]] = {}
        self._on_gap: list[Callable[[], None]] = []
        self._closing = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.is_connected = False

    def subscribe(self, channel: str, receive: Callable[[str], None]) -> None:
        """Call ``receive`` with the payload of every notification; register before ``start``."""
        self._channels.setdefault(channel, []).append(receive)

    def on_gap(self, forget: Callable[[], None]) -> None:
        """Call ``forget`` whenever messages may have been missed."""
        self._on_gap.append(forget)

    async def start(self) -> None:
        """Connect in the background."""
        self._task = asyncio.create_task(self._run(), name="database listener")

    async def stop(self) -> None:
        """Disconnect."""
        self._closing.set()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        while not self._closing.is_set():
            try:
                await self._listen_until_lost()
            except LOST as error:
                logger.warning("listener lost the database: %s", error)
            self.is_connected = False
            try:
                await asyncio.wait_for(self._closing.wait(), RECONNECT_PAUSE_S)
            except TimeoutError:
                continue

    async def _listen_until_lost(self) -> None:
        connection = await asyncpg.connect(self._url, timeout=CONNECT_TIMEOUT_S)
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _connection: lost.set())
        try:
            for channel in self._channels:
                await connection.add_listener(channel, self._dispatch)
            self.is_connected = True
            for forget in self._on_gap:
                forget()
            waits = {asyncio.create_task(lost.wait()), asyncio.create_task(self._closing.wait())}
            _done, pending = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for task in pending:
                task.cancel()
        finally:
            if not connection.is_closed():
                await connection.close(timeout=1)

    def _dispatch(self, _connection: object, _pid: int, channel: str, payload: object) -> None:
        for receive in self._channels[channel]:
            try:
                receive(str(payload))
            except Exception:
                logger.exception("a subscriber of %s failed", channel)
