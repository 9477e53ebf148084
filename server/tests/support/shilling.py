"""A simulated log with made-up profiles in it: who pushes a product, and what that does to the slates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from recs import EVENT_WEIGHTS, Event, History, HybridConfig, HybridRecommender

DAY_S = 86_400.0
NOW_S = 1_780_000_000.0
DAYS = 90
N_ITEMS = 300
N_GROUPS = 10
# Ids of made-up visitors start here.
MADE_UP = 1_000_000
KINDS = [Event.VIEW, Event.FAVORITE, Event.CART_ADD, Event.PURCHASE]
Style = Literal["bandwagon", "average", "random"]
Row = tuple[int, int, float, int]


@dataclass(frozen=True)
class World:
    """A clean log, what some visitors turned to next, and how popular products are."""

    log: pd.DataFrame
    catalogue: pd.DataFrame
    wanted: dict[int, set[int]]
    popularity: NDArray[np.float64]
    n_visitors: int


@dataclass(frozen=True)
class Slates:
    """What a model shows to genuine visitors: each product's share of all places, and nDCG@10."""

    shares: NDArray[np.float64]
    ndcg: float


def world(*, seed: int, n_visitors: int) -> World:
    """Let visitors with two tastes each come back now and then over three months."""
    rng = np.random.default_rng(seed)
    groups = rng.integers(0, N_GROUPS, N_ITEMS)
    popularity = rng.permutation(np.arange(1, N_ITEMS + 1) ** -0.8)
    known: list[Row] = []
    wanted: dict[int, set[int]] = {}
    for visitor in range(n_visitors):
        first, second = rng.choice(N_GROUPS, 2, replace=False)
        liking = popularity * np.where(groups == first, 12.0, np.where(groups == second, 6.0, 0.4))
        mine: list[Row] = []
        start = rng.uniform(0, DAYS)
        for day in sorted([start, *rng.uniform(start, DAYS, rng.poisson(2.0))]):
            seen = rng.choice(N_ITEMS, 1 + rng.poisson(3), replace=False, p=liking / liking.sum())
            kinds = rng.choice(KINDS, len(seen), p=[0.8, 0.08, 0.08, 0.04])
            when = NOW_S - (DAYS - day) * DAY_S
            mine += [(visitor, i, when + 60 * n, k) for n, (i, k) in enumerate(zip(seen, kinds, strict=True))]
        next_ones = {int(row[1]) for row in mine[-2:]} - {row[1] for row in mine[:-2]}
        if len(mine) > 4 and next_ones:
            wanted[visitor] = next_ones
            mine = mine[:-2]
        known += mine
    catalogue = pd.DataFrame({"item_id": np.arange(N_ITEMS), "category": [f"group {g}" for g in groups]})
    return World(table(known), catalogue, wanted, popularity, n_visitors)


def profiles(
    of: World, target: int, style: Style, *, share: float, visits: int, seed: int = 2
) -> pd.DataFrame:
    """Make up visitors who do all they can with one product, in the company of eight others."""
    rng = np.random.default_rng(seed)
    rows: list[Row] = []
    for number in range(int(share * of.n_visitors)):
        chances = of.popularity / of.popularity.sum()
        if style == "bandwagon":
            company = rng.choice(np.argsort(-of.popularity)[:20], 8, replace=False)
        else:
            company = rng.choice(N_ITEMS, 8, replace=False, p=chances if style == "average" else None)
        latest = NOW_S - rng.uniform(0.01, 30) * DAY_S
        for visit in range(visits):
            when = latest - 4 * visit * DAY_S
            for kind in KINDS[:3]:
                rows += [(MADE_UP + number, target, when + n, int(kind)) for n in range(5)]
            rows += [(MADE_UP + number, int(i), when + 60, int(Event.VIEW)) for i in company]
    return table(rows)


def table(rows: list[Row]) -> pd.DataFrame:
    """Return rows as a training window holds them."""
    columns = list(zip(*rows, strict=True))
    return pd.DataFrame(
        {
            "user_id": np.array(columns[0], dtype=np.int64),
            "item_id": np.array(columns[1], dtype=np.int64),
            "timestamp": np.array(columns[2], dtype=np.float64),
            "event": np.array(columns[3], dtype=np.uint8),
            "weight": np.array([EVENT_WEIGHTS[Event(kind)] for kind in columns[3]], dtype=np.float32),
        }
    )


def slates(of: World, log: pd.DataFrame) -> Slates:
    """Fit on a log and look at the ten places of every visitor who turned to something next."""
    snapshot = HybridRecommender(HybridConfig()).fit(log, items=of.catalogue, as_of=NOW_S)
    shown = np.zeros(N_ITEMS)
    scores = []
    for visitor, rows in of.log[of.log["user_id"].isin(list(of.wanted))].groupby("user_id"):
        history = History(
            rows["item_id"].to_numpy(), rows["event"].to_numpy(), None, rows["timestamp"].to_numpy(), NOW_S
        )
        ids = snapshot.recommend(history, n=10).item_ids
        shown[ids] += 1
        next_ones = of.wanted[int(str(visitor))]
        gains = [1 / np.log2(place + 2) for place, i in enumerate(ids.tolist()) if i in next_ones]
        scores.append(sum(gains) / sum(1 / np.log2(place + 2) for place in range(len(next_ones))))
    return Slates(shown / shown.sum(), float(np.mean(scores)))
