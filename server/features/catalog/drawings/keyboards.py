"""Keyboards, seen from above; key caps are one path per colour so that seventy keys stay small."""

from __future__ import annotations

from server.features.catalog.drawings.finishes import RUBBER, STEEL, STEEL_DARK
from server.features.catalog.drawings.geometry import Box, centred, polygon, ring, rounded, short, squares
from server.features.catalog.drawings.sketch import Sketch

ROWS = {
    "full": (
        (1,) * 13 + (2,),
        (1.5,) + (1,) * 12 + (1.5,),
        (1.75,) + (1,) * 11 + (2.25,),
        (2.25,) + (1,) * 10 + (2.75,),
        (1.5, 1.25, 1.25, 6, 1.25, 1.25, 2.5),
    ),
    "grid": ((1,) * 12,) * 4,
    "broad grid": ((1,) * 14,) * 5,
    "half": ((1.5,) + (1,) * 5, (1.75,) + (1,) * 5, (2,) + (1,) * 5, (2.25,) + (1,) * 4, (1.5, 1.25, 3)),
}


def _caps(
    sketch: Sketch, area: Box, layout: str, gap: float, colours: tuple[str, str], flipped: bool = False
) -> None:
    """Lay the rows of a layout over the area: plain caps in one colour, wide caps in the other."""
    rows = ROWS[layout]
    pitch = area.h / len(rows)
    plain: list[str] = []
    wide: list[str] = []
    for row_at, row in enumerate(rows):
        unit = area.w / sum(row)
        x = area.x
        for units in reversed(row) if flipped else row:
            w, h = short(units * unit - gap), short(pitch - gap)
            cap = f"M{short(x + gap / 2)} {short(area.y + row_at * pitch)}h{w}v{h}h-{w}z"
            (plain if units in (1, 6) else wide).append(cap)
            x += units * unit
    for caps, colour in ((plain, colours[0]), (wide, colours[1])):
        if caps:
            sketch.stroke("".join(caps), colour, 2)
            sketch.path("".join(caps), colour)
    sketch.place("key caps", area)


def _scheme(sketch: Sketch) -> tuple[str, str]:
    """Colours of plain and wide caps; plain ones never vanish into the case."""
    finish, trim = sketch.finish, sketch.trim
    schemes = (
        (finish.light, sketch.accent),
        (finish.line, finish.shade),
        ("#f2efe7", sketch.accent),
        ("#31353d", "#4d535e"),
        ("#f2efe7", finish.shade),
        ("#31353d", sketch.accent),
        (trim.body, trim.shade),
        (trim.light, trim.shade),
        (trim.shade, sketch.accent),
    )
    return sketch.traits.pick([scheme for scheme in schemes if scheme[0] != finish.body])


def _plate(sketch: Sketch, box: Box, radius: float) -> None:
    sketch.slab(box, radius, depth=6)
    sketch.place("case", Box(box.x + 4, box.y + 2, box.w - 8, 6))


def full_board(sketch: Sketch) -> None:
    """Letters and a number block."""
    box = centred(120, 118, 228, sketch.traits.between(80, 90))
    _plate(sketch, box, sketch.traits.between(4, 10))
    colours = _scheme(sketch)
    _caps(sketch, Box(box.x + 8, box.y + 9, 158, box.h - 18), "full", 3.4, colours)
    pad = Box(box.right - 50, box.y + 9, 42, box.h - 19)
    sketch.path(squares(4, 5, pad, 3), colours[0])
    sketch.rect(
        Box(pad.right - 8.3, pad.bottom - pad.h / 5 * 2 + 1, 8.3, pad.h / 5 * 2 - 1), sketch.accent, 1.5
    )


def compact_board(sketch: Sketch) -> None:
    """Sixty per cent: letters only."""
    box = centred(120, 120, sketch.traits.between(206, 220), sketch.traits.between(84, 96))
    _plate(sketch, box, sketch.traits.between(4, 16))
    _caps(sketch, box.inset(10, 10), "full", 3.8, _scheme(sketch))


def knob_board(sketch: Sketch) -> None:
    """A function row with a metal knob."""
    box = centred(120, 120, 216, sketch.traits.between(108, 118))
    _plate(sketch, box, sketch.traits.between(6, 14))
    colours = _scheme(sketch)
    sketch.path(squares(12, 1, Box(box.x + 11, box.y + 11, 158, 12), 4), colours[1])
    x, y = box.right - 24, box.y + 18
    sketch.disc(x, y, 13, sketch.finish.line)
    sketch.disc(x, y - 1.5, 11, sketch.traits.pick((STEEL, sketch.accent, "#d9b36c")))
    sketch.path(ring(x, y - 1.5, 6), STEEL_DARK, 0.5)
    _caps(sketch, Box(box.x + 10, box.y + 34, box.w - 20, box.h - 43), "full", 3.8, colours)


