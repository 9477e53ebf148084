"""From what people type to words, units of alternatives, and text queries. Pure."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

MAX_WORDS = 12
MAX_ALTERNATIVES = 12
COMPOUND_WEIGHT = 0.9
_PIECES = re.compile(r"\b\d+ ?pcs?\b\.?(\(s\))?")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_EXCLUDED = re.compile(r"(?:^|\s)-(?=\w)(\S+)")
_IN_QUOTES = re.compile('"([^"]*)"')
_MEASURE = re.compile(r"\b(\d+) (mm|cm|m|ft|inch|in|gb|tb|mb|ghz|mhz|hz|w|v|mah|dpi|ppm)\b")


def fold(text: str) -> str:
    """Fold ASCII as ``jackdaw_fold`` does; other text is for the database, which knows its accents.

    >>> fold("Canon 4K-Cam")
    'canon 4k cam'
    """
    return _NOT_PLAIN.sub(" ", _PIECES.sub(" ", text.lower())).strip()


def split_exclusions(text: str) -> tuple[str, str]:
    """Part what is wanted from what a leading minus rules out.

    >>> split_exclusions("camera -bag WH-1000XM4")
    ('camera WH-1000XM4', 'bag')
    """
    excluded = " ".join(_EXCLUDED.findall(text))
    return (" ".join(_EXCLUDED.sub(" ", text).split()) if excluded else text), excluded


def as_typed(text: str) -> str:
    """Return what stands between double quotes, which nobody shall repair.

    >>> as_typed('red "lapotp" case')
    'lapotp'
    """
    return " ".join(_IN_QUOTES.findall(text))


def words_of(folded: str) -> list[str]:
    """Return the distinct words of a folded text, numbers joined with their units.

    >>> words_of("cat6 cable 3 m")
    ['cat6', 'cable', '3m']
    """
    return list(dict.fromkeys(_MEASURE.sub(r"\1\2", folded).split()))[:MAX_WORDS]


def has_digit(word: str) -> bool:
    """Whether a word is a number, a measure or part of a model number."""
    return any(character.isdigit() for character in word)


def quoted(lexeme: str, *, is_prefix: bool = False) -> str:
    """Write a lexeme for a text query; operators in it are letters like any other."""
    text = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{text}':*" if is_prefix else f"'{text}'"


def as_head(lexeme: str) -> str:
    """Write the lexeme that only the things themselves have, not those that mention them.

    >>> as_head("laptop"), as_head("=laptop")
    ('=laptop', '=laptop')
    """
    return lexeme if lexeme.startswith("=") else "=" + lexeme


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to write a word of the query: a lexeme, its weight, and how many products have it."""

    lexeme: str
    weight: float
    count: int
    is_prefix: bool = False

    @property
    def query(self) -> str:
        """The text query of this alternative."""
        return quoted(self.lexeme, is_prefix=self.is_prefix)


@dataclass(frozen=True, slots=True)
class Unit:
    """One word of the query with its alternatives, the typed one first."""

    word: str
    alternatives: tuple[Alternative, ...] = ()

    def also(self, more: Alternative) -> Unit:
        """Add an alternative unless it is there, or there are too many."""
        is_known = any(known.lexeme == more.lexeme for known in self.alternatives)
        if is_known or len(self.alternatives) >= MAX_ALTERNATIVES:
            return self
        return replace(self, alternatives=(*self.alternatives, more))

    @property
    def count(self) -> int:
        """At most so many products match."""
        return sum(alternative.count for alternative in self.alternatives)

    @property
    def typed_count(self) -> int:
        """How many products have the word as typed, else its most frequent alternative."""
        typed = [a.count for a in self.alternatives if a.weight == 1.0]
        return max(typed or [a.count for a in self.alternatives], default=0)

    def idf(self, n_products: int) -> float:
        """Weight of the word: rare words say more (Robertson's idf, never negative)."""
        n = min(self.typed_count, n_products)
        return math.log(1 + (n_products - n + 0.5) / (n + 0.5))


def head_query(unit: Unit) -> str:
    """Match products that are this thing, rather than mention it."""
    return "|".join(quoted(as_head(a.lexeme)) for a in unit.alternatives if not a.is_prefix) or "'='"


def unit_query(unit: Unit, *, with_head: bool = False) -> str:
    """Match products that have any alternative of a word."""
    queries = [alternative.query for alternative in unit.alternatives]
    if with_head:
        queries += [quoted(as_head(a.lexeme)) for a in unit.alternatives if not a.is_prefix]
    return "(" + "|".join(queries) + ")"


def all_query(units: list[Unit], excluded: str = "") -> str:
    """Match products that have every word; the last unit is the head and also matches what things are."""
    parts = [unit_query(unit, with_head=unit is units[-1]) for unit in units]
    return _without(" & ".join(parts), excluded)


def any_query(units: list[Unit], excluded: str = "") -> str:
    """Match products that have some word."""
    return _without("|".join(unit_query(unit) for unit in units), excluded)


def _without(query: str, excluded: str) -> str:
    return f"({query}) & !({excluded})" if excluded else query


def distance(left: str, right: str, limit: int) -> int:
    """Count insertions, deletions, changes and swaps of neighbours between two words, to just above a limit.

    >>> distance("lapotp", "laptop", 2), distance("cat", "laptop", 2)
    (1, 3)
    """
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(right) + 1))
    for i, x in enumerate(left, 1):
        row = [i] + [0] * len(right)
        for j, y in enumerate(right, 1):
            row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == right[j - 2] and left[i - 2] == y:
                row[j] = min(row[j], before[j - 2] + 1)
        before, last = last, row
    return last[-1]


def edits_allowed(word: str) -> int:
    """How many slips a word of this length may have; none for model numbers and very short words."""
    if len(word) < 3 or has_digit(word):
        return 0
    return 1 if len(word) < 6 else 2


def best_repair(typed: str, candidates: list[tuple[str, int]], most_edits: int = 2) -> str | None:
    """Choose the word that was probably meant: near, frequent, with the same first letter."""
    allowed = min(most_edits, edits_allowed(typed))
    best: tuple[float, str] | None = None
    for word, count in candidates:
        slips = distance(typed, word, allowed)
        if 0 < slips <= allowed:
            score = -2.3 * slips + 0.5 * math.log(max(1, count)) + 1.5 * (word[0] == typed[0])
            best = max(best or (score, word), (score, word))
    return best[1] if best else None


def neighbour_swaps(word: str) -> list[str]:
    """Return the word with two neighbours swapped: short ones share no trigram with it."""
    return [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)]
