"""Laptops and monitors."""

from __future__ import annotations

from server.features.catalog.drawings.finishes import GLASS, GLASS_EDGE, RUBBER, RUBBER_LIGHT
from server.features.catalog.drawings.geometry import Box, centred, corners, line, polygon, rounded, squares
from server.features.catalog.drawings.screens import paint_screen
from server.features.catalog.drawings.sketch import Sketch


def _lid(sketch: Sketch, box: Box, radius: float, bezel: float, chin: float = 0.0) -> Box:
    """The screen half, facing the viewer; returns the lit area."""
    sketch.slab(box, radius, depth=0)
    glass = box.inset(2.4)
    sketch.rect(glass, GLASS, max(radius - 2, 1))
    lit = Box(glass.x + bezel, glass.y + bezel, glass.w - 2 * bezel, glass.h - 2 * bezel - chin)
    paint_screen(sketch, lit, 2)
    sketch.disc(box.cx, glass.y + bezel / 2 + 0.4, 1.4, GLASS_EDGE)
    sketch.place("screen", lit)
    sketch.place("lid edge", Box(box.x, box.y, box.w, 4))
    return lit


def _tray(sketch: Sketch, box: Box, top: float, bottom: float, flare: float) -> None:
    """The keyboard half in perspective below the lid."""
    deck = polygon((box.x, top), (box.right, top), (box.right + flare, bottom), (box.x - flare, bottom))
    sketch.solid(deck)
    sketch.path(
        polygon((box.x, top), (box.right, top), (box.right, top + 4), (box.x, top + 4)), sketch.finish.shade
    )
    depth = (bottom - top - 9) * 0.56
    for row in range(4):
        spread = flare * (row + 1) / 7
        keys = Box(box.x + 14 - spread, top + 8 + row * depth / 4, box.w - 28 + 2 * spread, depth / 4 - 1.6)
        sketch.path(squares(13 - row % 2, 1, keys, 2), sketch.finish.line)
    pad_top = top + 11 + depth
    sketch.path(
        polygon((100, pad_top), (140, pad_top), (143, bottom - 4), (97, bottom - 4)), sketch.finish.shade
    )
    lip = Box(box.x - flare, bottom, box.w + 2 * flare, 6)
    sketch.solid(corners(lip, 0, 0, 6, 6), sketch.finish.shade)
    sketch.place("palm rest", Box(box.x + 4, pad_top, 60, bottom - pad_top - 3))
    sketch.place("keyboard", Box(box.x + 10, top + 8, box.w - 20, depth))


def _front_edge(sketch: Sketch, y: float, w: float, notch: float) -> None:
    base = centred(120, y + 5, w, 10)
    sketch.solid(corners(base, 2, 2, 9, 9), sketch.finish.body)
    sketch.rect(Box(base.x, y, w, 3.4), sketch.finish.light, 1)
    sketch.path(corners(centred(120, y + 2.5, notch, 5), 0, 0, 5, 5), sketch.finish.shade)
    sketch.place("base edge", base)


def slim_laptop(sketch: Sketch) -> None:
    """Thin, seen straight on: lid and front edge."""
    w = sketch.traits.between(166, 182)
    h = sketch.traits.between(112, 128)
    top = 120 - (h + 12) / 2
    _lid(sketch, Box(120 - w / 2, top, w, h), sketch.traits.between(6, 12), sketch.traits.between(3, 6))
    _front_edge(sketch, top + h, w + sketch.traits.between(30, 42), sketch.traits.between(26, 46))


def deck_laptop(sketch: Sketch) -> None:
    """Open towards the viewer with keys in sight."""
    w = sketch.traits.between(158, 172)
    lid = Box(120 - w / 2, 36, w, sketch.traits.between(100, 110))
    _lid(sketch, lid, sketch.traits.between(5, 11), 5)
    _tray(sketch, lid, lid.bottom, 196, sketch.traits.between(18, 26))


