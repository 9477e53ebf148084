"""Any CSV with a header: columns are matched to our fields by name, or by ``--map column=field``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scripts.import_catalog import cleaning, shelving
from scripts.import_catalog.lines import MAX_LINE_BYTES, Lines
from scripts.import_catalog.records import Given, ImportStopped, Listing, Refused, Rejection
from server.core.money import EXPONENTS, money

FIELDS = (
    "id", "title", "brand", "model", "category", "price", "list_price", "currency", "condition", "stock",
    "description", "image", "rating", "ratings", "listed_at",
)  # fmt: skip
# What other shops call them. A price column may carry its currency: price_usd.
_ALIASES = {
    "id": ("id", "asin", "sku", "product_id", "external_id", "item_id", "uniq_id"),
    "title": ("title", "name", "product_name", "product_title", "product_display_name"),
    "brand": ("brand", "manufacturer", "maker", "device_brand"),
    "model": ("model", "modelno", "model_number", "mpn"),
    "category": ("category", "category_path", "product_category_tree"),
    "price": ("price", "sale_price", "current_price", "selling_price"),
    "list_price": ("list_price", "retail_price", "mrp", "original_price"),
    "currency": ("currency",),
    "condition": ("condition", "grade", "item_condition"),
    "stock": ("stock", "quantity", "inventory", "number_available_in_stock"),
    "description": ("description", "product_description", "long_description", "short_description"),
    "image": ("image", "image_url", "image_link", "img"),
    "rating": ("rating", "average_rating", "average_review_rating", "stars"),
    "ratings": ("n_ratings", "n_reviews", "rating_count", "number_of_reviews", "reviews_count"),
    "listed_at": ("listed_at", "date_released", "release_date"),
}
_LABELS = {"list_price": "List price", "rating": "Rating", "ratings": "Ratings"}
_PRICED = re.compile(r"(price|list_price)_([a-z]{3})")
DEFAULT_STOCK = 10


@dataclass(frozen=True, slots=True)
class CsvOptions:
    """How to read a CSV."""

    columns: Mapping[str, str]
    currency: str | None = None
    delimiter: str | None = None
    encoding: str = "utf-8"
    default_stock: int = DEFAULT_STOCK
    keep_images: bool = False


class CsvFile:
    """Reads products from a CSV."""

    def __init__(self, path: Path, options: CsvOptions) -> None:
        self._options = options
        self._lines = Lines(path, options.encoding)
        try:
            self._understand_header(options)
        except BaseException:
            self.close()
            raise

    def _understand_header(self, options: CsvOptions) -> None:
        header = self._header()
        self._delimiter = options.delimiter or _likely_delimiter(header)
        self._columns = [
            name.strip().strip("\ufeff") for name in next(csv.reader([header], delimiter=self._delimiter))
        ]
        self._places, self._currency = _match(self._columns, options)
        self._extra = [
            (place, name.removeprefix("attribute_").removeprefix("attribute:").strip())
            for place, name in enumerate(self._columns)
            if name.startswith(("attribute_", "attribute:"))
        ]
        self.given = Given(
            stock="stock" in self._places,
            listed_at="listed_at" in self._places,
            image=options.keep_images and "image" in self._places,
        )

    def _header(self) -> str:
        try:
            return next(self._lines)
        except StopIteration:
            raise ImportStopped("The file has no header line.") from None
        except Refused as error:
            raise ImportStopped(f"The header line cannot be read: {error} {error.detail}".strip()) from error

    def close(self) -> None:
        """Let go of the file."""
        self._lines.close()

    def position_bytes(self) -> int:
        """How far the file has been read."""
        return self._lines.position_bytes()

    def size_bytes(self) -> int:
        """The size of the file on disk."""
        return self._lines.size_bytes

    def rows(self) -> Iterator[tuple[int, list[str] | Rejection]]:
        """Yield the cells of every record; the line is the record's first."""
        csv.field_size_limit(MAX_LINE_BYTES)
        reader = csv.reader(self._lines, delimiter=self._delimiter)
        while True:
            line = self._lines.number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except Refused as error:
                yield (
                    self._lines.number,
                    Rejection(self._lines.number, error.field, error.reason, error.detail),
                )
            except csv.Error as error:
                # An open quote swallows lines up to the limit of a field.
                yield line, Rejection(line, "row", "not valid CSV", str(error))
            else:
                if cells:
                    yield line, cells

    def listing(self, line: int, row: list[str]) -> Listing:
        """Make a listing of the cells."""
        if len(row) != len(self._columns):
            raise Refused(
                "row", "another number of columns than the header", f"{len(row)}, not {len(self._columns)}"
            )
        external_id = cleaning.external_id(self._cell(row, "id"))
        title = cleaning.title(self._cell(row, "title"))
        currency = self._currency_of(row)
        brand = cleaning.plain_text(self._cell(row, "brand"), 80) or shelving.first_word(title)
        stated = self._cell(row, "condition")
        attributes, labels = self._attributes(row, currency)
        return Listing(
            line=line,
            external_id=external_id,
            title=title,
            brand=brand,
            model=cleaning.plain_text(self._cell(row, "model"), 120) or shelving.model_of(title, brand),
            category=self._category(row, title),
            description=cleaning.plain_text(self._cell(row, "description")),
            condition=cleaning.condition(stated) if stated.strip() else cleaning.condition_of_title(title),
            price_minor=cleaning.price_minor(self._cell(row, "price"), currency),
            currency=currency,
            stock=cleaning.stock(self._cell(row, "stock"))
            if self.given.stock
            else self._options.default_stock,
            attributes=attributes,
            labels=labels,
            image_url=_address(self._cell(row, "image")) if self.given.image else None,
            listed_at=instant(self._cell(row, "listed_at")) if self.given.listed_at else None,
        )

    def _cell(self, row: list[str], field: str) -> str:
        place = self._places.get(field)
        return "" if place is None else row[place]

    def _currency_of(self, row: list[str]) -> str:
        currency = self._cell(row, "currency").strip().upper() or self._currency
        if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
            raise Refused("currency", "not a code of three letters", currency[:20])
        return currency

    def _category(self, row: list[str], title: str) -> shelving.Path:
        text = self._cell(row, "category")
        path = shelving.named(text) if text.strip() else ()
        return path or shelving.worked_out(title)

    def _attributes(self, row: list[str], currency: str) -> tuple[dict[str, str], dict[str, str]]:
        found: dict[str, str] = {}
        labels: dict[str, str] = {}
        for place, label in self._extra:
            value = cleaning.plain_text(row[place], 300)
            key = cleaning.slug(label).replace("-", "_")
            if value:
                found[key], labels[key] = value, label.replace("_", " ").capitalize()
        for field, label in _LABELS.items():
            value = self._figure(field, self._cell(row, field), currency)
            if value:
                found[field], labels[field] = value, label
        return found, labels

    def _figure(self, field: str, text: str, currency: str) -> str:
        """Read one of the figures that are nice to have: a bad one is left out, not a reason to refuse."""
        try:
            if field == "list_price":
                return money(cleaning.price_minor(text, currency), currency)["display"]
            amount = cleaning.decimal(text.partition(" out of ")[0], field)
        except Refused:
            return ""
        if field == "rating":
            return f"{cleaning.number(float(amount))} of 5" if 0 < amount <= 5 else ""
        return f"{int(amount):,}" if amount >= 0 else ""


