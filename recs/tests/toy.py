"""A rectangular, asymmetric toy shop whose lists can be computed by hand.

Users see: 1: {10, 20, 30}, 2: {10, 20}, 3: {10, 40, 50}, 4: {20, 30}, 5: {60}; item 70 is listed, never
seen.
"""

from typing import Any

import numpy as np
import pandas as pd

from recs import HybridConfig, ItemKnn, ServingConfig
from recs.candidates.co_occurrence import CoOccurrence
from recs.candidates.item_to_item import ItemToItem
from recs.candidates.past_future import PastFuture
from recs.candidates.transitions import Transitions
from recs.ranking.diversity import no_diversity

AS_OF = 1_000_000.0
SEEN = {1: (10, 20, 30), 2: (10, 20), 3: (10, 40, 50), 4: (20, 30), 5: (60,)}
ITEMS = (10, 20, 30, 40, 50, 60, 70)

PLAIN_KNN = ItemKnn(shrinkage=0.0)

CONFIGS: dict[str, HybridConfig] = {
    "popularity": HybridConfig(generators=(), serving=ServingConfig(popularity_weight=1.0)),
    "item_knn": HybridConfig(generators=(PLAIN_KNN,), serving=ServingConfig(popularity_weight=0.0)),
    "asymmetric": HybridConfig(generators=(ItemKnn(asymmetry=0.2),)),
    "hybrid": HybridConfig(),
    "transitions": HybridConfig(generators=(ItemToItem(Transitions()),)),
    "co_occurrence": HybridConfig(generators=(ItemToItem(CoOccurrence(weighting="bm25")),)),
    "past_future": HybridConfig(
        generators=(ItemToItem(PastFuture(ridge=1.0)), ItemToItem(Transitions(hops=1.0)))
    ),
    "two": HybridConfig(generators=(PLAIN_KNN, ItemToItem(Transitions(), weight=0.5))),
    "plain": HybridConfig(generators=(PLAIN_KNN,), serving=ServingConfig(diversity=no_diversity())),
}


def interactions(**columns: Any) -> pd.DataFrame:
    """Return the toy interactions, all at `AS_OF`."""
    pairs = [(user, item) for user, items in SEEN.items() for item in items]
    frame = pd.DataFrame(pairs, columns=["user_id", "item_id"]).assign(timestamp=AS_OF)
    return frame.assign(**columns)


def catalogue() -> pd.DataFrame:
    """Return the toy catalogue: two categories, three brands, listed one day apart."""
    return pd.DataFrame(
        {
            "item_id": ITEMS,
            "category": ["cameras", "cameras", "cameras", "phones", "phones", "phones", None],
            "brand": [1, 2, 1, 2, 3, 3, 1],
            "listed_at": AS_OF - 86_400.0 * np.arange(7),
        }
    )


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the same table with text item ids, in the same order."""
    return frame.assign(item_id=[f"item-{item}" for item in frame["item_id"]])
