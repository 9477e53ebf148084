"""Works out the shelf of a product from the head noun of its title, its product type and its attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from scripts.import_catalog.taxonomy import nouns, nouns_home, nouns_supplies, nouns_wiring
from scripts.import_catalog.taxonomy.compounds import COMPOUNDS
from scripts.import_catalog.taxonomy.signatures import shelf_of_attributes
from scripts.import_catalog.taxonomy.tree import CATEGORIES

_WORD = re.compile(r"[a-z0-9]+")
# With what a text must hold for the pattern to be worth trying.
_JOINED = (
    ("cat", re.compile(r"\bcat(?:egory)?[. ]*([5-8])(a|e)?\b"), r"cat\1\2"),
    ("fi", re.compile(r"\bwi[- ]?fi\b"), "wifi"),
    ("heat", re.compile(r"\bheat[- ]shrink\b"), "heat shrink"),
    ("ps/2", re.compile(r"\bps/2\b"), "ps 2"),
    ("rj-", re.compile(r"\brj-(\d+)\b"), r"rj\1"),
)
# What follows one of these says what the thing is for, or comes with, not what it is.
_TAIL = re.compile(
    r"\b(?:for|with|compatible|suitable|equivalent|replaces|includes|including|designed|fits|supports|works)\b"
    r"|\bw/|[|;(,]|\. | [-\u2013] |\b\d+(?:\.\d+)? ?x ?\d"
)
MAX_WORDS = 5
_CARTRIDGES = frozenset({"ink-cartridges", "toner-cartridges"})
_AGES = frozenset({"recommended_age__min_", "recommended_age_group", "eu_tsd_warning", "minimum_age"})
MAX_TITLE_WORDS = 60


@dataclass(frozen=True, slots=True)
class Noun:
    """A phrase of the tables: its shelf, and whether the thing is often what other goods are made for."""

    shelf: str
    is_device: bool


def _plain(word: str) -> str:
    """Fold a plural onto its singular, the same way in tables and titles."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def words_of(text: str) -> list[str]:
    """Split a text into folded words.

    >>> words_of("Cat. 5e Patch Cables")
    ['cat5e', 'patch', 'cable']
    """
    lowered = text.lower()
    for sign, pattern, written in _JOINED:
        if sign in lowered:
            lowered = pattern.sub(written, lowered)
    return [_plain(word) for word in _WORD.findall(lowered)[:MAX_TITLE_WORDS]]


def _tables() -> dict[str, Noun]:
    found: dict[str, Noun] = {}
    for module in (nouns, nouns_supplies, nouns_wiring, nouns_home):
        for group in vars(module).values():
            if not isinstance(group, dict) or "__name__" in group:
                continue
            for shelf, phrases in group.items():
                for phrase in phrases.split(","):
                    text = phrase.strip()
                    key = " ".join(words_of(text.removeprefix("~")))
                    found.setdefault(key, Noun(shelf, text.startswith("~")))
    return found


NOUNS = _tables()
_COMPOUND_RULES = {
    " ".join(words_of(head)): tuple((frozenset(words_of(words)), shelf) for words, shelf in rules)
    for head, rules in COMPOUNDS.items()
}
_STARTS = frozenset(phrase.partition(" ")[0] for phrase in (*NOUNS, *_COMPOUND_RULES))


def _phrases() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for phrase, noun in NOUNS.items():
        found.setdefault(noun.shelf, []).append(phrase)
    for head, rules in _COMPOUND_RULES.items():
        for shelf in {shelf for _, shelf in rules if shelf}:
            found.setdefault(shelf, []).append(head)
    return found


_PHRASES = _phrases()


def phrases_of(shelf: str) -> list[str]:
    """Return what titles call the goods of a shelf; nothing for a shelf that is not of our tree."""
    return _PHRASES.get(shelf, [])


# Rank of a find: what the thing is called before what it is for; a plain noun before a device's name.
_HEAD_NOUN, _HEAD_DEVICE, _TAIL_NOUN, _TAIL_DEVICE = 4, 3, 2, 1


