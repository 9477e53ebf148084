"""Families of models and the ranges that random search draws their parameters from.

Ranges come from the literature (session-rec, Dacrema et al. 2021, SLIST, TIFU-kNN), never from one file; the
models name their sources.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol

import numpy as np

from recs.candidates.category_popularity import CategoryPopularity
from recs.candidates.co_occurrence import WEIGHTINGS, CoOccurrence
from recs.candidates.content import ContentSimilarity
from recs.candidates.faded_popularity import FadedPopularity
from recs.candidates.item_vectors import ItemVectors
from recs.candidates.item_walks import ItemWalks
from recs.candidates.own_items import OwnItems
from recs.candidates.past_future import PastFuture
from recs.candidates.sequence_model import SequenceModel, SequenceTraining
from recs.candidates.session_knn import SessionKnn
from recs.candidates.transitions import Transitions

_MOST_ITEMS_FOR_CLOSED_FORMS: Final = 20_000
_MOST_ITEMS_TO_COMPARE: Final = 100_000


class Range(Protocol):
    """Where one parameter is drawn from."""

    def draw(self, rng: np.random.Generator) -> Any:
        """Return one value."""
        ...


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some values."""

    values: tuple[Any, ...]

    def draw(self, rng: np.random.Generator) -> Any:
        """Return one value."""
        return self.values[int(rng.integers(len(self.values)))]


@dataclass(frozen=True, slots=True)
class Uniform:
    """Between two bounds, evenly."""

    low: float
    high: float

    def draw(self, rng: np.random.Generator) -> float:
        """Return one value."""
        return round(float(rng.uniform(self.low, self.high)), 3)


