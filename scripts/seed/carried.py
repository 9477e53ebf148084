"""Categories of devices that are carried about."""
# ruff: noqa: RUF001 - resolutions and ranges carry the signs that people print, not the letter x or a hyphen

from __future__ import annotations

from scripts.seed.category import BATTERY, COLOUR, RELEASED, Attribute, Category, storage_of

PHONES = Category(
    "phones",
    "Phones",
    base_price_minor=56000,
    yearly_loss=0.25,
    demand=1.5,
    attributes=(
        storage_of(64, 128, 256, 512, 1024),
        Attribute("memory", "Memory", "GB", (4, 6, 8, 12, 16), "both"),
        Attribute("screen", "Screen", "in", (5.4, 5.8, 6.1, 6.4, 6.7, 6.9), "any"),
        Attribute("refresh_rate", "Refresh rate", "Hz", (60, 90, 120, 144), "both"),
        Attribute("network", "Network", "", ("4G", "4G", "5G", "5G"), "year"),
        Attribute("camera", "Main camera", "MP", (12, 24, 48, 50, 64, 108)),
        Attribute("battery", "Battery", "mAh", (3100, 3600, 4000, 4500, 5000), "year"),
        BATTERY,
        COLOUR,
        RELEASED,
    ),
    uses=(
        "It fits one hand and lasts a day of messages, maps and photographs.",
        "A good everyday phone with a bright screen and a quick camera.",
        "Made for long calls, longer train rides and the odd good picture.",
    ),
    comes_with=("a USB-C cable", "a cable and a plain case", "the original box", "without a charger"),
)

TABLETS = Category(
    "tablets",
    "Tablets",
    base_price_minor=43000,
    yearly_loss=0.22,
    demand=0.9,
    attributes=(
        storage_of(32, 64, 128, 256, 512),
        Attribute("memory", "Memory", "GB", (3, 4, 6, 8, 12), "both"),
        Attribute("screen", "Screen", "in", (7.8, 8.3, 10.1, 10.9, 11, 12.9), "any"),
        Attribute("pen", "Pen", "", ("not supported", "supported", "supported", "included")),
        Attribute("network", "Network", "", ("Wi-Fi", "Wi-Fi", "Wi-Fi and 4G", "Wi-Fi and 5G"), "both"),
        BATTERY,
        COLOUR,
        RELEASED,
    ),
    uses=(
        "For reading, drawing and films on the sofa.",
        "A calm screen for notes in class and recipes in the kitchen.",
        "Light enough to hold through a whole chapter.",
    ),
    comes_with=("a USB-C cable", "a folding cover", "a cable and a charger", "without accessories"),
)

HEADPHONES = Category(
    "headphones",
    "Headphones",
    base_price_minor=21000,
    yearly_loss=0.14,
    demand=1.0,
    attributes=(
        Attribute("wearing", "Fit", "", ("on ear", "over ear", "over ear"), "any"),
        Attribute(
            "connection",
            "Connection",
            "",
            ("cable", "Bluetooth 5.0", "Bluetooth 5.2", "Bluetooth 5.3 and cable"),
            "year",
        ),
        Attribute("noise_cancelling", "Noise cancelling", "", ("none", "passive", "active", "adaptive")),
        Attribute("playing_time", "Playing time", "h", (18, 24, 30, 40, 60), "year"),
        Attribute("driver", "Driver", "mm", (30, 40, 45, 50)),
        Attribute("weight", "Weight", "g", (180, 220, 250, 290, 340), "any"),
        Attribute("ear_pads", "Ear pads", "", ("original", "replaced"), "any", is_variant=True),
        COLOUR,
        RELEASED,
    ),
    uses=(
        "They keep a train carriage out and a quiet record in.",
        "Comfortable for a whole afternoon, with an even sound.",
        "Clear voices on calls and a bass that stays polite.",
    ),
    comes_with=("a cable and a pouch", "a hard case", "a cable of 1.2 m", "the original box"),
)

