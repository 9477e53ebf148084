"""How a child learns that its parent is gone, even when the parent was killed with -9."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1

# Loaded at import: between fork and exec a child may call prctl, but must not load a library.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def signal_on_parent_death(number: signal.Signals) -> None:
    """Ask Linux to send `number` to this process when the thread that started it ends; elsewhere do nothing.

    Call it after privileges were dropped: changing the user clears the request.
    """
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def is_orphan(parent_pid: int) -> bool:
    """Whether the process that started us has ended, so that somebody else adopted us."""
    return os.getppid() != parent_pid
