"""The language of a page: chosen, else asked for, else English; and what the server writes in it."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import LanguageAccept

from server.core.client_languages import ClientLanguage, language_for
from server.tests.support.shop import Shop

LANGUAGES = {code: ClientLanguage(code, is_offered=code != "en-XA") for code in ("en", "de", "ar", "en-XA")}


async def page_of(site: Shop, path: str, *, wishes: str = "", cookie: str = "") -> tuple[str, dict[str, str]]:
    headers = {"Accept-Language": wishes, "Cookie": cookie}
    response = await site.guest().get(path, headers={name: value for name, value in headers.items() if value})
    return await response.get_data(as_text=True), {k.lower(): v for k, v in response.headers.items()}


@pytest.mark.parametrize(
    ("chosen", "wishes", "expected"),
    [
        (None, [], "en"),
        (None, [("de-AT", 1.0), ("en", 0.5)], "de"),
        (None, [("fr", 1.0), ("ar", 0.4)], "ar"),
        (None, [("fr", 1.0)], "en"),
        (None, [("en-XA", 1.0)], "en"),
        (None, [("de", 0.0), ("ar", 0.2)], "ar"),
        ("ar", [("de", 1.0)], "ar"),
        ("en-XA", [("de", 1.0)], "en-XA"),
        ("../etc", [("de", 1.0)], "de"),
        ("", [("de", 1.0)], "de"),
    ],
)
def test_the_choice_comes_before_the_wishes(
    chosen: str | None, wishes: list[tuple[str, float]], expected: str
) -> None:
    assert language_for(LANGUAGES, chosen, LanguageAccept(wishes)).code == expected


@pytest.mark.parametrize(
    ("wishes", "cookie", "opening", "code"),
    [
        ("", "", '<html lang="en" dir="ltr">', "en"),
        ("de-CH,de;q=0.9,en;q=0.8", "", '<html lang="de" dir="ltr">', "de"),
        ("de", "jackdaw_language=ar", '<html lang="ar" dir="rtl">', "ar"),
        ("not a header;;q=x", "jackdaw_language=%3Cscript%3E", '<html lang="en" dir="ltr">', "en"),
    ],
)
async def test_a_page_comes_in_the_visitors_language(
    site: Shop, wishes: str, cookie: str, opening: str, code: str
) -> None:
    text, headers = await page_of(site, "/", wishes=wishes, cookie=cookie)
    assert opening in text
    assert f"<p>/</p><i>{code}</i>" in text
    assert f'href="/assets/{code}.js"' in text
    assert headers["content-language"] == code
    assert "Accept-Language" in headers["vary"]
    assert "Cookie" in headers["vary"]
    assert headers["cache-control"] == "private, no-store"


async def test_what_the_server_writes_of_a_page_is_in_its_language(site: Shop) -> None:
    product_id = await site.make.product(title="Corvid X2", description="A {grade} camera. " * 3)
    cookie = "jackdaw_language=de"
    assert "<title>Elektronik</title>" in (await page_of(site, "/", cookie=cookie))[0]
    assert "<title>Über uns · Jackdaw</title>" in (await page_of(site, "/about", cookie=cookie))[0]
    assert "<title>Alles · Jackdaw</title>" in (await page_of(site, "/products", cookie=cookie))[0]
    product = (await page_of(site, f"/products/{product_id}", cookie=cookie))[0]
    # What a vendor wrote is no pattern of ours, and what no catalogue holds stays as it is.
    assert 'content="Zustand ' in product
    assert "A {grade} camera." in product
    assert "Ohne Skript geht es nicht." in product
    assert "Scripts, please." not in product
