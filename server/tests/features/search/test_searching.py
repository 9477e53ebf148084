"""Search over HTTP: what is found, in which order, and what the answer says about it."""

from __future__ import annotations

import pytest

from server.features.search import matching, scoring
from server.features.search.service import installed_search
from server.tests.features.search.asking import answer, learn, titles
from server.tests.support.shop import Shop


@pytest.mark.parametrize("is_learned", [True, False])
async def test_finds_goods_by_the_noun_of_their_category(shop: Shop, *, is_learned: bool) -> None:
    """Also when no title has it, and before the first statistics are taken."""
    for number in range(3):
        await shop.make.product(title=f"Corvid Slate {number}", category="laptops")
    await shop.make.product(title="Sleeve", category="cases")
    if is_learned:
        await learn(shop)
    assert sorted(await titles(shop, "laptop")) == [f"Corvid Slate {number}" for number in range(3)]
    assert await titles(shop, "corvid laptops -slate") == ["Sleeve"]


async def test_repairs_a_slip_and_says_so(shop: Shop) -> None:
    for number in range(3):
        await shop.make.product(title=f"Keld laptop {number}", category="laptops")
    await learn(shop)
    body = await answer(shop, "Lapotp keld")
    assert [item["title"] for item in body["items"]] == [f"Keld laptop {number}" for number in (2, 1, 0)]
    assert body["search"]["repaired"] == [{"from": "lapotp", "to": "laptop"}]


async def test_names_the_nearest_ways_back_from_nothing_with_their_counts(shop: Shop) -> None:
    for number in range(3):
        await shop.make.product(title=f"Keld wireless laptop {number}", category="laptops", brand="keld")
    await shop.make.product(title="Wired mouse", category="mice", brand="ossian", stock=0)
    await learn(shop)
    body = await answer(shop, "wired laptop", brand="keld")
    assert [item["title"] for item in body["items"]] == [f"Keld wireless laptop {n}" for n in (2, 1, 0)]
    assert body["search"]["reason"] == "some_words"
    assert body["search"]["relaxations"] == [
        {"kind": "word", "without": "wired", "count": 3, "query": "laptop"}
    ]
    body = await answer(shop, "mouse", brand="keld", condition="good", inStock="true")
    assert (body["items"], body["search"]["reason"]) == ([], "nothing_found")
    assert body["search"]["relaxations"] == [
        {"kind": "word", "without": "mouse", "count": 3, "query": ""},
    ]
    body = await answer(shop, "mouse", inStock="true")
    assert body["search"]["relaxations"] == [
        {"kind": "word", "without": "mouse", "count": 3, "query": ""},
        {"kind": "filter", "without": "inStock", "count": 1},
    ]


async def test_takes_words_in_quotes_as_they_are_typed(shop: Shop) -> None:
    for number in range(3):
        await shop.make.product(title=f"Keld laptop {number}", category="laptops")
    await learn(shop)
    body = await answer(shop, '"lapotp"')
    assert (body["items"], body["search"]["repaired"]) == ([], [])
    assert body["search"]["reason"] == "nothing_found"
    await shop.make.product(title="Lapotp rarity", category="books")
    installed_search(shop.app).clear()
    assert await titles(shop, '"lapotp"') == ["Lapotp rarity"]


