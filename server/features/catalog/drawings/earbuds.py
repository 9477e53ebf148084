"""Earbuds and their cases."""

from __future__ import annotations

from collections.abc import Callable

from server.features.catalog.drawings.finishes import RUBBER, RUBBER_LIGHT
from server.features.catalog.drawings.geometry import (
    Box,
    centred,
    ring,
    rounded,
    short,
)
from server.features.catalog.drawings.sketch import Sketch


def _tip(sketch: Sketch, cx: float, cy: float, toward: float) -> None:
    """The soft tip that goes into the ear; ``toward`` is the side that it is on, times the scale."""
    k = abs(toward)
    sketch.solid(ring(cx + toward * 13, cy + k, 8 * k, 11 * k), RUBBER)
    sketch.path(ring(cx + toward * 15, cy, 4 * k, 7 * k), RUBBER_LIGHT)


def _stem_bud(sketch: Sketch, cx: float, cy: float, toward: float) -> None:
    k = abs(toward)
    x = cx - toward * 6
    _tip(sketch, cx, cy, toward)
    sketch.solid(rounded(Box(x - 7 * k, cy - 8 * k, 14 * k, 46 * k), 7 * k), sketch.trim.body)
    sketch.solid(ring(cx, cy, 17 * k), sketch.finish.body)
    sketch.rect(Box(x - 7 * k, cy, 5 * k, 32 * k), sketch.trim.light, 2.5 * k, 0.8)
    sketch.rect(Box(x - 4 * k, cy + 29 * k, 8 * k, 3 * k), sketch.accent, 1.5 * k)
    sketch.disc(cx - 5 * k, cy - 6 * k, 4 * k, sketch.finish.light)


def _bean_bud(sketch: Sketch, cx: float, cy: float, toward: float) -> None:
    k = abs(toward)
    _tip(sketch, cx, cy + 6 * k, toward)
    sketch.solid(ring(cx, cy, 19 * k, 23 * k), sketch.finish.shade)
    sketch.path(ring(cx - k, cy - 1.5 * k, 17 * k, 21 * k), sketch.finish.body)
    sketch.path(ring(cx - toward * 3, cy, 8 * k, 10 * k), sketch.trim.shade)
    sketch.disc(cx - toward * 3, cy, 3 * k, sketch.accent)


def _hook_bud(sketch: Sketch, cx: float, cy: float, toward: float) -> None:
    k = abs(toward)
    x = cx - toward * 4
    sketch.stroke(
        f"M{short(x)} {short(cy - 10 * k)}C{short(x - toward * 6)} {short(cy - 46 * k)} "
        f"{short(x - toward * 44)} {short(cy - 38 * k)} {short(x - toward * 32)} {short(cy + 26 * k)}",
        sketch.accent,
        6 * k,
    )
    _tip(sketch, cx, cy + 3 * k, toward)
    sketch.solid(rounded(centred(cx, cy, 30 * k, 38 * k), 12 * k), sketch.finish.body)
    sketch.rect(centred(cx, cy + 2 * k, 14 * k, 20 * k), sketch.trim.shade, 7 * k)


def _disc_bud(sketch: Sketch, cx: float, cy: float, toward: float) -> None:
    k = abs(toward)
    _tip(sketch, cx, cy + 4 * k, toward)
    sketch.solid(ring(cx, cy, 22 * k), sketch.finish.shade)
    sketch.disc(cx, cy - k, 20 * k, sketch.finish.body)
    sketch.disc(cx, cy - k, 12 * k, sketch.trim.body)
    sketch.stroke(ring(cx, cy - k, 12 * k), sketch.accent, 2.5 * k)
    sketch.disc(cx, cy - k, 4 * k, sketch.finish.line)


BUDS: tuple[Callable[[Sketch, float, float, float], None], ...] = (_stem_bud, _bean_bud, _hook_bud, _disc_bud)


def _both(sketch: Sketch, cy: float, apart: float, scale: float = 1.0) -> None:
    bud = sketch.traits.pick(BUDS)
    for side in (-1, 1):
        cx = 120 + side * apart / 2
        bud(sketch, cx, cy, -side * scale)
        sketch.place("left bud" if side < 0 else "right bud", centred(cx, cy, 20 * scale, 22 * scale))


def _case_face(sketch: Sketch, box: Box, radius: float) -> None:
    sketch.slab(box, radius, depth=5)
    seam = box.y + box.h * sketch.traits.between(0.3, 0.42)
    if sketch.traits.chance(60):
        sketch.clipped(rounded(box, radius))
        sketch.rect(Box(box.x, box.y, box.w, seam - box.y), sketch.trim.body)
        sketch.close()
        sketch.rim(box, radius, sketch.trim.light)
    sketch.rect(Box(box.x, seam, box.w, 2.4), sketch.finish.line, 0, 0.8)
    sketch.disc(120, seam + 16, 3, sketch.accent)
    sketch.place("case", box.inset(8))


