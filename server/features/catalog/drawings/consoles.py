"""Game consoles: boxes for the living room and machines for the hands."""

from __future__ import annotations

from server.features.catalog.drawings.finishes import ACCENTS, GLASS, GLASS_EDGE, RUBBER, RUBBER_LIGHT, STEEL
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


def _cross(sketch: Sketch, cx: float, cy: float, arm: float, colour: str = GLASS) -> None:
    sketch.path(
        rounded(centred(cx, cy, arm * 2, arm * 0.7), 2) + rounded(centred(cx, cy, arm * 0.7, arm * 2), 2),
        colour,
    )


def _buttons(sketch: Sketch, cx: float, cy: float, spread: float, radius: float) -> None:
    start = sketch.traits.below(len(ACCENTS))
    for step, (dx, dy) in enumerate(((0, -1), (1, 0), (0, 1), (-1, 0))):
        sketch.disc(cx + dx * spread, cy + dy * spread, radius, ACCENTS[(start + step) % len(ACCENTS)])


def _stick(sketch: Sketch, cx: float, cy: float, radius: float) -> None:
    sketch.disc(cx, cy + 1.5, radius * 1.25, GLASS, 0.6)
    sketch.disc(cx, cy, radius, RUBBER_LIGHT)
    sketch.disc(cx, cy, radius * 0.62, RUBBER)


def _pad(sketch: Sketch, cx: float, cy: float, w: float, colour: str, shade: str) -> None:
    """A two-handed controller."""
    h = w * 0.42
    shape = (
        f"M{cx - w * 0.36:.1f} {cy - h * 0.5:.1f}H{cx + w * 0.36:.1f}C{cx + w * 0.5:.1f} "
        f"{cy - h * 0.5:.1f} {cx + w * 0.6:.1f} {cy + h * 0.8:.1f} "
        f"{cx + w * 0.46:.1f} {cy + h * 0.86:.1f}C{cx + w * 0.38:.1f} {cy + h * 0.9:.1f} "
        f"{cx + w * 0.32:.1f} {cy + h * 0.4:.1f} {cx + w * 0.2:.1f} {cy + h * 0.4:.1f}"
        f"H{cx - w * 0.2:.1f}C{cx - w * 0.32:.1f} {cy + h * 0.4:.1f} {cx - w * 0.38:.1f} "
        f"{cy + h * 0.9:.1f} {cx - w * 0.46:.1f} {cy + h * 0.86:.1f}"
        f"C{cx - w * 0.6:.1f} {cy + h * 0.8:.1f} {cx - w * 0.5:.1f} {cy - h * 0.5:.1f} "
        f"{cx - w * 0.36:.1f} {cy - h * 0.5:.1f}z"
    )
    sketch.solid(shape, colour)
    sketch.stroke(line((cx - w * 0.33, cy - h * 0.44), (cx + w * 0.16, cy - h * 0.44)), "#fff", 1.6, 0.5)
    _cross(sketch, cx - w * 0.3, cy - h * 0.08, w * 0.07, shade)
    _buttons(sketch, cx + w * 0.3, cy - h * 0.08, w * 0.065, w * 0.034)
    for side in (-1, 1):
        _stick(sketch, cx + side * w * 0.13, cy + h * 0.2, w * 0.062)
    sketch.place("controller", centred(cx, cy, w * 0.5, h * 0.4))


def tower(sketch: Sketch) -> None:
    """A tall box with its controller in front."""
    w = sketch.traits.between(62, 84)
    box = Box(sketch.traits.between(58, 76), 26, w, 184)
    sketch.solid(rounded(Box(box.x - 10, 206, w + 20, 9), 4), sketch.finish.line)
    sketch.slab(box, sketch.traits.between(3, 20))
    sketch.rect(Box(box.x + w * 0.38, 26, w * 0.24, 184), sketch.trim.shade)
    sketch.rect(Box(box.x + w * 0.46, 44, w * 0.08, 56), sketch.accent, 2)
    sketch.rect(Box(box.x + w * 0.7, 60, 4, 60), GLASS, 2)
    _pad(sketch, 168, 168, 104, sketch.trim.light, sketch.trim.line)
    sketch.place("shell", Box(box.x + 4, 34, w * 0.34, 160))


