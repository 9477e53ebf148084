"""Wall-clock time that a search may take, kept by what the last steps took."""

from collections.abc import Callable
from math import inf
from time import perf_counter
from typing import Final


class Budget:
    """Seconds from now on.

    Parameters
    ----------
    seconds : float, at least 0
        Infinity = as long as it takes; then results depend on nothing but input and seed.
    clock : callable
        Seconds that only grow; of the wall, because that is what somebody waits for.

    Notes
    -----
    A fit cannot be interrupted: a step is begun while as much time is left as the longest step before it
    took, so that a budget is overrun by at most what a step takes longer than all before it.
    """

    def __init__(self, seconds: float, *, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._ends_s = clock() + max(0.0, seconds)
        self._longest_s = 0.0
        self._began_s: float | None = None

    @property
    def left_s(self) -> float:
        """Seconds that are left, at least 0."""
        return max(0.0, self._ends_s - self._clock())

    def part(self, share: float) -> "Budget":
        """Return a budget of a share of what is left, which counts from now on.

        Parameters
        ----------
        share : float in (0, 1]

        Returns
        -------
        Budget
        """
        return Budget(self.left_s * share if self.left_s < inf else inf, clock=self._clock)

    def begins(self) -> bool:
        """Begin a step if there is time for one; the step before it ends here.

        Returns
        -------
        bool
            False = do not begin it. The first step of a budget needs only that some time is left.
        """
        now = self._clock()
        if self._began_s is not None:
            self._longest_s = max(self._longest_s, now - self._began_s)
        may = now < self._ends_s and now + self._longest_s <= self._ends_s
        self._began_s = now if may else None
        return may


UNLIMITED: Final = Budget(inf)
