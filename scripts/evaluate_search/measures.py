"""Measures of a ranking against graded judgments. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CUTOFF = 10


@dataclass(frozen=True, slots=True)
class QueryMeasures:
    """How good one ranking is; all from 0 to 1."""

    ndcg: float
    ndcg_condensed: float
    rated_share: float


def discounted_gain(ratings: Sequence[int]) -> float:
    """Add the gains ``2 ** rating - 1`` of the first ten, discounted by the logarithm of their rank."""
    return sum((2.0**rating - 1) / math.log2(rank + 2) for rank, rating in enumerate(ratings[:CUTOFF]))


def measure(ranking: Sequence[str], ratings: Mapping[str, int]) -> QueryMeasures:
    """Compare a ranking with the best possible one over all ratings of the query.

    Unrated documents count as irrelevant; the condensed measure leaves them out (Sakai 2007).

    >>> measure(["a", "x", "b"], {"a": 3, "b": 1}).ndcg_condensed
    1.0
    """
    ideal = discounted_gain(sorted(ratings.values(), reverse=True))
    rated = [document for document in ranking if document in ratings]
    return QueryMeasures(
        ndcg=discounted_gain([ratings.get(document, 0) for document in ranking]) / ideal,
        ndcg_condensed=discounted_gain([ratings[document] for document in rated]) / ideal,
        rated_share=sum(document in ratings for document in ranking[:CUTOFF]) / CUTOFF,
    )


def summary(measures: Sequence[QueryMeasures]) -> dict[str, float]:
    """Average over the queries, under the names that other programs read."""
    n = len(measures)
    return {
        "queries": n,
        "ndcg@10": round(sum(m.ndcg for m in measures) / n, 4),
        "ndcg@10Condensed": round(sum(m.ndcg_condensed for m in measures) / n, 4),
        "ratedShare@10": round(sum(m.rated_share for m in measures) / n, 4),
    }