def flat_box(sketch: Sketch) -> None:
    """A flat box with a disc slot and a pad leaning on it."""
    h = sketch.traits.between(46, 60)
    box = centred(120, 96, 204, h)
    sketch.slab(box, sketch.traits.between(3, 14), depth=8)
    sketch.rect(Box(box.x, box.y + h * 0.4, 204, h * 0.24), sketch.trim.line)
    sketch.rect(Box(box.x + 24, box.y + h * 0.46, 84, h * 0.08), STEEL)
    sketch.disc(box.right - 22, box.y + h * 0.2, 4, sketch.accent)
    sketch.path(squares(6, 1, Box(box.right - 70, box.y + h * 0.74, 48, 7), 4), sketch.finish.shade)
    _pad(sketch, 120, 164, sketch.traits.between(112, 130), sketch.trim.body, GLASS)
    sketch.place("top shell", Box(box.x + 12, box.y + 3, 120, 12))


def slate_handheld(sketch: Sketch) -> None:
    """A wide screen between two grips."""
    h = sketch.traits.between(88, 104)
    body = centred(120, 120, 228, h)
    radius = sketch.traits.between(20, 44)
    left, right = sketch.traits.pick(
        (
            (sketch.accent, sketch.accent),
            (sketch.finish.body, sketch.finish.body),
            (sketch.accent, sketch.finish.light),
        )
    )
    sketch.outline(rounded(Box(body.x, body.y, body.w, h + 4), radius))
    sketch.path(rounded(Box(body.x, body.y + 4, body.w, h), radius), GLASS)
    sketch.path(corners(Box(body.x, body.y, 46, h), radius, 0, 0, radius), left)
    sketch.path(corners(Box(body.right - 46, body.y, 46, h), 0, radius, radius, 0), right)
    sketch.rect(Box(body.x + 46, body.y, 136, h), sketch.finish.line)
    glass = Box(body.x + 51, body.y + 5, 126, h - 10)
    paint_screen(sketch, glass, 3)
    _stick(sketch, body.x + 24, 120 - h * 0.2, 10)
    _cross(sketch, body.x + 24, 120 + h * 0.18, 10)
    _buttons(sketch, body.right - 24, 120 - h * 0.2, 8, 4.2)
    _stick(sketch, body.right - 24, 120 + h * 0.18, 10)
    sketch.place("screen", glass.inset(4))
    sketch.place("left grip", Box(body.x + 8, body.bottom - 24, 30, 14))


def brick_handheld(sketch: Sketch) -> None:
    """An upright pocket machine."""
    w = sketch.traits.between(112, 130)
    box = centred(120, 118, w, 198)
    sketch.slab(box, sketch.traits.between(6, 14), depth=5)
    window = Box(box.x + 11, box.y + 12, w - 22, 82)
    sketch.path(corners(window, 6, 6, sketch.traits.pick((6, 26)), 6), GLASS_EDGE)
    lit = window.inset(13, 9)
    paint_screen(sketch, lit, 2)
    _cross(sketch, box.x + 32, 148, 17)
    for step in range(2):
        sketch.disc(box.right - 22 - step * 25, 142 + step * 11, 10, sketch.accent)
    for step in range(2):
        sketch.turned(-24, 104 + step * 24, 186)
        sketch.rect(centred(104 + step * 24, 186, 18, 6), sketch.finish.line, 3)
        sketch.close()
    for step in range(4):
        sketch.stroke(
            line((box.right - 40 + step * 9, box.bottom - 14), (box.right - 32 + step * 9, box.bottom - 28)),
            sketch.finish.shade,
            3,
        )
    sketch.place("screen", lit)
    sketch.place("shell", Box(box.x + 6, box.bottom - 24, 50, 18))


