"""Decides where a product goes: the category that the file names, or the shelf that its title tells."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from scripts.import_catalog.cleaning import plain_text, slug
from scripts.import_catalog.taxonomy.classify import classify
from scripts.import_catalog.taxonomy.tree import CATEGORIES, FALLBACK

Path = tuple[tuple[str, str], ...]
MAX_LEVELS = 4
_NO_BRAND = {
    "the",
    "new",
    "pack",
    "set",
    "for",
    "a",
    "of",
    "generic",
    "combo",
    "original",
    "latest",
    "refurbished",
}


@lru_cache(maxsize=512)
def path_to(shelf: str) -> Path:
    """Return slug and name of a shelf of the tree and of those above it, from the top."""
    category = CATEGORIES[shelf]
    own = ((category.slug, category.name),)
    return own if category.parent is None else path_to(category.parent) + own


def worked_out(
    title: str, *, name: str = "", product_type: str = "", attributes: Mapping[str, object] | None = None
) -> Path:
    """Return the path of the shelf that title and attributes tell, else of the fallback."""
    shelf = classify(title, name=name, product_type=product_type, attributes=attributes)
    return path_to(shelf or FALLBACK)


@lru_cache(maxsize=4096)
def named(text: str) -> Path:
    """Read a path such as ``Audio > Headphones``; a name of our own tree finds its place there."""
    names = [plain_text(name, 80) for name in plain_text(text).replace("»", ">").split(">")]
    names = [name for name in names if name][:MAX_LEVELS]
    if len(names) == 1 and slug(names[0]) in CATEGORIES:
        return path_to(slug(names[0]))
    path: list[tuple[str, str]] = []
    for name in names:
        if path and path[-1][1] == name:
            continue
        own = slug(name)
        # "Accessories" below two parents are two categories.
        if path and own not in CATEGORIES:
            own = f"{path[-1][0]}-{own}"[:120]
        if all(own != above for above, _ in path):
            path.append((own, name))
    return tuple(path)


def first_word(title: str) -> str:
    """Guess the brand of a title without one: its first word that could be a name."""
    words = [word.strip("()[]|,;:!\"'“”") for word in title.split()[:6]]
    for word in words:
        if len(word) > 1 and word[0].isalnum() and word.lower() not in _NO_BRAND and not word[0].isdigit():
            return word[:80]
    return next((word[:80] for word in words if any(map(str.isalnum, word))), "Unbranded")


def model_of(title: str, brand: str) -> str:
    """Return the title without its brand, up to the first bracket or comma."""
    rest = title[len(brand) :].strip() if title.lower().startswith(brand.lower()) else title
    short = rest
    for mark in ("(", ",", "|", " - ", " with ", " for "):
        short = short.split(mark)[0].strip() or short
    return (short or title)[:120].strip()
