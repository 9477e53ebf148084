"""The stage of a measurement: a private cluster with a seeded shop, one server, the bare twins."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx
import psutil

from server.core.embedded_postgres import temporary_cluster
from server.settings import REPOSITORY_ROOT

READY_TIMEOUT_S = 180.0
INDEX_TIMEOUT_S = 300.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running server and how to reach it."""

    base: str
    pid: int
    folder: Path | None = None
    """Its data folder; none of a bare twin."""

    def workers(self) -> list[psutil.Process]:
        """Return the worker processes below the supervisor."""
        children = psutil.Process(self.pid).children(recursive=True)
        return [child for child in children if "server.worker" in " ".join(child.cmdline())]


def free_port() -> int:
    """Ask the system for a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def seeded_database(products: int, interactions: int) -> Iterator[str]:
    """Start a durable cluster, migrate it, seed a shop of that size; yields the address."""
    with temporary_cluster(durable=True) as cluster:
        environment = os.environ | {"JACKDAW_DATABASE_URL": cluster.dsn}
        _run([sys.executable, "-m", "alembic", "-c", "pyproject.toml", "upgrade", "head"], environment)
        arguments = ["--products", str(products)]
        if interactions:
            arguments += ["--history-interactions", str(interactions)]
        _run([sys.executable, "-m", "scripts.seed", *arguments], environment)
        yield cluster.dsn


@contextmanager
def shop(database_url: str, *, workers: int = 1, **settings: str) -> Iterator[Server]:
    """Run ``python -m server`` against the database until the block ends; yields when it is ready."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="jackdaw-bench-") as folder:
        environment = os.environ | {
            "JACKDAW_DATABASE_URL": database_url,
            "JACKDAW_DATA_DIR": folder,
            "JACKDAW_PORT": str(port),
            "JACKDAW_WORKERS": str(workers),
            "JACKDAW_RATE_READS_PER_MINUTE": "100000000",
            "JACKDAW_RATE_EVENTS_PER_MINUTE": "100000000",
            **settings,
        }
        with _process([sys.executable, "-m", "server"], environment) as process:
            base = f"http://127.0.0.1:{port}"
            await_answer(f"{base}/readyz", process)
            yield Server(base, process.pid, Path(folder))


@contextmanager
def bare_twin(kind: str, database_url: str) -> Iterator[Server]:
    """Run one bare twin, ``quart`` or ``asgi``."""
    port = free_port()
    command = [sys.executable, "-m", "scripts.bench.serve_bare", kind, str(port)]
    with _process(command, os.environ | {"JACKDAW_DATABASE_URL": database_url}) as process:
        base = f"http://127.0.0.1:{port}"
        await_answer(f"{base}/hello", process)
        yield Server(base, process.pid)


def await_answer(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the address answers 200.

    Raises
    ------
    TimeoutError
        The server died or did not answer in three minutes.
    """
    deadline = time.monotonic() + READY_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(url, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.02)
    raise TimeoutError(f"{url} did not become ready (exit code {process.poll()})")


def await_model(server: Server, *, timeout_s: float = READY_TIMEOUT_S) -> None:
    """Wait until a model serves, so that no fit runs beside the first figure.

    Raises
    ------
    TimeoutError
        None did in time.
    """
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        checks = httpx.get(f"{server.base}/readyz", timeout=5).json()["checks"]
        if checks.get("model", {}).get("version"):
            return
        time.sleep(0.1)
    raise TimeoutError("No model is live.")


def await_index(database_url: str) -> None:
    """Wait until the first statistics of search are built, which for a million listings takes a minute.

    Raises
    ------
    TimeoutError
        They were not after five.
    """
    deadline = time.monotonic() + INDEX_TIMEOUT_S
    while time.monotonic() < deadline:
        if asyncio.run(rows(database_url, "SELECT FROM search_builds")):
            return
        time.sleep(0.2)
    raise TimeoutError("The shop built no search index.")


async def rows(database_url: str, sql: str) -> list[asyncpg.Record]:
    """Run one statement on a connection of its own."""
    connection = await asyncpg.connect(database_url)
    try:
        return list(await connection.fetch(sql))
    finally:
        await connection.close()


@contextmanager
def _process(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(  # noqa: S603 - our own module
        command, env=environment, cwd=REPOSITORY_ROOT, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(command, env=environment, cwd=Path(REPOSITORY_ROOT), check=True)  # noqa: S603
