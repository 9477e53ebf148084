"""What runs in a child process: searching, fitting and judging one row."""

import resource
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final

import numpy as np

from recs.candidates.sequence_model import HistoryScorer, SequenceModel, SequenceTraining, json_values
from recs.evaluation.answers import Answers, answers_of, mean_ndcg
from recs.evaluation.blending import blended, chosen_blend, stacked
from recs.evaluation.lists import list_metrics
from recs.evaluation.metrics import bootstrap_interval
from recs.evaluation.ranking import asked_scores
from recs.evaluation.tasks import Questions, Task, TaskProtocol
from recs.selection.families import FAMILIES
from recs.selection.search import best_model

_SEED: Final = 20_260_101
_RSS_UNITS_PER_MB: Final = 2**20 if sys.platform == "darwin" else 2**10
_LEAST_DEPTH: Final = 100
_JUDGED_QUESTIONS: Final = 10_000

OpenProtocol = Callable[[], TaskProtocol]
"""Reads the input; picklable, because every child reads for itself."""


@dataclass(frozen=True, slots=True)
class ModelReport:
    """One row of ``models``, what it was selected by, and the parameters that were found."""

    row: Mapping[str, Any]
    validation: float
    model: SequenceModel | None = None


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
        Memory is the peak of this process.
    """
    return {
        "name": name,
        "parameters": dict(parameters),
        "fitSeconds": round(fit_s, 4),
        "peakRssMb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _RSS_UNITS_PER_MB, 1),
        "scoreMicrosPerUser": round(score_us, 2),
        "metrics": {
            **{metric: float(values.mean()) for metric, values in answers.metrics.items()},
            **(lists or {}),
        },
        "ci95": {
            metric: list(bootstrap_interval(values, seed=_SEED, clusters=answers.clusters))
            for metric, values in answers.metrics.items()
        },
    }


def judge_model(
    open_protocol: OpenProtocol, name: str, cutoffs: Sequence[int], search: bool, progress: bool
) -> ModelReport:
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

    Returns
    -------
    ModelReport
    """
    protocol = open_protocol()
    tasks, depth = protocol.validation(), max(_LEAST_DEPTH, 5 * max(cutoffs))
    fitted = _Fitted()
    model = FAMILIES[name].default
    if search:

        def judge(tried: SequenceModel, n_questions: int) -> float:
            return _validated(tried, tasks, n_questions, protocol.selection_cutoff, fitted, depth)

        model = best_model(FAMILIES[name], judge, seed=_SEED, progress=progress)
    validation = _validated(model, tasks, _JUDGED_QUESTIONS, protocol.selection_cutoff, fitted, depth)
    test = protocol.test()
    scorer, fit_s = fitted.on(model, test.training)
    started = perf_counter()
    scores = asked_scores(scorer, test.questions, depth, progress=progress)
    answers = answers_of(scores, test.questions, cutoffs)
    score_us = (perf_counter() - started) * 1e6 / len(test.questions.histories)
    lists = list_metrics(scores, test, max(cutoffs))
    return ModelReport(
        report_row(name, json_values(model.parameters()), answers, fit_s, score_us, lists), validation, model
    )


def judge_blend(
    open_protocol: OpenProtocol, models: Sequence[SequenceModel], cutoffs: Sequence[int], progress: bool
) -> ModelReport:
    """Learn a blend on one half of the validation questions, judge it on the other and on the test.

    Parameters
    ----------
    open_protocol : callable
    models : sequence of SequenceModel
        The ingredients.
    cutoffs : sequence of int
    progress : bool

    Returns
    -------
    ModelReport
        ``fitSeconds`` counts fitting the ingredients and learning their weights.
    """
    protocol = open_protocol()
    depth = max(_LEAST_DEPTH, 5 * max(cutoffs))
    fitted = _Fitted(len(models))
    started = perf_counter()
    asked = [
        (task, task.questions.sample(2 * _JUDGED_QUESTIONS // len(protocol.validation()), _SEED))
        for task in protocol.validation()
    ]
    ingredients = [
        stacked(
            [
                asked_scores(fitted.on(model, task.training)[0], questions, depth, progress=progress)
                for task, questions in asked
            ]
        )
        for model in models
    ]
    questions = Questions.joined([questions for _, questions in asked])
    blend, validation, ranker = chosen_blend(ingredients, questions, protocol.selection_cutoff)
    test = protocol.test()
    scorers = [fitted.on(model, test.training)[0] for model in models]
    fit_s = perf_counter() - started
    started = perf_counter()
    parts = [asked_scores(scorer, test.questions, depth, progress=progress) for scorer in scorers]
    scores = blended(blend, parts, test.questions.histories)
    answers = answers_of(scores, test.questions, cutoffs)
    score_us = (perf_counter() - started) * 1e6 / len(test.questions.histories)
    lists = list_metrics(scores, test, max(cutoffs))
    parameters = {
        "ingredients": {model.name: json_values(model.parameters()) for model in models},
        "ranker": ranker,
    }
    return ModelReport(report_row("blend", parameters, answers, fit_s, score_us, lists), validation)


class _Fitted:
    """Fits each model once per training set: validation and test may share one."""

    def __init__(self, kept: int = 1) -> None:
        self._kept = kept
        self._scorers: list[tuple[str, SequenceTraining, HistoryScorer, float]] = []

    def on(self, model: SequenceModel, training: SequenceTraining) -> tuple[HistoryScorer, float]:
        for parameters, learned, scorer, seconds in self._scorers:
            if parameters == repr(model) and learned is training:
                return scorer, seconds
        started = perf_counter()
        scorer = model.fit(training)
        seconds = perf_counter() - started
        self._scorers = [*self._scorers, (repr(model), training, scorer, seconds)][-self._kept :]
        return scorer, seconds


def _validated(
    model: SequenceModel, tasks: Sequence[Task], n_questions: int, cutoff: int, fitted: _Fitted, depth: int
) -> float:
    figures = []
    for task in tasks:
        questions = task.questions.sample(n_questions, _SEED)
        scorer, _ = fitted.on(model, task.training)
        figures.append(mean_ndcg(asked_scores(scorer, questions, depth, progress=False), questions, cutoff))
    return float(np.mean(figures))
