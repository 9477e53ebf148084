"""Devices of no particular kind, for categories that came with an imported catalogue."""

from __future__ import annotations

from server.features.catalog.drawings.finishes import GLASS, RUBBER, RUBBER_LIGHT, STEEL, STEEL_DARK
from server.features.catalog.drawings.geometry import (
    Box,
    centred,
    dots,
    line,
    polar,
    ring,
    rounded,
    short,
    squares,
)
from server.features.catalog.drawings.screens import paint_screen
from server.features.catalog.drawings.sketch import Sketch


def display_box(sketch: Sketch) -> None:
    """A desk box with a small display and keys."""
    box = centred(120, 124, sketch.traits.between(180, 206), sketch.traits.between(112, 136))
    sketch.slab(box, sketch.traits.between(6, 24), depth=7)
    glass = Box(box.x + 16, box.y + 16, box.w * 0.56, box.h - 32)
    sketch.rect(glass, GLASS, 6)
    paint_screen(sketch, glass.inset(4), 3)
    keys = Box(glass.right + 14, box.y + 18, box.right - glass.right - 30, box.h - 38)
    sketch.path(squares(2, sketch.traits.pick((3, 4)), keys, 6), sketch.trim.shade)
    sketch.rect(Box(keys.x, keys.y, keys.w, 5), sketch.accent, 2)
    sketch.place("display", glass.inset(6))
    sketch.place("housing", Box(box.x + 6, box.bottom - 14, box.w - 12, 10))


def dial_puck(sketch: Sketch) -> None:
    """A round body with a big dial."""
    r = sketch.traits.between(82, 94)
    sketch.solid(ring(120, 126, r), sketch.finish.shade)
    sketch.disc(120, 121, r, sketch.finish.body)
    for step in range(24):
        sketch.stroke(
            line(polar(120, 121, r * 0.82, step * 15), polar(120, 121, r * 0.9, step * 15)),
            sketch.finish.line,
            2,
        )
    sketch.disc(120, 124, r * 0.66, sketch.trim.shade)
    sketch.disc(120, 120, r * 0.64, sketch.trim.light)
    angle = sketch.traits.between(150, 390)
    sketch.stroke(line(polar(120, 120, r * 0.34, angle), polar(120, 120, r * 0.54, angle)), sketch.accent, 7)
    sketch.place("dial", centred(120, 120, r * 0.8, r * 0.8))


def remote(sketch: Sketch) -> None:
    """A slim handset."""
    w = sketch.traits.between(62, 82)
    box = centred(120, 120, w, 206)
    sketch.slab(box, sketch.traits.between(10, 34))
    sketch.disc(120, box.y + 42, w * 0.36, sketch.trim.shade)
    sketch.disc(120, box.y + 42, w * 0.17, sketch.trim.light)
    keys = Box(box.x + 14, box.y + 84, w - 28, 66)
    sketch.path(dots(3, 4, keys.inset(5, 5), 5.5), sketch.finish.line)
    sketch.disc(box.x + 17, box.y + 14, 4, sketch.accent)
    sketch.rect(centred(120, box.bottom - 26, 26, 9), sketch.finish.shade, 4.5)
    sketch.place("keys", keys)
    sketch.place("back edge", Box(box.x, box.y + 60, 4, 100))


def port_box(sketch: Sketch) -> None:
    """A hub seen from its ports."""
    box = centred(120, 124, sketch.traits.between(190, 212), sketch.traits.between(70, 96))
    sketch.slab(box, sketch.traits.between(5, 20), depth=8)
    ports = sketch.traits.pick((3, 4, 5))
    pitch = (box.w - 40) / ports
    for step in range(ports):
        w = pitch - 10
        tall = sketch.traits.pick((12, 20, 28))
        port = centred(box.x + 20 + pitch * (step + 0.5), box.cy + 4, w, tall)
        sketch.rect(port, GLASS, 3)
        sketch.rect(centred(port.cx, port.cy, w * 0.6, tall * 0.3), STEEL_DARK, 1)
    sketch.rect(Box(box.x + 18, box.y + 8, 26, 4), sketch.accent, 2)
    sketch.place("front", box.inset(12, 8))


def module_board(sketch: Sketch) -> None:
    """A circuit board with a big chip."""
    board = sketch.traits.pick(("#1f5a44", "#23395f", "#57264a", "#2b2f37"))
    box = centred(120, 120, sketch.traits.between(170, 200), sketch.traits.between(140, 176))
    sketch.solid(rounded(Box(box.x, box.y + 4, box.w, box.h), 8), GLASS)
    sketch.solid(rounded(box, 8), board)
    x0, y0 = box.x + 22, box.y + 22
    sketch.stroke(
        f"M{short(x0)} {short(y0)}H{short(box.cx)}V{short(box.bottom - 20)}M{short(box.right - 20)} "
        f"{short(y0 + 8)}V{short(box.cy)}H{short(x0)}V{short(box.bottom - 24)}",
        STEEL,
        2,
        0.4,
    )
    chip = centred(120 + sketch.traits.between(-16, 16), box.cy, 62, 62)
    sketch.path(squares(8, 1, chip.inset(5, -6), 3), STEEL)
    sketch.path(squares(1, 8, chip.inset(-6, 5), 3), STEEL)
    sketch.rect(chip, RUBBER, 4)
    sketch.rect(Box(chip.x + 10, chip.y + 12, 26, 4), sketch.accent, 2)
    for x in (box.x + 10, box.right - 10):
        for y in (box.y + 10, box.bottom - 10):
            sketch.disc(x, y, 4.5, "#d9a441")
    sketch.path(squares(5, 1, Box(box.x + 24, box.bottom - 20, 60, 10), 4), "#d9a441")
    sketch.place("board", box.inset(14))


def canister(sketch: Sketch) -> None:
    """A standing body with a lit belt."""
    w = sketch.traits.between(96, 124)
    box = centred(120, 122, w, 180)
    sketch.slab(box, sketch.traits.between(14, 50), depth=6)
    y = sketch.traits.between(86, 150)
    sketch.rect(Box(box.x, y, w, 26), sketch.trim.shade)
    sketch.rect(Box(box.x + 12, y + 8, w * 0.4, 6), sketch.accent, 3)
    sketch.rect(Box(box.x + 16, y + 34, w - 32, 5), sketch.finish.shade, 2)
    sketch.rect(Box(box.x + 16, y + 45, w - 32, 5), sketch.finish.shade, 2)
    sketch.place("housing", box.inset(14, 20))


def handled_case(sketch: Sketch) -> None:
    """A portable case with a handle and clips."""
    box = centred(120, 132, sketch.traits.between(186, 208), 124)
    sketch.stroke(line((88, 76), (88, 48), (152, 48), (152, 76)), RUBBER_LIGHT, 10)
    sketch.outline(rounded(Box(83, 43, 74, 40), 6))
    sketch.slab(box, sketch.traits.between(8, 22), depth=6)
    sketch.rect(Box(box.x, box.cy - 16, box.w, sketch.traits.between(3, 20)), sketch.trim.shade)
    for x in (box.x + 30, box.right - 54):
        sketch.rect(Box(x, box.cy - 22, 24, 22), STEEL, 4)
    sketch.path(dots(7, 3, Box(box.x + 40, box.bottom - 38, box.w - 80, 22), 2.6), sketch.finish.shade)
    sketch.rect(centred(120, box.y + 22, 44, 8), sketch.accent, 4)
    sketch.place("lid", Box(box.x + 10, box.y + 6, box.w - 20, 28))


DEVICES = (display_box, dial_puck, remote, port_box, module_board, canister, handled_case)
