"""A demo shop of our own: private data, a free port, generous limits; gone when the block ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

REPOSITORY_ROOT = Path(__file__).resolve().parent.parent.parent
READY_TIMEOUT_S = 180.0
STOP_TIMEOUT_S = 40.0
TAIL_LINES = 12
NO_LIMIT = "100000000"


class ShopFailed(Exception):
    """The shop did not start; the message has its last words."""


@contextmanager
def own_shop(*, pause: Callable[[float], None] = time.sleep) -> Iterator[str]:
    """Start the demo shop and yield its address.

    Raises
    ------
    ShopFailed
        It ended or was not ready within three minutes.
    """
    with tempfile.TemporaryDirectory(prefix="jackdaw-simulate-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        # The database server runs as another user where we are root.
        folder.chmod(0o755)
        log = folder / "shop.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "server"],
                cwd=REPOSITORY_ROOT,
                env=environment(os.environ, folder / "data"),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C is for us: the shop ends when the report is written.
                start_new_session=True,
            )
            try:
                yield _await_address(process, log, pause)
            finally:
                _end(process)


def environment(environ: Mapping[str, str], data_dir: Path) -> dict[str, str]:
    """Return the settings of the shop; none of the caller's own reach it, nor does their database."""
    kept = {name: value for name, value in environ.items() if not name.startswith("JACKDAW_")}
    return kept | {
        "JACKDAW_DATA_DIR": str(data_dir),
        "JACKDAW_PORT": "0",
        "JACKDAW_RATE_READS_PER_MINUTE": NO_LIMIT,
        "JACKDAW_RATE_EVENTS_PER_MINUTE": NO_LIMIT,
        # The run itself says when models are fitted, at the same moments every time.
        "JACKDAW_REFIT_INTERVAL_S": "3600",
    }


def _await_address(process: subprocess.Popen[bytes], log: Path, pause: Callable[[float], None]) -> str:
    deadline = time.monotonic() + READY_TIMEOUT_S
    while time.monotonic() < deadline:
        said = log.read_text(errors="replace")
        found = re.search(r"^Jackdaw is ready at (http://\S+)", said, re.MULTILINE)
        if found is not None:
            return found[1]
        if process.poll() is not None:
            break
        pause(0.05)
    last = "\n".join(log.read_text(errors="replace").splitlines()[-TAIL_LINES:])
    raise ShopFailed(f"The shop did not start. Its last words:\n{last}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
