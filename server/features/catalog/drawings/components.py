"""Graphics cards and routers."""

from __future__ import annotations

from server.features.catalog.drawings.finishes import (
    GLASS,
    GLASS_EDGE,
    RUBBER,
    RUBBER_LIGHT,
    STEEL,
    STEEL_DARK,
)
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
    squares,
)
from server.features.catalog.drawings.sketch import Sketch

GOLD = "#d9a441"


def _fan(sketch: Sketch, cx: float, cy: float, radius: float) -> None:
    """Blades as one path, turned about the hub."""
    blades = sketch.traits.pick((7, 9, 11))
    sketch.disc(cx, cy, radius, GLASS)
    sweep = 360 / blades * 0.72
    shape = []
    for blade in range(blades):
        angle = 360 / blades * blade
        (x0, y0), (x1, y1), (x2, y2) = (
            polar(cx, cy, radius * 0.26, angle),
            polar(cx, cy, radius * 0.92, angle + sweep * 0.5),
            polar(cx, cy, radius * 0.92, angle + sweep * 1.2),
        )
        (x3, y3) = polar(cx, cy, radius * 0.26, angle + sweep)
        shape.append(
            f"M{x0:.0f} {y0:.0f}l{x1 - x0:.0f} {y1 - y0:.0f} {x2 - x1:.0f} {y2 - y1:.0f} {x3 - x2:.0f} "
            f"{y3 - y2:.0f}z"
        )
    sketch.path("".join(shape), RUBBER_LIGHT)
    sketch.disc(cx, cy, radius * 0.32, RUBBER)
    sketch.disc(cx, cy, radius * 0.2, sketch.accent)
    sketch.place("fan", centred(cx, cy, radius * 1.3, radius * 1.3))


def _board(sketch: Sketch, box: Box) -> None:
    """Bracket, circuit board and gold fingers that every card has."""
    sketch.solid(
        rounded(Box(box.x + 6, box.bottom - 8, box.w - 12, 18), 2),
        sketch.traits.pick(("#1f4d3a", "#23262d", "#1f3556")),
    )
    sketch.path(squares(16, 1, Box(box.x + 28, box.bottom + 10, 72, 7), 1.6), GOLD)
    sketch.outline(rounded(Box(box.x + 28, box.bottom + 8, 72, 9), 0))
    bracket = Box(box.x - 10, box.y - 10, 8, box.h + 34)
    sketch.solid(rounded(bracket, 1), STEEL)
    sketch.rect(Box(bracket.x, bracket.y, 3, bracket.h), "#d3d8df")
    sketch.solid(rounded(Box(bracket.x - 6, bracket.y - 1, 16, 5), 1), STEEL_DARK)
    sketch.place("bracket", bracket)


def _shroud(sketch: Sketch, box: Box) -> str:
    """Outline of the cover in one of five cuts."""
    cut = sketch.traits.between(10, 20)
    return sketch.traits.pick(
        (
            rounded(box, 6),
            polygon(
                (box.x, box.y),
                (box.right - cut, box.y),
                (box.right, box.y + cut),
                (box.right, box.bottom - cut),
                (box.right - cut, box.bottom),
                (box.x, box.bottom),
            ),
            corners(box, 4, box.h / 2, box.h / 2, 4),
            polygon(
                (box.x, box.y + 6),
                (box.cx - 20, box.y + 6),
                (box.cx - 10, box.y - 4),
                (box.right, box.y - 4),
                (box.right, box.bottom),
                (box.x, box.bottom),
            ),
            polygon(
                (box.x, box.y), (box.right, box.y), (box.right - cut, box.bottom), (box.x + cut, box.bottom)
            ),
        )
    )


def _card(sketch: Sketch, w: float, h: float, n_fans: int) -> None:
    box = centred(126, 116, w, h)
    _board(sketch, box)
    cover = _shroud(sketch, box)
    sketch.solid(cover, sketch.finish.shade)
    sketch.clipped(cover)
    sketch.rect(Box(box.x, box.y - 6, box.w, box.h + 2), sketch.finish.body)
    for step in range(n_fans - 1):
        x = box.x + w / n_fans * (step + 1)
        sketch.path(
            polygon((x - 12, box.y - 6), (x + 4, box.y - 6), (x + 12, box.bottom), (x - 4, box.bottom)),
            sketch.trim.light,
            0.85,
        )
    sketch.rect(Box(box.x, box.y - 4, box.w, 6), sketch.finish.light, 0, 0.5)
    sketch.close()
    radius = min(w / n_fans / 2 - 4, h / 2 - 6)
    for step in range(n_fans):
        _fan(sketch, box.x + w / n_fans * (step + 0.5), box.cy, radius)
    sketch.rect(Box(box.right - 34, box.y - 3, 22, 6), GLASS, 1)
    sketch.place("shroud", Box(box.x + 2, box.y + 2, box.w - 4, 8))