def _likely_delimiter(header: str) -> str:
    return max(",;\t|", key=header.count)


def _match(columns: list[str], options: CsvOptions) -> tuple[dict[str, int], str]:
    """Find the column of every field, and the currency of the prices."""
    simple = {
        re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_"): place
        for place, name in reversed(list(enumerate(columns)))
    }
    currency = options.currency
    places: dict[str, int] = {}
    for column, field in options.columns.items():
        if column not in columns:
            raise ImportStopped(f"There is no column {column!r}; the file has: {', '.join(columns)[:500]}.")
        places[field] = columns.index(column)
    for field, aliases in _ALIASES.items():
        for alias in aliases:
            if field not in places and alias in simple and simple[alias] not in places.values():
                places[field] = simple[alias]
    for name, place in simple.items():
        priced = _PRICED.fullmatch(name)
        if priced and priced[1] not in places:
            places[priced[1]] = place
            currency = currency or priced[2].upper()
    missing = [field for field in ("id", "title", "price") if field not in places]
    if missing:
        raise ImportStopped(
            f"No column for {' and '.join(missing)}; the file has: {', '.join(columns)[:500]}. "
            f"Name them: --map {'COLUMN=' + missing[0]}."
        )
    return places, (currency or "EUR").upper()


def known_currency(code: str) -> bool:
    """Whether a code could be a currency."""
    return code.upper() in EXPONENTS or (len(code) == 3 and code.isascii() and code.isalpha())


def instant(text: str) -> datetime | None:
    """Read a date or an instant; anything else counts as not given."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _address(text: str) -> str | None:
    address = text.strip()
    is_safe = address.startswith(("https://", "http://")) and len(address) <= 500 and address.isascii()
    return address if is_safe and not any(mark in address for mark in " <>\"'") else None
