"""What runs in a child process: searching, fitting and judging the rows of a report."""

import resource
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from time import perf_counter
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_array

from recs.arrays import Floats, Positions
from recs.candidates.sequence_model import HistoryScorer, SequenceModel, SequenceTraining
from recs.evaluation.answers import Answers, answers_of
from recs.evaluation.lists import list_metrics
from recs.evaluation.metrics import bootstrap_interval
from recs.evaluation.ranking import asked_scores
from recs.evaluation.tasks import Questions, Task, TaskProtocol
from recs.json_numbers import json_values
from recs.selection.budget import Budget
from recs.selection.families import FAMILIES
from recs.selection.search import searched

SEED: Final = 20_260_101
_RSS_UNITS_PER_MB: Final = 2**20 if sys.platform == "darwin" else 2**10
_LEAST_DEPTH: Final = 100
_JUDGED_QUESTIONS: Final = 10_000

OpenProtocol = Callable[[], TaskProtocol]
"""Reads the input; picklable, because every child reads for itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Validation:
    """How a model did where choices are made.

    Attributes
    ----------
    mean : float
        Mean nDCG.
    values : ndarray of float64, shape (n,)
        nDCG of each question; empty where only the mean is known.
    questions : ndarray of int64, shape (n,)
        Which question each value belongs to, ascending; the same numbers for every model.
    clusters : ndarray of int64, shape (n,)
        Who asked.
    """

    mean: float
    values: Floats
    questions: Positions
    clusters: Positions


@dataclass(frozen=True, slots=True)
class ModelReport:
    """One row of ``models``, what it was selected by, and what it gives to a blend."""

    row: Mapping[str, Any]
    validation: Validation
    models: tuple[SequenceModel, ...] = ()


def report_row(
    name: str,
    parameters: Mapping[str, Any],
    answers: Answers,
    fit_s: float,
    score_us: float,
    lists: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """Lay out one row of the report.

    Parameters
    ----------
    name : str
    parameters : mapping
    answers : Answers
    fit_s : float
    score_us : float
        Per history.
    lists : mapping of str to float, optional
        Further metrics, which have no interval.

    Returns
    -------
    dict
        Memory is the peak of this process so far.
    """
    return {
        "name": name,
        "parameters": dict(parameters),
        "fitSeconds": round(fit_s, 4),
        "peakRssMb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _RSS_UNITS_PER_MB, 1),
        "scoreMicrosPerUser": round(score_us, 2),
        "metrics": {**_means(answers), **(lists or {})},
        "ci95": _intervals(answers),
    }


def refitted_figures(scores: csr_array, questions: Questions, cutoffs: Sequence[int]) -> dict[str, Any]:
    """Lay out the figures of a model fitted anew on all but the test.

    Parameters
    ----------
    scores : csr_array of float32, shape (n_histories, n_items)
    questions : Questions
    cutoffs : sequence of int

    Returns
    -------
    dict
        ``metrics`` and ``ci95``, as in the row itself.
    """
    answers = answers_of(scores, questions, cutoffs)
    return {"metrics": _means(answers), "ci95": _intervals(answers)}


def depth_of(cutoffs: Sequence[int]) -> int:
    """Return how many candidates each history keeps: far more than any cutoff looks at."""
    return max(_LEAST_DEPTH, 5 * max(cutoffs))


def _means(answers: Answers) -> dict[str, float]:
    return {metric: float(values.mean()) for metric, values in answers.metrics.items()}


def _intervals(answers: Answers) -> dict[str, list[float]]:
    return {
        metric: list(bootstrap_interval(values, seed=SEED, clusters=answers.clusters))
        for metric, values in answers.metrics.items()
    }


def judge_model(
    open_protocol: OpenProtocol,
    name: str,
    cutoffs: Sequence[int],
    search: bool,
    progress: bool,
    budget_s: float = float("inf"),
) -> list[ModelReport]:
    """Judge one family in this process.

    Parameters
    ----------
    open_protocol : callable
    name : str
        Of `FAMILIES`.
    cutoffs : sequence of int
    search : bool
        Look for parameters on validation data first; else the default ones.
    progress : bool
    budget_s : float
        Seconds of the wall for reading and searching; the rest takes as long as it takes.

    Returns
    -------
    list of ModelReport
        One.
    """
    budget = Budget(budget_s)
    protocol = open_protocol()
    tasks, depth = protocol.validation(), depth_of(cutoffs)
    fitted = Fitted()
    fixed = any(task.questions.negatives is not None for task in tasks)
    family = FAMILIES[name].widened() if fixed else FAMILIES[name]
    model, other = family.default, None
    if search:

        def judge(tried: SequenceModel, n_questions: int) -> float:
            return validated(tried, tasks, n_questions, protocol.selection_cutoff, fitted, depth).mean

        found = searched(family, judge, seed=SEED, budget=budget, progress=progress)
        model, other = found.best, found.other if family.voices > 1 else None
    validation = validated(model, tasks, _JUDGED_QUESTIONS, protocol.selection_cutoff, fitted, depth)
    test = protocol.test()
    scorer, fit_s = fitted.on(model, test.training)
    started = perf_counter()
    scores = asked_scores(scorer, test.questions, depth, progress=progress)
    answers = answers_of(scores, test.questions, cutoffs)
    score_us = (perf_counter() - started) * 1e6 / len(test.questions.histories)
    lists = list_metrics(scores, test, max(cutoffs))
    row = report_row(name, json_values(model.parameters()), answers, fit_s, score_us, lists)
    again = protocol.refitted()
    if again is not None:
        scorer, _ = fitted.on(model, again.training)
        scores = asked_scores(scorer, again.questions, depth, progress=progress)
        row["refitted"] = refitted_figures(scores, again.questions, cutoffs)
    return [ModelReport(row, validation, (model,) if other is None else (model, other))]


class Fitted:
    """Fits each model once per training set: validation and test may share one.

    Parameters
    ----------
    kept : int
        So many latest fits are kept.
    """

    def __init__(self, kept: int = 1) -> None:
        self._kept = kept
        self._writing = Lock()
        self._scorers: list[tuple[str, SequenceTraining, HistoryScorer, float]] = []

    def on(self, model: SequenceModel, training: SequenceTraining) -> tuple[HistoryScorer, float]:
        """Return a model's scorer and the seconds that fitting it took."""
        for parameters, learned, scorer, seconds in self._scorers:
            if parameters == repr(model) and learned is training:
                return scorer, seconds
        started = perf_counter()
        scorer = model.fit(training)
        seconds = perf_counter() - started
        with self._writing:
            self._scorers = [*self._scorers, (repr(model), training, scorer, seconds)][-self._kept :]
        return scorer, seconds


def validated(
    model: SequenceModel, tasks: Sequence[Task], n_questions: int, cutoff: int, fitted: Fitted, depth: int
) -> Validation:
    """Ask a model validation questions.

    Parameters
    ----------
    model : SequenceModel
    tasks : sequence of Task
    n_questions : int
        At most so many per task, the same ones for every model.
    cutoff : int
    fitted : Fitted
    depth : int

    Returns
    -------
    Validation
        Its mean gives every task the same weight.
    """
    values, numbers, clusters, first = [], [], [], 0
    for task in tasks:
        chosen = task.questions.sampled(n_questions, SEED)
        questions = task.questions.take(chosen)
        scorer, _ = fitted.on(model, task.training)
        scores = asked_scores(scorer, questions, depth, progress=False)
        values.append(answers_of(scores, questions, [cutoff]).metrics[f"ndcg@{cutoff}"])
        numbers.append(chosen + first)
        clusters.append(questions.clusters + first)
        first += len(task.questions.histories)
    return Validation(
        float(np.mean([each.mean() for each in values])),
        np.concatenate(values),
        np.concatenate(numbers),
        np.concatenate(clusters),
    )