def split_board(sketch: Sketch) -> None:
    """Two halves turned towards the hands."""
    turn = sketch.traits.between(6, 13)
    h = sketch.traits.between(86, 96)
    colours = _scheme(sketch)
    for side in (-1, 1):
        box = centred(120 + side * 57, 120, 100, h)
        sketch.turned(side * turn, box.cx, box.cy)
        sketch.rect(Box(box.x, box.y, box.w, h + 6), sketch.finish.shade, 12)
        sketch.rect(box, sketch.finish.body, 12)
        sketch.rim(box, 12, sketch.finish.light)
        _caps(sketch, box.inset(8, 9), "half", 3.6, colours, flipped=side > 0)
        sketch.close()
        lift = 100 * turn / 115 / 2
        tilt = side * lift
        sketch.outline(
            polygon(
                (box.x, box.y - tilt),
                (box.right, box.y + tilt),
                (box.right, box.bottom + tilt),
                (box.x, box.bottom - tilt),
            )
        )


def arched_board(sketch: Sketch) -> None:
    """One body, rows fanned out, a rest for the palms."""
    top = sketch.traits.between(66, 76)
    shell = f"M10 {top + 26:g}Q120 {top - 26:g} 230 {top + 26:g}L226 176Q120 {166 - top * 0.2:g} 14 176z"
    sketch.solid(shell, sketch.finish.shade)
    sketch.path(
        f"M10 {top + 22:g}Q120 {top - 30:g} 230 {top + 22:g}L227 148Q120 112 13 148z", sketch.finish.body
    )
    colours = _scheme(sketch)
    for side in (-1, 1):
        area = centred(120 + side * 54, top + 43, 88, 60)
        sketch.turned(side * 10, area.cx, area.cy)
        _caps(sketch, area, "half", 3.4, colours, flipped=side > 0)
        sketch.close()
    sketch.stroke(f"M16 {top + 22:g}Q120 {top - 26:g} 224 {top + 22:g}", sketch.finish.light, 2, 0.8)
    sketch.place("palm rest", Box(40, 144, 160, 12))


def grid_board(sketch: Sketch) -> None:
    """Straight columns, every key the same."""
    layout = sketch.traits.pick(("grid", "broad grid"))
    columns = len(ROWS[layout][0])
    box = centred(120, 120, sketch.traits.between(186, 226), sketch.traits.between(84, 108))
    _plate(sketch, box, sketch.traits.between(2, 16))
    colours = _scheme(sketch)
    area = box.inset(10, 11)
    if sketch.traits.chance(50):
        sketch.rect(box.inset(5), sketch.trim.body, 5)
    _caps(sketch, area, layout, 4.2, colours)
    cell = area.w / columns
    key_h = area.h / len(ROWS[layout])
    space = Box(area.x + (columns / 2 - 1) * cell + 1, area.bottom - key_h - 1, 2 * cell - 2, key_h - 2)
    sketch.rect(space, colours[1], 2)
    for column in sketch.traits.pick(((0, columns - 1), (0,), (0, 1), (columns - 1,))):
        sketch.rect(Box(area.x + column * cell + 1, area.y - 1, cell - 2, key_h - 2), sketch.accent, 2)


def macro_board(sketch: Sketch) -> None:
    """A small pad: big keys, a dial, a strip of glass."""
    columns = sketch.traits.pick((3, 4))
    box = centred(120, 118, 46 * columns + 8, sketch.traits.between(160, 180))
    _plate(sketch, box, sketch.traits.between(10, 22))
    colours = _scheme(sketch)
    glass = Box(box.x + 14, box.y + 15, box.w - 70, 26)
    sketch.rect(glass, RUBBER, 5)
    sketch.rect(Box(glass.x + 7, glass.y + 8, glass.w * 0.4, 3), sketch.accent, 1.5)
    sketch.rect(Box(glass.x + 7, glass.y + 15, glass.w * 0.65, 3), STEEL, 1.5)
    sketch.disc(box.right - 32, box.y + 29, 18, sketch.finish.line)
    sketch.disc(box.right - 32, box.y + 27, 15, sketch.finish.light)
    sketch.rect(Box(box.right - 33.2, box.y + 15, 2.4, 9), sketch.finish.line, 1)
    area = Box(box.x + 14, box.y + 57, box.w - 28, box.h - 72)
    cells = squares(columns, 3, area, 8)
    sketch.stroke(cells, colours[0], 4)
    sketch.path(cells, colours[0])
    step = (area.w + 8) / columns
    sketch.path(
        rounded(Box(area.x + step * sketch.traits.below(columns), area.y, step - 8, (area.h - 16) / 3), 2),
        sketch.accent,
    )
    sketch.place("key caps", area)


KEYBOARDS = (full_board, compact_board, knob_board, split_board, arched_board, grid_board, macro_board)
