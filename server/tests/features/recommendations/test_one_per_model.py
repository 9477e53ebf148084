"""A slate shows one grade of a brand and model, and stays full where there are enough others."""

from __future__ import annotations

from typing import Any

from server.tests.features.recommendations.test_slates import ask, ids_of, rail, view
from server.tests.support.eventually import eventually
from server.tests.support.shop import Shop
from server.tests.support.tastes import Tastes, fitted_shop, interactions_of, stock_shop


async def pair_up(shop: Shop, tastes: Tastes) -> dict[int, tuple[Any, ...]]:
    """Make two grades of one model of the neighbouring products of each brand; return all models."""
    await shop.connection.execute(
        """
        UPDATE products p SET model = 'Twin ' || n.place / 2
        FROM (SELECT id, row_number() OVER (PARTITION BY brand_id ORDER BY id) - 1 AS place FROM products) n
        WHERE n.id = p.id
        """
    )
    assortment = interactions_of(shop).assortment
    assortment.forget()
    first, twin = tastes.cameras[0], tastes.cameras[4]
    await eventually(lambda: len(set(assortment.models_of([first, twin]))) == 1)
    rows = await shop.connection.fetch("SELECT id, brand_id, model FROM products")
    return {row["id"]: (row["brand_id"], row["model"]) for row in rows}


async def test_no_slate_shows_two_grades_of_a_model(shop: Shop) -> None:
    tastes, guest = await fitted_shop(shop), shop.guest()
    models = await pair_up(shop, tastes)
    assert len(set(models.values())) == 24
    for product_id in tastes.cameras[:2]:
        await view(shop, guest, product_id)
    for surface in ("home", f"similar/{tastes.cameras[0]}", "session", "cart", "category?category=phones"):
        shown = [models[product_id] for product_id in ids_of(await ask(guest, surface))]
        assert len(shown) == len(set(shown)), surface
        assert surface == "home" or len(shown) == 12, surface


async def test_what_goes_with_a_product_is_not_the_product_in_another_grade(shop: Shop) -> None:
    tastes, guest = await fitted_shop(shop), shop.guest()
    models = await pair_up(shop, tastes)
    seen = tastes.cameras[1]
    await view(shop, guest, seen)
    because = rail(await ask(guest, "home"), "because")
    assert len(because["items"]) == 8
    assert models[seen] not in {models[int(item["product"]["id"])] for item in because["items"]}
    for surface in (f"similar/{seen}", "session"):
        assert models[seen] not in {models[i] for i in ids_of(await ask(guest, surface))}, surface


async def test_without_a_model_of_taste_it_holds_too(shop: Shop) -> None:
    models = await pair_up(shop, await stock_shop(shop))
    home = await ask(shop.guest(), "home")
    shown = [models[product_id] for product_id in ids_of(home)]
    assert len(shown) == len(set(shown)) == 20


async def test_a_rails_reason_adds_something_to_its_title(shop: Shop) -> None:
    await fitted_shop(shop)
    for shown in (await ask(shop.guest(), "home"))["rails"]:
        assert shown["reason"]["text"] != shown["title"]
