"""Random search and successive halving: equally many tries for every family, on validation data only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from tqdm import tqdm

from recs.candidates.sequence_model import SequenceModel
from recs.selection.budget import UNLIMITED, Budget
from recs.selection.families import Family


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of successive halving: how many models are tried on how many questions."""

    models: int
    questions: int


RUNGS: Final = (Rung(16, 1000), Rung(8, 3000), Rung(2, 8000))

Judge = Callable[[SequenceModel, int], float]
"""Fits a model, asks it at most so many validation questions, returns the figure to be maximised."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to.

    Attributes
    ----------
    best : SequenceModel
    other : SequenceModel or None
        The best of the last halving that differs from it in at least half of the parameters: a blend hears
        more in two different voices than in two alike.
    """

    best: SequenceModel
    other: SequenceModel | None


def searched(
    family: Family,
    judge: Judge,
    *,
    seed: int,
    rungs: Sequence[Rung] = RUNGS,
    budget: Budget = UNLIMITED,
    progress: bool = False,
) -> Found:
    """Search one family.

    Parameters
    ----------
    family : Family
    judge : callable
    seed : int
    rungs : sequence of Rung
        The first rung tries the default and random draws. Each later rung tries the best of the rung before,
        half of its places going to variations of them, until the last, which only compares.
    budget : Budget
        When it ends, the search ends with the best of the latest rung that compared anything. The default is
        tried in any case.
    progress : bool

    Returns
    -------
    Found

    Notes
    -----
    Sources: Bergstra and Bengio 2012 (random search), Jamieson and Talwalkar 2016 (successive halving).
    """
    rng = np.random.default_rng(seed)
    tried = [family.default, *(family.drawn(rng) for _ in range(rungs[0].models - 1))]
    ranked = tried
    with tqdm(
        total=sum(rung.models for rung in rungs), desc=family.name, unit="model", disable=not progress
    ) as bar:
        for place, rung in enumerate(rungs):
            is_last = place + 1 == len(rungs)
            distinct = list({repr(model): model for model in tried}.values())[: rung.models]
            figures: list[float] = []
            for model in distinct:
                may = budget.begins()
                if not may and (place or figures):
                    break
                figures.append(judge(model if is_last else family.drafted(model), rung.questions))
                bar.update()
            # Those that were asked: all of the rung, or its first ones, which did best on the rung before.
            order = sorted(range(len(figures)), key=lambda index: -figures[index])
            before, ranked = ranked, [distinct[index] for index in order] or ranked
            if is_last or len(figures) < len(distinct):
                return Found(ranked[0], _other(family, ranked[0], before))
            tried = _next(family, ranked, rungs[place + 1], place + 2 == len(rungs), rng)
    return Found(tried[0], None)


def _other(family: Family, best: SequenceModel, ranked: Sequence[SequenceModel]) -> SequenceModel | None:
    own = best.parameters()
    for model in ranked:
        theirs = model.parameters()
        if 2 * sum(theirs[name] != own[name] for name in family.ranges) >= len(family.ranges):
            return model
    return None


def _next(
    family: Family, ranked: list[SequenceModel], rung: Rung, is_last: bool, rng: np.random.Generator
) -> list[SequenceModel]:
    kept = ranked[: rung.models]
    if is_last:
        return kept
    kept = kept[: max(1, rung.models // 2)]
    parents = [kept[index % len(kept)] for index in range(rung.models - len(kept))]
    return [*kept, *(family.varied(parent, rng) for parent in parents)]