def work_laptop(sketch: Sketch) -> None:
    """Square shoulders, broad bezel, a red or bright point between the keys."""
    w = sketch.traits.between(168, 178)
    lid = Box(120 - w / 2, 34, w, 108)
    _lid(sketch, lid, 3, 8, chin=6)
    _tray(sketch, lid.inset(-4, 0), lid.bottom, 200, 12)
    sketch.disc(120, 163, 3.4, sketch.accent)
    sketch.rect(Box(lid.right - 26, lid.bottom - 8, 14, 2), sketch.accent)


def gaming_laptop(sketch: Sketch) -> None:
    """Deep body with side vents and a lit edge."""
    w = sketch.traits.between(170, 182)
    lid = Box(120 - w / 2, 30, w, 116)
    shoulder = sketch.traits.between(8, 18)
    sketch.solid(
        polygon(
            (lid.x + shoulder, 30),
            (lid.right - shoulder, 30),
            (lid.right, 30 + shoulder),
            (lid.right, 146),
            (lid.x, 146),
            (lid.x, 30 + shoulder),
        )
    )
    glass = Box(lid.x + 6, 30 + shoulder * 0.55 + 3, w - 12, 110 - shoulder * 0.55)
    sketch.rect(glass, GLASS, 2)
    paint_screen(sketch, glass.inset(3), 1)
    sketch.place("screen", glass.inset(4))
    sketch.solid(
        polygon((lid.x - 2, 146), (lid.right + 2, 146), (lid.right + 18, 190), (lid.x - 18, 190)), RUBBER
    )
    for row in range(4):
        keys = Box(lid.x + 12 - row * 3, 151 + row * 7, w - 24 + row * 6, 5)
        sketch.path(squares(14, 1, keys, 2), sketch.accent, 0.55 + 0.1 * row)
    sketch.solid(corners(Box(lid.x - 18, 190, w + 36, 13), 0, 0, 5, 5), sketch.finish.shade)
    sketch.rect(Box(lid.x + 4, 196, w - 8, 3), sketch.accent, 1.5)
    for x in (lid.x - 12, lid.right - 2):
        sketch.path(squares(4, 1, Box(x, 193, 14, 6), 2), RUBBER)
    sketch.place("keyboard", Box(lid.x + 8, 151, w - 16, 28))
    sketch.place("base edge", Box(lid.x - 8, 190, w + 16, 10))


def tent_laptop(sketch: Sketch) -> None:
    """A convertible standing as a tent, screen outward."""
    w = sketch.traits.between(184, 198)
    box = Box(120 - w / 2, 48, w, sketch.traits.between(128, 138))
    leg = polygon((box.x + 6, box.y + 4), (box.right - 6, box.y + 4), (box.right + 8, 204), (box.x - 8, 204))
    sketch.solid(leg, sketch.finish.shade)
    sketch.path(squares(10, 1, Box(box.x + 4, box.bottom + 6, w - 8, 8), 4), sketch.finish.line)
    for x in (box.x + 26, box.right - 54):
        sketch.solid(rounded(Box(x, box.y - 7, 28, 12), 6), sketch.finish.line)
    _lid(sketch, box, sketch.traits.between(6, 14), sketch.traits.between(4, 8))
    sketch.place("hinge", Box(box.x + 26, box.y - 6, 28, 8))


def stand_laptop(sketch: Sketch) -> None:
    """A tablet computer with a kickstand and a fabric keyboard."""
    box = centred(120, 96, sketch.traits.between(172, 186), 122)
    sketch.solid(
        polygon((box.right - 34, 130), (box.right - 6, 130), (box.right + 16, 186), (box.right - 4, 186)),
        sketch.finish.line,
    )
    _lid(sketch, box, sketch.traits.between(4, 9), 6)
    deck = polygon((box.x, 158), (box.right, 158), (box.right + 10, 202), (box.x - 10, 202))
    sketch.solid(deck, sketch.accent)
    sketch.path(polygon((box.x, 158), (box.right, 158), (box.right + 1, 162), (box.x - 1, 162)), GLASS, 0.4)
    for row in range(4):
        sketch.path(
            squares(13 - row % 2, 1, Box(box.x + 8 - row * 1.5, 165 + row * 7, box.w - 16 + row * 3, 5), 2.2),
            GLASS,
            0.75,
        )
    sketch.place("keyboard cover", Box(box.x + 4, 164, box.w - 8, 32))
    sketch.place("kickstand", Box(box.right - 4, 160, 12, 20))


