"""The table at the end of an import, and its JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from scripts.import_catalog.records import Rejection, Tally

SHOWN = 20
KEPT = 200


@dataclass(slots=True)
class Part:
    """One file of the import."""

    name: str
    tally: Tally = field(default_factory=Tally)
    first_rejections: list[Rejection] = field(default_factory=list)
    seconds: float = 0.0
    resumed_at: int = 0

    def reject(self, rejection: Rejection) -> None:
        """Count a refused row; the first ones are kept in full, so that memory stays flat."""
        self.tally.refusals[rejection.field, rejection.reason] += 1
        if len(self.first_rejections) < KEPT:
            self.first_rejections.append(rejection)

    def forget_rejected_after(self, tally: Tally) -> None:
        """Go back to counts that were committed."""
        self.tally = tally

    @property
    def rate(self) -> float:
        """Rows per second of this run."""
        return (self.tally.read - self.resumed_at) / self.seconds if self.seconds else 0.0

    def lines(self) -> list[str]:
        """Write the part as a table."""
        tally = self.tally
        rows: list[tuple[str, int]] = [
            ("rows read", tally.read),
            ("inserted", tally.inserted),
            ("updated", tally.updated),
            ("unchanged", tally.unchanged),
            ("rejected", tally.rejected),
        ]
        rows += [(f"  {name}: {reason}", count) for (name, reason), count in tally.refusals.most_common()]
        width = max(len(label) for label, _ in rows)
        table = [self.name, *(f"  {label:<{width}}  {count:>11,}" for label, count in rows)]
        note = "" if tally.inserted or tally.updated else "; nothing changed"
        return [*table, f"  {self.seconds:.1f} s, {self.rate:,.0f} rows/s{note}"]

    def to_json(self) -> dict[str, Any]:
        """Return the part as plain values."""
        return {
            "name": self.name,
            **self.tally.to_json(),
            "seconds": round(self.seconds, 3),
            "rowsPerSecond": round(self.rate, 1),
            "firstRejections": [
                {"line": r.line, "field": r.field, "reason": r.reason, "detail": r.detail}
                for r in self.first_rejections
            ],
        }


def rejection_lines(part: Part) -> list[str]:
    """Write the first refused rows, and how many more there are."""
    shown = [f"{part.name}: {rejection}" for rejection in part.first_rejections[:SHOWN]]
    hidden = part.tally.rejected - len(shown)
    return [*shown, f"{part.name}: and {hidden:,} more rejected rows"] if hidden > 0 and shown else shown


def write_json(path: Path, store: str, parts: list[Part], stopped: str | None) -> None:
    """Write the report where a program can read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"store": store, "stopped": stopped, "parts": [part.to_json() for part in parts]}
    path.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2))
