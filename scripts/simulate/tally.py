"""What a run leaves behind: verdicts as columns, latencies per route, actions per second. Flat in memory."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from scripts.simulate.latency import Latencies
from scripts.simulate.talk import Ask
from scripts.simulate.verdicts import SURFACES, Verdict

NO_ANSWER, LIMITED = 0, 429
# What a shop says to a shopper who comes too late: no fault of anybody.
REFUSALS = frozenset({404, 409, 412})


class Outcomes:
    """Verdicts in the order they fell."""

    def __init__(self) -> None:
        self.at_s = array("d")
        self.shopper = array("l")
        self.surface = array("b")
        self.version = array("l")
        """Index into ``versions``."""
        self.versions: list[str | None] = []
        self.flipped = array("b")
        self.served = array("b")
        self.popular = array("b")
        self.random = array("b")
        self._numbers: dict[str | None, int] = {}

    def __len__(self) -> int:
        return len(self.at_s)

    def add(self, at_s: float, verdict: Verdict) -> None:
        """Append a row."""
        number = self._numbers.get(verdict.model_version)
        if number is None:
            number = self._numbers[verdict.model_version] = len(self.versions)
            self.versions.append(verdict.model_version)
        self.at_s.append(at_s)
        self.shopper.append(verdict.shopper)
        self.surface.append(SURFACES.index(verdict.surface))
        self.version.append(number)
        self.flipped.append(verdict.has_flipped)
        self.served.append(verdict.served)
        self.popular.append(verdict.popular)
        self.random.append(verdict.random)


@dataclass(slots=True)
class Route:
    """How one route answered."""

    latencies: Latencies = field(default_factory=Latencies)
    refusals: int = 0
    errors: int = 0


@dataclass(slots=True)
class Tally:
    """Everything that was counted."""

    outcomes: Outcomes = field(default_factory=Outcomes)
    routes: defaultdict[str, Route] = field(default_factory=lambda: defaultdict(Route))
    actions: Counter[str] = field(default_factory=Counter)
    actions_in_second: Counter[int] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    n_requests: int = 0
    n_sessions: int = 0
    n_limited: int = 0
    waited_for_limits_s: float = 0.0
    failures_in_a_row: int = 0

    @property
    def n_actions(self) -> int:
        """Pages opened and buttons pressed."""
        return self.actions.total()

    @property
    def n_errors(self) -> int:
        """Requests that failed through no fault of the shopper."""
        return self.errors.total()

    def answered(self, ask: Ask, status: int, seconds: float, at_s: float) -> None:
        """Count one request."""
        self.n_requests += 1
        if status == LIMITED:
            self.n_limited += 1
            return
        route = self.routes[ask.route]
        if status == NO_ANSWER or (status >= 400 and status not in REFUSALS):
            route.errors += 1
            self.errors["no answer" if status == NO_ANSWER else f"{ask.route} → {status}"] += 1
            self.failures_in_a_row += 1
        else:
            route.refusals += status in REFUSALS
            self.failures_in_a_row = 0
        if status != NO_ANSWER:
            route.latencies.add(seconds * 1e3)
        if ask.action is not None:
            self.actions[ask.action] += 1
            self.actions_in_second[int(at_s)] += 1
