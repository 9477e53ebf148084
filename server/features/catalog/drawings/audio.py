"""Headphones and speakers."""

from __future__ import annotations

from server.features.catalog.drawings.finishes import GLASS, RUBBER, RUBBER_LIGHT, STEEL, STEEL_DARK
from server.features.catalog.drawings.geometry import (
    Box,
    centred,
    corners,
    dots,
    line,
    polygon,
    ring,
    rounded,
    short,
    squares,
)
from server.features.catalog.drawings.sketch import Sketch


def _band(sketch: Sketch, span: float, top: float, base: float, width: float) -> None:
    """The arc over the head with its cushion inside."""
    left, right = 120 - span / 2, 120 + span / 2
    rise = (base - top) * 1.32

    def arc(shift: float) -> str:
        return (
            f"M{short(left + shift)} {short(base)}C{short(left + shift)} {short(base - rise + shift * 1.1)} "
            f"{short(right - shift)} {short(base - rise + shift * 1.1)} {short(right - shift)} {short(base)}"
        )

    half = width / 2
    tone = sketch.traits.pick((sketch.finish, sketch.trim))
    sketch.outline(
        f"M{short(left - half)} {short(base)}C{short(left - half)} {short(base - rise - width * 0.7)} "
        f"{short(right + half)} "
        f"{short(base - rise - width * 0.7)} {short(right + half)} {short(base)}H{short(right - half)}"
        f"C{short(right - half)} {short(base - rise + width * 0.7)} {short(left + half)} "
        f"{short(base - rise + width * 0.7)} "
        f"{short(left + half)} {short(base)}z"
    )
    sketch.stroke(arc(width * 0.7), RUBBER, width * 0.8)
    sketch.stroke(arc(0), tone.body, width)
    sketch.stroke(arc(-width * 0.22), tone.light, 2, 0.8)
    sketch.place("headband", centred(120, base - rise * 0.75, 30, width * 0.8))


def _cup(sketch: Sketch, side: int, box: Box, radius: float, mesh: bool) -> None:
    """One shell with its ear pad turned inward."""
    pad = Box(box.x + (12 if side < 0 else -12), box.y + 5, box.w, box.h - 10)
    sketch.outline(rounded(pad, radius))
    sketch.rect(pad, RUBBER, radius)
    sketch.slab(box, radius, depth=3)
    face = box.inset(box.w * 0.2, box.h * 0.2)
    if mesh:
        sketch.rect(face, sketch.trim.line, radius)
        sketch.path(dots(4, 6, face.inset(face.w * 0.16, face.h * 0.12), 1.9), sketch.trim.light)
    else:
        sketch.rect(face, sketch.trim.shade, radius * 0.7)
        sketch.rect(face.inset(0, 1.5).moved(0, -1.5), sketch.trim.body, radius * 0.7)
        sketch.rect(centred(face.cx, face.cy, 5, face.h * 0.42), sketch.accent, 2.5)
    sketch.place("left cup" if side < 0 else "right cup", box.inset(5))


def _pair_of_cups(
    sketch: Sketch, w: float, h: float, radius: float, mesh: bool = False, top: float = 32
) -> None:
    span = sketch.traits.between(132, 146)
    width = sketch.traits.between(9, 15)
    middle = 214 - h / 2 - sketch.traits.between(4, 12)
    _band(sketch, span, top, middle - h * 0.22, width)
    for side in (-1, 1):
        cx = 120 + side * span / 2
        sketch.rect(centred(cx, middle - h * 0.34, 7, h * 0.4), STEEL, 3)
        _cup(sketch, side, centred(cx + side * 6, middle, w, h), radius, mesh)


def oval_cups(sketch: Sketch) -> None:
    """Over-ear, tall ovals."""
    w = sketch.traits.between(46, 56)
    _pair_of_cups(sketch, w, sketch.traits.between(86, 98), w / 2)


def round_cups(sketch: Sketch) -> None:
    """Over-ear, round."""
    w = sketch.traits.between(66, 74)
    _pair_of_cups(sketch, w, w, w / 2, mesh=sketch.traits.chance(30))


