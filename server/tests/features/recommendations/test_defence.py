"""A few visitors cannot decide what everybody is shown, and the defence costs the honest ones nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from recs import Event
from server.features.recommendations.defence import MAX_PER_DAY, SetAside, defended
from server.features.recommendations.training import read_window
from server.tests.support.shilling import DAY_S, MADE_UP, NOW_S, Style, World, profiles, slates, table, world
from server.tests.support.shop import Shop
from server.tests.support.tastes import remember, stock_shop

VIEW, CART = int(Event.VIEW), int(Event.CART_ADD)
PURCHASE = int(Event.PURCHASE)
NOON = NOW_S - NOW_S % DAY_S + DAY_S / 2


def test_the_same_on_the_same_day_counts_once() -> None:
    rows = [(1, 7, NOON + second, VIEW) for second in (30, 10, 20)]
    rows += [(1, 7, NOON, CART), (1, 8, NOON, VIEW), (2, 7, NOON, VIEW), (1, 7, NOON + DAY_S, VIEW)]
    counted, aside = defended(table(rows))
    kept = sorted(
        zip(
            counted["user_id"], counted["item_id"], counted["timestamp"] - NOON, counted["event"], strict=True
        )
    )
    assert kept == [(1, 7, 0, CART), (1, 7, 10, VIEW), (1, 7, DAY_S, VIEW), (1, 8, 0, VIEW), (2, 7, 0, VIEW)]
    assert aside == SetAside(repeated=2)


def test_the_order_of_rows_changes_nothing() -> None:
    rng = np.random.default_rng(3)
    rows = [
        (
            int(rng.integers(60)),
            int(rng.integers(9)),
            NOON - float(rng.integers(40)) * DAY_S,
            int(rng.choice([1, 4, 5])),
        )
        for _ in range(3_000)
    ]
    columns = ["user_id", "item_id", "timestamp", "event"]
    first, _ = defended(table(rows))
    second, _ = defended(table([rows[i] for i in rng.permutation(len(rows))]))
    pd.testing.assert_frame_equal(
        first.sort_values(columns, ignore_index=True), second.sort_values(columns, ignore_index=True)
    )


def test_a_day_of_one_visitor_counts_as_a_hundred_interactions_at_most() -> None:
    rows = [(1, item, NOON, VIEW) for item in range(400)] + [(2, item, NOON, VIEW) for item in range(50)]
    rows += [(1, item, NOON + DAY_S, VIEW) for item in range(30)]
    counted, aside = defended(table(rows))
    weights = counted.groupby(["user_id", counted["timestamp"] // DAY_S])["weight"].sum().tolist()
    assert weights == pytest.approx([MAX_PER_DAY, 30, 50], rel=1e-3)
    assert aside.flooded == 400


def test_without_enough_known_visitors_newcomers_are_not_doubted() -> None:
    rows = [(visitor, 1, NOON, VIEW) for visitor in range(15)]
    rows += [(visitor, 3, NOON, VIEW) for visitor in range(1_000, 1_200)]
    rows += [(visitor, 2, NOON, PURCHASE) for visitor in range(200, 229)]
    counted, aside = defended(table(rows))
    assert aside.doubted == 0
    assert set(counted["weight"]) == {1.0, 6.0}


@pytest.mark.parametrize(("strangers", "doubted"), [(4, 0), (15, 15)])
def test_a_few_strangers_by_chance_push_nothing(strangers: int, doubted: int) -> None:
    rows = [(visitor, 2, NOON, PURCHASE) for visitor in range(100, 240)]
    rows += [(visitor, 2, NOON, VIEW) for visitor in range(300, 340)]
    rows += [(visitor, 1, NOON, VIEW) for visitor in range(strangers)]
    assert defended(table(rows))[1].doubted == doubted


def test_a_crowd_that_turns_elsewhere_is_believed(clean: World) -> None:
    target = int(np.argsort(clean.popularity)[0])
    crowd = profiles(clean, target, "average", share=0.3, visits=1)
    counted, aside = defended(pd.concat([clean.log, crowd]))
    assert aside.doubted == 0
    assert (counted["user_id"] >= MADE_UP).sum() > 0.3 * clean.n_visitors * 9


def test_an_empty_window_stays_empty() -> None:
    counted, aside = defended(table([(1, 1, NOON, VIEW)]).iloc[:0])
    assert (len(counted), aside) == (0, SetAside())
    assert list(counted.columns) == ["user_id", "item_id", "timestamp", "event", "weight"]


async def test_own_listings_do_not_count_for_their_vendor(shop: Shop) -> None:
    tastes = await stock_shop(shop, products=2)
    vendor, shopper = await shop.make.user(role="vendor"), await shop.make.visitor()
    guest = await shop.make.visitor()
    await shop.connection.execute(
        "UPDATE visitors SET merged_into = $1 WHERE id = $2", vendor.visitor_id, guest
    )
    await shop.connection.execute("UPDATE stores SET owner_user_id = $1", vendor.user_id)
    other = await shop.make.product(store="south-bench")
    now = datetime.now(UTC)
    watchers = (vendor.visitor_id, guest, shopper)
    await remember(
        shop,
        [
            (visitor, product_id, Event.VIEW, now - timedelta(hours=1))
            for visitor in watchers
            for product_id in (tastes.cameras[0], other)
        ],
    )
    window = await read_window(shop.connection, until=now, days=30)
    rows = sorted(zip(window.interactions["user_id"], window.interactions["item_id"], strict=True))
    assert rows == sorted([(vendor.visitor_id, other), (shopper, tastes.cameras[0]), (shopper, other)])
    assert (window.set_aside.own_listings, window.set_aside.repeated) == (2, 1)


@pytest.fixture(name="clean", scope="module")
def _clean() -> World:
    return world(seed=1, n_visitors=2_000)


def test_three_percent_of_made_up_profiles_at_most_double_a_share_and_cost_one_percent(clean: World) -> None:
    before = slates(clean, clean.log)
    by_share = np.argsort(-before.shares)
    undefended: list[float] = []
    lifted: list[float] = []
    ndcg: list[float] = []
    attacks: list[tuple[int, Style, int]] = [
        (30, "bandwagon", 1),
        (30, "bandwagon", 3),
        (60, "average", 1),
        (95, "random", 3),
        (100, "bandwagon", 3),
        (105, "bandwagon", 3),
    ]
    for rank, style, visits in attacks:
        target = int(by_share[rank])
        poisoned = pd.concat([clean.log, profiles(clean, target, style, share=0.03, visits=visits)])
        counted, aside = defended(poisoned)
        after = slates(clean, counted)
        lifted.append(after.shares[target] / before.shares[target])
        ndcg.append(after.ndcg / before.ndcg)
        assert aside.doubted >= 0.03 * clean.n_visitors
        if (style, visits) == ("bandwagon", 3):
            undefended.append(slates(clean, poisoned).shares[target] / before.shares[target])
    # Without the bounds the same profiles get what they want.
    assert min(undefended) > 3, undefended
    assert max(lifted) <= 2, lifted
    # Nor can they bury products by pushing them: the twenty places of a product of rank 100 halve by chance.
    assert min(lifted) >= 0.4, lifted
    assert np.mean(lifted) >= 0.8, lifted
    assert min(ndcg) >= 0.99, ndcg


def test_on_a_clean_log_the_bounds_cost_nothing(clean: World) -> None:
    counted, aside = defended(clean.log)
    assert aside.doubted <= 0.02 * clean.n_visitors
    assert slates(clean, counted).ndcg >= 0.99 * slates(clean, clean.log).ndcg
