"""The page of each route before any script runs: its head, its frame, its first data, and for whom."""

from __future__ import annotations

import asyncio
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from quart.typing import TestClientProtocol as Browser

from server.core.database import Database
from server.core.inner_requests import InnerAnswer, ask
from server.features.storefront import first_data
from server.features.storefront.pages import maker_hue
from server.tests.support.shop import API, Shop

HOSTILE = "</script><script>alert(1)</script>\"><img src=x onerror=alert(2)> & 'quoted' <!--"
ORIGIN = "https://jackdaw.example"


class Page(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.source = text
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[str, str]] = []
        self.title = ""
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag
        if tag == "script":
            self.scripts.append((dict(attrs).get("type") or "", ""))

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data
        elif self._inside == "script":
            kind, text = self.scripts[-1]
            self.scripts[-1] = (kind, text + data)

    def meta(self, name: str) -> str | None:
        for tag, attributes in self.elements:
            if tag == "meta" and name in (attributes.get("name"), attributes.get("property")):
                return attributes.get("content")
        return None

    @property
    def canonical(self) -> str | None:
        return next(
            (a.get("href") for tag, a in self.elements if tag == "link" and a.get("rel") == "canonical"), None
        )

    def things(self, kind: str) -> list[dict[str, Any]]:
        found = [json.loads(text) for kind_, text in self.scripts if kind_ == "application/ld+json"]
        return [thing for thing in found if thing["@type"] == kind]

    @property
    def first_data(self) -> dict[str, Any]:
        block = next(text for kind, text in self.scripts if kind == "application/json")
        return {entry["endpoint"]: entry for entry in json.loads(block)}


async def open_page(
    browser: Browser, path: str, status: int = 200, agent: str = "", purpose: str = ""
) -> Page:
    response = await browser.get(path, headers={"User-Agent": agent, "Sec-Purpose": purpose})
    assert response.status_code == status
    assert response.content_type == "text/html; charset=utf-8"
    return Page(await response.get_data(as_text=True))


async def test_home_carries_its_frame_its_code_and_its_data(site: Shop) -> None:
    product_id = await site.make.product()
    page = await open_page(site.guest(), "/")
    assert page.title == "Jackdaw: electronics, found again"
    assert (page.canonical, page.meta("og:url"), page.meta("robots")) == (f"{ORIGIN}/", f"{ORIGIN}/", None)
    assert ("link", {"rel": "code", "crossorigin": None, "href": "/assets/a-1.js"}) in page.elements
    assert page.things("WebSite")[0]["url"] == f"{ORIGIN}/"
    data = page.first_data
    assert set(data) == {
        "getSession",
        "getCart",
        "listFavorites",
        "listCategories",
        "listMostPopular",
        "getHome",
    }
    assert data["getSession"]["data"]["user"] is None
    assert [item["id"] for item in data["listMostPopular"]["data"]["items"]] == [str(product_id)]


@pytest.mark.parametrize("path", ["/", "/products", "/products?category=cameras", "/products/{id}", "/about"])
async def test_a_page_carries_the_bytes_that_the_api_would_answer(site: Shop, path: str) -> None:
    product_id = await site.make.product(title="Corvid X2")
    page = await open_page(site.guest(), path.format(id=product_id))
    asked = {
        "getSession": "/session",
        "getCart": "/cart",
        "listFavorites": "/favorites?limit=100",
        "listCategories": "/categories",
        "listMostPopular": "/products/most-popular?limit=48",
        "getProduct": f"/products/{product_id}",
    }
    compared = 0
    for endpoint, entry in page.first_data.items():
        if endpoint in asked:
            answer = await (await site.guest().get(API + asked[endpoint])).get_json()
            assert entry["data"] == answer
            compared += 1
    assert compared >= 4


async def test_a_product_is_described_with_condition_price_and_trail(site: Shop) -> None:
    product_id = await site.make.product(
        title="Corvid X2", condition="excellent", price_minor=12_999, description="A camera. " * 40
    )
    page = await open_page(site.guest(), f"/products/{product_id}")
    address = f"{ORIGIN}/products/{product_id}"
    assert (page.title, page.canonical, page.meta("og:type")) == ("Corvid X2 · Jackdaw", address, "product")
    described = page.meta("description")
    assert described is not None
    assert described.startswith("Excellent condition, €129.99, from ")
    assert len(described) <= 160
    [product] = page.things("Product")
    offer = product["offers"]
    assert (offer["price"], offer["priceCurrency"], offer["url"]) == ("129.99", "EUR", address)
    assert offer["availability"] == "https://schema.org/InStock"
    assert offer["itemCondition"] == product["itemCondition"] == "https://schema.org/RefurbishedCondition"
    assert product["image"][0].startswith(f"{ORIGIN}/drawings/")
    [trail] = page.things("BreadcrumbList")
    assert [step["name"] for step in trail["itemListElement"]] == [
        "Home",
        "Cameras",
        "Corvid X2",
    ]
    assert page.first_data["getProduct"]["arg"] == {"productId": str(product_id)}
    [picture] = [a for tag, a in page.elements if tag == "link" and a.get("as") == "image"]
    assert picture["href"] == page.first_data["getProduct"]["data"]["imageUrl"]


