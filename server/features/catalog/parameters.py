"""Reads the query string of a listing by hand: a schema walk costs more than the page's own query."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from server.core.pagination import page_limit
from server.core.problems import FieldError, Invalid
from server.features.catalog.domain import CONDITIONS, SORTS, ListFilters, ListRequest

MAX_QUERY_CHARACTERS = 200
MAX_CHOICES = 50
MAX_SLUG_CHARACTERS = 100
AMOUNT = re.compile(r"\d{1,9}(\.\d{1,2})?", re.ASCII)
CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
REPEATABLE = ("category", "brand", "condition", "store")
SINGLE = (
    "q",
    "minPrice",
    "maxPrice",
    "priceCurrency",
    "inStock",
    "sort",
    "currency",
    "facets",
    "includeTotal",
    "cursor",
    "limit",
)
BOUNDS = ("minPrice", "maxPrice")
# ``attr.storage=128 GB``: an attribute of the category, by the key that its facet names.
ATTRIBUTE = "attr."
ATTRIBUTE_KEY = re.compile(r"attr\.[a-z0-9_]{1,60}", re.ASCII)
MAX_ATTRIBUTES = 10
KNOWN = frozenset(REPEATABLE + SINGLE)
OFFERED_CURRENCY = "EUR"
FLAGS = {"true": True, "1": True, "false": False, "0": False, "": False}


def query_values(
    query: bytes, known: frozenset[str], repeatable: tuple[str, ...] = ()
) -> dict[str, list[str]]:
    """Return the parameters of a query string.

    Raises
    ------
    Invalid
        A name that the route does not know, a single one given twice, or a NUL character.
    """
    values: dict[str, list[str]] = {}
    for name, value in _pairs(query.decode("utf-8", "replace")):
        values.setdefault(name, []).append(value)
        is_attribute = bool(repeatable) and name.startswith(ATTRIBUTE)
        if name not in known and not (is_attribute and ATTRIBUTE_KEY.fullmatch(name)):
            raise _wrong(name, "unknown", "There is no such parameter.")
        if "\x00" in value:
            raise _wrong(name, "nul", "NUL characters are not accepted.")
        if len(values[name]) > (MAX_CHOICES if is_attribute or name in repeatable else 1):
            raise _wrong(name, "too_many", "Given too often.")
    return values


def _pairs(text: str) -> list[tuple[str, str]]:
    if "%" in text or "+" in text:
        return parse_qsl(text, keep_blank_values=True)
    pairs = [part.partition("=") for part in text.split("&") if part]
    return [(name, value) for name, _, value in pairs]


def read_list_request(query: bytes) -> ListRequest:
    """Read filters, order and page of a listing.

    Raises
    ------
    Invalid
        Names the parameter that breaks a rule.
    """
    values = query_values(query, KNOWN, REPEATABLE)
    has_choices = not values.keys().isdisjoint(REPEATABLE)
    has_bounds = not values.keys().isdisjoint(BOUNDS)
    if values.get("currency", [OFFERED_CURRENCY]) not in ([OFFERED_CURRENCY], [""]):
        raise _wrong("currency", "not_offered", "Prices are offered in EUR.")
    filters = ListFilters(
        q=_text(values) if "q" in values else "",
        category=_choices(values, "category") if has_choices else (),
        brand=_choices(values, "brand") if has_choices else (),
        condition=_conditions(values) if has_choices else (),
        store=_choices(values, "store") if has_choices else (),
        attributes=_attributes(values),
        min_price_cents=_amount_cents(values, "minPrice") if has_bounds else None,
        max_price_cents=_amount_cents(values, "maxPrice") if has_bounds else None,
        price_currency=_price_currency(values) if "priceCurrency" in values else None,
        in_stock="inStock" in values and _is_set(values, "inStock"),
        sort=_sort(values),
    )
    return ListRequest(
        filters=filters,
        limit=page_limit(values["limit"][0] if "limit" in values else None),
        cursor=values["cursor"][0] or None if "cursor" in values else None,
        wants_facets="facets" in values and _is_set(values, "facets"),
        wants_total="includeTotal" in values and _is_set(values, "includeTotal"),
    )


def _text(values: dict[str, list[str]]) -> str:
    q = values.get("q", [""])[0].strip()
    if len(q) > MAX_QUERY_CHARACTERS:
        raise _wrong("q", "too_long", f"At most {MAX_QUERY_CHARACTERS} characters.")
    return q


def _choices(values: dict[str, list[str]], name: str) -> tuple[str, ...]:
    given = values.get(name)
    if given is None:
        return ()
    if any(len(value) > MAX_SLUG_CHARACTERS for value in given):
        raise _wrong(name, "too_long", f"At most {MAX_SLUG_CHARACTERS} characters.")
    return tuple(sorted({value for value in given if value}))


def _attributes(values: dict[str, list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    names = sorted(name for name in values if name.startswith(ATTRIBUTE))
    if len(names) > MAX_ATTRIBUTES:
        raise _wrong(names[-1], "too_many", f"At most {MAX_ATTRIBUTES} attributes.")
    chosen = [(name.removeprefix(ATTRIBUTE), _choices(values, name)) for name in names]
    return tuple((key, choices) for key, choices in chosen if choices)


def _conditions(values: dict[str, list[str]]) -> tuple[str, ...]:
    given = _choices(values, "condition")
    if any(value not in CONDITIONS for value in given):
        raise _wrong("condition", "unknown", f"One of {', '.join(CONDITIONS)}.")
    return given


def _sort(values: dict[str, list[str]]) -> str:
    has_words = "q" in values and bool(values["q"][0].strip())
    if "sort" not in values:
        return "relevance" if has_words else "popular"
    sort = values.get("sort", [""])[0] or ("relevance" if has_words else "popular")
    if sort not in SORTS:
        raise _wrong("sort", "unknown", f"One of {', '.join(SORTS)}.")
    # Without words nothing is relevant.
    return "popular" if sort == "relevance" and not has_words else sort


def _is_set(values: dict[str, list[str]], name: str) -> bool:
    flag = FLAGS.get(values.get(name, [""])[0])
    if flag is None:
        raise _wrong(name, "not_a_flag", "true or false.")
    return flag


def _price_currency(values: dict[str, list[str]]) -> str | None:
    text = values["priceCurrency"][0]
    if text and CURRENCY.fullmatch(text) is None:
        raise _wrong("priceCurrency", "not_a_currency", "A code such as EUR.")
    return text or None


def _amount_cents(values: dict[str, list[str]], name: str) -> int | None:
    text = values.get(name, [""])[0]
    if text == "":
        return None
    if AMOUNT.fullmatch(text) is None:
        raise _wrong(name, "not_an_amount", "An amount such as 129.99.")
    whole, _, fraction = text.partition(".")
    return int(whole) * 100 + int(fraction.ljust(2, "0") or 0)


def _wrong(name: str, code: str, detail: str) -> Invalid:
    return Invalid(f"{name}: {detail}", errors=[FieldError(pointer=name, code=code, detail=detail)])
