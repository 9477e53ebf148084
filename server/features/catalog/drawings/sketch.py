"""The sheet that one drawing is made on: collects markup, the device's outline and the named places on it."""

from __future__ import annotations

from typing import NamedTuple

from server.features.catalog.drawings.finishes import ACCENTS, FINISHES, GLASS, QUIET_FINISHES, Finish
from server.features.catalog.drawings.geometry import Box, rounded, short
from server.features.catalog.drawings.traits import Traits

CANVAS = 240


class Place(NamedTuple):
    """A named part of the front view where wear can sit, in drawing units."""

    name: str
    box: Box


class Sketch:
    """Drawing instructions of one device; the order of calls is the order of paint."""

    __slots__ = ("_clips", "_marks", "_outline", "accent", "finish", "places", "prefix", "traits", "trim")

    def __init__(self, prefix: str, house: Traits, traits: Traits) -> None:
        self.prefix = prefix
        self.traits = traits
        self.finish: Finish = traits.pick(FINISHES)
        # A coloured body takes a quiet second material, a quiet body takes any: both stay in good company.
        is_quiet = self.finish in QUIET_FINISHES
        self.trim: Finish = traits.pick(FINISHES if is_quiet else (*QUIET_FINISHES, self.finish))
        # Makers have a colour of their own; every third model leaves it.
        self.accent: str = traits.pick((house, house, traits)).pick(ACCENTS)
        self.places: list[Place] = []
        self._marks: list[str] = []
        self._outline: list[str] = []
        self._clips = 0

    def path(self, d: str, fill: str, opacity: float = 1.0) -> None:
        """Fill path data."""
        faded = f' opacity="{opacity:.2g}"' if opacity < 1 else ""
        self._marks.append(f'<path fill="{fill}"{faded} d="{d}"/>')

    def rect(self, box: Box, fill: str, radius: float = 0.0, opacity: float = 1.0) -> None:
        """Fill an upright rectangle."""
        curve = f' rx="{short(min(radius, box.w / 2, box.h / 2))}"' if radius else ""
        faded = f' opacity="{opacity:.2g}"' if opacity < 1 else ""
        self._marks.append(
            f'<rect x="{short(box.x)}" y="{short(box.y)}" width="{short(box.w)}" height="{short(box.h)}"'
            f'{curve} fill="{fill}"{faded}/>'
        )

    def disc(self, cx: float, cy: float, radius: float, fill: str, opacity: float = 1.0) -> None:
        """Fill a circle."""
        faded = f' opacity="{opacity:.2g}"' if opacity < 1 else ""
        self._marks.append(
            f'<circle cx="{short(cx)}" cy="{short(cy)}" r="{short(radius)}" fill="{fill}"{faded}/>'
        )

    def stroke(self, d: str, colour: str, width: float, opacity: float = 1.0) -> None:
        """Draw a line with round ends along path data."""
        faded = f' opacity="{opacity:.2g}"' if opacity < 1 else ""
        self._marks.append(
            f'<path fill="none" stroke="{colour}" stroke-width="{short(width)}" stroke-linecap="round" '
            f'stroke-linejoin="round"{faded} d="{d}"/>'
        )

    def turned(self, degrees: float, cx: float, cy: float) -> None:
        """Open a group turned about a point; close it with :meth:`close`."""
        self._marks.append(f'<g transform="rotate({short(degrees)} {short(cx)} {short(cy)})">')

    def clipped(self, d: str) -> None:
        """Open a group that shows only inside the path; close it with :meth:`close`."""
        self._clips += 1
        name = f"{self.prefix}-{self._clips}"
        self._marks.append(f'<clipPath id="{name}"><path d="{d}"/></clipPath><g clip-path="url(#{name})">')

    def close(self) -> None:
        """Close the last open group."""
        self._marks.append("</g>")

    def outline(self, d: str) -> None:
        """Count path data into the silhouette of the device."""
        self._outline.append(d)

    def place(self, name: str, box: Box) -> None:
        """Name a part of the device for wear marks."""
        self.places.append(Place(name, box))

    def solid(self, d: str, fill: str | None = None) -> None:
        """Fill path data and count it into the silhouette."""
        self.outline(d)
        self.path(d, fill or self.finish.body)

    def slab(self, box: Box, radius: float, tone: Finish | None = None, depth: float = 4.0) -> None:
        """A body with a shaded lower edge and a lit upper left rim: the look shared by every device."""
        finish = tone or self.finish
        whole = Box(box.x, box.y, box.w, box.h + depth)
        self.outline(rounded(whole, radius))
        self.rect(whole, finish.shade, radius)
        self.rect(box, finish.body, radius)
        self.rim(box, radius, finish.light)

    def rim(self, box: Box, radius: float, colour: str) -> None:
        """The light that runs along the upper left edge."""
        inner = box.inset(1.6)
        r = max(min(radius - 1.6, inner.w / 2, inner.h / 2), 0.1)
        self.stroke(
            f"M{short(inner.x)} {short(inner.y + max(inner.h * 0.55, r))}V{short(inner.y + r)}"
            f"a{short(r)} {short(r)} 0 0 1 {short(r)} {short(-r)}H{short(inner.x + max(inner.w * 0.62, r))}",
            colour,
            1.6,
            0.85,
        )

    def lens(self, cx: float, cy: float, radius: float, tint: str = "#3d5a80") -> None:
        """A small camera lens: dark ring, tinted glass, one glint."""
        self.disc(cx, cy, radius, GLASS)
        self.disc(cx, cy, radius * 0.62, tint)
        self.disc(cx - radius * 0.2, cy - radius * 0.22, radius * 0.2, "#fff", 0.8)

    def silhouette(self) -> str:
        """Path data of everything counted so far; fill it with the non-zero rule."""
        return "".join(self._outline)

    def svg(self) -> str:
        """The finished file."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {CANVAS} {CANVAS}" width="{CANVAS}" '
            f'height="{CANVAS}">{"".join(self._marks)}</svg>'
        )
