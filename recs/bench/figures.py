"""One measured figure, and processes of their own to measure in."""

import resource
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, Final, TypeVar

T = TypeVar("T")

_RSS_UNITS_PER_MB: Final = 2**20 if sys.platform == "darwin" else 2**10


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; the gate is a limit from above, or None for the reader only."""

    name: str
    value: float
    unit: str
    gate: float | None = None

    def row(self) -> dict[str, Any]:
        """Return the row of the report."""
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "gate": self.gate,
            "ratioToBare": None,
        }


def alone(measure: Callable[..., T], *arguments: Any) -> T:
    """Run in a process of its own, so that peak memory and warm allocations are those of one stage.

    Parameters
    ----------
    measure : callable
        Importable by name.
    *arguments
        Picklable.

    Returns
    -------
    object
        What `measure` returned.
    """
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, *arguments).result()


def peak_rss_mb() -> float:
    """Return the largest resident size of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _RSS_UNITS_PER_MB
