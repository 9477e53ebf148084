"""Phones and tablets."""

from __future__ import annotations

from collections.abc import Callable

from server.features.catalog.drawings.finishes import GLASS, GLASS_EDGE, RUBBER, RUBBER_LIGHT, STEEL
from server.features.catalog.drawings.geometry import (
    Box,
    centred,
    corners,
    line,
    polygon,
    ring,
    rounded,
    squares,
)
from server.features.catalog.drawings.screens import paint_screen
from server.features.catalog.drawings.sketch import Sketch


def _glass_front(sketch: Sketch, box: Box, radius: float, bezel: float, part: str = "screen") -> Box:
    """A framed screen facing the viewer; returns the lit area."""
    sketch.slab(box, radius, depth=3)
    glass = box.inset(2.6)
    sketch.rect(glass, GLASS, max(radius - 2.6, 1))
    lit = glass.inset(bezel)
    paint_screen(sketch, lit, max(radius - 2.6 - bezel, 1))
    sketch.place(part, lit)
    sketch.place("frame", Box(box.x, box.y, box.w, 4))
    sketch.place("lower corner", Box(box.x, box.bottom - 12, 14, 12))
    return lit


def _front_camera(sketch: Sketch, lit: Box) -> None:
    style = sketch.traits.below(4)
    if style == 0:
        sketch.disc(lit.cx, lit.y + 8, 3, GLASS)
    elif style == 1:
        sketch.rect(centred(lit.cx, lit.y + 8, 22, 7), GLASS, 4)
    elif style == 2:
        sketch.disc(lit.x + 10, lit.y + 9, 3, GLASS)
    else:
        sketch.path(corners(Box(lit.cx - 14, lit.y - 1, 28, 8), 0, 0, 5, 5), GLASS)


def _lenses_column(sketch: Sketch, box: Box) -> None:
    island = Box(box.x + 9, box.y + 10, 24, 62)
    sketch.rect(island, sketch.finish.shade, 12)
    for step in range(sketch.traits.below(2) + 2):
        sketch.lens(island.cx, island.y + 13 + step * 18, 8)


def _lenses_block(sketch: Sketch, box: Box) -> None:
    island = Box(box.x + 8, box.y + 9, 42, 42)
    sketch.rect(island, sketch.finish.shade, 12)
    sketch.rim(island, 12, sketch.finish.light)
    for dx, dy in ((11.5, 12), (11.5, 30), (30, 21))[: sketch.traits.below(2) + 2]:
        sketch.lens(island.x + dx, island.y + dy, 8)


def _lenses_round(sketch: Sketch, box: Box) -> None:
    cx, cy = box.x + 31, box.y + 34
    sketch.disc(cx, cy, 24, sketch.finish.shade)
    sketch.disc(cx, cy, 21, GLASS_EDGE)
    for dx, dy in ((-9, -6), (9, -6), (0, 9)):
        sketch.lens(cx + dx, cy + dy, 7)


def _lenses_bar(sketch: Sketch, box: Box) -> None:
    bar = Box(box.x, box.y + 26, box.w, 24)
    sketch.rect(bar, GLASS_EDGE)
    sketch.rect(Box(bar.x, bar.y, bar.w, 2), sketch.finish.light)
    for step in range(2):
        sketch.lens(bar.x + 15 + step * 19, bar.cy, 7.5)


def _lenses_single(sketch: Sketch, box: Box) -> None:
    sketch.disc(box.x + 24, box.y + 27, 15, sketch.finish.shade)
    sketch.lens(box.x + 24, box.y + 27, 12)
    sketch.disc(box.x + 24, box.y + 52, 3.5, "#ffe9b0")


LENSES: tuple[Callable[[Sketch, Box], None], ...] = (
    _lenses_column,
    _lenses_block,
    _lenses_round,
    _lenses_bar,
    _lenses_single,
)


def _back(sketch: Sketch, box: Box, radius: float) -> None:
    sketch.slab(box, radius, depth=3)
    sketch.clipped(rounded(box, radius))
    sketch.traits.pick(LENSES)(sketch, box)
    sketch.close()
    sketch.place("back", Box(box.x + 4, box.y + 80, 36, box.h - 100))


def _pair(sketch: Sketch, w: float, h: float, radius: float) -> None:
    """Back behind, front before: shows the finish, the lenses and the screen at once."""
    span = w + 54
    left = 120 - span / 2
    back = Box(left, 120 - h / 2 - 7, w, h)
    front = Box(left + 54, 120 - h / 2 + 7, w, h)
    _back(sketch, back, radius)
    sketch.rect(Box(front.x - 4, front.y + 2, 8, front.h - 6), sketch.finish.line, 4, 0.35)
    lit = _glass_front(sketch, front, radius, 2.2)
    _front_camera(sketch, lit)


def pair_soft(sketch: Sketch) -> None:
    """Two views of a phone with round corners."""
    _pair(
        sketch, sketch.traits.between(86, 94), sketch.traits.between(180, 194), sketch.traits.between(16, 21)
    )


