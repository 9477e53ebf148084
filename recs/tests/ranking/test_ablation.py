"""Reasons are true: take the cited evidence away and the item falls."""

import numpy as np
import pandas as pd

from recs import History, HybridRecommender, RecommenderSnapshot
from recs.ranking.diversity import no_diversity

DAY = 86_400.0
NOW = 90 * DAY
N_ITEMS, N_TASTES = 600, 12
EVENTS, SHARES = ["view", "click", "favorite", "cart_add", "purchase"], [0.7, 0.14, 0.08, 0.05, 0.03]


def shop_log(n_users: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make a log as shops have it: tastes, a long tail, sessions, and items that are viewed again."""
    rng = np.random.default_rng(seed)
    taste_of_item = rng.integers(0, N_TASTES, N_ITEMS)
    appeal = rng.pareto(1.1, N_ITEMS) + 0.2
    rows = []
    for user in range(n_users):
        tastes = rng.choice(N_TASTES, 2, replace=False)
        for _ in range(1 + rng.geometric(0.4)):
            taste = tastes[0] if rng.random() < 0.7 else tastes[1]
            liking = appeal * np.where(taste_of_item == taste, 25.0, 1.0)
            start = rng.uniform(0, NOW - DAY)
            seen = rng.choice(N_ITEMS, 1 + rng.geometric(0.25), p=liking / liking.sum())
            times = start + np.cumsum(rng.exponential(90, seen.shape[0]))
            events = rng.choice(EVENTS, seen.shape[0], p=SHARES)
            rows += [(user, *row) for row in zip(seen.tolist(), times.tolist(), events.tolist(), strict=True)]
    frame = pd.DataFrame(rows, columns=["user_id", "item_id", "timestamp", "event"])
    items = pd.DataFrame(
        {"item_id": np.arange(N_ITEMS), "category": taste_of_item, "brand": rng.integers(0, 30, N_ITEMS)}
    )
    return frame, items


def history_of(rows: pd.DataFrame) -> History:
    return History.of(rows["item_id"], events=rows["event"], timestamps=rows["timestamp"], as_of=NOW)


def scores_of(snapshot: RecommenderSnapshot, history: History) -> dict[int, float]:
    blend = snapshot.score(history).blend
    ids = snapshot.vocabulary.ids_at(blend.positions).tolist()
    return dict(zip(ids, blend.scores.tolist(), strict=True))


def test_a_thousand_items_fall_without_their_cited_evidence() -> None:
    wanted = 1000
    frame, items = shop_log(1500, seed=4)
    snapshot = HybridRecommender().fit(frame, items, as_of=NOW)
    judged = fell = lost_places = 0
    for _, rows in frame.sort_values("timestamp").groupby("user_id"):
        slate = snapshot.recommend(history_of(rows), 10)
        before = snapshot.recommend(history_of(rows), N_ITEMS, diversity=no_diversity()).item_ids.tolist()
        for item, score, reason in zip(
            slate.item_ids.tolist(), slate.scores.tolist(), slate.reasons, strict=True
        ):
            if not reason.item_ids or judged == wanted:
                continue
            rest = history_of(rows[~rows["item_id"].isin(reason.item_ids)])
            # An item that lost all support and is no popular one is no candidate any more: its score is 0.
            judged += 1
            fell += scores_of(snapshot, rest).get(item, 0.0) < score
            after = snapshot.recommend(
                rest, N_ITEMS, exclude=reason.item_ids, diversity=no_diversity()
            ).item_ids.tolist()
            lost_places += after.index(item) > before.index(item)
    assert judged == wanted
    assert fell == judged  # the issue asks for 95 %; contributions are exact, so every one falls
    assert lost_places >= 0.5 * judged  # what shared the evidence falls with it, so some keep their place