@dataclass(frozen=True, slots=True)
class LogUniform:
    """Between two positive bounds, evenly by ratio."""

    low: float
    high: float

    def draw(self, rng: np.random.Generator) -> float:
        """Return one value."""
        return float(f"{np.exp(rng.uniform(np.log(self.low), np.log(self.high))):.3g}")


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of model and what search may vary.

    Attributes
    ----------
    default : SequenceModel
        Tried first, and what a run without search uses.
    ranges : mapping of str to Range
    draft : mapping of str to value
        Parameters that make a fit cheaper, for all comparisons but the last.
    wide : mapping of str to value
        Parameters where candidates are fixed: nothing has to be found among all items, so a list that is cut
        early saves nothing and loses what little is known of rare candidates.
    voices : int, 1 or 2
        How many of its models a blend hears: 2 where they are cheap and parameters change what is found.
    """

    default: SequenceModel
    ranges: Mapping[str, Range]
    draft: Mapping[str, Any] = field(default_factory=dict)
    wide: Mapping[str, Any] = field(default_factory=dict)
    voices: int = 1

    @property
    def name(self) -> str:
        """The name of the row."""
        return self.default.name

    def drawn(self, rng: np.random.Generator) -> SequenceModel:
        """Return a model with every parameter of the ranges drawn.

        Parameters
        ----------
        rng : numpy Generator

        Returns
        -------
        SequenceModel
        """
        return self._with({name: each.draw(rng) for name, each in self.ranges.items()}, self.default)

    def varied(self, model: SequenceModel, rng: np.random.Generator) -> SequenceModel:
        """Return a model with about a third of the parameters drawn anew, at least one.

        Parameters
        ----------
        model : SequenceModel
            Of this family.
        rng : numpy Generator

        Returns
        -------
        SequenceModel
        """
        names = sorted(self.ranges)
        chosen = [name for name in names if rng.random() < 1 / 3] or [names[int(rng.integers(len(names)))]]
        return self._with({name: self.ranges[name].draw(rng) for name in chosen}, model)

    def drafted(self, model: SequenceModel) -> SequenceModel:
        """Return the cheaper version of a model.

        Parameters
        ----------
        model : SequenceModel

        Returns
        -------
        SequenceModel
        """
        return self._with(self.draft, model)

    def widened(self) -> "Family":
        """Return the family for fixed candidates, which no longer varies what `wide` settles."""
        ranges = {name: each for name, each in self.ranges.items() if name not in self.wide}
        return replace(self, default=self._with(self.wide, self.default), ranges=ranges)

    def _with(self, values: Mapping[str, Any], model: SequenceModel) -> SequenceModel:
        kind: Any = type(model)
        changed: SequenceModel = kind(**{**dict(model.parameters()), **values})
        return changed


_HALF_LIVES: Final = Choice((0.03, 0.1, 0.3, 1.0, float("inf")))

_WIDE: Final = {"neighbours": 2000}

_FOR_FIXED_CANDIDATES: Final = ("item_vectors", "item_walks")
"""They score nearly every item, so that a full ranking would hold all of them for everybody."""

FAMILIES: Final[Mapping[str, Family]] = {
    family.name: family
    for family in (
        Family(
            FadedPopularity(),
            {
                "half_life": Choice((0.003, 0.01, 0.03, 0.1, 0.3, 1.0, float("inf"))),
                "depth": Choice((200, 500)),
            },
        ),
        Family(
            CoOccurrence(),
            {
                "weighting": Choice(WEIGHTINGS),
                "asymmetry": Uniform(0.0, 1.0),
                "shrinkage": LogUniform(0.1, 1000.0),
                "power": Uniform(0.5, 2.0),
                "half_life": _HALF_LIVES,
                "recency": Uniform(0.3, 1.0),
                "neighbours": Choice((100, 300, 1000)),
            },
            wide=_WIDE,
            voices=2,
        ),
        Family(
            Transitions(),
            {
                "lags": Choice((3, 8, 20, 50)),
                "lag_power": Uniform(0.0, 1.5),
                "backward": Uniform(0.0, 1.0),
                "length_power": Uniform(0.0, 0.7),
                "row_power": Uniform(0.0, 1.0),
                "damping": LogUniform(1.0, 200.0),
                "popularity_power": Choice((-0.1, 0.0, 0.0, 0.1, 0.3)),
                "half_life": _HALF_LIVES,
                "recency": Uniform(0.3, 0.95),
                "hops": Choice((0.0, 0.0, 0.1, 0.3, 1.0)),
            },
            wide=_WIDE,
            voices=2,
        ),
        Family(
            SessionKnn(),
            {
                "sessions": Choice((100, 200, 500, 1000, 1500)),
                "history_reach": LogUniform(0.4, 10.0),
                "session_half_life": _HALF_LIVES,
                "match_reach": LogUniform(0.4, 10.0),
                "before_match": Uniform(0.0, 1.0),
                "rarity": Choice((0.0, 1.0, 2.0, 5.0, 10.0)),
                "match_rarity": Uniform(0.0, 1.0),
                "length_power": Uniform(0.0, 1.0),
                "similarity_power": Choice((0.5, 1.0, 1.5, 2.0)),
            },
            voices=2,
        ),
        Family(
            ContentSimilarity(),
            {
                "dimensions": Choice((0, 0, 64, 128)),
                "characters": Choice((0.0, 0.3, 1.0)),
                "power": Uniform(0.5, 4.0),
                "popularity_power": Uniform(0.0, 2.0),
                "recency": Uniform(0.3, 1.0),
                "neighbours": Choice((100, 300, 1000)),
            },
        ),
        Family(
            CategoryPopularity(),
            {
                "groups": Choice((0, 0, 20, 50, 200)),
                "half_life": Choice((0.01, 0.03, 0.1, 0.3, 1.0, float("inf"))),
                "recency": Uniform(0.3, 1.0),
                "popularity_power": Uniform(0.3, 1.0),
                "neighbours": Choice((50, 100, 300)),
            },
        ),
        Family(
            OwnItems(),
            {
                "recency": Uniform(0.3, 1.0),
                "rate_power": Uniform(0.0, 1.5),
                "prior": LogUniform(1.0, 100.0),
            },
        ),
        Family(
            PastFuture(),
            {
                "ridge": LogUniform(3.0, 3000.0),
                "past_recency": Uniform(0.3, 0.95),
                "future_recency": Uniform(0.0, 0.95),
                "popularity_power": Uniform(0.0, 0.5),
                "half_life": _HALF_LIVES,
            },
            {"most_items": 1500},
        ),
        Family(
            ItemVectors(),
            {
                "dimensions": Choice((32, 64, 128)),
                "lags": Choice((3, 8, 20, 50)),
                "lag_power": Uniform(0.0, 1.5),
                "backward": Uniform(0.0, 1.0),
                "length_power": Uniform(0.0, 0.7),
                "shift": Uniform(0.0, 2.0),
                "recency": Uniform(0.3, 0.95),
                "closeness": LogUniform(2.0, 10.0),
                "popularity_power": Uniform(0.0, 0.6),
            },
            voices=2,
        ),
        Family(
            ItemWalks(),
            {
                "lags": Choice((3, 8, 20, 50)),
                "lag_power": Uniform(0.0, 1.5),
                "backward": Uniform(0.0, 1.0),
                "length_power": Uniform(0.0, 0.7),
                "row_power": Uniform(0.0, 1.0),
                "damping": LogUniform(1.0, 200.0),
                "popularity_power": Uniform(0.0, 0.6),
                "second_step": LogUniform(0.3, 10.0),
                "recency": Uniform(0.3, 0.95),
            },
        ),
    )
}


def suitable(training: SequenceTraining, *, repeats: bool, fixed: bool = False) -> list[Family]:
    """Return the families that the input allows.

    Parameters
    ----------
    training : SequenceTraining
    repeats : bool
        Whether items of a history may be its answer.
    fixed : bool
        Whether somebody else chose the candidates: then models that score everything but name nothing in
        particular take part, and lists are not cut early.

    Returns
    -------
    list of Family
    """
    kept = dict(FAMILIES)
    if training.features is None:
        del kept["category_popularity"]
    if training.features is None or training.n_items > _MOST_ITEMS_TO_COMPARE:
        del kept["content"]
    if not repeats:
        del kept["own_items"]
    if training.n_items > _MOST_ITEMS_FOR_CLOSED_FORMS:
        del kept["past_future"]
    if fixed:
        return [family.widened() for family in kept.values()]
    for name in _FOR_FIXED_CANDIDATES:
        del kept[name]
    return list(kept.values())
