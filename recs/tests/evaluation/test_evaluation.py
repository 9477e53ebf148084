"""Metrics by hand, splits without leaks, and a comparison of models end to end."""

import json
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from recs import HybridConfig, ServingConfig
from recs.arrays import Floats
from recs.errors import ConfigurationError, EmptyInputError, UnreadableFileError
from recs.evaluation.comparison import compare, select
from recs.evaluation.events import EventsProtocol
from recs.evaluation.metrics import bootstrap_interval, mid_ranks, user_metrics
from recs.evaluation.models import NAMES, chosen_models
from recs.evaluation.reading import read_sequences
from recs.evaluation.scoring import _DENSE_BY_KIND
from recs.evaluation.sequences import SequencesProtocol
from recs.evaluation.splits import Fold, rolling_origins
from recs.evaluation.trials import ModelReport, Validation
from recs.selection.families import FAMILIES
from recs.selection.promotion import FALSE_PROMOTIONS
from recs.storage import SCORER_KINDS

DAY = 86_400.0


def test_metrics_by_hand() -> None:
    metrics = user_metrics(np.array([1.0, 4.0, 2.0, np.inf]), np.array([0, 0, 1, 2]), 3, [2, 5])
    assert metrics["recall@2"].tolist() == [0.5, 1.0, 0.0]
    assert metrics["recall@5"].tolist() == [1.0, 1.0, 0.0]
    assert metrics["mrr@2"].tolist() == [1.0, 0.5, 0.0]
    both = 1 + 1 / np.log2(3)
    assert metrics["ndcg@5"] == pytest.approx([(1 + 1 / np.log2(5)) / both, 1 / np.log2(3), 0.0])
    assert metrics["ndcg@2"] == pytest.approx([1 / both, 1 / np.log2(3), 0.0])


def test_a_constant_model_gets_the_middle_rank() -> None:
    scores = np.zeros((1, 9), dtype=np.float32)
    assert mid_ranks(scores, np.array([0, 0]), np.array([0, 8])).tolist() == [5.0, 5.0]


def test_interval_covers_the_mean_and_depends_on_the_seed_only() -> None:
    values = np.random.default_rng(0).random(400)
    low, high = bootstrap_interval(values, seed=1)
    assert low < values.mean() < high
    assert high - low == pytest.approx(4 * values.std() / 20, rel=0.15)
    assert bootstrap_interval(values, seed=1) == (low, high)


def test_a_fold_learns_from_the_past_and_asks_about_new_items_only() -> None:
    rows = pd.DataFrame(
        {
            "user_id": [1, 1, 1, 2, 2],
            "item_id": [7, 7, 8, 9, 8],
            "timestamp": [1.0, 11.0, 12.0, 10.0, 21.0],
        }
    )
    fold = Fold(at=10.0, until=20.0)
    assert fold.past(rows).index.tolist() == [0, 3]
    assert fold.targets(rows).to_dict("records") == [{"user_id": 1, "item_id": 8}]


def test_windows_must_fit_into_the_log() -> None:
    with pytest.raises(ConfigurationError, match="3 windows"):
        rolling_origins(np.array([0.0, 10.0]), folds=3, window_s=5.0)
    with pytest.raises(EmptyInputError):
        rolling_origins(np.array([]), folds=1, window_s=5.0)


@pytest.fixture(name="sequences")
def _sequences(tmp_path: Path) -> Path:
    """Users walk round a ring of 12 items, so that neighbours on the ring are what comes next."""
    lines = [" ".join([f"u{u}", *(f"i{(u + step) % 12}" for step in range(3 + u % 4))]) for u in range(60)]
    path = tmp_path / "sequences.txt"
    path.write_text("\n".join(lines) + "\nlonely i0\nempty\n")
    return path


@pytest.fixture(name="log")
def _log(tmp_path: Path) -> Path:
    rng = np.random.default_rng(3)
    rows = [
        (
            user,
            (user * 3 + step) % 15 + (100 if day > 36 and step == 4 else 0),
            (day + step / 9) * DAY,
            "view",
        )
        for user in range(40)
        for day in (user % 30, 33, 38)
        for step in (int(rng.integers(0, 5)), 4)
    ]
    path = tmp_path / "events.csv"
    pd.DataFrame(rows, columns=["user_id", "item_id", "timestamp", "event"]).to_csv(path, index=False)
    return path


def test_sequences_are_judged_on_their_last_item(sequences: Path) -> None:
    protocol = SequencesProtocol(sequences)
    assert protocol.dataset() == {"users": 61, "items": 12, "interactions": 271}
    knn = protocol.judge(HybridConfig(serving=ServingConfig(popularity_weight=0.0)), [5], progress=False)
    popular = protocol.judge(
        HybridConfig(generators=(), serving=ServingConfig(popularity_weight=1.0)), [5], progress=False
    )
    assert knn.test["recall@5"].shape == (60,)
    assert knn.test["ndcg@5"].mean() > popular.test["ndcg@5"].mean()


def test_items_that_did_not_exist_yet_stay_in_the_denominator(log: Path) -> None:
    protocol = EventsProtocol(log, folds=2, window_s=4 * DAY)
    judgement = protocol.judge(HybridConfig(), [10_000], progress=False)
    recall = judgement.test["recall@10000"]
    assert recall.shape[0] > 20
    assert 0 < recall.mean() < 1  # items from 100 on appear in the last window only and cannot be recommended


