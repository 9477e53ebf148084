"""Input as it comes: one table row for each fault, and what each harmless oddity amounts to."""

import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from recs import History, HybridRecommender, RecommenderSnapshot
from recs.__main__ import main
from recs.errors import (
    EmptyInputError,
    InputError,
    InvalidCountError,
    InvalidIdsError,
    InvalidTimestampsError,
    InvalidWeightsError,
    MissingColumnsError,
    RepeatedColumnError,
    UnknownEventError,
)
from recs.evaluation.reading import read_table
from recs.tests.toy import AS_OF, ITEMS, catalogue, interactions


def with_value(column: str, value: object, row: int = 3) -> pd.DataFrame:
    frame = interactions(event="view", weight=1.0)
    values: list[object] = frame[column].tolist()
    return frame.assign(**{column: pd.Series([*values[:row], value, *values[row + 1 :]], dtype=object)})


REFUSED: dict[str, tuple[pd.DataFrame, type[InputError], str]] = {
    "no users": (interactions().drop(columns="user_id"), MissingColumnsError, "user_id"),
    "no items": (interactions().drop(columns="item_id"), MissingColumnsError, "item_id"),
    "no times": (interactions().drop(columns="timestamp"), MissingColumnsError, "timestamp"),
    "no columns at all": (pd.DataFrame(), MissingColumnsError, "user_id, item_id, timestamp; present: none"),
    "a column twice": (
        pd.concat([interactions(), interactions()[["item_id"]]], axis=1),
        RepeatedColumnError,
        "column item_id appears twice",
    ),
    "no rows": (interactions()[:0], EmptyInputError, "0 interactions"),
    "only future rows": (interactions(timestamp=AS_OF + 9), EmptyInputError, "11 of them after as_of"),
    "negative weight": (
        with_value("weight", -0.5),
        InvalidWeightsError,
        r"row 4 \(.*\) has -0.5",
    ),
    "NaN weight": (
        with_value("weight", float("nan")),
        InvalidWeightsError,
        r"row 4 \(.*\) has nan",
    ),
    "missing weight": (with_value("weight", None), InvalidWeightsError, "row 4"),
    "infinite weight": (
        with_value("weight", float("inf")),
        InvalidWeightsError,
        r"row 4 \(.*\) has inf",
    ),
    "text weight": (
        with_value("weight", "much"),
        InvalidWeightsError,
        "weight must be numbers; row 4 .*has 'much'",
    ),
    "NaN time": (with_value("timestamp", float("nan")), InvalidTimestampsError, "row 4"),
    "infinite time": (with_value("timestamp", float("-inf")), InvalidTimestampsError, "row 4"),
    "text time": (with_value("timestamp", "yesterday"), InvalidTimestampsError, "row 4 .*has 'yesterday'"),
    "times that are truths": (
        interactions(timestamp=True),
        InvalidTimestampsError,
        "not bool; row 1 .*has True",
    ),
    "missing date": (
        interactions(timestamp=pd.to_datetime(pd.Series(["2026-01-01"] * 10 + [None]))),
        InvalidTimestampsError,
        "row 11",
    ),
    "items of two types": (with_value("item_id", "ten"), InvalidIdsError, "item_id.*str 'ten'.* row 4"),
    "users of two types": (with_value("user_id", "anna"), InvalidIdsError, "user_id.*str 'anna'.* row 4"),
    "fractional item": (with_value("item_id", 1.5), InvalidIdsError, "item_id.*float 1.5.* row 4"),
    "missing item": (with_value("item_id", None), InvalidIdsError, "item_id is missing in row 4"),
    "item beyond int64": (with_value("item_id", 2**63), InvalidIdsError, "outside int64"),
    "items that are truths": (interactions(item_id=True), InvalidIdsError, "item_id"),
    "unknown event": (with_value("event", "stare"), UnknownEventError, "'stare'"),
    "event code 0": (with_value("event", 0), UnknownEventError, "0"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_fault_is_named_and_located(fault: str) -> None:
    frame, error, message = REFUSED[fault]
    before = frame.copy()
    with pytest.raises(error, match=message):
        HybridRecommender().fit(frame, as_of=AS_OF)
    pd.testing.assert_frame_equal(frame, before)


def answers(frame: pd.DataFrame) -> list[Any]:
    snapshot = HybridRecommender().fit(frame, as_of=AS_OF)
    slate = snapshot.recommend([10, 40], 7)
    return [slate.item_ids.tolist(), slate.scores.tolist(), snapshot.popular(7).scores.tolist()]


def spread() -> pd.DataFrame:
    return interactions(timestamp=AS_OF - np.linspace(0.0, 9e5, 11), event="view")


HARMLESS = {
    "further columns": spread().assign(device="phone", note=None),
    "any order of rows": spread().sample(frac=1.0, random_state=4),
    "any index": spread().set_index(np.full(11, 7)),
    "rows of the future": pd.concat([spread(), spread().assign(timestamp=AS_OF + 1e6, item_id=99)]),
    "smaller types": spread().astype({"user_id": np.int16, "item_id": np.uint32}),
}


@pytest.mark.parametrize("oddity", HARMLESS)
def test_what_is_harmless_changes_no_answer(oddity: str) -> None:
    assert answers(HARMLESS[oddity]) == answers(spread())


def test_a_row_given_twice_is_an_event_that_happened_twice() -> None:
    rows = interactions(event="view")
    twice = HybridRecommender().fit(pd.concat([rows, rows[rows["item_id"] == 60]]), as_of=AS_OF)
    assert twice.counts["interactions"] == 12
    alone = HybridRecommender().fit(rows, as_of=AS_OF)
    position = int(alone.vocabulary.positions([60])[0])
    assert twice.parts.popular.scores[position] > alone.parts.popular.scores[position]


@pytest.mark.parametrize("user_or_item", ["user_id", "item_id"])
def test_one_user_or_one_item_is_a_shop_too(user_or_item: str) -> None:
    snapshot = HybridRecommender().fit(interactions(**{user_or_item: 10}), as_of=AS_OF)
    slate = snapshot.recommend([10], 3)
    assert len(slate) == min(3, snapshot.n_items - 1)
    assert np.isfinite(slate.scores).all()
    assert len(snapshot.popular(3)) == min(3, snapshot.n_items)


def test_one_row_is_enough() -> None:
    snapshot = HybridRecommender().fit(interactions()[:1], as_of=AS_OF)
    assert snapshot.recommend([], 5).item_ids.tolist() == [10]
    assert snapshot.recommend([10], 5).item_ids.tolist() == []


def test_none_are_refused_and_more_than_all_are_all() -> None:
    snapshot = HybridRecommender().fit(interactions(), catalogue(), as_of=AS_OF)
    for ask in (snapshot.popular, snapshot.newest, lambda n: snapshot.recommend([10], n)):
        with pytest.raises(InvalidCountError, match="at least 1, not 0"):
            ask(0)
    assert sorted(snapshot.recommend([], 10**6).item_ids.tolist()) == list(ITEMS)
    assert sorted(snapshot.similar_items(10, 10**6).item_ids.tolist()) == list(ITEMS[1:])


def test_a_history_far_in_the_past_or_future_still_gets_a_slate() -> None:
    snapshot = HybridRecommender().fit(interactions(), as_of=AS_OF)
    for moment in (-1e12, 1e12):
        slate = snapshot.recommend(History.of([10], timestamps=[moment], as_of=AS_OF), 3)
        assert len(slate) == 3
        assert np.isfinite(slate.scores).all()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "EmptyInputError"),
        (b"\n\n", "EmptyInputError"),
        (b"user_id,item_id,timestamp\n", "EmptyInputError"),
        (b"user_id,item_id\n1,2\n", "log.csv: missing column timestamp"),
        (b"user_id,item_id,timestamp\n1,18446744073709551616,5\n", "log.csv: item_id"),
        (b"user_id,item_id,timestamp\n1,2,noon\n", "log.csv: timestamp must be unix seconds"),
        (b"user_id,item_id,timestamp\n1,2,3\n1,2,noon\n", "line 3 has 'noon'"),
        (b"user_id,item_id,timestamp\n1,,5\n", "log.csv: item_id is missing in line 2"),
        (b"user_id,item_id,timestamp\n\n  \n1,2,5\n1,,5\n", "item_id is missing in line 5"),
        (b'user_id,item_id,timestamp,note\n1,2,5,"two\nlines"\n1,,5,\n', "item_id is missing in line 4"),
        (b"user_id,item_id,timestamp,weight\n1,2,5,-1\n", "log.csv: weight must be finite"),
        (b"user_id,item_id,timestamp,weight\n1,2,5,1\n1,2,5,-1\n", "line 3 has -1.0"),
        (b"user_id,item_id,timestamp,event\n1,2,5,view\n1,2,5,stare\n", "'stare'; known: view"),
        (b"user_id,item_id,timestamp,event\n1,2,5,view\n1,2,5,stare\n", "first in line 3"),
        (
            b"user_id,item_id,timestamp\n"
            + b"".join(b"1,%d,5\n" % item for item in range(20))
            + b"1,ten,5\n",
            "log.csv: item_id must be all integers or all text; line 22 has 'ten' among integers",
        ),
        (b"\x00\xff\xfe binary \x80", "UnreadableFileError"),
        (b"user_id,item_id,timestamp\n1,2,3,4,5\n6\n", "Error"),
    ],
)
def test_a_bad_file_is_one_line_and_no_snapshot(
    content: bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "log.csv"
    file.write_bytes(content)
    assert main(["fit", str(file), "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr()
    assert message in said.err
    assert said.err.count("\n") == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["log.csv"]


def test_lines_are_those_of_the_file_after_rows_of_the_future_were_left_out(tmp_path: Path) -> None:
    file = tmp_path / "log.csv.gz"
    with gzip.open(file, "wt", encoding="utf-8") as opened:
        opened.write("user_id,item_id,timestamp\n1,2,900\n1,2,5\n1,,5\n")
    with pytest.raises(InvalidIdsError, match=r"log\.csv\.gz: item_id is missing in line 4"):
        HybridRecommender().fit(read_table(file), as_of=100.0)


def test_rows_are_those_of_the_table_after_rows_of_the_future_were_left_out() -> None:
    frame = with_value("item_id", None)
    frame.loc[:1, "timestamp"] = AS_OF + 9
    with pytest.raises(InvalidIdsError, match="item_id is missing in row 4"):
        HybridRecommender().fit(frame, as_of=AS_OF)


def log_of(items: list[str], file: Path) -> Path:
    rows = [f"{place},{item},{place}" for place, item in enumerate(items)]
    file.write_text("\n".join(["user_id,item_id,timestamp", *rows, ""]), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("items", "message"),
    [
        (["71053", "85123A"], "line 3 has '85123A' among integers"),
        (["85123A", "71053", "85123B"], "line 3 has '71053' among text"),
        (["7", "8", "9", "ten", "11"], "line 5 has 'ten' among integers"),
        (["101", "102", "abc", "def", "ghi", "jkl", "mno"], "line 4 has 'abc' among integers"),
        (["10000001", "10000002", "10000003", "B0000004"], "line 5 has 'B0000004' among integers"),
    ],
)
def test_a_mixture_of_integers_and_text_is_refused_unless_text_is_asked_for(
    items: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = log_of(items, tmp_path / "log.csv")
    arguments = ["fit", str(file), "--out", str(tmp_path / "out")]
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert f"InvalidIdsError: {file}: item_id must be all integers or all text; {message}" in said
    assert main([*arguments, "--text-ids"]) == 0
    ids = RecommenderSnapshot.load(tmp_path / "out").item_ids.tolist()
    assert ids == sorted(item.encode() for item in items)


def test_a_file_with_its_text_in_quotes_says_itself_what_is_text(tmp_path: Path) -> None:
    quoted = log_of(['"71053"', '"85123A"'], tmp_path / "log.csv")
    quoted.write_text(
        quoted.read_text().replace("user_id,item_id,timestamp", '"user_id","item_id","timestamp"')
    )
    assert HybridRecommender().fit(read_table(quoted)).item_ids.tolist() == [b"71053", b"85123A"]
    with pytest.raises(InvalidIdsError, match="line 3 has '85123A'"):
        read_table(log_of(["71053", '"85123A"'], tmp_path / "half.csv"))


def test_codes_of_one_length_are_text_also_where_one_has_no_letter(tmp_path: Path) -> None:
    codes = ["B00004TMFE", "B0006ZRHK2", "1620213982", "B000052YAN", "B00008J2XF"]
    read = read_table(log_of(codes, tmp_path / "log.csv"))
    assert read["item_id"].tolist() == codes


def test_a_mixture_in_a_catalogue_or_a_table_is_located() -> None:
    rows = catalogue()
    ids: list[object] = rows["item_id"].tolist()
    mixed = rows.assign(item_id=pd.Series([*ids[:2], "x", *ids[3:]], dtype=object))
    with pytest.raises(InvalidIdsError, match=r"items: item_id: .*'x'.* in row 3 \(the first is row 1\)"):
        HybridRecommender().fit(interactions(), mixed, as_of=AS_OF)
    late = rows.assign(listed_at=pd.Series(["soon"] * len(rows), dtype=object))
    with pytest.raises(InvalidTimestampsError, match=r"listed_at must be .*; row 1 .* has 'soon'"):
        HybridRecommender().fit(interactions(), late, as_of=AS_OF)
    brands = rows.assign(brand=pd.Series([None, 5, "b", *[7] * (len(rows) - 3)], dtype=object))
    with pytest.raises(InvalidIdsError, match=r"items: brand: .*'b'.* in row 3"):
        HybridRecommender().fit(interactions(), brands, as_of=AS_OF)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("item_id\n1\n2\n1\n", "items.csv: item_id 1 appears twice, again in line 4"),
        ("item_id,brand\n1,2\n,3\n", "items.csv: item_id is missing in line 3"),
        ("brand\n1\n", "items.csv: missing column item_id"),
    ],
)
def test_a_fault_of_a_catalogue_is_located(content: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "items.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        HybridRecommender().fit(interactions(), read_table(file), as_of=AS_OF)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x80\xff"])
def test_a_bad_file_of_sequences_is_one_line_and_no_report(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sequences.txt"
    file.write_bytes(content)
    assert main(["evaluate", "sequences", str(file), "--json", str(tmp_path / "out.json")]) == 2
    said = capsys.readouterr()
    assert "Error" in said.err
    assert said.err.count("\n") == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["sequences.txt"]


def test_a_corrupt_snapshot_is_refused_on_the_command_line(
    plain: RecommenderSnapshot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain.save(tmp_path / "snapshot")
    file = tmp_path / "snapshot" / "popular.scores.npy"
    file.write_bytes(file.read_bytes()[:-4])
    assert main(["recommend", "--snapshot", str(tmp_path / "snapshot"), "--history", "10"]) == 2
    said = capsys.readouterr()
    assert "CorruptSnapshotError" in said.err
    assert "popular.scores.npy" in said.err
    assert said.out == ""