def small_laptop(sketch: Sketch) -> None:
    """A chunky little machine with round corners and a handle."""
    w = sketch.traits.between(140, 158)
    box = Box(120 - w / 2, 44, w, 106)
    sketch.solid(rounded(Box(92, 32, 56, 26), 12), sketch.finish.shade)
    sketch.path(rounded(Box(100, 38, 40, 20), 7), sketch.accent)
    sketch.slab(box, 18, depth=0)
    sketch.rect(box.inset(11, 12), GLASS, 7)
    paint_screen(sketch, box.inset(14, 15), 5)
    sketch.place("screen", box.inset(18))
    base = Box(box.x - 12, 148, w + 24, 46)
    sketch.slab(base, 15)
    for row in range(3):
        sketch.path(
            squares(
                11 - row, 1, Box(base.x + 14 + row * 4, base.y + 9 + row * 9, base.w - 28 - row * 8, 6.5), 3
            ),
            sketch.finish.light,
        )
    sketch.place("shell", Box(base.x + 8, base.bottom - 10, base.w - 16, 8))


LAPTOPS = (slim_laptop, deck_laptop, work_laptop, gaming_laptop, tent_laptop, stand_laptop, small_laptop)


def _foot(sketch: Sketch, top: float, floor: float = 206.0) -> None:
    """One of five stands from the panel down to the desk."""
    finish = sketch.finish
    style = sketch.traits.below(5)
    if style == 0:
        sketch.solid(polygon((110, top), (130, top), (134, floor - 5), (106, floor - 5)), finish.shade)
        sketch.solid(rounded(centred(120, floor - 2, 84, 8), 4), finish.body)
    elif style == 1:
        sketch.stroke(line((120, top), (120, floor - 18)), finish.body, 11)
        sketch.stroke(line((72, floor - 2), (120, floor - 20), (168, floor - 2)), finish.shade, 8)
        sketch.outline(polygon((68, floor), (114, top), (126, top), (172, floor)))
    elif style == 2:
        sketch.solid(polygon((92, top), (148, top), (148, floor - 4), (92, floor - 4)), finish.body)
        sketch.rect(Box(104, top + 8, 32, max(floor - top - 26, 4)), finish.shade, 6)
        sketch.solid(rounded(Box(74, floor - 6, 92, 7), 3), finish.shade)
    elif style == 3:
        sketch.solid(rounded(Box(114, top - 2, 12, floor - top), 3), finish.light)
        sketch.solid(f"M76 {floor + 2:g}a44 13 0 0 1 88 0z", finish.shade)
    else:
        for x in (-52, 40):
            sketch.solid(
                polygon((120 + x, top), (132 + x, top), (140 + x * 1.25, floor), (122 + x * 1.25, floor)),
                finish.shade,
            )
    spot = (
        (120.0, floor - 2),
        (120.0, floor - 24),
        (120.0, floor - 9),
        (120.0, floor - 3),
        (75.0, floor - 16),
    )[style]
    sketch.place("stand", centred(*spot, 9, 5))


def _panel(sketch: Sketch, box: Box, radius: float, bezel: float, chin: float) -> None:
    sketch.slab(box, radius, depth=2.5)
    lit = Box(box.x + bezel, box.y + bezel, box.w - 2 * bezel, box.h - 2 * bezel - chin)
    sketch.rect(lit.inset(-1.2), GLASS, 2)
    paint_screen(sketch, lit, 1.5)
    if chin > 4:
        sketch.disc(box.right - 13, box.bottom - chin / 2 - bezel / 2, 2, sketch.accent)
        sketch.rect(centred(120, box.bottom - chin / 2 - bezel / 2, 20, 2.4), sketch.finish.light, 1)
    sketch.place("panel", lit)
    sketch.place("bezel", Box(box.x, box.bottom - max(chin, 4), box.w, max(chin, 4)))


