"""Learning a blend on one half of the people and letting the other half decide which ranker it uses."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

import numpy as np
from scipy.sparse import csr_array, vstack

from recs.arrays import AnyArray, Floats
from recs.evaluation.answers import answers_of
from recs.evaluation.tasks import Questions
from recs.selection.boosted_blend import BoostedBlend, Heads, fitted_boosted_blend, heads_with_answers
from recs.selection.features import CandidateFeatures, ItemStatistics, candidate_features
from recs.selection.gate import promotes
from recs.selection.linear_blend import LinearBlend, fitted_blend
from recs.selection.promotion import LEAST_USERS
from recs.selection.rank_fusion import RankFusion

_SEED: Final = 20_260_101
_BLENDED_AT_ONCE: Final = 1024
_THREADS: Final = 2
_LINEAR_ROWS: Final = 6000  # some thirty weights need no more, and every step of the fit reads all of them

T = TypeVar("T")
Blend: TypeAlias = RankFusion | LinearBlend | BoostedBlend


@dataclass(frozen=True, slots=True, eq=False)
class Ingredients:
    """What several models say about the same questions.

    Attributes
    ----------
    scores : sequence of csr_array of float32, shape (n_histories, n_items)
    questions : Questions
    known : ItemStatistics
    """

    scores: Sequence[csr_array]
    questions: Questions
    known: ItemStatistics

    def take(self, chosen: AnyArray) -> "Ingredients":
        """Return those of some histories.

        Parameters
        ----------
        chosen : ndarray of int64
            Ascending.

        Returns
        -------
        Ingredients
        """
        return Ingredients(
            [each[chosen] for each in self.scores], self.questions.take(chosen), self.known.take(chosen)
        )

    def features(self) -> CandidateFeatures:
        """Return what a blend sees: of every fixed candidate, or of all that the models name."""
        asked = self.questions.candidate_keys()
        return candidate_features(self.scores, self.questions.histories, self.known, asked)

    def each_block(self, ask: "Callable[[Ingredients], T]") -> list[T]:
        """Ask pieces whose candidates fit into memory, some side by side; return the answers in order."""
        n = len(self.questions.histories)

        def asked(first: int) -> T:
            return ask(self.take(np.arange(first, min(first + _BLENDED_AT_ONCE, n))))

        with ThreadPoolExecutor(_THREADS) as pool:
            return list(pool.map(asked, range(0, n, _BLENDED_AT_ONCE)))


@dataclass(frozen=True, slots=True, eq=False)
class ChosenBlend:
    """A blend, and how its kind did on people that it had not learned from.

    Attributes
    ----------
    blend : RankFusion, LinearBlend or BoostedBlend
        Learned from all questions.
    ranker : str
        ``rank_fusion``, ``linear`` or ``boosted``.
    held : ndarray of int64
        Questions that the half-learned twin was judged on.
    values : ndarray of float64
        Its nDCG on each of them.
    """

    blend: Blend
    ranker: str
    held: AnyArray
    values: Floats


def chosen_blend(ingredients: Ingredients, cutoff: int) -> ChosenBlend:
    """Learn a blend; each step up the ladder is taken only through the gate.

    Parameters
    ----------
    ingredients : Ingredients
        Of the validation questions.
    cutoff : int
        nDCG at this cutoff decides.

    Returns
    -------
    ChosenBlend
        Rank fusion where hardly anybody can be judged by, or where learning does not beat it; else the linear
        ranker, unless gradient boosting beats that.
    """
    questions = ingredients.questions
    everyone = np.arange(len(questions.histories))
    learns = questions.clusters % 2 == 0
    if learns.all() or not learns.any():
        learns = everyone % 2 == 0
    held = everyone if learns.all() else np.flatnonzero(~learns)
    asked = ingredients.take(held)

    def judged(blend: Blend) -> Floats:
        scores = blended(blend, asked)
        return answers_of(scores, asked.questions, [cutoff]).metrics[f"ndcg@{cutoff}"]

    fused = judged(RankFusion())
    if np.unique(asked.questions.clusters).size < LEAST_USERS:
        return ChosenBlend(RankFusion(), "rank_fusion", held, fused)
    half = ingredients.take(np.flatnonzero(learns))
    linear = fitted_linear(half)
    champion = judged(linear)
    if not promotes(champion, fused, asked.questions.clusters, seed=_SEED):
        return ChosenBlend(RankFusion(), "rank_fusion", held, fused)
    boosted = fitted_boosted(linear, half)
    if boosted is not None:
        challenger = judged(boosted)
        if promotes(challenger, champion, asked.questions.clusters, seed=_SEED):
            whole = fitted_boosted(fitted_linear(ingredients), ingredients)
            if whole is not None:
                return ChosenBlend(whole, "boosted", held, challenger)
    return ChosenBlend(fitted_linear(ingredients), "linear", held, champion)


def fitted_linear(ingredients: Ingredients) -> LinearBlend:
    """Fit the linear ranker on at most 6,000 histories.

    Parameters
    ----------
    ingredients : Ingredients

    Returns
    -------
    LinearBlend
    """
    n = len(ingredients.questions.histories)
    chosen = np.sort(np.random.default_rng(_SEED).permutation(n)[:_LINEAR_ROWS])
    part = ingredients.take(chosen)
    return fitted_blend(part.features(), part.questions.owners, part.questions.targets)


def fitted_boosted(linear: LinearBlend, ingredients: Ingredients) -> BoostedBlend | None:
    """Fit trees over the heads of the linear lists of all histories.

    Parameters
    ----------
    linear : LinearBlend
    ingredients : Ingredients

    Returns
    -------
    BoostedBlend or None
        As of `fitted_boosted_blend`.
    """

    def head(part: Ingredients) -> Heads:
        return heads_with_answers(linear, part.features(), part.questions.owners, part.questions.targets)

    return fitted_boosted_blend(linear, ingredients.each_block(head))


def blended(blend: Blend, ingredients: Ingredients) -> csr_array:
    """Blend scores block by block, so that memory stays bounded.

    Parameters
    ----------
    blend : RankFusion, LinearBlend or BoostedBlend
    ingredients : Ingredients

    Returns
    -------
    csr_array of float32, shape (n_histories, n_items)
    """

    def scored(part: Ingredients) -> csr_array:
        return blend.scores(part.features())

    return stacked(ingredients.each_block(scored))


def stacked(blocks: Sequence[csr_array]) -> csr_array:
    """Put the rows of matrices below each other.

    Parameters
    ----------
    blocks : sequence of csr_array
        At least one.

    Returns
    -------
    csr_array
    """
    return blocks[0] if len(blocks) == 1 else csr_array(vstack(blocks, format="csr"))
