"""The Icecat folder: products.csv.gz, and attributes.jsonl.gz in the same order."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import orjson

from scripts.import_catalog import cleaning, shelving
from scripts.import_catalog.formats.csv_files import instant
from scripts.import_catalog.formats.icecat_attributes import bare_keys, readable
from scripts.import_catalog.lines import Lines
from scripts.import_catalog.records import Given, ImportStopped, Listing, Refused, Rejection

PRODUCTS, ATTRIBUTES = "products.csv.gz", "attributes.jsonl.gz"
NEEDED = ("id", "title", "name", "brand", "short_description", "price_cents")
# Attributes may run ahead of the products by so many lines; the files are written in one order.
MAX_AHEAD = 2_000
# Whole cents of so many digits are a price that anybody could pay; nothing needs to be looked at twice.
MAX_PLAIN_DIGITS = 8
# What the demo shop calls the size of a screen on its own.
_SIZED_BY_SCREEN = {"monitors", "tvs", "signage-displays"}
Row = tuple[list[str], bytes]


class IcecatFolder:
    """Reads both files side by side, holding a bounded stretch of attributes."""

    def __init__(self, folder: Path, *, default_stock: int, keep_images: bool) -> None:
        if not folder.is_dir() or not (folder / PRODUCTS).exists():
            raise ImportStopped(f"{folder} is not an icecat folder: it has no {PRODUCTS}.")
        self._default_stock = default_stock
        self._lines = Lines(folder / PRODUCTS)
        self._attribute_lines = Lines(folder / ATTRIBUTES) if (folder / ATTRIBUTES).exists() else None
        self._ahead: dict[str, bytes] = {}
        try:
            self._header = next(csv.reader(self._lines), [])
        except Refused as error:
            self.close()
            raise ImportStopped(f"{PRODUCTS} has no readable header: {error}.") from error
        missing = [name for name in NEEDED if name not in self._header]
        if missing:
            self.close()
            raise ImportStopped(f"{PRODUCTS} has no column {' and '.join(missing)}.")
        self._places = {name: place for place, name in enumerate(self._header)}
        self.given = Given(listed_at="date_released" in self._places, image=keep_images)

    def close(self) -> None:
        """Let go of both files."""
        self._lines.close()
        if self._attribute_lines is not None:
            self._attribute_lines.close()

    def position_bytes(self) -> int:
        """How far both files have been read."""
        others = self._attribute_lines.position_bytes() if self._attribute_lines else 0
        return self._lines.position_bytes() + others

    def size_bytes(self) -> int:
        """The size of both files."""
        return self._lines.size_bytes + (self._attribute_lines.size_bytes if self._attribute_lines else 0)

    def rows(self) -> Iterator[tuple[int, Row | Rejection]]:
        """Yield products with the raw line of their attributes."""
        reader = csv.reader(self._lines)
        while True:
            line = self._lines.number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (Refused, csv.Error) as error:
                yield line, _rejection(line, error)
                continue
            if len(cells) != len(self._header):
                yield (
                    line,
                    Rejection(line, "row", "another number of columns than the header", str(len(cells))),
                )
            else:
                yield line, (cells, self._attributes_of(cells[self._places["id"]]))

    def _attributes_of(self, external_id: str) -> bytes:
        found = self._ahead.pop(external_id, None)
        while found is None and self._attribute_lines is not None and len(self._ahead) < MAX_AHEAD:
            try:
                raw = self._attribute_lines.next_bytes()
            except StopIteration:
                break
            except Refused:
                continue
            owner = _owner(raw)
            if owner == external_id:
                return raw
            self._ahead[owner] = raw
        return found or b""

    def listing(self, line: int, row: Row) -> Listing:
        """Make a listing; the category is worked out from title and attributes."""
        cells, raw = row
        external_id = cleaning.external_id(self._cell(cells, "id"))
        title = cleaning.title(self._cell(cells, "title"))
        name = cleaning.plain_text(self._cell(cells, "name"), 120)
        stated = _parsed(raw)
        bare = bare_keys(stated)
        attributes, labels = readable(stated)
        kind = cleaning.plain_text(self._cell(cells, "product_type"))
        path = shelving.worked_out(title, name=name, product_type=kind, attributes=bare)
        if path[-1][0] in _SIZED_BY_SCREEN and "screen" in attributes:
            attributes["size"], labels["size"] = attributes.pop("screen"), "Size"
            labels.pop("screen")
        brand = cleaning.plain_text(self._cell(cells, "brand"), 80) or shelving.first_word(title)
        return Listing(
            line=line,
            external_id=external_id,
            title=title,
            brand=brand,
            model=name or shelving.model_of(title, brand),
            category=path,
            description=cleaning.plain_text(self._cell(cells, "short_description")),
            condition="new",
            price_minor=_cents(self._cell(cells, "price_cents")),
            currency="USD",
            stock=self._default_stock,
            attributes=attributes,
            labels=labels,
            image_url=(self._cell(cells, "image_500") or None) if self.given.image else None,
            listed_at=instant(self._cell(cells, "date_released")) if self.given.listed_at else None,
        )

    def _cell(self, cells: list[str], column: str) -> str:
        place = self._places.get(column)
        return "" if place is None else cells[place]


def _cents(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < len(text) <= MAX_PLAIN_DIGITS and text != "0" * len(text):
        return int(text)
    cents = cleaning.decimal(text, "price")
    return cleaning.price_minor(str(cents / 100), "USD")


def _rejection(line: int, error: Refused | csv.Error) -> Rejection:
    if isinstance(error, Refused):
        return Rejection(line, error.field, error.reason, error.detail)
    return Rejection(line, "row", "not valid CSV", str(error))


def _owner(raw: bytes) -> str:
    """Read the id of an attribute line without parsing all of it."""
    start = raw.find(b'"id": "')
    if 0 <= start < 40:
        return raw[start + 7 : raw.find(b'"', start + 7)].decode(errors="replace")
    try:
        return str(orjson.loads(raw)["id"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return ""


def _parsed(raw: bytes) -> Mapping[str, object]:
    """Parse an attribute line; a product is worth selling without attributes too."""
    try:
        attributes = orjson.loads(raw)["attributes"] if raw else {}
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return {}
    return attributes if isinstance(attributes, dict) else {}
