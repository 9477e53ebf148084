"""Jackdaw's recommender library: fit on interactions, serve from a frozen snapshot.

No web, no SQL, no environment, no clock of its own. Names load on first use, so that a worker which only
serves imports numpy and nothing heavier.

Examples
--------
>>> import pandas as pd
>>> from recs import History, HybridConfig, HybridRecommender
>>> interactions = pd.DataFrame({
...     "user_id": [1, 1, 2, 2, 3, 3],
...     "item_id": [10, 20, 10, 20, 10, 30],
...     "timestamp": [0.0, 60.0, 120.0, 180.0, 240.0, 300.0],
...     "event": ["view", "view", "view", "purchase", "view", "view"],
... })
>>> snapshot = HybridRecommender(HybridConfig()).fit(interactions, as_of=600.0)
>>> slate = snapshot.recommend(History.of([10], events=["view"]), n=2)
>>> slate.item_ids.tolist()
[20, 30]
>>> slate.reasons[0].kind, slate.reasons[0].item_ids
('because_you_viewed', (10,))
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recs.candidates.base import CandidateGenerator, CandidateScorer, Contributions
    from recs.candidates.item_knn import ItemKnn
    from recs.candidates.popularity import PopularityConfig
    from recs.columns import EVENT_WEIGHTS, Event
    from recs.errors import RecsError
    from recs.history import History, RecencyConfig, Seeds
    from recs.overlay import Overlay
    from recs.parts import ServingConfig
    from recs.ranking.candidates import Candidates
    from recs.ranking.diversity import DiversityConfig
    from recs.ranking.exploration import Exploration
    from recs.ranking.selection import Distinct
    from recs.recommender import HybridConfig, HybridRecommender
    from recs.slate import Reason, Slate
    from recs.snapshot import RecommenderSnapshot
    from recs.vocabulary import Vocabulary

_MODULE_OF = {
    "CandidateGenerator": "recs.candidates.base",
    "CandidateScorer": "recs.candidates.base",
    "Candidates": "recs.ranking.candidates",
    "Contributions": "recs.candidates.base",
    "Distinct": "recs.ranking.selection",
    "DiversityConfig": "recs.ranking.diversity",
    "EVENT_WEIGHTS": "recs.columns",
    "Event": "recs.columns",
    "Exploration": "recs.ranking.exploration",
    "History": "recs.history",
    "HybridConfig": "recs.recommender",
    "HybridRecommender": "recs.recommender",
    "ItemKnn": "recs.candidates.item_knn",
    "Overlay": "recs.overlay",
    "PopularityConfig": "recs.candidates.popularity",
    "Reason": "recs.slate",
    "RecencyConfig": "recs.history",
    "RecommenderSnapshot": "recs.snapshot",
    "RecsError": "recs.errors",
    "Seeds": "recs.history",
    "ServingConfig": "recs.parts",
    "Slate": "recs.slate",
    "Vocabulary": "recs.vocabulary",
}

__all__ = [
    "EVENT_WEIGHTS",
    "CandidateGenerator",
    "CandidateScorer",
    "Candidates",
    "Contributions",
    "Distinct",
    "DiversityConfig",
    "Event",
    "Exploration",
    "History",
    "HybridConfig",
    "HybridRecommender",
    "ItemKnn",
    "Overlay",
    "PopularityConfig",
    "Reason",
    "RecencyConfig",
    "RecommenderSnapshot",
    "RecsError",
    "Seeds",
    "ServingConfig",
    "Slate",
    "Vocabulary",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'recs' has no attribute {name!r}")
    value = getattr(import_module(_MODULE_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
