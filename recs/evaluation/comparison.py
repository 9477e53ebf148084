"""Comparing models, each in a process of its own so that its memory is its own."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from statistics import NormalDist
from threading import Lock
from typing import Any, Final, TypeVar

import numpy as np
from tqdm import tqdm

from recs.arrays import Floats
from recs.evaluation.answers import Answers
from recs.evaluation.blend_trials import judge_blends
from recs.evaluation.events import EventsProtocol
from recs.evaluation.judging import ServedProtocol
from recs.evaluation.models import BLENDS, SERVED, chosen_models
from recs.evaluation.served_choice import chosen_config
from recs.evaluation.tasks import TaskProtocol
from recs.evaluation.trials import SEED, ModelReport, OpenProtocol, Validation, judge_model, report_row
from recs.selection.budget import Budget
from recs.selection.families import suitable
from recs.selection.promotion import FALSE_PROMOTIONS, LEAST_USERS, judge_challengers

_AT_ONCE: Final = 2
"""Children side by side: the design's two cores, and memory for two models."""

_LEAST_FOLDS: Final = 2
"""One to search on and one for the gate; choosing needs a further one to publish."""

_BEYOND_CHANCE: Final = NormalDist().inv_cdf(1 - FALSE_PROMOTIONS / 4)
"""Standard errors; one side, and half of it for each of two blends."""

T = TypeVar("T")


def compare(
    open_protocol: OpenProtocol,
    wanted: str,
    cutoffs: Sequence[int],
    *,
    search_s: float = float("inf"),
    progress: bool,
) -> dict[str, Any]:
    """Judge models and select the best on validation.

    Parameters
    ----------
    open_protocol : callable
        Opens the protocol in the calling process and in every child.
    wanted : str
        ``auto``: every suitable model, its parameters searched on validation data, then their blends.
        ``all``: the same models with default parameters; names joined by commas: these, likewise.
    cutoffs : sequence of int
    search_s : float
        Seconds of the wall that all searches together may take; what one does not need is left to the others.
    progress : bool

    Returns
    -------
    dict
        ``protocol``, ``dataset``, ``selected``, ``gate`` (why that one) and ``models``, ready for JSON.

    Raises
    ------
    RecsError
        As raised by the protocol.
    """
    protocol = open_protocol()
    task = protocol.test()
    fixed = task.questions.negatives is not None
    families = suitable(task.training, repeats=not task.questions.masked, fixed=fixed)
    served = hasattr(protocol, "judge") and not fixed
    names = chosen_models(wanted, families, served=served)
    alone = [name for name in names if name not in BLENDS]
    blends = [name for name in names if name in BLENDS]

    shares = _Shares(Budget(search_s), len(alone))

    def judged(name: str) -> list[ModelReport]:
        judge = judge_served if name in SERVED else judge_model
        return _alone(judge, open_protocol, name, cutoffs, wanted == "auto", progress, shares.taken_s())

    with (
        ThreadPoolExecutor(min(_AT_ONCE, os.cpu_count() or 1)) as pool,
        tqdm(total=len(names), desc="models", unit="model", disable=not progress) as bar,
    ):
        reports = []
        for found in pool.map(judged, alone):
            reports += found
            bar.update()
        if blends:
            models = [model for report in reports for model in report.models]
            ingredients = models or [family.default for family in families]
            reports += _alone(judge_blends, open_protocol, ingredients, blends, cutoffs, progress)
            bar.update(len(blends))
    selected, reasons = select(reports)
    return {
        "protocol": protocol.name,
        "dataset": dict(protocol.dataset()),
        "selected": selected,
        "gate": reasons,
        "models": [dict(report.row) for report in reports],
    }


class _Shares:
    """Divides the time that is left among the searches that have not begun."""

    def __init__(self, budget: Budget, searches: int) -> None:
        self._budget, self._waiting = budget, searches
        self._taking = Lock()

    def taken_s(self) -> float:
        """Return the seconds of the next search: those beside it run at the same time."""
        with self._taking:
            share = min(_AT_ONCE, self._waiting) / max(1, self._waiting)
            self._waiting -= 1
            return self._budget.part(share).left_s


