"""The languages that the client was built in, and the one that a visitor is answered in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from werkzeug.datastructures import LanguageAccept

# The client writes it when somebody chooses a language, and reads it where no server has decided.
COOKIE = "jackdaw_language"
DEFAULT = "en"
_MARKS = re.compile(r"<!--route-->.*?<!--/route-->|<!--frame-->|<!--first-data-->", re.DOTALL)
_HTML = re.compile(r"<html[^>]*>")
_PLACE = re.compile(r"\{(\w+)\}")
_PICTURE = re.compile(r"<!--picture-->(.*?)<!--/picture-->", re.DOTALL)
_NO_SCRIPT = re.compile(r"<!--no-script-->.*?<!--/no-script-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ClientRoute:
    """A route of the client: its pattern (``/products/:id``), the code it needs, its look without data."""

    pattern: str
    preload: tuple[str, ...] = ()
    frame: str = ""


@dataclass(frozen=True, slots=True)
class FirstPicture:
    """A picture that a page shows first, and the hue of the bench on which it lies."""

    image_url: str
    hue: str

    def html(self, template: str) -> str:
        """Fill the bench that the build drew."""
        values = {"imageUrl": self.image_url, "hue": self.hue}
        return _PLACE.sub(lambda place: escape(values.get(place[1], "")), template)


@dataclass(frozen=True, slots=True)
class PageTemplate:
    """The page in the four pieces that stand around what is known only per request."""

    start: str
    body: str
    after_frame: str
    end: str

    def filled(self, *, head: str, frame: str, data: str) -> bytes:
        """Put the pieces together."""
        return f"{self.start}{head}{self.body}{frame}{self.after_frame}{data}{self.end}".encode()


@dataclass(frozen=True, slots=True)
class ClientLanguage:
    """The client in one language: its page, its routes, the words for what the server writes of them."""

    code: str = DEFAULT
    is_offered: bool = True
    words: Mapping[str, Any] = field(default_factory=dict)
    template: PageTemplate | None = None
    routes: tuple[ClientRoute, ...] = ()
    picture: str = ""

    def with_pictures(self, frame: str, pictures: Iterable[FirstPicture]) -> str:
        """Put pictures on the benches that stand first in a frame; the others stay empty."""
        due = iter(pictures if self.picture else ())

        def drawn(empty: re.Match[str]) -> str:
            picture = next(due, None)
            return empty[1] if picture is None else picture.html(self.picture)

        return _PICTURE.sub(drawn, frame)

    def route(self, path: str) -> ClientRoute | None:
        """Return the route that the client would draw for that path; ``None`` when it knows none."""
        plain = path if path == "/" else path.rstrip("/")
        for route in self.routes:
            if _pattern(route.pattern).fullmatch(plain):
                return route
        # A client that was built without its list of routes decides by itself.
        return None if self.routes else ClientRoute(plain)


def language_for(
    languages: Mapping[str, ClientLanguage], chosen: str | None, wishes: LanguageAccept
) -> ClientLanguage:
    """Return the language that was chosen, else the best that the browser asks for and the shop offers."""
    if chosen is not None and chosen in languages:
        return languages[chosen]
    for wish, quality in wishes:
        # "de-AT" is German, before any other language that is wished for less.
        found = languages.get(wish.lower().split("-")[0])
        if quality > 0 and found is not None and found.is_offered:
            return found
    return languages[DEFAULT]


def read_languages(dist: Path) -> dict[str, ClientLanguage]:
    """Read what the build says of its languages; English alone when it says nothing."""
    index, frames = dist / "index.html", dist / "frames.json"
    page = index.read_text(encoding="utf-8") if index.is_file() else None
    built = json.loads(frames.read_text(encoding="utf-8")) if frames.is_file() else []
    languages = {item["code"]: _language(item, page) for item in built}
    languages.setdefault(DEFAULT, ClientLanguage(template=None if page is None else _template(page)))
    return languages


def _language(item: dict[str, Any], page: str | None) -> ClientLanguage:
    announced = tuple(item["preload"])
    routes = (
        ClientRoute(frame["path"], (*announced, *frame["preload"]), frame["html"]) for frame in item["frames"]
    )
    return ClientLanguage(
        code=item["code"],
        is_offered=item["isOffered"],
        words=item["words"],
        template=None if page is None else _template(_localised(page, item)),
        routes=tuple(routes),
        picture=item.get("picture", ""),
    )


def _localised(page: str, item: dict[str, Any]) -> str:
    opening = f'<html lang="{escape(item["code"])}" dir="{escape(item["direction"])}">'
    no_script = escape(item["words"].get("noScript", ""))
    return _NO_SCRIPT.sub(lambda _: no_script, _HTML.sub(lambda _: opening, page, count=1))


def _template(page: str) -> PageTemplate:
    """Cut the page at its three marks, which stand in this order."""
    pieces = _MARKS.split(page)
    if len(pieces) != len(PageTemplate.__slots__):
        raise ValueError(f"The client's index.html has {len(pieces) - 1} marks instead of 3.")
    return PageTemplate(*pieces)


@cache
def _pattern(path: str) -> re.Pattern[str]:
    parts = ["[^/]+" if part.startswith(":") else re.escape(part) for part in path.split("/")]
    return re.compile("/".join(parts))
