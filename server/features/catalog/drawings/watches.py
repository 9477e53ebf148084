"""Watches and fitness bands."""

from __future__ import annotations

from collections.abc import Callable

from server.features.catalog.drawings.finishes import GLASS, PALETTES, RUBBER, RUBBER_LIGHT, STEEL
from server.features.catalog.drawings.geometry import (
    Box,
    centred,
    corners,
    line,
    polar,
    polygon,
    regular,
    ring,
    rounded,
    short,
)
from server.features.catalog.drawings.sketch import Sketch


def _strap(sketch: Sketch, w: float, top: float, bottom: float) -> None:
    """Band above and below the case, in one of five makes."""
    style = sketch.traits.below(5)
    colour, dark = (
        (RUBBER_LIGHT, RUBBER),
        (STEEL, "#7d8693"),
        ("#a0683f", "#774a29"),
        (sketch.accent, sketch.finish.line),
        (sketch.trim.body, sketch.trim.shade),
    )[style]
    for y, near, far in ((12.0, w * 0.82, top + 8), (228.0, w * 0.7, bottom - 8)):
        shape = polygon((120 - near / 2, y), (120 + near / 2, y), (120 + w / 2, far), (120 - w / 2, far))
        sketch.solid(shape, colour)
        rows = range(5)
        for row in rows:
            at = y + (far - y) * (row + 0.5) / 5
            if style == 1:
                sketch.stroke(line((120 - near / 2 + 1, at), (120 + near / 2 - 1, at)), dark, 2)
            elif style in (0, 3) and y > 120:
                sketch.path(ring(120, at, 4, 2.6), dark)
        if style == 2:
            for side in (-1, 1):
                sketch.stroke(
                    line((120 + side * (near / 2 - 4), y + 2), (120 + side * (w / 2 - 5), far)),
                    "#d8b48c",
                    1.2,
                )
    sketch.place("upper strap", Box(120 - w * 0.3, 18, w * 0.6, max(top - 26, 4)))
    sketch.place("lower strap", Box(120 - w * 0.3, bottom + 6, w * 0.6, max(210 - bottom, 4)))


def _face(sketch: Sketch, cx: float, cy: float, radius: float) -> None:
    """What the watch shows: hands, rings, big digits as blocks, sub-dials, or a small landscape."""
    palette = sketch.traits.pick(PALETTES)
    FACES[sketch.traits.below(len(FACES))](
        sketch, cx, cy, radius, (palette.pop, palette.middle, palette.calm)
    )


Tones = tuple[str, str, str]


def _hands(sketch: Sketch, cx: float, cy: float, radius: float, tones: Tones) -> None:
    for step in range(12):
        inner, outer = polar(cx, cy, radius * 0.78, step * 30), polar(cx, cy, radius * 0.9, step * 30)
        sketch.stroke(line(inner, outer), "#e9edf2", 2.4 if step % 3 == 0 else 1.2)
    hour, minute = sketch.traits.below(12) * 30, sketch.traits.below(12) * 30 + 6
    sketch.stroke(line((cx, cy), polar(cx, cy, radius * 0.46, hour)), "#e9edf2", 4)
    sketch.stroke(line((cx, cy), polar(cx, cy, radius * 0.7, minute)), "#e9edf2", 2.6)
    sketch.disc(cx, cy, 3.4, tones[0])


def _rings(sketch: Sketch, cx: float, cy: float, radius: float, tones: Tones) -> None:
    for step, tone in enumerate(tones):
        r = radius * (0.78 - 0.22 * step)
        x, y = polar(cx, cy, r, -90 + sketch.traits.below(20) * 8 + 20)
        sketch.path(ring(cx, cy, r + 0.5), "#fff", 0.05)
        sketch.stroke(
            f"M{short(cx)} {short(cy - r)}A{short(r)} {short(r)} 0 {1 if x < cx else 0} 1 {short(x)} "
            f"{short(y)}",
            tone,
            radius * 0.14,
        )


SEGMENTS = {
    0: "abcdef",
    1: "bc",
    2: "abged",
    3: "abgcd",
    4: "fgbc",
    5: "afgcd",
    6: "afgedc",
    7: "abc",
    8: "abcdefg",
    9: "abcdfg",
}