def select(reports: Sequence[ModelReport]) -> tuple[str, dict[str, Any]]:
    """Choose the row that serves: the best single model, unless a blend is better beyond chance.

    Parameters
    ----------
    reports : sequence of ModelReport
        At least one.

    Returns
    -------
    selected : str
    gate : dict
        ``champion``: the best single row; ``verdicts``: what the gate says of each blend.

    Notes
    -----
    Paired bootstrap over those who ask, on the questions that both answered; see
    `recs.selection.promotion.judge_challengers` for the share of undeserved promotions. A row that was asked
    through its own snapshot has no figure per question: its mean is compared as that of a stranger.
    """
    single = [report for report in reports if report.row["name"] not in BLENDS] or list(reports)
    champion = max(single, key=lambda report: report.validation.mean)
    blends = [report for report in reports if report not in single]
    verdicts: dict[str, Any] = {}
    promoted: list[tuple[float, str]] = []
    for report in blends:
        name = str(report.row["name"])
        mine, theirs = _by_person(report.validation, champion.validation)
        if mine.size == 0:  # a row asked through its own snapshot has no figure per question
            difference, is_better, reason = _unpaired(report.validation, champion.validation.mean)
        else:
            # Each blend at half the level: as strict as Holm's first step for two.
            verdict = judge_challengers(theirs, {name: mine, "again": theirs}, seed=SEED)[name]
            difference, is_better, reason = verdict.difference, verdict.promoted, verdict.reason
        verdicts[name] = {"promoted": is_better, "reason": reason}
        if is_better:
            promoted.append((difference, name))
    selected = max(promoted)[1] if promoted else str(champion.row["name"])
    return selected, {"champion": champion.row["name"], "verdicts": verdicts}


def _by_person(one: Validation, other: Validation) -> tuple[Floats, Floats]:
    """Return both metrics of everybody who was asked by both, one value per person."""
    _, mine, theirs = np.intersect1d(one.questions, other.questions, return_indices=True)
    _, people = np.unique(one.clusters[mine], return_inverse=True)
    counts = np.maximum(np.bincount(people), 1)
    return (
        np.bincount(people, one.values[mine]) / counts,
        np.bincount(people, other.values[theirs]) / counts,
    )


def _unpaired(challenger: Validation, champion_mean: float) -> tuple[float, bool, str]:
    """Judge by a mean alone, as if the champion's values spread as widely and were those of strangers."""
    values, _ = _by_person(challenger, challenger)
    difference = challenger.mean - champion_mean
    if values.size < LEAST_USERS:
        return difference, False, f"Only {values.size} people to judge by, {LEAST_USERS} are needed."
    needed = _BEYOND_CHANCE * float(np.sqrt(2.0 * values.var() / values.size))
    reason = f"Differs by {difference:+.4f} on {values.size} people, not paired; must be above {needed:.4f}."
    return difference, difference > needed, reason


def _alone(judge: Callable[..., T], *arguments: Any) -> T:
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(judge, *arguments).result()


def judge_served(
    open_protocol: Callable[[], TaskProtocol],
    name: str,
    cutoffs: Sequence[int],
    search: bool,
    progress: bool,
    budget_s: float = float("inf"),
) -> list[ModelReport]:
    """Judge a serving configuration through its own snapshot, in this process.

    Parameters
    ----------
    open_protocol : callable
        Its protocol can also ask snapshots.
    name : str
        Of `SERVED`.
    cutoffs : sequence of int
    search : bool
        Let a log with times choose its generators and weights, on windows before the published one: the row
        then is what `fit --models auto` serves.
    progress : bool
    budget_s : float
        Seconds of the wall for choosing.

    Returns
    -------
    list of ModelReport
        One.
    """
    budget = Budget(budget_s)
    config = SERVED[name]()
    protocol: Any = open_protocol()
    if search and isinstance(protocol, EventsProtocol) and protocol.n_folds > _LEAST_FOLDS:
        folds = protocol.n_folds - 1
        config = chosen_config(protocol, config, folds=folds, budget=budget, progress=progress).config
    asking: ServedProtocol = protocol
    judgement = asking.judge(config, cutoffs, progress=progress)
    wanted = {f"{metric}@{k}" for metric in ("recall", "ndcg", "mrr") for k in cutoffs}
    metrics = {metric: values for metric, values in judgement.test.items() if metric in wanted}
    answers = Answers(metrics, np.arange(next(iter(metrics.values())).shape[0]))
    parameters, score_us = config.parameters(), judgement.score_us_per_user
    row = report_row(name, parameters, answers, judgement.fit_s, score_us, judgement.lists)
    nothing, nobody = np.empty(0), np.empty(0, dtype=np.int64)
    return [ModelReport(row, Validation(judgement.validation, nothing, nobody, nobody))]
