"""Reads judged queries, and products as the import reads them."""

from __future__ import annotations

import csv
import gzip
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import orjson

from scripts.import_catalog.formats.icecat import ATTRIBUTES, PRODUCTS, IcecatFolder
from scripts.import_catalog.records import Listing, Refused, Rejection

Judgments = dict[str, dict[str, int]]
Stated = dict[str, dict[str, str]]
_MAX_VALUE_CHARACTERS = 200


def read_judgments(path: Path) -> Judgments:
    """Read ratings per query and document; queries without a positive rating are left out.

    Raises
    ------
    ValueError
        A column is missing, or a rating is no whole number.
    """
    judged: Judgments = {}
    open_text = gzip.open if path.suffix == ".gz" else open
    with open_text(path, "rt", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        missing = {"query", "docid", "rating"} - set(rows.fieldnames or ())
        if missing:
            raise ValueError(f"{path.name} has no column {', '.join(sorted(missing))}.")
        for row in rows:
            judged.setdefault(row["query"], {})[row["docid"]] = int(row["rating"])
    return {query: ratings for query, ratings in judged.items() if max(ratings.values()) > 0}


@contextmanager
def catalogue_of(products: Path) -> Iterator[IcecatFolder]:
    """Open a product file, whatever its name, with the attributes that lie beside it."""
    with tempfile.TemporaryDirectory(prefix="jackdaw-evaluation-") as folder:
        (Path(folder) / PRODUCTS).symlink_to(products.resolve())
        if (products.parent / ATTRIBUTES).exists():
            (Path(folder) / ATTRIBUTES).symlink_to((products.parent / ATTRIBUTES).resolve())
        catalogue = IcecatFolder(Path(folder), default_stock=10, keep_images=False)
        with closing(catalogue):
            yield catalogue


def listings(catalogue: IcecatFolder, attributes: Path | None) -> Iterator[Listing]:
    """Yield the listings in their order, described by all that is stated about them.

    The shop shows a choice of attributes; what is judged here is search, so it gets them all.
    """
    stated = read_attributes(attributes) if attributes is not None else {}
    for line, row in catalogue.rows():
        if isinstance(row, Rejection):
            continue
        try:
            listing = catalogue.listing(line, row)
        except Refused:
            continue
        yield replace(listing, attributes=stated.get(listing.external_id, listing.attributes))


def read_attributes(path: Path) -> Stated:
    """Read texts and flags per product; numbers say little without their units."""
    stated: Stated = {}
    with gzip.open(path) as lines:
        for line in lines:
            entry = orjson.loads(line)
            stated[entry["id"]] = {
                key.split("_", 2)[-1]: "Yes" if value is True else str(value)
                for key, value in entry["attributes"].items()
                if value is True or (isinstance(value, str) and len(value) < _MAX_VALUE_CHARACTERS)
            }
    return stated