def square_cups(sketch: Sketch) -> None:
    """Over-ear, soft rectangles."""
    _pair_of_cups(
        sketch, sketch.traits.between(50, 60), sketch.traits.between(78, 90), sketch.traits.between(8, 15)
    )


def open_cups(sketch: Sketch) -> None:
    """Open-back studio headphones with mesh and double band."""
    sketch.stroke("M52 122C52 6 188 6 188 122", STEEL_DARK, 4)
    sketch.outline("M49 122C49 2 191 2 191 122H185C185 10 55 10 55 122z")
    _pair_of_cups(sketch, 68, sketch.traits.between(80, 90), sketch.traits.between(28, 34), mesh=True, top=58)


def on_ear(sketch: Sketch) -> None:
    """Small foam pads on a thin wire."""
    span = sketch.traits.between(124, 140)
    radius = sketch.traits.between(25, 31)
    base = sketch.traits.between(146, 158)
    _band(sketch, span, 46, base - 20, 5)
    for side in (-1, 1):
        cx = 120 + side * span / 2
        sketch.solid(ring(cx, base, radius), sketch.accent)
        sketch.path(dots(5, 5, centred(cx, base, radius * 1.1, radius * 1.1), 1.3), GLASS, 0.3)
        sketch.solid(ring(cx + side * 7, base, radius * 0.62, radius * 0.74), sketch.finish.body)
        sketch.disc(cx + side * 7, base, radius * 0.3, sketch.trim.body)
        sketch.place("foam", centred(cx, base, radius, radius))


def boom_headset(sketch: Sketch) -> None:
    """A headset with microphone and bright rings."""
    h = sketch.traits.between(78, 90)
    corner = sketch.traits.between(16, 28)
    sketch.stroke("M60 170C62 208 84 216 118 214", RUBBER_LIGHT, 5)
    sketch.outline("M57 170C60 212 84 220 118 218V210C90 210 66 204 63 170z")
    _pair_of_cups(sketch, 58, h, corner)
    sketch.solid(rounded(Box(112, 206, 28, 15), 7), RUBBER)
    sketch.rect(Box(130, 206, 4, 15), sketch.accent)


def folded(sketch: Sketch) -> None:
    """Travel headphones lying folded, one cup before the other."""
    r = sketch.traits.between(40, 51)
    gap = sketch.traits.between(30, 46)
    pads = sketch.traits.pick(((RUBBER, RUBBER_LIGHT), (sketch.trim.shade, sketch.trim.body)))
    end = short(146 - r * 0.4)
    sketch.stroke(f"M64 132C30 40 178 8 196 {end}", sketch.trim.shade, 20)
    sketch.stroke(f"M64 132C30 40 178 8 196 {end}", sketch.finish.body, 15)
    sketch.outline(f"M54 134C16 26 192 -4 206 {end}H186C166 32 50 54 74 130z")
    for cx, cy in ((122 + gap, 148.0), (122 - gap, 158.0)):
        sketch.solid(ring(cx, cy + 4, r), sketch.finish.line)
        sketch.solid(ring(cx, cy, r), sketch.finish.body)
        sketch.disc(cx, cy, r * 0.74, pads[0])
        sketch.disc(cx, cy, r * 0.5, pads[1])
        sketch.disc(cx, cy, r * 0.16, sketch.accent)
        rim = short(r - 3)
        sketch.stroke(
            f"M{short(cx - r + 3)} {short(cy)}a{rim} {rim} 0 0 1 {rim} -{rim}", sketch.finish.light, 2
        )
        sketch.place("ear pad", centred(cx, cy, r, r))


HEADPHONES = (oval_cups, round_cups, square_cups, open_cups, on_ear, boom_headset, folded)