@dataclass(frozen=True, slots=True)
class Find:
    """A noun found in a title."""

    rank: int
    end: int
    length: int
    shelf: str


def find_nouns(words: list[str], everything: frozenset[str], *, is_head: bool) -> Find | None:
    """Return the noun that names the thing: English puts it last, and longer phrases swallow shorter ones."""
    best: Find | None = None
    start = 0
    while start < len(words):
        taken = 1
        if words[start] not in _STARTS:
            start += 1
            continue
        for length in range(min(MAX_WORDS, len(words) - start), 0, -1):
            found = _look_up(" ".join(words[start : start + length]), everything)
            if found is None:
                continue
            rank = _rank(found, is_head=is_head)
            candidate = Find(rank, start + length, length, found.shelf)
            if best is None or candidate.rank >= best.rank:
                best = candidate
            taken = length
            break
        start += taken
    return best


def _rank(noun: Noun, *, is_head: bool) -> int:
    if is_head:
        return _HEAD_DEVICE if noun.is_device else _HEAD_NOUN
    return _TAIL_DEVICE if noun.is_device else _TAIL_NOUN


def _look_up(phrase: str, everything: frozenset[str]) -> Noun | None:
    rules = _COMPOUND_RULES.get(phrase)
    if rules is not None:
        for words, shelf in rules:
            if shelf and (not words or not words.isdisjoint(everything)):
                return Noun(shelf, is_device=False)
    return NOUNS.get(phrase)


def shelf_of_title(title: str) -> Find | None:
    """Find the best noun of a title, before its first "for" or "with" if it can."""
    cut = _TAIL.search(title.lower())
    head, tail = (
        (title, "") if cut is None or cut.start() < 4 else (title[: cut.start()], title[cut.start() :])
    )
    head_words, tail_words = words_of(head), words_of(tail)
    everything = frozenset(head_words + tail_words)
    found = find_nouns(head_words, everything, is_head=True)
    if found is not None and found.rank == _HEAD_NOUN:
        return found
    in_tail = find_nouns(tail_words, everything, is_head=False)
    if found is None or (in_tail is not None and in_tail.rank > found.rank):
        return in_tail
    return found


def leading_noun(text: str) -> str | None:
    """Return the shelf of the noun that a text starts with; a single word counts only in lower case."""
    words = words_of(text)
    everything = frozenset(words)
    shortest = 1 if text.lstrip()[:1].islower() else 2
    for length in range(min(MAX_WORDS, len(words)), shortest - 1, -1):
        found = _look_up(" ".join(words[:length]), everything)
        if found is not None:
            return found.shelf
    return None


def _refined(shelf: str, attributes: Mapping[str, object]) -> str:
    """Correct a noun by attributes that say more: age for toys, print technology for cartridges."""
    if shelf in _CARTRIDGES:
        by_attributes = shelf_of_attributes(attributes)
        return by_attributes if by_attributes in _CARTRIDGES else shelf
    if not _AGES.isdisjoint(attributes) and CATEGORIES[shelf].parent != "games-toys":
        return "toys"
    return shelf


def classify(
    title: str, *, name: str = "", product_type: str = "", attributes: Mapping[str, object] | None = None
) -> str | None:
    """Return the slug of the shelf, or ``None``.

    ``name`` is the maker's own name where the title is "maker name kind properties": the kind that follows it
    is the surest sign there is.
    """
    attributes = attributes or {}
    _, is_written, rest = title.partition(name) if name else ("", "", "")
    kind = leading_noun(rest) if is_written and rest[:1] == " " else None
    if kind is not None:
        return _refined(kind, attributes)
    found = shelf_of_title(title)
    if found is not None and found.rank == _HEAD_NOUN:
        return _refined(found.shelf, attributes)
    by_type = shelf_of_title(product_type) if product_type else None
    if by_type is not None:
        return by_type.shelf
    return shelf_of_attributes(attributes) or (None if found is None else found.shelf)
