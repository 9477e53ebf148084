"""What a running server says about itself in `postmaster.pid`, and whether it truly answers."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

FILE_NAME = "postmaster.pid"
N_LINES = 8
PORT = 5432
SOCKET_NAME = f".s.PGSQL.{PORT}"
# Asks "do you speak TLS?"; a server that is up answers with one letter and needs no user for it.
TLS_QUESTION = struct.pack("!ii", 8, 80_877_103)


@dataclass(frozen=True)
class Postmaster:
    """The lines of `postmaster.pid` that matter to us."""

    pid: int
    socket_dir: Path
    is_ready: bool


def read_postmaster(cluster: Path) -> Postmaster | None:
    """Read the file; nothing when it is missing or still being written."""
    try:
        lines = (cluster / FILE_NAME).read_text().splitlines()
    except OSError:
        return None
    if len(lines) < N_LINES or not lines[0].lstrip("-").isdigit():
        return None
    return Postmaster(abs(int(lines[0])), Path(lines[4]), lines[7].strip() == "ready")


def answers(socket_dir: Path, timeout_s: float = 1.0) -> bool:
    """Whether a server accepts and talks on its socket. A pid in a file proves nothing."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(timeout_s)
        try:
            connection.connect(str(socket_dir / SOCKET_NAME))
            connection.sendall(TLS_QUESTION)
            return connection.recv(1) in {b"N", b"S"}
        except OSError:
            return False


def is_server_of(cluster: Path, pid: int) -> bool:
    """Whether this process lives and is the server of this cluster; a zombie or a reused number is not."""
    if Path("/proc/self").exists():
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return False
    else:
        command = subprocess.run(  # noqa: S603 - a fixed system tool and a number
            ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, check=False
        ).stdout
    # Others may run a PostgreSQL too, and any program may name our cluster: both must hold.
    program, _, arguments = command.replace(b"\0", b" ").partition(b" ")
    return Path(os.fsdecode(program)).name == "postgres" and os.fsencode(cluster) in arguments


def disown_stale_file(cluster: Path) -> None:
    """Let a new server start although a foreign process or a zombie now has the pid in the file.

    PostgreSQL takes any living pid for a running server, except its parent's. The file itself must stay: its
    shared memory key keeps a new server out while backends of the old one still live.
    """
    path = cluster / FILE_NAME
    try:
        lines = path.read_text().splitlines()
    except FileNotFoundError:
        return
    if lines and lines[0].lstrip("-").isdigit() and not is_server_of(cluster, abs(int(lines[0]))):
        status_line = slice(N_LINES - 1, N_LINES)
        lines[status_line] = ["starting"]
        path.write_text("\n".join([str(os.getpid()), *lines[1:], ""]))
