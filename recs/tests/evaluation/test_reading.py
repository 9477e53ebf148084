"""Files as people have them: one spelling per id, one meaning per column, and every fault in its line."""

import csv
import gzip
import io
import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from recs import HybridRecommender
from recs.errors import (
    EmptyInputError,
    InputError,
    InvalidIdsError,
    InvalidTimestampsError,
    RepeatedColumnError,
    UnreadableFileError,
)
from recs.evaluation.raw_bytes import NulError, WatchedBytes
from recs.evaluation.reading import read_lines, read_sequences, read_table
from recs.interactions import Interactions

HEADER = "user_id,item_id,timestamp\n"


def written(tmp_path: Path, content: str | bytes, name: str = "log.csv") -> Path:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.mark.parametrize("other", ["007", "+7", "-0", " 7", "7 ", "\t7", '"07"', "7.0", "1e3"])
@pytest.mark.parametrize("ends", ["\n", ""])
def test_a_second_spelling_of_an_integer_is_refused_and_located(
    other: str, ends: str, tmp_path: Path
) -> None:
    file = written(tmp_path, f"{HEADER}1,7,5\n1,0,5\n1,{other},5{ends}")
    with pytest.raises(InvalidIdsError, match=r"log\.csv: item_id must be .*; line 4 has .* among integers"):
        read_table(file)
    asked = other.strip('"')
    assert read_table(file, text_ids=True)["item_id"].tolist() == ["7", "0", asked]


def test_text_ids_may_look_like_missing_values_but_not_be_missing(tmp_path: Path) -> None:
    rows = "NA,null,1,nan\nNone,n/a,2,NA\n"
    file = written(tmp_path, "user_id,item_id,timestamp,category\n" + rows)
    table = read_table(file, text_ids=True)
    assert table["user_id"].tolist() == ["NA", "None"]
    assert table["item_id"].tolist() == ["null", "n/a"]
    assert table["category"].isna().all()
    missing = written(tmp_path, "user_id,item_id,timestamp\nNA,null,1\nNA,,2\n", "missing.csv")
    with pytest.raises(InvalidIdsError, match=r"missing\.csv: item_id is missing in line 3"):
        Interactions.of(read_table(missing, text_ids=True))
    with pytest.raises(InvalidIdsError, match="user_id is missing in line 2"):
        Interactions.of(read_table(missing))


@pytest.mark.parametrize("column", ["user_id", "item_id"])
def test_a_second_spelling_is_found_in_every_place_of_a_line(column: str, tmp_path: Path) -> None:
    for names in itertools.permutations(["user_id", "item_id", "timestamp"]):
        rows = [{"user_id": 7, "item_id": 7, "timestamp": 7}] * 2 + [
            {"user_id": 7, "item_id": 7, "timestamp": 7, column: "07"}
        ]
        lines = [",".join(names), *(",".join(str(row[name]) for name in names) for row in rows)]
        for breaks in ("\n", "\r\n"):
            file = written(tmp_path, breaks.join(lines))
            with pytest.raises(InvalidIdsError, match=f"{column} must be .*; line 4 has '07'"):
                read_table(file)


def test_ids_are_looked_at_across_the_chunks_they_are_read_in() -> None:
    text = b"a,b\n10,200\n-5,0\n"
    for odd, content in ((False, text), (True, text + b"3,04\n"), (True, text + b"3,-0"), (True, b"a\n1 \n")):
        for size in range(1, 9):
            source = io_of(content)
            watched = WatchedBytes(source, ",", watch_integers=True)
            while watched.read(size):
                pass
            assert watched.odd is odd, (content, size)
    with pytest.raises(NulError):
        WatchedBytes(io_of(b"a\0"), ",", watch_integers=False).read()


def io_of(content: bytes) -> io.BytesIO:
    return io.BytesIO(content)


