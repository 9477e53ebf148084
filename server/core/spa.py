"""Serves the built client: hashed assets for ever, the page for every route of the shop, a strict CSP."""

from __future__ import annotations

import hashlib
import json
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from quart import Response, request
from werkzeug.exceptions import NotFound

ONE_YEAR = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file of the build with its precompressed twins, all held in memory (a few hundred kB)."""

    content_type: str
    cache_control: str
    body: bytes
    encoded: dict[str, bytes]
    etag: str


class BuiltClient:
    """The files of ``client/dist``, read once at start."""

    def __init__(self, dist: Path) -> None:
        self._files = {
            f"/{path.relative_to(dist).as_posix()}": _read(path, dist) for path in _originals(dist)
        }
        self.policy = _policy(dist / "csp.json")

    @property
    def is_built(self) -> bool:
        """Whether there is a page to serve."""
        return "/index.html" in self._files

    def respond(self, path: str) -> Response:
        """Answer with the file of that path, or with the page for a route of the client.

        Raises
        ------
        NotFound
            A path that looks like a file and is none, or no client was built.
        """
        file = self._files.get(path)
        if file is None:
            is_page = "." not in path.rsplit("/", 1)[-1]
            file = self._files.get("/index.html") if is_page else None
        if file is None:
            raise NotFound
        return self._answer(file)

    def _answer(self, file: StaticFile) -> Response:
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
        if file.content_type.startswith("text/html"):
            response.headers["Content-Security-Policy"] = self.policy
        return response


def _originals(dist: Path) -> list[Path]:
    if not dist.is_dir():
        return []
    return [
        p for p in dist.rglob("*") if p.is_file() and p.suffix not in {".br", ".gz"} and p.name != "csp.json"
    ]


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