def one_fan(sketch: Sketch) -> None:
    """Short, for small cases."""
    _card(sketch, sketch.traits.between(124, 146), sketch.traits.between(104, 116), 1)


def two_fans(sketch: Sketch) -> None:
    """The usual length."""
    _card(sketch, sketch.traits.between(180, 196), sketch.traits.between(88, 100), 2)


def three_fans(sketch: Sketch) -> None:
    """Long and low."""
    _card(sketch, 208, sketch.traits.between(72, 84), 3)


def blower(sketch: Sketch) -> None:
    """One turbine at the end, a plain cover."""
    box = centred(126, 116, sketch.traits.between(188, 206), sketch.traits.between(78, 92))
    _board(sketch, box)
    sketch.slab(box, sketch.traits.between(2, 8))
    facet = sketch.traits.between(40, 70)
    sketch.path(
        polygon(
            (box.x + 10, box.y + 10),
            (box.x + facet + 30, box.y + 10),
            (box.x + facet, box.bottom - 10),
            (box.x + 10, box.bottom - 10),
        ),
        sketch.trim.body,
    )
    sketch.path(squares(7, 1, Box(box.x + 18, box.y + 18, 44, box.h - 36), 4), sketch.trim.line)
    sketch.rect(Box(box.x + facet + 22, box.cy - 2, 34, 4), sketch.accent, 2)
    _fan(sketch, box.right - 44, box.cy, 33)
    sketch.place("shroud", Box(box.x + 70, box.y + 6, 40, box.h - 12))


def flow_through(sketch: Sketch) -> None:
    """Two fans between a frame of metal, fins in sight."""
    box = centred(126, 116, 204, sketch.traits.between(86, 96))
    _board(sketch, box)
    sketch.slab(box, sketch.traits.between(4, 12))
    fins = box.inset(8, 9)
    sketch.rect(fins, GLASS, 5)
    sketch.path(squares(14, 1, fins.inset(4, 4), 6), GLASS_EDGE)
    sketch.path(
        polygon((fins.x, fins.y), (box.cx - 26, fins.y), (box.cx + 10, fins.bottom), (fins.x, fins.bottom)),
        sketch.trim.body,
        0.9,
    )
    _fan(sketch, box.x + 48, box.cy, box.h / 2 - 11)
    _fan(sketch, box.right - 48, box.cy, box.h / 2 - 11)
    sketch.stroke(line((box.cx - 22, fins.y + 2), (box.cx + 8, fins.bottom - 2)), sketch.accent, 4)
    sketch.place("frame", Box(box.x + 6, box.y + 1, 190, 7))


def water_block(sketch: Sketch) -> None:
    """A clear block with tubes."""
    box = centred(126, 128, 196, sketch.traits.between(74, 86))
    for x in (150, 182):
        sketch.stroke(f"M{x} {short(box.y + 14)}V58Q{x} 36 {x + 22} 36", sketch.accent, 13, 0.85)
        sketch.outline(
            f"M{x - 6} {short(box.y)}V58Q{x - 6} 30 {x + 22} 30V42Q{x + 6} 42 {x + 6} 58V{short(box.y)}z"
        )
    _board(sketch, box)
    sketch.slab(box, sketch.traits.between(3, 10))
    window = box.inset(9, 10)
    sketch.rect(window, GLASS, 6)
    die = centred(108, box.cy, 46, 46)
    sketch.path(squares(11, 1, die, 2), "#c9793f")
    sketch.stroke(
        f"M{short(die.x)} {short(die.cy)}H{short(window.x + 10)}V{short(window.bottom - 7)}"
        f"H{short(window.right - 22)}",
        sketch.accent,
        6,
        0.75,
    )
    for x in (150, 182):
        sketch.disc(x, box.y + 18, 11, STEEL)
        sketch.disc(x, box.y + 18, 6, STEEL_DARK)
    sketch.place("clear block", window.inset(6))


