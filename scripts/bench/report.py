"""What a measurement found, as a table for people and as JSON for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import orjson


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; ``gate`` is the promise in words, ``ratio_to_bare`` compares with the bare twin."""

    name: str
    value: float
    unit: str
    gate: str = ""
    ratio_to_bare: float | None = None
    is_met: bool | None = None

    def as_row(self) -> dict[str, object]:
        """Shape for ``reports/bench.json``."""
        row = asdict(self)
        row["ratioToBare"] = row.pop("ratio_to_bare")
        row["isMet"] = row.pop("is_met")
        return row


@dataclass(slots=True)
class Report:
    """Collects figures and prints each as it arrives.

    Under a prefix, a size of its own, without the promises: they are for 50,000 listings.
    """

    figures: list[Figure] = field(default_factory=list)
    prefix: str = ""

    def add(self, figure: Figure) -> None:
        """Keep and print one figure."""
        if self.prefix:
            figure = replace(figure, gate="", is_met=None)
        self.figures.append(figure)
        ratio = f"  x{figure.ratio_to_bare:.2f} of bare" if figure.ratio_to_bare is not None else ""
        verdict = {True: "  met", False: "  MISSED", None: ""}[figure.is_met]
        gate = f"  [{figure.gate}{verdict}]" if figure.gate else ""
        print(
            f"{self.prefix + figure.name:<52} {figure.value:>12,.2f} {figure.unit:<10}{ratio}{gate}",
            flush=True,
        )

    def write(self, path: Path) -> None:
        """Write ``[{"name","value","unit","gate","ratioToBare","isMet"}]``."""
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = [figure.as_row() for figure in self.figures]
        path.write_bytes(orjson.dumps(rows, option=orjson.OPT_INDENT_2))