def clamshell(sketch: Sketch) -> None:
    """Two screens, one above the other."""
    w = sketch.traits.between(158, 178)
    radius = sketch.traits.between(10, 24)
    top = Box(120 - w / 2, 26, w, 92)
    low = Box(120 - w / 2, 124, w, 88)
    sketch.solid(rounded(centred(120, 121, w * 0.7, 14), 5), sketch.finish.line)
    sketch.slab(top, radius, depth=0)
    wide = sketch.traits.between(0.72, 0.84)
    upper = centred(120, 70, w * wide, 70)
    sketch.rect(upper.inset(-4), GLASS, 5)
    paint_screen(sketch, upper, 2)
    sketch.slab(low, radius)
    lower = centred(120, 166, w * 0.46, 60)
    sketch.rect(lower.inset(-3), GLASS, 4)
    paint_screen(sketch, lower, 2)
    reach = w / 2 - 20
    _stick(sketch, 120 - reach, 150, 9)
    _cross(sketch, 120 - reach, 184, 11)
    _buttons(sketch, 120 + reach, 152, 9, 4.6)
    sketch.disc(120 + reach, 190, 4, sketch.accent)
    sketch.place("upper screen", upper)
    sketch.place("lower screen", lower)
    sketch.place("hinge", centred(120, 121, w * 0.6, 8))


def cartridge_console(sketch: Sketch) -> None:
    """A classic with a slot on top and a wired pad."""
    box = centred(120, 96, sketch.traits.between(176, 200), 96)
    sketch.solid(rounded(centred(120, 50, 74, 40), 4), sketch.accent)
    sketch.rect(centred(120, 43, sketch.traits.between(30, 60), 14), "#fff", 2, 0.85)
    sketch.slab(box, sketch.traits.between(4, 18), depth=10)
    sketch.rect(Box(box.x + 6, box.y + 26, box.w - 12, box.h - 34), sketch.trim.body, 5)
    sketch.rect(centred(120, box.y + 13, 96, 10), GLASS, 3)
    stripes = sketch.traits.between(26, 44)
    sketch.path(squares(int(stripes // 4), 1, Box(box.x + 14, box.y + 34, stripes, 44), 3), sketch.trim.shade)
    for step in range(2):
        sketch.rect(
            Box(box.right - 34 - step * 32, box.y + 46, 24, 14), (sketch.accent, sketch.finish.line)[step], 4
        )
    sketch.stroke("M64 150C20 170 40 206 84 196", RUBBER, 4)
    sketch.outline("M60 150C14 170 36 212 84 200V192C46 202 28 174 68 152z")
    pad = Box(80, 168, 118, 46)
    sketch.slab(pad, sketch.traits.between(6, 22), sketch.trim)
    _cross(sketch, pad.x + 24, pad.cy, 12)
    sketch.disc(pad.right - 18, pad.cy, 8, sketch.accent)
    sketch.disc(pad.right - 40, pad.cy, 8, sketch.accent)
    sketch.place("shell", Box(box.x + 60, box.y + 36, 40, 44))
    sketch.place("controller", pad.inset(12, 8))


def cube_console(sketch: Sketch) -> None:
    """A cube with a round port on top of its face and a handle."""
    size = sketch.traits.between(132, 148)
    box = centred(112, 130, size, size)
    side = polygon(
        (box.right, box.y + 4),
        (box.right + 26, box.y - 14),
        (box.right + 26, box.bottom - 22),
        (box.right, box.bottom),
    )
    lid = polygon(
        (box.x + 4, box.y), (box.x + 30, box.y - 18), (box.right + 26, box.y - 18), (box.right, box.y)
    )
    sketch.solid(side, sketch.finish.line)
    sketch.solid(lid, sketch.finish.light)
    sketch.slab(box, 10, depth=2)
    sketch.path(ring(box.cx, box.y + size * 0.36, size * 0.28), sketch.trim.shade)
    sketch.stroke(ring(box.cx, box.y + size * 0.36, size * 0.17), sketch.accent, 4)
    for step in range(sketch.traits.pick((2, 4))):
        x = box.x + 22 + step * 27
        sketch.rect(Box(x, box.bottom - 38, 20, 16), GLASS, 5)
        sketch.rect(Box(x + 5, box.bottom - 33, 10, 6), STEEL, 2)
    sketch.place("front", Box(box.x + 10, box.y + 10, size - 20, 14))


CONSOLES = (tower, flat_box, slate_handheld, brick_handheld, clamshell, cartridge_console, cube_console)
