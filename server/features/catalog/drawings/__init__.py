"""Parametric drawings of devices: pure, deterministic, one SVG file per category, maker and model."""

from server.features.catalog.drawings.engine import (
    CANVAS,
    FAMILIES,
    LOOKALIKES,
    Drawing,
    draw,
    finish_name,
    render_drawing,
    silhouette_path,
)
from server.features.catalog.drawings.sketch import Place
from server.features.catalog.drawings.traits import slugged

__all__ = [
    "CANVAS",
    "FAMILIES",
    "LOOKALIKES",
    "Drawing",
    "Place",
    "draw",
    "finish_name",
    "render_drawing",
    "silhouette_path",
    "slugged",
]
