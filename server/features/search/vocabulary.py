"""What a worker knows of the catalogue's words: how many products have each, and how else they are said."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import islice, takewhile

from server.features.search.domain import (
    COMPOUND_WEIGHT,
    MAX_ALTERNATIVES,
    Alternative,
    Unit,
    as_head,
    has_digit,
)

MAX_STEMS = 200_000
MIN_HEAD_PRODUCTS = 2
MIN_HEAD_SHARE = 0.1
MIN_COMPOUND_PRODUCTS = 3
MIN_MODEL_PART = 4
MIN_INNER_PART = 5
MAX_MODEL_WORDS = 4
MAX_BEGUN = 50
_HAS_DIGIT = re.compile(r"^[^=]*\d")


@dataclass(slots=True)
class Vocabulary:
    """Term statistics as of the last build of the index; newer words are looked up when asked for."""

    counts: dict[str, int] = field(default_factory=dict)
    synonyms: dict[str, dict[str, float]] = field(default_factory=dict)
    n_products: int = 0
    average_length: float = 12.0
    stems: dict[str, str] = field(default_factory=dict)
    models: list[str] = field(init=False)
    _all_models: str = field(init=False)

    def __post_init__(self) -> None:
        self.models = sorted(
            lexeme for lexeme in self.counts if len(lexeme) >= MIN_MODEL_PART and _HAS_DIGIT.search(lexeme)
        )
        self._all_models = "\n".join(["", *self.models, ""])

    def unknown_stems(self, words: list[str]) -> list[str]:
        """Return the words whose stems the database must be asked for."""
        if len(self.stems) > MAX_STEMS:
            self.stems.clear()
        return [word for word in words if word not in self.stems and not has_digit(word)]

    def stem(self, word: str) -> str:
        """Return the lexeme of a word; the empty text for a stop word."""
        # The parser hands tokens with digits to the dictionary that leaves them as they are.
        return word if has_digit(word) else self.stems.get(word, word)

    def units(self, words: list[str]) -> list[Unit]:
        """Turn words into units: as typed, as compounds with their neighbours, and by their synonyms."""
        lexemes = [self.stem(word) for word in words]
        units = [Unit(word, self._typed(lexeme)) for word, lexeme in zip(words, lexemes, strict=True)]
        for size in range(2, MAX_MODEL_WORDS + 1):
            for place in range(len(words) - size + 1):
                if all(lexemes[place : place + size]):
                    self._compound(units, place, size, "".join(words[place : place + size]))
        units = [self._with_synonyms(unit) for unit in units]
        return [unit for unit, lexeme in zip(units, lexemes, strict=True) if lexeme]

    def _typed(self, lexeme: str) -> tuple[Alternative, ...]:
        # What nobody says may still be what things are: a category's noun that no title of its goods has.
        for known in (lexeme, as_head(lexeme)):
            if count := self.counts.get(known, 0):
                return (Alternative(known, 1.0, count),)
        return ()

    def _compound(self, units: list[Unit], place: int, size: int, joined: str) -> None:
        """``head set`` is also ``headset``, ``wh 1000 xm4`` also ``wh1000xm4``, ``wh 1000`` begins it."""
        is_model = has_digit(joined)
        if size > 2 and not is_model:
            return
        lexeme = joined if is_model else self.stem(joined)
        count = self.counts.get(lexeme, 0)
        is_prefix = is_model and not count
        if is_prefix:
            count = self._count_beginning(joined)
        if count >= (1 if is_model else MIN_COMPOUND_PRODUCTS):
            alternative = Alternative(lexeme, COMPOUND_WEIGHT, count, is_prefix=is_prefix)
            for part in range(place, place + size):
                units[part] = units[part].also(alternative)

    def _count_beginning(self, start: str) -> int:
        """Count about how many products have a model number that begins so, unless it is all digits."""
        if start.isdigit() or len(start) < MIN_MODEL_PART:
            return 0
        first = bisect_left(self.models, start)
        begun = takewhile(
            lambda model: model.startswith(start), islice(self.models, first, first + MAX_BEGUN)
        )
        return sum(self.counts[model] for model in begun)

    def containing(self, part: str) -> list[Alternative]:
        """Find model numbers with a part inside, ``wh1000xm4`` for ``1000xm4``."""
        found: list[Alternative] = []
        at = self._all_models.find(part)
        while at >= 0 and len(found) < MAX_ALTERNATIVES:
            begin, end = self._all_models.rindex("\n", 0, at) + 1, self._all_models.index("\n", at)
            model = self._all_models[begin:end]
            found.append(Alternative(model, COMPOUND_WEIGHT, self.counts[model]))
            at = self._all_models.find(part, end)
        return found

    def _with_synonyms(self, unit: Unit) -> Unit:
        for known in unit.alternatives:
            for lexeme, weight in self.synonyms.get(known.lexeme.removeprefix("="), {}).items():
                count = self.counts.get(lexeme, 0)
                if count:
                    unit = unit.also(Alternative(lexeme, weight, count))
        return unit

    def split(self, unit: Unit) -> list[Unit]:
        """Part a word where letters meet digits, when the catalogue has it in two pieces.

        >>> known = Vocabulary(counts={"cat": 4, "6a": 2})
        >>> [part.word for part in known.split(Unit("cat6a"))]
        ['cat', '6a']
        """
        pieces = re.findall(r"\d+|\D+", unit.word)
        halves = [("".join(pieces[:cut]), "".join(pieces[cut:])) for cut in range(1, len(pieces))]
        known = [(a, b) for a, b in halves if a in self.counts and b in self.counts]
        if not known:
            return [unit]
        best = min(known, key=lambda half: self.counts[half[0]] + self.counts[half[1]])
        return [Unit(part, (Alternative(part, COMPOUND_WEIGHT, self.counts[part]),)) for part in best]

    def head_last(self, units: list[Unit]) -> list[Unit]:
        """Put the word that names what things are last: not a brand, a number or a mere property."""
        place = len(units) - 1
        for candidate in range(len(units) - 1, -1, -1):
            if any(self._is_head(alternative) for alternative in units[candidate].alternatives):
                place = candidate
                break
        return [*units[:place], *units[place + 1 :], units[place]]

    def _is_head(self, alternative: Alternative) -> bool:
        n_heads = self.counts.get(as_head(alternative.lexeme), 0)
        enough = max(MIN_HEAD_PRODUCTS, MIN_HEAD_SHARE * alternative.count)
        return n_heads >= enough and not alternative.lexeme[0].isdigit()
