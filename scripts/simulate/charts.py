"""Small charts as inline SVG: classes instead of colours, so that the page's tokens paint them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

WIDTH = 960
LEFT, RIGHT, TOP, BOTTOM = 52, 132, 30, 34


class Dot(NamedTuple):
    """A measured value at a moment, with its interval."""

    x: float
    y: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Series:
    """One line; ``kind`` is its class."""

    kind: str
    label: str
    dots: Sequence[Dot]


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment worth a line across the chart."""

    x: float
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values to places."""

    least: float
    most: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the place of a value."""
        share = (value - self.least) / (self.most - self.least) if self.most > self.least else 0.0
        return self.start + share * (self.end - self.start)


def share_ticks(most: float) -> list[float]:
    """Return round shares from 0 to at least ``most``.

    >>> share_ticks(0.33)
    [0.0, 0.1, 0.2, 0.3, 0.4]
    """
    step = next(step for step in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25) if most / step <= 5 or step == 0.25)
    return [round(step * number, 2) for number in range(math.ceil(max(most, step) / step - 1e-9) + 1)]


def minute_ticks(duration_s: float) -> list[float]:
    """Return seconds at which the time axis is labelled, about six.

    >>> minute_ticks(180)
    [0, 30, 60, 90, 120, 150, 180]
    """
    steps = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400)
    step = next((step for step in steps if duration_s / step <= 7), steps[-1])
    return [step * number for number in range(int(duration_s // step) + 1)]


def moment(seconds: float) -> str:
    """Write a time of the run.

    >>> moment(95), moment(3 * 3600)
    ('1:35', '3:00:00')
    """
    whole = round(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def line_chart(series: Sequence[Series], marks: Sequence[Mark], duration_s: float, title: str) -> str:
    """Draw shares over the time of the run: bands are 95 % intervals, lines are labelled where they end."""
    height = 340
    most = max((dot.high for line in series for dot in line.dots), default=0.1)
    ticks = share_ticks(most)
    across = Scale(0, max(duration_s, 1e-9), LEFT, WIDTH - RIGHT)
    up = Scale(0, ticks[-1], height - BOTTOM, TOP)
    parts = [_rows(ticks, up, WIDTH - RIGHT), _moments(duration_s, across, height)]
    parts += [_mark(mark, across, height) for mark in marks]
    parts += [_band(line, across, up) for line in series] + [_line(line, across, up) for line in series]
    parts.append(_end_labels(series, across, up))
    parts.append(_hover_columns(series, across, height))
    return _svg(height, title, parts)


def _svg(height: int, title: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )


def _rows(ticks: Sequence[float], up: Scale, end: float) -> str:
    return "".join(
        f'<line class="grid" x1="{LEFT}" x2="{end}" y1="{up(tick):.1f}" y2="{up(tick):.1f}"/>'
        f'<text class="tick end" x="{LEFT - 10}" y="{up(tick) + 4:.1f}">{tick * 100:.0f} %</text>'
        for tick in ticks
    )


def _moments(duration_s: float, across: Scale, height: float) -> str:
    return "".join(
        f'<text class="tick mid" x="{across(tick):.1f}" y="{height - BOTTOM + 22}">{moment(tick)}</text>'
        for tick in minute_ticks(duration_s)
    )


def _mark(mark: Mark, across: Scale, height: float) -> str:
    x = across(mark.x)
    return (
        f'<line class="mark {mark.kind}" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8}" y2="{height - BOTTOM}"/>'
        f'<text class="mark-label {mark.kind}" x="{x + 4:.1f}" y="{TOP - 12}">{escape(mark.label)}</text>'
    )


def _band(line: Series, across: Scale, up: Scale) -> str:
    if not line.dots:
        return ""
    high = [f"{across(dot.x):.1f},{up(dot.high):.1f}" for dot in line.dots]
    low = [f"{across(dot.x):.1f},{up(dot.low):.1f}" for dot in reversed(line.dots)]
    return f'<polygon class="band {line.kind}" points="{" ".join(high + low)}"/>'


def _line(line: Series, across: Scale, up: Scale) -> str:
    points = " ".join(f"{across(dot.x):.1f},{up(dot.y):.1f}" for dot in line.dots)
    return f'<polyline class="line {line.kind}" points="{points}"/>'


def _end_labels(series: Sequence[Series], across: Scale, up: Scale) -> str:
    """Label each line at its end; labels that would overlap move apart."""
    ended = sorted((line for line in series if line.dots), key=lambda line: up(line.dots[-1].y))
    parts, free_from = [], 0.0
    for line in ended:
        y = max(up(line.dots[-1].y) + 4, free_from)
        free_from = y + 17
        x = across(line.dots[-1].x) + 8
        parts.append(f'<text class="label {line.kind}" x="{x:.1f}" y="{y:.1f}">{escape(line.label)}</text>')
    return "".join(parts)


def _hover_columns(series: Sequence[Series], across: Scale, height: float) -> str:
    """Lay a transparent column over each moment that tells its values to whoever points at it."""
    found: dict[float, list[str]] = {}
    for line in series:
        for dot in line.dots:
            told = f"{line.label} {dot.y * 100:.1f} % ({dot.low * 100:.1f} to {dot.high * 100:.1f})"
            found.setdefault(dot.x, [moment(dot.x)]).append(told)
    width = (across.end - across.start) / max(1, len(found))
    return "".join(
        f'<rect class="hover" x="{across(x) - width / 2:.1f}" y="{TOP}" width="{width:.1f}" '
        f'height="{height - TOP - BOTTOM}"><title>{escape(chr(10).join(lines))}</title></rect>'
        for x, lines in found.items()
    )


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """A labelled row of the interval chart."""

    label: str
    note: str
    values: Sequence[tuple[str, str, Dot]]
    """Class, name, and value with interval; ``x`` is not used."""


def interval_chart(rows: Sequence[IntervalRow], title: str) -> str:
    """Draw one row per group: a dot per slate on a common scale, whiskers are 95 % intervals."""
    start, end, row_height = 200, WIDTH - 24, 46
    height = 16 + row_height * len(rows) + BOTTOM - 8
    ticks = share_ticks(max((dot.high for row in rows for _, _, dot in row.values), default=0.1))
    across = Scale(0, ticks[-1], start, end)
    parts = [
        f'<line class="grid" x1="{across(tick):.1f}" x2="{across(tick):.1f}" y1="4" '
        f'y2="{height - BOTTOM + 8}"/><text class="tick mid" x="{across(tick):.1f}" y="{height - 8}">'
        f"{tick * 100:.0f} %</text>"
        for tick in ticks
    ]
    for number, row in enumerate(rows):
        y = 16 + row_height * (number + 0.5) - 6
        parts.append(
            f'<text class="row-label" x="0" y="{y:.1f}">{escape(row.label)}</text>'
            f'<text class="tick" x="0" y="{y + 17:.1f}">{escape(row.note)}</text>'
        )
        parts += [_whisker(kind, name, dot, across, y + 2) for kind, name, dot in reversed(row.values)]
    return _svg(int(height), title, parts)


def _whisker(kind: str, name: str, dot: Dot, across: Scale, y: float) -> str:
    told = f"{name} {dot.y * 100:.1f} % ({dot.low * 100:.1f} to {dot.high * 100:.1f})"
    return (
        f'<g class="whisker {kind}"><title>{escape(told)}</title>'
        f'<line x1="{across(dot.low):.1f}" x2="{across(dot.high):.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<circle cx="{across(dot.y):.1f}" cy="{y:.1f}" r="6"/></g>'
    )


def bar_chart(per_second: Sequence[float], duration_s: float, title: str) -> str:
    """Draw a rate over the time of the run as columns."""
    height = 150
    most = max(per_second, default=0.0)
    step = 10 ** math.floor(math.log10(max(most, 1)))
    top = math.ceil(max(most, 1) / step) * step
    across = Scale(0, max(duration_s, 1e-9), LEFT, WIDTH - RIGHT)
    up = Scale(0, top, height - BOTTOM, 12)
    width = (across.end - across.start) / max(1, len(per_second))
    parts = [
        f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{up(tick):.1f}" y2="{up(tick):.1f}"/>'
        f'<text class="tick end" x="{LEFT - 10}" y="{up(tick) + 4:.1f}">{tick:g}</text>'
        for tick in (0, top / 2, top)
    ]
    parts += [
        f'<rect class="bar" x="{LEFT + width * number + 0.75:.1f}" y="{up(value):.1f}" '
        f'width="{max(width - 1.5, 0.5):.1f}" height="{max(up(0) - up(value), 0):.1f}">'
        f"<title>{value:.0f} a second</title></rect>"
        for number, value in enumerate(per_second)
    ]
    parts.append(_moments(duration_s, across, height))
    return _svg(height, title, parts)


def range_bar(low: float, middle: float, high: float, scale: Scale) -> str:
    """Draw the spread of latencies as a small bar on a common logarithmic scale."""
    places = [scale(math.log10(max(value, 0.1))) for value in (low, middle, high)]
    return (
        f'<svg class="spread" viewBox="0 0 {scale.end:.0f} 12" aria-hidden="true">'
        f'<line x1="{places[0]:.1f}" x2="{places[2]:.1f}" y1="6" y2="6"/>'
        f'<circle cx="{places[0]:.1f}" cy="6" r="4"/>'
        f'<circle class="hollow" cx="{places[1]:.1f}" cy="6" r="3"/>'
        f'<circle class="hollow" cx="{places[2]:.1f}" cy="6" r="3"/></svg>'
    )
