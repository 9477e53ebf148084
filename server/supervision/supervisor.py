"""The life of an instance: address, database, first data, workers; then the same backwards."""

from __future__ import annotations

import logging
import os
import signal
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack

from server.core.embedded_postgres import EmbeddedPostgres, EmbeddedPostgresError
from server.settings import Settings
from server.supervision import listening
from server.supervision.errors import StartFailure, StopRequested
from server.supervision.first_start import FirstStart
from server.supervision.instance import numbered_instance
from server.supervision.reload import SourceWatch
from server.supervision.signals import SignalInbox
from server.supervision.workers import WorkerPool

# Workers have 25 s and a watchdog of their own; past that they are stuck.
WORKER_STOP_TIMEOUT_S = 27.0
READY_TIMEOUT_S = 120.0
MAX_DEATHS_BEFORE_READY = 3
TICK_S = 0.5
BUSY_TICK_S = 0.02
WORKER_IDS_PER_INSTANCE = 64
STATUS_AFTER_IMPATIENCE = 1

logger = logging.getLogger(__name__)


class Supervisor:
    """Runs the shop until somebody asks it to stop."""

    def __init__(
        self,
        settings: Settings,
        environment: Mapping[str, str],
        say: Callable[[str], None],
        *,
        reload: bool = False,
    ) -> None:
        self._settings = settings
        self._environment = dict(environment)
        self._say = say
        self._inbox = SignalInbox(self._give_up)
        self._postgres: EmbeddedPostgres | None = None
        self._pool: WorkerPool | None = None
        self._watch = SourceWatch() if reload else None
        self._last_database_problem = ""

    def run(self) -> None:
        """Start, serve, stop.

        Raises
        ------
        StartFailure
            Something is missing or in the way; whatever had started is stopped again.
        """
        try:
            with ExitStack() as stack:
                # The address first: when it is taken, nothing has been touched yet.
                listener = stack.enter_context(listening.bind(self._settings.host, self._settings.port))
                number = stack.enter_context(numbered_instance(self._settings.data_dir))
                stack.callback(self._stop_database)
                has_demo_logins = self._start_database()
                # Closed before the workers end: from then on new connections are refused and not queued.
                stack.callback(self._stop_workers, listener)
                self._start_workers(listener, number)
                self._announce(listener, has_demo_logins=has_demo_logins)
                self._serve()
        except EmbeddedPostgresError as error:
            raise StartFailure(str(error)) from error
        except StopRequested:
            logger.info("Stopped while starting.")

    def _start_database(self) -> bool:
        url = self._settings.database_url
        if url is None:
            self._postgres = EmbeddedPostgres(self._settings.data_dir, pause=self._inbox.pause)
            self._postgres.start()
            url = self._postgres.dsn
        self._environment["JACKDAW_DATABASE_URL"] = url.replace("postgres://", "postgresql://", 1)
        first_start = FirstStart(url, self._environment, self._inbox.pause)
        return first_start.run(seeds_demo=self._settings.seeds_demo)

    def _start_workers(self, listener: socket.socket, number: int) -> None:
        listening.listen(listener)
        self._pool = WorkerPool(
            n_workers=self._settings.workers,
            first_id=number * WORKER_IDS_PER_INSTANCE,
            listener=listener,
            environment=self._environment,
        )
        deadline = time.monotonic() + READY_TIMEOUT_S
        while not listening.is_served(listener):
            self._inbox.pause(BUSY_TICK_S)
            self._keep_running()
            if self._pool.n_deaths >= MAX_DEATHS_BEFORE_READY:
                raise StartFailure("The workers do not start; the reason is above.")
            if time.monotonic() > deadline:
                raise StartFailure(f"No worker answered within {READY_TIMEOUT_S:.0f} s.")

    def _announce(self, listener: socket.socket, *, has_demo_logins: bool) -> None:
        where = ""
        if self._postgres is not None and self._postgres.home.relocated_from is not None:
            home = self._postgres.home
            where = (
                f" (the database is in {home.root}: "
                f"a folder above {home.relocated_from} is closed to user {home.user.name})"
            )
        self._say(f"Jackdaw is ready at {listening.address_of(listener)}{where}")
        if has_demo_logins:
            self._say(
                "Log in as shopper@jackdaw.example, vendor@jackdaw.example, support@jackdaw.example or "
                "admin@jackdaw.example with password jackdaw-demo-2026"
            )

    def _serve(self) -> None:
        while not self._inbox.is_stop_requested:
            is_healthy = self._keep_running()
            if self._watch is not None and self._watch.has_changed() and self._pool is not None:
                self._pool.replace()
            self._inbox.wait(TICK_S if is_healthy else BUSY_TICK_S)

    def _keep_running(self) -> bool:
        """Look after the children; whether all of them are running."""
        is_healthy = True
        if self._postgres is not None:
            try:
                is_healthy = self._postgres.keep_running()
            except (EmbeddedPostgresError, OSError) as error:
                is_healthy = False
                if str(error) != self._last_database_problem:
                    self._last_database_problem = str(error)
                    logger.error("PostgreSQL cannot start again: %s", error)  # noqa: TRY400 - one clear line
        if self._pool is not None:
            is_healthy = self._pool.keep_running() and is_healthy
        return is_healthy

    def _stop_workers(self, listener: socket.socket) -> None:
        listener.close()
        if self._pool is None:
            return
        logger.info("Stopping: open requests are finished first. Ask again to stop at once.")
        self._pool.send(signal.SIGTERM)
        deadline = time.monotonic() + WORKER_STOP_TIMEOUT_S
        while self._pool.is_any_alive and time.monotonic() < deadline:
            # The database must outlive the workers: their last events still go into it.
            if self._postgres is not None and not self._postgres.keep_running():
                logger.debug("PostgreSQL is on its way back while the workers end.")
            self._inbox.wait(BUSY_TICK_S)
        self._pool.send(signal.SIGKILL)

    def _stop_database(self) -> None:
        if self._postgres is not None:
            self._postgres.stop()

    def _give_up(self) -> None:
        """End at once on a second request. PostgreSQL is told by the system, and here where that fails."""
        if self._pool is not None:
            self._pool.send(signal.SIGKILL)
        if self._postgres is not None and self._postgres.pid is not None and self._postgres.is_owner:
            os.kill(self._postgres.pid, signal.SIGINT)
        os._exit(STATUS_AFTER_IMPATIENCE)
