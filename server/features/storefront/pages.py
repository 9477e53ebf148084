"""The head of each page, made from the same answers that the client draws it from."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import orjson

from server.core.client_languages import FirstPicture
from server.features.storefront.first_data import FirstData
from server.features.storefront.head import SITE, Head, HeadWords

SCHEMA = "https://schema.org"
CONDITIONS = {
    "new": "NewCondition",
    "excellent": "RefurbishedCondition",
    "good": "UsedCondition",
    "fair": "UsedCondition",
}
# Pages that are the same for everyone and worth finding; what is somebody's own is not for search engines.
FOUND_PATHS = ("/about",)
# An address with any of these is one view of a list among many.
NARROWING = ("q", "brand", "condition", "store", "minPrice", "maxPrice", "priceCurrency", "inStock", "sort")
LISTED_ITEMS = 24
PLACE = re.compile(r"\{(\w+)\}")
# The first row on a wide screen, two rows on a phone.
SEEN_FIRST = 4
MOSAIC_TILES = 6


def home_head(words: HeadWords, origin: str, data: FirstData) -> Head:
    """Describe the shop."""
    site = {
        "@context": SCHEMA,
        "@type": "WebSite",
        "name": SITE,
        "url": f"{origin}/",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{origin}/products?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }
    return Head(
        words.title,
        words.description,
        f"{origin}/",
        is_indexed=True,
        things=(site,),
        pictures=_mosaic(_items(data, "listMostPopular")),
    )


def other_head(words: HeadWords, origin: str, pattern: str) -> Head:
    """Describe a page that has no data of its own."""
    if pattern not in FOUND_PATHS:
        return words.unknown_page()
    return Head(f"{words.about} · {SITE}", words.description, origin + pattern, is_indexed=True)


def listing_head(words: HeadWords, origin: str, query: bytes, data: FirstData) -> Head:
    """Describe a listing: all of it and single categories are found, searches and narrowed views are not."""
    chosen = parse_qsl(query.decode("utf-8", "replace"))
    asked = " ".join(value for name, value in chosen if name == "q").strip()
    categories = [value for name, value in chosen if name == "category"]
    names = _category_names(words, data)
    category = categories[0] if len(set(categories)) == 1 and categories[0] in names else None
    title = f"“{asked}”" if asked else words.everything if category is None else names[category]
    is_narrowed = any(name in NARROWING or name.startswith("attr.") for name, _ in chosen)
    items = _items(data, "browseProducts")[:LISTED_ITEMS]
    is_unknown = bool(categories) and category is None
    address = f"{origin}/products"
    if category is not None:
        address += f"?{urlencode({'category': category})}"
    trail = [(words.home, f"{origin}/"), (words.everything, f"{origin}/products")]
    if category is not None:
        trail.append((names[category], address))
    return Head(
        title=f"{title} · {SITE}",
        description=words.listing.replace("{title}", title),
        canonical=address,
        is_indexed=not is_narrowed and not is_unknown,
        things=(_breadcrumbs(trail), *_item_list(origin, items)),
        pictures=_first_pictures(items),
    )


def product_head(words: HeadWords, origin: str, product: dict[str, Any]) -> Head:
    """Describe a product with its condition and its price."""
    address = f"{origin}/products/{quote(product['id'])}"
    category = product["category"]
    shelf = f"{origin}/products?{urlencode({'category': category['slug']})}"
    shelf_name = words.categories.get(category["slug"], category["name"])
    trail = [(words.home, f"{origin}/"), (shelf_name, shelf), (product["title"], address)]
    values = {
        "grade": words.grades[product["condition"]],
        "price": product["price"]["display"],
        "store": product["store"]["name"],
        "description": product.get("description", ""),
    }
    pattern = words.product if product["inStock"] else words.product_sold
    # One pass: what a vendor wrote may hold braces too.
    description = PLACE.sub(lambda place: values.get(place[1], ""), pattern)
    return Head(
        title=f"{product['title']} · {SITE}",
        description=description,
        canonical=address,
        image=_absolute(origin, product["imageUrl"]),
        kind="product",
        is_indexed=True,
        things=(_product(origin, address, product), _breadcrumbs(trail)),
        pictures=(FirstPicture(product["imageUrl"], category["slug"]),),
    )


def gone_head(words: HeadWords) -> Head:
    """Describe an address at which nothing is."""
    return Head(f"{words.missing} · {SITE}", words.gone)


def _product(origin: str, address: str, product: dict[str, Any]) -> dict[str, Any]:
    condition = f"{SCHEMA}/{CONDITIONS[product['condition']]}"
    availability = "InStock" if product["inStock"] else "SoldOut"
    return {
        "@context": SCHEMA,
        "@type": "Product",
        "name": product["title"],
        "description": product.get("description", ""),
        "image": [_absolute(origin, product["imageUrl"])],
        "sku": product["id"],
        "model": product.get("model", ""),
        "category": product["category"]["name"],
        "brand": {"@type": "Brand", "name": product["brand"]["name"]},
        "itemCondition": condition,
        "offers": {
            "@type": "Offer",
            "url": address,
            "price": product["price"]["amount"],
            "priceCurrency": product["price"]["currency"],
            "itemCondition": condition,
            "availability": f"{SCHEMA}/{availability}",
            "seller": {"@type": "Organization", "name": product["store"]["name"]},
        },
    }


def _first_pictures(items: list[dict[str, Any]]) -> tuple[FirstPicture, ...]:
    """Choose the pictures of the first cards, each on its bench; listings of one model share a card."""
    by_maker = len({item["category"]["slug"] for item in items}) == 1
    hues = {
        item["imageUrl"]: maker_hue(item["brand"]["slug"]) if by_maker else item["category"]["slug"]
        for item in items
    }
    return tuple(FirstPicture(*picture) for picture in list(hues.items())[:SEEN_FIRST])


def _mosaic(items: list[dict[str, Any]]) -> tuple[FirstPicture, ...]:
    """Choose the most popular of each category, as home does."""
    found = {item["category"]["slug"]: item["imageUrl"] for item in reversed(items)}
    slugs = dict.fromkeys(item["category"]["slug"] for item in items)
    return tuple(FirstPicture(found[slug], slug) for slug in list(slugs)[:MOSAIC_TILES])


def maker_hue(brand_slug: str) -> str:
    """Return the swatch of a maker, as the client computes it.

    >>> maker_hue("north-bench")
    'maker-7'
    """
    number = 7
    for character in brand_slug:
        number = (number * 31 + ord(character)) % 65_521
    return f"maker-{number % 8}"


def _breadcrumbs(trail: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "@context": SCHEMA,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(trail, start=1)
        ],
    }


def _items(data: FirstData, endpoint: str) -> list[dict[str, Any]]:
    body = data.body(endpoint)
    return [] if body is None else orjson.loads(body)["items"]


def _item_list(origin: str, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not items:
        return []
    listed = [
        {"@type": "ListItem", "position": position, "url": f"{origin}/products/{quote(item['id'])}"}
        for position, item in enumerate(items, start=1)
    ]
    return [{"@context": SCHEMA, "@type": "ItemList", "itemListElement": listed}]


def _category_names(words: HeadWords, data: FirstData) -> dict[str, str]:
    body = data.body("listCategories")
    items = [] if body is None else orjson.loads(body)["items"]
    return {item["slug"]: words.categories.get(item["slug"], item["name"]) for item in items}


def _absolute(origin: str, address: str) -> str:
    return origin + address if address.startswith("/") else address
