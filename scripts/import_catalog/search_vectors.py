"""Computes what search finds a listing by, as ``jackdaw_index_products`` does, for the rows of an import.

Most words of a file come again and again. PostgreSQL says once what each of them is to a text index, and the
vectors are put together here from that, in a fifth of the time that its regular expressions take. It says the
same of accented letters and signs; what is not ASCII without them, or unusual in any other way, is left to
the database. A test compares both ways listing by listing.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import asyncpg

UNITS = frozenset(
    ["mm", "cm", "m", "ft", "inch", "in", "gb", "tb", "mb", "ghz", "mhz", "hz", "w", "v", "mah", "dpi", "ppm"]
)
MAX_KNOWN_WORDS = 400_000
# Beyond these PostgreSQL leaves positions out, each in its own way.
MAX_WORDS = 10_000
MAX_REPEATS = 200
MAX_WORD_CHARACTERS = 1_000
MAX_ATTRIBUTE_CHARACTERS = 2_000
MAX_CUT_WORDS = 40
MAX_PHRASE_WORDS = 4
_A, _B, _C, _D = 3 << 14, 2 << 14, 1 << 14, 0
# Of bytes: five times as fast as one of characters, and every text is ASCII by then.
_SPACED = bytes(code if chr(code).isalnum() and code < 128 else 32 for code in range(256))
_PIECES = re.compile(r"\b[0-9]+ ?pcs?\b\.?(?:\(s\))?")
_CUT_PIECES = re.compile(r"\b[0-9]+ ?pcs?\b\.?(?:\(s\))?|\bpc\(s\)|\bpcs\b\.?")
_CUT = re.compile(r"\s\+\s|\bfor\b|\bwith\b|\bw/|, | - | \u2013 |\(|\bfrom\b|\bto\b|\bf/|\bof\b")
_JOINED = re.compile(r"[a-z0-9]+(?:[-/.][a-z0-9]+)+")
_JOINTS = str.maketrans("", "", "-/.")
_DIGIT = re.compile(r"[0-9]")


class NotPlain(Exception):
    """The text is for the database."""


@dataclass(frozen=True, slots=True)
class Searched:
    """The texts of a listing that count in search. ``brand`` is the shop's name of it."""

    title: str
    brand: str
    model: str
    description: str
    attributes: Mapping[str, str]
    category_id: int

    def texts(self) -> tuple[str, ...]:
        """Return title, brand, model, description, and what the attributes say."""
        return (
            self.title,
            self.brand,
            self.model,
            self.description,
            _attribute_text(self.attributes),
        )


@dataclass(frozen=True, slots=True)
class _Split:
    """The words of a listing, field by field."""

    title: list[str]
    brand: list[str]
    joined_model: list[str]
    description: list[str]
    attributes: list[str]
    cut: list[str]

    def fields(self) -> Iterable[list[str]]:
        return self.title, self.brand, self.joined_model, self.description, self.attributes, self.cut


