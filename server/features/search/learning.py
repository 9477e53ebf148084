"""Learns from the catalogue what else things are called. Pure; nothing of it is written by hand.

The name of a category is a word for its goods even when their titles hardly use it: of the things in
"Laptops" most say "notebook" and few say "laptop". Then who types the one also means the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

MIN_PRODUCTS = 8
MAX_SAID = 0.34
MIN_SHARE = 0.5
MIN_LIFT = 8.0
MAX_OTHERS, MAX_OTHERS_SHARE = 3, 0.15
N_CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class Described:
    """One listing: what names its kind, the words of its title and description, and its head nouns."""

    kinds: tuple[str, ...]
    words: frozenset[str]
    heads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Synonym:
    """Who types ``lexeme`` also means ``alternative``, with a weight up to 1."""

    lexeme: str
    alternative: str
    weight: float


def learn_type_names(
    listings: Sequence[Described], names: Mapping[str, Iterable[str]], brand_words: frozenset[str]
) -> list[Synonym]:
    """Find words that the goods of a kind say instead of the kind's own name.

    ``names`` holds the head nouns of each kind; kinds that name two things at once are not in it.
    """
    said = Counter(word for listing in listings for word in listing.words)
    headed = Counter(head for listing in listings for head in listing.heads)
    members: dict[str, list[Described]] = defaultdict(list)
    for listing in listings:
        for kind in listing.kinds:
            members[kind].append(listing)
    found: dict[tuple[str, str], float] = {}
    for kind, own in members.items():
        if kind not in names or len(own) < MIN_PRODUCTS:
            continue
        for name in names[kind]:
            for word, share in _said_instead(name, own, said, headed, len(listings)):
                if word not in brand_words:
                    found[name, word] = max(share, found.get((name, word), 0.0))
    return [Synonym(name, word, round(share, 3)) for (name, word), share in sorted(found.items())]


def _said_instead(
    name: str, own: list[Described], said: Counter[str], headed: Counter[str], n_listings: int
) -> list[tuple[str, float]]:
    own_said = Counter(word for listing in own for word in listing.words)
    own_headed = Counter(head for listing in own for head in listing.heads)
    if own_said[name] > MAX_SAID * len(own):
        return []
    if headed[name] - own_headed[name] > max(MAX_OTHERS, MAX_OTHERS_SHARE * len(own)):
        return []
    return [
        (word, count / len(own))
        for word, count in own_said.most_common(N_CANDIDATES)
        if word != name
        and word.isalpha()
        and len(word) > 1
        and count >= MIN_SHARE * len(own)
        and count / len(own) >= MIN_LIFT * said[word] / n_listings
        # It must be what these goods are, not what they share by accident, and not chiefly other goods.
        and own_headed[word] >= MIN_SHARE * len(own)
        and own_headed[word] >= MIN_SHARE * headed[word]
    ]
