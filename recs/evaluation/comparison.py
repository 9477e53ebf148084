"""Comparing models, each in a process of its own so that its memory is its own."""

import resource
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, Final

from tqdm import tqdm

from recs.evaluation.judging import EvaluationProtocol
from recs.evaluation.metrics import bootstrap_interval
from recs.evaluation.models import MODELS

_SEED: Final = 20_260_101
_RSS_UNITS_PER_MB: Final = 2**20 if sys.platform == "darwin" else 2**10

OpenProtocol = Callable[[], EvaluationProtocol]
"""Reads the input; picklable, because every child reads for itself."""


@dataclass(frozen=True, slots=True)
class ModelReport:
    """One row of ``models``, and what it was selected by."""

    row: Mapping[str, Any]
    validation: float


def compare(
    open_protocol: OpenProtocol, names: Sequence[str], cutoffs: Sequence[int], *, progress: bool
) -> dict[str, Any]:
    """Judge models and select the best on validation.

    Parameters
    ----------
    open_protocol : callable
        Opens the protocol in the calling process and in every child.
    names : sequence of str
        Keys of `MODELS`.
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
    reports = []
    with tqdm(names, desc="models", unit="model", disable=not progress) as bar:
        for name in bar:
            bar.set_postfix_str(name)
            with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
                reports.append(pool.submit(report_of, open_protocol, name, tuple(cutoffs), progress).result())
    selected = max(reports, key=lambda report: report.validation)
    return {
        "protocol": protocol.name,
        "dataset": dict(protocol.dataset()),
        "selected": selected.row["name"],
        "models": [dict(report.row) for report in reports],
    }


def report_of(open_protocol: OpenProtocol, name: str, cutoffs: Sequence[int], progress: bool) -> ModelReport:
    """Judge one model in this process.

    Parameters
    ----------
    open_protocol, name, cutoffs, progress
        As in `compare`.

    Returns
    -------
    ModelReport
    """
    config = MODELS[name]()
    judgement = open_protocol().judge(config, cutoffs, progress=progress)
    wanted = {f"{metric}@{k}" for metric in ("recall", "ndcg", "mrr") for k in cutoffs}
    kept = {metric: values for metric, values in judgement.test.items() if metric in wanted}
    row = {
        "name": name,
        "parameters": dict(config.parameters()),
        "fitSeconds": round(judgement.fit_s, 4),
        "peakRssMb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _RSS_UNITS_PER_MB, 1),
        "scoreMicrosPerUser": round(judgement.score_us_per_user, 2),
        "metrics": {metric: float(values.mean()) for metric, values in kept.items()},
        "ci95": {metric: list(bootstrap_interval(values, seed=_SEED)) for metric, values in kept.items()},
    }
    return ModelReport(row, judgement.validation)
