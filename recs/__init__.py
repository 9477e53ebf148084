"""Jackdaw's recommender library: fit on interactions, serve from a frozen snapshot.

No web, no SQL, no environment, no clock of its own: time is an argument, randomness a seed, and the same
input gives the same bytes. Names load on first use, so that a worker which only serves imports numpy and
nothing heavier.

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

Notes
-----
The map, in the order in which a request and before it a fit pass through:

==================  ====================================================================================
columns             names of columns, event types and their weights
interactions        the only reader of interaction tables; every fault is named and located
catalogue           the same for tables of items
origin              the row of a table or the line of a file that a fault stands in
item_features       words, character n-grams and categories of items, from whatever columns they have
vocabulary          ids become positions here and nowhere else: ids outside, positions inside
matrix              decay, saturation, cap: the user-item matrix, free of the order of rows
candidates/         generators: each fits once and leaves a light scorer; `base` holds the two protocols
recommender         `HybridRecommender.fit`: interactions and items in, a snapshot out
incremental/        counts and events, added to and forgotten from between refits, equal to a refit
recipes             a configuration read back from what a manifest keeps of it
json_numbers        infinity, for which JSON has no number
activity            what popular and trending were ranked by, and how it fades and grows after the fit
snapshot, storage   the frozen result: answers, is saved, is opened as memory maps, refuses changed bits
history             a person's events become weighted seeds
ranking/            blend, filters, diversity, exploration, reasons: from candidates to a slate
overlay             where a shop adds what happened since the fit
slate               item ids, scores, propensities and a true reason for each
evaluation/         splits without leaks, full ranking, intervals, coverage, novelty, diversity, cold slices
selection/          choices on validation data only, and the gate that a new model has to pass;
                    `evaluation.served_choice` turns them into what `fit --models auto` serves
commands/, bench/   `python -m recs`: fit, recommend, evaluate, bench
errors              one tree; every refusal says what is wrong and where
==================  ====================================================================================

A further recommender is one file: a frozen dataclass of parameters whose `fit` returns a scorer. Where a
table of neighbours is what it learns, the scorer, saving, serving, reasons and evaluation are there already;
this one recommends what costs about the same as what was looked at:

>>> from dataclasses import dataclass
>>> import numpy as np
>>> from recs.candidates.neighbours import NeighbourTable
>>> @dataclass(frozen=True)
... class PriceNeighbours:
...     # Cost O(n_items ** 2): for small catalogues.
...     prices: dict[int, float]
...     neighbours: int = 8
...     name: str = "price"
...     weight: float = 0.5
...     def parameters(self):
...         return {"neighbours": self.neighbours}
...     def fit(self, training):
...         ids = training.interactions.items.ids.tolist()
...         logs = np.log([self.prices.get(item_id, np.nan) for item_id in ids])
...         likeness = np.exp(-np.abs(logs[:, None] - logs)).astype(np.float32)
...         likeness[:, ~training.catalogue.listed] = np.nan
...         np.fill_diagonal(likeness, np.nan)
...         order = np.argsort(-likeness, axis=1, kind="stable")[:, : self.neighbours].astype(np.int32)
...         scores = np.take_along_axis(likeness, order, axis=1)
...         return NeighbourTable(np.where(np.isnan(scores), -1, order).astype(np.int32), scores)
>>> alike = PriceNeighbours({10: 499.0, 20: 20.0, 30: 549.0})
>>> priced = HybridRecommender(HybridConfig(generators=(alike,))).fit(interactions, as_of=600.0)
>>> priced.similar_items(10, n=1).item_ids.tolist()
[30]

A scorer of another kind implements `CandidateScorer` and is entered in `recs.storage.SCORER_KINDS`, so that
saved ones can be opened, and beside its batch twin in `recs.evaluation.scoring`; the contract suite
`recs/tests/test_every_recommender.py` then checks what is added to `recs.tests.toy.CONFIGS`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recs.activity import CurrentActivity, FreshCounts
    from recs.candidates.base import CandidateGenerator, CandidateScorer, Contributions
    from recs.candidates.co_occurrence import CoOccurrence
    from recs.candidates.item_knn import ItemKnn
    from recs.candidates.item_to_item import ItemToItem
    from recs.candidates.past_future import PastFuture
    from recs.candidates.popularity import PopularityConfig
    from recs.candidates.transitions import Transitions
    from recs.columns import EVENT_WEIGHTS, Event
    from recs.errors import RecsError
    from recs.evaluation.events import EventsProtocol
    from recs.evaluation.served_choice import ServedChoice, chosen_config
    from recs.history import History, RecencyConfig, Seeds
    from recs.overlay import Overlay
    from recs.parts import ServingConfig
    from recs.ranking.candidates import Candidates
    from recs.ranking.diversity import DiversityConfig
    from recs.ranking.exploration import Exploration
    from recs.ranking.selection import Distinct
    from recs.recipes import config_of
    from recs.recommender import HybridConfig, HybridRecommender
    from recs.selection.budget import Budget
    from recs.selection.promotion import Verdict, judge_refit
    from recs.slate import Reason, Slate
    from recs.snapshot import RecommenderSnapshot
    from recs.storage import SCHEMA_VERSION
    from recs.vocabulary import Vocabulary

_MODULE_OF = {
    "Budget": "recs.selection.budget",
    "CandidateGenerator": "recs.candidates.base",
    "CandidateScorer": "recs.candidates.base",
    "Candidates": "recs.ranking.candidates",
    "CoOccurrence": "recs.candidates.co_occurrence",
    "Contributions": "recs.candidates.base",
    "CurrentActivity": "recs.activity",
    "Distinct": "recs.ranking.selection",
    "DiversityConfig": "recs.ranking.diversity",
    "EVENT_WEIGHTS": "recs.columns",
    "Event": "recs.columns",
    "EventsProtocol": "recs.evaluation.events",
    "Exploration": "recs.ranking.exploration",
    "FreshCounts": "recs.activity",
    "History": "recs.history",
    "HybridConfig": "recs.recommender",
    "HybridRecommender": "recs.recommender",
    "ItemKnn": "recs.candidates.item_knn",
    "ItemToItem": "recs.candidates.item_to_item",
    "Overlay": "recs.overlay",
    "PastFuture": "recs.candidates.past_future",
    "PopularityConfig": "recs.candidates.popularity",
    "Reason": "recs.slate",
    "RecencyConfig": "recs.history",
    "RecommenderSnapshot": "recs.snapshot",
    "RecsError": "recs.errors",
    "SCHEMA_VERSION": "recs.storage",
    "Seeds": "recs.history",
    "ServedChoice": "recs.evaluation.served_choice",
    "ServingConfig": "recs.parts",
    "Slate": "recs.slate",
    "Transitions": "recs.candidates.transitions",
    "Verdict": "recs.selection.promotion",
    "Vocabulary": "recs.vocabulary",
    "judge_refit": "recs.selection.promotion",
    "chosen_config": "recs.evaluation.served_choice",
    "config_of": "recs.recipes",
}

__all__ = [
    "EVENT_WEIGHTS",
    "SCHEMA_VERSION",
    "Budget",
    "CandidateGenerator",
    "CandidateScorer",
    "Candidates",
    "CoOccurrence",
    "Contributions",
    "CurrentActivity",
    "Distinct",
    "DiversityConfig",
    "Event",
    "EventsProtocol",
    "Exploration",
    "FreshCounts",
    "History",
    "HybridConfig",
    "HybridRecommender",
    "ItemKnn",
    "ItemToItem",
    "Overlay",
    "PastFuture",
    "PopularityConfig",
    "Reason",
    "RecencyConfig",
    "RecommenderSnapshot",
    "RecsError",
    "Seeds",
    "ServedChoice",
    "ServingConfig",
    "Slate",
    "Transitions",
    "Verdict",
    "Vocabulary",
    "chosen_config",
    "config_of",
    "judge_refit",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'recs' has no attribute {name!r}")
    value = getattr(import_module(_MODULE_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
