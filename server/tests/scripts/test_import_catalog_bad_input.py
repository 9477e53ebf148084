"""What the import says about files and rows that are wrong: never a traceback, and the good rows come in."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest

from scripts.import_catalog import cleaning
from scripts.import_catalog.lines import Lines
from scripts.import_catalog.records import Refused
from server.tests.scripts.test_import_catalog import HEADER, LAPTOP, listings, report, run, write_csv

GOOD = ",".join(LAPTOP)


def text_file(path: Path, *lines: str | bytes) -> Path:
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines) + b"\n")
    return path


async def refused(database_url: str, path: Path, out: Path, *arguments: str) -> tuple[int, list[str]]:
    """Import a CSV; return the status and the refusals as "line field: reason"."""
    status = await run(database_url, path, "--format", "csv", "--json", out, *arguments)
    [part] = report(out)["parts"]
    return status, [f"{r['line']} {r['field']}: {r['reason']}" for r in part["firstRejections"]]


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("X,Box,,,-4,1,new,", "price: negative"),
        ("X,Box,,,0,1,new,", "price: zero"),
        ("X,Box,,,0.004,1,new,", "price: zero"),
        ("X,Box,,,NaN,1,new,", "price: not a number"),
        ("X,Box,,,inf,1,new,", "price: not a number"),
        ("X,Box,,,cheap,1,new,", "price: not a number"),
        ("X,Box,,,1e30,1,new,", "price: above 10,000,000"),
        ("X,Box,,,,1,new,", "price: missing"),
        (",Box,,,4,1,new,", "id: missing"),
        ("NaN,Box,,,4,1,new,", "id: missing"),
        ("X,,,,4,1,new,", "title: missing"),
        ("X,<b> </b>,,,4,1,new,", "title: no text left"),
        ("X,Box,,,4,-1,new,", "stock: negative"),
        ("X,Box,,,4,1,haunted,", "condition: unknown"),
        ("X,Box,,,4", "row: another number of columns than the header"),
        ("L1,Box,,,4,1,new,", "id: repeated"),
        (b"X,Bl\xe4tter,,,4,1,new,", "encoding: not UTF-8; try --encoding"),
    ],
)
async def test_bad_row_is_named_and_the_others_come_in(
    database_url: str, tmp_path: Path, row: str | bytes, complaint: str
) -> None:
    file = text_file(tmp_path / "a.csv", ",".join(HEADER), GOOD, row, GOOD.replace("L1", "L2", 1))
    assert await refused(database_url, file, tmp_path / "out.json") == (0, [f"3 {complaint}"])
    assert sorted(await listings(database_url)) == ["L1", "L2"]


async def test_markup_and_control_characters_become_text(database_url: str, tmp_path: Path) -> None:
    title = "<p>Corvane\x00\x1b[1m\u202e &amp;amp; <script>x()</script>C5 &lt;b&gt;laptop&lt;/b&gt;\u200b</p>"
    row = f'L1,"{title}",Cor<i>vane</i>,,899,1,new,"a < b &nbsp; c"'
    file = text_file(tmp_path / "a.csv", ",".join(HEADER), row)
    assert await refused(database_url, file, tmp_path / "out.json") == (0, [])
    assert (await listings(database_url))["L1"][0] == "Corvane[1m & C5 laptop"


async def test_ten_megabyte_rows_are_refused_without_being_held(database_url: str, tmp_path: Path) -> None:
    wide = f"X,{'a' * 10_000_000},,,4,1,new,"
    tall = 'Y,"' + "\n".join(["b" * 1_000] * 10_000) + '",,,4,1,new,'
    file = text_file(tmp_path / "a.csv", ",".join(HEADER), wide, GOOD, tall, GOOD.replace("L1", "L2", 1))
    tracemalloc.start()
    try:
        lines = Lines(file)
        next(lines)
        tracemalloc.reset_peak()
        with pytest.raises(Refused, match="longer than 1 MiB"):
            next(lines)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
        lines.close()
    finally:
        tracemalloc.stop()
    status, complaints = await refused(database_url, file, tmp_path / "out.json")
    assert status == 0
    assert complaints[0] == "2 row: longer than 1 MiB"
    assert complaints[1] == "4 row: not valid CSV"
    # What is left of the tall row is refused line by line; the good rows are found again.
    assert sorted(await listings(database_url)) == ["L1", "L2"]


async def test_truncated_gzip_keeps_what_could_be_read(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"P{n},Corvane {n * 7919 % 1013} laptop,,,{n + 1},1,new,{n * 104729}" for n in range(20_000)]
    whole = gzip.compress("\n".join([",".join(HEADER), *rows]).encode())
    file = tmp_path / "a.csv.gz"
    file.write_bytes(whole[: len(whole) * 2 // 3])
    assert await run(database_url, file, "--format", "csv") == 1
    assert "truncated or damaged gzip" in capsys.readouterr().err
    assert 5_000 < len(await listings(database_url)) < 20_000


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("empty.csv", b"", "is empty"),
        ("header.csv", b"id,title,price\n", "has no rows"),
        ("columns.csv", b"sku,name\n1,Box\n", "No column for price; the file has: sku, name"),
        ("wide.csv", "id,title,price\n1,Box,2\n".encode("utf-16"), "add --encoding utf-16"),
        ("not.csv.gz", b"\x1f\x8bnot gzip at all", "damaged gzip"),
        ("all_bad.csv", b"id,title,price\n1,Box,-1\n", "No row could be imported"),
    ],
)
async def test_bad_file_is_explained_and_changes_nothing(
    database_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes,
    complaint: str,
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert await run(database_url, file, "--format", "csv") == 1
    assert complaint in capsys.readouterr().err
    assert await listings(database_url) == {}


async def test_wrong_places_are_explained(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_csv(tmp_path / "a.csv", LAPTOP)
    wrong: list[tuple[Path, str, list[str], str]] = [
        (tmp_path, "csv", [], "is a folder"),
        (tmp_path / "none.csv", "csv", [], "does not exist"),
        (file, "icecat", [], "is not an icecat folder"),
        (file, "amazon2023", ["--reviews", str(tmp_path / "none")], "does not exist"),
        (file, "csv", ["--map", "colour=title"], "no column 'colour'"),
    ]
    for path, layout, options, complaint in wrong:
        assert await run(database_url, path, "--format", layout, *options) == 1
        assert complaint in capsys.readouterr().err
    assert await run("postgresql://nobody@/none?host=/nowhere", file, "--format", "csv") == 1
    assert "cannot be reached" in capsys.readouterr().err
    assert await listings(database_url) == {}


@pytest.mark.parametrize(
    "options",
    [
        ["--format", "csv", "--strict", "--resume"],
        ["--format", "csv", "--reviews", "x"],
        ["--format", "icecat", "--map", "a=id"],
    ],
)
async def test_options_that_exclude_each_other_are_usage(
    database_url: str, tmp_path: Path, options: list[str]
) -> None:
    assert await run(database_url, tmp_path, *options) == 2


async def test_other_encodings_are_read_when_named(database_url: str, tmp_path: Path) -> None:
    for encoding in ("latin-1", "utf-16", "cp1252"):
        file = tmp_path / f"{encoding}.csv"
        file.write_bytes("id,title,price\nB1,Blätter für Büro laptop,4\n".encode(encoding))
        assert await run(database_url, file, "--format", "csv", "--encoding", encoding) == 0
        assert (await listings(database_url))["B1"][0] == "Blätter für Büro laptop"


async def test_bad_json_lines_are_named(database_url: str, tmp_path: Path) -> None:
    good = {"parent_asin": "A1", "title": "Corvane laptop", "price": 5.0, "categories": [], "details": {}}
    file = text_file(
        tmp_path / "meta.jsonl",
        json.dumps(good),
        "{broken",
        "[1, 2]",
        json.dumps(good | {"parent_asin": "A2", "price": float("nan")}),
        json.dumps(good | {"parent_asin": "A3", "price": None}),
        json.dumps(good | {"parent_asin": None}),
        '{"parent_asin": "A4", "title": ' + "[" * 20_000,
    )
    out = tmp_path / "out.json"
    assert await run(database_url, file, "--format", "amazon2023", "--json", out) == 0
    [part] = report(out)["parts"]
    assert [(r["line"], r["field"], r["reason"]) for r in part["firstRejections"]] == [
        (2, "row", "not valid JSON"),
        (3, "row", "not a JSON object"),
        (4, "price", "not a number"),
        (5, "price", "missing"),
        (6, "id", "missing"),
        (7, "row", "not valid JSON"),
    ]
    assert list(await listings(database_url)) == ["A1"]


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1,299.00", 129900), ("1.299,00 €", 129900), ("₹1,29,999", 12999900), ("$ 5", 500), ("12,5", 1250),
        ("1'299.95", 129995), ("1 299,95", 129995), ("1.234.567", 123456700), ("0.005", 1),
        ("Rs. 499", 49900),
    ],
)  # fmt: skip
def test_reads_prices_as_people_write_them(text: str, minor: int) -> None:
    assert cleaning.price_minor(text, "EUR") == minor


def test_minor_units_follow_the_currency() -> None:
    assert cleaning.price_minor("1500", "JPY") == 1500
    assert cleaning.price_minor("1.5", "KWD") == 1500
