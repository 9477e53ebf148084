"""Signals as something that one loop can wait for."""

from __future__ import annotations

import contextlib
import select
import signal
import socket
import time
from collections.abc import Callable
from types import FrameType

from server.supervision.errors import StopRequested

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
# One Ctrl-C may arrive twice, from the terminal and from a parent that passes it on.
SAME_REQUEST_S = 0.5


class SignalInbox:
    """Remembers requests to stop and wakes a waiting loop for them and for ended children."""

    def __init__(self, on_impatience: Callable[[], None]) -> None:
        self.is_stop_requested = False
        self._first_at = 0.0
        self._on_impatience = on_impatience
        self._wakes, self._signalled = socket.socketpair()
        self._wakes.settimeout(0)
        self._signalled.settimeout(0)
        signal.set_wakeup_fd(self._signalled.fileno(), warn_on_full_buffer=False)
        for number in STOP_SIGNALS:
            # `nohup` asks us to outlive the terminal; a shell's `&` ignores SIGINT without meaning it.
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._note_stop)
        # The default action of SIGCHLD is to be ignored, which would not wake the loop.
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)

    def wait(self, timeout_s: float) -> None:
        """Sleep until a signal arrives or the time is over."""
        readable, _, _ = select.select([self._wakes], [], [], max(0.0, timeout_s))
        if readable:
            with contextlib.suppress(BlockingIOError):
                self._wakes.recv(4096)

    def pause(self, delay_s: float) -> None:
        """Sleep while the shop starts.

        Raises
        ------
        StopRequested
            Somebody wants us to stop instead.
        """
        self.wait(delay_s)
        if self.is_stop_requested:
            raise StopRequested

    def _note_stop(self, _number: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if not self.is_stop_requested:
            self.is_stop_requested = True
            self._first_at = now
        elif now - self._first_at > SAME_REQUEST_S:
            self._on_impatience()
