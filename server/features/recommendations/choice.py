"""Lets the log choose by which recipe the shop refits: now and then, within its time, in its own process.

A search tries many fits, so it may run out of memory or time. Then its process dies, not the refit: the
champion's recipe learns from the newest events as it would have without a search.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from recs import Budget, EventsProtocol, HybridConfig, RecsError, chosen_config, config_of
from server.core.parent_death import is_orphan, signal_on_parent_death
from server.features.recommendations.model_queries import ModelRow
from server.features.recommendations.training import TrainingWindow

# Of fewer nothing could be proved: a small shop's refit stays as quick as it was.
LEAST_INTERACTIONS = 1_000
# Searching looks at some of the shoppers of a large shop; what it finds is fitted and judged on all of them.
MOST_INTERACTIONS = 300_000
GROWTH = 1.5
# A step that has begun is not interrupted: only when even so it is out of all proportion.
OVERRUN_SHARE, OVERRUN_S = 2.0, 30.0
RUNNING, CHOSEN, KEPT, FAILED = "running", "chosen", "kept", "failed"

_Task: TypeAlias = tuple[pd.DataFrame, pd.DataFrame, dict[str, Any], float]


@dataclass(frozen=True, slots=True)
class Terms:
    """When a search is due, and what it may take."""

    budget_s: float
    interval_s: float


NEVER = Terms(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a search came to; kept with the model of the refit that made it."""

    outcome: str
    reason: str
    at: str
    """When its window ended, RFC 3339."""
    interactions: int
    """How many the log had."""
    seconds: float = 0.0
    ndcg: dict[str, float] | None = None
    """nDCG@10 of the champion's recipe and of what was found, on days that the search never saw."""
    config: dict[str, Any] | None = None
    """The parameters of what was found, when it is better beyond chance."""

    def as_metrics(self) -> dict[str, Any]:
        """Return it as JSON values; what was chosen is the configuration of the model itself."""
        return {name: value for name, value in asdict(self).items() if name != "config"}


def recipe_of(champion: ModelRow | None) -> tuple[HybridConfig, int | None]:
    """Return the recipe that serves and the version whose refit chose it; ours when nobody chose it.

    Raises ``ConfigurationError`` when it was chosen by code that knew other recipes.
    """
    chosen_in = None if champion is None else champion.metrics.get("recipe", {}).get("chosenIn")
    if champion is None or chosen_in is None:
        return HybridConfig(), None
    return config_of(champion.config), int(chosen_in)


def is_due(
    last: dict[str, Any] | None, champion: ModelRow | None, window: TrainingWindow, terms: Terms
) -> bool:
    """Whether this refit is to search.

    Not before there is a model, because the first one should come at once, and not while a person has decided
    what serves.
    """
    n_interactions = len(window.interactions)
    if terms.budget_s <= 0 or champion is None or champion.is_held or n_interactions < LEAST_INTERACTIONS:
        return False
    if last is None or n_interactions >= GROWTH * last["interactions"]:
        return True
    return (window.until - datetime.fromisoformat(last["at"])).total_seconds() >= terms.interval_s


def begun(window: TrainingWindow) -> Choice:
    """Return what is noted before a search, lest one that takes the refit down is begun again at once."""
    return Choice(RUNNING, "The search did not finish.", window.until.isoformat(), len(window.interactions))


def searched(window: TrainingWindow, recipe: HybridConfig, budget_s: float) -> Choice:
    """Search in a process of its own; whatever becomes of it, there is an answer."""
    started_at = time.monotonic()
    part = sampled(window.interactions, MOST_INTERACTIONS)
    try:
        found = _apart((part, window.catalogue, dict(recipe.parameters()), budget_s))
    except (OSError, MemoryError) as error:
        found = {"outcome": FAILED, "reason": f"The search could not begin: {error}"}
    size, seconds = len(window.interactions), round(time.monotonic() - started_at, 3)
    return Choice(at=window.until.isoformat(), interactions=size, seconds=seconds, **found)


def _apart(task: _Task) -> dict[str, Any]:
    context = get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_search, args=(sending, os.getpid(), task), daemon=True)
    process.start()
    sending.close()
    limit_s = OVERRUN_S + OVERRUN_SHARE * task[-1]
    try:
        if not receiving.poll(limit_s):
            return {"outcome": FAILED, "reason": f"The search did not end within {limit_s:.0f} s."}
        return dict(receiving.recv())
    except EOFError:
        process.join()
        return {"outcome": FAILED, "reason": f"The search ended with {process.exitcode}."}
    finally:
        process.kill()
        process.join()
        receiving.close()


def sampled(interactions: pd.DataFrame, most: int, *, seed: int = 0) -> pd.DataFrame:
    """Return all interactions of so many shoppers that there are at most about so many interactions."""
    if len(interactions) <= most:
        return interactions
    shoppers, codes = np.unique(interactions["user_id"].to_numpy(), return_inverse=True)
    order = np.random.default_rng(seed).permutation(len(shoppers))
    so_far = np.cumsum(np.bincount(codes)[order])
    taken = order[: max(1, int(np.searchsorted(so_far, most, side="right")))]
    return interactions[np.isin(codes, taken)]


def _search(sending: Connection, parent_pid: int, task: _Task) -> None:
    signal_on_parent_death(signal.SIGKILL)
    stand_back()
    if not is_orphan(parent_pid):
        sending.send(_found(*task))


def stand_back() -> None:
    """Take one processor, and that only while nobody else wants it: a search is never urgent.

    Where the system offers neither, the niceness of the refit has to do.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _found(
    interactions: pd.DataFrame, catalogue: pd.DataFrame, parameters: dict[str, Any], budget_s: float
) -> dict[str, Any]:
    try:
        choice = chosen_config(
            EventsProtocol(interactions, catalogue), config_of(parameters), budget=Budget(budget_s)
        )
    except RecsError as error:
        return {"outcome": KEPT, "reason": f"Too little to choose by: {error}"}
    ndcg = {"champion": choice.champion, "challenger": choice.challenger}
    if not choice.promoted:
        return {"outcome": KEPT, "reason": choice.reason, "ndcg": ndcg}
    if choice.fit_s > budget_s:
        reason = f"Better, but one fit takes {choice.fit_s:.0f} s. {choice.reason}"
        return {"outcome": KEPT, "reason": reason, "ndcg": ndcg}
    return {
        "outcome": CHOSEN,
        "reason": choice.reason,
        "ndcg": ndcg,
        "config": dict(choice.config.parameters()),
    }