def test_comparison_reports_every_model_and_selects_on_validation(sequences: Path, tmp_path: Path) -> None:
    report = compare(partial(SequencesProtocol, sequences), "popularity,item_knn", [2, 5], progress=False)
    assert json.loads(json.dumps(report)) == report
    assert report["protocol"] == "sequences"
    assert report["selected"] == "item_knn"
    assert [row["name"] for row in report["models"]] == ["popularity", "item_knn"]
    for row in report["models"]:
        expected = {f"{m}@{k}" for m in ("recall", "ndcg", "mrr") for k in (2, 5)}
        assert row["ci95"].keys() == expected
        assert expected < row["metrics"].keys()
        assert 0 < row["metrics"]["coverage@5"] <= 1
        assert row["peakRssMb"] > 20
        low, high = row["ci95"]["recall@5"]
        assert low <= row["metrics"]["recall@5"] <= high


def report_of(name: str, values: Floats, asked: int = 400) -> ModelReport:
    questions = np.arange(asked) * 2
    return ModelReport({"name": name}, Validation(float(values.mean()), values, questions, questions // 4))


def test_a_blend_is_selected_only_when_it_is_better_beyond_chance() -> None:
    rng = np.random.default_rng(0)
    base = (rng.random(400) < 0.3).astype(np.float64)
    best, worse = report_of("item_knn", base), report_of("popularity", base * 0.5)
    better = report_of("blend", np.where(rng.random(400) < 0.1, 1.0, base))
    lucky = base.copy()
    lucky[np.flatnonzero(base == 0)[0]] = 1.0
    assert select([worse, best, better])[0] == "blend"
    name, gate = select([worse, best, report_of("rank_fusion", lucky), report_of("blend", base)])
    assert name == gate["champion"] == "item_knn"
    assert not any(verdict["promoted"] for verdict in gate["verdicts"].values())
    assert "200 people" in gate["verdicts"]["blend"]["reason"]
    assert select([better])[0] == "blend"


def test_a_blend_is_compared_on_the_questions_that_both_answered() -> None:
    rng = np.random.default_rng(0)
    single = rng.random(400)
    odd = np.arange(400) % 2 == 1
    # On what it was asked the blend gives the same; what it was not asked made the single row look worse.
    single[~odd] = 0
    half = Validation(float(single[odd].mean()), single[odd], np.arange(400)[odd], np.arange(400)[odd])
    whole = Validation(float(single.mean()), single, np.arange(400), np.arange(400))
    reports = [ModelReport({"name": "item_knn"}, whole), ModelReport({"name": "blend"}, half)]
    assert half.mean > whole.mean
    assert select(reports)[0] == "item_knn"


def test_equal_blends_are_selected_in_fewer_than_one_of_twenty() -> None:
    rng = np.random.default_rng(3)
    undeserved = 0
    for _ in range(200):
        values = [(rng.random(120) < 0.3).astype(np.float64) for _ in range(3)]
        names = ("item_knn", "rank_fusion", "blend")
        reports = [report_of(name, value, 120) for name, value in zip(names, values, strict=True)]
        undeserved += select(reports)[0] != "item_knn"
    assert undeserved / 200 <= FALSE_PROMOTIONS


def test_a_mean_alone_is_beaten_beyond_chance_or_not_at_all() -> None:
    rng = np.random.default_rng(4)
    nothing, nobody = np.empty(0), np.empty(0, dtype=np.int64)
    undeserved = deserved = 0
    for _ in range(300):
        values = [(rng.random(400) < 0.3).astype(np.float64) for _ in range(3)]
        mean = float(values[0].mean())
        hybrid = ModelReport({"name": "hybrid"}, Validation(mean, nothing, nobody, nobody))
        blends = [report_of("rank_fusion", values[1]), report_of("blend", values[2])]
        undeserved += select([hybrid, *blends])[0] != "hybrid"
        better = np.where(rng.random(400) < 0.4, 1.0, values[1])
        deserved += select([hybrid, report_of("blend", better)])[0] == "blend"
    assert undeserved / 300 <= FALSE_PROMOTIONS
    assert deserved / 300 > 0.9


@pytest.mark.parametrize(("asked", "chosen"), [(0, "hybrid"), (29 * 2, "hybrid"), (30 * 2, "blend")])
def test_a_mean_alone_is_not_beaten_by_a_few(asked: int, chosen: str) -> None:
    nothing, nobody = np.empty(0), np.empty(0, dtype=np.int64)
    hybrid = ModelReport({"name": "hybrid"}, Validation(0.1, nothing, nobody, nobody))
    people = np.arange(asked)
    blend = ModelReport({"name": "blend"}, Validation(0.9, np.full(asked, 0.9), people, people // 2))
    selected, gate = select([hybrid, blend])
    assert selected == chosen
    assert ("30 are needed" in gate["verdicts"]["blend"]["reason"]) == (chosen == "hybrid")


def test_models_are_chosen_by_name() -> None:
    families = list(FAMILIES.values())
    assert set(chosen_models("auto", families, served=True)) == set(NAMES)
    assert chosen_models("all", families[:1], served=False) == ("popularity", "rank_fusion", "blend")
    assert chosen_models("blend,hybrid, popularity,hybrid", families, served=True)[-1] == "blend"
    with pytest.raises(ConfigurationError, match="unknown model 'magic'"):
        chosen_models("magic", families, served=True)
    with pytest.raises(ConfigurationError, match="content cannot answer"):
        chosen_models("content", families[:1], served=True)


def test_every_kind_of_scorer_can_be_evaluated() -> None:
    assert _DENSE_BY_KIND.keys() == SCORER_KINDS.keys()


def test_bad_sequence_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"missing\.txt"):
        read_sequences(tmp_path / "missing.txt")
    twice = tmp_path / "twice.txt"
    twice.write_text("u a b\nu c d\n")
    with pytest.raises(UnreadableFileError, match="'u' has two lines"):
        read_sequences(twice)
    fake = tmp_path / "fake.gz"
    fake.write_text("u a b\n")
    with pytest.raises(UnreadableFileError, match=r"fake\.gz"):
        read_sequences(fake)
