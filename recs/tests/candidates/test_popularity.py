"""Faded popularity, trends and repeat rates, by hand."""

import numpy as np
import pandas as pd
import pytest

from recs import HybridConfig, HybridRecommender, PopularityConfig, RecommenderSnapshot
from recs.errors import ConfigurationError

DAY = 86_400.0
NOW = 100 * DAY


def fitted(rows: list[tuple[int, int, float, str]], **popularity: float) -> RecommenderSnapshot:
    frame = pd.DataFrame(rows, columns=["user_id", "item_id", "timestamp", "event"])
    config = HybridConfig(generators=(), popularity=PopularityConfig(**popularity))
    return HybridRecommender(config).fit(frame, as_of=NOW)


def test_old_popularity_fades_below_fresh() -> None:
    rows = [(user, 1, NOW - 2 * DAY, "view") for user in range(3)] + [(9, 2, NOW, "view")]
    assert fitted(rows, half_life_s=DAY).popular(2).item_ids.tolist() == [2, 1]  # 3 / 4 against 1
    assert fitted(rows, half_life_s=9 * DAY).popular(2).item_ids.tolist() == [1, 2]


def test_scores_are_logarithmic_shares_of_the_most_popular() -> None:
    rows = [(user, 1, NOW, "view") for user in range(3)] + [(9, 2, NOW, "view")]
    assert fitted(rows).parts.popular.scores == pytest.approx([1.0, np.log(2) / np.log(4)])


def test_a_trend_is_recent_activity_above_the_usual() -> None:
    steady = [(day, 1, NOW - day * DAY, "view") for day in range(60)]
    rising = [(user, 2, NOW - 0.1 * DAY * user, "view") for user in range(5)]
    gone = [(user, 3, NOW - 20 * DAY, "view") for user in range(40)]
    slate = fitted([*steady, *rising, *gone]).trending(5)
    assert slate.item_ids.tolist()[0] == 2
    assert 3 not in slate.item_ids.tolist()
    assert (slate.scores > 1.0).all()


def test_repeat_rate_is_pulled_towards_the_mean() -> None:
    again = [(user, 1, NOW - day, "purchase") for user in range(4) for day in (0.0, 9.0)]
    once = [(user, 2, NOW, "purchase") for user in range(4)]
    rates = fitted([*again, *once], repeat_prior=4.0).parts.repeat_rates
    assert rates == pytest.approx([(4 + 2) / 8, (0 + 2) / 8])  # mean 4 of 8


@pytest.mark.parametrize(
    "wrong", [{"half_life_s": 0.0}, {"trend_short_s": 5.0, "trend_long_s": 5.0}, {"trend_prior": 0.0}]
)
def test_refuses_parameters_outside_their_range(wrong: dict[str, float]) -> None:
    with pytest.raises(ConfigurationError):
        PopularityConfig(**wrong)
