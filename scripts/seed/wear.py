"""Marks that a used device carries, in keeping with its grade and on the drawing's own surfaces."""

from __future__ import annotations

from typing import TypedDict

import numpy as np

from scripts.seed.models import Model
from server.features.catalog.drawings import CANVAS

GRADES = ("new", "excellent", "good", "fair")


class WearMark(TypedDict):
    """One mark; ``x`` and ``y`` are shares of the front view's width and height."""

    kind: str
    place: str
    detail: str
    x: float
    y: float


# Kind, smallest and largest size in millimetres; the first kinds are the mild ones.
SURFACES: dict[str, tuple[tuple[str, float, float], ...]] = {
    "glass": (("hairline", 3, 12), ("scratch", 5, 25), ("chip", 0.5, 2)),
    "soft": (("shine", 5, 15), ("wear", 8, 30), ("tear", 3, 9)),
    "metal": (("hairline", 3, 15), ("scuff", 4, 18), ("dent", 1, 4)),
}
GLASS_WORDS = ("screen", "glass", "panel", "page", "display", "window", "dome", "block")
SOFT_WORDS = (
    "key",
    "pad",
    "strap",
    "grip",
    "rest",
    "foam",
    "fabric",
    "covering",
    "cups",
    "headband",
    "cone",
    "bumper",
)
# Mean number of marks above the least, the least, and how far up the list of kinds a grade may reach.
SEVERITY = {"excellent": (0.5, 0, 1), "good": (0.8, 1, 2), "fair": (1.3, 2, 3)}


def make_wear(model: Model, grade: str, rng: np.random.Generator) -> list[WearMark]:
    """Draw the marks of one listing: none when new, faint when excellent, up to dents when fair."""
    if grade == "new":
        return []
    mean, least, reach = SEVERITY[grade]
    n_marks = min(least + int(rng.poisson(mean)), 5)
    return [_mark(model, reach, rng) for _ in range(n_marks)]


def _surface(place: str) -> str:
    if any(word in place for word in GLASS_WORDS):
        return "glass"
    return "soft" if any(word in place for word in SOFT_WORDS) else "metal"


def _mark(model: Model, reach: int, rng: np.random.Generator) -> WearMark:
    places = model.drawing.places
    place, box = places[int(rng.integers(len(places)))]
    kinds = SURFACES[_surface(place)][:reach]
    kind, smallest, largest = kinds[int(rng.integers(len(kinds)))]
    grows_to = smallest + (largest - smallest) * (0.35 + 0.65 * (reach - 1) / 2)
    size_mm = float(rng.uniform(smallest, grows_to))
    shown = f"{size_mm:.1f}" if size_mm < 3 else f"{size_mm:.0f}"
    return {
        "kind": kind,
        "place": place,
        "detail": f"{kind.capitalize()} on the {place}, {shown} mm",
        "x": round(float(box.x + box.w * rng.uniform(0.15, 0.85)) / CANVAS, 3),
        "y": round(float(box.y + box.h * rng.uniform(0.15, 0.85)) / CANVAS, 3),
    }