def _driver(sketch: Sketch, cx: float, cy: float, radius: float) -> None:
    """A cone: surround, paper, dust cap."""
    sketch.disc(cx, cy, radius, GLASS)
    sketch.disc(cx, cy, radius * 0.86, RUBBER_LIGHT)
    sketch.disc(cx, cy, radius * 0.62, RUBBER)
    sketch.disc(cx, cy, radius * 0.26, sketch.accent)
    sketch.disc(cx - radius * 0.08, cy - radius * 0.08, radius * 0.1, "#fff", 0.5)
    sketch.place("cone", centred(cx, cy, radius, radius))


def shelf_speaker(sketch: Sketch) -> None:
    """A box with two drivers."""
    w = sketch.traits.between(108, 126)
    box = centred(120, 118, w, 190)
    sketch.slab(box, sketch.traits.between(2, 12), depth=6)
    sketch.rect(box.inset(7), sketch.trim.shade, 6)
    _driver(sketch, 120, 152, w * 0.34)
    _driver(sketch, 120, 68, w * sketch.traits.between(0.16, 0.22))
    sketch.place("cabinet", Box(box.x + 4, box.y + 4, 14, 180))


def can_speaker(sketch: Sketch) -> None:
    """A fabric cylinder standing up."""
    w = sketch.traits.between(86, 104)
    box = centred(120, 122, w, sketch.traits.between(158, 178))
    sketch.slab(box, sketch.traits.between(22, 42), depth=5)
    cloth = Box(box.x, box.y + 30, w, box.h - 56)
    sketch.rect(cloth, sketch.trim.shade)
    sketch.path(dots(9, 13, cloth.inset(8, 7), 1.7), sketch.trim.light, 0.55)
    sketch.rect(Box(box.x, cloth.y, w, 3), sketch.accent)
    sketch.rect(Box(120 - 10, box.bottom - 17, 20, 6), sketch.finish.line, 3)
    sketch.place("fabric", cloth.inset(6))
    sketch.place("top ring", Box(box.x + 20, box.y + 4, w - 40, 10))


def ball_speaker(sketch: Sketch) -> None:
    """A sphere on a small foot."""
    r = sketch.traits.between(70, 88)
    cy = 198 - r
    style = sketch.traits.below(3)
    sketch.solid(rounded(centred(120, 203, r * 1.1, 14), 7), sketch.trim.shade)
    sketch.solid(ring(120, cy, r), sketch.finish.shade)
    sketch.disc(120 - r * 0.06, cy - r * 0.06, r * 0.93, sketch.finish.body)
    if style == 0:
        sketch.disc(120, cy, r * 0.82, sketch.trim.line)
        sketch.path(dots(7, 7, centred(120, cy, r * 1.06, r * 1.06), 3), sketch.trim.light)
    elif style == 1:
        sketch.disc(120, cy + 4, r * 0.72, sketch.trim.body)
        _driver(sketch, 120, cy + 4, r * 0.6)
    else:
        for step in range(5):
            y = cy - r * 0.36 + step * r * 0.2
            half = (r * r - (y - cy) ** 2) ** 0.5 - 9
            sketch.stroke(line((120 - half, y), (120 + half, y)), sketch.trim.shade, r * 0.09)
    sketch.path(ring(120, cy - r * 0.74, r * 0.3, r * 0.09), sketch.accent)
    rim = r * 0.86
    sketch.stroke(
        f"M{short(120 - rim)} {short(cy - 4)}A{short(rim)} {short(rim)} 0 0 1 {short(120 - r * 0.2)} "
        f"{short(cy - r * 0.84)}",
        sketch.finish.light,
        3,
    )
    sketch.place("shell", centred(120, cy, r * 1.2, r * 1.2))


def sound_bar(sketch: Sketch) -> None:
    """A long bar with its bass box behind."""
    left = sketch.traits.chance(50)
    bass = Box(34 if left else 138, 58, 68, 108)
    sketch.slab(bass, 8, depth=4)
    _driver(sketch, bass.cx, bass.cy, 25)
    bar = Box(8, 156, 224, sketch.traits.between(30, 38))
    sketch.slab(bar, sketch.traits.between(5, 16))
    sketch.rect(bar.inset(9, 5), sketch.trim.body, 5)
    sketch.path(squares(44, 1, bar.inset(16, 9), 2), sketch.trim.line, 0.8)
    sketch.disc(120, bar.cy, 3, sketch.accent)
    sketch.place("grille", bar.inset(16, 8))
    sketch.place("bass box", bass.inset(6))


