"""The contract of sequence models, on a rectangular, asymmetric toy: 6 rows, 8 items."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array

from recs.candidates.co_occurrence import WEIGHTINGS, CoOccurrence
from recs.candidates.past_future import PastFuture
from recs.candidates.sequence_model import SequenceModel, SequenceTraining
from recs.candidates.transitions import Transitions
from recs.errors import ConfigurationError, ShapeError
from recs.item_features import ItemFeatures
from recs.json_numbers import json_values
from recs.selection.families import FAMILIES
from recs.sequences import Sequences

N_ITEMS = 8
ROWS = [[0, 1, 2], [0, 1], [3, 0, 4, 4], [1, 2, 5, 0], [6], []]
HISTORIES = [[0], [0, 1], [4, 4, 3], [7], [], [6, 5, 4, 3, 2, 1, 0]]

MODELS: list[SequenceModel] = [
    *(family.default for family in FAMILIES.values()),
    *(family.drawn(np.random.default_rng(seed)) for family in FAMILIES.values() for seed in range(3)),
    *(CoOccurrence(weighting=weighting) for weighting in WEIGHTINGS),
    Transitions(hops=1.0, neighbours=2),
    PastFuture(most_items=3),
]

pytestmark = pytest.mark.parametrize("model", MODELS, ids=repr)


def training(order: np.ndarray[Any, Any] | None = None) -> SequenceTraining:
    new = np.arange(N_ITEMS) if order is None else order
    features = np.zeros((N_ITEMS, 3), dtype=np.float32)
    features[new[[0, 1, 7]], 0] = 1
    features[new[[2, 3, 4]], 1] = 2
    features[new[[5, 6, 0]], 2] = 1
    rows = [new[np.array(row, dtype=np.int64)] for row in ROWS]
    ages = np.linspace(1, 0, sum(map(len, ROWS)))
    return SequenceTraining(Sequences.of(rows, N_ITEMS, ages), ItemFeatures(csr_array(features)))


def asked(order: np.ndarray[Any, Any] | None = None) -> Sequences:
    new = np.arange(N_ITEMS) if order is None else order
    return Sequences.of([new[row] if row else [] for row in HISTORIES], N_ITEMS)


def test_scores_are_finite_non_negative_and_of_the_right_shape(model: SequenceModel) -> None:
    scores = model.fit(training()).scores(asked())
    assert scores.shape == (len(HISTORIES), N_ITEMS)
    assert scores.dtype == np.float32
    assert np.isfinite(scores.data).all()
    assert (scores.data >= 0).all()


def test_the_same_training_gives_the_same_scores(model: SequenceModel) -> None:
    first = model.fit(training()).scores(asked()).toarray()
    assert (model.fit(training()).scores(asked()).toarray() == first).all()


def test_item_numbers_are_no_signal(model: SequenceModel) -> None:
    if (
        getattr(model, "neighbours", 9) < N_ITEMS
        or getattr(model, "most_items", 9) < N_ITEMS
        or getattr(model, "dimensions", 0)
    ):
        pytest.skip("a cut among equals may keep either")
    order = np.array([5, 3, 7, 0, 2, 6, 1, 4])
    plain = model.fit(training()).scores(asked()).toarray()
    renumbered = model.fit(training(order)).scores(asked(order)).toarray()
    assert renumbered[:, order] == pytest.approx(plain, rel=2e-4, abs=1e-6)


def test_one_history_is_scored_as_among_many(model: SequenceModel) -> None:
    scorer = model.fit(training())
    together = scorer.scores(asked()).toarray()
    for row in range(len(HISTORIES)):
        alone = scorer.scores(asked().take(np.array([row]))).toarray()[0]
        assert alone == pytest.approx(together[row], rel=1e-6)


def test_no_rows_and_no_histories_are_no_error(model: SequenceModel) -> None:
    nothing = Sequences.of([[], []], N_ITEMS)
    scorer = model.fit(replace(training(), sequences=nothing, features=None))
    assert scorer.scores(asked()).shape == (len(HISTORIES), N_ITEMS)
    assert scorer.scores(Sequences.of([], N_ITEMS)).shape == (0, N_ITEMS)


def test_parameters_rebuild_the_model(model: SequenceModel) -> None:
    kind: Any = type(model)
    assert kind(**model.parameters()) == model
    assert float("inf") not in json_values(model.parameters()).values()
    bad = {name: -3.0 for name, value in model.parameters().items() if isinstance(value, int | float)}
    with pytest.raises(ConfigurationError):
        kind(**{**model.parameters(), **bad})
    with pytest.raises(ShapeError, match="below 2"):
        Sequences.of([[2]], 2)
