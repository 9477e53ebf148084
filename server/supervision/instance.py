"""Which supervisors run on a data folder: each holds a numbered lock with its process in it."""

from __future__ import annotations

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from server.supervision.errors import StartFailure

MAX_INSTANCES = 16
STOP_TIMEOUT_S = 45.0
POLL_S = 0.02


@contextmanager
def numbered_instance(data_dir: Path) -> Iterator[int]:
    """Take the lowest free number; several instances on one folder never share worker ids, hence no spool.

    Raises
    ------
    StartFailure
        The folder cannot be written, or too many instances run on it.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        number, lock = _lowest_free(data_dir)
    except OSError as error:
        raise StartFailure(
            f"Cannot write to {error.filename or data_dir}: {error.strerror}. "
            "Set JACKDAW_DATA_DIR to a folder that you may write to."
        ) from error
    with lock:
        yield number


def stop_instances(data_dir: Path) -> list[int]:
    """Ask every supervisor of this folder to stop, wait for it, and return the processes that did.

    Raises
    ------
    StartFailure
        One does not end, or belongs to another user.
    """
    stopped: list[int] = []
    for number in range(MAX_INSTANCES):
        path = _path(data_dir, number)
        pid = _running_pid(path)
        if pid is None:
            continue
        try:
            os.kill(pid, signal.SIGTERM)
        except PermissionError as error:
            raise StartFailure(f"Process {pid} belongs to another user.") from error
        deadline = time.monotonic() + STOP_TIMEOUT_S
        while _running_pid(path) == pid:
            if time.monotonic() > deadline:
                raise StartFailure(f"Process {pid} did not end within {STOP_TIMEOUT_S:.0f} s.")
            time.sleep(POLL_S)
        stopped.append(pid)
    return stopped


def _lowest_free(data_dir: Path) -> tuple[int, IO[str]]:
    for number in range(MAX_INSTANCES):
        lock = _path(data_dir, number).open("a+")
        if _is_taken(lock.fileno()):
            lock.close()
            continue
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        return number, lock
    raise StartFailure(f"{MAX_INSTANCES} instances already run on {data_dir}.")


def _path(data_dir: Path, number: int) -> Path:
    return data_dir / f"instance-{number}.lock"


def _is_taken(fd: int) -> bool:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def _running_pid(path: Path) -> int | None:
    """The process that holds the lock; the number alone may be an old one."""
    try:
        with path.open() as lock:
            text = lock.read().strip()
            return int(text) if _is_taken(lock.fileno()) and text.isdigit() else None
    except FileNotFoundError:
        return None
