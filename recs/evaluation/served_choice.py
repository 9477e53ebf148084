"""Choosing what a snapshot serves from: searched models, weighted, judged through snapshots themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from time import perf_counter
from typing import Any, Final

import numpy as np
from tqdm import tqdm

from recs.arrays import Floats
from recs.candidates.base import CandidateGenerator
from recs.candidates.item_to_item import ItemToItem, ItemToItemModel
from recs.candidates.sequence_model import SequenceModel
from recs.errors import ConfigurationError
from recs.evaluation.events import EventsProtocol, ServedFold
from recs.evaluation.judging import SELECTION_METRIC, ServedQuestions, judged
from recs.evaluation.tasks import Task
from recs.evaluation.trials import SEED, Fitted, validated
from recs.history import RecencyConfig
from recs.parts import FittedGenerator, ServingConfig
from recs.recommender import HybridConfig, HybridRecommender
from recs.selection.budget import UNLIMITED, Budget
from recs.selection.families import Choice, Family, LogUniform, suitable
from recs.selection.promotion import judge_challengers
from recs.selection.search import RUNGS, Rung, searched
from recs.snapshot import RecommenderSnapshot

SERVED_RUNGS: Final = (Rung(24, 500), Rung(12, 1500), Rung(3, 4000))

_DEPTH: Final = 100
_LEFT_OUT: Final = 0.35
_WEIGHTS: Final = LogUniform(0.05, 2.0)
_POPULARITY: Final = LogUniform(0.002, 0.3)
_SHORT_S: Final = Choice((600.0, 1800.0, 7200.0, 86_400.0))
_LONG_S: Final = Choice((3 * 86_400.0, 14 * 86_400.0, 60 * 86_400.0))
_SHORT_SHARE: Final = Choice((0.0, 0.3, 0.6, 0.9))
_MOST_VOICES: Final = 6
"""Generators in one configuration: each of them is asked at every request."""
_VOICES_OF_A_KIND: Final = 2
_SEARCHES: Final = 0.5
"""Of the time for models, the rest for weights; fitting what is weighed takes from the second half."""
_WEIGHS: Final = 0.6


@dataclass(frozen=True, slots=True)
class ServedChoice:
    """What to serve, and why.

    Attributes
    ----------
    config : HybridConfig
        The challenger when it passed the gate, else the champion.
    promoted : bool
    reason : str
        What the gate said.
    champion, challenger : float
        Mean nDCG@10 on the last window, which the search never saw; NaN when there was nothing to judge by.
    fit_s : float
        Seconds that fitting the challenger took.
    """

    config: HybridConfig
    promoted: bool
    reason: str
    champion: float
    challenger: float
    fit_s: float = field(default=0.0, compare=False)


def chosen_config(
    protocol: EventsProtocol,
    champion: HybridConfig,
    *,
    folds: int | None = None,
    model_rungs: Sequence[Rung] = RUNGS,
    served_rungs: Sequence[Rung] = SERVED_RUNGS,
    budget: Budget = UNLIMITED,
    progress: bool = False,
) -> ServedChoice:
    """Search models, then their weights, and let the gate decide on a later window.

    Parameters
    ----------
    protocol : EventsProtocol
        At least two folds.
    champion : HybridConfig
        What is served unless something is better beyond chance.
    folds : int, at least 2, optional
        Only the earliest so many, so that a later one can judge what was chosen; default all.
    model_rungs, served_rungs : sequence of Rung
        How many are tried: of each family of models, and of all weightings together.
    budget : Budget
        Wall-clock time for all of it; when it runs short, less is tried, every family equally less, and what
        was found still has to pass the gate.
    progress : bool

    Returns
    -------
    ServedChoice

    Raises
    ------
    EmptyInputError
        A fold in which nobody met anything new.
    ConfigurationError
        Fewer than two folds.

    Notes
    -----
    Weightings are judged through snapshots, by the formula and with the histories that serve, so what is
    chosen is what is served. The share of undeserved promotions is that of `judge_challengers`.
    """
    *earlier, last = protocol.served_folds()[:folds]
    if not earlier:
        raise ConfigurationError("choosing needs two windows: one to search on, a later one for the gate")
    tasks = protocol.validation()[: len(earlier)]
    searching = _Searching(tasks, protocol.selection_cutoff, model_rungs, budget.part(_SEARCHES), progress)
    generators = searching.voices(champion.generators)
    trials = [_FoldTrial(fold, generators) for fold in earlier]
    own = _Weighting.of(champion, len(generators))

    def judge(draw: _Weighting, n_questions: int) -> float:
        return float(np.mean([trial.ndcg(draw, n_questions).mean() for trial in trials]))

    found = _best(own, judge, served_rungs, budget.part(_WEIGHS), progress=progress)
    config = _config(found, generators, champion)
    started = perf_counter()
    challenger = _snapshot(last, config)
    fit_s = perf_counter() - started
    mine, theirs = _ndcg(challenger, last.questions), _asked(last, champion)
    verdict = judge_challengers(theirs, {"challenger": mine}, seed=SEED)["challenger"]
    return ServedChoice(
        config if verdict.promoted else champion,
        verdict.promoted,
        verdict.reason,
        float(theirs.mean()),
        float(mine.mean()),
        fit_s,
    )


@dataclass(frozen=True, slots=True)
class _Weighting:
    weights: tuple[float, ...]
    popularity: float
    recency: RecencyConfig

    @classmethod
    def of(cls, config: HybridConfig, n_voices: int) -> "_Weighting":
        """Return how a configuration weighs the first voices: its own."""
        weights = [generator.weight for generator in config.generators]
        silent = [0.0] * (n_voices - len(weights))
        return cls((*weights, *silent), config.serving.popularity_weight, config.serving.recency)

    def serving(self, base: ServingConfig) -> ServingConfig:
        return replace(base, popularity_weight=self.popularity, recency=self.recency)


@dataclass(frozen=True, slots=True)
class _Searching:
    """Searches every family that a table of neighbours can serve, beside what serves already."""

    tasks: Sequence[Task]
    cutoff: int
    rungs: Sequence[Rung]
    budget: Budget
    progress: bool

    def voices(self, given: Sequence[CandidateGenerator]) -> tuple[CandidateGenerator, ...]:
        found = list(given)
        families = [
            family
            for family in suitable(self.tasks[0].training, repeats=False)
            if hasattr(family.default, "item_matrix") and _kinds(given).count(family.name) < _VOICES_OF_A_KIND
        ]
        for place, family in enumerate(families):
            part = self.budget.part(1 / (len(families) - place))
            if part.left_s <= 0:
                break
            model = self._best(family, part)
            taken = {generator.name for generator in found}
            if model not in (getattr(generator, "model", None) for generator in found):
                found.append(ItemToItem(model, label=_label(model.name, taken)))
        return tuple(found)

    def _best(self, family: Family, budget: Budget) -> ItemToItemModel:
        fitted = Fitted()

        def judge(model: SequenceModel, n_questions: int) -> float:
            return validated(model, self.tasks, n_questions, self.cutoff, fitted, _DEPTH).mean

        found: Any = searched(
            family, judge, seed=SEED, rungs=self.rungs, budget=budget, progress=self.progress
        ).best
        best: ItemToItemModel = found
        return best


def _kinds(generators: Sequence[CandidateGenerator]) -> list[str]:
    return [generator.model.name for generator in generators if isinstance(generator, ItemToItem)]


def _label(name: str, taken: set[str]) -> str:
    """Return what tells a second voice of one kind from the first; nothing where there is none yet."""
    if name not in taken:
        return ""
    return next(f"{name}_{number}" for number in count(2) if f"{name}_{number}" not in taken)


class _FoldTrial:
    """Fits every generator once at one moment; a weighting is then a matter of multiplication."""

    def __init__(self, fold: ServedFold, generators: tuple[CandidateGenerator, ...]) -> None:
        self._questions = fold.questions
        self._fitted = _snapshot(fold, HybridConfig(generators=generators))

    def ndcg(self, draw: _Weighting, n_questions: int) -> Floats:
        parts = self._fitted.parts
        weighted = tuple(
            FittedGenerator(fitted.name, weight, fitted.scorer)
            for fitted, weight in zip(parts.generators, draw.weights, strict=True)
            if weight > 0
        )
        # Sums of other weights are of no use here, and new ones would take longer than asking.
        served = replace(parts, generators=weighted, blended=None, serving=draw.serving(parts.serving))
        return _ndcg(
            RecommenderSnapshot(served, self._fitted.facts), self._questions.sample(n_questions, SEED)
        )


def _best(
    own: _Weighting, judge: Any, rungs: Sequence[Rung], budget: Budget, *, progress: bool
) -> _Weighting:
    """Search from the champion's own weighting on."""
    rng = np.random.default_rng(SEED)
    plain, n = RecencyConfig(), len(own.weights)
    share = ServingConfig().popularity_weight
    alone = [tuple(1.0 if index == voice else 0.0 for index in range(n)) for voice in range(n)]
    together = [(1.0,) * n] if n <= _MOST_VOICES else []
    plainly = [_Weighting(weights, share, plain) for weights in (*alone, *together)]
    tried = plainly if own in plainly else [own, *plainly]
    tried += [_drawn(rng, n) for _ in range(rungs[0].models - len(tried))]
    ranked = tried
    with tqdm(
        total=sum(rung.models for rung in rungs), desc="weights", unit="model", disable=not progress
    ) as bar:
        for place, rung in enumerate(rungs):
            figures: list[float] = []
            for draw in tried[: rung.models]:
                may = budget.begins()
                if not may and (place or figures):
                    break
                figures.append(judge(draw, rung.questions))
                bar.update()
            order = sorted(range(len(figures)), key=lambda index: -figures[index])
            ranked = [tried[index] for index in order] or ranked
            if place + 1 == len(rungs) or len(figures) < min(rung.models, len(tried)):
                break
            following = rungs[place + 1].models
            kept = ranked[: following if place + 2 == len(rungs) else max(1, following // 2)]
            tried = [*kept, *(_varied(kept[i % len(kept)], rng) for i in range(following - len(kept)))]
    return ranked[0]


def _drawn(rng: np.random.Generator, n: int) -> _Weighting:
    weights = [0.0 if rng.random() < _LEFT_OUT else _WEIGHTS.draw(rng) for _ in range(n)]
    if not any(weights):
        weights[int(rng.integers(n))] = 1.0
    heard = [place for place in range(n) if weights[place]]
    for place in rng.permutation(heard)[_MOST_VOICES:].tolist() if len(heard) > _MOST_VOICES else ():
        weights[place] = 0.0
    recency = RecencyConfig(_SHORT_S.draw(rng), _LONG_S.draw(rng), _SHORT_SHARE.draw(rng))
    return _Weighting(tuple(weights), _POPULARITY.draw(rng), recency)


def _varied(draw: _Weighting, rng: np.random.Generator) -> _Weighting:
    """Return a weighting with one of its parts drawn anew."""
    other = _drawn(rng, len(draw.weights))
    part = int(rng.integers(len(draw.weights) + 2))
    if part == len(draw.weights):
        return replace(draw, popularity=other.popularity)
    if part > len(draw.weights):
        return replace(draw, recency=other.recency)
    weights = [*draw.weights]
    weights[part] = other.weights[part]
    if sum(weight > 0 for weight in weights) > _MOST_VOICES:
        return draw
    return replace(draw, weights=tuple(weights)) if any(weights) else draw


def _config(
    draw: _Weighting, generators: Sequence[CandidateGenerator], champion: HybridConfig
) -> HybridConfig:
    weighted: list[Any] = [
        replace(generator, weight=weight)  # type: ignore[type-var]  # every voice is a frozen dataclass
        for generator, weight in zip(generators, draw.weights, strict=True)
        if weight > 0
    ]
    return replace(champion, generators=tuple(weighted), serving=draw.serving(champion.serving))


def _snapshot(fold: ServedFold, config: HybridConfig) -> RecommenderSnapshot:
    return HybridRecommender(config).fit(fold.past, fold.catalogue, as_of=fold.at)


def _asked(fold: ServedFold, config: HybridConfig) -> Floats:
    return _ndcg(_snapshot(fold, config), fold.questions)


def _ndcg(snapshot: RecommenderSnapshot, questions: ServedQuestions) -> Floats:
    return judged(snapshot, questions, [10], progress=False)[SELECTION_METRIC]
