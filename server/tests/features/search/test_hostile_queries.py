"""Search over HTTP with texts that nobody should type: a clear refusal, or nothing found and why."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from server.tests.features.search.asking import answer, learn
from server.tests.support.shop import API, Shop, problem

NOTHING_SEARCHABLE = [
    "!!! ??? ...",
    "-",
    '"',
    '""',
    "((()))",
    "\U0001f600 \U0001f3a7",
    "\u200b\u200f\u202e",
    "%",
    "_",
    "\\",
]
ONLY_STOP_WORDS = ["the of and", "the", '"the of"', "THE The tHe"]
UNKNOWN = [
    "\u0633\u0645\u0627\u0639\u0627\u062a \u0644\u0627\u0633\u0644\u0643\u064a\u0629",
    "\u05d0\u05d5\u05d6\u05e0\u05d9\u05d5\u05ea",
    "\u8033\u673a",
    "qqqqqqqqqq",
    "q" * 200,
    "7" * 200,
]
PLACES = ("north", "south", "west")
# Each of these has the word "camera", which must be found whatever stands around it.
AROUND_CAMERA = [
    "camera & | ! <-> :*",
    "camera:*",
    "!camera",
    "'camera'",
    "camera'); DROP TABLE products; --",
    "camera' OR '1'='1",
    "camera\\",
    "camera\\'",
    "(camera",
    "camera)))",
    '"camera',
    "=camera",
    "camera $1 %s {0} {{x}}",
    "<b>camera</b>",
    "ca\u0301mera",
    "\u202ecamera\u202c",
    "\U0001f4f7 camera \U0001f4f7",
    "cam\u00e9ra",
    "CAMERA\t\r\n",
    "camera " * 28,
    "camera -",
    "camera --",
    "the camera of the",
]


async def stock_the_shelves(shop: Shop) -> None:
    for place in PLACES:
        await shop.make.product(title=f"Corvid field camera {place}")
    await shop.make.product(title="Tripod", category="stands", description="For a camera.")
    await learn(shop)


@pytest.mark.parametrize("is_learned", [True, False])
@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (NOTHING_SEARCHABLE, "nothing_searchable"),
        (ONLY_STOP_WORDS, "only_stop_words"),
        (UNKNOWN, "nothing_found"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_nothing_is_found_and_the_answer_says_why(
    shop: Shop, texts: list[str], reason: str, *, is_learned: bool
) -> None:
    if is_learned:
        await stock_the_shelves(shop)
    for text in texts:
        body = await answer(shop, text, facets="true", includeTotal="true")
        assert (body["items"], body["total"], body["search"].get("reason")) == ([], 0, reason), text
        narrowed = await answer(shop, text, category="cameras", sort="price", inStock="true")
        assert (narrowed["items"], narrowed["search"]["reason"]) == ([], reason), text


@pytest.mark.parametrize("text", AROUND_CAMERA)
async def test_operators_and_signs_are_no_more_than_text(shop: Shop, text: str) -> None:
    await stock_the_shelves(shop)
    body = await answer(shop, text, facets="true", includeTotal="true")
    found = [item["title"] for item in body["items"]]
    assert found == [*(f"Corvid field camera {place}" for place in reversed(PLACES)), "Tripod"]
    assert body["total"] == 4


@pytest.mark.parametrize("text", [*NOTHING_SEARCHABLE, *ONLY_STOP_WORDS, *UNKNOWN, *AROUND_CAMERA])
async def test_completing_them_never_fails(shop: Shop, text: str) -> None:
    await shop.make.product(title="Corvid field camera")
    response = await shop.guest().get(f"{API}/search/suggest", query_string={"q": text})
    assert response.status_code == 200
    assert isinstance((await response.get_json())["suggestions"], list)


@pytest.mark.parametrize("path", ["/products", "/search/suggest"])
@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("x" * 20_000, 414, "query_too_long"),
        (quote("the " * 5_000), 414, "query_too_long"),
        ("x" * 201, 422, "invalid"),
        ("camera%00", 422, "invalid"),
        ("camera%ED%A0%80", 400, "malformed"),
        ("%FF%FE", 400, "malformed"),
    ],
    ids=["20,000 letters", "5,000 stop words", "201 letters", "NUL", "a lone surrogate", "no UTF-8"],
)
async def test_what_cannot_be_a_text_is_refused(
    shop: Shop, path: str, query: str, status: int, code: str
) -> None:
    await stock_the_shelves(shop)
    before = await shop.state()
    await problem(await shop.guest().get(f"{API}{path}?q={query}"), status, code)
    assert await shop.state() == before
