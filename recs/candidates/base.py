"""What every candidate generator promises: a fitting half and a serving half."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self, runtime_checkable

from recs.arrays import AnyArray, Positions, Scores
from recs.history import Seeds

if TYPE_CHECKING:
    from recs.training import TrainingSet


class Contributions(NamedTuple):
    """Parts of candidates' scores, each given by one seed; a candidate may appear many times.

    Attributes
    ----------
    positions : ndarray of int, shape (n,)
        Candidates; -1 is padding and is dropped.
    values : ndarray of float32, shape (n,)
        Already multiplied by the seed's weight. Undefined where the position is -1.
    seeds : ndarray of int64, shape (n,)
        Index into `Seeds` of the seed that gives this part.
    """

    positions: AnyArray
    values: Scores
    seeds: Positions


@runtime_checkable
class CandidateScorer(Protocol):
    """The serving half: frozen arrays and a gather; imports numpy and scipy only.

    A scorer must not allocate by catalogue size in `contributions`, must give only non-NaN values at
    positions that are not padding, and must rebuild itself from exactly what `arrays` returned.
    """

    @property
    def kind(self) -> str:
        """Which class of scorer this is; the key of the registry that loads it."""
        ...

    def contributions(self, seeds: Seeds, most: int) -> Contributions:
        """Return what each seed gives to each of its candidates. O(n_seeds * n_neighbours).

        Of each seed's candidates, the best suffice, about as many as `most` says.
        """
        ...

    def arrays(self) -> Mapping[str, AnyArray]:
        """Return the arrays to be saved, by short name."""
        ...

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, AnyArray]) -> Self:
        """Rebuild the scorer from saved arrays without copying them."""
        ...


class CandidateGenerator(Protocol):
    """The fitting half: a frozen set of parameters that turns training input into a scorer."""

    @property
    def name(self) -> str:
        """Unique within a recommender; cited in reasons and manifests."""
        ...

    @property
    def weight(self) -> float:
        """Its factor in the blend, at least 0."""
        ...

    def parameters(self) -> Mapping[str, Any]:
        """Return everything that changes the result, as JSON values, for manifests and reports."""
        ...

    def fit(self, training: "TrainingSet") -> CandidateScorer:
        """Learn from the training set; the same set gives the same bytes."""
        ...
