"""How soon a page is served, and how much memory a worker holds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time

from scripts.bench.report import Figure, Report
from scripts.bench.stage import Server, await_answer, free_port
from server.settings import REPOSITORY_ROOT


def measure_start(report: Report) -> None:
    """Start the default shop twice in one folder of its own: the first time it seeds, the second is warm."""
    with tempfile.TemporaryDirectory(prefix="jackdaw-start-") as folder:
        os.chmod(folder, 0o755)  # noqa: PTH101, S103 - the database runs as another user below it
        first, warm = _seconds_to_page(folder), _seconds_to_page(folder)
    report.add(Figure("first start with seeding, to a served page", first, "s"))
    report.add(Figure("warm start to a served page", warm, "s", "<= 6 s", None, warm <= 6))


def measure_memory(report: Report, server: Server) -> None:
    """Report the proportional set size of each worker."""
    for index, worker in enumerate(server.workers()):
        megabytes = worker.memory_full_info().pss / 2**20
        report.add(
            Figure(f"worker {index}, memory (PSS)", megabytes, "MB", "<= 200 MB", None, megabytes <= 200)
        )


def _seconds_to_page(folder: str) -> float:
    port = free_port()
    environment = os.environ | {"JACKDAW_DATA_DIR": folder, "JACKDAW_PORT": str(port)}
    environment.pop("JACKDAW_DATABASE_URL", None)
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "server"],
        env=environment,
        cwd=REPOSITORY_ROOT,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        await_answer(f"http://127.0.0.1:{port}/", process)
        return time.perf_counter() - begin
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(40)
