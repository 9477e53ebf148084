"""Popularity that fades: what is popular, what is trending, what is new, what is bought again."""

from dataclasses import dataclass
from math import inf

import numpy as np

from recs.arrays import AnyArray, Floats, Positions, Scores
from recs.candidates.ranked_list import RankedList
from recs.catalogue import Catalogue
from recs.columns import DAY_S, Event
from recs.errors import ConfigurationError
from recs.matrix import decayed_parts, faded
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
        if not (0 < self.trend_prior < inf and 0 < self.repeat_prior < inf):
            raise ConfigurationError("priors must be positive and finite")


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
    items = training.interactions.item_positions
    coarse, fine = (
        np.bincount(items, weights=part, minlength=training.n_items).astype(np.float64, copy=False)
        for part in decayed_parts(training.interactions, half_life_s)
    )
    return faded(coarse + fine)


def popular_of(counts: Floats, catalogue: Catalogue) -> RankedList:
    """Rank items by counts.

    Parameters
    ----------
    counts : ndarray of float64, shape (n_items,)
        Decayed weights.
    catalogue : Catalogue

    Returns
    -------
    RankedList
        Scores ``log1p(weight) / log1p(largest weight of a listed item)``, so in [0, 1]; 0 for items without
        interactions, which still stand in the order.
    """
    logs = np.log1p(counts)
    largest = float(logs[catalogue.listed].max(initial=0.0))
    return _ranked(catalogue, np.minimum(logs / largest, 1.0) if largest > 0 else np.zeros_like(logs))


def trending_of(short: Floats, long: Floats, catalogue: Catalogue, config: PopularityConfig) -> RankedList:
    """Rank items by recent over usual counts.

    Parameters
    ----------
    short, long : ndarray of float64, shape (n_items,)
        Weights decayed by the two half-lives of `config`.
    catalogue : Catalogue
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
    recent, usual = short / config.trend_short_s, long / config.trend_long_s
    active = usual > 0
    prior = config.trend_prior * float(usual[active].mean()) if active.any() else 1.0
    ratio = (recent + prior) / (usual + prior)
    return _ranked(catalogue, np.where(active & (ratio > 1.0), ratio, np.nan))


def newest_list(training: TrainingSet) -> RankedList:
    """Rank items by listing time.

    Parameters
    ----------
    training : TrainingSet

    Returns
    -------
    RankedList
        As `newest_of`.
    """
    return newest_of(training.catalogue, training.interactions.as_of)


def newest_of(catalogue: Catalogue, as_of: float) -> RankedList:
    """Rank items by listing time.

    Parameters
    ----------
    catalogue : Catalogue
    as_of : float
        Unix seconds.

    Returns
    -------
    RankedList
        Scores are negative ages in days at ``as_of``; NaN where the time is unknown or in the future.
    """
    ages_s = as_of - catalogue.listed_at
    return _ranked(catalogue, np.where(ages_s >= 0, -ages_s / DAY_S, np.nan))


def repeat_rates(training: TrainingSet, config: PopularityConfig) -> Scores:
    """Estimate how likely a buyer of an item buys it again.

    Parameters
    ----------
    training : TrainingSet
    config : PopularityConfig

    Returns
    -------
    ndarray of float32, shape (n_items,)
        As `repeat_rates_of`.

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
    return repeat_rates_of(items, times, training.n_items, config)


def repeat_rates_of(items: Positions, times: AnyArray, n_items: int, config: PopularityConfig) -> Scores:
    """Estimate repeat rates from how often each buyer bought each item.

    Parameters
    ----------
    items, times : ndarray of int, shape (n_buyers_of_items,)
        One entry for each user and each item that the user bought: the item, and how often.
    n_items : int
    config : PopularityConfig

    Returns
    -------
    ndarray of float32, shape (n_items,)
        ``(repeat buyers + prior * mean rate) / (buyers + prior)``; 0 everywhere without purchases.
    """
    buyers = np.bincount(items, minlength=n_items).astype(np.float64)
    repeaters = np.bincount(items[times > 1], minlength=n_items).astype(np.float64)
    total = buyers.sum()
    mean = repeaters.sum() / total if total else 0.0
    return ((repeaters + config.repeat_prior * mean) / (buyers + config.repeat_prior)).astype(np.float32)


def _ranked(catalogue: Catalogue, scores: Floats) -> RankedList:
    attributes = catalogue.attributes
    return RankedList.of(
        scores.astype(np.float32), attributes.categories, len(attributes.category_names), catalogue.listed
    )