def _digits(sketch: Sketch, cx: float, cy: float, radius: float, tones: Tones) -> None:
    w, h = radius * 0.36, radius * 0.62
    for slot in range(4):
        x = cx + (-w - 3 if slot % 2 == 0 else 3)
        y = cy - h - 3 if slot < 2 else cy + 3
        a, b, c, d = (x, y), (x + w, y), (x + w, y + h), (x, y + h)
        middle = y + h / 2
        strokes = {
            "a": (a, b),
            "b": (b, (x + w, middle)),
            "c": ((x + w, middle), c),
            "d": (d, c),
            "e": ((x, middle), d),
            "f": (a, (x, middle)),
            "g": ((x, middle), (x + w, middle)),
        }
        digit = sketch.traits.below((3, 10, 6, 10)[slot])
        sketch.stroke(
            "".join(line(*strokes[segment]) for segment in SEGMENTS[digit]),
            tones[0] if slot < 2 else "#e9edf2",
            radius * 0.085,
        )


def _subdials(sketch: Sketch, cx: float, cy: float, radius: float, tones: Tones) -> None:
    sketch.disc(cx, cy, radius * 0.94, tones[1])
    for angle in (0, 120, 240):
        x, y = polar(cx, cy, radius * 0.48, angle - 90)
        sketch.disc(x, y, radius * 0.27, GLASS, 0.55)
        sketch.stroke(line((x, y), polar(x, y, radius * 0.2, sketch.traits.below(360))), tones[0], 1.6)
    sketch.stroke(line((cx, cy), polar(cx, cy, radius * 0.5, 215)), "#fff", 3.4)
    sketch.stroke(line((cx, cy), polar(cx, cy, radius * 0.8, 305)), "#fff", 2.2)


def _scene(sketch: Sketch, cx: float, cy: float, radius: float, tones: Tones) -> None:
    sketch.disc(cx, cy, radius * 0.9, tones[1])
    sketch.disc(cx + radius * 0.24, cy - radius * 0.28, radius * 0.26, tones[0])
    r = radius * 0.9
    sketch.path(
        f"M{short(cx - r)} {short(cy)}A{short(r)} {short(r)} 0 0 0 {short(cx + r)} {short(cy)}"
        f"Q{short(cx + r * 0.3)} {short(cy - r * 0.1)} {short(cx)} "
        f"{short(cy + r * 0.24)}T{short(cx - r)} {short(cy)}z",
        tones[2],
    )


FACES: tuple[Callable[[Sketch, float, float, float, Tones], None], ...] = (
    _hands,
    _rings,
    _digits,
    _subdials,
    _scene,
)


def _crown(sketch: Sketch, right: float, y: float) -> None:
    sketch.solid(rounded(Box(right - 3, y, 10, 20), 3), sketch.finish.shade)
    if sketch.traits.chance(50):
        sketch.solid(rounded(Box(right - 3, y + 30, 7, 22), 3), sketch.accent)


def _boxed(sketch: Sketch, w: float, h: float, radius: float) -> None:
    box = centred(120, 118, w, h)
    _strap(sketch, w * 0.74, box.y, box.bottom)
    _crown(sketch, box.right, box.y + 22)
    sketch.slab(box, radius)
    glass = box.inset(6)
    sketch.rect(glass, GLASS, max(radius - 5, 2))
    _face(sketch, 120, 118, min(glass.w, glass.h) / 2 - 4)
    sketch.place("glass", glass.inset(8))
    sketch.place("case", Box(box.x, box.y + 14, 6, h - 28))


def square_watch(sketch: Sketch) -> None:
    """A square case."""
    w = sketch.traits.between(106, 116)
    _boxed(sketch, w, w + sketch.traits.between(0, 6), sketch.traits.between(6, 12))


def soft_watch(sketch: Sketch) -> None:
    """A tall case with very round corners."""
    _boxed(
        sketch, sketch.traits.between(98, 106), sketch.traits.between(116, 126), sketch.traits.between(30, 38)
    )


def round_watch(sketch: Sketch) -> None:
    """A round case with a bezel."""
    r = sketch.traits.between(58, 66)
    _strap(sketch, r * 1.2, 118 - r, 118 + r)
    _crown(sketch, 120 + r, 107)
    sketch.solid(ring(120, 121, r), sketch.finish.shade)
    sketch.disc(120, 118, r, sketch.finish.body)
    sketch.stroke(
        f"M{short(122 - r)} 118A{short(r - 2)} {short(r - 2)} 0 0 1 120 {short(120 - r)}",
        sketch.finish.light,
        2,
    )
    bezel = sketch.traits.between(5, 12)
    sketch.disc(120, 118, r - bezel, GLASS)
    _face(sketch, 120, 118, r - bezel - 2)
    sketch.place("glass", centred(120, 118, r, r))
    sketch.place("bezel", centred(120, 122 - r, 16, 4))


