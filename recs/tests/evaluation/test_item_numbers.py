"""Item numbers are no signal: renumbering the items of a file changes no metric of any row."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from recs.evaluation.baskets import BasketsProtocol
from recs.evaluation.blend_trials import judge_blends
from recs.evaluation.models import BLENDS
from recs.evaluation.sequences import SequencesProtocol
from recs.evaluation.sessions import SessionsProtocol
from recs.evaluation.trials import ModelReport, OpenProtocol, judge_model
from recs.selection.families import FAMILIES, suitable

N_ITEMS = 40
# Sums run in another order, so the last bits differ, and with them now and then a tie far down a list.
WITHIN = {
    "recall": 1e-4,
    "ndcg": 1e-4,
    "mrr": 1e-4,
    "coverage": 1e-9,
    "gini": 2e-3,
    "novelty": 2e-3,
    "diversity": 2e-3,
}


def rows() -> list[list[int]]:
    """Return walks on a ring with jumps, popular items first."""
    rng = np.random.default_rng(5)
    found = []
    for _ in range(150):
        row = [int(rng.pareto(0.8) * 3) % N_ITEMS]
        for _ in range(int(rng.integers(3, 9))):
            row.append((row[-1] + int(rng.integers(1, 4))) % N_ITEMS)
        found.append(row)
    return found


def sequences(folder: Path, names: list[str]) -> OpenProtocol:
    lines = [" ".join([f"u{user}", *(names[item] for item in row)]) for user, row in enumerate(rows())]
    (folder / "sequences.txt").write_text("\n".join(lines))
    described = [
        f"{names[item]},kind {item % 7} of {item % 3},{item % 5}|{item % 4}" for item in range(N_ITEMS)
    ]
    (folder / "items.csv").write_text("\n".join(["item,category,attribute_ids", *described]))
    return partial(SequencesProtocol, folder / "sequences.txt", folder / "items.csv")


def sessions(folder: Path, names: list[str]) -> OpenProtocol:
    lines = [" ".join(names[item] for item in row) for row in rows()]
    (folder / "train.txt").write_text("\n".join(lines[:120]))
    (folder / "test.txt").write_text("\n".join(lines[120:]))
    return partial(SessionsProtocol, folder / "train.txt", folder / "test.txt")


def baskets(folder: Path, names: list[str]) -> OpenProtocol:
    lines = [
        json.dumps({"user": user, "baskets": [[names[item]] for item in row]})
        for user, row in enumerate(rows())
    ]
    (folder / "baskets.jsonl").write_text("\n".join(lines))
    return partial(BasketsProtocol, folder / "baskets.jsonl")


def judged(open_protocol: OpenProtocol) -> list[ModelReport]:
    task = open_protocol().test()
    names = [family.name for family in suitable(task.training, repeats=not task.questions.masked)]
    assert {"transitions", "session_knn", "past_future"} <= set(names)
    reports = [
        report
        for name in names
        for report in judge_model(open_protocol, name, [5], search=False, progress=False)
    ]
    models = [FAMILIES[name].default for name in names]
    return reports + judge_blends(open_protocol, models, BLENDS, [5], progress=False)


@pytest.mark.parametrize("write", [sequences, sessions, baskets])
def test_renumbering_items_changes_no_metric(
    write: Callable[[Path, list[str]], OpenProtocol], tmp_path: Path
) -> None:
    reports = []
    for seed in (None, 1):
        order = np.arange(N_ITEMS) if seed is None else np.random.default_rng(seed).permutation(N_ITEMS)
        folder = tmp_path / str(seed)
        folder.mkdir()
        reports.append(judged(write(folder, [f"i{number:03d}" for number in order.tolist()])))
    for plain, renumbered in zip(*reports, strict=True):
        assert renumbered.row["metrics"].keys() == plain.row["metrics"].keys()
        for metric, value in plain.row["metrics"].items():
            allowed = WITHIN[metric.partition("@")[0]]
            found = renumbered.row["metrics"][metric]
            assert found == pytest.approx(value, abs=allowed), (plain.row["name"], metric)
        assert renumbered.validation.mean == pytest.approx(plain.validation.mean, abs=WITHIN["ndcg"])
        assert renumbered.row.get("refitted", {}).keys() == plain.row.get("refitted", {}).keys()
