"""When a run ends and when tastes flip."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FlipTime:
    """A moment of a run: a share of it, or minutes from its start."""

    share: float | None = None
    minutes: float | None = None

    @classmethod
    def parse(cls, text: str) -> FlipTime:
        """Read what a person typed.

        >>> FlipTime.parse("0.5"), FlipTime.parse("50%"), FlipTime.parse("2"), FlipTime.parse("0.5m")
        (FlipTime(share=0.5, minutes=None), FlipTime(share=0.5, minutes=None), \
FlipTime(share=None, minutes=2.0), FlipTime(share=None, minutes=0.5))

        Raises
        ------
        argparse.ArgumentTypeError
            It is neither.
        """
        try:
            if text.endswith("%"):
                return cls._checked(share=float(text[:-1]) / 100)
            if text.endswith("m"):
                return cls._checked(minutes=float(text[:-1]))
            number = float(text)
            return cls._checked(share=number) if number < 1 else cls._checked(minutes=number)
        except ValueError as error:
            raise argparse.ArgumentTypeError(
                f"{text} is neither a share of the run such as 0.5 or 50% nor minutes such as 2 or 0.5m"
            ) from error

    @classmethod
    def _checked(cls, share: float | None = None, minutes: float | None = None) -> FlipTime:
        if share is not None and not 0 < share < 1:
            raise ValueError(share)
        if minutes is not None and not 0 < minutes < 60 * 24 * 365:
            raise ValueError(minutes)
        return cls(share, minutes)

    def in_seconds(self, duration_s: float) -> float:
        """Return seconds from the start of a run of that length."""
        return duration_s * self.share if self.share is not None else (self.minutes or 0.0) * 60


class Schedule:
    """The clock of one run; with ``sessions`` the shoppers' own count of sessions rules instead."""

    def __init__(
        self,
        duration_s: float,
        *,
        flip: FlipTime | None = None,
        sessions: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.duration_s = duration_s
        self._sessions = sessions
        self._flip = flip
        self._clock = clock
        self._started_at = clock()
        self._is_stopped = False
        self.flipped_at_s: float | None = None

    def start(self) -> None:
        """Begin to count."""
        self._started_at = self._clock()

    @property
    def elapsed_s(self) -> float:
        """Seconds since the start."""
        return self._clock() - self._started_at

    @property
    def is_over(self) -> bool:
        """Whether nobody should ask for anything more."""
        return self._is_stopped or self.elapsed_s >= self.duration_s

    @property
    def is_stopped(self) -> bool:
        """Whether somebody ended the run before its time."""
        return self._is_stopped

    def stop(self) -> None:
        """End the run now."""
        self._is_stopped = True

    def wants_session(self, n_sessions: int) -> bool:
        """Whether a shopper who had that many sessions should have another."""
        return not self.is_over and (self._sessions is None or n_sessions < self._sessions)

    def has_flipped(self, n_sessions: int) -> bool:
        """Whether a shopper who had that many sessions has another taste by now."""
        if self._flip is None:
            return False
        if self._sessions is not None and self._flip.share is not None:
            has_flipped = n_sessions >= self._flip.share * self._sessions
        else:
            has_flipped = self.elapsed_s >= self._flip.in_seconds(self.duration_s)
        if has_flipped and self.flipped_at_s is None:
            self.flipped_at_s = self.elapsed_s
        return has_flipped