def pair_sharp(sketch: Sketch) -> None:
    """Two views of a phone with square shoulders."""
    _pair(sketch, sketch.traits.between(90, 98), sketch.traits.between(184, 196), sketch.traits.between(4, 8))


def pair_small(sketch: Sketch) -> None:
    """Two views of a compact phone."""
    _pair(
        sketch, sketch.traits.between(78, 86), sketch.traits.between(148, 160), sketch.traits.between(12, 18)
    )


def fold_book(sketch: Sketch) -> None:
    """A book that unfolds to a square screen."""
    h = sketch.traits.between(158, 176)
    box = centred(120, 118, 180, h)
    radius = sketch.traits.between(10, 18)
    lit = _glass_front(sketch, box, radius, 2.5)
    sketch.rect(Box(118, lit.y, 4, lit.h), GLASS, 0, 0.28)
    sketch.rect(Box(117, box.y, 6, 3), sketch.finish.line)
    sketch.rect(Box(117, box.bottom - 1, 6, 4), sketch.finish.line)
    sketch.disc(lit.right - 14, lit.y + 10, 3, GLASS)
    sketch.place("hinge", Box(112, box.y + 10, 16, h - 20))


def flip(sketch: Sketch) -> None:
    """A clamshell, upper half leaning back."""
    w = sketch.traits.between(104, 116)
    lower = centred(120, 176, w, 80)
    top = Box(lower.x + 6, 30, w - 12, 102)
    sketch.slab(top, 14, depth=2)
    sketch.rect(top.inset(2.6), GLASS, 12)
    paint_screen(sketch, top.inset(5), 9)
    sketch.disc(top.cx, top.y + 12, 3, GLASS)
    sketch.solid(rounded(Box(lower.x + 3, 126, w - 6, 12), 6), sketch.finish.line)
    sketch.slab(lower, 14)
    if sketch.traits.chance(60):
        window = Box(lower.x + 10, lower.y + 12, w - 20, 40)
        sketch.rect(window, GLASS, 8)
        sketch.lens(window.x + 17, window.cy, 10)
        sketch.lens(window.x + 42, window.cy, 10)
        sketch.stroke(line((window.right - 28, window.cy), (window.right - 12, window.cy)), sketch.accent, 4)
    else:
        sketch.path(squares(3, 4, lower.inset(18, 14), 5), sketch.finish.shade)
    sketch.place("screen", top.inset(8))
    sketch.place("hinge", Box(lower.x + 8, 126, w - 16, 12))
    sketch.place("lower shell", lower.inset(8))


def keyed(sketch: Sketch) -> None:
    """A candy bar with real keys under a short screen."""
    w = sketch.traits.between(100, 118)
    box = centred(120, 118, w, 192)
    radius = sketch.traits.between(12, 26)
    sketch.slab(box, radius)
    glass = Box(box.x + 7, box.y + 9, w - 14, 98)
    sketch.rect(glass, GLASS, 8)
    paint_screen(sketch, glass.inset(4), 5)
    deck = Box(box.x + 10, glass.bottom + 10, w - 20, 62)
    columns = sketch.traits.pick((3, 5, 7))
    sketch.path(squares(columns, 4, deck, 3.5), sketch.finish.line)
    sketch.path(squares(columns, 1, Box(deck.x, deck.y, deck.w, 4), 3.5), sketch.accent)
    sketch.place("screen", glass.inset(6))
    sketch.place("keys", deck)
    sketch.place("lower corner", Box(box.x + 4, box.bottom - 14, 14, 12))


def rugged(sketch: Sketch) -> None:
    """A phone in armour: cut corners, bolts, bright side key."""
    w = sketch.traits.between(106, 120)
    box = centred(120, 120, w, 198)
    cut = 18
    shell = polygon(
        (box.x + cut, box.y),
        (box.right - cut, box.y),
        (box.right, box.y + cut),
        (box.right, box.bottom - cut),
        (box.right - cut, box.bottom),
        (box.x + cut, box.bottom),
        (box.x, box.bottom - cut),
        (box.x, box.y + cut),
    )
    sketch.solid(rounded(Box(box.right - 3, box.y + 52, 8, 30), 3), sketch.accent)
    sketch.solid(shell, RUBBER)
    sketch.stroke(
        line(
            (box.x + 2, box.y + 100),
            (box.x + 2, box.y + cut + 1),
            (box.x + cut + 1, box.y + 2),
            (box.cx, box.y + 2),
        ),
        RUBBER_LIGHT,
        2,
    )
    face = box.inset(9, 11)
    sketch.rect(face, sketch.finish.body, 9)
    glass = face.inset(4, 8)
    sketch.rect(glass, GLASS, 6)
    lit = glass.inset(3)
    paint_screen(sketch, lit, 4)
    for x in (box.x + 13, box.right - 13):
        for y in (box.y + 13, box.bottom - 13):
            sketch.disc(x, y, 3.4, STEEL)
    sketch.place("screen", lit)
    sketch.place("bumper", Box(box.x + 2, box.y + 24, 8, 140))


