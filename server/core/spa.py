"""The built client: hashed assets for ever, the page that every route is drawn into, a strict CSP."""

from __future__ import annotations

import hashlib
import json
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from quart import Quart, Response, current_app, request

from server.core.client_languages import COOKIE, ClientLanguage, language_for, read_languages

ONE_YEAR = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
CLIENT = "jackdaw_client"
# What the server reads and nobody else.
PRIVATE = frozenset({"index.html", "csp.json", "frames.json"})


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
        self.languages = read_languages(dist)

    def file(self, path: str) -> StaticFile | None:
        """Return the file of that path."""
        return self._files.get(path)


def install_client(app: Quart, client: BuiltClient) -> None:
    """Let the routes find the client."""
    app.extensions[CLIENT] = client


def built_client() -> BuiltClient:
    """Return the client of the application that handles the current request."""
    return cast("BuiltClient", current_app.extensions[CLIENT])


def asked_language(client: BuiltClient) -> ClientLanguage:
    """Return the language in which the current request is answered."""
    return language_for(client.languages, request.cookies.get(COOKIE), request.accept_languages)


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
