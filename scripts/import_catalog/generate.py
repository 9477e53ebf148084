"""Makes files to try the import with: a CSV of any size, and a product and a review file that join.

The reviews follow a taste per person, so that a model fitted on them has something to learn.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, cast

import numpy as np
import orjson
from tqdm import trange

MAKERS = ("Aldermoor", "Brightfen", "Corvane", "Dunmere", "Eastholt", "Fernley", "Greyling", "Harrowby")
# Noun, category path, typical price, what varies.
KINDS = (
    ("Wireless Headphones", "Electronics > Audio > Headphones", 129.0, ("Black", "White", "Blue")),
    ("Bluetooth Speaker", "Electronics > Audio > Speakers", 79.0, ("10 W", "20 W", "40 W")),
    ("Laptop", "Electronics > Computers > Laptops", 899.0, ("256 GB", "512 GB", "1 TB")),
    ("Mechanical Keyboard", "Electronics > Computers > Keyboards", 99.0, ("Linear", "Tactile", "Clicky")),
    ("Cat6 Patch Cable", "Electronics > Cables > Network cables", 9.0, ("1 m", "3 m", "10 m")),
    ("Action Camera", "Electronics > Photo > Cameras", 249.0, ("4K", "5.3K", "Dual")),
    ("Wi-Fi Router", "Electronics > Networking > Routers", 149.0, ("AX1800", "AX3000", "BE5000")),
    ("Smart Watch", "Electronics > Wearables > Watches", 199.0, ("41 mm", "45 mm", "49 mm")),
)
FIRST_REVIEW_MS = 1_577_836_800_000
SPAN_MS = 3 * 365 * 86_400_000


def external_id(number: int) -> str:
    """Return an id in the style of the original."""
    return f"B0G{number:07d}"


def write_csv(path: Path, n_products: int, seed: int) -> None:
    """Write a catalogue as CSV, gzip when the name ends so."""
    rng = np.random.default_rng([seed, 1])
    with _opened(path) as file:
        writer = csv.writer(file)
        writer.writerow(("id", "title", "brand", "price", "condition", "stock", "description", "rating"))
        for number in trange(n_products, disable=None, desc=path.name):
            noun, _, price, variants = KINDS[number % len(KINDS)]
            maker, variant = MAKERS[int(rng.integers(len(MAKERS)))], variants[int(rng.integers(3))]
            series = f"{maker[0]}{number:06d}"
            cost = max(1.0, price * float(rng.lognormal(0, 0.3)))
            writer.writerow(
                (
                    external_id(number), f"{maker} {series} {noun} {variant}", maker, f"{cost:.2f}",
                    ("new", "excellent", "good", "fair")[int(rng.integers(4))], int(rng.integers(0, 40)),
                    f"The {series} is a {noun.lower()} of {maker}, here as {variant}.",
                    f"{rng.uniform(2.5, 5):.1f}",
                )
            )  # fmt: skip


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return cast("IO[str]", gzip.open(path, "wt", newline="", encoding="utf-8", compresslevel=4))
    return path.open("w", newline="", encoding="utf-8")


def write_pair(folder: Path, n_products: int, n_reviews: int, seed: int) -> tuple[Path, Path]:
    """Write meta and reviews in the full layout; every review names a product of the other file."""
    rng = np.random.default_rng([seed, 2])
    meta, reviews = folder / "meta_Generated.jsonl.gz", folder / "Generated.jsonl.gz"
    with gzip.open(meta, "wb", compresslevel=4) as file:
        for number in range(n_products):
            file.write(orjson.dumps(_record(number, rng)) + b"\n")
    n_people = max(1, n_reviews // 12)
    taste = rng.integers(0, len(KINDS), n_people)
    with gzip.open(reviews, "wb", compresslevel=4) as file:
        for _ in trange(n_reviews, disable=None, desc=reviews.name):
            person = int(rng.integers(n_people))
            file.write(orjson.dumps(_review(person, int(taste[person]), n_products, rng)) + b"\n")
    return meta, reviews


def _record(number: int, rng: np.random.Generator) -> dict[str, object]:
    noun, path, price, variants = KINDS[number % len(KINDS)]
    maker, variant = MAKERS[int(rng.integers(len(MAKERS)))], variants[int(rng.integers(3))]
    return {
        "main_category": "All Electronics",
        "title": f"{maker} {maker[0]}{number:05d} {noun} {variant}",
        "average_rating": round(float(rng.uniform(2.5, 5)), 1),
        "rating_number": int(rng.integers(1, 5000)),
        "features": [f"{variant}", f"A {noun.lower()} of {maker}"],
        "description": [f"Made by {maker}."],
        "price": round(price * float(rng.lognormal(0, 0.3)), 2),
        "images": [],
        "videos": [],
        "store": maker,
        "categories": path.split(" > "),
        "details": {"Brand": maker, "Item model number": f"{maker[0]}{number:05d}", "Variant": variant},
        "parent_asin": external_id(number),
        "bought_together": None,
    }


def _review(person: int, taste: int, n_products: int, rng: np.random.Generator) -> dict[str, object]:
    """Rate something of the favourite kind highly, now and then something else less so."""
    is_favourite = bool(rng.random() < 0.8)
    kind = taste if is_favourite else int(rng.integers(len(KINDS)))
    # A square prefers small numbers: some products are bought by many.
    rank = int((n_products - 1) // len(KINDS) * float(rng.random()) ** 2)
    product = min(rank * len(KINDS) + kind, n_products - 1)
    stars = float(rng.choice([5, 4, 3], p=[0.65, 0.25, 0.1]) if is_favourite else rng.integers(1, 6))
    return {
        "rating": stars,
        "title": "As described" if stars > 3 else "Not for me",
        "text": "It does what it says.<br />Would buy again." if stars > 3 else "Sent back.",
        "images": [],
        "asin": external_id(product),
        "parent_asin": external_id(product),
        "user_id": f"GENERATED{person:08d}",
        "timestamp": FIRST_REVIEW_MS + int(rng.integers(SPAN_MS)),
        "helpful_vote": int(rng.integers(4)),
        "verified_purchase": bool(rng.random() < 0.9),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write all three files into a folder."""
    parser = argparse.ArgumentParser(prog="python -m scripts.import_catalog.generate", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--products", type=int, default=1_000)
    parser.add_argument("--reviews", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    write_csv(options.folder / "products.csv.gz", options.products, options.seed)
    write_pair(options.folder, options.products, options.reviews, options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
