"""Device models: which maker built what in which year, how good it was and what it cost new."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scripts.seed.categories import CATEGORIES
from scripts.seed.category import Attribute, Category, Scalar
from scripts.seed.makers import MAKERS, Maker
from server.features.catalog.drawings import Drawing, draw

TIERS = (("", 1.0, 0.5), ("Pro", 1.42, 0.85), ("Lite", 0.68, 0.2), ("S", 1.12, 0.62))
NEWEST_GENERATION_AGE_YEARS = 0.4
GENERATION_GAP_YEARS = 1.1
N_GENERATIONS = 7
STYLE_DIMENSIONS = 6


@dataclass(frozen=True, slots=True)
class Model:
    """One device as its maker sold it."""

    category: Category
    maker: Maker
    name: str
    age_years: float
    release_year: int
    quality: float
    new_price_minor: int
    rungs: tuple[tuple[Attribute, int], ...]
    drawing: Drawing

    @property
    def values(self) -> dict[str, Scalar]:
        """The attributes of the plain variant, by key."""
        return {attribute.key: attribute.ladder[rung] for attribute, rung in self.rungs}


@dataclass(frozen=True, slots=True)
class _Candidate:
    category: Category
    maker: Maker
    series: str
    generation: int
    tier: int


def make_models(n_models: int, release_year_now: float, rng: np.random.Generator) -> list[Model]:
    """Build ``n_models`` models (or all there are), every category in proportion to its demand."""
    chosen = _choose(n_models, rng)
    return [_build(candidate, release_year_now, rng) for candidate in chosen]


def _candidates(category: Category) -> list[_Candidate]:
    return [
        _Candidate(category, maker, series, generation, tier)
        for maker in MAKERS
        for series in maker.series.get(category.slug, ())
        for generation in range(N_GENERATIONS)
        for tier in range(len(TIERS))
    ]


def _choose(n_models: int, rng: np.random.Generator) -> list[_Candidate]:
    total = sum(category.demand for category in CATEGORIES)
    chosen: list[_Candidate] = []
    spare: list[_Candidate] = []
    for category in CATEGORIES:
        pool = _candidates(category)
        # Recent generations and plain tiers are the common ones on a second-hand market.
        appeal = np.array([1.0 / (1.4 + c.generation) * (1.0 if c.tier == 0 else 0.5) for c in pool])
        order = np.argsort(-(np.log(appeal) + rng.gumbel(size=len(pool))))
        share = min(len(pool), max(1, round(n_models * category.demand / total)))
        chosen += [pool[position] for position in order[:share]]
        spare += [pool[position] for position in order[share:]]
    if len(chosen) < n_models:
        chosen += spare[: n_models - len(chosen)]
    return chosen[:n_models] if n_models >= len(CATEGORIES) else chosen


def _build(candidate: _Candidate, release_year_now: float, rng: np.random.Generator) -> Model:
    category, maker = candidate.category, candidate.maker
    suffix, tier_price, tier_quality = TIERS[candidate.tier]
    age_years = NEWEST_GENERATION_AGE_YEARS + GENERATION_GAP_YEARS * (
        candidate.generation + 0.5 * float(rng.random())
    )
    name = f"{candidate.series} {N_GENERATIONS + 2 - candidate.generation}{' ' + suffix if suffix else ''}"
    quality = float(np.clip(0.62 * tier_quality + 0.3 * maker.price_level - 0.04 + rng.normal(0, 0.06), 0, 1))
    price = (
        category.base_price_minor * maker.price_level**0.8 * tier_price * float(np.exp(rng.normal(0, 0.08)))
    )
    modern = float(np.clip(1.0 - age_years / 9.0, 0, 1))
    return Model(
        category=category,
        maker=maker,
        name=name,
        age_years=age_years,
        release_year=int(release_year_now - age_years),
        quality=quality,
        new_price_minor=max(900, round(price / 1000) * 1000),
        rungs=tuple(
            (attribute, _rung(attribute, quality, modern, rng))
            for attribute in category.attributes
            if attribute.ladder
        ),
        drawing=draw(category.slug, maker.name, name),
    )


def _rung(attribute: Attribute, quality: float, modern: float, rng: np.random.Generator) -> int:
    """How far up its ladder an attribute stands for a model of this quality and age."""
    if attribute.driver == "any":
        return int(rng.integers(len(attribute.ladder)))
    height = {"quality": quality, "year": modern, "both": (quality + modern) / 2}[attribute.driver]
    top = len(attribute.ladder) - 1
    return int(np.clip(round((height + float(rng.normal(0, 0.07))) * top), 0, top))
