"""Categories of devices that stand on a desk, on a shelf or in a computer."""
# ruff: noqa: RUF001 - resolutions and ranges carry the signs that people print, not the letter x or a hyphen

from __future__ import annotations

from scripts.seed.category import BATTERY, COLOUR, RELEASED, Attribute, Category, storage_of

LAPTOPS = Category(
    "laptops",
    "Laptops",
    base_price_minor=112000,
    yearly_loss=0.22,
    demand=1.3,
    attributes=(
        Attribute(
            "processor",
            "Processor",
            "",
            ("Corvane C3", "Corvane C5", "Vantor M5", "Corvane C7", "Vantor M7", "Corvane C9"),
        ),
        Attribute("memory", "Memory", "GB", (8, 16, 24, 32, 64), "both"),
        storage_of(256, 512, 1024, 2048),
        Attribute("screen", "Screen", "in", (13.3, 14, 15.6, 16, 17.3), "any"),
        Attribute(
            "resolution",
            "Resolution",
            "px",
            ("1366 × 768", "1920 × 1080", "2240 × 1400", "2880 × 1800", "3840 × 2400"),
        ),
        Attribute(
            "graphics", "Graphics", "", ("built in", "built in", "Vantor V4", "Vantor V6", "Vantor V8")
        ),
        Attribute("weight", "Weight", "kg", (2.4, 2.1, 1.8, 1.5, 1.3, 1.1)),
        Attribute("keyboard", "Keyboard", "", ("German", "US English", "UK English", "French"), "any"),
        BATTERY,
        COLOUR,
        RELEASED,
    ),
    uses=(
        "It carries a working day of documents, calls and too many tabs.",
        "Fast enough for code and photographs, quiet enough for a library.",
        "A solid machine for study, writing and an evening film.",
    ),
    comes_with=(
        "its charger",
        "a 65 W charger",
        "a charger and a sleeve",
        "a charger of another make with the same power",
    ),
)

CONSOLES = Category(
    "consoles",
    "Consoles",
    base_price_minor=36000,
    yearly_loss=0.13,
    demand=0.9,
    attributes=(
        storage_of(32, 64, 256, 512, 1024),
        Attribute("drive", "Drive", "", ("none", "cartridge", "disc", "disc"), "any"),
        Attribute("output", "Best output", "", ("720p", "1080p", "1440p", "4K"), "both"),
        Attribute("frame_rate", "Frame rate", "Hz", (30, 60, 60, 120), "both"),
        Attribute("controllers", "Controllers", "", (1, 1, 2), "any", is_variant=True),
        COLOUR,
        RELEASED,
    ),
    uses=(
        "For one more round before dinner.",
        "It starts fast and stays quiet on the shelf.",
        "A good home for old favourites and new releases.",
    ),
    comes_with=(
        "one controller and cables",
        "cables and a stand",
        "one controller and two games",
        "a power supply",
    ),
)

MONITORS = Category(
    "monitors",
    "Monitors",
    base_price_minor=33000,
    yearly_loss=0.14,
    demand=0.8,
    attributes=(
        Attribute("size", "Size", "in", (22, 24, 27, 32, 34, 38)),
        Attribute(
            "resolution",
            "Resolution",
            "px",
            ("1920 × 1080", "2560 × 1440", "3440 × 1440", "3840 × 2160", "5120 × 2880"),
        ),
        Attribute("refresh_rate", "Refresh rate", "Hz", (60, 75, 100, 144, 165, 240), "both"),
        Attribute("panel", "Panel", "", ("TN", "VA", "IPS", "IPS", "OLED")),
        Attribute("brightness", "Brightness", "cd/m²", (250, 300, 350, 400, 600)),
        Attribute("height", "Stand", "", ("fixed", "tilts", "tilts and rises"), "any"),
        COLOUR,
        RELEASED,
    ),
    uses=(
        "Space for two pages side by side and a colour you can trust.",
        "Easy on the eyes through a long afternoon.",
        "For code in the morning and games at night.",
    ),
    comes_with=("a power cable", "a power and a display cable", "its stand and all screws", "a desk clamp"),
)

