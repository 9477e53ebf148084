"""Cameras, seen from the front."""

from __future__ import annotations

from server.features.catalog.drawings.finishes import (
    GLASS,
    GLASS_EDGE,
    RUBBER,
    RUBBER_LIGHT,
    STEEL,
    STEEL_DARK,
    Finish,
)
from server.features.catalog.drawings.geometry import (
    Box,
    centred,
    corners,
    line,
    polar,
    polygon,
    ring,
    rounded,
    short,
    squares,
)
from server.features.catalog.drawings.sketch import Sketch

COATINGS = ("#3d5a80", "#5a4a86", "#2f6f6a", "#7a4a5e", "#4d6a3d", "#806038")


def _barrel(sketch: Sketch, cx: float, cy: float, radius: float) -> None:
    """A lens seen from the front: barrel, ring of light, coated glass, two glints."""
    style = sketch.traits.below(3)
    coating = sketch.traits.pick(COATINGS)
    sketch.outline(ring(cx, cy, radius))
    sketch.disc(cx, cy + 3, radius, GLASS, 0.35)
    sketch.disc(cx, cy, radius, (RUBBER, STEEL_DARK, sketch.finish.shade)[style])
    if style == 0:
        sketch.stroke(ring(cx, cy, radius * 0.9), sketch.accent, 2)
    elif style == 1:
        for step in range(16):
            sketch.stroke(
                line(polar(cx, cy, radius * 0.9, step * 22.5), polar(cx, cy, radius * 0.97, step * 22.5)),
                STEEL,
                2.4,
            )
    sketch.disc(cx, cy, radius * 0.8, GLASS)
    sketch.disc(cx, cy, radius * 0.66, GLASS_EDGE)
    sketch.disc(cx, cy, radius * 0.52, coating)
    sketch.disc(cx, cy, radius * 0.3, GLASS)
    r = radius * 0.44
    sketch.stroke(
        f"M{short(cx - r)} {short(cy)}a{short(r)} {short(r)} 0 0 1 {short(r)} {short(-r)}",
        "#fff",
        radius * 0.07,
        0.7,
    )
    sketch.disc(cx + radius * 0.2, cy + radius * 0.22, radius * 0.08, "#fff", 0.5)
    sketch.place("front glass", centred(cx, cy, radius * 0.9, radius * 0.9))
    sketch.place("lens ring", centred(cx, cy - radius * 0.86, radius * 0.8, radius * 0.14))


def _dials(sketch: Sketch, top: float, *spots: float) -> None:
    for x in spots:
        w = sketch.traits.between(18, 28)
        h = sketch.traits.between(7, 12)
        sketch.solid(corners(Box(x - w / 2, top - h, w, h + 2), 2, 2, 0, 0), STEEL_DARK)
        sketch.rect(Box(x - w / 2, top - h, w, 2.4), STEEL, 1)


def _leather(sketch: Sketch) -> str:
    return sketch.traits.pick((RUBBER, sketch.trim.shade, "#6b4630", "#3a4a44", sketch.trim.body))


def _two_tone(sketch: Sketch, box: Box, radius: float, top_h: float) -> None:
    """Metal top plate over a wrapped body."""
    sketch.slab(box, radius, depth=4)
    wrap = Box(box.x, box.y + top_h, box.w, box.h - top_h - 10)
    sketch.rect(wrap, _leather(sketch))
    sketch.rect(Box(box.x, wrap.y, box.w, 1.6), sketch.finish.line)
    sketch.place("top plate", Box(box.x + 12, box.y + 3, box.w - 24, max(top_h - 6, 4)))
    sketch.place("body covering", Box(box.x + 8, wrap.y + 10, 26, wrap.h - 20))


