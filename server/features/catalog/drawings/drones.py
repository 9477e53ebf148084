"""Drones, from above or straight ahead."""

from __future__ import annotations

import math

from server.features.catalog.drawings.finishes import GLASS, RUBBER, RUBBER_LIGHT, STEEL, STEEL_DARK
from server.features.catalog.drawings.geometry import (
    Box,
    centred,
    hole,
    line,
    polar,
    polygon,
    ring,
    rounded,
    short,
)
from server.features.catalog.drawings.sketch import Sketch


def _rotor(sketch: Sketch, cx: float, cy: float, radius: float, turn: float) -> None:
    """Two blades over the faint disc that they sweep."""
    sketch.disc(cx, cy, radius, STEEL, 0.28)
    sketch.stroke(ring(cx, cy, radius), STEEL_DARK, 1.2, 0.45)
    for angle in (turn, turn + 180):
        (x1, y1), (x2, y2) = polar(cx, cy, radius * 0.75, angle - 16), polar(cx, cy, radius * 0.6, angle + 26)
        tip_x, tip_y = polar(cx, cy, radius * 0.97, angle)
        bends = f"Q{short(x1)} {short(y1)} {short(tip_x)} {short(tip_y)}Q{short(x2)} {short(y2)}"
        sketch.solid(f"M{short(cx)} {short(cy)}{bends} {short(cx)} {short(cy)}z", RUBBER)
    sketch.disc(cx, cy, 6.5, sketch.trim.shade)
    sketch.disc(cx, cy, 3, sketch.accent)


def _arms(
    sketch: Sketch, hubs: list[tuple[float, float]], width: float, centre: tuple[float, float] = (120, 120)
) -> None:
    for x, y in hubs:
        sketch.stroke(line(centre, (x, y)), sketch.trim.shade, width)
        half = width / 2 / math.dist(centre, (x, y))
        dx, dy = (y - centre[1]) * half, (centre[0] - x) * half
        sketch.outline(
            polygon(
                (centre[0] + dx, centre[1] + dy),
                (x + dx, y + dy),
                (x - dx, y - dy),
                (centre[0] - dx, centre[1] - dy),
            )
        )
        sketch.outline(ring(x, y, 9))


def _rotors(sketch: Sketch, hubs: list[tuple[float, float]], radius: float) -> None:
    start = sketch.traits.below(180)
    for step, (x, y) in enumerate(hubs):
        _rotor(sketch, x, y, radius, start + step * 47)
    sketch.place("arm", centred((hubs[0][0] + 120) / 2, (hubs[0][1] + 120) / 2, 5, 5))


def _hull(sketch: Sketch, w: float, h: float) -> None:
    """The body over the arms: one of four shells, a camera at its nose."""
    style = sketch.traits.below(4)
    box = centred(120, 120, w, h)
    if style == 0:
        sketch.slab(box, w / 2)
    elif style == 1:
        sketch.slab(box, 10)
        sketch.rect(box.inset(7, 15), sketch.trim.body, 6)
    elif style == 2:
        sketch.solid(
            polygon(
                (120, box.y),
                (box.right, box.y + h * 0.34),
                (box.right - 8, box.bottom),
                (box.x + 8, box.bottom),
                (box.x, box.y + h * 0.34),
            ),
            sketch.finish.body,
        )
        sketch.path(
            polygon(
                (120, box.y), (box.right, box.y + h * 0.34), (box.right - 8, box.bottom), (120, box.bottom)
            ),
            sketch.finish.shade,
        )
    else:
        sketch.solid(ring(120, 122, w / 2, h / 2), sketch.finish.shade)
        sketch.path(ring(120, 119, w / 2, h / 2 - 1), sketch.finish.body)
    sketch.rect(centred(120, 120 + h * 0.2, w * 0.4, 5), sketch.accent, 2.5)
    sketch.lens(120, box.y + 14, sketch.traits.between(8, 11))
    sketch.place("body", Box(box.x + w * 0.25, box.y + h * 0.42, w * 0.5, h * 0.25))


def cross_quad(sketch: Sketch) -> None:
    """Four rotors on a cross, from above."""
    reach = sketch.traits.between(84, 94)
    hubs = [polar(120, 120, reach, angle) for angle in (225, 315, 45, 135)]
    _arms(sketch, hubs, sketch.traits.between(9, 14))
    _rotors(sketch, hubs, sketch.traits.between(38, 46))
    _hull(sketch, sketch.traits.between(50, 66), sketch.traits.between(78, 102))


def long_quad(sketch: Sketch) -> None:
    """A long body, arms swept back and forward."""
    wide = sketch.traits.between(80, 88)
    hubs = [(120 - wide, 56.0), (120 + wide, 56.0), (120 + wide * 0.82, 186.0), (120 - wide * 0.82, 186.0)]
    _arms(sketch, hubs, 8)
    _rotors(sketch, hubs, sketch.traits.between(32, 40))
    _hull(sketch, sketch.traits.between(40, 50), sketch.traits.between(116, 136))


def hexa(sketch: Sketch) -> None:
    """Six rotors for heavy loads."""
    reach = sketch.traits.between(82, 88)
    turn = sketch.traits.pick((0, 30))
    hubs = [polar(120, 120, reach, angle + turn) for angle in range(0, 360, 60)]
    _arms(sketch, hubs, 7)
    _rotors(sketch, hubs, sketch.traits.between(27, 32))
    size = sketch.traits.between(58, 70)
    _hull(sketch, size, size)


