"""What a category of the simulated shop is: its prices and the attributes that a listing states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Driver = Literal["quality", "year", "both", "any"]
Scalar = str | int | float


@dataclass(frozen=True, slots=True)
class Attribute:
    """One stated property: a ladder of values from modest to best, and what moves a model up the ladder."""

    key: str
    label: str
    unit: str = ""
    ladder: tuple[Scalar, ...] = ()
    driver: Driver = "quality"
    is_variant: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of device; prices are of a new one of middle quality."""

    slug: str
    name: str
    base_price_minor: int
    yearly_loss: float
    demand: float
    attributes: tuple[Attribute, ...]
    uses: tuple[str, ...]
    comes_with: tuple[str, ...]


COLOUR = Attribute("colour", "Colour")
RELEASED = Attribute("release_year", "Released")
BATTERY = Attribute("battery_health", "Battery health", "%")


def storage_of(*sizes_gb: int) -> Attribute:
    """Storage in the sizes that a kind of device was sold with; each listing has one of them."""
    return Attribute("storage", "Storage", "GB", sizes_gb, "both", is_variant=True)
