"""Files of sequences, sessions, baskets and events with one fault each: named, located, nothing guessed."""

import json
from pathlib import Path

import pandas as pd
import pytest

from recs.errors import (
    ConfigurationError,
    EmptyInputError,
    InputError,
    InvalidIdsError,
    InvalidTimestampsError,
    UnreadableFileError,
)
from recs.evaluation.baskets import BasketsProtocol
from recs.evaluation.events import EventsProtocol
from recs.evaluation.sequences import SequencesProtocol
from recs.evaluation.sessions import SessionsProtocol, read_sessions

CLICKS = "SessionId\tItemId\tTime\n"


@pytest.fixture(name="sequences")
def _sequences(tmp_path: Path) -> Path:
    file = tmp_path / "sequences.txt"
    file.write_text("u 1 2 3 4\nv 3 1 2\nw 007 1 2\n")
    return file


@pytest.mark.parametrize(
    ("table", "error", "message"),
    [
        ("item,b\n1,x\n,y\n", InvalidIdsError, "item is missing in line 3"),
        ("item,b\n1.0,x\n2.0,y\n", EmptyInputError, "describes none of the items"),
        ("item,b\nx,x\n", EmptyInputError, "describes none of the items"),
        ("item_id,b\n", EmptyInputError, "describes none of the items"),
        ("item\n1\n", EmptyInputError, "says nothing of items, which have no column but item"),
        ("item,b\n1,x,z\n", UnreadableFileError, "line 2 has 3 fields, the header has 2"),
    ],
)
def test_attributes_that_describe_nothing_are_refused(
    sequences: Path, table: str, error: type[InputError], message: str
) -> None:
    file = sequences.with_name("items.csv")
    file.write_text(table)
    with pytest.raises(error, match=rf"items\.csv: {message}"):
        SequencesProtocol(sequences, file)


def test_attributes_of_007_are_not_those_of_7(sequences: Path) -> None:
    file = sequences.with_name("items.csv")
    file.write_text("item,brand\n007,a\n1,b\n2,b\n3,a\n")
    features = SequencesProtocol(sequences, file).test().training.features
    assert features is not None
    # The items are 007, 1, 2, 3, 4.
    assert features.words.toarray().tolist() == [[1, 0], [0, 1], [0, 1], [1, 0], [0, 0]]


@pytest.mark.parametrize(
    ("negatives", "message"),
    [
        ("u 4 1\nv 1 4\nw 1 3\n", "the answer '4' among the negatives in line 1"),
        ("u 1 2\nv 4 4\nw 1 3\n", "an item twice in line 2"),
        ("u 1 2\nv 4 1\nw 1\n", "1 negatives where others have 2 in line 3"),
        ("u 1 2\nv 4 1\nw 1 7\n", "unknown item '7' in line 3"),
    ],
)
def test_negatives_that_would_change_every_rank_are_refused(
    sequences: Path, negatives: str, message: str
) -> None:
    file = sequences.with_name("negatives.txt")
    file.write_text(negatives)
    with pytest.raises(UnreadableFileError, match=rf"negatives\.txt: {message}"):
        SequencesProtocol(sequences, None, file)


@pytest.mark.parametrize(
    ("clicks", "error", "message"),
    [
        ("1\t0\tnoon\n1\t1\t2\n", InvalidTimestampsError, "Time must be .* line 2 has 'noon'"),
        ("1\t0\t1\n1\t1\t\n", InvalidTimestampsError, "Time is missing or not finite in line 3"),
        ("1\t0\t1\n1\t\t2\n", InvalidIdsError, "ItemId is missing in line 3"),
        ("1\t0\t1\n\t1\t2\n", InvalidIdsError, "SessionId is missing in line 3"),
        ("1\t0\t1\t5\n1\t1\t2\t6\n", UnreadableFileError, "line 2 has 4 fields, the header has 3"),
    ],
)
def test_a_fault_of_clicks_is_located(
    tmp_path: Path, clicks: str, error: type[InputError], message: str
) -> None:
    file = tmp_path / "test.tsv"
    file.write_text(CLICKS + clicks)
    with pytest.raises(error, match=rf"test\.tsv: {message}"):
        read_sessions(file)


def test_clicks_are_of_the_items_and_sessions_that_are_written(tmp_path: Path) -> None:
    file = tmp_path / "test.tsv"
    file.write_text(f"{CLICKS}10\t007\t5\n9\t7\t5\n10\t7\t4\n9\t07\t5\n09\t1\t5\n")
    sessions = read_sessions(file)
    # Of one end, those with the smaller number come first.
    assert sessions.names == ["9", "09", "10"]
    assert sessions.rows == [["7", "07"], ["1"], ["7", "007"]]
    file.write_text(f"{CLICKS}1\t0\t2026-01-02\n1\t1\t2026-01-01\n")
    assert read_sessions(file).rows == [["1", "0"]]


@pytest.mark.parametrize("position", ["2", "99", "-1", "0.7", "x", "", "01"])
def test_a_list_after_no_click_is_refused(tmp_path: Path, position: str) -> None:
    sessions, lists = tmp_path / "sessions.txt", tmp_path / "lists.csv"
    sessions.write_text("0 1 2\n1 2\n" * 10)
    lists.write_text(f"SessionId;Position\n1;0\n1;{position}\n")
    with pytest.raises(UnreadableFileError, match=r"lists\.csv: line 3 has Position .* 1 has 3 clicks"):
        SessionsProtocol(sessions, sessions, lists)
    lists.write_text("SessionId;Position\n1;0\n01;0\n")
    with pytest.raises(InvalidIdsError, match=r"lists\.csv: session 01 of line 3 is not in the test"):
        SessionsProtocol(sessions, sessions, lists)
    lists.write_text("SessionId;Position\n")
    with pytest.raises(EmptyInputError, match=r"lists\.csv: no lists"):
        SessionsProtocol(sessions, sessions, lists)