def guarded(sketch: Sketch) -> None:
    """Rotors inside round guards."""
    r = sketch.traits.between(42, 48)
    hubs = [(120 + dx * 54.0, 120 + dy * 54.0) for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    for x, y in hubs:
        sketch.outline(ring(x, y, r + 5) + hole(x, y, r - 5))
        sketch.stroke(ring(x, y, r), sketch.finish.shade, 10)
        sketch.stroke(ring(x, y - 1, r), sketch.finish.body, 7)
    _rotors(sketch, hubs, r - 7)
    _arms(sketch, hubs, 5)
    _hull(sketch, 44, sketch.traits.between(64, 84))


def front_quad(sketch: Sketch) -> None:
    """Hovering, seen straight ahead, camera on its gimbal."""
    y = sketch.traits.between(84, 100)
    droop = sketch.traits.between(-16, 14)
    sketch.stroke(
        f"M34 {short(y)}Q84 {short(y + droop)} 120 {short(y + 26)}Q156 {short(y + droop)} 206 {short(y)}",
        sketch.finish.shade,
        12,
    )
    sketch.outline(
        f"M34 {short(y - 6)}Q84 {short(y + droop - 6)} 120 {short(y + 20)}Q156 {short(y + droop - 6)} "
        f"206 {short(y - 6)}V{short(y + 6)}Q156 {short(y + droop + 6)} 120 {short(y + 32)}Q84 "
        f"{short(y + droop + 6)} 34 {short(y + 6)}z"
    )
    for x in (34, 206):
        sketch.solid(rounded(centred(x, y - 10, 14, 26), 5), sketch.finish.body)
        sketch.solid(rounded(centred(x, y - 24, 60, 5), 2.5), RUBBER)
        sketch.stroke(line((x, y + 4), (x + (120 - x) * 0.06, y + 60)), RUBBER_LIGHT, 6)
        sketch.outline(rounded(centred(x + 2, y + 32, 7, 60), 3))
    body = centred(120, y + 26, sketch.traits.between(84, 100), sketch.traits.between(50, 62))
    sketch.slab(body, sketch.traits.between(14, 28), depth=5)
    for side in (-1, 1):
        sketch.rect(centred(120 + side * body.w * 0.28, body.y + 18, 16, 10), GLASS, 5)
    sketch.rect(centred(120, body.y + 18, 14, 4), sketch.accent, 2)
    gimbal = centred(120, body.bottom + 22, 44, 40)
    sketch.solid(rounded(Box(112, body.bottom - 4, 16, 16), 3), STEEL_DARK)
    sketch.solid(rounded(gimbal, 12), RUBBER)
    sketch.lens(120, gimbal.cy, 14)
    sketch.place("body", body.inset(12, 26))
    sketch.place("gimbal", gimbal.inset(4))


def wing(sketch: Sketch) -> None:
    """A flying wing."""
    sweep = sketch.traits.between(60, 96)
    tip = sketch.traits.between(20, 34)
    left = polygon((120, 44), (8, 44 + sweep), (8, 44 + sweep + tip), (92, 172), (120, 172))
    right = polygon((120, 44), (232, 44 + sweep), (232, 44 + sweep + tip), (148, 172), (120, 172))
    sketch.solid(left, sketch.finish.body)
    sketch.solid(right, sketch.finish.shade)
    edge = 44 + sweep
    sketch.path(
        polygon((8, edge), (36, edge - sweep * 0.25), (36, edge + tip - 2), (8, edge + tip)), sketch.accent
    )
    sketch.path(
        polygon((232, edge), (204, edge - sweep * 0.25), (204, edge + tip - 2), (232, edge + tip)),
        sketch.accent,
    )
    sketch.stroke(line((118, 48), (14, edge)), sketch.finish.light, 2)
    sketch.solid(ring(120, 108, sketch.traits.between(18, 26), 68), sketch.trim.light)
    sketch.path(ring(120, 92, 12, 28), GLASS)
    sketch.path(ring(117, 82, 4, 12), "#fff", 0.35)
    sketch.solid(rounded(centred(120, 184, 74, 6), 3), RUBBER)
    sketch.disc(120, 184, 8, STEEL)
    sketch.place("wing", Box(50, 104, 40, 30))
    sketch.place("nose", Box(110, 134, 20, 20))


def folded_drone(sketch: Sketch) -> None:
    """Arms folded along the body, ready for the bag."""
    w = sketch.traits.between(68, 84)
    box = centred(120, 122, w, 168)
    for side in (-1, 1):
        for y in (84, 166):
            arm = centred(120 + side * (w / 2 + 11), y, 22, 76)
            sketch.solid(rounded(arm, 10), sketch.finish.shade)
            sketch.solid(ring(arm.cx, arm.y + 12, 14), RUBBER_LIGHT)
            sketch.disc(arm.cx, arm.y + 12, 6, sketch.accent)
            sketch.stroke(line((arm.cx, arm.y + 12), (arm.cx + side * 4, arm.bottom + 4)), RUBBER, 6)
    sketch.slab(box, sketch.traits.between(16, 34), depth=5)
    sketch.rect(Box(box.x + 10, 118, w - 20, 66), sketch.finish.shade, 10)
    for step in range(4):
        sketch.disc(105 + step * 10, 198, 2.8, "#7bc74d" if step < 3 else STEEL)
    sketch.rect(centred(120, 64, w * 0.62, 40), GLASS, 14)
    sketch.lens(120, 64, 14)
    sketch.place("body", Box(box.x + 12, 120, w - 24, 60))
    sketch.place("arm", centred(120 - w / 2 - 11, 90, 10, 40))


DRONES = (cross_quad, long_quad, hexa, guarded, front_quad, wing, folded_drone)
