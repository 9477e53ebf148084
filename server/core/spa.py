"""The built client: hashed assets for ever, the page that every route is drawn into, a strict CSP."""

from __future__ import annotations

import hashlib
import json
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from quart import Quart, Response, current_app, request

ONE_YEAR = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
CLIENT = "jackdaw_client"
# What the server reads and nobody else.
PRIVATE = frozenset({"index.html", "csp.json", "frames.json"})
_MARKS = re.compile(r"<!--route-->.*?<!--/route-->|<!--frame-->|<!--first-data-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file of the build with its precompressed twins, all held in memory (a few hundred kB)."""

    content_type: str
    cache_control: str
    body: bytes
    encoded: dict[str, bytes]
    etag: str


@dataclass(frozen=True, slots=True)
class ClientRoute:
    """A route of the client: its pattern (``/products/:id``), the code it needs, its look without data."""

    pattern: str
    preload: tuple[str, ...] = ()
    frame: str = ""


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


class BuiltClient:
    """The files of ``client/dist``, read once at start."""

    def __init__(self, dist: Path) -> None:
        self._files = {
            f"/{path.relative_to(dist).as_posix()}": _read(path, dist) for path in _originals(dist)
        }
        self.policy = _policy(dist / "csp.json")
        self.template = _template(dist / "index.html")
        self.routes = _routes(dist / "frames.json")
        self._patterns = [(_pattern(route.pattern), route) for route in self.routes]

    def file(self, path: str) -> StaticFile | None:
        """Return the file of that path."""
        return self._files.get(path)

    def route(self, path: str) -> ClientRoute | None:
        """Return the route that the client would draw for that path; ``None`` when it knows none."""
        plain = path if path == "/" else path.rstrip("/")
        for pattern, route in self._patterns:
            if pattern.fullmatch(plain):
                return route
        # A client that was built without its list of routes decides by itself.
        return None if self._patterns else ClientRoute(plain)


def install_client(app: Quart, client: BuiltClient) -> None:
    """Let the routes find the client."""
    app.extensions[CLIENT] = client


def built_client() -> BuiltClient:
    """Return the client of the application that handles the current request."""
    return cast("BuiltClient", current_app.extensions[CLIENT])


def answer_file(file: StaticFile) -> Response:
    """Answer with a file in the best encoding that the caller takes; 304 when they hold it."""
    accepted = request.headers.get("Accept-Encoding", "")
    body, encoding = file.body, None
    for name, _suffix in ENCODINGS:
        if name in accepted and name in file.encoded:
            body, encoding = file.encoded[name], name
            break
    etag = f'"{file.etag}{"-" + encoding if encoding else ""}"'
    is_known = request.headers.get("If-None-Match") == etag
    response = Response(b"" if is_known else body, status=304 if is_known else 200)
    response.headers["Content-Type"] = file.content_type
    response.headers["Cache-Control"] = file.cache_control
    response.headers["ETag"] = etag
    response.headers["Vary"] = "Accept-Encoding"
    if encoding and not is_known:
        response.headers["Content-Encoding"] = encoding
    return response


def _originals(dist: Path) -> list[Path]:
    if not dist.is_dir():
        return []
    found = [path for path in dist.rglob("*") if path.is_file() and path.suffix not in {".br", ".gz"}]
    return [path for path in found if path.relative_to(dist).as_posix() not in PRIVATE]


def _read(path: Path, dist: Path) -> StaticFile:
    body = path.read_bytes()
    content_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if content_type.startswith("text/") or content_type.endswith(("javascript", "json", "svg+xml")):
        content_type += "; charset=utf-8"
    is_hashed = path.relative_to(dist).parts[0] == "assets"
    twins = {name: path.with_name(path.name + suffix) for name, suffix in ENCODINGS}
    return StaticFile(
        content_type=content_type,
        cache_control=ONE_YEAR if is_hashed else REVALIDATE,
        body=body,
        encoded={name: twin.read_bytes() for name, twin in twins.items() if twin.is_file()},
        etag=hashlib.blake2b(body, digest_size=9).hexdigest(),
    )


def _template(index: Path) -> PageTemplate | None:
    """Cut the page at its three marks, which stand in this order."""
    if not index.is_file():
        return None
    pieces = _MARKS.split(index.read_text(encoding="utf-8"))
    if len(pieces) != len(PageTemplate.__slots__):
        raise ValueError(f"{index} has {len(pieces) - 1} marks instead of 3.")
    return PageTemplate(*pieces)


def _routes(frames_file: Path) -> tuple[ClientRoute, ...]:
    if not frames_file.is_file():
        return ()
    frames = json.loads(frames_file.read_text(encoding="utf-8"))
    return tuple(ClientRoute(frame["path"], tuple(frame["preload"]), frame["html"]) for frame in frames)


def _pattern(path: str) -> re.Pattern[str]:
    parts = ["[^/]+" if part.startswith(":") else re.escape(part) for part in path.split("/")]
    return re.compile("/".join(parts))


def _policy(hashes_file: Path) -> str:
    """Write the content security policy; inline scripts and styles only by the hashes of the build."""
    hashes = json.loads(hashes_file.read_text()) if hashes_file.is_file() else {}
    scripts = " ".join(["'self'", *(f"'{value}'" for value in hashes.get("scriptHashes", []))])
    styles = " ".join(["'self'", *(f"'{value}'" for value in hashes.get("styleHashes", []))])
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; font-src 'self'; connect-src 'self'; "
        "img-src 'self' data: blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'; object-src 'none'"
    )
