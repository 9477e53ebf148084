"""The import of catalogues: formats, upsert, resuming, strictness, notifications."""

from __future__ import annotations

import asyncio
import csv
import json
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from scripts.import_catalog import generate
from scripts.import_catalog.__main__ import main
from scripts.import_catalog.records import ImportStopped
from scripts.import_catalog.run import Flow

HEADER = ("id", "title", "brand", "category", "price", "stock", "condition", "description")
LAPTOP = ("L1", "Corvane C5 laptop", "Corvane", "", "899.00", "3", "new", "Fast enough.")
SPEAKER = ("S1", "Harrowby Bluetooth speaker 20 W", "", "Audio > Speakers", "79,50", "0", "Used - Good", "")


def write_csv(path: Path, *rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows((header, *rows))
    return path


async def run(database_url: str, *arguments: str | Path) -> int:
    """Run the command in a thread: it has an event loop of its own."""
    given = [str(argument) for argument in arguments]
    return await asyncio.to_thread(main, [*given, "--database-url", database_url])


async def rows(database_url: str, sql: str, *arguments: object) -> list[tuple[Any, ...]]:
    connection = await asyncpg.connect(database_url)
    try:
        return [tuple(row) for row in await connection.fetch(sql, *arguments)]
    finally:
        await connection.close()


async def listings(database_url: str) -> dict[str, tuple[Any, ...]]:
    """Everything about the products that a second import could have changed, by external id."""
    found = await rows(
        database_url,
        "SELECT external_id, title, price_minor, stock, version, updated_at, search_vector::text "
        "FROM products JOIN product_search ON product_id = id",
    )
    return {row[0]: row[1:] for row in found}


def report(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text())
    return content


async def test_imports_a_csv_with_its_categories_brands_and_prices(database_url: str, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "shop.csv", LAPTOP, SPEAKER)
    assert await run(database_url, file, "--format", "csv", "--store", "old-shop") == 0
    found = await rows(
        database_url,
        """
        SELECT p.external_id, b.name, c.slug, parent.slug, p.price_minor, p.currency, p.stock, p.condition,
               s.name
        FROM products p JOIN brands b ON b.id = p.brand_id JOIN categories c ON c.id = p.category_id
        LEFT JOIN categories parent ON parent.id = c.parent_id JOIN stores s ON s.id = p.store_id
        ORDER BY p.external_id
        """,
    )
    assert found == [
        ("L1", "Corvane", "laptops", "computers", 89900, "EUR", 3, "new", "Old shop"),
        ("S1", "Harrowby", "speakers", "audio", 7950, "EUR", 0, "good", "Old shop"),
    ]
    [[hits]] = await rows(
        database_url,
        "SELECT count(*) FROM product_search WHERE search_vector @@ to_tsquery('english', 'corvane & fast')",
    )
    assert hits == 1


async def test_second_run_changes_nothing_and_says_so(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_csv(tmp_path / "shop.csv", LAPTOP, SPEAKER)
    await run(database_url, file, "--format", "csv")
    before = await listings(database_url)
    capsys.readouterr()
    out = tmp_path / "report.json"
    assert await run(database_url, file, "--format", "csv", "--json", out) == 0
    assert await listings(database_url) == before
    assert "nothing changed" in capsys.readouterr().out
    [part] = report(out)["parts"]
    assert (part["read"], part["inserted"], part["updated"], part["unchanged"]) == (2, 0, 0, 2)


async def test_only_a_changed_row_gets_a_new_version(database_url: str, tmp_path: Path) -> None:
    await run(database_url, write_csv(tmp_path / "a.csv", LAPTOP, SPEAKER), "--format", "csv")
    before = await listings(database_url)
    cheaper = (*LAPTOP[:4], "799.00", *LAPTOP[5:])
    await run(database_url, write_csv(tmp_path / "b.csv", cheaper, SPEAKER), "--format", "csv")
    after = await listings(database_url)
    assert after["S1"] == before["S1"]
    assert after["L1"][1:4] == (79900, 3, 2)
    assert after["L1"][4] > before["L1"][4]


async def test_leaves_stock_alone_when_the_file_does_not_give_it(database_url: str, tmp_path: Path) -> None:
    header = ("id", "title", "price")
    file = write_csv(tmp_path / "a.csv", ("L1", "Corvane C5 laptop", "899"), header=header)
    await run(database_url, file, "--format", "csv", "--default-stock", "5")
    await rows(database_url, "UPDATE products SET stock = 4")
    dearer = write_csv(tmp_path / "b.csv", ("L1", "Corvane C5 laptop", "999"), header=header)
    await run(database_url, dearer, "--format", "csv", "--default-stock", "5")
    assert (await listings(database_url))["L1"][1:4] == (99900, 4, 2)


async def test_stores_do_not_share_external_ids(database_url: str, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", LAPTOP)
    await run(database_url, file, "--format", "csv", "--store", "one")
    before = await listings(database_url)
    other = write_csv(tmp_path / "b.csv", (*LAPTOP[:4], "1", *LAPTOP[5:]))
    await run(database_url, other, "--format", "csv", "--store", "two")
    found = await rows(
        database_url,
        "SELECT s.slug, p.price_minor, p.version "
        "FROM products p JOIN stores s ON s.id = p.store_id ORDER BY 1",
    )
    assert found == [("one", before["L1"][1], 1), ("two", 100, 1)]


async def test_running_shops_hear_of_new_and_changed_products_only(database_url: str, tmp_path: Path) -> None:
    connection = await asyncpg.connect(database_url)
    received: list[str] = []
    await connection.add_listener("jackdaw_products", lambda *message: received.append(str(message[3])))
    try:
        file = write_csv(tmp_path / "a.csv", LAPTOP, SPEAKER)
        for _ in range(2):
            await run(database_url, file, "--format", "csv")
        await connection.execute("SELECT 1")
        ids = [str(row[0]) for row in await rows(database_url, "SELECT id FROM products ORDER BY id")]
        assert received == [",".join(ids)]
    finally:
        await connection.close()


async def test_map_and_currency_read_any_names(database_url: str, tmp_path: Path) -> None:
    header = ("code", "what", "rupees", "mrp_rs")
    file = write_csv(
        tmp_path / "a.csv", ("X1", "Boult wireless earbuds", "1,29,999.50", "₹1,49,999"), header=header
    )
    mapping = [
        part
        for pair in ("code=id", "what=title", "rupees=price", "mrp_rs=list_price")
        for part in ("--map", pair)
    ]
    assert await run(database_url, file, "--format", "csv", *mapping, "--currency", "inr") == 0
    found = await rows(
        database_url,
        "SELECT b.name, c.slug, p.price_minor, p.currency, p.attributes->>'list_price' FROM products p "
        "JOIN brands b ON b.id = p.brand_id JOIN categories c ON c.id = p.category_id",
    )
    assert found == [("Boult", "earbuds", 12999950, "INR", "₹149,999.00")]


async def test_strict_changes_nothing_at_the_first_bad_row(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_csv(tmp_path / "a.csv", LAPTOP, SPEAKER, ("B1", "Broken", "", "", "-3", "1", "new", ""))
    assert await run(database_url, file, "--format", "csv", "--strict", "--batch", "1") == 1
    assert "line 4: price: negative" in capsys.readouterr().err
    for table in ("products", "stores", "brands", "categories"):
        assert await rows(database_url, f"SELECT count(*) FROM {table}") == [(0,)], table


async def test_resumes_after_the_last_committed_batch(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [(f"P{n}", f"Corvane C{n} laptop", "", "", f"{n + 1}.00", "1", "new", "") for n in range(50)]
    bad = ("P9", "Corvane again", "", "", "5", "1", "new", "")
    file = write_csv(tmp_path / "a.csv", *many, bad)
    made = [0]
    make_one = Flow._make_one

    def break_down(self: Flow[Any], batch: Any, line: int, record: Any) -> None:
        made[0] += 1
        if made[0] == 26:
            raise ImportStopped("pulled the plug")
        make_one(self, batch, line, record)

    with monkeypatch.context() as broken:
        broken.setattr(Flow, "_make_one", break_down)
        assert await run(database_url, file, "--format", "csv", "--batch", "10") == 1
    n_before = len(await listings(database_url))
    assert 20 <= n_before <= 30
    made[0] = -1_000
    out = tmp_path / "report.json"
    with monkeypatch.context() as counted:
        counted.setattr(Flow, "_make_one", break_down)
        assert (
            await run(database_url, file, "--format", "csv", "--batch", "10", "--resume", "--json", out) == 0
        )
    assert made[0] + 1_000 <= 51 - 20
    [part] = report(out)["parts"]
    assert (part["read"], part["inserted"], part["unchanged"]) == (51, 50, 0)
    assert part["rejectedBy"] == [{"field": "id", "reason": "repeated", "rows": 1}]
    assert [row[3] for row in (await listings(database_url)).values()] == [1] * 50


async def test_does_not_resume_with_another_file(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.csv.gz"
    generate.write_csv(file, 3_000, seed=3)
    file.write_bytes(file.read_bytes()[:40_000])
    assert await run(database_url, file, "--format", "csv") == 1
    before = await listings(database_url)
    other = write_csv(tmp_path / "b.csv", SPEAKER)
    assert await run(database_url, other, "--format", "csv", "--resume") == 1
    assert "another file" in capsys.readouterr().err
    assert await listings(database_url) == before


async def test_one_import_at_a_time_writes_to_a_store(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    holder = await asyncpg.connect(database_url)
    try:
        await holder.execute("SELECT pg_advisory_lock(hashtext('jackdaw catalogue import'), hashtext('csv'))")
        assert await run(database_url, write_csv(tmp_path / "a.csv", LAPTOP), "--format", "csv") == 1
    finally:
        await holder.close()
    assert "is running" in capsys.readouterr().err
    assert await listings(database_url) == {}


async def test_keeps_names_and_places_of_categories_that_exist(database_url: str, tmp_path: Path) -> None:
    await rows(
        database_url,
        "INSERT INTO categories (slug, name, attribute_labels) VALUES ('laptops', 'Old laptops', $1)",
        '[["memory", "RAM"]]',
    )
    header = ("id", "title", "price", "attribute_memory", "attribute_pen")
    file = write_csv(
        tmp_path / "a.csv", ("L1", "Corvane C5 laptop", "899", "8 GB", "included"), header=header
    )
    await run(database_url, file, "--format", "csv")
    assert await rows(
        database_url, "SELECT slug, name, parent_id, attribute_labels FROM categories WHERE slug = 'laptops'"
    ) == [("laptops", "Old laptops", None, '[["memory", "RAM"], ["pen", "Pen"]]')]


async def test_leaves_no_working_tables_behind(database_url: str, tmp_path: Path) -> None:
    await run(database_url, write_csv(tmp_path / "a.csv", LAPTOP), "--format", "csv")
    assert await rows(database_url, "SELECT key FROM catalog_import.positions") == []
    assert await rows(
        database_url, "SELECT tablename FROM pg_tables WHERE schemaname = 'catalog_import'"
    ) == [("positions",)]


async def test_generated_csv_comes_in_whole(database_url: str, tmp_path: Path) -> None:
    generate.write_csv(tmp_path / "made.csv.gz", 5_000, seed=3)
    assert await run(database_url, tmp_path / "made.csv.gz", "--format", "csv", "--batch", "700") == 0
    assert await rows(database_url, "SELECT count(*), count(DISTINCT category_id) FROM products") == [
        (5_000, 8)
    ]
