"""A small rasteriser for the subset of SVG that the drawings use: fills, strokes, groups that turn, clip."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import numpy as np
from numpy.typing import NDArray

from server.features.catalog.drawings.geometry import Box, ring, rounded
from server.tests.features.catalog.svg_paths import Polyline, flatten

SVG = "{http://www.w3.org/2000/svg}"
Mask = NDArray[np.bool_]
Matrix = NDArray[np.float64]


def sample_points(cells: int) -> NDArray[np.float64]:
    """Centres of a grid over the canvas, row by row."""
    middles = (np.arange(cells) + 0.5) * 240 / cells
    x, y = np.meshgrid(middles, middles)
    return np.column_stack([x.ravel(), y.ravel()])


def inside(lines: list[Polyline], points: NDArray[np.float64]) -> Mask:
    """Whether each point is in the shape, by the non-zero rule."""
    winding = np.zeros(len(points), dtype=np.int64)
    px, py = points[:, 0][:, None], points[:, 1][:, None]
    for line in lines:
        closed = np.vstack([line, line[:1]])
        (x1, y1), (x2, y2) = closed[:-1].T, closed[1:].T
        left = (x2 - x1) * (py - y1) - (px - x1) * (y2 - y1)
        winding += ((y1 <= py) & (y2 > py) & (left > 0)).sum(axis=1)
        winding -= ((y1 > py) & (y2 <= py) & (left < 0)).sum(axis=1)
    filled: Mask = winding != 0
    return filled


def near(lines: list[Polyline], points: NDArray[np.float64], reach: float) -> Mask:
    """Whether each point is within reach of a line."""
    close = np.zeros(len(points), dtype=bool)
    for line in lines:
        start, step = line[:-1], np.diff(line, axis=0)
        length = np.maximum((step**2).sum(axis=1), 1e-9)
        offset = points[:, None, :] - start[None]
        along = np.clip((offset * step).sum(axis=2) / length, 0, 1)
        gap = offset - along[:, :, None] * step[None]
        close |= ((gap**2).sum(axis=2) <= reach**2).any(axis=1)
    return close


class Raster:
    """Paints one drawing; ``pixels`` is RGB in 0..255 over the ground, ``cover`` the opacity so far."""

    def __init__(self, svg: str, *, cells: int = 40, ground: tuple[int, int, int] = (226, 232, 240)) -> None:
        self._points = sample_points(cells)
        self.pixels = np.tile(np.array(ground, dtype=np.float64), (cells * cells, 1))
        self.cover = np.zeros(cells * cells)
        self._clips: dict[str, Mask] = {}
        everywhere = np.ones(cells * cells, dtype=bool)
        self._paint_children(ET.fromstring(svg), np.eye(3), everywhere)  # noqa: S314 - our own file

    def _paint_children(self, parent: ET.Element, matrix: Matrix, clip: Mask) -> None:
        for element in parent:
            if element.tag == f"{SVG}g":
                name = re.sub(r"url\(#(.*)\)", r"\1", element.get("clip-path", ""))
                inner = clip & self._clips[name] if name else clip
                self._paint_children(element, matrix @ _transform(element.get("transform", "")), inner)
            elif element.tag == f"{SVG}clipPath":
                path = element.find(f"{SVG}path")
                assert path is not None
                self._clips[element.get("id", "")] = self._mask(_outline(path), matrix, None)
            else:
                self._paint(element, matrix, clip)

    def _paint(self, element: ET.Element, matrix: Matrix, clip: Mask) -> None:
        stroke = element.get("stroke")
        width = float(element.get("stroke-width", "0")) * abs(matrix[0, 0] ** 2 + matrix[1, 0] ** 2) ** 0.5
        mask = self._mask(_outline(element), matrix, width / 2 if stroke else None) & clip
        opacity = float(element.get("opacity", "1"))
        self.pixels[mask] += (
            np.array(_rgb(stroke or element.get("fill") or "#000")) - self.pixels[mask]
        ) * opacity
        self.cover[mask] += (1 - self.cover[mask]) * opacity

    def _mask(self, lines: list[Polyline], matrix: Matrix, reach: float | None) -> Mask:
        moved = [line @ matrix[:2, :2].T + matrix[:2, 2] for line in lines]
        mask = np.zeros(len(self._points), dtype=bool)
        if not moved:
            return mask
        every = np.vstack(moved)
        margin = reach or 0.0
        boxed = (
            (self._points >= every.min(axis=0) - margin) & (self._points <= every.max(axis=0) + margin)
        ).all(axis=1)
        chosen = self._points[boxed]
        mask[boxed] = inside(moved, chosen) if reach is None else near(moved, chosen, reach)
        return mask


def _transform(text: str) -> Matrix:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", text)]
    if text.startswith("rotate"):
        degrees, cx, cy = numbers
        cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
        return np.array(
            [[cos, -sin, cx - cos * cx + sin * cy], [sin, cos, cy - sin * cx - cos * cy], [0, 0, 1]]
        )
    if text.startswith("matrix"):
        a, b, c, d, e, f = numbers
        return np.array([[a, c, e], [b, d, f], [0, 0, 1]])
    assert not text, text
    return np.eye(3)


def _outline(element: ET.Element) -> list[Polyline]:
    def number(name: str) -> float:
        return float(element.get(name, "0"))

    if element.tag == f"{SVG}rect":
        return flatten(
            rounded(Box(number("x"), number("y"), number("width"), number("height")), number("rx"))
        )
    if element.tag == f"{SVG}circle":
        return flatten(ring(number("cx"), number("cy"), number("r")))
    assert element.tag == f"{SVG}path", element.tag
    return flatten(element.get("d", ""))


def _rgb(colour: str) -> list[int]:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return [int(digits[at : at + 2], 16) for at in (0, 2, 4)]
