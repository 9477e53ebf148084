"""The command line, end to end on small files."""

import json
from pathlib import Path

import numpy as np
import pytest

from recs import RecommenderSnapshot
from recs.__main__ import main, parser
from recs.bench.serving import measure_serving, write_large
from recs.tests.toy import catalogue, interactions


@pytest.fixture(name="files")
def _files(tmp_path: Path) -> Path:
    interactions(event="view").to_csv(tmp_path / "log.csv", index=False)
    catalogue().to_csv(tmp_path / "items.csv.gz", index=False)
    return tmp_path


def fit(files: Path, *further: str) -> int:
    return main(
        [
            "fit",
            str(files / "log.csv"),
            "--items",
            str(files / "items.csv.gz"),
            "--out",
            str(files / "s"),
            *further,
        ]
    )


def test_fit_then_recommend(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fit(files, "--as-of", "1970-01-12T13:46:40Z", "--threads", "2") == 0
    counts = json.loads(capsys.readouterr().out)
    assert (counts["interactions"], counts["items"], counts["listedItems"]) == (11, 7, 7)
    assert (
        main(["recommend", "--snapshot", str(files / "s"), "--history", "10,999", "-n", "2", "--json"]) == 0
    )
    answer = json.loads(capsys.readouterr().out)
    assert [item["itemId"] for item in answer["items"]] == [20, 50]  # 40 and 20 share a brand
    assert answer["unknownIds"] == [999]
    assert main(["recommend", "--snapshot", str(files / "s"), "--category", "phones", "-n", "9"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["item", "40", "50", "60"]


def test_fit_refuses_a_taken_path_before_reading(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "s").mkdir()
    assert fit(files) == 2
    assert "SnapshotExistsError" in capsys.readouterr().err
    assert list((files / "s").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["recommend", "--snapshot", "nowhere"], "SnapshotNotFoundError"),
        (["fit", "nowhere.csv", "--out", "unused"], "UnreadableFileError"),
        (["fit", "nowhere.csv", "--out", "unused", "--neighbours", "0"], "ConfigurationError"),
        (["evaluate", "sequences", "nowhere.txt", "--json", "unused"], "UnreadableFileError"),
        (["evaluate", "events", "nowhere.csv", "--models", "magic", "--json", "unused"], "unknown model"),
        (["evaluate", "events", "nowhere.csv", "--cutoffs", "0", "--json", "unused"], "--cutoffs"),
    ],
)
def test_refusals_are_one_line(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert message in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["fit", "recommend", "evaluate", "bench"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert len(capsys.readouterr().out.splitlines()) > 8


def test_help_teaches_a_first_walk(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    for taught in (
        "evaluate events",
        "fit LOG.csv",
        "recommend --snapshot",
        "bench --json",
        "user_id",
        "listed_at",
    ):
        assert taught in said


@pytest.mark.parametrize(("command", "taught"), [("fit", "--as-of 2026"), ("recommend", "--history 12,7,30")])
def test_a_command_shows_an_example_of_itself(
    command: str, taught: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert taught in capsys.readouterr().out


@pytest.mark.parametrize(
    ("protocol", "layout"),
    [
        ("sequences", "ann 12 7 30 4"),
        ("sessions", "SessionId, ItemId and Time"),
        ("baskets", '{"user": "ann", "baskets": [[12, 7], [12], [12, 30]]}'),
        ("events", "user_id,item_id,timestamp,event"),
    ],
)
def test_a_protocol_teaches_its_file_and_an_example(
    protocol: str, layout: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["evaluate", protocol, "--help"])
    said = capsys.readouterr().out
    assert layout in said
    (example,) = (line for line in said.splitlines() if line.startswith("    python -m recs evaluate"))
    parsed = parser().parse_args(example.split()[3:])
    assert parsed.protocol == protocol
    assert "Parameters" not in said, "documentation of Python is no lesson"
    with pytest.raises(SystemExit):
        main(["evaluate", "--help"])
    assert f"    {protocol} " in capsys.readouterr().out


def test_evaluate_writes_its_report(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sequences = files / "sequences.txt"
    sequences.write_text("\n".join(f"u{u} a b c d"[: 5 + 2 * (u % 3)] for u in range(3, 30)))
    out = files / "report.json"
    arguments = [
        "evaluate",
        "sequences",
        str(sequences),
        "--models",
        "hybrid",
        "--cutoffs",
        "3",
        "--json",
        str(out),
    ]
    assert main(arguments) == 0
    report = json.loads(out.read_text())
    assert report["selected"] == "hybrid"
    assert report["models"][0]["metrics"].keys() == {
        "recall@3",
        "ndcg@3",
        "mrr@3",
        "coverage@3",
        "gini@3",
        "novelty@3",
        "recall@3.coldUsers",
        "recall@3.coldItems",
    }
    assert report["models"][0]["ci95"].keys() == {"recall@3", "ndcg@3", "mrr@3"}
    assert "selected" in capsys.readouterr().out


def test_bench_writes_its_figures(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = files / "bench.json"
    arguments = "--interactions 20000 --users 400 --items 150 --large 0 --serving-items 150"
    sizes = [*arguments.split(), "--requests", "60"]
    assert main(["bench", "--json", str(out), *sizes]) == 0
    figures = {row["name"]: row for row in json.loads(out.read_text())}
    knn = "item-kNN, 20,000 interactions, 1 thread"
    served = [f"recommend, {names}, 150 items, median" for names in ("item_knn", "item_knn + transitions")]
    assert {knn, f"{knn}, to implicit", *served} <= figures.keys()
    assert figures[f"{knn}, to implicit"]["gate"] == 1.3
    assert all(row.keys() == {"name", "value", "unit", "gate", "ratioToBare"} for row in figures.values())
    assert [figures[name]["gate"] for name in served] == [150.0] * 2
    assert served[0] in capsys.readouterr().out


def test_bench_serves_a_large_snapshot_that_nobody_fitted(tmp_path: Path) -> None:
    write_large(3000, ["item_knn", "transitions"], tmp_path / "large")
    figures = {figure.name: figure.value for figure in measure_serving(tmp_path / "large", 60)}
    assert figures["score, item_knn + transitions, 3,000 items, median"] > 0
    for generator in RecommenderSnapshot.load(tmp_path / "large").parts.generators:
        ordered = np.sort(generator.scorer.arrays()["positions"], axis=1)
        assert ordered.min() >= 0
        assert ordered.max() < 3000
        assert (np.diff(ordered, axis=1) > 0).all(), "an item is a neighbour once"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--search-minutes", "-1"], "--search-minutes must be at least 0"),
        (["--search-minutes", "nan"], "--search-minutes must be at least 0"),
        (["--json", "nowhere/report.json"], "there is no folder"),
    ],
)
def test_what_evaluate_cannot_do_is_said_before_anything_is_read(
    capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    arguments = ["evaluate", "sequences", "not-there.txt", "--json", "report.json", *options]
    assert main(arguments) == 2
    assert message in capsys.readouterr().err
