"""Colours of devices and of what their screens show; chosen to stand on light and on dark swatches."""

from __future__ import annotations

from typing import NamedTuple


class Finish(NamedTuple):
    """Four tones of one material: its face, the side away from the light, the lit edge, and fine lines."""

    name: str
    body: str
    shade: str
    light: str
    line: str


class Palette(NamedTuple):
    """Four colours for screen art: ground, middle, one that pops, one that calms."""

    ground: str
    middle: str
    pop: str
    calm: str


FINISHES = (
    Finish("Graphite", "#30343c", "#1f2228", "#666e7c", "#14161a"),
    Finish("Silver", "#c4cad3", "#98a0ad", "#eaeef3", "#7b8390"),
    Finish("Midnight", "#3a62a8", "#27457c", "#6c94d8", "#1b3058"),
    Finish("Sage", "#8ead95", "#678670", "#b9d0bc", "#4d6a57"),
    Finish("Sand", "#d9bd8d", "#b39463", "#f0ddb9", "#8d7246"),
    Finish("Copper", "#c46d4a", "#964c30", "#e39a79", "#733822"),
    Finish("Plum", "#77598c", "#563d68", "#a083b5", "#3f2b4e"),
    Finish("Bone", "#efe8da", "#c8bda6", "#fffdf7", "#9d927b"),
)

QUIET_FINISHES = tuple(f for f in FINISHES if f.name in {"Graphite", "Silver", "Sand", "Bone"})

PALETTES = (
    Palette("#1d3557", "#3f7d94", "#f4a261", "#e9e3d1"),
    Palette("#f3d9b1", "#e07a5f", "#3d405b", "#81b29a"),
    Palette("#2b2d42", "#6d6a9c", "#ef8354", "#d8dbe6"),
    Palette("#0f4c4a", "#2a9d8f", "#f1c453", "#d5ece3"),
    Palette("#f6c9c0", "#d96c75", "#6d2e46", "#f7ead9"),
    Palette("#c7dfef", "#5b8fb9", "#f2c14e", "#ffffff"),
    Palette("#3b1f4b", "#9b4f96", "#ffb86b", "#e8c7de"),
    Palette("#dfe5c9", "#9cb380", "#c8553d", "#4f6d4a"),
    Palette("#141a2e", "#31539b", "#7fd1ff", "#b9c9ee"),
    Palette("#ffe7a8", "#f7a23b", "#c6413a", "#fff6df"),
)

ACCENTS = ("#f28a3c", "#3fb6a8", "#e4574f", "#f3c33f", "#6c8cf5", "#c77be0", "#7bc74d", "#e9edf2")

GLASS = "#14171d"
GLASS_EDGE = "#2c323c"
STEEL = "#a7afbb"
STEEL_DARK = "#6b7380"
RUBBER = "#2a2d33"
RUBBER_LIGHT = "#59606d"
