"""One shopper: comes for something, looks around, follows what appeals, gets tired, leaves, comes back.

The decisions of shopper k depend on the seed, on k, and on what the shop answers; on no clock and on no other
shopper.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from random import Random
from typing import Any, NamedTuple
from urllib.parse import quote

from scripts.simulate.chance import Dice
from scripts.simulate.events import EventBatch
from scripts.simulate.glance import FOLD, Glance
from scripts.simulate.memory import Memory
from scripts.simulate.shopfront import Card, Shopfront, card_of
from scripts.simulate.talk import API, Answer, Ask, EventIds, Talk, get
from scripts.simulate.tastes import Taste
from scripts.simulate.verdicts import Judge, Rivals, Verdict, clicks_on

INTENT = 1.3
PERSISTENCE = 0.6
"""How often a session goes on with what the last one was about: few people decide in one sitting."""
STRANGER_SHARE = 0.08
MEAN_PATIENCE, LEAST_PATIENCE = 9.0, 3.0
DISAPPOINTMENT = 1.5
MOST_CART_LINES = 6
LIST_LENGTH = 24
ENTRIES = (("home", 0.76), ("search", 0.14), ("category", 0.10))
ONWARD = (("home", 0.42), ("search", 0.22), ("category", 0.18), ("leave", 0.18))
ORDERS = (("popular", 0.7), ("newest", 0.15), ("price", 0.15))

Step = Callable[[], Talk["Step | None"]]


class Offer(NamedTuple):
    """A listing on a page, and the place by which the shop knows it."""

    card: Card
    position: int | None = None
    slate_id: str | None = None


class Shopper:
    """A person with a hidden taste; ``visit`` is one session."""

    def __init__(
        self,
        number: int,
        seed: int,
        front: Shopfront,
        *,
        judge: Judge | None = None,
        ids: EventIds | None = None,
    ) -> None:
        self.number = number
        self.n_sessions = 0
        self._seed, self._front, self._judge = seed, front, judge
        self._taste = Taste(seed, number, front)
        self._epoch = 0
        self._rng = Random(f"shopper {seed} {number}")
        # Apart, so that judging changes no decision.
        self._rivals = Rivals(front, Random(f"rivals {seed} {number}"))
        self._memory = Memory()
        self._events = EventBatch(ids or EventIds())
        self._intent = ""
        self._patience = 0.0
        self._n_glances = 0

    def flip(self) -> None:
        """Take over another circle's taste; what was seen is still known."""
        self._epoch += 1
        self._taste = Taste(self._seed, self.number, self._front, epoch=self._epoch)
        self._intent = ""

    def visit(self) -> Talk[None]:
        """Shop until patience runs out."""
        rng = self._rng
        self._memory.session = self.n_sessions
        if not self._intent or rng.random() >= PERSISTENCE:
            interests = self._taste.interests()
            self._intent = rng.choices(list(interests), list(interests.values()))[0]
        self._patience = LEAST_PATIENCE + rng.expovariate(1.0 / (MEAN_PATIENCE - LEAST_PATIENCE))
        is_stranger = self.n_sessions > 0 and rng.random() < STRANGER_SHARE
        step: Step | None = self._drawn(ENTRIES)
        while step is not None and self._patience > 0:
            self._patience -= 1
            talk = step()
            try:
                ask = next(talk)
                if is_stranger:
                    ask, is_stranger = _without_cookie(ask), False
                while True:
                    ask = talk.send((yield ask))
            except StopIteration as end:
                step = end.value
        yield from self._events.flush()
        self.n_sessions += 1

    def _drawn(self, choices: tuple[tuple[str, float], ...]) -> Step | None:
        names, weights = zip(*choices, strict=True)
        steps: dict[str, Step | None] = {
            "home": self._home,
            "search": self._search,
            "category": self._category,
            "leave": None,
        }
        return steps[self._rng.choices(names, weights)[0]]

    def _home(self) -> Talk[Step | None]:
        answer = yield get("/recommendations/home", action="home")
        if not answer.is_ok:
            return None
        items = [item for rail in answer.content["rails"] for item in rail["items"]]
        clicked = self._look_at("home", answer, items)
        return self._onward(clicked)

    def _search(self) -> Talk[Step | None]:
        words = self._words()
        if self._rng.random() < 0.4:
            yield get(f"/search/suggest?q={quote(words[:4].strip())}", "/search/suggest")
        path = f"/products?q={quote(words)}&limit={LIST_LENGTH}"
        answer = yield get(path, "/products (search)", action="search")
        return self._onward(self._look_through(answer))

    def _words(self) -> str:
        name = self._front.category_names.get(self._intent, self._intent)
        brands = self._taste.favourite_brands(self._intent)
        if not brands or self._rng.random() < 0.3:
            return name.lower()
        brand = brands[min(len(brands) - 1, int(self._rng.expovariate(1.2)))]
        return f"{self._front.brands_in[self._intent][brand]} {name}".lower()

    def _category(self) -> Talk[Step | None]:
        slug = quote(self._intent)
        (order,) = self._rng.choices([name for name, _ in ORDERS], [share for _, share in ORDERS])
        listing = yield get(
            f"/products?category={slug}&sort={order}&limit={LIST_LENGTH}",
            "/products (category)",
            action="category",
        )
        answer = yield get(f"/recommendations/category?category={slug}", "/recommendations/category")
        clicked = None
        if answer.is_ok:
            clicked = self._look_at("category", answer, answer.content["items"])
        return self._onward(clicked or self._look_through(listing))

    def _product(self, offer: Offer) -> Talk[Step | None]:
        product_id = offer.card.id
        detail = yield get(f"/products/{product_id}", "/products/<id>", action="product")
        if not detail.is_ok:
            return self._drawn(ONWARD)
        self._events.add("view", product_id)
        yield from self._events.flush()
        satisfaction = self._appeal(offer.card) + self._taste.closer_look(detail.content)
        self._memory.see(product_id)
        has_carted = yield from self._keep(product_id, satisfaction)
        if satisfaction < 0:
            self._patience -= DISAPPOINTMENT
        answer = yield get(f"/recommendations/similar/{product_id}", "/recommendations/similar")
        if has_carted and self._rng.random() < 0.6:
            return self._cart
        clicked = None
        if answer.is_ok:
            clicked = self._look_at("similar", answer, answer.content["items"], category=offer.card.category)
        return self._onward(clicked)

    def _keep(self, product_id: str, satisfaction: float) -> Talk[bool]:
        """Perhaps save the product, perhaps put it into the cart; say whether it is in there now."""
        chances = (self._rng.random(), self._rng.random())
        keenness = min(1.0, max(0.0, satisfaction / 4.0))
        if chances[0] < 0.28 * keenness and not self._memory.has_saved(product_id):
            answer = yield _write("PUT", f"/favorites/{product_id}", "/favorites/<id>", action="favorite")
            if answer.is_ok:
                self._memory.save(product_id)
        if chances[1] >= 0.24 * keenness or self._memory.has_in_cart(product_id):
            return False
        line = {"productId": product_id, "quantity": 1}
        answer = yield _write("POST", "/cart/lines", body=line, action="cart")
        if not answer.is_ok:
            return False
        self._memory.put_in_cart(product_id)
        for line in answer.content["lines"][:-MOST_CART_LINES]:
            yield _write("DELETE", f"/cart/lines/{line['id']}", "/cart/lines/<id>")
        return True

    def _cart(self) -> Talk[Step | None]:
        yield get("/cart", action="open cart")
        answer = yield get("/recommendations/cart")
        clicked = None
        if answer.is_ok:
            clicked = self._look_at("cart", answer, answer.content["items"])
        return self._onward(clicked)

    def _onward(self, clicked: Offer | None) -> Step | None:
        if clicked is None:
            return self._drawn(ONWARD)
        self._events.add("click", clicked.card.id, slate_id=clicked.slate_id, position=clicked.position)
        return partial(self._product, clicked)

    def _appeal(self, card: Card) -> float:
        boost = INTENT if card.category == self._intent else 0.0
        return self._taste.liking(card) + boost - self._memory.weariness(card.id)

    def _glance(self) -> Glance:
        self._n_glances += 1
        return Glance(Dice(self._seed, self.number, "glance", self._n_glances), self._appeal)

    def _look_through(self, answer: Answer) -> Offer | None:
        """Look at a plain list, which nobody chose for this shopper."""
        if not answer.is_ok:
            return None
        cards = [card_of(content) for content in answer.content["items"][:FOLD]]
        place = self._glance().first_click(cards)
        return None if place is None else Offer(cards[place])

    def _look_at(
        self, surface: str, answer: Answer, items: list[Mapping[str, Any]], *, category: str = ""
    ) -> Offer | None:
        """Look at a slate, beside it at its two rivals, and remember that it was seen."""
        slate_id = answer.content["slateId"]
        offers = [Offer(card_of(item["product"]), item["position"], slate_id) for item in items[:FOLD]]
        if not offers:
            return None
        for card, position, _ in offers:
            self._events.add("impression", card.id, slate_id=slate_id, position=position)
        cards = [offer.card for offer in offers]
        glance = self._glance()
        if self._judge is None:
            place = glance.first_click(cards)
            return None if place is None else offers[place]
        category = category or self._intent
        popular = self._rivals.popular(surface, category, self._memory.known(), len(cards))
        random = self._rivals.random(surface, category, len(cards))
        place, popular_clicked, random_clicked = clicks_on(glance, cards, popular, random)
        self._judge(
            Verdict(
                self.number,
                surface,
                answer.content["modelVersion"],
                self._epoch > 0,
                place is not None,
                popular_clicked,
                random_clicked,
            )
        )
        return None if place is None else offers[place]


def _write(
    method: str, path: str, route: str = "", *, body: dict[str, Any] | None = None, action: str | None = None
) -> Ask:
    return Ask(method, API + path, f"{method} {route or path}", body, action)


def _without_cookie(ask: Ask) -> Ask:
    return Ask(ask.method, ask.path, ask.route, ask.body, ask.action, as_stranger=True)
