"""The simulated shoppers: the same seed tells the same story, and the rival slates are judged fairly."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from scripts.simulate.chance import Dice, unit
from scripts.simulate.glance import FOLD, Glance, attention
from scripts.simulate.memory import Memory
from scripts.simulate.shopfront import Card, Shopfront, card_of
from scripts.simulate.shopper import Shopper
from scripts.simulate.talk import Answer, Ask
from scripts.simulate.tastes import Taste, circle_of
from scripts.simulate.verdicts import Verdict
from server.tests.scripts.simulated_shop import CARDS, SimulatedShop, opened_front

N_SESSIONS = 12


@pytest.fixture(scope="module")
def front() -> Shopfront:
    return opened_front()


def decisions(asked: list[Ask]) -> list[tuple[Any, ...]]:
    """What was asked, without the ids and times that make every event one of its own."""
    told = []
    for ask in asked:
        body = ask.body
        if body is not None and "events" in body:
            events = [{k: v for k, v in e.items() if k not in {"id", "occurredAt"}} for e in body["events"]]
            body = {"events": events}
        told.append((ask.method, ask.path, repr(body), ask.as_stranger))
    return told


def story(front: Shopfront, number: int, seed: int, **options: Any) -> list[tuple[Any, ...]]:
    shop, shopper = SimulatedShop(), Shopper(number, seed, front, **options)
    for _ in range(N_SESSIONS):
        shop.carry(shopper.visit())
    return decisions(shop.asked)


def test_same_seed_same_story_and_another_seed_or_number_another(front: Shopfront) -> None:
    first = story(front, 3, 7)
    assert first == story(front, 3, 7)
    assert first != story(front, 3, 8)
    assert first != story(front, 4, 7)


def test_a_story_depends_on_no_other_shopper(front: Shopfront) -> None:
    shop, others = SimulatedShop(), SimulatedShop()
    shopper, other = Shopper(3, 7, front), Shopper(5, 7, front)
    for _ in range(N_SESSIONS):
        others.carry(other.visit())
        shop.carry(shopper.visit())
    assert decisions(shop.asked) == story(front, 3, 7)


def test_judging_slates_changes_no_decision(front: Shopfront) -> None:
    verdicts: list[Verdict] = []
    assert story(front, 3, 7, judge=verdicts.append) == story(front, 3, 7)
    assert verdicts


def test_shoppers_do_everything_that_people_do(front: Shopfront) -> None:
    shop = SimulatedShop()
    for number in range(1, 41):
        shopper = Shopper(number, 7, front)
        for _ in range(3):
            shop.carry(shopper.visit())
    actions = Counter(ask.action for ask in shop.asked)
    assert {"home", "search", "category", "product", "favorite", "cart", "open cart"} <= set(actions)
    assert any(ask.as_stranger for ask in shop.asked)
    events = [event for ask in shop.asked if ask.body for event in ask.body.get("events", ())]
    kinds = Counter(event["type"] for event in events)
    assert set(kinds) == {"impression", "click", "view"}
    assert len({event["id"] for event in events}) == len(events)
    assert all("slateId" in event for event in events if event["type"] == "impression")
    # Clicks that came from a slate say which, and where in it; clicks in plain lists do not.
    from_slates = [event for event in events if event["type"] == "click" and "slateId" in event]
    assert 0 < len(from_slates) < kinds["click"]
    assert all(event["position"] is not None for event in from_slates)


def test_the_popular_slate_served_is_clicked_exactly_as_its_rival(front: Shopfront) -> None:
    """Served and popular are the same listings here, so the same eyes must do the same."""
    verdicts: list[Verdict] = []
    popular = [c for c in CARDS if c["id"] in {card.id for card in front.popular}]
    for number in range(1, 60):
        shopper = Shopper(number, 7, front, judge=verdicts.append)
        SimulatedShop(lambda _: popular[:FOLD]).carry(shopper.visit())
    first = {v.shopper: v for v in reversed(verdicts)}.values()
    first_homes = [v for v in first if v.surface == "home"]
    assert any(v.served for v in first_homes)
    assert any(not v.served for v in first_homes)
    # Who has not opened a product yet knows nothing that the rival would leave out.
    assert all(v.served == v.popular for v in first_homes)


def test_what_a_shopper_likes_is_clicked_more_than_random(front: Shopfront) -> None:
    verdicts: list[Verdict] = []
    for number in range(1, 80):
        taste = Taste(7, number, front)
        best = sorted(CARDS, key=lambda c: -taste.liking(card_of(c)))
        shopper = Shopper(number, 7, front, judge=verdicts.append)
        SimulatedShop(lambda _, best=best: best[:24]).carry(shopper.visit())  # type: ignore[misc]
    homes = [v for v in verdicts if v.surface == "home"]
    assert sum(v.served for v in homes) > 1.5 * sum(v.random for v in homes)


def test_a_flip_gives_everybody_another_circle_and_other_wishes(front: Shopfront) -> None:
    for number in range(1, 50):
        assert circle_of(7, number, 0) != circle_of(7, number, 1)
    before, after = Taste(7, 1, front), Taste(7, 1, front, epoch=1)
    assert [before.liking(c) for c in front.listings] != [after.liking(c) for c in front.listings]
    shopper, shop = Shopper(1, 7, front), SimulatedShop()
    shopper.flip()
    shop.carry(shopper.visit())
    assert decisions(shop.asked) != story(front, 1, 7)[: len(shop.asked)]


def test_a_place_further_down_is_looked_at_less() -> None:
    cards = [Card(str(number), "phones", "corvid", "new", 100.0) for number in range(FOLD)]
    clicks = Counter(
        Glance(Dice("position", visit), lambda _: 5.0).first_click(cards) for visit in range(4_000)
    )
    assert clicks[0] > clicks[3] > clicks[11]
    assert attention(0) > attention(5) > attention(11)


def test_one_look_is_the_same_whatever_else_it_is_put_before() -> None:
    alone = Card("7", "phones", "corvid", "new", 100.0)
    for visit in range(200):
        glance = Glance(Dice("look", visit), lambda card: 6.0 if card.id == "7" else -50.0)
        dull = [Card(str(number), "phones", "corvid", "new", 1.0) for number in range(20, 26)]
        assert glance.first_click([alone]) == glance.first_click([alone, *dull])


def test_what_was_seen_tires_and_what_is_in_the_cart_is_done() -> None:
    memory = Memory()
    assert memory.weariness("1") == 0
    memory.see("1")
    fresh = memory.weariness("1")
    memory.session += 5
    assert 0 < memory.weariness("1") < fresh
    memory.put_in_cart("1")
    assert memory.weariness("1") > fresh
    assert memory.known() == {"1"}


def test_a_shop_that_fails_ends_the_session_and_not_the_shopper(front: Shopfront) -> None:
    class Broken(SimulatedShop):
        def answer(self, ask: Ask) -> Answer:
            return Answer(0 if "home" in ask.path else 500)

    shop, shopper = Broken(), Shopper(2, 7, front)
    for _ in range(5):
        shop.carry(shopper.visit())
    assert shopper.n_sessions == 5


def test_named_chance_is_uniform() -> None:
    drawn = [unit("uniform", number) for number in range(5_000)]
    assert 0.48 < sum(drawn) / len(drawn) < 0.52
    assert all(0 < value < 1 for value in drawn)
