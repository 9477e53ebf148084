"""A shop with a built client: the page with its three marks, two files, and the list of routes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.features.storefront import first_data
from server.tests.support.shop import Shop, open_shop

INDEX = """<!doctype html><html lang="en"><head><!--route--><title>Development</title><!--/route--></head>
<body><div id="root"><!--frame--></div><!--first-data-->
<noscript><!--no-script-->Scripts, please.<!--/no-script--></noscript></body></html>"""
WORDS = {
    "de": {
        "title": "Elektronik",
        "everything": "Alles",
        "about": "Über uns",
        "grades": {"new": "Neu", "excellent": "Sehr gut", "good": "Gut", "fair": "Akzeptabel"},
        "categories": {"cameras": "Kameras"},
        "product": "Zustand {grade}, {price}, von {store}. {description}",
        "noScript": "Ohne Skript geht es nicht.",
    },
}
BENCHES = "<!--picture--><b>1</b><!--/picture--><!--picture--><b>2</b><!--/picture-->"
ROUTES = ("/", "/products", "/products/:id", "/about", "/cart", "/*")


def write_client(dist: Path) -> Path:
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text(INDEX)
    (dist / "assets" / "a-1.js").write_text("export {};")
    (dist / "favicon.svg").write_text("<svg/>")
    frames = [
        {"path": path, "preload": ["/assets/a-1.js"], "html": f"{BENCHES}<p>{path}</p>"} for path in ROUTES
    ]
    languages = [
        {
            "code": code,
            "direction": direction,
            "isOffered": code != "en-XA",
            "preload": [f"/assets/{code}.js"],
            "words": WORDS.get(code, {}),
            "picture": '<span data-swatch="{hue}"><img src="{imageUrl}"></span>',
            "frames": [{**frame, "html": f"{frame['html']}<i>{code}</i>"} for frame in frames],
        }
        for code, direction in (("en", "ltr"), ("de", "ltr"), ("ar", "rtl"), ("en-XA", "ltr"))
    ]
    (dist / "frames.json").write_text(json.dumps(languages))
    (dist / "csp.json").write_text(json.dumps({"scriptHashes": ["sha256-abc"], "styleHashes": []}))
    return dist


@pytest.fixture(name="site")
async def _site(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shop]:
    # A busy machine must not make a page of a test go without its parts.
    monkeypatch.setattr(first_data, "PATIENCE_S", 30.0)
    async with open_shop(
        database_url,
        tmp_path,
        client_dist=write_client(tmp_path / "dist"),
        public_origins=("https://jackdaw.example",),
    ) as shop:
        yield shop