@dataclass(slots=True)
class Vectors:
    """Makes search vectors; knows words, phrases of categories, and the head nouns of their names."""

    connection: asyncpg.Connection
    _category_heads: dict[int, list[str]] = field(default_factory=dict)
    _phrases: dict[str, set[int]] = field(default_factory=dict)
    # Lexemes of words, none for stop words, and empty for what the text index takes for several words.
    _lexemes: dict[str, bytes | None] = field(default_factory=dict)
    _stems: dict[str, str] = field(default_factory=dict)
    # The words that phrases start with.
    _starts: set[str] = field(default_factory=set)
    _letters: _Letters = field(default_factory=lambda: _Letters({}, {}))

    async def prepare(self) -> None:
        """Read the phrases that titles name categories with."""
        for phrase, category_id in await self.connection.fetch(
            "SELECT phrase, category_id FROM category_phrases"
        ):
            self._learn_phrase(phrase, category_id)

    def _learn_phrase(self, phrase: str, category_id: int) -> None:
        self._phrases.setdefault(phrase, set()).add(category_id)
        self._starts.add(phrase.partition(" ")[0])

    async def learn_categories(self, category_ids: Sequence[int]) -> None:
        """Take phrases and head nouns of categories that were named just now."""
        rows = await self.connection.fetch(
            """
            SELECT id, jackdaw_category_heads(name),
                   ARRAY(SELECT phrase FROM category_phrases WHERE category_id = categories.id)
            FROM categories WHERE id = ANY ($1)
            """,
            category_ids,
        )
        for category_id, heads, phrases in rows:
            self._category_heads[category_id] = [head for head in heads if head]
            for phrase in phrases:
                self._learn_phrase(phrase, category_id)

    async def vectors(self, listings: Sequence[Searched]) -> list[tuple[bytes, int] | None]:
        """Return vectors in binary form with their lengths; none where PostgreSQL has to make it."""
        texts = [listing.texts() for listing in listings]
        await self._learn_characters(texts)
        split = [self._letters.split(own) for own in texts]
        await self._learn_words(split)
        return [
            None if words is None else self._vector(words, listing.category_id)
            for words, listing in zip(split, listings, strict=True)
        ]

    async def _learn_characters(self, texts: Sequence[tuple[str, ...]]) -> None:
        known = self._letters.known
        met: set[str] = set()
        for own in texts:
            for text in own:
                if not text.isascii():
                    met.update(text, text.lower())
        unknown = [character for character in met if character not in known and not character.isascii()]
        if not unknown:
            return
        rows = await self.connection.fetch(
            """
            SELECT letter, lower(jackdaw_unaccent(translate(letter, '™®©', '   '))), bare,
                   bare ~ '[[:alnum:]]'
            FROM (SELECT letter, lower(jackdaw_unaccent(letter)) AS bare FROM unnest($1::text[]) letter) l
            """,
            unknown,
        )
        for letter, folded, bare, is_letter in rows:
            # A sign that stays one parts words like any other.
            is_sign = not is_letter and not bare.isascii()
            self._letters.learn(letter, " " if is_sign else folded, " " if is_sign else bare)

    async def _learn_words(self, split: Sequence[_Split | None]) -> None:
        if len(self._lexemes) > MAX_KNOWN_WORDS:
            self._lexemes.clear()
            self._stems.clear()
        met: set[str] = set()
        for words in split:
            if words is not None:
                met.update(*words.fields())
        unknown = list(met.difference(self._lexemes))
        if not unknown:
            return
        rows = await self.connection.fetch(
            """
            SELECT word, tsvector_to_array(to_tsvector('pg_catalog.english', word)),
                   coalesce((ts_lexize('pg_catalog.english_stem', word))[1], word),
                   ts_parse.n
            FROM unnest($1::text[]) word,
                 LATERAL (SELECT count(*) AS n FROM ts_parse('default', word)) ts_parse
            """,
            unknown,
        )
        for word, lexemes, stem, n_tokens in rows:
            self._stems[word] = stem
            if n_tokens == 1:
                self._lexemes[word] = lexemes[0].encode() if lexemes else None
            else:
                self._lexemes[word] = b""

    def _vector(self, split: _Split, category_id: int) -> tuple[bytes, int] | None:
        places: dict[bytes, list[int]] = {}
        try:
            end = self._place(places, split.title, _A, 0)
            end = self._place(places, split.brand + split.joined_model, _B, end)
            end = self._place(places, split.description, _C, end)
            length = len(places)
            self._place(places, split.attributes, _D, end)
        except NotPlain:
            return None
        for head in self._heads(split, category_id):
            places[b"=" + head.encode()] = []
        return _binary(places), length

    def _place(self, places: dict[bytes, list[int]], words: list[str], weight: int, end: int) -> int:
        """Add the words of a field after those before it; stop words take a place too, but not at the end."""
        known = self._lexemes
        last = end
        for place, word in enumerate(words, end + 1):
            lexeme = known[word]
            if lexeme is not None:
                if not lexeme:
                    raise NotPlain
                last = place
                if lexeme in places:
                    places[lexeme].append(weight | place)
                else:
                    places[lexeme] = [weight | place]
        return last

    def _heads(self, split: _Split, category_id: int) -> set[str]:
        heads = set(self._category_heads[category_id])
        head = self._title_head(split, category_id)
        if head:
            heads.add(head)
        return heads

    def _title_head(self, split: _Split, category_id: int) -> str | None:
        """Return what the title calls the thing: see ``jackdaw_title_heads``."""
        known = self._stems
        stems = [known[word] for word in split.cut[:MAX_CUT_WORDS]]
        phrases = self._phrases
        is_named = False
        covered_to = 0
        best: tuple[bool, int, str] | None = None
        for first, start in enumerate(stems):
            if start not in self._starts:
                continue
            for end in range(min(first + MAX_PHRASE_WORDS, len(stems)), first, -1):
                owners = phrases.get(" ".join(stems[first:end]))
                if owners is None:
                    continue
                is_named = True
                if category_id in owners and end > covered_to:
                    own = (end - first > 1, end, stems[end - 1])
                    best = own if best is None or own > best else best
                covered_to = max(covered_to, end)
        if is_named:
            return best[2] if best else None
        brand = {known[word] for word in split.brand}
        for stem in reversed(stems):
            if stem not in UNITS and stem not in brand and not _DIGIT.search(stem):
                return stem
        return None


