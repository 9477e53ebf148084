"""The icecat folder and Amazon Reviews 2023, on small made files and, when there, on the real ones."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from pathlib import Path

import pytest

from recs import Event
from scripts.import_catalog import generate
from scripts.import_catalog.formats.icecat_attributes import readable
from scripts.import_catalog.review_writing import visitor_id
from server.tests.scripts.test_import_catalog import report, rows, run

COLUMNS = (
    "id",
    "title",
    "name",
    "brand",
    "short_description",
    "price_cents",
    "date_released",
    "ean",
    "product_type",
)
NOTEBOOK = (
    "7",
    'HP dv7 Notebook Silver 17"',
    "dv7",
    "HP",
    "4GB DDR2",
    "10995",
    "2008-12-19",
    "1",
    "Notebook",
)
TONER = ("8", "OKI Type C7 Original", "Type C7", "OKI", "", "4995", "2009-12-10", "2", "")
ATTRIBUTES = {
    "7": {
        "attr_n_internal_memory": 4.0,
        "attr_n_total_storage_capacity": 1000.0,
        "attr_t_product_colour": "Silver",
    },
    "8": {
        "attr_t_type": "Original",
        "attr_t_printing_colours": "Black",
        "attr_n_black_toner_page_yield": 2300.0,
    },
}


def icecat_folder(path: Path, *products: tuple[str, ...]) -> Path:
    path.mkdir()
    text = io.StringIO()
    csv.writer(text).writerows((COLUMNS, *products))
    (path / "products.csv.gz").write_bytes(gzip.compress(text.getvalue().encode()))
    lines = [json.dumps({"id": key, "attributes": values}) for key, values in ATTRIBUTES.items()]
    (path / "attributes.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


def dataset(name: str) -> Path:
    folder = os.environ.get("JACKDAW_DATASETS")
    if not folder or not (Path(folder) / name).exists():
        pytest.skip(f"JACKDAW_DATASETS names no folder with {name}")
    return Path(folder) / name


async def test_icecat_joins_attributes_and_works_out_the_category(database_url: str, tmp_path: Path) -> None:
    # The second file has the lines in the other order: the join must not depend on it.
    folder = icecat_folder(tmp_path / "ice", TONER, NOTEBOOK)
    assert await run(database_url, folder, "--format", "icecat") == 0
    found = await rows(
        database_url,
        """
        SELECT p.external_id, c.slug, b.name, p.model, p.price_minor, p.currency,
               p.listed_at::date::text, p.attributes
        FROM products p JOIN categories c ON c.id = p.category_id
        JOIN brands b ON b.id = p.brand_id ORDER BY 1
        """,
    )
    assert [row[:7] for row in found] == [
        ("7", "laptops", "HP", "dv7", 10995, "USD", "2008-12-19"),
        ("8", "toner-cartridges", "OKI", "Type C7", 4995, "USD", "2009-12-10"),
    ]
    assert json.loads(found[0][7]) == {"memory": "4 GB", "storage": "1 TB", "colour": "Silver"}
    assert json.loads(found[1][7])["pages_black"] == "2300 pages"


def test_attributes_read_like_a_data_sheet() -> None:
    raw = {
        "attr_n_usb_2_0_ports_quantity": 3.0,
        "attr_n_cable_length": 0.5,
        "attr_n_weight": 2100.0,
        "attr_n_internal_memory": 0.5,
        "attr_t_operating_temperature__t_t_": "0 - 40",
        "attr_t_i_o_ports": "HDMI<br>VGA",
        "attr_b_wi_fi": True,
        "attr_b_bluetooth": False,
        "attr_n_package_weight": 90.0,
        "attr_t_dimensions__wxdxh_": "10 x 20 x 3 mm",
    }
    attributes, labels = readable(raw)
    assert {labels[key]: value for key, value in attributes.items()} == {
        "USB 2.0 ports": "3",
        "Cable length": "0.5 m",
        "Weight": "2.1 kg",
        "Memory": "512 MB",
        "Operating temperature": "0 - 40 °C",
        "I/O ports": "HDMI VGA",
        "Wi-Fi": "yes",
        "Dimensions": "10 x 20 x 3 mm",
    }


async def test_reviews_become_ratings_of_visitors_once(database_url: str, tmp_path: Path) -> None:
    meta, reviews = generate.write_pair(tmp_path, 80, 600, seed=5)
    out = tmp_path / "report.json"
    arguments = (meta, "--format", "amazon2023", "--reviews", reviews, "--json", out)
    assert await run(database_url, *arguments) == 0
    products, ratings = report(out)["parts"]
    assert (products["inserted"], ratings["inserted"], ratings["rejected"]) == (80, 600, 0)
    lines = [json.loads(line) for line in gzip.decompress(reviews.read_bytes()).splitlines()]
    first = lines[0]
    found = await rows(
        database_url,
        """
        SELECT i.visitor_id, i.event_type, i.weight, extract(epoch FROM i.occurred_at) * 1000,
               i.received_on = current_date
        FROM interactions i JOIN products p ON p.id = i.product_id
        WHERE p.external_id = $1 AND i.visitor_id = $2
          AND abs(extract(epoch FROM i.occurred_at) * 1000 - $3) < 1
        """,
        first["parent_asin"],
        visitor_id("amazon2023", first["user_id"]),
        first["timestamp"],
    )
    weight = pytest.approx(2.0 * max(0, first["rating"] - 2) / 3)
    assert found == [
        (visitor_id("amazon2023", first["user_id"]), Event.RATING, weight, first["timestamp"], True)
    ]
    assert await rows(database_url, "SELECT count(*) FROM visitors") == [
        (len({line["user_id"] for line in lines}),)
    ]
    before = await rows(database_url, "SELECT * FROM interactions ORDER BY id")
    # On another day the same file must not come in again, though the partition key would differ.
    await rows(database_url, "UPDATE interactions SET received_on = current_date - 1")
    assert await run(database_url, *arguments) == 0
    assert [part["unchanged"] for part in report(out)["parts"]] == [80, 600]
    assert len(await rows(database_url, "SELECT id FROM interactions")) == len(before)


async def test_reviews_that_cannot_be_used_are_named(database_url: str, tmp_path: Path) -> None:
    meta, _ = generate.write_pair(tmp_path, 8, 1, seed=5)
    good = {
        "user_id": "U",
        "parent_asin": generate.external_id(0),
        "rating": 5.0,
        "timestamp": 1_600_000_000_000,
    }
    bad = [
        good | {"rating": 7}, good | {"rating": None}, good | {"timestamp": "soon"},
        good | {"timestamp": 10**20},
        good | {"user_id": ""}, good | {"parent_asin": "UNKNOWN"},
    ]  # fmt: skip
    file = tmp_path / "reviews.jsonl"
    file.write_text("\n".join(json.dumps(review) for review in [good, *bad, good]))
    out = tmp_path / "report.json"
    assert await run(database_url, meta, "--format", "amazon2023", "--reviews", file, "--json", out) == 0
    part = report(out)["parts"][1]
    assert (part["inserted"], part["unchanged"]) == (1, 1)
    assert sorted((r["line"], r["field"]) for r in part["firstRejections"]) == [
        (2, "rating"), (3, "rating"), (4, "timestamp"), (5, "timestamp"), (6, "user_id"), (7, "parent_asin"),
    ]  # fmt: skip
    assert await rows(database_url, "SELECT count(*) FROM visitors") == [(1,)]


async def test_strict_reviews_undo_the_products_too(database_url: str, tmp_path: Path) -> None:
    meta, _ = generate.write_pair(tmp_path, 8, 1, seed=5)
    file = tmp_path / "reviews.jsonl"
    file.write_text('{"user_id": "U"}\n')
    assert await run(database_url, meta, "--format", "amazon2023", "--reviews", file, "--strict") == 1
    for table in ("products", "stores", "visitors", "interactions"):
        assert await rows(database_url, f"SELECT count(*) FROM {table}") == [(0,)], table


async def test_real_samples_of_amazon_reviews_2023(database_url: str, tmp_path: Path) -> None:
    folder = dataset("amazon_reviews_2023_sample")
    out = tmp_path / "report.json"
    meta = folder / "meta_Amazon_Fashion_500.jsonl.gz"
    for name, n_reviews in (("reviews_reduced_fields.jsonl.gz", 3455), ("reviews_exact_format.jsonl", 2)):
        arguments = (meta, "--format", "amazon2023", "--reviews", folder / name, "--json", out)
        assert await run(database_url, *arguments) == 0
        products, reviews = report(out)["parts"]
        assert products["read"] == 500
        assert reviews["read"] == n_reviews
        assert {row["reason"] for row in reviews["rejectedBy"]} <= {"no such product in the store"}


async def test_real_indian_electronics(database_url: str, tmp_path: Path) -> None:
    file = dataset("amazon_in_catalogue") / "electronics.csv.gz"
    out = tmp_path / "report.json"
    assert await run(database_url, file, "--format", "csv", "--store", "amazon-in", "--json", out) == 0
    [part] = report(out)["parts"]
    reasons = {row["reason"]: row["rows"] for row in part["rejectedBy"]}
    assert part["read"] == 9600
    assert reasons["missing"] >= 470
    assert part["inserted"] + part["rejected"] == 9600
    assert await rows(database_url, "SELECT DISTINCT currency FROM products") == [("INR",)]


async def test_real_icecat_comes_in_whole_and_classified(database_url: str, tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    assert await run(database_url, dataset("icecat_electronics"), "--format", "icecat", "--json", out) == 0
    [part] = report(out)["parts"]
    assert (part["read"], part["inserted"], part["rejected"]) == (19406, 19406, 0)
    [[lost]] = await rows(
        database_url,
        "SELECT count(*) FROM products p JOIN categories c ON c.id = p.category_id "
        "WHERE c.slug = 'other-electronics'",
    )
    assert lost / 19406 < 0.03
