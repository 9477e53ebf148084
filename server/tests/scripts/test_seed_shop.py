"""The simulated shop itself, without a database: believable, consistent, the same for the same seed."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from scripts.seed.categories import CATEGORIES
from scripts.seed.history import CART_ADD, CLICK, DAY_S, FAVORITE, PURCHASE, VIEW, History, simulate_history
from scripts.seed.listings import Listings, price_minor
from scripts.seed.shelf import arrange
from scripts.seed.shop import Catalogue, Plan, count, make_catalogue, make_listing_maker, random_stream
from scripts.seed.shoppers import make_shoppers
from scripts.seed.stores import STORES
from scripts.seed.wear import GRADES, WearMark
from server.features.catalog.domain import POPULARITY_HALF_LIFE, half_lives_since_epoch
from server.features.catalog.drawings import CANVAS
from server.tests.features.catalog.svg_paths import flatten
from server.tests.features.catalog.svg_raster import inside

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PLAN = Plan(as_of=NOW)
SPLIT_S = 48 * DAY_S


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return make_catalogue(PLAN)


@pytest.fixture(scope="module")
def listings(catalogue: Catalogue) -> Listings:
    return next(make_listing_maker(PLAN, catalogue).chunks(PLAN.n_products, PLAN.n_products))


def simulate(plan: Plan) -> History:
    catalogue = make_catalogue(plan)
    listings = next(make_listing_maker(plan, catalogue).chunks(plan.n_products, plan.n_products))
    shelf = arrange(catalogue.models, catalogue.blueprints, listings, plan.n_days, random_stream(plan, 3))
    shoppers = make_shoppers(plan.n_shoppers, plan.n_days, random_stream(plan, 4))
    return simulate_history(shelf, shoppers, plan.n_days, plan.starts_at.weekday(), random_stream(plan, 5))


@pytest.fixture(scope="module")
def history() -> History:
    return simulate(PLAN)


def test_same_seed_same_shop_and_another_seed_another(history: History, catalogue: Catalogue) -> None:
    again = simulate(PLAN)
    assert np.array_equal(history.item, again.item)
    assert np.array_equal(history.occurred_s, again.occurred_s)
    assert make_catalogue(PLAN).blueprints == catalogue.blueprints
    other = make_catalogue(Plan(as_of=NOW, seed=8))
    assert [b.title for b in other.blueprints] != [b.title for b in catalogue.blueprints]


def test_every_category_and_store_has_something_to_sell(catalogue: Catalogue, listings: Listings) -> None:
    sold = {catalogue.models[position].category.slug for position in listings.model.tolist()}
    assert sold == {category.slug for category in CATEGORIES}
    assert len(CATEGORIES) == 14
    assert np.bincount(listings.store, minlength=len(STORES)).min() >= 50
    assert len(listings) == 1200


def test_prices_fall_with_wear_and_age(catalogue: Catalogue) -> None:
    for model in catalogue.models:
        by_grade = [price_minor(model, grade) for grade in GRADES]
        assert all(worse < better for better, worse in pairwise(by_grade)), model.name
    series = defaultdict(list)
    for model in catalogue.models:
        resale = price_minor(model, "good") / model.new_price_minor
        series[model.category.slug].append((model.age_years, resale))
    for slug, points in series.items():
        ages, shares = np.array(points).T
        assert np.corrcoef(ages, shares)[0, 1] < -0.95, slug


def test_wear_agrees_with_the_grade(catalogue: Catalogue) -> None:
    marks = defaultdict(list)
    for text in catalogue.blueprints:
        marks[text.grade].append(len(text.wear))
        assert all(mark["place"] in mark["detail"] for mark in text.wear)
    means = [float(np.mean(marks[grade])) for grade in GRADES]
    assert means[0] == 0
    assert all(less < more for less, more in pairwise(means))
    kinds = {mark["kind"] for text in catalogue.blueprints if text.grade == "excellent" for mark in text.wear}
    assert kinds <= {"hairline", "shine"}


def test_wear_marks_hit_the_silhouette(catalogue: Catalogue) -> None:
    hits = [
        bool(inside(flatten(catalogue.models[text.model_position].drawing.silhouette), _spot(mark))[0])
        for text in catalogue.blueprints
        for mark in text.wear
    ]
    assert np.mean(hits) > 0.97


def _spot(mark: WearMark) -> NDArray[np.float64]:
    return np.array([[mark["x"], mark["y"]]]) * CANVAS


def test_attributes_depend_on_the_device(catalogue: Catalogue) -> None:
    health = defaultdict(list)
    for text in catalogue.blueprints:
        model = catalogue.models[text.model_position]
        assert list(text.attributes) == [attribute.key for attribute in model.category.attributes]
        assert text.attributes["colour"] == model.drawing.finish
        assert text.attributes["release_year"] == str(model.release_year)
        if "battery_health" in text.attributes:
            health[text.grade].append(int(text.attributes["battery_health"].removesuffix("%")))
    assert set(health["new"]) == {100}
    assert np.mean(health["excellent"]) > np.mean(health["good"]) > np.mean(health["fair"]) > 70
    phones = [model for model in catalogue.models if model.category.slug == "phones"]
    memory = np.array([model.values["memory"] for model in phones], dtype=float)
    assert np.corrcoef(memory, [model.quality for model in phones])[0, 1] > 0.4


def test_models_are_listed_in_several_grades(catalogue: Catalogue) -> None:
    grades = defaultdict(set)
    for text in catalogue.blueprints:
        grades[text.model_position].add(text.grade)
    assert sum(len(of_model) >= 2 for of_model in grades.values()) > len(catalogue.models) / 2


def test_texts_keep_the_voice(catalogue: Catalogue) -> None:
    for text in catalogue.blueprints:
        assert "!" not in text.title + text.description
        assert text.description[0].isupper()
        assert text.description.endswith(".")
        assert "  " not in text.description
        assert "tested" not in text.description
    assert len({text.description for text in catalogue.blueprints}) > 0.98 * len(catalogue.blueprints)


def test_second_hand_is_scarce_and_new_is_not(catalogue: Catalogue, listings: Listings) -> None:
    is_new = np.array([text.grade == "new" for text in catalogue.blueprints])[listings.blueprint]
    assert listings.stock[is_new].min() >= 4
    assert np.mean(listings.stock[~is_new] <= 3) > 0.9
    assert 0 < np.mean(listings.stock == 0) < 0.05


def test_rates_are_those_of_a_shop(history: History) -> None:
    counts = {
        kind: int((history.event_type == kind).sum()) for kind in (VIEW, CLICK, FAVORITE, CART_ADD, PURCHASE)
    }
    assert 20_000 < len(history) < 60_000
    assert 0.3 < counts[CLICK] / counts[VIEW] < 0.8
    assert 0.03 < counts[FAVORITE] / counts[VIEW] < 0.12
    assert 0.04 < counts[CART_ADD] / counts[VIEW] < 0.14
    assert 0.25 < counts[PURCHASE] / counts[CART_ADD] < 0.55


def test_history_is_ordered_complete_and_within_its_days(history: History, listings: Listings) -> None:
    assert (np.diff(history.occurred_s) >= 0).all()
    assert history.occurred_s[0] >= 0
    assert history.occurred_s[-1] < PLAN.n_days * DAY_S
    assert (history.position[history.event_type != CLICK] == -1).all()
    assert (history.position[history.event_type == CLICK] >= 0).all()
    assert set(history.shopper[: len(history)]) <= set(range(300))
    assert (history.shopper == 0).sum() > 100, "the demo shopper has a past"
    listed_s = (PLAN.n_days - listings.age_days[history.item]) * DAY_S
    assert (history.occurred_s >= listed_s).all(), "nobody sees what is not listed yet"


def test_weekends_are_busier(history: History) -> None:
    weekdays = (PLAN.starts_at.weekday() + (history.occurred_s // DAY_S).astype(int)) % 7
    per_day = np.bincount(weekdays, minlength=7)
    assert per_day[5:].mean() > 1.15 * per_day[:5].mean()


def test_the_past_of_a_shopper_predicts_better_than_popularity(history: History) -> None:
    """Cosine item-kNN on the first 48 days against decayed popularity, recall at 10 on the rest."""
    train = history.occurred_s < SPLIT_S
    user_items = np.zeros((300, 1200))
    np.add.at(user_items, (history.shopper[train], history.item[train]), 1.0)
    user_items = np.log1p(user_items)
    norms = np.sqrt((user_items**2).sum(axis=0))
    similar = (user_items.T @ user_items) / (np.outer(norms, norms) + 5)
    np.fill_diagonal(similar, 0)
    popular = np.zeros(1200)
    np.add.at(popular, history.item[train], np.exp2((history.occurred_s[train] - SPLIT_S) / (7 * DAY_S)))
    recalls = {"knn": [0.0], "popular": [0.0]}
    for shopper in range(300):
        later = set(history.item[~train & (history.shopper == shopper)].tolist())
        later -= set(np.flatnonzero(user_items[shopper]).tolist())
        if not later or not user_items[shopper].any():
            continue
        for name, scores in (("knn", user_items[shopper] @ similar), ("popular", popular)):
            unseen = np.where(user_items[shopper] > 0, -1, scores)
            found = later & set(np.argsort(-unseen)[:10].tolist())
            recalls[name].append(len(found) / min(10, len(later)))
    assert np.mean(recalls["knn"]) > 1.8 * np.mean(recalls["popular"]) > 0


def test_counters_agree_with_the_history(history: History) -> None:
    counted = count(PLAN, history, 1200)
    assert counted.views.sum() == (history.event_type == VIEW).sum()
    item = int(np.argmax(counted.views))
    views_s = history.occurred_s[(history.item == item) & (history.event_type == VIEW)]
    since = half_lives_since_epoch(PLAN.starts_at)
    expected = np.log2(np.exp2(views_s / POPULARITY_HALF_LIFE.total_seconds() + since).sum())
    assert counted.popularity[item] == pytest.approx(expected)
    assert (counted.popularity[counted.views == 0] == 0).all()
    assert counted.views[item] == len(views_s)


def test_large_catalogues_share_texts_and_stay_deterministic() -> None:
    plan = Plan(as_of=NOW, n_products=50_000)
    catalogue = make_catalogue(plan)
    assert len(catalogue.blueprints) == 6_250
    sizes = [len(chunk) for chunk in make_listing_maker(plan, catalogue).chunks(50_000, 20_000)]
    assert sizes == [20_000, 20_000, 10_000]
