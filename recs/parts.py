"""The fitted pieces that a snapshot serves from, and the parameters that serving obeys."""

from dataclasses import dataclass, field

from recs.activity import Activity
from recs.arrays import Scores
from recs.attributes import ItemAttributes
from recs.candidates.base import CandidateScorer
from recs.candidates.ranked_list import RankedList
from recs.errors import ConfigurationError
from recs.history import RecencyConfig
from recs.ranking.diversity import DiversityConfig
from recs.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class ServingConfig:
    """Parameters that act at request time; saved with the snapshot.

    Parameters
    ----------
    popularity_weight : float, at least 0
        What the most popular item gets from popularity alone in the blend; others in proportion.
    popular_candidates : int
        So many of the most popular items always compete as candidates.
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
        for name in ("single_reason_share", "min_repeat_rate"):
            if not 0 <= getattr(self, name) <= 1:
                raise ConfigurationError(f"{name} must be in [0, 1], not {getattr(self, name)}")


@dataclass(frozen=True, slots=True)
class FittedGenerator:
    """A scorer with its name and its factor in the blend."""

    name: str
    weight: float
    scorer: CandidateScorer


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
