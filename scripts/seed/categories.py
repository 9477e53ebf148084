"""The fourteen categories of the simulated shop, in the order of the shop's menu."""

from __future__ import annotations

from scripts.seed.at_home import CONSOLES, GRAPHICS_CARDS, KEYBOARDS, LAPTOPS, MONITORS, ROUTERS, SPEAKERS
from scripts.seed.carried import CAMERAS, DRONES, EARBUDS, HEADPHONES, PHONES, TABLETS, WATCHES
from scripts.seed.category import Category

CATEGORIES: tuple[Category, ...] = (
    PHONES,
    LAPTOPS,
    TABLETS,
    HEADPHONES,
    EARBUDS,
    WATCHES,
    CAMERAS,
    CONSOLES,
    MONITORS,
    KEYBOARDS,
    SPEAKERS,
    GRAPHICS_CARDS,
    ROUTERS,
    DRONES,
)
