"""What a worker knows of the catalogue's words: how many products have each, and how else they are said."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from server.features.search.domain import COMPOUND_WEIGHT, Alternative, Unit, as_head, has_digit

MAX_STEMS = 200_000
MIN_HEAD_PRODUCTS = 2
MIN_HEAD_SHARE = 0.1
MIN_COMPOUND_PRODUCTS = 3


@dataclass(slots=True)
class Vocabulary:
    """Term statistics as of the last build of the index; newer words are looked up when asked for."""

    counts: dict[str, int] = field(default_factory=dict)
    synonyms: dict[str, dict[str, float]] = field(default_factory=dict)
    n_products: int = 0
    average_length: float = 12.0
    stems: dict[str, str] = field(default_factory=dict)

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
        for place in range(len(words) - 1):
            if lexemes[place] and lexemes[place + 1]:
                self._compound(units, place, words[place] + words[place + 1])
        units = [self._with_synonyms(unit) for unit in units]
        return [unit for unit, lexeme in zip(units, lexemes, strict=True) if lexeme]

    def _typed(self, lexeme: str) -> tuple[Alternative, ...]:
        # What nobody says may still be what things are: a category's noun that no title of its goods has.
        for known in (lexeme, as_head(lexeme)):
            if count := self.counts.get(known, 0):
                return (Alternative(known, 1.0, count),)
        return ()

    def _compound(self, units: list[Unit], place: int, joined: str) -> None:
        """``head set`` is also ``headset``, ``wh1000 xm4`` also ``wh1000xm4``."""
        lexeme = self.stem(joined)
        count = self.counts.get(lexeme, 0)
        if count >= (1 if has_digit(lexeme) else MIN_COMPOUND_PRODUCTS):
            alternative = Alternative(lexeme, COMPOUND_WEIGHT, count)
            units[place] = units[place].also(alternative)
            units[place + 1] = units[place + 1].also(alternative)

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
