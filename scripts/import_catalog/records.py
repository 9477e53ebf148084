"""What passes between reading and writing: listings, reviews, and the reasons why a row was refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


class ImportStopped(Exception):
    """The import cannot go on; the message is for the person who started it."""


class Refused(Exception):
    """One row cannot be used: which field, and why."""

    def __init__(self, field: str, reason: str, detail: str = "") -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Rejection:
    """A refused row, as it is reported."""

    line: int
    field: str
    reason: str
    detail: str = ""

    def __str__(self) -> str:
        shown = f" ({self.detail})" if self.detail else ""
        return f"line {self.line}: {self.field}: {self.reason}{shown}"


@dataclass(frozen=True, slots=True)
class Listing:
    """A product of the file, clean and ready to be written.

    ``category`` is the path of slug and name from the department down. ``stock``, ``listed_at`` and
    ``image_url`` matter only where the file gives them; see `Given`.
    """

    line: int
    external_id: str
    title: str
    brand: str
    model: str
    category: tuple[tuple[str, str], ...]
    description: str
    condition: str
    price_minor: int
    currency: str
    stock: int
    attributes: dict[str, str]
    labels: dict[str, str]
    image_url: str | None = None
    listed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What the file states. The rest is the shop's own: a later run leaves it alone."""

    stock: bool = False
    listed_at: bool = False
    image: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """A rating by a person of another shop."""

    line: int
    person: str
    external_id: str
    stars: float
    written_at: datetime


@dataclass(slots=True)
class Tally:
    """Counts of a run so far; it travels with the position, so that a resumed run reports the whole file."""

    read: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    refusals: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def rejected(self) -> int:
        """How many rows were refused."""
        return sum(self.refusals.values())

    def to_json(self) -> dict[str, Any]:
        """Return plain values, e.g. for the report."""
        return {
            "read": self.read,
            "inserted": self.inserted,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "rejectedBy": [
                {"field": name, "reason": reason, "rows": rows}
                for (name, reason), rows in self.refusals.most_common()
            ],
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Tally:
        """Read back what `to_json` made."""
        refusals = Counter({(row["field"], row["reason"]): row["rows"] for row in values["rejectedBy"]})
        counts = {key: values[key] for key in ("read", "inserted", "updated", "unchanged")}
        return cls(**counts, refusals=refusals)


Row = Any


class CatalogueFile(Protocol):
    """A layout that products come in."""

    given: Given

    def rows(self) -> Iterator[tuple[int, Row | Rejection]]:
        """Yield every record with its line number, unparsed if possible: a resumed run skips over them."""
        ...

    def listing(self, line: int, row: Row) -> Listing:
        """Make a listing of a record.

        Raises
        ------
        Refused
            The record cannot be sold.
        """
        ...

    def close(self) -> None:
        """Let go of what is open."""
        ...

    def position_bytes(self) -> int:
        """How far the file has been read, on disk."""
        ...

    def size_bytes(self) -> int:
        """The size of the file on disk."""
        ...