EARBUDS = Category(
    "earbuds",
    "Earbuds",
    base_price_minor=12000,
    yearly_loss=0.24,
    demand=0.9,
    attributes=(
        Attribute("noise_cancelling", "Noise cancelling", "", ("none", "none", "active", "adaptive")),
        Attribute("playing_time", "Playing time", "h", (4, 5, 6, 8, 10), "year"),
        Attribute("with_case", "With case", "h", (18, 22, 26, 32, 40), "year"),
        Attribute("water_resistance", "Water resistance", "", ("none", "IPX4", "IPX5", "IP57"), "any"),
        Attribute("charging", "Charging", "", ("cable", "cable", "cable and wireless")),
        BATTERY,
        COLOUR,
        RELEASED,
    ),
    uses=(
        "Small enough to forget, loud enough for a run by the road.",
        "For calls on the way and music after.",
        "They sit still when you do not.",
    ),
    comes_with=("new tips in three sizes", "a case and a short cable", "new silicone tips"),
)

WATCHES = Category(
    "watches",
    "Watches",
    base_price_minor=26000,
    yearly_loss=0.21,
    demand=0.9,
    attributes=(
        Attribute("case_size", "Case", "mm", (38, 40, 42, 44, 46, 49), "any", is_variant=True),
        Attribute("display", "Display", "", ("LCD", "memory in pixel", "OLED", "OLED")),
        Attribute("positioning", "GPS", "", ("none", "single band", "single band", "dual band")),
        Attribute("water_resistance", "Water resistance", "bar", (3, 5, 5, 10)),
        Attribute("running_time", "Running time", "days", (1.5, 2, 5, 9, 14, 21), "any"),
        Attribute("strap", "Strap", "", ("silicone", "textile", "leather", "steel"), "any"),
        BATTERY,
        COLOUR,
        RELEASED,
    ),
    uses=(
        "It counts steps, sleep and the minutes until the bus.",
        "For runs with a route and days without a charger.",
        "A readable dial that also knows your pulse.",
    ),
    comes_with=("a charging cradle", "a second strap", "a charging cable", "the original box"),
)

CAMERAS = Category(
    "cameras",
    "Cameras",
    base_price_minor=92000,
    yearly_loss=0.11,
    demand=0.9,
    attributes=(
        Attribute("sensor", "Sensor", "", ("1/2.3 in", "1 in", "Four Thirds", "APS-C", "full frame")),
        Attribute("resolution", "Resolution", "MP", (12, 16, 20, 24, 33, 45), "both"),
        Attribute("stabilisation", "Stabilisation", "", ("none", "lens", "lens", "5-axis")),
        Attribute("video", "Video", "", ("Full HD", "4K at 30 Hz", "4K at 60 Hz", "6K at 30 Hz"), "both"),
        Attribute("shutter_count", "Shutter count", "releases"),
        Attribute("lens", "Lens", "", ("body only", "28 mm", "24–70 mm", "18–55 mm"), "any", is_variant=True),
        Attribute("weight", "Weight", "g", (240, 330, 420, 560, 720, 890), "any"),
        COLOUR,
        RELEASED,
    ),
    uses=(
        "A camera to carry every day and to learn by heart.",
        "Quick to focus, kind to skin tones and quiet in a room.",
        "For slow walks, low light and prints on the wall.",
    ),
    comes_with=(
        "a strap and one battery",
        "two batteries and a charger",
        "a body cap and a charger",
        "a strap and a 64 GB card",
    ),
)

DRONES = Category(
    "drones",
    "Drones",
    base_price_minor=64000,
    yearly_loss=0.19,
    demand=0.5,
    attributes=(
        Attribute("flight_time", "Flight time", "min", (9, 16, 24, 31, 38, 46), "both"),
        Attribute("camera", "Camera", "MP", (5, 12, 20, 48, 50)),
        Attribute(
            "video", "Video", "", ("1080p", "2.7K", "4K at 30 Hz", "4K at 60 Hz", "5.4K at 30 Hz"), "both"
        ),
        Attribute("range", "Range", "km", (0.5, 2, 4, 8, 10, 15)),
        Attribute("weight", "Weight", "g", (79, 149, 249, 249, 570, 895), "any"),
        Attribute("batteries", "Batteries", "", (1, 2, 3), "any", is_variant=True),
        BATTERY,
        COLOUR,
        RELEASED,
    ),
    uses=(
        "It holds still in a breeze and comes home by itself.",
        "For roofs, rivers and the long way round a hill.",
        "Easy to learn on and honest about its battery.",
    ),
    comes_with=("spare propellers", "a controller and spare propellers", "a bag and a controller"),
)
