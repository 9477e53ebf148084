"""Experiments as other parts of the shop see them: who is in which arm, and what became of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from quart import current_app

from server.core.problems import Conflict, Invalid, NotFound, Unavailable
from server.core.runtime import Runtime
from server.features.experiments import queries
from server.features.experiments.domain import (
    ARMS,
    SLOW_S,
    Arm,
    ArmState,
    Assignment,
    ClickRate,
    GuardRails,
    Running,
    click_rate,
)
from server.features.experiments.queries import Connection, ExperimentRow
from server.features.experiments.schemas import ClickRateOut, click_rate_out

__all__ = [
    "SLOW_S",
    "Assignment",
    "ClickRate",
    "ClickRateOut",
    "Experiments",
    "click_rate_out",
    "experiments",
    "model_click_rates",
]

EXTENSION = "jackdaw_experiments"
SURFACES = frozenset({"home", "session", "category"})
"""Where a model decides for a visitor; what goes with a product or a cart is the champion's everywhere."""
logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Seen:
    """What this worker saw of one arm since it last told the others."""

    answers: int = 0
    errors: int = 0
    slow_answers: int = 0
    seconds: float = 0.0
    products_chosen: int = 0
    products_gone: int = 0


@dataclass(slots=True)
class Experiments:
    """The experiment that this worker's shoppers are in, if any."""

    runtime: Runtime
    current: Running | None = None
    seen: dict[Arm, Seen] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)
    """Versions that cannot serve, with the reason: their experiment ends."""
    _listeners: list[Callable[[int | None], None]] = field(default_factory=list)

    def on_challenger(self, follow: Callable[[int | None], None]) -> None:
        """Call ``follow`` with the version that the challenger's arm needs, whenever that changes."""
        self._listeners.append(follow)

    def assign(self, surface: str, visitor_id: int | None) -> Assignment | None:
        """Return the visitor's arm; ``None`` outside of any experiment."""
        running = self.current
        if running is None or visitor_id is None or surface not in SURFACES:
            return None
        return running.assign(visitor_id)

    def observe(self, assignment: Assignment, seconds: float, *, chosen: int, gone: int) -> None:
        """Note an answer: how long choosing took, and how much of it could not be bought."""
        seen = self._seen(assignment)
        if seen is not None:
            seen.answers += 1
            seen.seconds += seconds
            seen.slow_answers += seconds > SLOW_S
            seen.products_chosen += chosen
            seen.products_gone += gone

    def observe_error(self, assignment: Assignment) -> None:
        """Note that the arm's model failed; someone else answered."""
        seen = self._seen(assignment)
        if seen is not None:
            seen.errors += 1

    def condemn(self, version: int, reason: str) -> None:
        """Note that a model cannot even be opened."""
        self.faults.append((version, reason))

    def _seen(self, assignment: Assignment) -> Seen | None:
        if self.current is None or self.current.id != assignment.experiment_id:
            return None
        return self.seen.setdefault(assignment.arm, Seen())

    async def refresh(self) -> None:
        """Read which experiment is running."""
        async with self.runtime.database.connection() as connection:
            row = await queries.select_running(connection)
        before = self.challenger
        if row is None:
            self.current = None
        else:
            self.current = Running(row.id, row.floor, row.guard_rails, row.arms)
        if self.challenger != before:
            for follow in self._listeners:
                follow(self.challenger)

    @property
    def challenger(self) -> int | None:
        """The version that the challenger's arm needs."""
        arms = () if self.current is None else self.current.arms
        return next((state.model_version for state in arms if state.arm == "challenger"), None)


def experiments() -> Experiments:
    """Return the experiments of the application that handles the current request."""
    parts = current_app.extensions.get(EXTENSION)
    if parts is None:
        raise Unavailable("The shop is still starting.", retry_after_s=1)
    return cast("Experiments", parts)


async def start_experiment(
    shop: Experiments,
    *,
    name: str,
    arms: Sequence[Arm],
    challenger_version: int | None,
    floor: float,
    guard_rails: GuardRails,
) -> ExperimentRow:
    """Start an experiment with equal shares.

    Raises
    ------
    Invalid
        The champion is missing, alone or twice, or the floors leave nothing to learn with.
    Conflict
        Another experiment is running, or there is no such challenger.
    """
    if "champion" not in arms or len(set(arms)) != len(arms) or len(arms) < 2:
        raise Invalid("An experiment is between the champion and one or two other arms.")
    if floor * len(arms) >= 1:
        raise Invalid("The floors of all arms together must stay below 1.")
    if challenger_version is not None and "challenger" not in arms:
        raise Invalid("challengerVersion needs the arm challenger.")
    async with shop.runtime.database.connection() as connection:
        version = None
        if "challenger" in arms:
            version = await queries.select_challenger(connection, version=challenger_version)
            if version is None:
                raise Conflict("No stored model can be the challenger.", code="experiment.no_challenger")
        states = [
            ArmState(arm, 1.0 / len(arms), version if arm == "challenger" else None)
            for arm in ARMS
            if arm in arms
        ]
        experiment_id = await queries.insert_experiment(
            connection, name=name, floor=floor, guard_rails=guard_rails, arms=states
        )
        if experiment_id is None:
            raise Conflict("Another experiment is running.", code="experiment.running")
        row = await _existing(connection, experiment_id)
    await shop.refresh()
    return row


async def stop_experiment(shop: Experiments, experiment_id: int, *, reason: str) -> ExperimentRow:
    """Give all shoppers back to the champion; one that is over stays as it ended.

    Raises
    ------
    NotFound
        There is no such experiment.
    """
    async with shop.runtime.database.connection() as connection:
        await _existing(connection, experiment_id)
        await queries.stop_experiment(connection, experiment_id=experiment_id, reason=reason)
        row = await _existing(connection, experiment_id)
    await shop.refresh()
    return row


async def _existing(connection: Connection, experiment_id: int) -> ExperimentRow:
    row = await queries.select_experiment(connection, experiment_id=experiment_id)
    if row is None:
        raise NotFound("There is no such experiment.")
    return row


async def model_click_rates(connection: Connection, versions: Sequence[int]) -> Mapping[int, ClickRate]:
    """Return how often the slates of these models were clicked."""
    counts = await queries.select_model_outcomes(connection, versions=versions)
    rates = {version: click_rate(groups) for (version,), groups in counts.items()}
    return {version: rate for version, rate in rates.items() if rate is not None}