def low_profile(sketch: Sketch) -> None:
    """Half height, one small fan beside bare fins."""
    box = centred(126, 122, sketch.traits.between(168, 190), sketch.traits.between(52, 60))
    _board(sketch, box)
    sketch.slab(box, 4)
    sketch.rect(Box(box.x + 5, box.y + 4, box.w - 76, box.h - 8), sketch.trim.line, 3)
    sketch.path(squares(20, 1, Box(box.x + 8, box.y + 6, box.w - 82, box.h - 12), 3.4), sketch.trim.body)
    _fan(sketch, box.right - 40, box.cy, box.h / 2 - 5)
    sketch.rect(Box(box.right - 76, box.y + 8, 3, box.h - 16), sketch.accent)
    sketch.place("fins", Box(box.x + 8, box.y + 6, box.w - 84, box.h - 12))


GRAPHICS_CARDS = (one_fan, two_fans, three_fans, blower, flow_through, water_block, low_profile)


def _antenna(sketch: Sketch, x: float, base: float, height: float, lean: float) -> None:
    top = (x + lean, base - height)
    sketch.stroke(line((x, base), top), RUBBER, 9)
    sketch.stroke(line((x - 1.5, base), (top[0] - 1.5, top[1] + 1)), RUBBER_LIGHT, 3)
    sketch.outline(polygon((x - 5, base), (top[0] - 5, top[1] - 3), (top[0] + 5, top[1] - 3), (x + 5, base)))


def _lights(sketch: Sketch, box: Box, n_lights: int) -> None:
    for step in range(n_lights):
        sketch.disc(box.x + 22 + step * 14, box.y + box.h * 0.62, 3, sketch.accent if step % 3 else "#7bc74d")


def box_router(sketch: Sketch) -> None:
    """A flat box with upright antennas."""
    count = sketch.traits.pick((2, 3, 4))
    box = centred(120, 168, sketch.traits.between(184, 214), sketch.traits.between(46, 58))
    height = sketch.traits.between(88, 116)
    fan_out = sketch.traits.between(0, 16)
    for step in range(count):
        x = box.x + box.w * (step + 0.5) / count
        _antenna(sketch, x, box.y + 6, height, (step - (count - 1) / 2) * fan_out)
    sketch.slab(box, sketch.traits.between(6, 22), depth=6)
    front = Box(box.x + 10, box.y + box.h * 0.4, box.w - 20, box.h * 0.44)
    sketch.rect(front, sketch.trim.line, 8)
    _lights(sketch, box, sketch.traits.pick((4, 6, 8)))
    sketch.place("front", box.inset(10, 6))
    lean = -(count - 1) / 2 * fan_out
    base = box.x + box.w / count / 2
    sketch.place("antenna", centred(base + lean / 2, box.y + 6 - height / 2, 7, 8))


def spider_router(sketch: Sketch) -> None:
    """An angular body with eight raised arms."""
    for x, lean in ((34, -8), (76, -5), (164, 5), (206, 8)):
        _antenna(sketch, x, 120, sketch.traits.between(60, 74), lean)
    shell = polygon((24, 112), (216, 112), (232, 160), (180, 200), (60, 200), (8, 160))
    sketch.solid(shell, sketch.finish.shade)
    sketch.path(
        polygon((24, 112), (216, 112), (222, 152), (170, 184), (70, 184), (18, 152)), sketch.finish.body
    )
    sketch.path(polygon((84, 124), (156, 124), (142, 168), (98, 168)), sketch.trim.shade)
    sketch.path(regular(120, 145, 15, sketch.traits.pick((3, 4, 6)), -90), sketch.accent)
    for side in (-1, 1):
        sketch.path(squares(4, 1, centred(120 + side * 66, 148, 32, 20), 4), sketch.trim.line)
    sketch.place("top shell", Box(34, 118, 44, 26))
    sketch.place("antenna", Box(27, 90, 8, 16))


