"""What is counted since the fit counts as training will count it, and not of who does not want it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from recs import Event
from server.features.interactions.counts import DAY_MS, MAX_COUNTS_PER_VISITOR, Counts
from server.features.interactions.ledger import GRACE_MS
from server.features.interactions.overlay import Done, Overlay
from server.features.recommendations.defence import defended
from server.tests.features.interactions.test_transitions import did
from server.tests.support.shilling import table

# Noon: what happens within the hours around is of one day.
NOW_MS = 1_795_132_800_000 + DAY_MS // 2
HOUR_S = 3_600.0
HALF_LIVES_S = (24 * HOUR_S, 14 * 24 * HOUR_S)
KINDS = (Event.VIEW, Event.CLICK, Event.FAVORITE, Event.CART_ADD, Event.PURCHASE, Event.DISMISS)


def counted(counts: Counts, *, least_visitors: int = 1, since_s: float = 0.0) -> dict[int, list[float]]:
    """Return what each product counts by each half-life."""
    product_ids, weights = counts.totals(
        HALF_LIVES_S, since_s=since_s, now_s=NOW_MS / 1e3, least_visitors=least_visitors
    )
    return dict(zip(product_ids.tolist(), np.transpose(weights).tolist(), strict=True))


def about(weights: dict[int, list[float]]) -> dict[int, Any]:
    return {product_id: pytest.approx(each) for product_id, each in weights.items()}


def overlay_now() -> Overlay:
    return Overlay(now_ms=lambda: NOW_MS)


def look(overlay: Overlay, visitor_id: int, product_id: int, at_ms: int = NOW_MS) -> None:
    overlay.apply(visitor_id, [did(product_id, at_ms=at_ms)])


@pytest.mark.parametrize("seed", range(3))
def test_it_counts_what_training_counts(seed: int) -> None:
    rng = np.random.default_rng(seed)
    times_ms = np.sort(rng.integers(NOW_MS - 3 * DAY_MS, NOW_MS, 600))
    rows = [
        (int(rng.integers(1, 9)), int(rng.integers(1, 12)), int(rng.choice(KINDS)), int(ms))
        for ms in times_ms
    ]
    overlay = overlay_now()
    for visitor_id, product_id, event, ms in rows:
        overlay.apply(visitor_id, [did(product_id, at_ms=ms, event=Event(event))])
    trained, aside = defended(table([(who, what, ms / 1e3, event) for who, what, event, ms in rows]))
    assert aside.repeated > 50
    trained = trained[trained["weight"] > 0]
    ages_s = NOW_MS / 1e3 - trained["timestamp"].to_numpy()
    expected = {
        product_id: [
            float(
                (trained["weight"] * np.exp2(-ages_s / half_life_s))[trained["item_id"] == product_id].sum()
            )
            for half_life_s in HALF_LIVES_S
        ]
        for product_id in sorted(set(trained["item_id"].tolist()))
    }
    found = counted(overlay.counts)
    assert found.keys() == expected.keys()
    for product_id, weights in expected.items():
        assert found[product_id] == pytest.approx(weights, rel=1e-6)


def test_one_visitor_is_one_visitor_however_often_they_come() -> None:
    overlay = overlay_now()
    for n in range(100):
        look(overlay, 1, 7, NOW_MS - n)
    look(overlay, 2, 7)
    assert counted(overlay.counts)[7] == pytest.approx([2.0, 2.0])
    assert counted(overlay.counts, least_visitors=3) == {}
    look(overlay, 3, 7)
    assert counted(overlay.counts, least_visitors=3)[7] == pytest.approx([3.0, 3.0])


def test_impressions_and_what_is_turned_down_count_nothing() -> None:
    overlay = overlay_now()
    for event in (Event.IMPRESSION, Event.DISMISS):
        overlay.apply(1, [did(7, at_ms=NOW_MS, event=event)])
    assert len(overlay.counts) == 0


def test_memory_is_bounded_per_visitor_and_in_all_and_slots_are_used_again() -> None:
    counts = Counts(max_counts=150)
    for product_id in range(3 * MAX_COUNTS_PER_VISITOR):
        counts.note(1, product_id, int(Event.VIEW), NOW_MS)
    assert len(counts) == len(counted(counts)) == MAX_COUNTS_PER_VISITOR
    assert min(counted(counts)) == 2 * MAX_COUNTS_PER_VISITOR
    for visitor_id in range(2, 500):
        counts.note(visitor_id, 7, int(Event.VIEW), NOW_MS)
        assert len(counts) <= 150
    assert counted(counts) == {7: pytest.approx([150.0, 150.0])}
    assert len(counts._product_ids) == 151


def test_what_a_model_knows_is_not_counted_for_it() -> None:
    overlay = overlay_now()
    look(overlay, 1, 7, NOW_MS - 10)
    look(overlay, 2, 8, NOW_MS)
    assert counted(overlay.counts, since_s=(NOW_MS - 5) / 1e3).keys() == {8}
    revision = overlay.counts.revision
    overlay.learned_until(NOW_MS - 5)
    assert counted(overlay.counts).keys() == {8}
    assert overlay.counts.revision != revision
    look(overlay, 3, 7, NOW_MS - 10)
    assert counted(overlay.counts).keys() == {8}


@pytest.mark.parametrize("learned", [0, 3, 90, 100])
def test_a_model_takes_out_what_it_knows_however_much_that_is(learned: int) -> None:
    overlay, expected = overlay_now(), overlay_now()
    for n in range(100):
        look(overlay, n, n % 7, NOW_MS + n)
        if n >= learned:
            look(expected, n, n % 7, NOW_MS + n)
    revision = overlay.counts.revision
    overlay.learned_until(NOW_MS + learned - 1)
    assert counted(overlay.counts) == about(counted(expected.counts))
    assert (overlay.counts.revision != revision) == (learned > 0)
    for each in (overlay, expected):
        for n in range(100, 250):
            look(each, n, n % 5, NOW_MS + n)
    assert counted(overlay.counts) == about(counted(expected.counts))


def test_what_is_forgotten_is_out_and_stays_out_but_what_the_log_kept_comes_back() -> None:
    overlay = overlay_now()
    doubted: list[int] = []
    overlay.on_doubt = doubted.append
    look(overlay, 1, 7)
    look(overlay, 2, 7)
    overlay.suspect(1)
    assert doubted == [1]
    look(overlay, 1, 7, NOW_MS + GRACE_MS - 1)
    assert counted(overlay.counts)[7] == pytest.approx([1.0, 1.0])
    kept: list[Done] = [(7, int(Event.VIEW), NOW_MS - 10), (8, int(Event.VIEW), NOW_MS - 5)]
    overlay.replay(1, kept)
    overlay.replay(1, kept)
    assert counted(overlay.counts).keys() == {7, 8}
    assert overlay.transitions.followers(7) == ({8: 1}, 1)
    look(overlay, 1, 9, NOW_MS + GRACE_MS - 1)
    assert counted(overlay.counts).keys() == {7, 8}


def test_who_paused_counts_for_nobody() -> None:
    overlay = overlay_now()
    overlay.uncounted.paused.add(1)
    for product_id in (7, 8):
        look(overlay, 1, product_id)
    overlay.replay(1, [(7, int(Event.VIEW), NOW_MS), (8, int(Event.VIEW), NOW_MS)])
    assert len(overlay.counts) == len(overlay.transitions) == 0


def test_owners_count_everywhere_but_at_their_own_listings() -> None:
    overlay = overlay_now()
    overlay.uncounted.is_own = lambda visitor_id, product_id: (visitor_id, product_id) == (1, 7)
    for visitor_id in (1, 5):
        for product_id in (7, 8, 9):
            look(overlay, visitor_id, product_id)
    assert {product_id: round(weights[0]) for product_id, weights in counted(overlay.counts).items()} == {
        7: 1,
        8: 2,
        9: 2,
    }
    assert overlay.transitions.followers(7) == ({8: 1}, 1)
    # The guest turns out to be the owner.
    overlay.merge(5, 1)
    assert counted(overlay.counts).keys() == {8, 9}
    assert overlay.transitions.followers(7) == ({}, 0)
    assert overlay.transitions.followers(8) == ({9: 1}, 1)


def test_what_is_replayed_is_gone_on_from() -> None:
    overlay = overlay_now()
    view = int(Event.VIEW)
    overlay.replay(1, [(7, view, NOW_MS - 1_000)])
    look(overlay, 1, 8)
    assert overlay.transitions.followers(7) == ({8: 1}, 1)
    assert overlay.load(1, [(7, view, 1.0, NOW_MS / 1e3 - 1)], []).product_ids.tolist() == [7, 8]
    # From long ago one goes on to nothing, and what is here already is not put behind.
    overlay.replay(2, [(7, view, NOW_MS - 2 * int(HOUR_S * 1e3))])
    assert len(overlay.known_part(2).product_ids) == 0
    look(overlay, 2, 8)
    overlay.replay(2, [(9, view, NOW_MS - 5)])
    look(overlay, 2, 10)
    assert overlay.transitions.followers(7) == ({8: 1}, 1)
    assert overlay.transitions.followers(8) == ({10: 1}, 1)