async def test_the_attributes_of_a_category_are_counted_and_narrow_it(shop: Shop) -> None:
    for storage, colour in (("128 GB", "Blue"), ("128 GB", "Red"), ("256 GB", "Blue")):
        attributes = {"storage": storage, "colour": colour, "serial": f"{storage}{colour}"}
        await shop.make.product(title=f"Laptop {storage} {colour}", category="laptops", attributes=attributes)
    await shop.make.product(title="Laptop bag", category="bags", attributes={"storage": "20 l"})
    await shop.follow()
    body = await answer(shop, "", category="laptops", facets="true", **{"attr.storage": "128 GB"})
    facets = {f["field"]: {v["value"]: v["count"] for v in f["values"]} for f in body["facets"]}
    assert facets["attr:storage"] == {"128 GB": 2, "256 GB": 1}
    assert facets["attr:colour"] == {"Blue": 1, "Red": 1}
    assert [item["title"] for item in body["items"]] == ["Laptop 128 GB Red", "Laptop 128 GB Blue"]
    found = await answer(shop, "laptop", facets="true", includeTotal="true", **{"attr.colour": "Blue"})
    assert (found["total"], {item["title"] for item in found["items"]}) == (
        2,
        {"Laptop 128 GB Blue", "Laptop 256 GB Blue"},
    )
    nothing = await answer(shop, "", category="laptops", **{"attr.storage": "1 TB", "attr.colour": "Red"})
    assert nothing["search"]["relaxations"] == [
        {"kind": "filter", "without": "attr:storage", "count": 1},
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "WH-1000XM4",
        "wh1000xm4",
        "wh1000 xm4",
        "WH 1000 XM4",
        "wh-1000",
        "wh1000",
        "1000xm4",
        "sony WH1000-XM4",
    ],
)
@pytest.mark.parametrize("title", ["Sony WH-1000XM4", "Sony WH1000XM4", "Sony WH 1000XM4"])
async def test_model_numbers_are_found_in_any_spelling(shop: Shop, title: str, typed: str) -> None:
    await shop.make.product(title=f"{title} headphones", brand="sony", category="headphones")
    await shop.make.product(title="Sony WF-900 earbuds", brand="sony", category="earbuds")
    await shop.make.product(title="Corvid 1000 W heater", category="heaters")
    await learn(shop)
    assert (await titles(shop, typed))[0] == f"{title} headphones"


async def test_the_letters_of_a_model_number_are_no_slip(shop: Shop) -> None:
    await shop.make.product(title="Philips DVP3310 player", category="players")
    for number in range(70):
        await shop.make.product(title=f"Verbatim DVD {number}", category="discs")
    await learn(shop)
    body = await answer(shop, "dvp-3310")
    assert (body["items"][0]["title"], body["search"]["repaired"]) == ("Philips DVP3310 player", [])


async def test_of_equal_matches_the_more_popular_comes_first(shop: Shop) -> None:
    for place, popularity in (("north", 2.0), ("south", 9.0), ("west", 5.0)):
        await shop.make.product(title=f"Corvid camera {place}", popularity=popularity)
    await learn(shop)
    assert await titles(shop, "corvid camera") == [
        f"Corvid camera {place}" for place in ("south", "west", "north")
    ]


async def test_what_the_catalogue_calls_a_kind_of_thing_finds_all_of_it(shop: Shop) -> None:
    """Nearly all things in "Laptops" say notebook: who types the one also means the other."""
    for number in range(12):
        name = "laptop" if number < 2 else "notebook"
        await shop.make.product(title=f"Keld {name} {number}", category="laptops", brand="keld")
    for number in range(120):
        await shop.make.product(title=f"Corvid camera {number}")
    await shop.make.product(title="Paper notebook stand", category="stands", description="For any notebook.")
    await learn(shop)
    found = await titles(shop, "laptop")
    assert sorted(found[:2]) == ["Keld laptop 0", "Keld laptop 1"]
    assert sorted(found[2:12]) == sorted(f"Keld notebook {number}" for number in range(2, 12))


async def test_a_rare_word_counts_also_beside_one_that_very_many_have(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing has both; of what has either more is found than is scored."""
    for number in range(9):
        await shop.make.product(title=f"Keld cable {number}", category="cables", model=f"K{number}")
    for number in range(3):
        await shop.make.product(title=f"Ossian gimbal {number}", category="gimbals", model=f"G{number}")
    await learn(shop)
    scoring.scoring_statement.cache_clear()
    monkeypatch.setattr(scoring, "MAX_SCORED", 4)
    monkeypatch.setattr(matching, "MAX_SCORED", 4)
    try:
        found = await titles(shop, "gimbal cable")
    finally:
        scoring.scoring_statement.cache_clear()
    assert found[:3] == [f"Ossian gimbal {number}" for number in (2, 1, 0)]
    assert found[3].startswith("Keld cable")
