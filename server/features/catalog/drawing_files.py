"""Product drawings as files: rendered once per model, then kept."""

from __future__ import annotations

import re
from functools import lru_cache

from server.core.problems import NotFound
from server.features.catalog.drawings import render_drawing

# Room for the longest slug that the import makes of a category; models are cut to it.
MAX_SLUG_CHARACTERS = 120
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*|-", re.ASCII)


def drawing_file(category: str, brand: str, model: str) -> bytes:
    """Return the SVG of a model.

    Raises
    ------
    NotFound
        A part is not a slug.
    """
    if not all(
        len(part) <= MAX_SLUG_CHARACTERS and SLUG.fullmatch(part) for part in (category, brand, model)
    ):
        raise NotFound("There is no such drawing.")
    return _render(category, brand, model)


@lru_cache(maxsize=2_048)
def _render(category: str, brand: str, model: str) -> bytes:
    return render_drawing(category, brand, model).encode()
