"""Listings: a model in one variant and one grade, offered by a store at a price, some number of times.

A blueprint holds all text of a listing. Small catalogues have one blueprint per listing; large ones offer a
blueprint in many stores, so that a million rows need tens of thousands of texts and stay flat in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scripts.seed.category import Attribute, Scalar
from scripts.seed.descriptions import description_of, stated, title_of
from scripts.seed.models import Model
from scripts.seed.stores import STORES, Store
from scripts.seed.wear import GRADES, WearMark, make_wear

GRADE_PRICE = {"new": 1.0, "excellent": 0.84, "good": 0.71, "fair": 0.56}
GRADE_SHARES = (0.16, 0.32, 0.33, 0.19)
VARIANT_PRICE_STEP = 1.11
BATTERY_RANGE = {"new": (100, 100), "excellent": (90, 98), "good": (82, 92), "fair": (71, 84)}
SHUTTER_PER_YEAR = {"new": 0, "excellent": 1200, "good": 4200, "fair": 9500}
OLDEST_LISTING_DAYS = 150.0
ALL_OWN_TEXT = 4000
LISTINGS_PER_TEXT = 8
MOST_TEXTS = 40_000
LISTINGS_PER_MODEL = 3.0


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Everything about a listing but who offers it, when, and how many there are."""

    model_position: int
    grade: str
    title: str
    description: str
    attributes: dict[str, str]
    wear: list[WearMark]
    price_minor: int


@dataclass(frozen=True, slots=True)
class Listings:
    """A chunk of listings as columns; positions point into blueprints, models and stores."""

    blueprint: NDArray[np.int32]
    model: NDArray[np.int32]
    store: NDArray[np.int16]
    price_minor: NDArray[np.int64]
    stock: NDArray[np.int32]
    age_days: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.blueprint)


