"""From a category and a name to a drawing: picks the family, lets one silhouette draw, hands out the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from server.features.catalog.drawings.audio import HEADPHONES, SPEAKERS
from server.features.catalog.drawings.cameras import CAMERAS
from server.features.catalog.drawings.components import GRAPHICS_CARDS, ROUTERS
from server.features.catalog.drawings.computers import LAPTOPS, MONITORS
from server.features.catalog.drawings.consoles import CONSOLES
from server.features.catalog.drawings.drones import DRONES
from server.features.catalog.drawings.earbuds import EARBUDS
from server.features.catalog.drawings.generic import DEVICES
from server.features.catalog.drawings.handhelds import PHONES, TABLETS
from server.features.catalog.drawings.keyboards import KEYBOARDS
from server.features.catalog.drawings.sketch import CANVAS, Place, Sketch
from server.features.catalog.drawings.traits import Traits, slugged
from server.features.catalog.drawings.watches import WATCHES

FAMILIES: dict[str, tuple[Callable[[Sketch], None], ...]] = {
    "phones": PHONES,
    "laptops": LAPTOPS,
    "tablets": TABLETS,
    "headphones": HEADPHONES,
    "earbuds": EARBUDS,
    "watches": WATCHES,
    "cameras": CAMERAS,
    "consoles": CONSOLES,
    "monitors": MONITORS,
    "keyboards": KEYBOARDS,
    "speakers": SPEAKERS,
    "graphics-cards": GRAPHICS_CARDS,
    "routers": ROUTERS,
    "drones": DRONES,
}
# Shelves of imported catalogues whose things look like those of a family.
LOOKALIKES = {
    "headsets": "headphones",
    "home-cinema": "speakers",
    "docking-speakers": "speakers",
    "hi-fi-systems": "speakers",
    "radios": "speakers",
    "tvs": "monitors",
    "signage-displays": "monitors",
    "e-readers": "tablets",
    "graphics-tablets": "tablets",
    "photo-frames": "tablets",
    "handheld-computers": "phones",
    "gps-navigation": "phones",
    "mp3-players": "phones",
    "camcorders": "cameras",
    "numeric-keypads": "keyboards",
    "access-points": "routers",
    "modems": "routers",
    "firewalls": "routers",
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """One finished drawing; places are in units of the 240 by 240 canvas."""

    svg: str
    silhouette: str
    form: str
    finish: str
    places: tuple[Place, ...]


def draw(category_slug: str, maker: str, model: str) -> Drawing:
    """Draw a device; a name and its slug give the same drawing."""
    category, house_name, model_name = slugged(category_slug), slugged(maker), slugged(model)
    forms = FAMILIES.get(LOOKALIKES.get(category, category), DEVICES)
    traits = Traits(category, house_name, model_name)
    form = traits.pick(forms)
    prefix = f"{category}-{house_name}-{model_name}"[:80]
    sketch = Sketch(prefix, Traits(house_name), traits)
    form(sketch)
    return Drawing(
        svg=sketch.svg(),
        silhouette=sketch.silhouette(),
        form=form.__name__,
        finish=sketch.finish.name,
        places=tuple(sketch.places),
    )


def render_drawing(category_slug: str, maker: str, model: str) -> str:
    """Return the SVG file of a device on transparent ground."""
    return draw(category_slug, maker, model).svg


def silhouette_path(category_slug: str, maker: str, model: str) -> str:
    """Return path data of the device's outline (non-zero fill rule), for clipping wear marks to it."""
    return draw(category_slug, maker, model).silhouette


def finish_name(category_slug: str, maker: str, model: str) -> str:
    """Return the colour that the drawing shows, so that a listing can say the same."""
    return draw(category_slug, maker, model).finish


__all__ = [
    "CANVAS",
    "FAMILIES",
    "LOOKALIKES",
    "Drawing",
    "draw",
    "finish_name",
    "render_drawing",
    "silhouette_path",
]
