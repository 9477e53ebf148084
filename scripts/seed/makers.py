"""The fictional makers of the simulated shop."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Maker:
    """Who builds devices: how dear they are, what they build, and what a series of each is called."""

    name: str
    character: str
    price_level: float
    series: dict[str, tuple[str, ...]]


MAKERS = (
    Maker(
        "Corvane",
        "careful engineering and long support",
        1.30,
        {
            "phones": ("Perch", "Roost"),
            "tablets": ("Folio", "Plate"),
            "laptops": ("Quill", "Rafter"),
            "watches": ("Dial", "Spur"),
            "earbuds": ("Drop",),
        },
    ),
    Maker(
        "Tarn",
        "quiet shapes and few buttons",
        1.10,
        {
            "phones": ("Fell", "Beck"),
            "laptops": ("Ridge", "Cairn"),
            "speakers": ("Hollow", "Scree"),
            "headphones": ("Hush",),
        },
    ),
    Maker(
        "Obscur",
        "optics first, everything else second",
        1.35,
        {
            "cameras": ("Pentra", "Lumen", "Silt"),
            "drones": ("Kite",),
            "monitors": ("Proof",),
        },
    ),
    Maker(
        "Keld",
        "plain devices that are easy to open",
        0.85,
        {
            "phones": ("Open", "Mend"),
            "laptops": ("Swap", "Frame"),
            "tablets": ("Leaf",),
            "headphones": ("Part",),
        },
    ),
    Maker(
        "North Bench",
        "tools for people who work all day",
        1.15,
        {
            "laptops": ("Vise", "Anvil"),
            "monitors": ("Level", "Plumb"),
            "keyboards": ("Rule", "Scribe"),
            "cameras": ("Mark",),
        },
    ),
    Maker(
        "Brask",
        "loud, bright and built for games",
        1.05,
        {
            "laptops": ("Raider",),
            "consoles": ("Volt", "Arc"),
            "keyboards": ("Strike", "Rush"),
            "graphics-cards": ("Forge", "Blast"),
            "headphones": ("Shout",),
            "monitors": ("Surge",),
        },
    ),
    Maker(
        "Luma",
        "a lot of device for the money",
        0.65,
        {
            "phones": ("Go", "Daily"),
            "tablets": ("Pad",),
            "earbuds": ("Bit", "Dot"),
            "watches": ("Fit", "Step"),
            "speakers": ("Pop",),
            "routers": ("Link",),
        },
    ),
    Maker(
        "Veyra",
        "glass, metal and thin edges",
        1.45,
        {
            "phones": ("Aria", "Nova"),
            "watches": ("Orbit", "Halo"),
            "earbuds": ("Pearl", "Bead"),
            "tablets": ("Sheet",),
            "headphones": ("Ether",),
        },
    ),
    Maker(
        "Ossian",
        "sound for listeners with time",
        1.40,
        {
            "headphones": ("Canto", "Verse"),
            "speakers": ("Chord", "Nave"),
            "earbuds": ("Whisper",),
        },
    ),
    Maker(
        "Pling",
        "small, cheerful and cheap",
        0.55,
        {
            "earbuds": ("Pip", "Pop"),
            "speakers": ("Bop", "Tub"),
            "headphones": ("Jam",),
            "keyboards": ("Tap",),
            "watches": ("Tick",),
        },
    ),
    Maker(
        "Hexagon Hill",
        "consoles with an eye on the past",
        0.95,
        {
            "consoles": ("Pocket", "Cabinet", "Relay"),
            "keyboards": ("Retro",),
            "speakers": ("Cabin",),
        },
    ),
    Maker(
        "Vantor",
        "graphics chips and the cards around them",
        1.25,
        {
            "graphics-cards": ("V4", "V6", "V8", "W"),
            "laptops": ("Motion",),
        },
    ),
    Maker(
        "Eider",
        "cards and boards without lights",
        0.90,
        {
            "graphics-cards": ("Calm", "Down", "Drift"),
            "routers": ("Nest", "Reed"),
            "monitors": ("Plain",),
        },
    ),
    Maker(
        "Meridian Works",
        "networks that are set up once",
        1.10,
        {
            "routers": ("Span", "Mesh", "Tower"),
            "speakers": ("Sphere",),
        },
    ),
    Maker(
        "Sable & Son",
        "leather, brass and slow photography",
        1.60,
        {
            "cameras": ("Field", "Studio"),
            "watches": ("Sexton", "Hunter"),
            "headphones": ("Parlour",),
        },
    ),
    Maker(
        "Quickfoot",
        "gear for running and climbing",
        0.95,
        {
            "watches": ("Trail", "Pace"),
            "earbuds": ("Lap",),
            "cameras": ("Helm", "Clip"),
            "drones": ("Follow",),
        },
    ),
    Maker(
        "Aerie",
        "drones for film and survey",
        1.30,
        {
            "drones": ("Swift", "Merlin", "Heron"),
            "cameras": ("Gimbal",),
        },
    ),
    Maker(
        "Windle",
        "first drones and forgiving ones",
        0.60,
        {
            "drones": ("Seed", "Whirl", "Sprig"),
            "consoles": ("Pixel",),
        },
    ),
    Maker(
        "Lattice",
        "keyboards for people who mind",
        1.20,
        {
            "keyboards": ("Split", "Ortho", "Arch", "Sixty"),
        },
    ),
    Maker(
        "Paneline",
        "panels, from office to studio",
        0.95,
        {
            "monitors": ("View", "Wide", "Tint"),
            "tablets": ("Sketch",),
        },
    ),
    Maker(
        "Otterbox Radio",
        "sound that may get wet",
        0.80,
        {
            "speakers": ("River", "Dock"),
            "earbuds": ("Splash",),
            "headphones": ("Bank",),
        },
    ),
    Maker(
        "Juno Park",
        "games for the sofa and the train",
        1.10,
        {
            "consoles": ("Duo", "Solo", "Home"),
            "tablets": ("Play",),
        },
    ),
    Maker(
        "Halden",
        "sturdy devices for sites and sea",
        1.00,
        {
            "phones": ("Rigg", "Hull"),
            "tablets": ("Deck",),
            "routers": ("Mast",),
            "cameras": ("Keel",),
        },
    ),
    Maker(
        "Mica",
        "tablets and readers that spare the eyes",
        0.90,
        {
            "tablets": ("Page", "Slate"),
            "phones": ("Ink",),
            "keyboards": ("Flake",),
        },
    ),
)