def n_blueprints_for(n_products: int) -> int:
    """How many texts a catalogue of this size gets."""
    if n_products <= ALL_OWN_TEXT:
        return n_products
    return max(ALL_OWN_TEXT, min(n_products // LISTINGS_PER_TEXT, MOST_TEXTS))


def n_models_for(n_products: int) -> int:
    """How many models a catalogue of this size gets: about three listings each, so that grades compare."""
    return max(1, round(n_blueprints_for(n_products) / LISTINGS_PER_MODEL))


def make_blueprints(models: list[Model], n_blueprints: int, rng: np.random.Generator) -> list[Blueprint]:
    """Spread the texts over the models: recent models are offered more often, grades of a model differ."""
    appeal = np.array([1.0 / (1.0 + 0.35 * model.age_years) for model in models])
    counts = 1 + rng.multinomial(max(n_blueprints - len(models), 0), appeal / appeal.sum())
    blueprints = [
        blueprint
        for position, model in enumerate(models)
        for blueprint in _blueprints_of(position, model, int(counts[position]), rng)
    ]
    return blueprints[:n_blueprints]


def _blueprints_of(position: int, model: Model, count: int, rng: np.random.Generator) -> Iterator[Blueprint]:
    grades: list[str] = []
    while len(grades) < count:
        drawn = rng.choice(
            len(GRADES), size=min(len(GRADES), count - len(grades)), replace=False, p=GRADE_SHARES
        )
        grades += [GRADES[index] for index in drawn]
    for grade in grades:
        yield _blueprint(position, model, grade, rng)


def _blueprint(position: int, model: Model, grade: str, rng: np.random.Generator) -> Blueprint:
    values, variant_steps = _values(model, grade, rng)
    marks = make_wear(model, grade, rng)
    return Blueprint(
        model_position=position,
        grade=grade,
        title=title_of(model, values),
        description=description_of(model, grade, values, marks, rng),
        attributes={a.key: stated(a, values[a.key]) for a in model.category.attributes},
        wear=marks,
        price_minor=price_minor(model, grade, variant_steps),
    )


def price_minor(model: Model, grade: str, variant_steps: int = 0) -> int:
    """Price of a listing before the store's own factor: new price, less age, less wear."""
    loss = model.category.yearly_loss * (0.8 if grade == "new" else 1.0)
    value = model.new_price_minor * (1 - loss) ** model.age_years
    return max(500, int(value * GRADE_PRICE[grade] * VARIANT_PRICE_STEP**variant_steps))


def _values(model: Model, grade: str, rng: np.random.Generator) -> tuple[dict[str, Scalar], int]:
    """The attributes of one listing in the category's order, and how far the variant is from plain."""
    rungs = {attribute.key: rung for attribute, rung in model.rungs}
    steps = 0
    values: dict[str, Scalar] = {}
    for attribute in model.category.attributes:
        if not attribute.ladder:
            values[attribute.key] = _measured(attribute, model, grade, rng)
            continue
        rung = rungs[attribute.key]
        if attribute.is_variant:
            moved = int(np.clip(rung + rng.integers(-1, 2), 0, len(attribute.ladder) - 1))
            steps, rung = (moved - rung if attribute.unit == "GB" else 0), moved
        values[attribute.key] = attribute.ladder[rung]
    return values, steps


def _measured(attribute: Attribute, model: Model, grade: str, rng: np.random.Generator) -> Scalar:
    if attribute.key == "battery_health":
        low, high = BATTERY_RANGE[grade]
        return int(rng.integers(low, high + 1))
    if attribute.key == "shutter_count":
        return round(SHUTTER_PER_YEAR[grade] * model.age_years * float(rng.uniform(0.5, 1.5)) / 10) * 10
    if attribute.key == "release_year":
        return model.release_year
    return model.drawing.finish


class ListingMaker:
    """Offers blueprints in stores, chunk by chunk; the same seed gives the same chunks."""

    def __init__(self, models: list[Model], blueprints: list[Blueprint], rng: np.random.Generator) -> None:
        self._rng = rng
        self._model = np.array([b.model_position for b in blueprints], dtype=np.int32)
        self._price = np.array([b.price_minor for b in blueprints], dtype=np.float64)
        self._is_new = np.array([b.grade == "new" for b in blueprints])
        self._factors = np.array([store.price_factor for store in STORES])
        self._store_shares = np.cumsum(_store_shares(models, blueprints), axis=1)

    def chunks(self, n_products: int, chunk_size: int) -> Iterator[Listings]:
        """Yield listings; every blueprint is offered once before any is offered again."""
        n_blueprints = len(self._model)
        for start in range(0, n_products, chunk_size):
            stop = min(start + chunk_size, n_products)
            yield self._offer(np.arange(start, stop, dtype=np.int64) % n_blueprints)

    def _offer(self, blueprint: NDArray[np.int64]) -> Listings:
        n = len(blueprint)
        drawn = self._rng.random((n, 1))
        store = (drawn > self._store_shares[blueprint]).sum(axis=1).clip(max=len(STORES) - 1)
        noise = np.exp(self._rng.normal(0, 0.015, n))
        price = _tidy(self._price[blueprint] * self._factors[store] ** 0.5 * noise)
        second_hand = 1 + self._rng.choice(4, size=n, p=(0.68, 0.2, 0.09, 0.03))
        second_hand[self._rng.random(n) < 0.02] = 0
        new = self._rng.integers(4, 26, n)
        return Listings(
            blueprint=blueprint.astype(np.int32),
            model=self._model[blueprint],
            store=store.astype(np.int16),
            price_minor=price,
            stock=np.where(self._is_new[blueprint], new, second_hand).astype(np.int32),
            age_days=OLDEST_LISTING_DAYS * self._rng.random(n) ** 1.3,
        )


def _tidy(price_minor: NDArray[np.float64]) -> NDArray[np.int64]:
    """Prices as people write them: half euros when small, whole euros ending in 9 or 4 when large."""
    small = np.round(price_minor / 50) * 50
    large = np.round((price_minor + 100) / 500) * 500 - 100
    return np.maximum(np.where(price_minor < 6000, small, large), 450).astype(np.int64)


def _store_shares(models: list[Model], blueprints: list[Blueprint]) -> NDArray[np.float64]:
    """Chance of each store to offer each blueprint: by its size, its favourite categories and its grades."""
    by_kind: dict[tuple[str, str], NDArray[np.float64]] = {}
    rows = []
    for blueprint in blueprints:
        slug = models[blueprint.model_position].category.slug
        kind = (slug, blueprint.grade)
        if kind not in by_kind:
            grade = GRADES.index(blueprint.grade)
            weights = np.array(
                [store.size * _keenness(store, slug) * store.grade_weights[grade] for store in STORES]
            )
            by_kind[kind] = weights / weights.sum()
        rows.append(by_kind[kind])
    return np.array(rows)


def _keenness(store: Store, category_slug: str) -> float:
    if not store.favourites:
        return 2.5
    return 6.0 if category_slug in store.favourites else 0.5
