"""What search engines ask for: robots.txt and the site map of a large catalogue."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from server.features.storefront import sitemap
from server.tests.support.shop import Shop, problem

ORIGIN = "https://jackdaw.example"


async def addresses(shop: Shop, path: str) -> list[str]:
    response = await shop.guest().get(path)
    assert response.status_code == 200
    assert response.content_type == "application/xml; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    root = ET.fromstring(await response.get_data(as_text=True))  # noqa: S314 - our own answer
    return [element.text or "" for element in root.iter(f"{{{sitemap.NAMESPACE}}}loc")]


async def test_robots_names_the_map_and_keeps_crawlers_from_what_is_personal(site: Shop) -> None:
    response = await site.guest().get("/robots.txt")
    text = await response.get_data(as_text=True)
    assert response.content_type == "text/plain; charset=utf-8"
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in text
    assert {"/api/", "/cart", "/account"} <= set(re.findall(r"Disallow: (\S+)", text))


async def test_every_listed_product_is_on_exactly_one_page(
    site: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "PAGE_SIZE", 4)
    monkeypatch.setattr(sitemap, "BATCH", 3)
    listed = [await site.make.product() for _ in range(9)]
    withdrawn = await site.make.product(is_withdrawn=True)
    listed.append(await site.make.product())
    index = await addresses(site, "/sitemap.xml")
    assert index[0] == f"{ORIGIN}/sitemap-pages.xml"
    pages = [await addresses(site, page.removeprefix(ORIGIN)) for page in index[1:]]
    assert [len(page) for page in pages] == [4, 4, 2]
    found = [address for page in pages for address in page]
    assert found == [f"{ORIGIN}/products/{product_id}" for product_id in listed]
    assert f"{ORIGIN}/products/{withdrawn}" not in found


async def test_a_page_of_products_takes_a_statement_per_batch_and_the_index_one_an_hour(
    site: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "BATCH", 3)
    for _ in range(7):
        await site.make.product()
    with site.statements() as recorded:
        await addresses(site, "/sitemap.xml")
        await addresses(site, "/sitemap.xml")
        assert len(recorded) == 1
        await addresses(site, "/sitemap-products-0.xml")
        assert len(recorded) == 1 + 4


async def test_fixed_pages_and_categories_are_listed(site: Shop) -> None:
    await site.make.category("cameras")
    assert await addresses(site, "/sitemap-pages.xml") == [
        f"{ORIGIN}/",
        f"{ORIGIN}/products",
        f"{ORIGIN}/about",
        f"{ORIGIN}/products?category=cameras",
    ]


@pytest.mark.parametrize("after", ["5", "abc", "-1", "99999999999999999999999"])
async def test_other_starts_than_those_of_the_index_are_refused(site: Shop, after: str) -> None:
    await site.make.product()
    before = await site.state()
    await problem(await site.guest().get(f"/sitemap-products-{after}.xml"), 404, "not_found")
    assert await site.state() == before