async def test_hostile_words_stay_words(site: Shop) -> None:
    product_id = await site.make.product(
        title=HOSTILE, description=HOSTILE, model=HOSTILE, category="cameras"
    )
    for path in (
        f"/products/{product_id}",
        "/products",
        f"/products?q={'%3Cscript%3Ealert(3)%3C/script%3E'}",
    ):
        response = await site.guest().get(path)
        text = await response.get_data(as_text=True)
        page = Page(text)
        kinds = {kind for kind, _ in page.scripts}
        assert kinds <= {"application/json", "application/ld+json"}
        assert not any("onerror" in found for _, found in page.elements)
        assert "alert(1)</script>" not in text
        policy = response.headers["Content-Security-Policy"]
        assert "script-src 'self' 'sha256-abc';" in policy
        assert "unsafe" not in policy
    page = await open_page(site.guest(), f"/products/{product_id}")
    assert page.title == f"{HOSTILE} · Jackdaw"
    assert page.things("Product")[0]["name"] == HOSTILE
    assert page.first_data["getProduct"]["data"]["title"] == HOSTILE


async def test_a_listing_names_its_category_and_its_items(site: Shop) -> None:
    product_id = await site.make.product(category="cameras")
    await site.follow()
    page = await open_page(site.guest(), "/products?category=cameras&utm_source=letter")
    assert page.title == "Cameras · Jackdaw"
    assert (page.canonical, page.meta("robots")) == (f"{ORIGIN}/products?category=cameras", None)
    [listed] = page.things("ItemList")
    assert [item["url"] for item in listed["itemListElement"]] == [f"{ORIGIN}/products/{product_id}"]
    [card] = page.first_data["browseProducts"]["data"]["items"]
    assert card["id"] == str(product_id)


async def test_pictures_stand_on_the_benches_that_are_seen_first(site: Shop) -> None:
    first = await site.make.product(category="cameras", brand="keld", model="Mend 9")
    await site.make.product(category="cameras", brand="keld", model="Mend 9")
    await site.follow()
    for path, hue in (
        ("/", "cameras"),
        ("/products", maker_hue("keld")),
        (f"/products/{first}", "cameras"),
    ):
        page = await open_page(site.guest(), path)
        pictures = [found for tag, found in page.elements if tag == "img"]
        assert [found.get("data-swatch") for tag, found in page.elements if tag == "span"] == [hue]
        # Two listings of one model are one card; the bench of what is not known stays as it was drawn.
        assert len(pictures) == 1
        preloaded = [found["href"] for tag, found in page.elements if found.get("as") == "image"]
        assert [picture["src"] for picture in pictures] == preloaded
        assert "<!--picture-->" not in page.source
        assert "<b>2</b>" in page.source
    page = await open_page(site.guest(), "/products?category=laptops")
    assert [tag for tag, _ in page.elements if tag == "b"] == ["b", "b"]


@pytest.mark.parametrize(
    ("query", "title", "is_found"),
    [
        ("", "Everything on the bench", True),
        ("?q=camera", "“camera”", False),
        ("?category=cameras&condition=good", "Cameras", False),
        ("?category=cameras&sort=price", "Cameras", False),
        ("?category=unheard-of", "Everything on the bench", False),
        ("?attr.storage=128%20GB", "Everything on the bench", False),
    ],
)
async def test_only_whole_lists_are_meant_to_be_found(
    site: Shop, query: str, title: str, is_found: bool
) -> None:
    await site.make.product(category="cameras")
    page = await open_page(site.guest(), f"/products{query}")
    assert page.title == f"{title} · Jackdaw"
    assert (page.meta("robots") is None) == is_found


