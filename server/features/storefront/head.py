"""What a page says about itself: title, description, canonical address, previews, structured data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from html import escape
from typing import Any

from server.core.client_languages import FirstPicture
from server.core.json import dumps

SITE = "Jackdaw"
DEFAULT_TITLE = "Jackdaw: electronics, found again"
DEFAULT_DESCRIPTION = (
    "Second-hand electronics, inspected one by one. Every mark is written down, and every shelf says why it "
    "looks the way it does."
)
MAX_DESCRIPTION_CHARACTERS = 160


@dataclass(frozen=True, slots=True)
class Head:
    """The facts of one page. Without ``canonical`` it is not meant to be found."""

    title: str = DEFAULT_TITLE
    description: str = DEFAULT_DESCRIPTION
    canonical: str | None = None
    image: str | None = None
    kind: str = "website"
    is_indexed: bool = False
    things: tuple[dict[str, Any], ...] = ()
    # What is seen first: its addresses are known here before any script could ask.
    pictures: tuple[FirstPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadWords:
    """The words of one language; in English where the client was built without its own."""

    title: str = DEFAULT_TITLE
    description: str = DEFAULT_DESCRIPTION
    home: str = "Home"
    everything: str = "Everything on the bench"
    about: str = "How this shop works"
    missing: str = "Not on the bench"
    gone: str = "There is nothing at this address."
    listing: str = "{title}: second-hand, inspected one by one, with a price per grade."
    product: str = "{grade} condition, {price}, from {store}. {description}"
    product_sold: str = "{grade} condition, {price}, from {store}. Sold. {description}"
    grades: Mapping[str, str] = field(
        default_factory=lambda: {"new": "New", "excellent": "Excellent", "good": "Good", "fair": "Fair"}
    )
    categories: Mapping[str, str] = field(default_factory=dict)

    def unknown_page(self) -> Head:
        """Describe a page of which nothing is to be found."""
        return Head(self.title, self.description)


def words_of(built: Mapping[str, Any]) -> HeadWords:
    """Take the words that the build wrote."""
    known = {name: built[wire] for name, wire in _WIRE.items() if wire in built}
    return HeadWords(**known)


_WIRE = {item.name: "productSold" if item.name == "product_sold" else item.name for item in fields(HeadWords)}


def head_html(head: Head) -> str:
    """Write the tags. Every text is escaped: titles and descriptions are written by vendors."""
    description = shortened(head.description)
    tags = [f"<title>{escape(head.title)}</title>", _meta("name", "description", description)]
    if not head.is_indexed:
        tags.append(_meta("name", "robots", "noindex"))
    if head.canonical is not None:
        tags.append(f'<link rel="canonical" href="{escape(head.canonical)}" data-route>')
        tags.append(_meta("property", "og:url", head.canonical))
    tags += [
        _meta("property", "og:site_name", SITE),
        _meta("property", "og:type", head.kind),
        _meta("property", "og:title", head.title),
        _meta("property", "og:description", description),
        _meta("name", "twitter:card", "summary"),
    ]
    if head.image is not None:
        tags.append(_meta("property", "og:image", head.image))
    tags += [
        f'<link rel="preload" as="image" href="{escape(picture.image_url)}" fetchpriority="high" data-route>'
        for picture in head.pictures
    ]
    tags += [json_block(dumps(thing), kind="application/ld+json", mark="data-route") for thing in head.things]
    return "\n    ".join(tags)


def json_block(body: bytes, *, kind: str, mark: str) -> str:
    """Write JSON as a data block: no browser runs it, and nothing in it can end it."""
    text = body.decode().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return f'<script type="{kind}" {mark}>{text}</script>'


def shortened(text: str) -> str:
    """Cut a description at a word, as previews do.

    >>> shortened("one  two")
    'one two'
    """
    plain = " ".join(text.split())
    if len(plain) <= MAX_DESCRIPTION_CHARACTERS:
        return plain
    return plain[: MAX_DESCRIPTION_CHARACTERS - 1].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


def _meta(attribute: str, name: str, content: str) -> str:
    return f'<meta {attribute}="{name}" content="{escape(content)}" data-route>'
