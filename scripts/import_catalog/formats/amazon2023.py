"""Amazon Reviews 2023: product records and reviews, an object per line each, joined by parent_asin."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scripts.import_catalog import cleaning, shelving
from scripts.import_catalog.formats.csv_files import instant
from scripts.import_catalog.formats.json_lines import JsonLines, parsed
from scripts.import_catalog.records import Given, Listing, Refused, Rejection, Review

MAX_DETAILS = 24
# A sane range for "when": before the first web shop, or later than any clock may be wrong.
_EARLIEST_S = 788_918_400.0
_LATEST_S = 4_102_444_800.0


class MetaFile:
    """Reads product records."""

    def __init__(
        self, path: Path, *, encoding: str, currency: str, default_stock: int, keep_images: bool
    ) -> None:
        self._file = JsonLines(path, encoding)
        self._currency = currency
        self._default_stock = default_stock
        self.given = Given(image=keep_images)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def position_bytes(self) -> int:
        """How far the file has been read."""
        return self._file.position_bytes()

    def size_bytes(self) -> int:
        """The size of the file on disk."""
        return self._file.size_bytes()

    def rows(self) -> Iterator[tuple[int, bytes | Rejection]]:
        """Yield the records unparsed."""
        return self._file.rows()

    def listing(self, line: int, row: bytes) -> Listing:
        """Make a listing of a record."""
        record = parsed(row)
        external_id = cleaning.external_id(_text(record, "parent_asin") or _text(record, "asin"))
        title = cleaning.title(_text(record, "title"))
        details = record.get("details")
        details = details if isinstance(details, dict) else {}
        brand = _brand(record, details, title)
        attributes, labels = _attributes(record, details)
        return Listing(
            line=line,
            external_id=external_id,
            title=title,
            brand=brand,
            model=_model(details) or shelving.model_of(title, brand),
            category=_category(record, title),
            description=_description(record),
            condition=cleaning.condition_of_title(title),
            price_minor=cleaning.price_minor(_price(record.get("price")), self._currency),
            currency=self._currency,
            stock=self._default_stock,
            attributes=attributes,
            labels=labels,
            image_url=_image(record) if self.given.image else None,
        )


def _text(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""


def _price(value: object) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else "?"


def _brand(record: dict[str, Any], details: dict[str, Any], title: str) -> str:
    """Return the stated brand; ``store`` may be a reseller, so a brand that is stated comes first."""
    for key in ("Brand", "Brand Name", "Manufacturer"):
        stated = cleaning.plain_text(str(details.get(key) or ""), 80)
        if stated:
            return stated
    store = cleaning.plain_text(_text(record, "store"), 80)
    return store or shelving.first_word(title)


def _model(details: dict[str, Any]) -> str:
    for key in ("Item model number", "Model Number", "Model Name"):
        stated = cleaning.plain_text(str(details.get(key) or ""), 120)
        if stated:
            return stated
    return ""


def _category(record: dict[str, Any], title: str) -> shelving.Path:
    """Return the stated path, else the shelf that the title tells, else the main category."""
    stated = record.get("categories")
    if isinstance(stated, list):
        names = [name for name in stated if isinstance(name, str) and name.strip()]
        if names:
            return shelving.named(" > ".join(names))
    main = _text(record, "main_category")
    shelf = shelving.worked_out(title)
    if shelf == shelving.worked_out("") and main:
        return shelving.named(main.title() if main.isupper() else main)
    return shelf


def _description(record: dict[str, Any]) -> str:
    lists = (record.get("description"), record.get("features"))
    parts = [text for texts in lists if isinstance(texts, list) for text in texts if isinstance(text, str)]
    return cleaning.plain_text(" ".join(parts))


def _attributes(record: dict[str, Any], details: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    found: dict[str, str] = {}
    labels: dict[str, str] = {}
    for label, value in list(details.items())[:MAX_DETAILS]:
        key = cleaning.slug(label).replace("-", "_")[:60]
        text = cleaning.plain_text(str(value), 160) if isinstance(value, str | int | float) else ""
        if text and label != "Best Sellers Rank":
            found[key], labels[key] = text, cleaning.plain_text(label, 60)
    stars, ratings = record.get("average_rating"), record.get("rating_number")
    if isinstance(stars, int | float) and 0 < stars <= 5:
        found["rating"], labels["rating"] = f"{cleaning.number(float(stars))} of 5", "Rating"
    if isinstance(ratings, int) and ratings >= 0:
        found["ratings"], labels["ratings"] = f"{ratings:,}", "Ratings"
    return found, labels


def _image(record: dict[str, Any]) -> str | None:
    images = record.get("images")
    if not isinstance(images, list) or not images or not isinstance(images[0], dict):
        return None
    address = images[0].get("large")
    return (
        address
        if isinstance(address, str) and address.startswith("https://") and len(address) <= 500
        else None
    )


class ReviewFile:
    """Reads reviews, of the full layout as well as of the reduced one without ``asin`` and votes."""

    def __init__(self, path: Path, *, encoding: str) -> None:
        self._file = JsonLines(path, encoding)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def position_bytes(self) -> int:
        """How far the file has been read."""
        return self._file.position_bytes()

    def size_bytes(self) -> int:
        """The size of the file on disk."""
        return self._file.size_bytes()

    def rows(self) -> Iterator[tuple[int, bytes | Rejection]]:
        """Yield the reviews unparsed."""
        return self._file.rows()

    def review(self, line: int, row: bytes) -> Review:
        """Read who rated what, how well and when.

        Raises
        ------
        Refused
            One of them is missing or impossible.
        """
        record = parsed(row)
        person = _text(record, "user_id").strip()
        if not person:
            raise Refused("user_id", "missing")
        external_id = cleaning.plain_text(_text(record, "parent_asin") or _text(record, "asin"))
        if not external_id:
            raise Refused("parent_asin", "missing")
        return Review(
            line,
            person[:200],
            external_id[:200],
            _stars(record.get("rating")),
            _when(record.get("timestamp")),
        )


def _stars(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise Refused("rating", "missing" if value is None else "not a number")
    if not 1 <= value <= 5:
        raise Refused("rating", "not from 1 to 5", str(value))
    return float(value)


def _when(value: object) -> datetime:
    """Read milliseconds (2023), seconds (older files) or an ISO instant."""
    if isinstance(value, str) and (found := instant(value)) is not None:
        return found
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise Refused("timestamp", "missing" if value is None else "not a time")
    seconds = value / 1000 if value > 1e11 else float(value)
    if not _EARLIEST_S <= seconds <= _LATEST_S:
        raise Refused("timestamp", "not between 1995 and 2100", str(value)[:40])
    return datetime.fromtimestamp(seconds, UTC)
