"""Starting PostgreSQL's programs as the server's user."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from server.core.embedded_postgres.binaries import Binaries
from server.core.embedded_postgres.home import ClusterHome
from server.core.embedded_postgres.postmaster_file import PORT
from server.core.parent_death import signal_on_parent_death

MAX_LOG_BYTES = 8 * 1024**2

# A shop on a small machine: every connection is short, latency counts, and nothing is replicated.
SERVER_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "random_page_cost": "1.1",
    # Compiling a plan costs more than any of our queries.
    "jit": "off",
    # Parallel plans need shared memory that containers cap at 64 MB, and would take the workers' cores.
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "synchronous_commit": "on",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
    "log_timezone": "UTC",
    "timezone": "UTC",
}

# For tests only: a power cut may destroy the cluster, a killed process still may not.
NOT_DURABLE_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "io_method": "sync",
}


def run_as_server_user(
    home: ClusterHome, command: Sequence[str | Path], *, typed: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs to its end and keep what it printed."""
    user = home.user
    return subprocess.run(  # noqa: S603 - our own binary, no shell
        command,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        cwd=home.root,
        env=_environment(),
        user=user.uid if user.is_dropped_to else None,
        group=user.gid if user.is_dropped_to else None,
        extra_groups=[] if user.is_dropped_to else None,
        start_new_session=True,
        stdin=subprocess.DEVNULL if typed is None else None,
    )


def spawn_server(
    home: ClusterHome, binaries: Binaries, socket_dir: Path, *, durable: bool
) -> subprocess.Popen[bytes]:
    """Start the server as our direct child: in a session of its own, and told when we die.

    Its own session keeps a Ctrl-C of the terminal away, so that it ends last. SIGINT is its fast shutdown.
    """
    settings = SERVER_SETTINGS | ({} if durable else NOT_DURABLE_SETTINGS)
    settings["unix_socket_directories"] = str(socket_dir)
    command = [str(binaries.folder / "postgres"), "-D", str(home.cluster)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    user = home.user
    with _open_log(home.log) as log:
        return subprocess.Popen(  # noqa: S603 - our own binary, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=home.root,
            env=_environment(),
            user=user.uid if user.is_dropped_to else None,
            group=user.gid if user.is_dropped_to else None,
            extra_groups=[] if user.is_dropped_to else None,
            start_new_session=True,
            # One system call, loaded beforehand: nothing here can wait for a lock of another thread.
            preexec_fn=_end_with_parent,  # noqa: PLW1509
        )


def complaint_in_log(log: Path, offset: int) -> str:
    """The last thing that the server complained about after `offset`, without its time stamp."""
    with log.open("rb") as opened:
        opened.seek(offset)
        lines = opened.read().decode(errors="replace").splitlines()
    complaints = [line for line in lines if any(word in line for word in ("FATAL:", "PANIC:", "ERROR:"))]
    said = (complaints or lines or ["it printed nothing"])[-1]
    return said.split(": ", maxsplit=1)[-1].strip()


def _open_log(log: Path) -> BinaryIO:
    if log.exists() and log.stat().st_size > MAX_LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    return log.open("ab")


def _end_with_parent() -> None:
    signal_on_parent_death(signal.SIGINT)


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