def rangefinder(sketch: Sketch) -> None:
    """Flat body, windows along the top."""
    box = centred(120, 126, sketch.traits.between(200, 216), sketch.traits.between(112, 124))
    _dials(sketch, box.y, box.right - 34, box.right - 70)
    _two_tone(sketch, box, sketch.traits.between(8, 22), 34)
    sketch.rect(Box(box.x + 18, box.y + 9, 30, 17), GLASS, 3)
    sketch.rect(Box(box.x + 22, box.y + 12, 14, 6), "#8fb4d8", 2)
    sketch.rect(Box(box.x + 92, box.y + 11, 18, 12), GLASS, 3)
    sketch.disc(box.right - 22, box.y + 17, 5, sketch.accent)
    _barrel(sketch, 120 + sketch.traits.between(-4, 16), box.cy + 16, sketch.traits.between(42, 48))


def reflex(sketch: Sketch) -> None:
    """A prism hump and a deep grip."""
    hump = sketch.traits.between(58, 76)
    sketch.solid(
        polygon((120 - hump / 2, 76), (120 - hump / 3, 42), (120 + hump / 3, 42), (120 + hump / 2, 76)),
        sketch.finish.shade,
    )
    sketch.path(polygon((120 - hump / 2, 76), (120 - hump / 3, 42), (120, 42), (120, 76)), sketch.finish.body)
    box = centred(120, 134, sketch.traits.between(190, 208), 124)
    _dials(sketch, box.y, box.x + 34, box.right - 32)
    sketch.slab(box, sketch.traits.between(14, 28))
    grip = Box(box.x, box.y + 18, 42, box.h - 22)
    sketch.rect(grip, RUBBER, 14)
    sketch.rect(centred(120, 58, 26, 6), sketch.finish.line, 3)
    sketch.disc(grip.cx, box.y + 12, 6, sketch.accent)
    _barrel(sketch, 128, box.cy + 6, sketch.traits.between(52, 58))
    sketch.place("grip", grip.inset(8))


def mirrorless(sketch: Sketch) -> None:
    """Compact body, small finder to one side."""
    box = centred(120, 132, sketch.traits.between(184, 204), sketch.traits.between(102, 114))
    finder = Box(120 - 20 + sketch.traits.between(-6, 6), box.y - 18, 44, 26)
    sketch.solid(corners(finder, 9, 9, 0, 0), sketch.finish.body)
    sketch.rect(finder.inset(9, 8), GLASS, 3)
    _dials(sketch, box.y, box.right - 30, box.right - 62)
    _two_tone(sketch, box, sketch.traits.between(10, 18), sketch.traits.between(20, 30))
    _barrel(sketch, 120, box.cy + 6, sketch.traits.between(44, 52))


def compact(sketch: Sketch) -> None:
    """A pocket camera with flash and a small lens."""
    box = centred(120, 124, sketch.traits.between(178, 200), sketch.traits.between(104, 116))
    side = sketch.traits.pick((-1, 1))
    sketch.solid(rounded(Box(120 + side * 58 - 16, box.y - 8, 32, 14), 5), sketch.trim.shade)
    sketch.slab(box, sketch.traits.between(14, 34))
    stripe = sketch.traits.below(3)
    if stripe == 0:
        sketch.rect(Box(box.x, box.cy + 18, box.w, 14), sketch.accent)
    elif stripe == 1:
        sketch.rect(Box(box.x + 12, box.y + 12, 16, box.h - 24), sketch.finish.shade, 8)
    else:
        sketch.path(squares(5, 1, Box(box.x + 14, box.bottom - 24, 34, 12), 3), sketch.finish.shade)
    sketch.rect(Box(120 - side * 62 - 20, box.y + 14, 40, 20), "#f7f1da", 4)
    sketch.rect(Box(120 - side * 62 - 20, box.y + 22, 40, 2), STEEL)
    _barrel(sketch, 120 + side * 26, box.cy + 8, sketch.traits.between(38, 43))
    sketch.place("shell", Box(box.x + 14, box.bottom - 26, 40, 18))


