"""What screens show: flat art in eight kinds and ten palettes, clipped to the glass."""

from __future__ import annotations

from collections.abc import Callable

from server.features.catalog.drawings.finishes import PALETTES, Palette
from server.features.catalog.drawings.geometry import Box, line, polygon, ring, rounded, short
from server.features.catalog.drawings.sketch import Sketch


def paint_screen(sketch: Sketch, box: Box, radius: float) -> Palette:
    """Fill the glass with one of the pictures and a faint reflection; returns the palette that was used."""
    traits = sketch.traits
    palette = traits.pick(PALETTES)
    picture = traits.pick(PICTURES)
    sketch.clipped(rounded(box, radius))
    sketch.rect(box, palette.ground)
    picture(sketch, box, palette)
    reach = box.w * 0.55
    sketch.path(
        polygon(
            (box.x, box.y), (box.x + reach, box.y), (box.x + reach * 0.2, box.bottom), (box.x, box.bottom)
        ),
        "#fff",
        0.09,
    )
    sketch.close()
    return palette


def _hills(sketch: Sketch, box: Box, palette: Palette) -> None:
    sun = sketch.traits.between(0.3, 0.72)
    size = min(box.w, box.h)
    sketch.disc(box.x + box.w * sun, box.y + box.h * 0.38, size * 0.19, palette.pop)
    for share, colour, lift in ((0.62, palette.middle, 0.16), (0.76, palette.calm, -0.12)):
        y = box.y + box.h * share
        sketch.path(
            f"M{short(box.x)} {short(y)}q{short(box.w * 0.28)} {short(-box.h * lift)} {short(box.w * 0.52)} 0"
            f"t{short(box.w * 0.48)} {short(-box.h * 0.02)}V{short(box.bottom)}H{short(box.x)}z",
            colour,
        )


def _arcs(sketch: Sketch, box: Box, palette: Palette) -> None:
    corner_x = box.x if sketch.traits.chance(50) else box.right
    size = max(box.w, box.h)
    for share, colour in ((0.86, palette.middle), (0.6, palette.calm), (0.36, palette.pop)):
        sketch.disc(corner_x, box.bottom, size * share, colour)


def _bands(sketch: Sketch, box: Box, palette: Palette) -> None:
    slope = box.h * (0.5 if sketch.traits.chance(50) else -0.5)
    top = box.cy - box.h * 0.3
    for step, colour in enumerate((palette.middle, palette.pop, palette.calm)):
        y = top + step * box.h * 0.2
        sketch.stroke(line((box.x - 9, y + slope), (box.right + 9, y - slope)), colour, box.h * 0.13)


def _moons(sketch: Sketch, box: Box, palette: Palette) -> None:
    size = min(box.w, box.h)
    shift = sketch.traits.between(0.1, 0.24) * size
    sketch.disc(box.cx - shift, box.cy + shift, size * 0.36, palette.middle)
    sketch.disc(box.cx + shift, box.cy - shift, size * 0.3, palette.pop)
    sketch.disc(box.cx + shift * 1.4, box.cy - shift * 1.5, size * 0.2, palette.calm)


def _waves(sketch: Sketch, box: Box, palette: Palette) -> None:
    for share, colour in ((0.3, palette.middle), (0.52, palette.pop), (0.74, palette.calm)):
        y = box.y + box.h * share
        bend = box.h * 0.13
        sketch.path(
            f"M{short(box.x)} {short(y)}c{short(box.w * 0.3)} {short(-bend)} {short(box.w * 0.6)} "
            f"{short(bend * 1.6)} "
            f"{short(box.w)} {short(-bend * 0.4)}V{short(box.bottom)}H{short(box.x)}z",
            colour,
        )


def _tiles(sketch: Sketch, box: Box, palette: Palette) -> None:
    w, h = box.w / 3, box.h / 3
    colours = (palette.middle, palette.pop, palette.calm)
    for cell in range(6):
        column, row = (cell * 2 + sketch.traits.below(2)) % 3, cell // 2
        corner = Box(box.x + column * w, box.y + row * h, w, h)
        if sketch.traits.chance(45):
            sketch.path(ring(corner.cx, corner.cy, w / 2, h / 2), colours[cell % 3])
        else:
            sketch.rect(corner, colours[cell % 3])


def _petals(sketch: Sketch, box: Box, palette: Palette) -> None:
    size = min(box.w, box.h) * sketch.traits.between(0.4, 0.56)
    start = sketch.traits.below(60)
    for step in range(6):
        colour = (palette.middle, palette.pop, palette.calm)[step % 3]
        sketch.turned(start + step * 60, box.cx, box.cy)
        sketch.path(ring(box.cx, box.cy - size * 0.55, size * 0.24, size * 0.52), colour, 0.92)
        sketch.close()


def _peaks(sketch: Sketch, box: Box, palette: Palette) -> None:
    at = sketch.traits.between(0.25, 0.6)
    top = box.y + box.h * 0.3
    sketch.disc(box.x + box.w * (1.02 - at), box.y + box.h * 0.24, min(box.w, box.h) * 0.11, palette.calm)
    sketch.path(
        polygon(
            (box.x + box.w * at, top),
            (box.right + box.w * 0.2, box.bottom),
            (box.x - box.w * 0.3, box.bottom),
        ),
        palette.middle,
    )
    sketch.path(
        polygon(
            (box.x + box.w * (at + 0.32), top + box.h * 0.22),
            (box.right + box.w * 0.4, box.bottom),
            (box.x + box.w * 0.1, box.bottom),
        ),
        palette.pop,
    )


PICTURES: tuple[Callable[[Sketch, Box, Palette], None], ...] = (
    _hills,
    _arcs,
    _bands,
    _moons,
    _waves,
    _tiles,
    _petals,
    _peaks,
)
