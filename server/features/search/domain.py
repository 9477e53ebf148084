"""From what people type to text queries. Pure: the fragments only name numbered parameters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MIN_PREFIX_CHARACTERS = 2
MAX_PREFIX_WORDS = 8
OPERATORS = re.compile(r'["]|(^|\s)-\S|\bOR\b', re.IGNORECASE)
SLOT = "%s"


@dataclass(frozen=True, slots=True)
class TextMatch:
    """A text query in SQL with a slot for each parameter."""

    sql: str
    parameters: tuple[str, ...]


def folded_words(text: str) -> list[str]:
    """Return the words in plain lower-case letters and digits.

    >>> folded_words("Élan 4K-Cam")
    ['elan', '4k', 'cam']
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", plain)


def prefix_query(text: str) -> str | None:
    """Write a query in which the last word may be unfinished; ``None`` when that makes no sense.

    Only letters and digits are left in it, so it is never malformed.

    >>> prefix_query("canon cam"), prefix_query('"exact words"'), prefix_query("a")
    ('canon & cam:*', None, None)
    """
    if OPERATORS.search(text):
        return None
    words = folded_words(text)[:MAX_PREFIX_WORDS]
    if not words or len(words[-1]) < MIN_PREFIX_CHARACTERS:
        return None
    return " & ".join([*words[:-1], words[-1] + ":*"])


def text_match(text: str) -> TextMatch:
    """Turn typed words into a text query: all words, the last one perhaps unfinished.

    Quotes, ``OR`` and a leading ``-`` mean what people expect of a search box.
    """
    whole = f"websearch_to_tsquery('english', jackdaw_unaccent({SLOT}::text))"
    prefix = prefix_query(text)
    if prefix is None:
        return TextMatch(whole, (text,))
    return TextMatch(f"({whole} || to_tsquery('english', {SLOT}::text))", (text, prefix))