KEYBOARDS = Category(
    "keyboards",
    "Keyboards",
    base_price_minor=13000,
    yearly_loss=0.09,
    demand=0.7,
    attributes=(
        Attribute("layout", "Layout", "", ("60%", "75%", "no number block", "full size"), "any"),
        Attribute(
            "switches", "Switches", "", ("membrane", "linear", "tactile", "clicky"), "any", is_variant=True
        ),
        Attribute("caps", "Key caps", "", ("ABS", "ABS", "PBT", "PBT")),
        Attribute(
            "connection", "Connection", "", ("cable", "cable", "Bluetooth and cable", "2.4 GHz and cable")
        ),
        Attribute("language", "Letters", "", ("German", "US English", "UK English", "French"), "any"),
        Attribute("backlight", "Backlight", "", ("none", "white", "colour"), "any"),
        COLOUR,
        RELEASED,
    ),
    uses=(
        "A firm bottom, a clear stroke and no rattle.",
        "For people who type for a living and hear it.",
        "It leaves room for the mouse and for tea.",
    ),
    comes_with=("a USB-C cable", "a cable and a key puller", "spare switches"),
)

SPEAKERS = Category(
    "speakers",
    "Speakers",
    base_price_minor=18000,
    yearly_loss=0.11,
    demand=0.8,
    attributes=(
        Attribute("power", "Power", "W", (10, 20, 30, 50, 80, 120)),
        Attribute(
            "connection",
            "Connection",
            "",
            ("cable", "Bluetooth", "Bluetooth and Wi-Fi", "Wi-Fi and optical"),
            "both",
        ),
        Attribute("playing_time", "Playing time", "h", (8, 12, 16, 20, 24), "any"),
        Attribute("water_resistance", "Water resistance", "", ("none", "IPX4", "IP67"), "any"),
        Attribute("weight", "Weight", "kg", (0.5, 0.8, 1.2, 2.4, 4.1, 6.3)),
        COLOUR,
        RELEASED,
    ),
    uses=(
        "It fills a kitchen without waking the house.",
        "Warm voices and a bass that knows when to stop.",
        "At home on a shelf, and not afraid of a balcony.",
    ),
    comes_with=("a power supply", "a power cable", "a USB-C cable", "a pair of feet"),
)

GRAPHICS_CARDS = Category(
    "graphics-cards",
    "Graphics cards",
    base_price_minor=48000,
    yearly_loss=0.20,
    demand=0.7,
    attributes=(
        Attribute("video_memory", "Video memory", "GB", (4, 6, 8, 12, 16, 24), "both"),
        Attribute("memory_type", "Memory type", "", ("G5", "G6", "G6", "G6X", "G7"), "year"),
        Attribute("power", "Power", "W", (75, 120, 160, 220, 300, 360)),
        Attribute("length", "Length", "mm", (168, 198, 229, 267, 304, 336)),
        Attribute(
            "connectors",
            "Power connectors",
            "",
            ("none", "1 × 8-pin", "1 × 8-pin", "2 × 8-pin", "1 × 16-pin"),
        ),
        Attribute("thermal_paste", "Thermal paste", "", ("original", "renewed"), "any", is_variant=True),
        COLOUR,
        RELEASED,
    ),
    uses=(
        "Steady frame rates in last year's games, and quiet on the desktop.",
        "For renders overnight and play after work.",
        "A sensible step up for a computer that still has years in it.",
    ),
    comes_with=("an adapter cable", "a support bracket", "the original box", "without accessories"),
)

ROUTERS = Category(
    "routers",
    "Routers",
    base_price_minor=15000,
    yearly_loss=0.17,
    demand=0.6,
    attributes=(
        Attribute("standard", "Wi-Fi", "", ("Wi-Fi 5", "Wi-Fi 6", "Wi-Fi 6E", "Wi-Fi 7"), "year"),
        Attribute("speed", "Speed", "Mbit/s", (1200, 1800, 3000, 5400, 9600), "both"),
        Attribute("ports", "Network ports", "", (2, 3, 4, 5, 8)),
        Attribute("mesh", "Mesh", "", ("no", "yes", "yes"), "year"),
        Attribute("units", "Units", "", (1, 1, 2, 3), "any", is_variant=True),
        COLOUR,
        RELEASED,
    ),
    uses=(
        "It reaches the back bedroom and the garden bench.",
        "Set up in ten minutes and then left alone for years.",
        "For a flat full of calls, films and a game in between.",
    ),
    comes_with=("a power supply", "a power supply and a cable of 1 m", "wall screws and a power supply"),
)
