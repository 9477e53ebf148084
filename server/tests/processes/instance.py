"""A whole running shop for tests of its processes: supervisor, workers and PostgreSQL."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

import httpx
import psutil

REPOSITORY_ROOT = Path(__file__).resolve().parent.parent.parent.parent
PATIENCE_S = 40.0


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """Only the named settings, and no first data: production seeds nothing."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JACKDAW_")}
    return {
        **kept,
        "JACKDAW_ENV": "production",
        "JACKDAW_SECRET": "for-tests-of-the-processes-" + "x" * 32,
        "JACKDAW_DATA_DIR": str(data_dir),
        "JACKDAW_PORT": "0",
        **settings,
    }


def run_server(data_dir: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "server", *arguments],
        cwd=REPOSITORY_ROOT,
        env=environment(data_dir, **settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def wait_until(condition: Callable[[], bool]) -> None:
    """Poll a condition that must come true soon."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


class Instance:
    """One `python -m server` and what it printed."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.lines: list[str] = []
        self._fresh: SimpleQueue[str | None] = SimpleQueue()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "server"],
            cwd=REPOSITORY_ROOT,
            env=environment(data_dir, **settings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.address = ""

    def await_ready(self) -> None:
        """Wait for the line with the address."""
        while True:
            try:
                line = self._fresh.get(timeout=PATIENCE_S)
            except Empty:
                raise AssertionError("it did not become ready in time: " + "".join(self.lines)) from None
            assert line is not None, "it ended before it was ready: " + "".join(self.lines)
            found = re.match(r"Jackdaw is ready at (http://\S+)", line)
            if found is not None:
                self.address = found.group(1)
                return

    def answers(self, path: str = "/readyz") -> bool:
        """Whether somebody answers 200."""
        try:
            return httpx.get(self.address + path, timeout=5).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def children(self) -> list[psutil.Process]:
        """Every process below the supervisor."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def workers(self) -> list[psutil.Process]:
        """The workers alone."""
        return self._children_with("server.worker")

    def postgres(self) -> psutil.Process:
        """The server process of PostgreSQL."""
        (found,) = self._children_with("-D")
        return found

    def has_postgres(self) -> bool:
        """Whether the server process of PostgreSQL is a child of this instance."""
        return bool(self._children_with("-D"))

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Signal the supervisor and return its exit status."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_S)

    def close(self) -> None:
        """Leave nothing behind, whatever the test did."""
        survivors = []
        if self.process.poll() is None:
            survivors = self.children()
            self.process.kill()
            self.process.wait()
        for survivor in survivors:
            with contextlib.suppress(psutil.NoSuchProcess):
                survivor.kill()
        psutil.wait_procs(survivors, timeout=PATIENCE_S)
        self._reader.join(PATIENCE_S)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def _children_with(self, argument: str) -> list[psutil.Process]:
        found = []
        for child in psutil.Process(self.process.pid).children():
            # One that just died is not a child to look at.
            with contextlib.suppress(psutil.NoSuchProcess):
                if argument in child.cmdline():
                    found.append(child)
        return found

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            self._fresh.put(line)
        self._fresh.put(None)


@contextlib.contextmanager
def starting(data_dir: Path, **settings: str) -> Iterator[Instance]:
    """A shop that has only been launched."""
    instance = Instance(data_dir, **settings)
    try:
        yield instance
    finally:
        instance.close()


@contextlib.contextmanager
def running(data_dir: Path, **settings: str) -> Iterator[Instance]:
    """A shop that is ready."""
    with starting(data_dir, **settings) as instance:
        instance.await_ready()
        yield instance


def are_gone(processes: list[psutil.Process]) -> bool:
    """Whether all of them ended; a zombie that nobody reaps in a container counts as ended."""
    return not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes)
