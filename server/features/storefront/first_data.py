"""What the client would ask first on a page, asked by the server and sent along as data."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from server.core.inner_requests import InnerAnswer, ask
from server.core.json import dumps

API = "/api/v1"
# The page must not wait for a slow part: the client asks for it, behind its skeleton.
PATIENCE_S = 0.8
OK = 200
POPULAR_SHOWN = 48
FAVORITES_SHOWN = 100
# What the client understands of an address; anything else in it (a campaign's mark) does not change the list.
FILTERS = frozenset(
    {
        "q",
        "category",
        "brand",
        "condition",
        "store",
        "minPrice",
        "maxPrice",
        "priceCurrency",
        "inStock",
        "sort",
    }
)
ATTRIBUTE_PREFIX = "attr."
PAGE_SIZE = 24
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Part:
    """One answer of the API: the client's name for it, its address, and the client's argument, if any."""

    endpoint: str
    path: str
    query: str = ""
    arg: object = None
    has_arg: bool = False


@dataclass(frozen=True, slots=True)
class FirstData:
    """What has arrived in time, by the client's names."""

    answers: dict[str, tuple[Part, InnerAnswer]] = field(default_factory=dict)

    def status(self, endpoint: str) -> int | None:
        """Return the status of an answer; ``None`` when there is none."""
        found = self.answers.get(endpoint)
        return None if found is None else found[1].status

    def body(self, endpoint: str) -> bytes | None:
        """Return the body of a good answer."""
        found = self.answers.get(endpoint)
        return found[1].body if found is not None and found[1].status == OK else None

    def block(self) -> bytes:
        """Write the good answers as the list that the client reads."""
        entries = [_entry(part, answer.body) for part, answer in self.answers.values() if answer.status == OK]
        return b"[%b]" % b",".join(entries)


def parts_of(pattern: str, identifier: str, query: bytes, *, is_crawler: bool) -> list[Part]:
    """List what a page asks first; what is counted or learned from is not asked for crawlers."""
    parts = [
        Part("getSession", f"{API}/session"),
        Part("getCart", f"{API}/cart"),
        _with_arg("listFavorites", f"{API}/favorites", {"limit": FAVORITES_SHOWN}),
        Part("listCategories", f"{API}/categories"),
    ]
    if pattern == "/":
        parts.append(_with_arg("listMostPopular", f"{API}/products/most-popular", {"limit": POPULAR_SHOWN}))
        if not is_crawler:
            parts.append(Part("getHome", f"{API}/recommendations/home"))
    elif pattern == "/products":
        parts.append(Part("browseProducts", f"{API}/products", listing_query(query)))
    elif pattern == "/products/:id":
        counted = "prefetch=1" if is_crawler else ""
        arg = {"productId": identifier}
        parts.append(Part("getProduct", f"{API}/products/{identifier}", counted, arg, has_arg=True))
        if not is_crawler:
            path = f"{API}/recommendations/similar/{identifier}"
            parts.append(Part("getSimilar", path, "", identifier, has_arg=True))
    return parts


def listing_query(query: bytes) -> str:
    """Write what the client would ask the API for an address of the listing."""
    pairs = [
        (name, value.strip() if name == "q" else value)
        for name, value in parse_qsl(query.decode("utf-8", "replace"))
        if name in FILTERS or name.startswith(ATTRIBUTE_PREFIX)
    ]
    kept = [(name, value) for name, value in pairs if value and (name, value) != ("inStock", "false")]
    more = [("limit", PAGE_SIZE), ("facets", "true"), ("includeTotal", "true")]
    return urlencode([*kept, *more])


async def collect(parts: list[Part]) -> FirstData:
    """Ask for all parts at once; leave out what fails or takes too long."""
    tasks = [asyncio.create_task(ask(part.path, part.query)) for part in parts]
    done, late = await asyncio.wait(tasks, timeout=PATIENCE_S)
    for task in late:
        task.cancel()
    answers: dict[str, tuple[Part, InnerAnswer]] = {}
    for part, task in zip(parts, tasks, strict=True):
        if task not in done:
            continue
        if task.exception() is None:
            answers[part.endpoint] = (part, task.result())
        else:
            logger.warning("the page goes without %s: %r", part.endpoint, task.exception())
    return FirstData(answers)


def _with_arg(endpoint: str, path: str, arg: dict[str, int]) -> Part:
    return Part(endpoint, path, urlencode(arg), arg, has_arg=True)


def _entry(part: Part, body: bytes) -> bytes:
    arg = b',"arg":%b' % dumps(part.arg) if part.has_arg else b""
    return b'{"endpoint":%b%b,"data":%b}' % (dumps(part.endpoint), arg, body)
