"""Calls and options that cannot be meant: a named error before any work, and nothing left behind."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from recs import History, HybridConfig, HybridRecommender, ItemKnn, RecommenderSnapshot
from recs.__main__ import main
from recs.array_directory import MANIFEST, sealed
from recs.columns import LATEST_S, MOST_WEIGHT
from recs.commands.reports import write_report
from recs.errors import (
    ConfigurationError,
    CorruptSnapshotError,
    InputError,
    InvalidHistoryError,
    InvalidIdsError,
    InvalidTimestampsError,
    InvalidWeightsError,
    SnapshotVersionError,
    UnknownEventError,
)
from recs.history import RecencyConfig
from recs.parts import ServingConfig
from recs.storage import SCHEMA_VERSION
from recs.tests.toy import AS_OF, catalogue, interactions


@pytest.mark.parametrize("table", [None, "log.csv", [(1, 2, 3)], {"user_id": [1]}, Path("log.csv")])
def test_what_is_no_table_is_said_so(table: Any) -> None:
    with pytest.raises(InputError, match=f"interactions must be a DataFrame, not {type(table).__name__}"):
        HybridRecommender().fit(table)
    if table is not None:
        with pytest.raises(InputError, match=f"items must be a DataFrame, not {type(table).__name__}"):
            HybridRecommender().fit(interactions(), table)


@pytest.mark.parametrize(
    ("column", "value", "error", "message"),
    [
        ("timestamp", 1.7e12, InvalidTimestampsError, r"row 4 .* has 1700000000000, as if in milliseconds"),
        ("timestamp", -1e12, InvalidTimestampsError, r"between the years 1 and 9999; row 4"),
        ("weight", 1.1 * MOST_WEIGHT, InvalidWeightsError, r"at most 1e\+09; row 4 .* has 1100000000"),
        ("event", 1.5, UnknownEventError, r"unknown event 1.5.*row 4"),
        ("event", True, UnknownEventError, r"unknown event True.*row 4"),
    ],
)
def test_a_value_beyond_what_can_be_meant_is_located(
    column: str, value: Any, error: type[InputError], message: str
) -> None:
    frame = interactions(event=pd.Series([2] * 11, dtype=object), weight=1.0)
    values: list[Any] = frame[column].tolist()
    values[3] = value
    mixed = pd.Series(values, dtype=object if column == "event" else None)
    with pytest.raises(error, match=message):
        HybridRecommender().fit(frame.assign(**{column: mixed}))


def test_complex_times_are_no_times() -> None:
    with pytest.raises(InvalidTimestampsError, match="not complex128"):
        HybridRecommender().fit(interactions(timestamp=1j))


def test_the_heaviest_weight_is_still_exact() -> None:
    slates = [
        HybridRecommender().fit(interactions(weight=weight), as_of=AS_OF).recommend([10], 6)
        for weight in (MOST_WEIGHT / 2, MOST_WEIGHT)
    ]
    assert all(np.isfinite(slate.scores).all() for slate in slates)
    assert slates[0].item_ids.tolist() == slates[1].item_ids.tolist()


@pytest.mark.parametrize(
    "as_of", ["2024", True, float("nan"), 1e18, LATEST_S + 1, np.datetime64("2024-01-01")]
)
def test_what_is_no_instant_is_refused(as_of: Any) -> None:
    with pytest.raises(InvalidTimestampsError, match="as_of must be a datetime or unix seconds"):
        HybridRecommender().fit(interactions(), as_of=as_of)


@pytest.mark.parametrize("history", ["123", b"12", {1, 2}, {1: 2}, 5, (item for item in (1, 2)), None])
def test_a_history_is_a_sequence_of_ids(history: Any, plain: RecommenderSnapshot) -> None:
    with pytest.raises(InvalidHistoryError, match="item_ids must be a sequence of ids, not "):
        plain.recommend(history)


@pytest.mark.parametrize(
    "history",
    [
        lambda: History.of("12"),
        lambda: History.of([1], weights=["x"]),  # type: ignore[list-item]
        lambda: History.of([1], weights=[1e300]),
        lambda: History.of([1], weights=[None]),  # type: ignore[list-item]
        lambda: History.of([1], timestamps=["x"]),  # type: ignore[list-item]
        lambda: History([1], timestamps=[1.0]),  # type: ignore[arg-type]
        lambda: History([1], as_of="x"),  # type: ignore[arg-type]
        lambda: History([1], as_of=pd.Timestamp("2024-01-01")),  # type: ignore[arg-type]
    ],
)
def test_columns_of_a_history_that_are_no_numbers_are_refused(history: Callable[[], History]) -> None:
    with pytest.raises(InvalidHistoryError):
        history()


def test_events_of_a_history_are_known(plain: RecommenderSnapshot) -> None:
    for event in (None, 1.5, True, [1]):
        with pytest.raises(UnknownEventError):
            History.of([10], events=[event])  # type: ignore[list-item]
    with pytest.raises(InvalidIdsError, match="exclude must be ids, not one text"):
        plain.recommend([10], exclude="20")
    assert len(plain.recommend([10], 10**30)) == 6


def test_decay_that_is_switched_off_survives_saving(tmp_path: Path) -> None:
    never = float("inf")
    serving = ServingConfig(recency=RecencyConfig(long_half_life_s=never))
    config = HybridConfig((ItemKnn(half_life_s=never),), serving=serving)
    snapshot = HybridRecommender(config).fit(interactions(), as_of=AS_OF)
    snapshot.save(tmp_path / "snapshot")
    loaded = RecommenderSnapshot.load(tmp_path / "snapshot")
    assert loaded.parts.serving == serving
    history = History.of([10, 40], timestamps=[0.0, AS_OF])
    assert loaded.recommend(history, 5).scores.tobytes() == snapshot.recommend(history, 5).scores.tobytes()
    json.dumps(config.parameters(), allow_nan=False)


@pytest.mark.parametrize(
    "option",
    [
        {"popularity_weight": -0.1},
        {"popularity_weight": float("nan")},
        {"popular_candidates": -1},
        {"max_contributions": 0},
        {"single_reason_share": 1.1},
        {"min_repeat_rate": float("nan")},
    ],
)
def test_options_of_serving_that_mean_nothing_are_named(option: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match=next(iter(option))):
        ServingConfig(**option)


def test_a_snapshot_without_a_folder_to_stand_in_says_which(
    plain: RecommenderSnapshot, tmp_path: Path
) -> None:
    with pytest.raises(FileNotFoundError, match=r"no such folder to save into: '.*nowhere'"):
        plain.save(tmp_path / "nowhere" / "snapshot")
    plain.save(tmp_path / "with spaces")
    assert RecommenderSnapshot.load(str(tmp_path / "with spaces")).n_items == 7


@pytest.mark.parametrize(("name", "value"), [("schemaVersion", True), ("schemaVersion", "1"), ("asOf", "x")])
def test_a_sealed_manifest_of_other_types_is_refused(
    plain: RecommenderSnapshot, tmp_path: Path, name: str, value: object
) -> None:
    plain.save(tmp_path / "snapshot")
    file = tmp_path / "snapshot" / MANIFEST
    content = json.loads(file.read_bytes())["manifest"]
    assert content["schemaVersion"] == SCHEMA_VERSION
    file.write_bytes(sealed({**content, name: value}))
    error = SnapshotVersionError if name == "schemaVersion" else CorruptSnapshotError
    with pytest.raises(error):
        RecommenderSnapshot.load(tmp_path / "snapshot")


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    interactions(event="view").to_csv(tmp_path / "log.csv", index=False)
    catalogue().to_csv(tmp_path / "items.csv", index=False)
    HybridRecommender().fit(interactions(), as_of=AS_OF).save(tmp_path / "snapshot")
    (tmp_path / "taken").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["fit", "log.csv", "--out", "nowhere/out"], "--out: there is no folder"),
        (["fit", "log.csv", "--out", "out", "--as-of", "noon"], "--as-of must be unix seconds or RFC 3339"),
        (["fit", "log.csv", "--out", "out", "--as-of", "1e18"], "as_of must be a datetime or unix seconds"),
        (["evaluate", "events", "log.csv", "--json", "taken"], "--json: taken is a folder"),
        (["evaluate", "events", "log.csv", "--json", "o.json", "--folds", "1"], "folds must be at least 2"),
        (["evaluate", "events", "log.csv", "--json", "o.json", "--models", "x,"], "unknown model 'x', ''"),
        (["bench", "--json", "taken"], "--json: taken is a folder"),
        (["bench", "--json", "nowhere/b.json"], "--json: there is no folder"),
        (["bench", "--json", "b.json", "--interactions", "-5"], "must be at least 1"),
        (["bench", "--json", "b.json", "--requests", "0"], "must be at least 1"),
        (["recommend", "--snapshot", "snapshot", "--history", "10,007"], "integer item ids, not '007'"),
        (["recommend", "--snapshot", "snapshot", "--history", "+7"], "integer item ids, not '+7'"),
        (["recommend", "--snapshot", "snapshot", "--history", "1_0"], "integer item ids, not '1_0'"),
        (["recommend", "--snapshot", "snapshot", "--history", "\u0667"], "integer item ids, not"),
        (["recommend", "--snapshot", "snapshot", "--exclude", "010"], "integer item ids, not '010'"),
    ],
)
def test_an_option_that_cannot_be_is_refused_first(
    arguments: list[str],
    message: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(folder)
    before = sorted(entry.name for entry in folder.iterdir())
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert message in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert sorted(entry.name for entry in folder.iterdir()) == before


def test_more_than_all_items_are_all_on_the_command_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["recommend", "--snapshot", str(folder / "snapshot"), "-n", "9" * 30]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 7


def test_a_report_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = tmp_path / "report.json"
    write_report(report, "old")
    link = tmp_path / "link.json"
    link.symlink_to(report)
    write_report(link, "new")
    assert (report.read_text(), link.is_symlink()) == ("new", True)

    def full(self: Path, text: str, **_: object) -> int:
        with self.open("w") as file:
            file.write(text[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space left"):
        write_report(report, "newest")
    assert report.read_text() == "new"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["link.json", "report.json"]
