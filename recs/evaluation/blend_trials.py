"""Judging blends in a process of their own: the ingredients are scored once, whatever is made of them."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_array
from tqdm import tqdm

from recs.arrays import Positions
from recs.candidates.sequence_model import SequenceModel
from recs.evaluation.answers import answers_of
from recs.evaluation.blending import Blend, ChosenBlend, Ingredients, blended, chosen_blend, stacked
from recs.evaluation.lists import list_metrics
from recs.evaluation.models import BLEND, RANK_FUSION
from recs.evaluation.ranking import asked_scores
from recs.evaluation.tasks import Questions, Task, TaskProtocol
from recs.evaluation.trials import (
    SEED,
    Fitted,
    ModelReport,
    OpenProtocol,
    Validation,
    depth_of,
    refitted_figures,
    report_row,
)
from recs.json_numbers import json_values
from recs.selection.features import ItemStatistics
from recs.selection.rank_fusion import RankFusion

_LEARNED_QUESTIONS: Final = 20_000
_AT_ONCE: Final = 2
"""Ingredients side by side: nearly all of their time is spent in code that lets other threads run."""

_Choose = Callable[[Ingredients, int], ChosenBlend]


def judge_blends(
    open_protocol: OpenProtocol,
    models: Sequence[SequenceModel],
    wanted: Sequence[str],
    cutoffs: Sequence[int],
    progress: bool,
) -> list[ModelReport]:
    """Judge blends of the same ingredients: without learning, and learned from validation questions.

    Parameters
    ----------
    open_protocol : callable
    models : sequence of SequenceModel
        The ingredients.
    wanted : sequence of str
        ``rank_fusion`` and ``blend``, in this order so that the memory of the first is its own; or one.
    cutoffs : sequence of int
    progress : bool

    Returns
    -------
    list of ModelReport
        In the order of `wanted`. ``fitSeconds`` counts fitting the ingredients and learning their weights,
        ``scoreMicrosPerUser`` asking them and blending.
    """
    trial = _BlendTrial(open_protocol(), models, cutoffs, progress=progress)
    return [trial.report(name, _CHOICES[name]) for name in wanted]


def _fused(validation: Ingredients, cutoff: int) -> ChosenBlend:
    scores = blended(RankFusion(), validation)
    values = answers_of(scores, validation.questions, [cutoff]).metrics[f"ndcg@{cutoff}"]
    return ChosenBlend(RankFusion(), RANK_FUSION, np.arange(values.shape[0]), values)


_CHOICES: Final[dict[str, _Choose]] = {RANK_FUSION: _fused, BLEND: chosen_blend}


class _BlendTrial:
    """Fits and asks the ingredients at the first need, once."""

    def __init__(
        self,
        protocol: TaskProtocol,
        models: Sequence[SequenceModel],
        cutoffs: Sequence[int],
        *,
        progress: bool,
    ) -> None:
        self._protocol, self._models, self._cutoffs, self._progress = protocol, models, cutoffs, progress
        self._fitted = Fitted(len(models))
        tasks = protocol.validation()
        count = _LEARNED_QUESTIONS // len(tasks)
        self._numbers = _numbered(tasks, count)
        started = perf_counter()
        self._validation = self._asked(tasks, [task.questions.sample(count, SEED) for task in tasks])
        self._test_task = protocol.test()
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(lambda model: self._fitted.on(model, self._test_task.training), models))
        self._fit_s = perf_counter() - started
        started = perf_counter()
        self._test = self._asked([self._test_task], [self._test_task.questions])
        self._ask_s = perf_counter() - started
        self._again_task = protocol.refitted()
        self._again: Ingredients | None = None

    def report(self, name: str, choose: _Choose) -> ModelReport:
        started = perf_counter()
        chosen = choose(self._validation, self._protocol.selection_cutoff)
        fit_s = self._fit_s + perf_counter() - started
        started = perf_counter()
        scores = blended(chosen.blend, self._test)
        questions = self._test.questions
        answers = answers_of(scores, questions, self._cutoffs)
        score_us = (self._ask_s + perf_counter() - started) * 1e6 / len(questions.histories)
        lists = list_metrics(scores, self._test_task, max(self._cutoffs))
        parameters: dict[str, Any] = {
            "ingredients": named(self._models),
            "ranker": chosen.ranker,
        }
        row = report_row(name, parameters, answers, fit_s, score_us, lists)
        if self._again_task is not None:
            row["refitted"] = self._refitted(chosen.blend, self._again_task)
        values = chosen.values
        clusters = self._validation.questions.clusters[chosen.held]
        return ModelReport(
            row, Validation(float(values.mean()), values, self._numbers[chosen.held], clusters)
        )

    def _refitted(self, blend: Blend, task: Task) -> dict[str, Any]:
        if self._again is None:
            self._again = self._asked([task], [task.questions])
        return refitted_figures(blended(blend, self._again), self._again.questions, self._cutoffs)

    def _asked(self, tasks: Sequence[Task], questions: Sequence[Questions]) -> Ingredients:
        depth = depth_of(self._cutoffs)

        def scored(model: SequenceModel) -> csr_array:
            return stacked(
                [
                    asked_scores(self._fitted.on(model, task.training)[0], asked, depth, progress=False)
                    for task, asked in zip(tasks, questions, strict=True)
                ]
            )

        with (
            ThreadPoolExecutor(_AT_ONCE) as pool,
            tqdm(total=len(self._models), desc="asking", unit="model", disable=not self._progress) as bar,
        ):
            scores = []
            for found in pool.map(scored, self._models):
                scores.append(found)
                bar.update()
        known = ItemStatistics.of(
            [task.training.sequences for task in tasks], [len(asked.histories) for asked in questions]
        )
        return Ingredients(scores, Questions.joined(questions), known)


def named(models: Sequence[SequenceModel]) -> dict[str, Any]:
    """Return the parameters of models by name; a second one of a name is called ``name_2``.

    Parameters
    ----------
    models : sequence of SequenceModel

    Returns
    -------
    dict
    """
    found: dict[str, Any] = {}
    for model in models:
        name = model.name if model.name not in found else f"{model.name}_2"
        found[name] = json_values(model.parameters())
    return found


def _numbered(tasks: Sequence[Task], count: int) -> Positions:
    sizes = [len(task.questions.histories) for task in tasks]
    firsts = np.cumsum([0, *sizes[:-1]])
    return np.concatenate(
        [task.questions.sampled(count, SEED) + first for task, first in zip(tasks, firsts, strict=True)]
    )