def test_what_looks_odd_beside_the_ids_changes_nothing(tmp_path: Path) -> None:
    notes = ["05", "+1", "a, b", " ", "0.05", "-0.5"]
    rows = "".join(f'{n},{n * 10},{n},"{note}"\n' for n, note in enumerate(notes))
    table = read_table(written(tmp_path, HEADER.replace("\n", ",note\n") + rows))
    assert table["item_id"].dtype == np.int64
    assert table["item_id"].tolist() == [0, 10, 20, 30, 40, 50]


def test_padded_codes_are_text_and_keep_their_zeros(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, f"{HEADER}1,007,5\n1,008,6\n"))
    assert table["item_id"].tolist() == ["007", "008"]
    assert HybridRecommender().fit(table).item_ids.tolist() == [b"007", b"008"]


@pytest.mark.parametrize("number", ["7.0", "1e3", "+7", " 7"])
def test_numbers_that_are_no_integers_are_no_ids(number: str, tmp_path: Path) -> None:
    file = written(tmp_path, f"{HEADER}1,{number},5\n")
    with pytest.raises(InvalidIdsError, match=r"item_id: ids must be integers or text; line 2 has "):
        read_table(file)


def test_an_integer_beyond_int64_is_located(tmp_path: Path) -> None:
    for number in (2**63, 2**64, 10**30):
        file = written(tmp_path, f"{HEADER}1,7,5\n1,{number},5\n")
        with pytest.raises(InvalidIdsError, match=f"outside int64; line 3 has {number}"):
            read_table(file)
    largest = written(tmp_path, f"{HEADER}1,{2**63 - 1},5\n1,{-(2**63)},5\n")
    assert read_table(largest)["item_id"].tolist() == [2**63 - 1, -(2**63)]


def test_two_spellings_of_a_label_stay_two(tmp_path: Path) -> None:
    items = "item_id,category,brand\n1,007,5\n2,7,\n3,7,6\n"
    table = read_table(written(tmp_path, items))
    assert table["category"].tolist() == ["007", "7", "7"]
    assert table["brand"].dropna().tolist() == [5.0, 6.0]  # a missing value, not a spelling
    snapshot = HybridRecommender().fit(read_table(written(tmp_path, f"{HEADER}1,1,5\n", "l.csv")), table)
    assert snapshot.popular(9, category="007").item_ids.tolist() == [1]


def test_ids_of_a_log_and_a_catalogue_are_of_one_kind(tmp_path: Path) -> None:
    log = read_table(written(tmp_path, f"{HEADER}1,7,5\n"))
    items = read_table(written(tmp_path, "item_id\n007\n008\n", "items.csv"))
    with pytest.raises(
        InvalidIdsError, match=r"log\.csv: item_id holds integers .* 7, the catalogue .*'007'"
    ):
        HybridRecommender().fit(log, items)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEADER + "1,2,3,4\n5,6,7,8\n", "line 2 has 4 fields, the header has 3"),
        (HEADER + "\n1,2,3,\n", "line 3 has 4 fields, the header has 3"),
        (HEADER + "1,2,3\n5,6,7,8\n", "Expected 3 fields in line 3, saw 4"),
        (HEADER.encode() + b"1,2,3\n1,\xe9,5\n", "line 3 is not UTF-8 \\(byte 0xe9\\)"),
        (HEADER.encode() + b"1,2,3\n1,7\0,5\n", "line 3 holds a NUL byte"),
        (HEADER.encode("utf-16"), "is UTF-16, not UTF-8"),
        (gzip.compress(HEADER.encode(), mtime=0), "is compressed: its name must end in .gz"),
        (HEADER + '1,"2,3\n', "EOF inside string"),
        (HEADER + f"1,{'x' * 200_000},3\n", "line 2: field larger than field limit"),
    ],
)
def test_what_is_no_table_is_refused_in_its_line(content: str | bytes, message: str, tmp_path: Path) -> None:
    file = written(tmp_path, content)
    before = csv.field_size_limit(1 << 17)  # the limit is the whole process's, and others may have raised it
    try:
        with pytest.raises(UnreadableFileError, match=rf"log\.csv: .*{message}"):
            read_table(file)
    finally:
        csv.field_size_limit(before)