def diver(sketch: Sketch) -> None:
    """A round case with a toothed, marked bezel."""
    r = sketch.traits.between(62, 68)
    _strap(sketch, r * 1.24, 118 - r, 118 + r)
    _crown(sketch, 120 + r, 107)
    for step in range(18):
        sketch.disc(*polar(120, 118, r - 2, step * 20), 5, sketch.finish.shade)
    sketch.outline(ring(120, 118, r + 5))
    sketch.disc(120, 118, r, sketch.finish.body)
    sketch.disc(120, 118, r - 3, sketch.accent)
    for step in range(12):
        sketch.stroke(line(polar(120, 118, r - 12, step * 30), polar(120, 118, r - 6, step * 30)), GLASS, 2)
    sketch.disc(120, 118, r - 15, GLASS)
    _face(sketch, 120, 118, r - 17)
    sketch.place("glass", centred(120, 118, r, r))
    sketch.place("bezel", centred(120, 125 - r, 22, 6))


def octagon_watch(sketch: Sketch) -> None:
    """Eight sides and screws."""
    r = sketch.traits.between(64, 70)
    _strap(sketch, r * 1.16, 118 - r, 118 + r)
    _crown(sketch, 120 + r * 0.93, 107)
    sketch.solid(regular(120, 121, r, 8, 22.5), sketch.finish.shade)
    sketch.path(regular(120, 118, r, 8, 22.5), sketch.finish.body)
    sketch.path(regular(120, 118, r - 4, 8, 22.5), sketch.finish.light, 0.5)
    for step in range(8):
        sketch.disc(*polar(120, 118, r - 10, step * 45 + 22.5), 3, sketch.finish.line)
    sketch.disc(120, 118, r - 17, GLASS)
    _face(sketch, 120, 118, r - 19)
    sketch.place("glass", centred(120, 118, r, r))
    sketch.place("bezel", centred(120, 118 - r + 10, 30, 6))


def band_watch(sketch: Sketch) -> None:
    """A narrow fitness band."""
    w = sketch.traits.between(54, 66)
    h = sketch.traits.between(126, 146)
    sketch.solid(corners(centred(120, 120, w * 0.86, 216), 10, 10, 10, 10), sketch.accent)
    sketch.stroke(line((120, 196), (120, 218)), GLASS, 5, 0.35)
    box = centred(120, 116, w, h)
    sketch.slab(box, w / 2 * sketch.traits.between(0.4, 1.0))
    glass = box.inset(4)
    sketch.rect(glass, GLASS, w / 2 * 0.6)
    _face(sketch, 120, 116 - h * 0.17, w / 2 - 9)
    tone = sketch.traits.pick(PALETTES)
    for step in range(3):
        sketch.rect(
            Box(glass.x + 10, 116 + h * 0.14 + step * 11, (w - 28) * (1 - step * 0.22), 5),
            (tone.pop, tone.calm, tone.middle)[step],
            2.5,
        )
    sketch.place("glass", glass.inset(6, 14))
    sketch.place("strap", Box(104, 18, 32, 20))


def winged_watch(sketch: Sketch) -> None:
    """An outdoor case with shoulders and four buttons."""
    r = sketch.traits.between(54, 60)
    _strap(sketch, r * 1.36, 118 - r, 118 + r)
    shell = polygon(
        (120 - r, 118 - r - 8),
        (120 + r, 118 - r - 8),
        (132 + r, 118 - r * 0.5),
        (132 + r, 118 + r * 0.5),
        (120 + r, 126 + r),
        (120 - r, 126 + r),
        (108 - r, 118 + r * 0.5),
        (108 - r, 118 - r * 0.5),
    )
    for side in (-1, 1):
        for dy in (-30, 30):
            sketch.solid(rounded(centred(120 + side * (r + 12), 118 + dy * 0.8, 10, 18), 3), STEEL)
    sketch.solid(shell, sketch.finish.body)
    sketch.path(
        polygon(
            (120 + r * 0.2, 110 - r),
            (120 + r, 110 - r),
            (132 + r, 118 - r * 0.5),
            (132 + r, 118 + r * 0.5),
            (120 + r, 126 + r),
            (120 + r * 0.2, 126 + r),
        ),
        sketch.finish.shade,
        0.6,
    )
    sketch.disc(120, 118, r + 3, sketch.finish.line)
    sketch.disc(120, 118, r - 2, GLASS)
    _face(sketch, 120, 118, r - 5)
    sketch.place("glass", centred(120, 118, r, r))
    sketch.place("case", Box(112 - r, 100, 10, 36))


WATCHES = (square_watch, soft_watch, round_watch, diver, octagon_watch, band_watch, winged_watch)
