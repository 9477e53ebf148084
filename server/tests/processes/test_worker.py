"""One worker: it drains, it cannot hang, and several share the socket fairly."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import httpx

from server.tests.processes.instance import REPOSITORY_ROOT, environment, running
from server.worker import STATUS_OF_WATCHDOG

N_CONNECTIONS = 64


def run_python(program: str, data_dir: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=REPOSITORY_ROOT,
        env=environment(data_dir),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_watchdog_ends_a_worker_whose_loop_is_blocked(data_dir: Path) -> None:
    program = """
import asyncio, time
from server import worker
from server.app import create_app

async def stop_and_hang():
    worker.WATCHDOG_S = 0.2
    stop = asyncio.Event()
    stop.set()
    await worker._drain(create_app(), stop)
    time.sleep(50)

asyncio.run(stop_and_hang())
"""
    assert run_python(program, data_dir).returncode == STATUS_OF_WATCHDOG


def test_is_not_ready_from_the_moment_it_drains(data_dir: Path) -> None:
    program = """
import asyncio
from server import worker
from server.app import create_app

async def drain():
    app = create_app()
    stop = asyncio.Event()
    before = app.extensions["jackdaw"].is_draining
    stop.set()
    await worker._drain(app, stop)
    print(before, app.extensions["jackdaw"].is_draining)

asyncio.run(drain())
"""
    assert run_python(program, data_dir).stdout == "False True\n"


def test_cannot_be_started_without_a_socket(data_dir: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "server.worker"],
        cwd=REPOSITORY_ROOT,
        env=environment(data_dir),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert answer.returncode == 1
    assert answer.stderr == "A worker is started by the supervisor: run `python -m server`.\n"
    assert list(data_dir.iterdir()) == []


def test_two_workers_share_the_socket(data_dir: Path) -> None:
    with running(data_dir, JACKDAW_WORKERS="2") as instance, ExitStack() as open_connections:
        for _ in range(N_CONNECTIONS):
            client = open_connections.enter_context(httpx.Client())
            assert client.get(f"{instance.address}/livez").status_code == httpx.codes.OK
        port = int(instance.address.rpartition(":")[2])
        served = [
            sum(
                connection.status == "ESTABLISHED" and connection.laddr.port == port
                for connection in worker.net_connections("tcp")
            )
            for worker in instance.workers()
        ]
        # Idle connections are cut after five seconds, so a slow machine may have fewer than all.
        assert min(served) >= 1, served
