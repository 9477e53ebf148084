"""The import puts search vectors together itself: they are those that PostgreSQL would have made."""

from __future__ import annotations

import asyncio
import csv
import os
from pathlib import Path

import asyncpg
import pytest

from scripts.import_catalog.__main__ import main
from scripts.import_catalog.search_vectors import Searched, Vectors

HEADER = (
    "id",
    "title",
    "brand",
    "model",
    "category",
    "price",
    "description",
    "attribute_kind",
    "attribute_rohs",
)
TITLES = (
    "Sony WH-1000XM4 Wireless Headset for PC, Black 1 pc(s)",
    "Corvane® Zoë™ Café-Maschine 3 m x 10 cm cable 12 pcs.",
    "Laptop sleeve 15.6 in with 2 GB USB-C/3.1 stick \u2013 grün, 100\u2013240V",
    "HP Color LaserJet Pro MFP M477fdw/XL 600 x 600 DPI",
    "The and of with for to",
    "1e5 0x1F 5e 1.5.2 +49-30-123 www.example.com/a?b=c a@b.de",
    "µ-Controller Ω 5 °C 10 m² ±3 ½ … “quoted” \u2011 non-breaking",
    "Беспроводная мышь Ж185 mouse",
    "携帯電話 Phone 5G",
    "snake_case_name v1.0.0-rc1 pc's pcs 4 pc 5pcs pc(s)",
    "-/-/ . - a-b a.1 1/2 x--1 ...7",
)  # fmt: skip
DESCRIPTIONS = (
    "",
    "A headset of Sony, 30 h, 254 g, Bluetooth 5.0 & more.",
    "word " * 400,
    "x" * 2_500 + " after",
    " ".join(f"w{number} is the 3 m" for number in range(600)),
)


def write_catalogue(path: Path) -> int:
    rows = [
        (title, brand, model, description, kind, rohs)
        for title in TITLES
        for brand, model in (("Sony", "WH-1000XM4"), ("Žižka & Söhne", "Größe 3/4-XL ®-5"))
        for description in DESCRIPTIONS
        for kind, rohs in (("Cable 5 m", "Yes"), ("Größe", "no"), ("4,5 GB", ""))
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number, (title, brand, model, description, kind, rohs) in enumerate(rows):
            shelf = ("Audio > Headphones & headsets", "Cables", "Keyboard & mouse accessories")[number % 3]
            writer.writerow((f"E{number}", title, brand, model, shelf, "9.95", description, kind, rohs))
    return len(rows)


async def compare(database_url: str) -> list[tuple[str, str, str]]:
    """Return the titles, and both vectors, of what PostgreSQL indexes in another way."""
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(
            """
            CREATE TEMPORARY TABLE imported AS SELECT * FROM product_search;
            DELETE FROM product_search;
            SELECT jackdaw_index_products(ARRAY(SELECT id FROM products));
            """
        )
        found = await connection.fetch(
            """
            SELECT p.title, i.search_vector::text, s.search_vector::text
            FROM products p
            FULL JOIN imported i ON i.product_id = p.id FULL JOIN product_search s ON s.product_id = p.id
            WHERE i.search_vector::text IS DISTINCT FROM s.search_vector::text
               OR i.text_length IS DISTINCT FROM s.text_length
            """
        )
        return [tuple(row) for row in found]
    finally:
        await connection.close()


@pytest.fixture
def n_made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the vectors made here, so that no comparison is of PostgreSQL with itself."""
    made: list[int] = []
    original = Vectors.vectors

    async def counting(self: Vectors, listings: list[Searched]) -> list[tuple[bytes, int] | None]:
        vectors = await original(self, listings)
        made.append(sum(vector is not None for vector in vectors))
        return vectors

    monkeypatch.setattr(Vectors, "vectors", counting)
    return made


async def test_vectors_are_those_of_postgresql(database_url: str, tmp_path: Path, n_made: list[int]) -> None:
    n_rows = write_catalogue(tmp_path / "odd.csv")
    command = [str(tmp_path / "odd.csv"), "--format", "csv", "--database-url", database_url]
    assert await asyncio.to_thread(main, command) == 0
    assert await compare(database_url) == []
    assert n_rows / 4 < sum(n_made) < n_rows


@pytest.mark.skipif("JACKDAW_DATASETS" not in os.environ, reason="needs the data sets")
async def test_vectors_of_icecat_are_those_of_postgresql(database_url: str, n_made: list[int]) -> None:
    folder = str(Path(os.environ["JACKDAW_DATASETS"]) / "icecat_electronics")
    # In one batch: what a phrase names counts for all of it.
    command = [folder, "--format", "icecat", "--batch", "20000", "--database-url", database_url]
    assert await asyncio.to_thread(main, command) == 0
    assert await compare(database_url) == []
    assert sum(n_made) > 19_000