def pebble(sketch: Sketch) -> None:
    """Buds above a closed, flat case."""
    w = sketch.traits.between(112, 132)
    _both(sketch, 64, sketch.traits.between(84, 104))
    _case_face(sketch, centred(120, 164, w, sketch.traits.between(72, 82)), sketch.traits.between(26, 40))


def tall_case(sketch: Sketch) -> None:
    """Buds either side of an upright case."""
    w = sketch.traits.between(76, 86)
    _case_face(sketch, centred(120, 126, w, sketch.traits.between(110, 126)), sketch.traits.between(16, 34))
    _both(sketch, 122, 164)


def open_case(sketch: Sketch) -> None:
    """Lid up, buds in their seats."""
    w = sketch.traits.between(138, 158)
    lid = Box(120 - w / 2 + 3, 44, w - 6, 70)
    sketch.slab(lid, 28, depth=0)
    sketch.rect(lid.inset(8, 9), sketch.trim.shade, 20)
    sketch.rect(centred(120, 70, 24, 3), sketch.finish.line, 1.5)
    _both(sketch, 114, w * 0.46)
    base = Box(120 - w / 2, 124, w, sketch.traits.between(66, 78))
    sketch.slab(base, 30, depth=5)
    sketch.rect(Box(base.x + 4, base.y, w - 8, 4), sketch.finish.line, 2)
    sketch.disc(120, base.cy + 6, 3, sketch.accent)
    sketch.place("case", base.inset(10))


def round_case(sketch: Sketch) -> None:
    """A round box, buds in front."""
    r = sketch.traits.between(64, 74)
    sketch.solid(ring(120, 92, r), sketch.finish.shade)
    sketch.disc(120, 90, r - 2, sketch.finish.body)
    sketch.disc(120, 90, r * 0.74, sketch.trim.body)
    sketch.stroke(ring(120, 90, r * 0.74), sketch.finish.light, 2, 0.7)
    sketch.stroke(f"M{short(122 - r)} 104Q120 {short(128)} {short(118 + r)} 104", sketch.finish.line, 2.4)
    sketch.disc(120, 70, 4, sketch.accent)
    sketch.place("case", centred(120, 82, r, r))
    _both(sketch, 170, sketch.traits.between(88, 112))


def neckband(sketch: Sketch) -> None:
    """Buds on a collar."""
    sketch.stroke("M62 168C18 20 222 20 178 168", sketch.finish.shade, 13)
    sketch.stroke("M62 168C18 20 222 20 178 168", sketch.trim.body, 9)
    sketch.outline("M55 170C8 10 232 10 185 170H171C214 32 26 32 69 170z")
    for side in (-1, 1):
        sketch.solid(rounded(centred(120 + side * 58, 160, 20, 56), 9), sketch.finish.body)
        sketch.rect(centred(120 + side * 58, 150, 6, 20), sketch.accent, 3)
        sketch.stroke(
            f"M{120 + side * 58} 188C{120 + side * 56} 226 {120 + side * 16} 216 {120 + side * 22} 176",
            RUBBER_LIGHT,
            3,
        )
    _both(sketch, 158, 46)
    sketch.place("collar", Box(90, 50, 60, 12))


def slider(sketch: Sketch) -> None:
    """A case that slides open sideways, buds on a tray."""
    tray = Box(28, 96, 184, sketch.traits.between(82, 92))
    sketch.slab(tray, 26, depth=5)
    sketch.rect(Box(38, 105, 110, tray.h - 18), sketch.finish.line, 18)
    bud = sketch.traits.pick(BUDS)
    for step, side in ((0, -1), (1, 1)):
        bud(sketch, 66 + step * 52, tray.cy - 8, side)
    cover = Box(142, 88, 74, tray.h + 16)
    sketch.slab(cover, sketch.traits.between(14, 28), sketch.trim, depth=5)
    sketch.rect(Box(154, 100, 4, tray.h - 8), sketch.accent, 2)
    sketch.place("cover", cover.inset(8))
    sketch.place("left bud", centred(66, tray.cy - 8, 20, 20))


def hero_buds(sketch: Sketch) -> None:
    """Only the buds, large."""
    _both(sketch, 108, sketch.traits.between(96, 116), sketch.traits.between(1.6, 1.95))


EARBUDS = (pebble, tall_case, open_case, round_case, neckband, slider, hero_buds)