def twin_lens(sketch: Sketch) -> None:
    """Two lenses above each other, hood on top."""
    w = sketch.traits.between(112, 126)
    box = centred(120, 132, w, 158)
    sketch.solid(
        polygon((box.x + 10, box.y + 4), (box.x + 2, 22), (box.right - 2, 22), (box.right - 10, box.y + 4)),
        sketch.finish.shade,
    )
    sketch.path(
        polygon((box.x + 18, box.y), (box.x + 12, 29), (box.right - 12, 29), (box.right - 18, box.y)), GLASS
    )
    for side in (-1, 1):
        sketch.solid(ring(120 + side * (w / 2 + 4), 120 + side * 16, 11), STEEL_DARK)
    sketch.slab(box, sketch.traits.between(6, 16))
    sketch.rect(box.inset(10), _leather(sketch), 8)
    sketch.rect(centred(120, 132, w - 42, 142), sketch.finish.shade, 30)
    _barrel(sketch, 120, 96, sketch.traits.between(26, 30))
    _barrel(sketch, 120, 166, sketch.traits.between(34, 38))
    sketch.place("body covering", Box(box.x + 11, box.y + 20, 8, 110))


def instant(sketch: Sketch) -> None:
    """An instant camera with a picture coming out."""
    w = sketch.traits.between(148, 170)
    photo = Box(120 - w * 0.34, 150, w * 0.68, 74)
    sketch.solid(rounded(photo, 2), "#f7f4ea")
    sketch.rect(Box(photo.x + 7, 150, photo.w - 14, 58), "#7fa6b8")
    sketch.path(
        f"M{short(photo.x + 7)} 196q{short(photo.w * 0.24)} -16 {short(photo.w * 0.46)} "
        f"0t{short(photo.w - 14 - photo.w * 0.46)} -6V208H{short(photo.x + 7)}z",
        "#4c7a5a",
    )
    top = sketch.traits.between(16, 40)
    body = corners(Box(120 - w / 2, 36, w, 134), top, top, 12, 12)
    sketch.solid(corners(Box(120 - w / 2, 36, w, 140), top, top, 12, 12), sketch.finish.shade)
    sketch.path(body, sketch.finish.body)
    sketch.rect(Box(120 - w / 2, 144, w, 8), GLASS)
    for step, tone in enumerate(
        ("#e4574f", "#f3a33c", "#f3d23f", "#5aa96b", "#4f86c6")[: sketch.traits.pick((0, 3, 5))]
    ):
        sketch.rect(Box(120 - w / 2, 122 + step * 4, w, 4), tone)
    sketch.rect(Box(120 - w / 2 + 14, 50, 34, 24), "#f7f1da", 5)
    sketch.rect(Box(120 + w / 2 - 42, 52, 26, 20), GLASS, 5)
    sketch.disc(120 - w / 2 + 22, 96, 9, sketch.accent)
    _barrel(sketch, 124, 96, sketch.traits.between(34, 40))
    sketch.place("shell", Box(120 - w / 2 + 8, 154, w - 16, 14))


def action(sketch: Sketch) -> None:
    """A small cube that goes anywhere."""
    w = sketch.traits.between(146, 186)
    box = centred(120, 122, w, sketch.traits.between(112, 138))
    sketch.solid(rounded(Box(box.x + 20, box.y - 7, 34, 12), 5), sketch.accent)
    ribbed = Finish("Rubber", RUBBER_LIGHT, RUBBER, "#6a707b", GLASS)
    sketch.slab(box, sketch.traits.between(14, 30), ribbed if sketch.traits.chance(50) else None)
    sketch.path(squares(9, 1, Box(box.x + 14, box.bottom - 20, w - 28, 9), 5), GLASS, 0.4)
    left = sketch.traits.chance(50)
    x = box.x + 50 if left else box.right - 50
    window = Box(box.right - 76 if left else box.x + 18, box.y + 22, 58, 48)
    sketch.rect(window, GLASS, 6)
    sketch.stroke(line((window.x + 11, window.cy), (window.x + 26, window.cy)), sketch.accent, 5)
    sketch.stroke(line((window.x + 11, window.cy + 12), (window.x + 42, window.cy + 12)), STEEL, 3)
    sketch.rect(centred(x, box.y + 50, 78, 78), GLASS_EDGE, 16)
    _barrel(sketch, x, box.y + 50, 33)
    sketch.place("shell", Box(box.x + 16, box.bottom - 34, w - 32, 18))


CAMERAS = (rangefinder, reflex, mirrorless, compact, twin_lens, instant, action)
