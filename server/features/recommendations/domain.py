"""Choices on their way to the wire: products, scores and reasons, before anyone knows their titles."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from recs import Slate


class Cause(NamedTuple):
    """Why something is shown: its kind, the products that speak for it, and a category that limits it.

    ``is_own`` when it is shown because of what was done with the very product.
    """

    kind: str
    product_ids: tuple[int, ...] = ()
    category: str | None = None
    is_own: bool = False


class Choice(NamedTuple):
    """One product with its cause, and the probability of being shown in this place.

    ``model`` is equal for all grades of one brand and model: a slate shows one of them. The score is kept as
    it stands on the wire, because most choices are made once and shown many times. ``maker`` and ``kind`` are
    codes of brand and category for the lists whose variety is ours to see to; -1 is never limited.
    """

    product_id: int
    model: int
    score_json: bytes
    cause: Cause
    propensity: float = 1.0
    maker: int = -1
    kind: int = -1


class Rail:
    """A titled row of choices; ``shared_cause`` is the cause of all, when they have one in common."""

    __slots__ = ("choices", "id", "shared_cause")

    def __init__(self, rail_id: str, choices: list[Choice]) -> None:
        self.id = rail_id
        self.choices = choices
        self.shared_cause: Cause | None = choices[0].cause if choices else None
        for choice in choices:
            if choice.cause is not self.shared_cause:
                self.shared_cause = None
                break

    @property
    def product_ids(self) -> list[int]:
        """Every product that is shown or cited; some perhaps twice."""
        ids = [choice.product_id for choice in self.choices]
        if self.shared_cause is not None:
            ids += self.shared_cause.product_ids
        else:
            ids += {product_id for choice in self.choices for product_id in choice.cause.product_ids}
        return ids


@dataclass(frozen=True, slots=True)
class Served:
    """A whole answer: what it shows, and the bytes that say so."""

    surface: str
    rails: list[Rail]
    model_version: int | None
    is_personalised: bool
    body: list[bytes]


POPULAR = Cause("popular")
NEW = Cause("new")
TRENDING = Cause("trending")


def choices_of(slate: Slate, models: NDArray[np.int64]) -> list[Choice]:
    """Translate a slate of the library; equal neighbours share one cause, so that it is told once.

    ``models`` tells the model of each position of the snapshot.
    """
    choices: list[Choice] = []
    cause = POPULAR
    rows = zip(
        slate.item_ids.tolist(),
        models[slate.positions].tolist(),
        slate.scores.tolist(),
        slate.reasons,
        slate.propensities.tolist(),
        strict=True,
    )
    for product_id, model, score, (kind, item_ids, _given, _by, category), propensity in rows:
        if cause.kind != kind or cause.product_ids != item_ids or cause.category != category:
            cause = Cause(kind, item_ids, category)  # type: ignore[arg-type]  # the shop's ids are integers
        choices.append(Choice(product_id, model, b',"score":%.6g' % score, cause, propensity))
    return choices


def unscored(products: Iterable[tuple[int, int]], cause: Cause) -> list[Choice]:
    """Turn ordered products with their models into choices; the score falls with the place."""
    return [
        Choice(product_id, model, b',"score":%.6g' % (1.0 / place), cause)
        for place, (product_id, model) in enumerate(products, start=1)
    ]


def one_per_model(
    choices: Iterable[Choice], n: int, hidden: Container[int] = (), models: set[int] | None = None
) -> list[Choice]:
    """Return the first ``n`` choices that are not hidden, one per model; adds theirs to ``models``."""
    taken = set() if models is None else models
    kept: list[Choice] = []
    for choice in choices:
        if choice.model not in taken and choice.product_id not in hidden:
            taken.add(choice.model)
            kept.append(choice)
            if len(kept) == n:
                break
    return kept


def varied(choices: Iterable[Choice], n: int, hidden: Container[int], models: set[int]) -> list[Choice]:
    """Return the first ``n`` choices that are not hidden, one per model; adds theirs to ``models``.

    Only half of them are of one maker or of one kind while there are others.
    """
    most = (n + 1) // 2
    makers: dict[int, int] = {}
    kinds: dict[int, int] = {}
    kept: list[Choice] = []
    over: list[Choice] = []
    for choice in choices:
        product_id, model, _score, _cause, _propensity, maker, kind = choice
        if model in models or product_id in hidden:
            continue
        of_maker, of_kind = makers.get(maker, 0), kinds.get(kind, 0)
        if (of_maker >= most and maker >= 0) or (of_kind >= most and kind >= 0):
            over.append(choice)
            continue
        makers[maker] = of_maker + 1
        kinds[kind] = of_kind + 1
        models.add(model)
        kept.append(choice)
        if len(kept) == n:
            return kept
    return kept + one_per_model(over, n - len(kept), (), models)


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
    if cause.is_own and cause.kind in _OWN:
        return _OWN[cause.kind]
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
_OWN = {"because_you_viewed": "You looked at this lately"}
_PLAIN = {
    # True of the model's popularity and of the catalogue's: both count what shoppers do, and both fade.
    "popular": "Drawing the most interest lately",
    "trending": "Getting more attention than usual",
    "new": "Newly listed",
    "buy_again": "You bought this before",
}
NoteCode = Literal["missing", "stale", "slow", "failed", "unreadable", "unknown"]
RAIL_TITLES = {
    "continue": "Continue where you were",
    "for_you": "Picked for you",
    "buy_again": "Buy again",
    "trending": "Trending this week",
    "new": "New arrivals",
    "popular": "Popular in the shop",
}