async def test_a_question_that_the_api_refuses_is_left_to_the_client(site: Shop) -> None:
    page = await open_page(site.guest(), "/products?sort=sideways")
    assert "browseProducts" not in page.first_data
    assert "listCategories" in page.first_data


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/products/999999", 404),
        ("/products/abc", 404),
        ("/products/-1", 404),
        ("/nothing", 404),
        ("/a/b/c", 404),
    ],
)
async def test_nothing_is_answered_as_nothing(site: Shop, path: str, status: int) -> None:
    page = await open_page(site.guest(), path, status)
    assert (page.meta("robots"), page.canonical) == ("noindex", None)
    assert page.title == "Not on the bench · Jackdaw"


async def test_what_is_no_longer_offered_is_gone(site: Shop) -> None:
    product_id = await site.make.product(is_withdrawn=True)
    page = await open_page(site.guest(), f"/products/{product_id}", 410)
    assert page.meta("robots") == "noindex"
    assert not page.things("Product")


async def test_files_keep_their_ways_and_the_page_is_no_file(site: Shop) -> None:
    asset = await site.guest().get("/assets/a-1.js")
    assert (asset.status_code, asset.headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")
    for path in ("/index.html", "/frames.json", "/csp.json", "/missing.js", "/api/v1/nothing"):
        response = await site.guest().get(path)
        assert response.status_code == 404, path
        assert response.content_type == "application/problem+json"


async def test_a_page_is_kept_by_no_cache_and_holds_only_its_visitors_things(site: Shop) -> None:
    account = await site.make.user()
    other = await site.make.user()
    product_id = await site.make.product()
    await site.make.favorite(account.visitor_id, product_id)
    mine = await (await site.browser_of(account)).get("/")
    assert mine.headers["Cache-Control"] == "private, no-store"
    assert {"Cookie", "Accept-Encoding"} <= set(re.split(r",\s*", mine.headers["Vary"]))
    assert "ETag" not in mine.headers
    own = Page(await mine.get_data(as_text=True)).first_data
    assert own["getSession"]["data"]["user"]["email"] == account.email
    assert [item["id"] for item in own["listFavorites"]["data"]["items"]] == [str(product_id)]
    for browser in (await site.browser_of(other), site.guest()):
        page = await open_page(browser, "/")
        assert page.first_data["listFavorites"]["data"]["items"] == []
        assert account.email not in json.dumps(page.first_data)


async def test_a_view_of_the_page_counts_as_one_and_a_crawlers_does_not(site: Shop) -> None:
    product_id = await site.make.product()
    path = f"/products/{product_id}"
    await open_page(site.guest(), path, agent="Mozilla/5.0 (compatible; Googlebot/2.1)")
    await open_page(site.guest(), path, purpose="prefetch")
    await site.app.extensions["jackdaw_catalog"].views.flush()
    counting = "SELECT views_count FROM product_statistics WHERE product_id = $1"
    assert await site.connection.fetchval(counting, product_id) is None
    await open_page(site.guest(), path)
    await open_page(site.guest(), path)
    await site.app.extensions["jackdaw_catalog"].views.flush()
    assert await site.connection.fetchval(counting, product_id) == 1


async def test_a_crawler_reads_the_facts_and_no_slate_is_made_for_it(site: Shop) -> None:
    product_id = await site.make.product()
    for path in ("/", f"/products/{product_id}"):
        page = await open_page(site.guest(), path, agent="bingbot/2.0")
        assert page.canonical is not None
        assert not {"getHome", "getSimilar"} & set(page.first_data)


async def test_the_page_comes_without_the_database(site: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: Database) -> Any:
        raise ConnectionError("away")

    monkeypatch.setattr(Database, "connection", away)
    for path in ("/", "/products", "/products/1", "/about"):
        page = await open_page(site.guest(), path)
        assert ("p", {}) in page.elements
        assert "browseProducts" not in page.first_data


async def test_a_slow_part_holds_nothing_up(site: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ask
    cancelled: list[str] = []

    async def slow(path: str, query: str = "") -> InnerAnswer:
        if path.endswith("/recommendations/home"):
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                cancelled.append(path)
                raise
        return await asked(path, query)

    monkeypatch.setattr(first_data, "ask", slow)
    monkeypatch.setattr(first_data, "PATIENCE_S", 2.0)
    page = await open_page(site.guest(), "/")
    assert "getHome" not in page.first_data
    assert "listMostPopular" in page.first_data
    assert cancelled == [f"{API}/recommendations/home"]


async def test_a_head_request_has_the_same_status(site: Shop) -> None:
    for path, status in (("/", 200), ("/products/999999", 404), ("/nothing", 404)):
        response = await site.guest().head(path)
        assert response.status_code == status
