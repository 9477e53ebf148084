"""Flattens SVG path data to polylines, for the small rasteriser of the drawing tests."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Polyline = NDArray[np.float64]

TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
ARGUMENTS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "q": 4, "t": 2, "a": 7, "z": 0}
CURVE_STEPS = np.linspace(0, 1, 13)[1:]


def flatten(d: str) -> list[Polyline]:
    """Turn path data into polylines; closed subpaths repeat their first point."""
    pen = _Pen()
    for command, numbers in _commands(d):
        pen.draw(command, numbers)
    return [np.array(line) for line in pen.lines if len(line) > 1]


def _commands(d: str) -> Iterator[tuple[str, list[float]]]:
    tokens = TOKEN.findall(d)
    at = 0
    command = ""
    while at < len(tokens):
        if tokens[at].isalpha():
            command = tokens[at]
            at += 1
        count = ARGUMENTS[command.lower()]
        yield command, [float(token) for token in tokens[at : at + count]]
        at += count
        if command in "mM":
            command = "l" if command == "m" else "L"


class _Pen:
    def __init__(self) -> None:
        self.lines: list[list[Point]] = []
        self._at: Point = (0.0, 0.0)
        self._control: Point | None = None

    def draw(self, command: str, numbers: list[float]) -> None:
        kind = command.lower()
        x, y = self._at if command.islower() else (0.0, 0.0)
        control = self._control
        self._control = None
        if kind == "m":
            self._at = (numbers[0] + x, numbers[1] + y)
            self.lines.append([self._at])
        elif kind == "z":
            self._go(self.lines[-1][0])
            self.lines.append([self._at])
        elif kind == "h":
            self._go((numbers[0] + x, self._at[1]))
        elif kind == "v":
            self._go((self._at[0], numbers[0] + y))
        elif kind == "a":
            self._arc(numbers, (numbers[5] + x, numbers[6] + y))
        else:
            points = [(numbers[i] + x, numbers[i + 1] + y) for i in range(0, len(numbers), 2)]
            self._curve(kind, points, control)

    def _curve(self, kind: str, points: list[Point], control: Point | None) -> None:
        if kind == "l":
            self._go(points[0])
            return
        if kind == "t":
            before = control or self._at
            points = [(2 * self._at[0] - before[0], 2 * self._at[1] - before[1]), points[0]]
        if kind in "tq":
            self._control = points[0]
        ends = [self._at, *points]
        t = CURVE_STEPS[:, None]
        powers = len(ends) - 1
        along = sum(
            math.comb(powers, i) * (1 - t) ** (powers - i) * t**i * np.array([end])
            for i, end in enumerate(ends)
        )
        for point in np.asarray(along).tolist():
            self._go((point[0], point[1]))

    def _go(self, to: Point) -> None:
        self._at = to
        self.lines[-1].append(to)

    def _arc(self, numbers: list[float], end: Point) -> None:
        """Endpoint to centre form, SVG 1.1 appendix F.6; the drawings never turn an ellipse."""
        rx, ry, _, large, sweep = numbers[:5]
        (x1, y1), (x2, y2) = self._at, end
        if rx == 0 or ry == 0 or (x1, y1) == (x2, y2):
            self._go(end)
            return
        hx, hy = (x1 - x2) / 2, (y1 - y2) / 2
        excess = (hx / rx) ** 2 + (hy / ry) ** 2
        if excess > 1:
            rx, ry = rx * math.sqrt(excess), ry * math.sqrt(excess)
        inside = max((rx * ry) ** 2 - (rx * hy) ** 2 - (ry * hx) ** 2, 0.0)
        factor = math.sqrt(inside / ((rx * hy) ** 2 + (ry * hx) ** 2)) * (-1 if large == sweep else 1)
        cx, cy = factor * rx * hy / ry + (x1 + x2) / 2, -factor * ry * hx / rx + (y1 + y2) / 2
        start = math.atan2((y1 - cy) / ry, (x1 - cx) / rx)
        turn = math.atan2((y2 - cy) / ry, (x2 - cx) / rx) - start
        if sweep and turn < 0:
            turn += 2 * math.pi
        elif not sweep and turn > 0:
            turn -= 2 * math.pi
        for share in CURVE_STEPS[:-1].tolist():
            angle = start + turn * share
            self._go((cx + rx * math.cos(angle), cy + ry * math.sin(angle)))
        self._go(end)
