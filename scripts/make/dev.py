"""Runs the server with reload and Vite's development server beside it, and ends both together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from types import FrameType

STOP_TIMEOUT_S = 40.0
POLL_S = 0.1


def main() -> int:
    """Run both until one ends or somebody asks; return 0 after an orderly stop."""
    asked: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, note)
    environment = {"JACKDAW_PUBLIC_ORIGINS": _own_origins(), **os.environ}
    children = [
        _start([sys.executable, "-m", "server", "--reload"], environment),
        _start(["sh", "scripts/make/node.sh", sys.prefix, "run", "dev"], environment),
    ]
    while not asked and all(child.poll() is None for child in children):
        time.sleep(POLL_S)
    ended = [child.returncode for child in children if child.returncode is not None]
    for child in children:
        _stop(child)
    return ended[0] if ended and not asked else 0


def _own_origins() -> str:
    """Pages come from Vite's port, requests reach the server through its proxy."""
    ports = (os.environ.get("JACKDAW_CLIENT_PORT", "5173"), os.environ.get("JACKDAW_PORT", "8000"))
    return ",".join(f"http://{host}:{port}" for port in ports for host in ("localhost", "127.0.0.1"))


def _start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    # A group of its own, so that npm's children end with it.
    return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, process_group=0)  # noqa: S603


def _stop(child: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait(STOP_TIMEOUT_S)
    except ProcessLookupError:
        return
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


if __name__ == "__main__":
    sys.exit(main())