def mesh_pair(sketch: Sketch) -> None:
    """Two pebbles that talk to each other."""
    r = sketch.traits.between(48, 56)
    tall = sketch.traits.between(0.9, 1.35)
    for cx, cy, scale in ((78, 112, 1.0), (166, 142, 0.84)):
        w, h = 2 * r * scale, 2 * r * scale * tall
        box = centred(cx, cy, w, h)
        sketch.slab(box, sketch.traits.pick((w / 2, 24)), depth=5)
        sketch.rect(Box(box.x + w * 0.2, box.bottom - h * 0.22, w * 0.6, 4), sketch.accent, 2)
        sketch.path(ring(cx, cy - h * 0.16, w * 0.24), sketch.trim.body)
        sketch.place("shell", box.inset(w * 0.2))


def tower_router(sketch: Sketch) -> None:
    """A standing column with a ring of light."""
    w = sketch.traits.between(84, 104)
    box = centred(120, 122, w, 180)
    radius = sketch.traits.between(10, 48)
    sketch.slab(box, radius, depth=5)
    ring_y = sketch.traits.between(52, 76)
    sketch.rect(Box(box.x, ring_y, w, 5), sketch.accent)
    for step in range(9):
        sketch.rect(Box(box.x + 14, ring_y + 22 + step * 10, w - 28, 5), sketch.trim.shade, 2)
    sketch.rect(Box(box.cx - 8, box.bottom - 22, 16, 6), sketch.finish.line, 3)
    sketch.place("shell", box.inset(12, 20))


def dome_router(sketch: Sketch) -> None:
    """A low dome for the ceiling or a shelf."""
    rise = sketch.traits.between(72, 104)
    sketch.solid(rounded(Box(16, 164, 208, 18), 8), sketch.trim.shade)
    sketch.solid(
        f"M22 168C26 {short(168 - rise * 1.3)} 214 {short(168 - rise * 1.3)} 218 168z", sketch.finish.body
    )
    sketch.stroke(
        f"M30 152C46 {short(166 - rise * 0.86)} 84 {short(172 - rise * 0.93)} 112 {short(172 - rise * 0.93)}",
        sketch.finish.light,
        2,
    )
    for step in range(3):
        half = 12 + step * 13
        y = 148 - step * 13
        sketch.stroke(
            f"M{120 - half} {y}Q120 {short(y - half * 0.72)} {120 + half} {y}",
            sketch.accent,
            5,
            1 - step * 0.25,
        )
    sketch.disc(120, 157, 4.5, sketch.accent)
    sketch.place("dome", Box(60, 118, 120, 40))


def plug_router(sketch: Sketch) -> None:
    """A plug for the wall with two fins."""
    w = sketch.traits.between(96, 116)
    for side in (-1, 1):
        sketch.solid(rounded(centred(120 + side * (w / 2 + 9), 96, 14, 120), 7), RUBBER_LIGHT)
    box = centred(120, 120, w, sketch.traits.between(150, 172))
    sketch.slab(box, sketch.traits.between(10, 30), depth=5)
    bars = sketch.traits.pick((3, 4, 5))
    for step in range(bars):
        sketch.rect(
            Box(120 - bars * 8 + step * 16 + 3, 92 - step * 9, 10, 16 + step * 9),
            sketch.accent if step < bars - 1 else sketch.finish.shade,
            3,
        )
    sketch.disc(120, box.bottom - 34, 15, sketch.trim.body)
    sketch.stroke(line((120, box.bottom - 42), (120, box.bottom - 34)), sketch.accent, 3)
    sketch.place("front", box.inset(14, 16))


def panel_router(sketch: Sketch) -> None:
    """A standing panel with a cut-out."""
    lean = sketch.traits.between(8, 26)
    sketch.solid(rounded(Box(60, 196, 120, 12), 6), sketch.finish.line)
    shape = polygon((64 + lean, 34), (184, 34), (184 - lean, 200), (56, 200))
    sketch.solid(shape, sketch.finish.body)
    sketch.path(polygon((154, 34), (184, 34), (184 - lean, 200), (142, 200)), sketch.trim.shade)
    sketch.path(squares(1, 7, Box(84, 62, 52, 82), 6), sketch.finish.shade)
    for step in range(4):
        sketch.disc(82 + step * 15, 176, 3.4, sketch.accent if step else "#7bc74d")
    sketch.stroke(line((66 + lean, 37), (150, 37)), sketch.finish.light, 2)
    sketch.place("panel", Box(80, 60, 60, 100))


ROUTERS = (box_router, spider_router, mesh_pair, tower_router, dome_router, plug_router, panel_router)
