"""The rules that find a product's place in the tree: its tables, typical titles, a checked sample."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest

from scripts.import_catalog import shelving
from scripts.import_catalog.formats.icecat_attributes import bare_keys
from scripts.import_catalog.taxonomy.classify import NOUNS, classify
from scripts.import_catalog.taxonomy.compounds import COMPOUNDS
from scripts.import_catalog.taxonomy.signatures import SIGNATURES
from scripts.import_catalog.taxonomy.tree import CATEGORIES
from scripts.seed.categories import CATEGORIES as DEMO_CATEGORIES
from server.features.catalog.drawings import LOOKALIKES
from server.tests.scripts.test_import_catalog_formats import dataset

# 150 random products of icecat_electronics (random.seed(2026) over its order), looked at by hand.
CHECKED = Path(__file__).with_name("icecat_checked_shelves.json")


def test_every_rule_points_into_the_tree() -> None:
    named = {noun.shelf for noun in NOUNS.values()} | {signature.shelf for signature in SIGNATURES}
    named |= {shelf for rules in COMPOUNDS.values() for _, shelf in rules if shelf}
    assert named <= {slug for slug, category in CATEGORIES.items() if category.parent is not None}
    assert {category.parent for category in CATEGORIES.values()} - {None} <= CATEGORIES.keys()


def test_what_is_drawn_like_something_else_is_a_shelf_of_the_tree() -> None:
    assert set(LOOKALIKES) <= set(CATEGORIES)


def test_categories_of_the_demo_shop_keep_their_slugs() -> None:
    shared = {category.slug: category.name for category in DEMO_CATEGORIES}
    assert {slug: CATEGORIES[slug].name for slug in shared} == shared


@pytest.mark.parametrize(
    ("title", "shelf"),
    [
        ("HP ProBook 4320s Notebook PC", "laptops"),
        ('Targus Classic 15.6" Laptop Case', "laptop-bags"),
        ("Tripp Lite Cat6 Gigabit Snagless Patch Cable (RJ45 M/M) - Black, 3 m", "network-cables"),
        ("StarTech.com Duplex Multimode 50/125 Fiber Patch Cable LC/SC", "fibre-optic-cables"),
        ("StarTech.com 2 Port USB KVM Switch with Audio and Cables", "kvm-switches"),
        ("C2G USB 2.0 A to B Cable for printers", "usb-cables"),
        ("Canon LP-E6 battery charger for EOS cameras", "battery-chargers"),
        (
            "Xerox Black toner cartridge. Equivalent to HP Q5942X. Compatible with LaserJet 4250",
            "toner-cartridges",
        ),
        ("boAt Airdopes 181 in-Ear True Wireless Earbuds with ENx Tech", "earbuds"),
        ("Redmi 10 Power (Power Black, 8GB RAM, 128GB Storage)", "phones"),
        ("Amozo Back Case Cover for iPhone 12", "phone-cases"),
        ("Noise Smart Watch with Bluetooth Calling", "watches"),
        ("19MM Vintage Watch Belt Compatible for BOAT STORM", "watch-accessories"),
        ("Philips Noise Cancelling Headphones SHN5500/00", "headphones"),
        ("AmazonBasics 6-Feet DisplayPort Cable - (Not HDMI Cable)", "video-cables"),
        ("Newstar projector ceiling mount", "projector-mounts"),
    ],
)
def test_the_head_noun_decides(title: str, shelf: str) -> None:
    assert classify(title) == shelf


def test_says_nothing_rather_than_guess() -> None:
    assert classify("Vogel's EFA 6875") is None
    assert shelving.worked_out("Vogel's EFA 6875") == (("other-electronics", "Other electronics"),)
    assert classify("") is None


def test_attributes_speak_for_titles_that_do_not() -> None:
    assert (
        classify("OKI Type 9", attributes={"type": "Original", "black_toner_page_yield": 5.0})
        == "toner-cartridges"
    )
    assert classify("Sylvanian Families Baby Crib", attributes={"recommended_age__min_": 3.0}) == "toys"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Headphones", ("audio", "headphones")),
        ("Electronics > Audio > Headphones", ("electronics", "audio", "headphones")),
        (
            "Toys > Parts > Small > Red > Round",
            ("toys", "toys-parts", "toys-parts-small", "toys-parts-small-red"),
        ),
        ("<b>Home</b> > > Home", ("home",)),
    ],
)
def test_stated_paths_are_kept(text: str, path: tuple[str, ...]) -> None:
    assert tuple(slug for slug, _ in shelving.named(text)) == path


def test_real_sample_agrees_with_the_hand() -> None:
    folder = dataset("icecat_electronics")
    checked: dict[str, str] = json.loads(CHECKED.read_text())
    with gzip.open(folder / "products.csv.gz", "rt", encoding="utf-8", newline="") as file:
        products = {row["id"]: row for row in csv.DictReader(file) if row["id"] in checked}
    with gzip.open(folder / "attributes.jsonl.gz", "rb") as lines:
        stated = {
            entry["id"]: entry["attributes"] for entry in map(json.loads, lines) if entry["id"] in checked
        }
    found = {
        key: classify(
            row["title"],
            name=row["name"],
            product_type=row["product_type"],
            attributes=bare_keys(stated[key]),
        )
        for key, row in products.items()
    }
    placed = {key: shelf for key, shelf in found.items() if shelf is not None}
    right = sum(shelf == checked[key] for key, shelf in placed.items())
    assert len(placed) / len(checked) >= 0.95
    assert right / len(placed) >= 0.95
