"""The eight stores of the simulated shop, each with its own character."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Store:
    """One shop in the market: what it prefers to sell and how it prices."""

    slug: str
    name: str
    description: str
    price_factor: float
    size: float
    favourites: tuple[str, ...]
    grade_weights: tuple[float, float, float, float]
    is_demo_vendor: bool = False


STORES = (
    Store(
        "second-shift",
        "Second Shift",
        "Office returns by the pallet: laptops, monitors and keyboards, cleaned and photographed on arrival.",
        0.97,
        1.5,
        ("laptops", "monitors", "keyboards"),
        (0.1, 0.3, 0.4, 0.2),
        is_demo_vendor=True,
    ),
    Store(
        "the-darkroom",
        "The Darkroom",
        "Cameras and drones from people who kept the boxes. Every shutter count is read and written down.",
        1.05,
        0.9,
        ("cameras", "drones"),
        (0.1, 0.45, 0.33, 0.12),
        is_demo_vendor=True,
    ),
    Store(
        "ring-once",
        "Ring Once",
        "Phones, watches and tablets. Batteries are measured, and the number is on every listing.",
        1.00,
        1.6,
        ("phones", "watches", "tablets", "earbuds"),
        (0.15, 0.35, 0.35, 0.15),
    ),
    Store(
        "player-two",
        "Player Two",
        "Consoles, cards and controllers, traded in by people who finished the game.",
        0.98,
        1.2,
        ("consoles", "graphics-cards", "headphones"),
        (0.12, 0.33, 0.35, 0.2),
    ),
    Store(
        "low-end-theory",
        "Low End Theory",
        "Speakers and headphones, listened to for an evening before they are listed.",
        1.04,
        0.9,
        ("speakers", "headphones", "earbuds"),
        (0.15, 0.4, 0.33, 0.12),
    ),
    Store(
        "spare-room",
        "The Spare Room",
        "A bit of everything, priced to leave. Marks are shown, not hidden.",
        0.90,
        0.9,
        (),
        (0.04, 0.2, 0.4, 0.36),
    ),
    Store(
        "last-season",
        "Last Season",
        "Unused stock of earlier generations, with the seal still on.",
        1.02,
        0.9,
        ("routers", "phones", "speakers"),
        (0.72, 0.2, 0.06, 0.02),
    ),
    Store(
        "workbench-north",
        "Workbench North",
        "Repaired here: new batteries, new pads, new fans, with a note of what was changed.",
        1.01,
        1.0,
        ("graphics-cards", "laptops", "routers"),
        (0.05, 0.4, 0.4, 0.15),
    ),
)