PHONES = (pair_soft, pair_sharp, pair_small, fold_book, flip, keyed, rugged)


def _slate(sketch: Sketch, box: Box, radius: float, bezel: float) -> Box:
    """A tablet: its back peeks out behind the front so that the finish shows."""
    back = box.moved(-10, -9)
    sketch.slab(back, radius, depth=0)
    sketch.disc(back.x + 6, back.y + 14, 2.4, GLASS)
    return _glass_front(sketch, box, radius, bezel)


def wide_slate(sketch: Sketch) -> None:
    """A thin tablet lying wide."""
    h = sketch.traits.between(130, 146)
    _slate(sketch, centred(125, 124, 196, h), sketch.traits.between(8, 15), sketch.traits.between(4, 7))


def tall_slate(sketch: Sketch) -> None:
    """A thin tablet standing tall."""
    w = sketch.traits.between(136, 152)
    _slate(sketch, centred(125, 123, w, 198), sketch.traits.between(7, 16), sketch.traits.between(4, 7))


def home_key_slate(sketch: Sketch) -> None:
    """An older tablet with broad ends and a round key."""
    w = sketch.traits.between(132, 144)
    box = centred(120, 118, w, 200)
    sketch.slab(box, 14)
    glass = box.inset(7, 24)
    sketch.rect(glass, GLASS, 3)
    paint_screen(sketch, glass.inset(2), 2)
    sketch.stroke(ring(120, box.bottom - 12, 7.5), sketch.finish.line, 2)
    sketch.disc(120, box.y + 12, 2.4, GLASS)
    sketch.place("screen", glass.inset(4))
    sketch.place("home key", centred(120, box.bottom - 12, 14, 12))
    sketch.place("frame", Box(box.x, box.y, w, 5))


def pen_slate(sketch: Sketch) -> None:
    """A drawing tablet with its pen lying above."""
    h = sketch.traits.between(128, 140)
    box = centred(120, 134, 204, h)
    pen = Box(38, box.y - 19, 150, 9)
    sketch.solid(rounded(pen, 4.5), "#e9edf2")
    sketch.solid(
        polygon((pen.right - 2, pen.y), (pen.right + 16, pen.cy), (pen.right - 2, pen.bottom)), STEEL
    )
    sketch.rect(Box(pen.x + 10, pen.y, 26, 9), sketch.accent)
    _glass_front(sketch, box, sketch.traits.between(8, 14), 5)
    sketch.place("pen", pen)


def folio_slate(sketch: Sketch) -> None:
    """A tablet on its keyboard cover."""
    box = centred(120, 94, sketch.traits.between(176, 190), 128)
    _glass_front(sketch, box, 10, 5)
    top, bottom = box.bottom + 5, 214.0
    deck = polygon((box.x + 2, top), (box.right - 2, top), (box.right + 14, bottom), (box.x - 14, bottom))
    sketch.solid(deck, sketch.finish.shade)
    for row in range(4):
        y = top + 7 + row * 10
        spread = row * 2.6
        sketch.path(
            squares(12 - row % 2, 1, Box(box.x + 8 - spread, y, box.w - 16 + 2 * spread, 6.5), 3),
            sketch.finish.light,
            0.8,
        )
    sketch.path(rounded(centred(120, bottom - 7, 52, 7), 3), sketch.finish.line, 0.6)
    sketch.place("keyboard cover", Box(box.x, top + 5, box.w, 44))


def reader(sketch: Sketch) -> None:
    """A reader with paper-like page and one broad side to hold."""
    w = sketch.traits.between(150, 166)
    box = centred(120, 118, w, 188)
    grip = sketch.traits.between(14, 30)
    sketch.slab(box, 12)
    page = Box(box.x + 8, box.y + 10, w - 16 - grip, 164)
    sketch.rect(page, "#e8e6dc", 2)
    sketch.rect(Box(page.x + 12, page.y + 14, page.w * 0.5, 8), "#4a4d52", 1)
    picture = sketch.traits.chance(50)
    start = page.y + 34
    if picture:
        box_art = Box(page.x + 12, start, page.w - 24, 52)
        sketch.rect(box_art, "#c9c7bc")
        sketch.path(
            polygon(
                (box_art.x, box_art.bottom), (box_art.cx - 8, box_art.y + 12), (box_art.right, box_art.bottom)
            ),
            "#8d8c84",
        )
        start += 66
    for step in range(int((page.bottom - start - 8) // 10)):
        short_line = 0.55 if step % 4 == 3 else 1.0
        sketch.rect(Box(page.x + 12, start + step * 10, (page.w - 24) * short_line, 3), "#8d8c84")
    for step in (0, 1):
        sketch.rect(
            Box(page.right + grip / 2 - 2, box.cy - 22 + step * 28, 8, 20), sketch.finish.line, 4, 0.8
        )
    sketch.place("page", page.inset(6))
    sketch.place("grip", Box(page.right, box.y + 12, grip, 160))


TABLETS = (wide_slate, tall_slate, home_key_slate, pen_slate, folio_slate, reader)