def desk_monitor(sketch: Sketch) -> None:
    """The usual 16:9 panel."""
    h = sketch.traits.between(116, 124)
    box = Box(20, 36, 200, h)
    _foot(sketch, box.bottom)
    _panel(
        sketch, box, sketch.traits.between(3, 9), sketch.traits.between(3, 6), sketch.traits.pick((0, 0, 9))
    )


def wide_monitor(sketch: Sketch) -> None:
    """A very wide panel."""
    h = sketch.traits.between(88, 98)
    box = Box(8, 60, 224, h)
    _foot(sketch, box.bottom, 198)
    _panel(sketch, box, 5, sketch.traits.between(3, 5), sketch.traits.pick((0, 7)))


def curved_monitor(sketch: Sketch) -> None:
    """A curved panel: top and bottom bow."""
    bow = sketch.traits.between(9, 17)
    _foot(sketch, 150, 204)
    frame = f"M12 50Q120 {50 + bow * 2:.1f} 228 50V158Q120 {158 - bow * 2:.1f} 12 158z"
    inner = f"M17 57Q120 {56 + bow * 2:.1f} 223 57V151Q120 {152 - bow * 2:.1f} 17 151z"
    sketch.solid(frame)
    sketch.stroke(f"M13 51Q120 {51 + bow * 2:.1f} 227 51", sketch.finish.light, 2)
    sketch.clipped(inner)
    sketch.rect(Box(10, 50, 220, 110), GLASS)
    paint_screen(sketch, Box(17, 56, 206, 96), 0)
    sketch.close()
    sketch.place("panel", Box(24, 56 + bow, 192, 94 - 2 * bow))
    sketch.place("bezel", Box(12, 60, 5, 90))


def square_monitor(sketch: Sketch) -> None:
    """An older panel with nearly square screen and thick frame."""
    w = sketch.traits.between(150, 164)
    box = centred(120, 96, w, 132)
    _foot(sketch, box.bottom)
    _panel(sketch, box, sketch.traits.between(4, 12), sketch.traits.between(9, 13), 8)


def tall_monitor(sketch: Sketch) -> None:
    """A panel turned upright."""
    w = sketch.traits.between(98, 112)
    box = Box(120 - w / 2, 16, w, 172)
    _foot(sketch, 180, 222)
    _panel(sketch, box, sketch.traits.between(3, 8), sketch.traits.between(3, 6), sketch.traits.pick((0, 8)))


def studio_monitor(sketch: Sketch) -> None:
    """A panel with hood flaps and a calibrated strip."""
    box = Box(30, 52, 180, 108)
    _foot(sketch, box.bottom)
    sketch.solid(polygon((30, 52), (16, 40), (224, 40), (210, 52)), RUBBER_LIGHT)
    sketch.solid(polygon((30, 52), (16, 40), (16, 132), (30, 150)), RUBBER)
    sketch.solid(polygon((210, 52), (224, 40), (224, 132), (210, 150)), RUBBER)
    _panel(sketch, box, 2, 4, 9)
    for step in range(4):
        sketch.rect(Box(38 + step * 9, 150, 6, 4), ("#e4574f", "#f3c33f", "#7bc74d", "#6c8cf5")[step], 1)


def bar_monitor(sketch: Sketch) -> None:
    """A panel on a speaker bar."""
    box = Box(24, 34, 192, sketch.traits.between(110, 118))
    bar = Box(40, box.bottom + 2, 160, 24)
    sketch.solid(rounded(Box(106, box.bottom, 28, 62), 3), sketch.finish.shade)
    sketch.solid(rounded(Box(60, 202, 120, 8), 4), sketch.finish.body)
    sketch.slab(bar, 10)
    sketch.path(squares(34, 1, bar.inset(12, 8), 2.2), sketch.finish.line)
    _panel(sketch, box, sketch.traits.between(4, 10), 4, 0)
    sketch.place("speaker bar", bar.inset(8, 4))


MONITORS = (
    desk_monitor,
    wide_monitor,
    curved_monitor,
    square_monitor,
    tall_monitor,
    studio_monitor,
    bar_monitor,
)
