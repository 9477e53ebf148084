"""Runs a command so that Ctrl-C reaches it and not `make`, which would report an orderly stop as an error."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from types import FrameType


def main(command: list[str]) -> int:
    """Run the command in the terminal's foreground and return its exit status."""
    if not _owns_terminal():
        # Nobody can press Ctrl-C here; become the command, so that signals need no passing on.
        os.execvp(command[0], command)  # noqa: S606 - the Makefile's own command
    # Taking the terminal from the background would otherwise stop us.
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    ours = os.getpgrp()
    child = _start(command)

    def pass_on(number: int, _frame: FrameType | None) -> None:
        os.kill(child, number)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, pass_on)
    os.tcsetpgrp(sys.stdin.fileno(), child)
    status = _wait(child)
    os.tcsetpgrp(sys.stdin.fileno(), ours)
    return status


def _owns_terminal() -> bool:
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except OSError:
        return False


def _start(command: list[str]) -> int:
    child = os.fork()
    if child == 0:
        # Both sides do this, so that it is done whoever runs first.
        os.setpgid(0, 0)
        os.tcsetpgrp(sys.stdin.fileno(), os.getpgrp())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        os.execvp(command[0], command)  # noqa: S606 - the Makefile's own command
    # Refused once the child runs its command, and then it is done.
    with contextlib.suppress(PermissionError):
        os.setpgid(child, child)
    return child


def _wait(child: int) -> int:
    while True:
        _, status = os.waitpid(child, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            return os.waitstatus_to_exitcode(status) & 0xFF
        # Ctrl-Z: stop with the whole job, and go on with it when the shell brings it back.
        os.kill(0, signal.SIGSTOP)
        os.tcsetpgrp(sys.stdin.fileno(), child)
        os.killpg(child, signal.SIGCONT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
