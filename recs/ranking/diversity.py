"""Re-rankers that keep one category or one brand from filling a slate."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import TypeAlias

import numpy as np

from recs.arrays import AnyArray, Scores
from recs.errors import ConfigurationError

Candidate: TypeAlias = tuple[int, int, int]
"""Index of a candidate in its blend, code of its category, code of its brand."""


@dataclass(frozen=True, slots=True)
class DiversityConfig:
    """How varied a slate has to be.

    Parameters
    ----------
    category_share, brand_share : float in (0, 1]
        At most ``ceil(n * share)`` items of one category or brand, while others qualify; 1 switches a cap
        off.
    trade_off : float in (0, 1]
        Lambda of maximal marginal relevance; 1 switches it off. Useful range 0.7 to 0.9.
    depth : int, at least 1
        Candidates looked at per item of the slate; deeper is more varied and less relevant.

    Notes
    -----
    Source: Carbonell and Goldstein 1998 for `trade_off`.
    """

    category_share: float = 0.5
    brand_share: float = 0.4
    trade_off: float = 1.0
    depth: int = 4

    def __post_init__(self) -> None:
        for name in ("category_share", "brand_share", "trade_off"):
            if not 0 < getattr(self, name) <= 1:
                raise ConfigurationError(f"{name} must be in (0, 1], not {getattr(self, name)}")
        if self.depth < 1:
            raise ConfigurationError(f"depth must be at least 1, not {self.depth}")


def no_diversity() -> DiversityConfig:
    """Return the configuration that leaves the order as scored."""
    return DiversityConfig(category_share=1.0, brand_share=1.0, trade_off=1.0, depth=1)


def capped(pool: Iterable[Candidate], n: int, config: DiversityConfig) -> list[int]:
    """Choose the best items within caps per category and brand.

    Parameters
    ----------
    pool : iterable of Candidate
        Best first; read only as far as needed. Codes of -1 (none) are never capped.
    n : int
    config : DiversityConfig

    Returns
    -------
    list of int
        Indices of at most n chosen candidates: first those within the caps, then, where these do not suffice,
        those over them, each part best first.

    Notes
    -----
    O(m).

    Examples
    --------
    >>> capped([(7, 0, 5), (8, 0, 6), (9, 0, 7), (3, 1, 8)], 3, DiversityConfig(category_share=0.5))
    [7, 8, 3]
    """
    category_cap, brand_cap = ceil(n * config.category_share), ceil(n * config.brand_share)
    per_category: dict[int, int] = {}
    per_brand: dict[int, int] = {}
    chosen: list[int] = []
    over: list[int] = []
    for index, category, brand in pool:
        in_category, in_brand = per_category.get(category, 0), per_brand.get(brand, 0)
        if (category >= 0 and in_category >= category_cap) or (brand >= 0 and in_brand >= brand_cap):
            over.append(index)
            continue
        per_category[category] = in_category + 1
        per_brand[brand] = in_brand + 1
        chosen.append(index)
        if len(chosen) == n:
            return chosen
    return chosen + over[: n - len(chosen)]


def marginal_relevance(scores: Scores, categories: AnyArray, brands: AnyArray, trade_off: float) -> list[int]:
    """Order candidates by relevance less likeness to those already placed.

    Parameters
    ----------
    scores : ndarray of float32, shape (m,)
    categories, brands : ndarray of int, shape (m,)
        Two items are alike by one half for each of category and brand they share.
    trade_off : float in (0, 1]
        1 = relevance only.

    Returns
    -------
    list of int
        All m indices; the first is always the most relevant. Ties keep the given order.

    Notes
    -----
    O(m**2): for pools of tens of items.
    """
    spread = float(scores.max() - scores.min()) if scores.size else 0.0
    relevance = (scores - scores.min()) / spread if spread > 0 else np.zeros_like(scores)
    alike = np.zeros(scores.shape[0], dtype=np.float32)
    remaining = np.ones(scores.shape[0], dtype=np.bool_)
    placed: list[int] = []
    for _ in range(scores.shape[0]):
        worth = np.where(remaining, trade_off * relevance - (1.0 - trade_off) * alike, -np.inf)
        best = int(worth.argmax())
        placed.append(best)
        remaining[best] = False
        same_category = (categories == categories[best]) & (categories >= 0)
        same_brand = (brands == brands[best]) & (brands >= 0)
        alike = np.maximum(alike, 0.5 * same_category + 0.5 * same_brand)
    return placed
