"""The same figures at several sizes of the catalogue, as a table and as a page of small curves."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

from scripts.bench.measures.listing import LIST_NAME, measure_list_of_24
from scripts.bench.measures.personal import HOME_NAME, SESSION_NAME, measure_speed
from scripts.bench.measures.search import P50_NAME, measure_search
from scripts.bench.measures.start import measure_memory
from scripts.bench.pour import pour
from scripts.bench.report import Figure, Report
from scripts.bench.stage import Server, await_index, await_model, seeded_database, shop

SIZES = (10_000, 50_000, 100_000, 1_000_000)
# What the other promises are for.
USUAL = 50_000
MAX_P50_MS = 60
INTERACTIONS = 500_000
# What the largest catalogue keeps of the speed of the usual one; a list is promised to cost the same, and two
# measurements of the same differ by less than a tenth.
LEAST_SHARES = {LIST_NAME: 0.9, HOME_NAME: 0.8, SESSION_NAME: 0.8}
FIT_TIMEOUT_S = 900.0
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 360, 200, 64, 24, 16, 34
STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
ul { display: grid; gap: 2rem; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); list-style: none;
     padding: 0; }
h2 { font-size: 1rem; margin: 0 0 0.25rem; }
svg { display: block; width: 100%; }
polyline { fill: none; stroke: currentColor; stroke-width: 2; }
line { opacity: 0.25; stroke: currentColor; }
circle, text { fill: currentColor; }
text { font-size: 12px; }
"""

Curve = list[tuple[int, Figure]]


def measure_curves(report: Report, sizes: Sequence[int], seconds: float, page: Path) -> None:
    """Seed a shop of each size, measure it alone, and draw what came out."""
    curves: dict[str, Curve] = {}
    for size in sizes:
        found = Report(prefix=f"{size:>9,}: ")
        with seeded_database(size, 0) as url:
            asyncio.run(pour(url, INTERACTIONS))
            with shop(url, JACKDAW_REFIT_INTERVAL_S="86400") as server:
                _measure(found, server, url, seconds)
        for figure in found.figures:
            curves.setdefault(figure.name, []).append((size, figure))
            report.figures.append(at_size(figure, size))
    _compare(report, curves)
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(draw(curves), encoding="utf-8")
    print(f"The curves are in {page}.")


def _measure(found: Report, server: Server, url: str, seconds: float) -> None:
    # Work that follows a start or an import once is not what a list costs.
    await_model(server, timeout_s=FIT_TIMEOUT_S)
    await_index(url)
    measure_list_of_24(found, server, seconds)
    measure_search(found, server, url, seconds)
    measure_speed(found, server, seconds)
    measure_memory(found, server)


def _compare(report: Report, curves: dict[str, Curve]) -> None:
    """Hold the largest catalogue against the usual one: what is chosen from must not count."""
    for name, least in LEAST_SHARES.items():
        at = {size: figure.value for size, figure in curves[name]}
        largest = max(at)
        if USUAL in at and largest > USUAL:
            share = at[largest] / at[USUAL]
            label = f"{name}, {largest:,} listings of {USUAL:,}"
            report.add(Figure(label, share, "x", f">= {least}", None, share >= least))


def at_size(figure: Figure, size: int) -> Figure:
    """Name the size; the promises are for 50,000 listings, but for one that names a million."""
    is_promised = figure.name == P50_NAME and size >= 1_000_000
    return replace(
        figure,
        name=f"{size:,} listings: {figure.name}",
        gate=f"<= {MAX_P50_MS} ms" if is_promised else "",
        is_met=figure.value <= MAX_P50_MS if is_promised else None,
    )


def draw(curves: dict[str, Curve]) -> str:
    """Return a page that needs nothing else, with one curve per figure over the logarithm of the size."""
    parts = [f"<li><h2>{escape(name)}</h2>{_svg(name, curve)}</li>" for name, curve in curves.items()]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Jackdaw at several sizes</title><style>{STYLE}</style></head>\n"
        f"<body><h1>Jackdaw at several sizes</h1>\n<ul>\n{chr(10).join(parts)}\n</ul></body></html>\n"
    )


def _svg(name: str, curve: Curve) -> str:
    least, most = math.log10(curve[0][0]), math.log10(curve[-1][0])
    highest = max(figure.value for _, figure in curve) or 1.0
    floor = HEIGHT - BOTTOM

    def place(size: int, value: float) -> tuple[float, float]:
        share = (math.log10(size) - least) / (most - least) if most > least else 0.5
        return LEFT + share * (WIDTH - LEFT - RIGHT), floor - value / highest * (floor - TOP)

    places = [(*place(size, figure.value), size, figure) for size, figure in curve]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y, _, _ in places)
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"><title>{size:,}: {figure.value:,.1f} {escape(figure.unit)}'
        f'</title></circle><text x="{x:.1f}" y="{HEIGHT - 12}" text-anchor="middle">{size:,}</text>'
        for x, y, size, figure in places
    )
    unit = escape(curve[0][1].unit)
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(name)}">'
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{floor}" y2="{floor}"/>'
        f'<text x="{LEFT - 8}" y="{TOP + 4}" text-anchor="end">{highest:,.0f}</text>'
        f'<text x="{LEFT - 8}" y="{floor}" text-anchor="end">0 {unit}</text>'
        f'<polyline points="{points}"/>{dots}</svg>'
    )
