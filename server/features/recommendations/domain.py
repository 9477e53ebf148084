"""Choices on their way to the wire: products, scores and reasons, before anyone knows their titles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from recs import Slate


class Cause(NamedTuple):
    """Why something is shown: its kind, the products that speak for it, and a category that limits it."""

    kind: str
    product_ids: tuple[int, ...] = ()
    category: str | None = None


class Choice(NamedTuple):
    """One product with its score, its cause, and the probability of being shown in this place."""

    product_id: int
    score: float
    cause: Cause
    propensity: float = 1.0


class Rail:
    """A titled row of choices; ``shared_cause`` is the cause of all, when they have one in common."""

    __slots__ = ("choices", "id", "shared_cause")

    def __init__(self, rail_id: str, choices: list[Choice]) -> None:
        self.id = rail_id
        self.choices = choices
        is_shared = len({id(choice.cause) for choice in choices}) == 1
        self.shared_cause = choices[0].cause if is_shared else None


@dataclass(frozen=True, slots=True)
class Served:
    """A whole answer before its encoding."""

    surface: str
    rails: list[Rail]
    model_version: int | None
    is_personalised: bool


POPULAR = Cause("popular")
NEW = Cause("new")


def choices_of(slate: Slate) -> list[Choice]:
    """Translate a slate of the library; equal neighbours share one cause, so that it is told once."""
    choices: list[Choice] = []
    cause = POPULAR
    rows = zip(
        slate.item_ids.tolist(),
        slate.scores.tolist(),
        slate.reasons,
        slate.propensities.tolist(),
        strict=True,
    )
    for product_id, score, reason, propensity in rows:
        told = (reason.kind, reason.item_ids, reason.category)
        if tuple(cause) != told:
            cause = Cause(*told)  # type: ignore[arg-type]  # the shop's ids are integers, its categories text
        choices.append(Choice(product_id, score, cause, propensity))
    return choices


def unscored(product_ids: list[int], cause: Cause) -> list[Choice]:
    """Turn an ordered list into choices; the score falls with the place."""
    return [Choice(product_id, 1.0 / place, cause) for place, product_id in enumerate(product_ids, start=1)]


def joined(words: list[str]) -> str:
    """Join titles as in a sentence.

    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def reason_text(cause: Cause, titles: list[str], category: str | None) -> str:
    """Say a cause in plain words.

    >>> reason_text(Cause("because_you_viewed", (7,)), ["Obscur Camera 5"], None)
    'Because you viewed Obscur Camera 5'
    """
    pattern = _WITH_TITLES.get(cause.kind)
    if pattern is not None and titles:
        return pattern.format(joined(titles))
    if cause.kind == "popular" and category is not None:
        return f"Popular in {category}"
    return _PLAIN.get(cause.kind, "Picked for you")


_WITH_TITLES = {
    "because_you_viewed": "Because you viewed {}",
    "because_you_saved": "Because you saved {}",
    "because_in_cart": "Because you put {} in your cart",
    "similar_to": "Similar to {}",
    "for_you": "Picked for you, from your interest in {}",
}
_PLAIN = {
    "popular": "Popular in the shop",
    "trending": "Getting more attention than usual",
    "new": "Newly listed",
    "buy_again": "You bought this before",
}
RAIL_TITLES = {
    "for_you": "Picked for you",
    "trending": "Trending now",
    "new": "New in the shop",
    "popular": "Popular in the shop",
}
