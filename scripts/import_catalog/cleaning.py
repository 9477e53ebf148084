"""Turns what other shops write into plain text, prices in minor units, conditions and counts."""

from __future__ import annotations

import html
import math
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from scripts.import_catalog.records import Refused
from server.core.money import EXPONENTS

MAX_PRICE = Decimal(10_000_000)
MAX_STOCK = 1_000_000
MAX_ID_CHARACTERS = 200
# Control, bidirectional and zero-width characters; the joiners of Arabic and Indic scripts stay.
_INVISIBLE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
)
_MARKED = re.compile("[<&]")
_REMOVED = re.compile(rf"[{_INVISIBLE}]")
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>|<![a-zA-Z][^<>]*>", re.DOTALL)
_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"-?(?:(?<![\w.])[.,](?=\d))?\d[\d.,'\u00a0\u202f ]*(?:[eE][+-]?\d+)?")
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{2,3})*,\d{3}")
_NOT_NUMBERS = {"nan", "inf", "-inf", "infinity", "-infinity", "+inf"}


def plain_text(text: str, max_characters: int = 10_000) -> str:
    r"""Return text without markup, control characters and doubled spaces, cut to a length.

    >>> plain_text("<b>Fish</b> &amp;  chips\x00")
    'Fish & chips'
    """
    # What is printable has neither control characters nor other white space than plain spaces.
    if not text.isprintable() or "  " in text or text[:1] == " " or text[-1:] == " " or _MARKED.search(text):
        if "<" in text or "&" in text:
            text = _without_markup(text)
        text = _SPACES.sub(" ", _REMOVED.sub("", text)).strip()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text if len(text) <= max_characters else text[: max_characters - 1].rstrip() + "…"


def _without_markup(text: str) -> str:
    for _ in range(2):
        # Twice: markup is often escaped once more on its way into a file.
        text = html.unescape(_TAG.sub(" ", _SCRIPT.sub(" ", text)))
    return text


def price_minor(text: str, currency: str) -> int:
    """Read a price as minor units: ``1,299.00``, ``₹1,29,999``, ``1.299,00 €``.

    Raises
    ------
    Refused
        There is none, it is no number, or nobody could pay it.
    """
    amount = decimal(text, "price")
    if amount <= 0:
        raise Refused("price", "negative" if amount < 0 else "zero", text[:40])
    if amount > MAX_PRICE:
        raise Refused("price", f"above {MAX_PRICE:,}", text[:40])
    scaled = amount.scaleb(EXPONENTS.get(currency, 2)).quantize(Decimal(1), ROUND_HALF_UP)
    if scaled == 0:
        raise Refused("price", "zero", text[:40])
    return int(scaled)


def decimal(text: str, field: str) -> Decimal:
    """Read a number as people and spreadsheets write it.

    Raises
    ------
    Refused
        It is missing or no number.
    """
    text = text.strip()
    if not text:
        raise Refused(field, "missing")
    if text.lower() in _NOT_NUMBERS:
        raise Refused(field, "not a number", text)
    found = _NUMBER.search(text)
    if found is None or len(text) > 60:
        raise Refused(field, "not a number", text[:40])
    digits = found.group().translate({0x27: None, 0x20: None, 0xA0: None, 0x202F: None})
    if text[: found.start()].rstrip().endswith(("-", "\u2212")):
        digits = "-" + digits.lstrip("-")
    try:
        amount = Decimal(_with_point(digits.rstrip(".,")))
    except InvalidOperation:
        raise Refused(field, "not a number", text[:40]) from None
    return amount


def _with_point(digits: str) -> str:
    """Write the decimal separator as a point: the last one of two kinds, or a comma that does not group."""
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma < 0:
        return digits if digits.count(".") <= 1 else digits.replace(".", "")
    if point < 0:
        return digits.replace(",", "" if _GROUPED.fullmatch(digits) else ".")
    if comma > point:
        return digits.replace(".", "").replace(",", ".")
    return digits.replace(",", "")


def stock(text: str) -> int:
    """Read how many there are; words like "in stock" count as some.

    Raises
    ------
    Refused
        Negative or beyond reason.
    """
    lowered = text.strip().lower()
    if lowered in {"in stock", "yes", "true", "available", "instock"}:
        return 10
    if lowered in {"", "out of stock", "no", "false", "unavailable", "outofstock"}:
        return 0
    pieces = decimal(lowered, "stock")
    if not 0 <= pieces <= MAX_STOCK:
        raise Refused("stock", "negative" if pieces < 0 else f"above {MAX_STOCK:,}", text[:40])
    return int(pieces)


def number(value: float) -> str:
    """Write a number without a needless fraction.

    >>> number(4.0), number(2.13)
    ('4', '2.13')
    """
    if math.isfinite(value) and value == int(value):
        return str(int(value))
    return f"{value:.10g}"


_CONDITIONS = (
    (re.compile(r"\b(?:brand )?new\b|\bsealed\b|\bunused\b"), "new"),
    (re.compile(r"\bacceptable\b|\bfair\b|\bpoor\b|\bgrade c\b|\bfor parts\b"), "fair"),
    (
        re.compile(
            r"\bexcellent\b|\blike new\b|\bmint\b|\bopen[- ]box\b|\bcertified\b|\bvery good\b|\bgrade a\b"
        ),
        "excellent",
    ),
    (
        re.compile(
            r"\brenewed\b|\brefurbished\b|\bgood\b|\bused\b|\bpre[- ]?owned\b|\bgrade b\b|\bsecond[- ]hand\b"
        ),
        "good",
    ),
)
_SECOND_HAND = re.compile(
    r"\brenewed\b|\brefurbished\b|\bpre[- ]?owned\b|\bsecond[- ]hand\b|\(used\)", re.IGNORECASE
)


@lru_cache(maxsize=1024)
def condition(text: str) -> str:
    """Return one of our four conditions.

    Raises
    ------
    Refused
        The word is unknown.

    >>> condition("Used - Very Good"), condition("Refurbished")
    ('excellent', 'good')
    """
    lowered = text.strip().lower()
    if lowered in {"like new", "as new"}:
        return "excellent"
    for pattern, name in _CONDITIONS:
        if pattern.search(lowered):
            return name
    if not lowered:
        return "new"
    raise Refused("condition", "unknown", text[:40])


def condition_of_title(title: str) -> str:
    """Return what a title says about the condition; nothing means new."""
    return "good" if _SECOND_HAND.search(title) else "new"


def external_id(text: str) -> str:
    """Return the id of the other shop.

    Raises
    ------
    Refused
        There is none, or it is too long.
    """
    cleaned = plain_text(text)
    if not cleaned or cleaned.lower() == "nan":
        raise Refused("id", "missing")
    if len(cleaned) > MAX_ID_CHARACTERS:
        raise Refused("id", f"longer than {MAX_ID_CHARACTERS} characters", cleaned[:20] + "…")
    return cleaned


def title(text: str) -> str:
    """Return a clean title.

    Raises
    ------
    Refused
        Nothing to read remains.
    """
    cleaned = plain_text(text, 300)
    if not any(character.isalnum() for character in cleaned):
        raise Refused(
            "title",
            "missing" if not text.strip() else "no text left",
            text[:40] if text.isprintable() else "",
        )
    return cleaned


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """Write a name for a path; a name in another script becomes its code points."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    written = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")
    return written or "x" + "".join(f"{ord(character):x}" for character in name[:12])
