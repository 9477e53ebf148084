"""The worker processes: started, counted, started again with growing pauses, ended in order."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping

FIRST_DELAY_S = 0.1
MAX_DELAY_S = 5.0
# A worker that lived this long had started well.
STEADY_AFTER_S = 10.0

logger = logging.getLogger(__name__)


class Worker:
    """One place for a worker. The process in it changes, its id and so its spool do not."""

    def __init__(self, worker_id: int, listener: socket.socket, environment: Mapping[str, str]) -> None:
        self.worker_id = worker_id
        self.n_deaths = 0
        self._listen_fd = listener.fileno()
        self._environment = {
            **environment,
            "JACKDAW_LISTEN_FD": str(self._listen_fd),
            "JACKDAW_WORKER_ID": str(worker_id),
        }
        self._delay_s = FIRST_DELAY_S
        self._started_at = time.monotonic()
        self._restart_at: float | None = None
        self._child = self._spawn()

    @property
    def pid(self) -> int:
        """The current process."""
        return self._child.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process runs; asking also clears away an ended one."""
        return self._child.poll() is None

    def keep_running(self) -> bool:
        """Start the process again when it died and its pause is over; whether it runs."""
        if self.is_alive:
            return True
        now = time.monotonic()
        if self._restart_at is None:
            self.n_deaths += 1
            if now - self._started_at > STEADY_AFTER_S:
                self._delay_s = FIRST_DELAY_S
            status = self._child.returncode
            reason = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
            logger.warning("Worker %d %s. It starts again in %.1f s.", self.worker_id, reason, self._delay_s)
            self._restart_at = now + self._delay_s
            self._delay_s = min(self._delay_s * 2, MAX_DELAY_S)
        elif now >= self._restart_at:
            self._restart_at = None
            self._child = self._spawn()
        return False

    def replace(self) -> None:
        """End the process in order and start another one without a pause."""
        self._delay_s = FIRST_DELAY_S
        self._restart_at = None if self.is_alive else time.monotonic()
        self.send(signal.SIGTERM)

    def send(self, number: signal.Signals) -> None:
        """Signal the process, if there is one."""
        if self.is_alive:
            self._child.send_signal(number)

    def _spawn(self) -> subprocess.Popen[bytes]:
        self._started_at = time.monotonic()
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "server.worker", str(os.getpid())],
            env=self._environment,
            pass_fds=(self._listen_fd,),
            stdin=subprocess.DEVNULL,
            # A Ctrl-C is for the supervisor, which tells the workers first and PostgreSQL last.
            start_new_session=True,
        )


class WorkerPool:
    """All workers of this instance."""

    def __init__(
        self, *, n_workers: int, first_id: int, listener: socket.socket, environment: Mapping[str, str]
    ) -> None:
        self.workers = [Worker(first_id + n, listener, environment) for n in range(n_workers)]

    @property
    def n_deaths(self) -> int:
        """How many times any worker died so far."""
        return sum(worker.n_deaths for worker in self.workers)

    @property
    def is_any_alive(self) -> bool:
        """Whether anything is left to wait for."""
        return any([worker.is_alive for worker in self.workers])  # noqa: C419 - each must be asked, to be reaped

    def keep_running(self) -> bool:
        """Look after every worker; whether all of them run."""
        return all([worker.keep_running() for worker in self.workers])  # noqa: C419 - each must be looked after

    def replace(self) -> None:
        """Let new processes, with the sources of now, take the places."""
        for worker in self.workers:
            worker.replace()

    def send(self, number: signal.Signals) -> None:
        """Signal every worker."""
        for worker in self.workers:
            worker.send(number)
