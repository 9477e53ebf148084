"""The electronics tree that imported products are sorted into: departments, and the shelves below them.

Where a shelf means the same as a category of the demo shop it has the same slug, so that both live together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FALLBACK = "other-electronics"


@dataclass(frozen=True, slots=True)
class Category:
    """One category; departments have no parent."""

    slug: str
    name: str
    parent: str | None
    position: int


# Department -> shelves. A shelf is its name; a slug is given where it is not simply the name.
_TREE = {
    "Computers": """
        Laptops; Tablets; E-readers; Desktop computers; Thin clients; Servers; Barebones; Handheld
        computers; Laptop docks; Laptop batteries; Laptop parts; Laptop stands & cooling; Laptop bags;
        Tablet accessories; Computer locks; Computer accessories
    """,
    "Components": """
        Processors; Motherboards; Memory modules; Graphics cards; Hard drives; Solid state drives; Optical
        drives; Drive enclosures & mounts = drive-enclosures; Computer cases; Power supplies; Computer
        cooling; Sound cards; Interface cards; Storage controllers
    """,
    "Storage & media": """
        USB flash drives; Memory cards; Card readers; External drives; Network storage & arrays =
        network-storage; Tape drives; Blank discs; Data tapes; Disc & media cases = media-cases
    """,
    "Peripherals": """
        Keyboards; Mice; Numeric keypads; Keyboard & mouse accessories = keyboard-accessories; Webcams;
        Graphics tablets; Presenters; USB hubs; KVM switches; Barcode scanners; Scanners; Stylus pens; Game
        controllers
    """,
    "Displays & projectors": """
        Monitors; Signage displays; TVs; Projectors; Projector lamps & parts = projector-lamps; Projection
        screens; Projector mounts; Screen & TV mounts = screen-mounts; Screen filters; Monitor accessories
    """,
    "Printing": """
        Printers; Large format printers; Label printers; Fax machines; Ink cartridges; Toner cartridges;
        Printer drums & belts = printer-drums; Print heads; Printer ribbons; Printer parts; Paper trays &
        finishers = paper-trays; Print servers; Photo paper; Printing paper; Large format media; Labels;
        Label tapes
    """,
    "Networking": """
        Routers; Access points; Network switches; Network cards; Network transceivers; Media converters;
        Network antennas; Network extenders; Modems; Powerline adapters; Patch panels & sockets =
        patch-panels; Serial servers; Firewalls; Network tools; Network accessories; Security cameras; Phone
        systems
    """,
    "Cables & adapters": """
        Network cables; Fibre optic cables; Audio cables; Video cables; USB cables; Power cables; Serial
        cables; Storage cables; KVM cables; Coaxial cables; FireWire cables; Phone cables; Charging cables;
        Cable adapters; Signal splitters & extenders = signal-extenders; Connectors; Cable management
    """,
    "Power & racks": """
        UPS = ups; UPS batteries; UPS accessories; Power distribution; Surge protectors; Power strips &
        extensions = power-strips; Power adapters; Power banks; Batteries; Battery chargers; Racks; Rack
        accessories; Environment monitoring; Data centre cooling
    """,
    "Phones & wearables": """
        Phones; Home & office phones = desk-phones; Phone cases; Screen protectors; Chargers; Phone
        accessories; Watches; Watch straps & accessories = watch-accessories; VR headsets; GPS navigation
    """,
    "Audio": """
        Headphones; Earbuds; Headsets; Speakers; Soundbars & home cinema = home-cinema; Hi-fi systems;
        Amplifiers & receivers = amplifiers; Radios; MP3 players; Microphones; Docking speakers; Musical
        instruments; Audio accessories
    """,
    "TV & video": """
        Disc players; Media players; TV receivers & antennas = tv-receivers; Remote controls; Photo frames;
        TV furniture; Video conferencing
    """,
    "Photo & optics": """
        Cameras; Camcorders; Camera lenses; Lens adapters & filters = lens-accessories; Camera batteries;
        Camera bags & cases = camera-bags; Tripods & supports = tripods; Flashes & lights = camera-lights;
        Camera accessories; Binoculars & telescopes = binoculars; Drones
    """,
    "Games & toys": "Consoles; Video games; Toys; Dolls; Board games & puzzles = board-games; Craft kits",
    "Home & personal care": """
        Kitchen appliances; Coffee machines; Large appliances; Vacuum cleaners; Irons & garment care =
        irons; Heating & cooling = climate; Personal care; Health devices; Baby care; Lighting; Smart home;
        Home accessories; Bags & luggage = bags; Gardening & outdoor = outdoor; Tools; Car electronics
    """,
    "Office": """
        Calculators; Label makers; Paper shredders & cutters = paper-cutters; Laminating & binding =
        laminating; Filing & storage = filing; Writing & art supplies = stationery; Office furniture &
        ergonomics = office-furniture; Cleaning supplies; Office supplies
    """,
    "Services & software": "Warranties & services = services; Software & licences = software",
}


def slug_of(name: str) -> str:
    """Write a name for a path."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _grow() -> dict[str, Category]:
    found: dict[str, Category] = {}
    for number, (department, shelves) in enumerate(_TREE.items(), start=1):
        parent = Category(slug_of(department), department, None, 100 * number)
        found[parent.slug] = parent
        for place, text in enumerate(" ".join(shelves.split()).split("; "), start=1):
            name, _, slug = text.partition(" = ")
            shelf = Category(slug or slug_of(name), name, parent.slug, parent.position + place)
            found[shelf.slug] = shelf
    found[FALLBACK] = Category(FALLBACK, "Other electronics", None, 9_000)
    return found


CATEGORIES = _grow()