def test_sessions_that_nothing_can_be_learned_from_are_named(tmp_path: Path) -> None:
    pairs, single, strange = (tmp_path / f"{name}.txt" for name in ("pairs", "single", "strange"))
    pairs.write_text("0 1\n")
    single.write_text("0\n1\n")
    strange.write_text("8 9\n")
    with pytest.raises(EmptyInputError, match=r"single\.txt: no session of two clicks"):
        SessionsProtocol(single, pairs)
    with pytest.raises(EmptyInputError, match=r"strange\.txt: none of its items is in .*pairs\.txt"):
        SessionsProtocol(pairs, strange)


@pytest.mark.parametrize(
    ("line", "error", "message"),
    [
        ('{"baskets": [[1], [2], [3]]}', UnreadableFileError, "line 2 is not .*'user'"),
        ('{"user": null, "baskets": [[1]]}', UnreadableFileError, "line 2 is not .*user is None"),
        ('{"user": 1, "baskets": [[1]]}', UnreadableFileError, "user 1 has two lines, again line 2"),
        ('{"user": 2, "baskets": {"a": [1]}}', UnreadableFileError, "line 2 is not .*no list of lists"),
        ('{"user": 2, "baskets": ["12"]}', UnreadableFileError, "line 2 is not .*no list of lists"),
        ("[" * 100_000, UnreadableFileError, "line 2 is not .*RecursionError"),
        ('{"user": 2, "baskets": [[1180591620717411303424]]}', InvalidIdsError, "line 2: .*outside int64"),
    ],
)
def test_a_fault_of_baskets_is_located(
    tmp_path: Path, line: str, error: type[InputError], message: str
) -> None:
    file = tmp_path / "baskets.jsonl"
    file.write_text('{"user": 1, "baskets": [[1], [2], [3]]}\n' + line + "\n")
    with pytest.raises(error, match=rf"baskets\.jsonl: {message}"):
        BasketsProtocol(file)


@pytest.mark.parametrize("item", ["", "a\0", "\ud800"])
def test_an_item_that_cannot_be_kept_is_located(tmp_path: Path, item: str) -> None:
    file = tmp_path / "baskets.jsonl"
    file.write_text(json.dumps({"user": 1, "baskets": [["a"], ["b"], [item]]}) + "\n")
    with pytest.raises(InvalidIdsError, match=r"baskets\.jsonl: line 1: "):
        BasketsProtocol(file)


@pytest.fixture(name="log")
def _log(tmp_path: Path) -> Path:
    file = tmp_path / "log.csv"
    rows = "".join(f"{n // 3},{n % 7},{n * 100}\n" for n in range(60))
    file.write_text("user_id,item_id,timestamp\n" + rows)
    return file


@pytest.mark.parametrize(
    ("items", "error", "message"),
    [
        ("item_id\n1\n\n", None, ""),
        ("item_id,brand\n1,2\n,3\n", InvalidIdsError, r"items\.csv: item_id is missing in line 3"),
        ("item_id\n1\n1\n", InputError, r"items\.csv: item_id 1 appears twice, again in line 3"),
        ("item_id\na\n", InvalidIdsError, r"log\.csv: item_id holds integers .*, the catalogue text"),
        ("item_id\n", EmptyInputError, r"items\.csv: no items"),
        ("item_id,listed_at\n1,soon\n", InvalidTimestampsError, r"items\.csv: listed_at .*line 2 has 'soon'"),
        ("item_id,listed_at\n1,inf\n", InvalidTimestampsError, r"items\.csv: listed_at .*line 2 has inf"),
        ("item_id,listed_at\n1,1970-01-01\n", None, ""),
    ],
)
def test_a_catalogue_is_checked_before_anything_is_fitted(
    log: Path, items: str, error: type[InputError] | None, message: str
) -> None:
    file = log.with_name("items.csv")
    file.write_text(items)
    if error is None:
        assert len(EventsProtocol(log, file).served_folds()) == 3
        return
    with pytest.raises(error, match=message):
        EventsProtocol(log, file)


def test_items_listed_at_dates_are_known_from_then_on(log: Path) -> None:
    days = pd.to_datetime(["1970-01-01"] * 6 + ["2026-01-01"])
    items = pd.DataFrame({"item_id": range(7), "listed_at": days})
    for fold in EventsProtocol(log, items).served_folds():
        assert fold.catalogue is not None
        assert fold.catalogue["item_id"].tolist() == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"folds": 1}, "folds must be at least 2"),
        ({"window_s": 0.0}, r"log\.csv: .*window_s positive, not 3 and 0"),
        ({"window_s": 1e9}, r"log\.csv: 3 windows of 1000000000 s do not fit"),
    ],
)
def test_windows_that_cannot_be_are_refused(log: Path, parameters: dict[str, float], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        EventsProtocol(log, **parameters)  # type: ignore[arg-type]


def test_a_log_without_anything_new_is_named(log: Path) -> None:
    log.write_text("user_id,item_id,timestamp\n" + "".join(f"1,{n % 2},{n}\n" for n in range(60)))
    with pytest.raises(EmptyInputError, match=r"log\.csv: nobody met a new item between"):
        EventsProtocol(log).test()
