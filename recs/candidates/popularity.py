"""Popularity that fades: what is popular, what is trending, what is new, what is bought again."""

from dataclasses import dataclass

import numpy as np

from recs.arrays import Floats, Scores
from recs.candidates.ranked_list import RankedList
from recs.columns import DAY_S, Event
from recs.errors import ConfigurationError
from recs.matrix import decayed_weights
from recs.training import TrainingSet


@dataclass(frozen=True, slots=True)
class PopularityConfig:
    """How fast attention fades.

    Parameters
    ----------
    half_life_s : float
        Seconds, for ``popular``.
    trend_short_s, trend_long_s : float
        Seconds, short < long, for ``trending``.
    trend_prior : float, positive
        Pseudo-activity given to every item, in units of the mean item's: keeps a single click on a forgotten
        item from being a trend.
    repeat_prior : float, positive
        Pseudo-buyers with the catalogue's mean repeat rate.
    """

    half_life_s: float = 14 * DAY_S
    trend_short_s: float = 1 * DAY_S
    trend_long_s: float = 14 * DAY_S
    trend_prior: float = 1.0
    repeat_prior: float = 20.0

    def __post_init__(self) -> None:
        if not (self.half_life_s > 0 and 0 < self.trend_short_s < self.trend_long_s):
            raise ConfigurationError("half-lives must be positive, trend_short_s below trend_long_s")
        if not (self.trend_prior > 0 and self.repeat_prior > 0):
            raise ConfigurationError("priors must be positive")


def decayed_counts(training: TrainingSet, half_life_s: float) -> Floats:
    """Return each item's decayed weight.

    Parameters
    ----------
    training : TrainingSet
    half_life_s : float
        Seconds.

    Returns
    -------
    ndarray of float64, shape (n_items,)

    Notes
    -----
    O(n). Source: forward decay, Cormode et al. 2009.
    """
    weights = decayed_weights(training.interactions, half_life_s)
    return np.bincount(
        training.interactions.item_positions, weights=weights, minlength=training.n_items
    ).astype(np.float64, copy=False)


def popular_list(training: TrainingSet, config: PopularityConfig) -> RankedList:
    """Rank items by decayed weight.

    Parameters
    ----------
    training : TrainingSet
    config : PopularityConfig

    Returns
    -------
    RankedList
        Scores ``log1p(weight) / log1p(largest weight of a listed item)``, so in [0, 1]; 0 for items without
        interactions, which still stand in the order.
    """
    logs = np.log1p(decayed_counts(training, config.half_life_s))
    largest = float(logs[training.catalogue.listed].max(initial=0.0))
    return _ranked(training, np.minimum(logs / largest, 1.0) if largest > 0 else np.zeros_like(logs))


def trending_list(training: TrainingSet, config: PopularityConfig) -> RankedList:
    """Rank items by recent over usual activity.

    Parameters
    ----------
    training : TrainingSet
    config : PopularityConfig

    Returns
    -------
    RankedList
        Scores ``(short rate + prior) / (long rate + prior)``: 1 = as usual. NaN without any activity in the
        long window, or with a score of at most 1: such an item is no trend.

    Notes
    -----
    A counter with half-life h that grows steadily by r per second settles at ``r * h / ln 2``; dividing by
    that makes the two counters comparable.
    """
    short = decayed_counts(training, config.trend_short_s) / config.trend_short_s
    usual = decayed_counts(training, config.trend_long_s) / config.trend_long_s
    active = usual > 0
    prior = config.trend_prior * float(usual[active].mean()) if active.any() else 1.0
    ratio = (short + prior) / (usual + prior)
    return _ranked(training, np.where(active & (ratio > 1.0), ratio, np.nan))


def newest_list(training: TrainingSet) -> RankedList:
    """Rank items by listing time.

    Parameters
    ----------
    training : TrainingSet

    Returns
    -------
    RankedList
        Scores are negative ages in days at ``as_of``; NaN where the time is unknown or in the future.
    """
    ages_s = training.interactions.as_of - training.catalogue.listed_at
    return _ranked(training, np.where(ages_s >= 0, -ages_s / DAY_S, np.nan))


def repeat_rates(training: TrainingSet, config: PopularityConfig) -> Scores:
    """Estimate how likely a buyer of an item buys it again.

    Parameters
    ----------
    training : TrainingSet
    config : PopularityConfig

    Returns
    -------
    ndarray of float32, shape (n_items,)
        ``(repeat buyers + prior * mean rate) / (buyers + prior)``; 0 everywhere without purchases.

    Notes
    -----
    O(p log p) for p purchases.
    """
    interactions = training.interactions
    bought = interactions.events == Event.PURCHASE
    pairs = interactions.user_positions[bought].astype(np.int64) * training.n_items
    pairs += interactions.item_positions[bought]
    distinct, times = np.unique(pairs, return_counts=True)
    items = distinct % training.n_items if training.n_items else distinct
    buyers = np.bincount(items, minlength=training.n_items).astype(np.float64)
    repeaters = np.bincount(items[times > 1], minlength=training.n_items).astype(np.float64)
    total = buyers.sum()
    mean = repeaters.sum() / total if total else 0.0
    return ((repeaters + config.repeat_prior * mean) / (buyers + config.repeat_prior)).astype(np.float32)


def _ranked(training: TrainingSet, scores: Floats) -> RankedList:
    attributes = training.catalogue.attributes
    return RankedList.of(
        scores.astype(np.float32),
        attributes.categories,
        len(attributes.category_names),
        training.catalogue.listed,
    )