@dataclass(slots=True)
class _Letters:
    """What accented letters and signs are written as; splits texts into words with that."""

    _folded: dict[int, str]
    _bare: dict[int, str]
    known: set[str] = field(default_factory=set)

    def learn(self, letter: str, folded: str, bare: str) -> None:
        """Note how a character is folded in general, and how within model numbers."""
        self.known.add(letter)
        if folded.isascii() and bare.isascii():
            self._folded[ord(letter)] = folded
            self._bare[ord(letter)] = bare

    def split(self, texts: tuple[str, ...]) -> _Split | None:
        """Split the texts of a listing into words; none when they are not plain."""
        title, brand, model, description, attributes = texts
        try:
            split = _Split(
                title=_folded(self._plain(title)) + _joined(self._plain_model(title)),
                brand=_folded(self._plain(brand)),
                joined_model=_joined(self._plain_model(model)),
                description=_folded(self._plain(description)),
                attributes=_folded(self._plain(attributes)),
                cut=_folded(self._plain(_cut(title.lower()))),
            )
        except NotPlain:
            return None
        is_long = len(description) + len(attributes) > MAX_WORD_CHARACTERS
        is_long = is_long or sum(map(len, split.fields())) > MAX_REPEATS
        return None if is_long and not _is_countable(split) else split

    def _plain(self, text: str) -> str:
        return text.lower() if text.isascii() else _ascii(text.translate(self._folded))

    def _plain_model(self, text: str) -> str:
        return text.lower() if text.isascii() else _ascii(text.translate(self._bare))


def _ascii(text: str) -> str:
    if not text.isascii():
        raise NotPlain
    return text.lower()


def _is_countable(split: _Split) -> bool:
    words = [word for words in split.fields() for word in words]
    return (
        len(words) <= MAX_WORDS
        and max(map(len, words), default=0) <= MAX_WORD_CHARACTERS
        and len(words) - len(set(words)) < MAX_REPEATS
    )


def _folded(lowered: str) -> list[str]:
    """Return the words of ``jackdaw_fold``, for ASCII in lower case."""
    if "pc" in lowered:
        lowered = _PIECES.sub(" ", lowered)
    words = lowered.encode("ascii").translate(_SPACED).decode("ascii").split()
    if UNITS.isdisjoint(words):
        return words
    joined: list[str] = []
    before = ""
    for word in words:
        joined.append(word)
        if word in UNITS and before.isdigit():
            joined.append(before + word)
        before = word
    return joined


def _joined(lowered: str) -> list[str]:
    """Return model numbers without their separators."""
    if "-" not in lowered and "/" not in lowered and "." not in lowered:
        return []
    return [found.translate(_JOINTS) for found in _JOINED.findall(lowered) if _DIGIT.search(found)]


def _cut(lowered: str) -> str:
    """Return what a title calls the thing, before it says what it is for, comes with or measures."""
    if "pc" in lowered:
        lowered = _CUT_PIECES.sub(" ", lowered)
    found = _CUT.search(lowered)
    return lowered if found is None else lowered[: found.start()]


def _n_bytes(key: str) -> int:
    return len(key) if key.isascii() else len(key.encode())


def _attribute_text(attributes: Mapping[str, str]) -> str:
    """Return values, and the names of what is only said to be there, in the order of ``jsonb``."""
    texts = []
    for key in sorted(sorted(attributes), key=_n_bytes):
        value = attributes[key]
        lowered = value.lower() if len(value) <= 5 else ""
        if lowered in ("yes", "true"):
            value = key.replace("_", " ")
        elif lowered in ("no", "false"):
            value = ""
        texts.append(value)
    return " ".join(texts)[:MAX_ATTRIBUTE_CHARACTERS]


_COUNT: Final = struct.Struct("!i")
# The end of a lexeme's text and its only place, for every place and weight: most words are there once.
_ONCE: Final = [struct.pack("!xHH", 1, place) for place in range(1 << 16)]


def _binary(places: Mapping[bytes, list[int]]) -> bytes:
    """Write a vector as ``tsvectorrecv`` reads it: per lexeme its text, and its places with their weights."""
    written = [_COUNT.pack(len(places))]
    for lexeme, own in places.items():
        written.append(lexeme)
        written.append(_ONCE[own[0]] if len(own) == 1 else struct.pack(f"!xH{len(own)}H", len(own), *own))
    return b"".join(written)