def test_a_column_of_a_file_given_twice_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, "user_id,item_id,item_id,timestamp\n1,2,3,4\n")
    with pytest.raises(RepeatedColumnError, match=r"log\.csv: column item_id appears twice"):
        read_table(file)


def test_every_damage_to_a_compressed_file_is_an_error_of_ours(tmp_path: Path) -> None:
    rows = HEADER + "".join(f"{n % 7},{n % 11},{n}\n" for n in range(60))
    whole, refused = gzip.compress(rows.encode(), mtime=0), 0
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1 << (place % 8)
        file = written(tmp_path, bytes(changed), "log.csv.gz")
        for read, rows_besides in ((read_table, 0), (read_lines, 2)):
            try:
                found = len(read(file))
            except InputError as error:
                refused += f"{file}: " in str(error)
            else:  # what gzip says of itself, and the bits that fill up its last byte
                assert found == 60 + rows_besides
                refused += 1
    assert refused == 2 * len(whole)
    with pytest.raises(UnreadableFileError, match="ended before"):
        read_table(written(tmp_path, whole[:-1], "log.csv.gz"))


def test_dates_are_read_as_such(tmp_path: Path) -> None:
    rows = "1,2,2026-01-01T00:00:00Z\n1,3,2026-01-01 02:00:00+01:00\n1,4,2026-01-02\n"
    snapshot = HybridRecommender().fit(read_table(written(tmp_path, HEADER + rows)))
    assert snapshot.as_of == pd.Timestamp("2026-01-02", tz="UTC").timestamp()
    items = "item_id,listed_at\n1,2026-01-01\n2,\n"
    listed = read_table(written(tmp_path, items, "items.csv"))["listed_at"]
    assert listed.notna().tolist() == [True, False]


@pytest.mark.parametrize("other", ["noon", "20260101", "1767225600", "2026-13-01", "2026"])
def test_a_time_among_dates_that_is_none_is_located(other: str, tmp_path: Path) -> None:
    file = written(tmp_path, f"{HEADER}1,2,2026-01-01\n1,3,{other}\n")
    with pytest.raises(InvalidTimestampsError, match=f"timestamp must be .* line 3 has '{other}' among"):
        read_table(file)


def test_words_end_at_spaces_and_lines_where_editors_end_them(tmp_path: Path) -> None:
    text = "\ufeffu 1 2\r\nv 1\u00a02 a\u2028b\tc \rw \x0c1 2\n\n"
    assert read_sequences(written(tmp_path, text)) == [
        ("u", ["1", "2"]),
        ("v", ["1\u00a02", "a\u2028b", "c"]),
        ("w", ["\x0c1", "2"]),
    ]
    with pytest.raises(EmptyInputError):
        read_sequences(written(tmp_path, "\ufeff\n"))
    with pytest.raises(UnreadableFileError, match="line 2 holds a NUL byte"):
        read_lines(written(tmp_path, "u 1\nv \0\n"))
    with pytest.raises(UnreadableFileError, match="line 2 is not UTF-8"):
        read_lines(written(tmp_path, b"u 1\nv \xe9\n"))


@pytest.mark.parametrize("name", ["log.csv", "log.csv.gz"])
def test_reading_shows_how_far_it_is(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (HEADER + "".join(f"{n},{n},{n}\n" for n in range(1000))).encode()
    file = written(tmp_path, gzip.compress(text) if name.endswith("gz") else text, name)
    assert len(read_table(file)) == 1000
    assert capsys.readouterr().err == ""
    assert len(read_table(file, progress=True)) == 1000
    assert f"reading {name}: 100%" in capsys.readouterr().err
