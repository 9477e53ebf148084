"""One PostgreSQL server for one data folder: started, watched, shared between processes, stopped."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import logging
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO
from urllib.parse import quote

from server.core.embedded_postgres.binaries import Binaries, find_binaries
from server.core.embedded_postgres.errors import EmbeddedPostgresError
from server.core.embedded_postgres.home import ClusterHome, choose_home
from server.core.embedded_postgres.initialise import DATABASE, USER, initialise, require_same_version
from server.core.embedded_postgres.postmaster_file import (
    SOCKET_NAME,
    answers,
    disown_stale_file,
    is_server_of,
    read_postmaster,
)
from server.core.embedded_postgres.spawn import complaint_in_log, spawn_server

# Linux takes 107 bytes and macOS 103 for the path of a socket; the lock beside it is five bytes longer.
MAX_SOCKET_PATH_BYTES = 100
START_TIMEOUT_S = 120.0
STOP_TIMEOUT_S = 15.0
POLL_S = 0.005
FIRST_RESTART_DELAY_S = 0.05
MAX_RESTART_DELAY_S = 5.0
# A server that ran this long had a good start, so its end is a new misfortune and not the last one again.
STEADY_AFTER_S = 10.0

logger = logging.getLogger(__name__)


class EmbeddedPostgres:
    """The server of a data folder. The first process to come owns it, later ones attach and inherit it.

    `pause` is slept with whenever this object waits; a caller may raise from it to give up.
    """

    def __init__(
        self, data_dir: Path, *, durable: bool = True, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self._data_dir = data_dir
        self._durable = durable
        self._pause = pause
        self._home: ClusterHome | None = None
        self._binaries: Binaries | None = None
        self._lock: IO[bytes] | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._adopted_pid: int | None = None
        self._socket_dir: Path | None = None
        self._log_offset = 0
        self._spawned_at = 0.0
        self._restart_delay_s = FIRST_RESTART_DELAY_S
        self._restart_at: float | None = None

    @property
    def dsn(self) -> str:
        """The address for asyncpg and SQLAlchemy; it stays the same when the server is started again."""
        return f"postgresql://{USER}@/{DATABASE}?host={quote(str(self._require_socket_dir()), safe='/')}"

    @property
    def home(self) -> ClusterHome:
        """Where the cluster lives."""
        if self._home is None:
            raise RuntimeError("start() comes first")
        return self._home

    @property
    def binaries_folder(self) -> Path:
        """Where `pg_dump` and the like are; the owner knows."""
        if self._binaries is None:
            raise RuntimeError("start() comes first, and only the owner looks for binaries")
        return self._binaries.folder

    @property
    def pid(self) -> int | None:
        """The server's process, when this object owns a running one."""
        return self._child.pid if self._child is not None else self._adopted_pid

    @property
    def is_owner(self) -> bool:
        """Whether this process restarts and stops the server."""
        return self._lock is not None

    def start(self) -> None:
        """Make the cluster if there is none, start its server or attach to it, and wait until it answers.

        Raises
        ------
        EmbeddedPostgresError
            It cannot run here; one line says why.
        """
        self._home = choose_home(self._data_dir)
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._try_lock():
            postmaster = read_postmaster(self._home.cluster)
            if postmaster is not None and postmaster.is_ready and answers(postmaster.socket_dir):
                self._socket_dir = postmaster.socket_dir
                return
            self._wait(deadline)
        try:
            self._prepare()
            self._take_over(deadline)
        except BaseException:
            self.stop(immediate=True)
            raise

    def keep_running(self) -> bool:
        """Notice that the server ended and start it again, without waiting for it; whether it runs.

        Call it every moment. A process that only attached becomes the owner when the owner is gone.
        """
        if not self.is_owner and not self._try_lock():
            return True
        if self._binaries is None:
            self._prepare()
            self._adopt_running()
        if self._is_alive():
            return True
        now = time.monotonic()
        if self._restart_at is None:
            self._plan_restart(now)
        elif now >= self._restart_at:
            self._restart_at = None
            self._spawn()
        return False

    def stop(self, *, immediate: bool = False) -> None:
        """End the server in order, or at once without a last checkpoint; one attached only lets go."""
        if not self.is_owner:
            return
        requests = [(signal.SIGINT, STOP_TIMEOUT_S), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)]
        for number, patience_s in requests[1:] if immediate else requests:
            if not self._is_alive():
                break
            self._send(number)
            self._await_end(patience_s)
        self._child = self._adopted_pid = None
        if self._socket_dir is not None and self._socket_dir != self._socket_dir_at_home():
            shutil.rmtree(self._socket_dir, ignore_errors=True)
        self._unlock()

    def _prepare(self) -> None:
        """What only the owner does before the first start."""
        home = self.home
        self._binaries = find_binaries(home)
        if not home.is_initialised:
            try:
                initialise(home, self._binaries)
            except OSError as error:
                raise EmbeddedPostgresError(
                    f"PostgreSQL cannot make its cluster in {home.root}: {error.strerror}."
                ) from error
        require_same_version(home, self._binaries)

    def _take_over(self, deadline: float) -> None:
        """Start the server, or adopt one that outlived its owner; wait until it answers."""
        while True:
            self._adopt_running()
            if not self._is_alive():
                self._spawn()
            while self._is_alive():
                postmaster = read_postmaster(self.home.cluster)
                if postmaster is not None and postmaster.is_ready and answers(postmaster.socket_dir):
                    return
                self._wait(deadline)
            complaint = complaint_in_log(self.home.log, self._log_offset)
            # Backends of a killed server need a moment to notice that it is gone.
            if "shared memory block" not in complaint and "already exists" not in complaint:
                raise EmbeddedPostgresError(
                    f"PostgreSQL did not start: {complaint}. Its log is {self.home.log}."
                )
            self._wait(deadline, 0.05)

    def _adopt_running(self) -> None:
        postmaster = read_postmaster(self.home.cluster)
        if postmaster is not None and is_server_of(self.home.cluster, postmaster.pid):
            self._adopted_pid = postmaster.pid
            self._socket_dir = self._socket_dir or postmaster.socket_dir

    def _spawn(self) -> None:
        assert self._binaries is not None  # noqa: S101 - for the type checker: _prepare() has run
        self._adopted_pid = None
        socket_dir = self._make_socket_dir()
        disown_stale_file(self.home.cluster)
        self._log_offset = self.home.log.stat().st_size if self.home.log.exists() else 0
        self._spawned_at = time.monotonic()
        self._child = spawn_server(self.home, self._binaries, socket_dir, durable=self._durable)

    def _plan_restart(self, now: float) -> None:
        reason = "ended"
        if self._child is not None and self._child.returncode < 0:
            reason = f"was killed by signal {-self._child.returncode}"
        elif self._child is not None:
            reason = f"ended: {complaint_in_log(self.home.log, self._log_offset)}"
        if now - self._spawned_at > STEADY_AFTER_S:
            self._restart_delay_s = FIRST_RESTART_DELAY_S
        logger.warning("PostgreSQL %s. It starts again in %.2f s.", reason, self._restart_delay_s)
        self._restart_at = now + self._restart_delay_s
        self._restart_delay_s = min(self._restart_delay_s * 2, MAX_RESTART_DELAY_S)

    def _is_alive(self) -> bool:
        if self._child is not None:
            return self._child.poll() is None
        return self._adopted_pid is not None and is_server_of(self.home.cluster, self._adopted_pid)

    def _send(self, number: signal.Signals) -> None:
        pid = self.pid
        if pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def _await_end(self, patience_s: float) -> None:
        deadline = time.monotonic() + patience_s
        while self._is_alive() and time.monotonic() < deadline:
            time.sleep(POLL_S)

    def _wait(self, deadline: float, delay_s: float = POLL_S) -> None:
        if time.monotonic() > deadline:
            raise EmbeddedPostgresError(
                f"PostgreSQL did not answer within {START_TIMEOUT_S:.0f} s. Its log is {self.home.log}."
            )
        self._pause(delay_s)

    def _socket_dir_at_home(self) -> Path:
        return self.home.root / "socket"

    def _make_socket_dir(self) -> Path:
        """Beside the cluster; in a short temporary folder when that path is too long for a socket."""
        if self._socket_dir is None:
            self._socket_dir = self._socket_dir_at_home()
            if len(os.fsencode(self._socket_dir / SOCKET_NAME)) > MAX_SOCKET_PATH_BYTES:
                digest = hashlib.sha256(os.fsencode(self.home.root)).hexdigest()[:8]
                # Ours alone by mkdtemp; the default temporary folder may be as long as the path it replaces.
                self._socket_dir = Path(tempfile.mkdtemp(prefix=f"jackdaw-{digest}-", dir="/tmp"))
        self._socket_dir.mkdir(mode=0o700, exist_ok=True)
        self._socket_dir.chmod(0o700)
        self.home.user.give(self._socket_dir)
        return self._socket_dir

    def _require_socket_dir(self) -> Path:
        if self._socket_dir is None:
            raise RuntimeError("start() comes first")
        return self._socket_dir

    def _try_lock(self) -> bool:
        lock = self.home.lock.open("rb")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            return False
        self._lock = lock
        return True

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None
