"""Comparing models, each in a process of its own so that its memory is its own."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any, Final, TypeVar

import numpy as np
from tqdm import tqdm

from recs.evaluation.answers import Answers
from recs.evaluation.judging import ServedProtocol
from recs.evaluation.models import BLEND, SERVED, chosen_models
from recs.evaluation.tasks import TaskProtocol
from recs.evaluation.trials import ModelReport, OpenProtocol, judge_blend, judge_model, report_row
from recs.selection.families import suitable

_AT_ONCE: Final = 2
"""Children side by side: the design's two cores, and memory for two models."""

T = TypeVar("T")


def compare(
    open_protocol: OpenProtocol, wanted: str, cutoffs: Sequence[int], *, progress: bool
) -> dict[str, Any]:
    """Judge models and select the best on validation.

    Parameters
    ----------
    open_protocol : callable
        Opens the protocol in the calling process and in every child.
    wanted : str
        ``auto``: every suitable model, its parameters searched on validation data, then their blend. ``all``:
        the same models with default parameters. Else names joined by commas, with default parameters.
    cutoffs : sequence of int
    progress : bool

    Returns
    -------
    dict
        ``protocol``, ``dataset``, ``selected`` and ``models``, ready for JSON.

    Raises
    ------
    RecsError
        As raised by the protocol.
    """
    protocol = open_protocol()
    task = protocol.test()
    families = suitable(task.training, repeats=not task.questions.masked)
    served = hasattr(protocol, "judge") and task.questions.negatives is None
    names = chosen_models(wanted, families, served=served)
    alone = [name for name in names if name != BLEND]

    def judged(name: str) -> ModelReport:
        if name in SERVED:
            return _alone(judge_served, open_protocol, name, cutoffs, progress)
        return _alone(judge_model, open_protocol, name, cutoffs, wanted == "auto", progress)

    with (
        ThreadPoolExecutor(min(_AT_ONCE, os.cpu_count() or 1)) as pool,
        tqdm(total=len(names), desc="models", unit="model", disable=not progress) as bar,
    ):
        reports = []
        for report in pool.map(judged, alone):
            reports.append(report)
            bar.update()
        if BLEND in names:
            found = [report.model for report in reports if report.model is not None]
            ingredients = found or [family.default for family in families]
            reports.append(_alone(judge_blend, open_protocol, ingredients, cutoffs, progress))
            bar.update()
    selected = max(reports, key=lambda report: report.validation)
    return {
        "protocol": protocol.name,
        "dataset": dict(protocol.dataset()),
        "selected": selected.row["name"],
        "models": [dict(report.row) for report in reports],
    }


def _alone(judge: Callable[..., T], *arguments: Any) -> T:
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(judge, *arguments).result()


def judge_served(
    open_protocol: Callable[[], TaskProtocol], name: str, cutoffs: Sequence[int], progress: bool
) -> ModelReport:
    """Judge a serving configuration through its own snapshot, in this process.

    Parameters
    ----------
    open_protocol : callable
        Its protocol can also ask snapshots.
    name : str
        Of `SERVED`.
    cutoffs : sequence of int
    progress : bool

    Returns
    -------
    ModelReport
    """
    config = SERVED[name]()
    protocol: Any = open_protocol()
    asking: ServedProtocol = protocol
    judgement = asking.judge(config, cutoffs, progress=progress)
    wanted = {f"{metric}@{k}" for metric in ("recall", "ndcg", "mrr") for k in cutoffs}
    metrics = {metric: values for metric, values in judgement.test.items() if metric in wanted}
    answers = Answers(metrics, np.arange(next(iter(metrics.values())).shape[0]))
    row = report_row(name, config.parameters(), answers, judgement.fit_s, judgement.score_us_per_user)
    return ModelReport(row, judgement.validation)
