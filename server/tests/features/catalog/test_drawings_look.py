"""Rasterised drawings: neighbours look different, silhouettes cover what is painted, nothing vanishes."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from itertools import combinations

import numpy as np
import pytest

from scripts.seed.shop import Plan, make_catalogue
from server.features.catalog.drawings import FAMILIES, Drawing, draw
from server.tests.features.catalog.svg_paths import flatten
from server.tests.features.catalog.svg_raster import Raster, inside, sample_points

LIGHT_SWATCH, DARK_SWATCH = (226, 232, 240), (60, 71, 94)
CELLS = 32
# Mean difference of a channel over the whole canvas, of 255: copies differ by 0, other finishes by 10 or so.
TELLS_APART = 1.5


@pytest.fixture(scope="module")
def demo_drawings() -> dict[str, list[tuple[str, Drawing]]]:
    catalogue = make_catalogue(Plan(as_of=datetime(2026, 11, 20, 12, tzinfo=UTC)))
    drawings = defaultdict(list)
    for model in catalogue.models:
        drawings[model.category.slug].append((f"{model.maker.name} {model.name}", model.drawing))
    return drawings


@pytest.mark.parametrize("category", FAMILIES)
def test_no_two_models_of_the_demo_shop_look_the_same(
    category: str, demo_drawings: dict[str, list[tuple[str, Drawing]]]
) -> None:
    shown = [(name, Raster(drawing.svg, cells=CELLS).pixels) for name, drawing in demo_drawings[category]]
    alike = [
        (first, second)
        for (first, a), (second, b) in combinations(shown, 2)
        if np.abs(a - b).mean() < TELLS_APART
    ]
    assert alike == []


@pytest.mark.parametrize("category", FAMILIES)
def test_silhouette_is_what_is_painted(category: str) -> None:
    points = sample_points(CELLS)
    for number in range(12):
        drawing = draw(category, f"Maker {number}", f"Model {number}")
        painted = Raster(drawing.svg, cells=CELLS).cover > 0.5
        outlined = inside(flatten(drawing.silhouette), points)
        assert (painted & ~outlined).sum() <= 0.2 * painted.sum(), drawing.form
        assert (outlined & ~painted).sum() <= 0.15 * outlined.sum(), drawing.form


@pytest.mark.parametrize("swatch", [LIGHT_SWATCH, DARK_SWATCH])
@pytest.mark.parametrize("category", FAMILIES)
def test_stands_out_from_the_swatch(category: str, swatch: tuple[int, int, int]) -> None:
    for number in range(12):
        drawing = draw(category, f"Maker {number}", f"Model {number}")
        raster = Raster(drawing.svg, cells=CELLS, ground=swatch)
        painted = raster.cover > 0.5
        contrast = np.abs(raster.pixels[painted] - swatch).mean(axis=1)
        assert np.quantile(contrast, 0.75) > 20, (drawing.form, drawing.finish)


def test_rasteriser_tells_a_disc_from_a_square() -> None:
    """The yardstick itself: areas within a few per cent, holes and clips respected."""

    def painted(body: str) -> float:
        raster = Raster(f'<svg xmlns="http://www.w3.org/2000/svg">{body}</svg>', cells=80)
        return float(raster.cover.mean() * 240 * 240)

    assert painted('<circle cx="120" cy="120" r="60" fill="#000"/>') == pytest.approx(np.pi * 3600, rel=0.03)
    assert painted('<rect x="60" y="60" width="120" height="60" fill="#000"/>') == pytest.approx(
        7200, rel=0.03
    )
    clipped = '<clipPath id="a"><path d="M0 0H120V240H0z"/></clipPath><g clip-path="url(#a)">{}</g>'
    assert painted(clipped.format('<circle cx="120" cy="120" r="60" fill="#000"/>')) == pytest.approx(
        np.pi * 1800, rel=0.03
    )
    stroked = '<path fill="none" stroke="#000" stroke-width="12" d="M60 120H180"/>'
    assert painted(stroked) == pytest.approx(120 * 12 + np.pi * 36, rel=0.05)
