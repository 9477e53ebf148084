"""The fitted pieces that a snapshot serves from, and the parameters that serving obeys."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from recs.activity import Activity
from recs.arrays import Scores
from recs.attributes import ItemAttributes
from recs.candidates.base import CandidateScorer
from recs.candidates.blended import BlendedNeighbours, Weighted
from recs.candidates.neighbours import NeighbourTable
from recs.candidates.ranked_list import RankedList
from recs.errors import ConfigurationError
from recs.history import RecencyConfig
from recs.ranking.diversity import DiversityConfig
from recs.vocabulary import Vocabulary

_FEWEST_HEARD: Final = 8  # neighbours: fewer of them say little


@dataclass(frozen=True, slots=True)
class ServingConfig:
    """Parameters that act at request time; saved with the snapshot.

    Parameters
    ----------
    popularity_weight : float, at least 0
        What the most popular item gets from popularity alone in the blend; others in proportion.
    popular_candidates : int
        So many of the most popular items always compete as candidates.
    max_contributions : int
        Each generator is asked for so many neighbours per history item that all of them together give about
        so many parts of scores, but never for fewer than eight: bounds the work of a request. Histories of a
        few items hear all neighbours; the most distant neighbours of fifty are not missed.
    single_reason_share : float in [0, 1]
        A reason cites one item when that item gives at least this share of the support; else it is
        ``for_you`` and cites the three strongest.
    min_repeat_rate : float in [0, 1]
        Items whose buyers come back less often are never offered as "buy again".
    recency : RecencyConfig
    diversity : DiversityConfig
    """

    popularity_weight: float = 0.02
    popular_candidates: int = 64
    max_contributions: int = 800
    single_reason_share: float = 0.3
    min_repeat_rate: float = 0.05
    recency: RecencyConfig = field(default_factory=RecencyConfig)
    diversity: DiversityConfig = field(default_factory=DiversityConfig)

    def __post_init__(self) -> None:
        if not 0 <= self.popularity_weight < float("inf"):
            raise ConfigurationError(
                f"popularity_weight must be finite and at least 0, not {self.popularity_weight}"
            )
        if self.popular_candidates < 0:
            raise ConfigurationError(f"popular_candidates must be at least 0, not {self.popular_candidates}")
        if self.max_contributions < 1:
            raise ConfigurationError(f"max_contributions must be at least 1, not {self.max_contributions}")
        for name in ("single_reason_share", "min_repeat_rate"):
            if not 0 <= getattr(self, name) <= 1:
                raise ConfigurationError(f"{name} must be in [0, 1], not {getattr(self, name)}")

    def neighbours_heard(self, n_seeds: int, n_generators: int) -> int:
        """Return how many neighbours each generator is asked for, for each of so many seeds.

        Whole eights: histories of about the same length are then asked about alike.
        """
        most = self.max_contributions // max(1, n_seeds * n_generators)
        return max(_FEWEST_HEARD, most - most % _FEWEST_HEARD)


@dataclass(frozen=True, slots=True)
class FittedGenerator:
    """A scorer with its name and its factor in the blend."""

    name: str
    weight: float
    scorer: CandidateScorer


def blended_neighbours(generators: Sequence[FittedGenerator]) -> BlendedNeighbours | None:
    """Add up what generators give, for `SnapshotParts.blended`.

    Parameters
    ----------
    generators : sequence of FittedGenerator

    Returns
    -------
    BlendedNeighbours or None
        None where there is nothing to add: for one generator, or with one that has no table of neighbours.
    """
    weighted = [
        Weighted(fitted.scorer, fitted.weight)
        for fitted in generators
        if isinstance(fitted.scorer, NeighbourTable)
    ]
    return BlendedNeighbours.of(weighted) if 1 < len(weighted) == len(generators) else None


@dataclass(frozen=True, slots=True, eq=False)
class SnapshotParts:
    """Everything that answers requests; no behaviour of its own.

    Attributes
    ----------
    vocabulary : Vocabulary
        Of items.
    attributes : ItemAttributes
    generators : tuple of FittedGenerator
        Personal ones; may be empty.
    popular : RankedList
        Scores in [0, 1]: ``log1p`` of decayed weight over that of the most popular item.
    trending : RankedList
        Scores are ratios of recent to usual activity: 1 = as usual.
    newest : RankedList
        Scores are days before ``as_of`` as negative numbers; NaN without a listing time.
    repeat_rates : ndarray of float32, shape (n_items,)
        Estimated probability that a buyer buys the item again.
    serving : ServingConfig
    activity : Activity or None
        What the first two lists were ranked by; None in snapshots that were saved without it.
    blended : BlendedNeighbours or None
        What all generators give together. None = each is asked for itself at every request.
    """

    vocabulary: Vocabulary
    attributes: ItemAttributes
    generators: tuple[FittedGenerator, ...]
    popular: RankedList
    trending: RankedList
    newest: RankedList
    repeat_rates: Scores
    serving: ServingConfig
    activity: Activity | None = None
    blended: BlendedNeighbours | None = None