def boombox(sketch: Sketch) -> None:
    """Two cones, a handle, a dial."""
    box = centred(120, 134, sketch.traits.between(200, 216), sketch.traits.between(100, 112))
    sketch.stroke(line((60, box.y + 8), (60, 56), (180, 56), (180, box.y + 8)), sketch.trim.shade, 11)
    sketch.outline(corners(Box(54, 50, 132, 40), 6, 6, 0, 0))
    sketch.slab(box, sketch.traits.between(10, 26), depth=6)
    sketch.rect(box.inset(0, 16), sketch.trim.body)
    for x in (box.x + 48, box.right - 48):
        _driver(sketch, x, box.cy + 4, 36)
    sketch.rect(centred(120, box.cy - 20, 36, 22), GLASS, 3)
    sketch.rect(centred(120 + sketch.traits.between(-10, 10), box.cy - 20, 2, 16), sketch.accent)
    sketch.path(squares(3, 1, centred(120, box.cy + 8, 36, 9), 4), sketch.finish.line)
    sketch.disc(120, box.cy + 30, 9, STEEL)
    sketch.place("handle", Box(70, 50, 100, 10))


def puck_speaker(sketch: Sketch) -> None:
    """A round travel speaker with a loop."""
    r = sketch.traits.between(70, 80)
    sketch.stroke(f"M{short(120 + r * 0.5)} {short(118 - r * 0.7)}c6 -40 54 -30 38 14", sketch.accent, 8)
    sketch.solid(ring(120, 130, r), sketch.finish.shade)
    sketch.disc(120, 127, r - 3, sketch.finish.body)
    sketch.path(ring(120, 127, r * 0.74), sketch.trim.line)
    for step in range(3):
        sketch.stroke(ring(120, 127, r * (0.26 + 0.16 * step)), sketch.trim.light, 2.4, 0.75)
    mark = sketch.traits.below(3)
    if mark == 0:
        sketch.path(polygon((110, 116), (132, 127), (110, 138)), sketch.accent)
    elif mark == 1:
        sketch.stroke(line((120, 117), (120, 137)), sketch.accent, 4)
        sketch.stroke(line((110, 127), (130, 127)), sketch.accent, 4)
    else:
        sketch.disc(120, 127, 9, sketch.accent)
    sketch.place("grille", centred(120, 127, r, r))


def horn_speaker(sketch: Sketch) -> None:
    """A tapered tower with an open top."""
    top = sketch.traits.between(48, 66)
    base = sketch.traits.between(112, 136)
    sketch.solid(
        polygon((120 - top / 2, 28), (120 + top / 2, 28), (120 + base / 2, 206), (120 - base / 2, 206)),
        sketch.finish.body,
    )
    sketch.path(
        polygon((120 + top / 6, 28), (120 + top / 2, 28), (120 + base / 2, 206), (120 + base / 5, 206)),
        sketch.finish.shade,
    )
    sketch.solid(ring(120, 28, top / 2, 9), sketch.trim.light)
    sketch.path(ring(120, 28, top / 2 - 6, 5), sketch.finish.line)
    for step in range(5):
        y = 64 + step * 15
        half = top / 2 + (base - top) / 2 * (y - 28) / 178 - 10
        sketch.stroke(line((120 - half, y), (120 + half, y)), sketch.trim.shade, 6)
    _driver(sketch, 120, 172, base * 0.2)
    sketch.place("body", Box(120 - top / 3, 44, top / 1.5, 90))


SPEAKERS = (shelf_speaker, can_speaker, ball_speaker, sound_bar, boombox, puck_speaker, horn_speaker)
