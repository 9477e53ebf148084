"""The best candidates that a request allows, however deep they lie."""

import numpy as np
import pandas as pd
import pytest

from recs import Distinct, HybridRecommender, RecommenderSnapshot
from recs.tests.toy import CONFIGS

_CENTRE = 0
_AROUND = range(1, 64)  # as many as an item has neighbours, and more than a first look holds


@pytest.fixture(name="star", scope="module")
def _star() -> RecommenderSnapshot:
    """Every user saw the centre and one other item, so that its neighbours are equal and ranked by id."""
    rows = [(user, item, 0.0) for user in _AROUND for item in (_CENTRE, user)]
    frame = pd.DataFrame(rows, columns=["user_id", "item_id", "timestamp"])
    return HybridRecommender(CONFIGS["plain"]).fit(frame)


def test_candidates_far_behind_those_that_are_not_eligible_are_found(star: RecommenderSnapshot) -> None:
    eligible = np.arange(star.n_items) >= 60
    slate = star.recommend([_CENTRE], 2, eligible)
    assert slate.item_ids.tolist() == [60, 61]
    assert {reason.kind for reason in slate.reasons} == {"similar_to"}, "popular items filled up"


def test_candidates_far_behind_those_excluded_are_found(star: RecommenderSnapshot) -> None:
    slate = star.recommend([_CENTRE], 2, exclude=range(60))
    assert slate.item_ids.tolist() == [60, 61]
    assert {reason.kind for reason in slate.reasons} == {"similar_to"}, "popular items filled up"


def test_candidates_far_behind_others_of_their_group_are_found(star: RecommenderSnapshot) -> None:
    groups = np.maximum(np.arange(star.n_items), 50)
    slate = star.score([_CENTRE]).slate(3, distinct=Distinct(groups))
    assert slate.item_ids.tolist() == [1, 51, 52]
    assert {reason.kind for reason in slate.reasons} == {"similar_to"}, "popular items filled up"
