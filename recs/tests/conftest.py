from collections.abc import Callable

import pytest

from recs import HybridRecommender, RecommenderSnapshot
from recs.tests.toy import AS_OF, CONFIGS, catalogue, interactions

Fit = Callable[[str], RecommenderSnapshot]


@pytest.fixture(name="fitted", scope="session")
def _fitted() -> Fit:
    kept = {
        name: HybridRecommender(config).fit(interactions(), catalogue(), as_of=AS_OF)
        for name, config in CONFIGS.items()
    }
    return kept.__getitem__


@pytest.fixture(name="plain", scope="session")
def _plain(fitted: Fit) -> RecommenderSnapshot:
    """Item-kNN without shrinkage or diversity: its lists are computed by hand."""
    return fitted("plain")
