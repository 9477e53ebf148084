"""What followed what is counted once per visitor, within bounds, and not one moment longer than it may be."""

from __future__ import annotations

import uuid

import pytest

from recs import Event
from server.features.interactions.domain import WEIGHTS, Interaction
from server.features.interactions.ledger import GRACE_MS
from server.features.interactions.overlay import Overlay
from server.features.interactions.profiles import NO_PROFILE
from server.features.interactions.spread import Spread
from server.features.interactions.transitions import MAX_STEPS_PER_VISITOR, Transitions

NOW_MS = 1_795_132_800_000
MINUTE_MS = 60_000


def did(product_id: int, *, at_ms: int, event: Event = Event.VIEW) -> Interaction:
    return Interaction(str(uuid.uuid4()), product_id, int(event), WEIGHTS[event], at_ms)


def overlay_at(now_ms: int = NOW_MS) -> Overlay:
    return Overlay(now_ms=lambda: now_ms)


def walk(overlay: Overlay, visitor_id: int, *product_ids: int, from_ms: int = NOW_MS + 2 * GRACE_MS) -> None:
    for place, product_id in enumerate(product_ids):
        overlay.apply(visitor_id, [did(product_id, at_ms=from_ms + place)])


def after(overlay: Overlay, product_id: int) -> dict[int, int]:
    followers, total = overlay.transitions.followers(product_id)
    assert total == sum(followers.values())
    return dict(followers)


def test_a_visitor_counts_once_per_pair_and_in_one_direction() -> None:
    overlay = overlay_at()
    walk(overlay, 1, 7, 8, 7, 8, 8, 9)
    walk(overlay, 2, 7, 8)
    assert after(overlay, 7) == {8: 2}
    assert after(overlay, 8) == {7: 1, 9: 1}
    assert after(overlay, 9) == {}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (did(7, at_ms=NOW_MS, event=Event.IMPRESSION), did(8, at_ms=NOW_MS)),
        (did(7, at_ms=NOW_MS), did(8, at_ms=NOW_MS, event=Event.IMPRESSION)),
        (did(7, at_ms=NOW_MS, event=Event.DISMISS), did(8, at_ms=NOW_MS)),
        (did(7, at_ms=NOW_MS), did(8, at_ms=NOW_MS, event=Event.DISMISS)),
        (did(7, at_ms=NOW_MS), did(8, at_ms=NOW_MS + 31 * MINUTE_MS)),
        (did(7, at_ms=NOW_MS), did(8, at_ms=NOW_MS - 1)),
    ],
)
def test_what_was_shown_turned_down_or_long_ago_leads_nowhere(
    first: Interaction, second: Interaction
) -> None:
    overlay = overlay_at()
    overlay.apply(1, [first, second])
    assert len(overlay.transitions) == 0
    overlay.apply(2, [did(7, at_ms=NOW_MS), did(8, at_ms=NOW_MS + 29 * MINUTE_MS, event=Event.PURCHASE)])
    assert after(overlay, 7) == {8: 1}


def test_forgotten_steps_are_gone_and_stay_away_but_new_ones_count() -> None:
    overlay = overlay_at()
    walk(overlay, 1, 7, 8)
    walk(overlay, 2, 7, 8)
    overlay.suspect(1)
    assert after(overlay, 7) == {8: 1}
    # What another worker accepted before, or just after, and sends only now.
    walk(overlay, 1, 7, 8, from_ms=NOW_MS - 5)
    walk(overlay, 1, 7, 8, from_ms=NOW_MS + GRACE_MS - 5)
    assert after(overlay, 7) == {8: 1}
    walk(overlay, 1, 7, 8, from_ms=NOW_MS + GRACE_MS + 1)
    assert after(overlay, 7) == {8: 2}


def test_what_was_left_before_it_was_forgotten_leads_nowhere() -> None:
    overlay = overlay_at()
    overlay.apply(1, [did(7, at_ms=NOW_MS - 10)])
    overlay.suspect(1)
    overlay.apply(1, [did(8, at_ms=NOW_MS + 2 * GRACE_MS)])
    assert len(overlay.transitions) == 0


def test_a_guest_who_logs_in_is_one_visitor_and_can_forget_as_one() -> None:
    overlay = overlay_at()
    walk(overlay, 1, 7, 8)
    walk(overlay, 2, 7, 8)
    overlay.merge(1, 2)
    assert after(overlay, 7) == {8: 1}
    # Still on its way here as the guest's.
    walk(overlay, 1, 5, 6, from_ms=NOW_MS + 3 * GRACE_MS)
    assert after(overlay, 5) == {6: 1}
    overlay.suspect(2)
    assert len(overlay.transitions) == 0


def test_a_guest_forgets_then_logs_in_and_nothing_comes_back() -> None:
    overlay = overlay_at()
    overlay.suspect(1)
    overlay.merge(1, 2)
    walk(overlay, 1, 7, 8, from_ms=NOW_MS - 5)
    assert len(overlay.transitions) == 0


def test_what_the_model_has_learned_is_counted_no_more() -> None:
    overlay = overlay_at()
    walk(overlay, 1, 7, 8, 9, from_ms=NOW_MS)
    overlay.transitions.learned_until(NOW_MS + 1)
    assert after(overlay, 7) == {}
    assert after(overlay, 8) == {9: 1}
    walk(overlay, 2, 7, 8, from_ms=NOW_MS)
    assert after(overlay, 7) == {}


def test_after_a_gap_nothing_is_trusted() -> None:
    overlay = overlay_at()
    walk(overlay, 1, 7, 8)
    overlay.forget()
    assert len(overlay.transitions) == 0
    assert after(overlay, 7) == {}


def test_memory_is_bounded_and_the_least_recent_go_first() -> None:
    steps = Transitions(max_steps=100)
    for number in range(3 * MAX_STEPS_PER_VISITOR):
        steps.note(1, (number, number + 1), left_ms=NOW_MS, occurred_ms=NOW_MS)
    assert len(steps) == MAX_STEPS_PER_VISITOR
    assert steps.followers(0) == ({}, 0)
    assert steps.followers(3 * MAX_STEPS_PER_VISITOR - 1)[1] == 1
    for visitor_id in range(2, 102):
        steps.note(visitor_id, (7, 8), left_ms=NOW_MS, occurred_ms=NOW_MS)
        assert len(steps) <= 100
    assert steps.followers(7) == ({8: 100}, 100)
    assert steps.followers(3 * MAX_STEPS_PER_VISITOR - 1) == ({}, 0)
    assert len(steps._followers) == len(steps._totals) == 1


def test_the_others_hear_of_steps_as_they_hear_of_interactions() -> None:
    here, there = overlay_at(), overlay_at()
    spread, other = Spread(None, here), Spread(None, there)  # type: ignore[arg-type]  # nothing is sent
    for visitor_id in (1, 2):
        there.load(visitor_id, [], [], NO_PROFILE)
        spread.events(visitor_id, [did(7, at_ms=NOW_MS), did(8, at_ms=NOW_MS + 1)])
    for payload in spread._payloads(spread._waiting):
        other.receive(payload)
    assert after(there, 7) == {8: 2}
