"""A fitted recommender, frozen: it answers requests, can be saved, and never learns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recs.activity import CurrentActivity
from recs.arrays import AnyArray, Mask
from recs.candidates.buy_again import buy_again_slate
from recs.errors import UnknownItemError
from recs.history import History, Seeds, seeds_of
from recs.overlay import Overlay
from recs.parts import SnapshotParts
from recs.ranking.blend import blend
from recs.ranking.candidates import Candidates
from recs.ranking.diversity import DiversityConfig
from recs.ranking.exploration import Exploration
from recs.ranking.filters import checked_count
from recs.ranking.fresh_lists import fresh_slate
from recs.ranking.lists import listed_slate, similar_slate
from recs.ranking.selection import Request
from recs.slate import Slate
from recs.storage import SnapshotFacts, load_parts, save_parts
from recs.vocabulary import Vocabulary

HistoryLike = History | Sequence[int] | Sequence[str] | AnyArray


@dataclass(frozen=True, slots=True, eq=False)
class RecommenderSnapshot:
    """What `HybridRecommender.fit` returns and workers serve from.

    Attributes
    ----------
    parts : SnapshotParts
        The fitted arrays.
    facts : SnapshotFacts
        When, of what and with which parameters it was fitted.

    Notes
    -----
    Immutable, so any number of threads may share one; swap a new one in by replacing the reference. No method
    allocates by catalogue size. Importing this module imports numpy, nothing heavier.
    """

    parts: SnapshotParts
    facts: SnapshotFacts

    @property
    def item_ids(self) -> AnyArray:
        """All item ids by position, shape (n_items,), ascending: int64, or UTF-8 bytes for text ids."""
        return self.parts.vocabulary.ids

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary of items: `positions` to build an eligibility mask, `ids_at` to read one."""
        return self.parts.vocabulary

    @property
    def n_items(self) -> int:
        """Number of items, which is the length of every eligibility mask."""
        return len(self.parts.vocabulary)

    @property
    def as_of(self) -> float:
        """Unix seconds up to which interactions were learned from."""
        return self.facts.as_of

    @property
    def counts(self) -> Mapping[str, int]:
        """How many ``interactions``, ``users`` and ``items`` it was fitted on, and what was left out."""
        return self.facts.counts

    def score(self, history: HistoryLike, *, overlay: Overlay | None = None) -> Candidates:
        """Score once for several rails.

        Parameters
        ----------
        history : History or sequence of ids
            Most recent last; a plain sequence means events of unnamed type without times.
        overlay : Overlay, optional
            Knowledge newer than the snapshot.

        Returns
        -------
        Candidates
            Cut it with `Candidates.slate` and `Candidates.because`.

        Raises
        ------
        InvalidIdsError, InvalidHistoryError

        Notes
        -----
        O(s * k log(s * k)) for s distinct items and k neighbours, about 100 us for 20 and 100.
        """
        seeds = self._seeds(history)
        return Candidates(self.parts, seeds, blend(self.parts, seeds, overlay))

    def recommend(
        self,
        history: HistoryLike,
        n: int = 12,
        eligible: Mask | None = None,
        exclude: Iterable[Any] | AnyArray = (),
        *,
        category: int | str | None = None,
        include_history: bool = False,
        diversity: DiversityConfig | None = None,
        exploration: Exploration | None = None,
        overlay: Overlay | None = None,
    ) -> Slate:
        """Recommend for a history; a cart is a history of ``cart_add`` events.

        Parameters
        ----------
        history : History or sequence of ids
            Most recent last. Unknown items are ignored and reported in ``Slate.unknown_ids``.
        n, eligible, exclude, category, include_history, diversity, exploration
            As in `Candidates.slate`.
        overlay : Overlay, optional

        Returns
        -------
        Slate
            Exactly n items while as many qualify.

        Raises
        ------
        InvalidCountError, InvalidEligibleError, InvalidHistoryError, InvalidIdsError

        Notes
        -----
        `score` and one `Candidates.slate`: about 150 us for 20 history items, flat in catalogue size.
        """
        checked_count(n)
        return self.score(history, overlay=overlay).slate(
            n,
            eligible=eligible,
            exclude=exclude,
            category=category,
            include_history=include_history,
            diversity=diversity,
            exploration=exploration,
        )

    def similar_items(
        self,
        item_id: int | str,
        n: int = 8,
        *,
        eligible: Mask | None = None,
        exclude: Iterable[Any] | AnyArray = (),
        category: int | str | None = None,
        overlay: Overlay | None = None,
    ) -> Slate:
        """Return what goes with one item, best first, without diversity caps.

        Parameters
        ----------
        item_id : int or str
        n, eligible, exclude, category
            As in `Candidates.slate`.
        overlay : Overlay, optional

        Returns
        -------
        Slate
            Reasons ``similar_to`` citing the item; where neighbours do not suffice, popular items of the
            category asked for, or of its own and then of any, each saying so.

        Raises
        ------
        UnknownItemError
            The snapshot does not hold the item: ask `popular` with its category instead.
        InvalidCountError, InvalidEligibleError, InvalidIdsError
        """
        request = Request.checked(self.parts, n, eligible, exclude, category)
        position = int(self.parts.vocabulary.positions([item_id])[0])
        if position < 0:
            raise UnknownItemError(item_id)
        return similar_slate(self.parts, position, request, overlay)

    def popular(
        self,
        n: int = 12,
        *,
        category: int | str | None = None,
        eligible: Mask | None = None,
        exclude: Iterable[Any] | AnyArray = (),
        overlay: Overlay | None = None,
    ) -> Slate:
        """Return the most popular items by decayed weight.

        Parameters
        ----------
        n, eligible, exclude, category
            As in `Candidates.slate`.
        overlay : Overlay, optional
            What it counted since the fit is added before ranking.

        Returns
        -------
        Slate

        Raises
        ------
        InvalidCountError, InvalidEligibleError, InvalidIdsError

        Notes
        -----
        A walk down a sorted list: about 15 us while most items are eligible.
        """
        request = Request.checked(self.parts, n, eligible, exclude, category)
        current = self.activity_now(overlay)
        if current is not None:
            return fresh_slate(self.parts, "popular", request, current)
        return listed_slate(self.parts, self.parts.popular, "popular", request)

    def trending(
        self,
        n: int = 12,
        *,
        category: int | str | None = None,
        eligible: Mask | None = None,
        exclude: Iterable[Any] | AnyArray = (),
        overlay: Overlay | None = None,
    ) -> Slate:
        """Return the items whose recent activity exceeds their usual one the most.

        Parameters
        ----------
        n, eligible, exclude, category
            As in `Candidates.slate`.
        overlay : Overlay, optional
            What it counted since the fit is added before ranking, and what was counted then has faded.

        Returns
        -------
        Slate
            Scores are ratios: 2 = twice the usual rate.

        Raises
        ------
        InvalidCountError, InvalidEligibleError, InvalidIdsError
        """
        request = Request.checked(self.parts, n, eligible, exclude, category)
        current = self.activity_now(overlay)
        if current is not None:
            return fresh_slate(self.parts, "trending", request, current)
        return listed_slate(self.parts, self.parts.trending, "trending", request)

    def activity_now(self, overlay: Overlay | None) -> CurrentActivity | None:
        """Return how much attention items get at the moment that an overlay speaks of.

        Parameters
        ----------
        overlay : Overlay or None

        Returns
        -------
        CurrentActivity or None
            None without fresh counts, and for snapshots that were saved without their own.
        """
        fresh = None if overlay is None else overlay.fresh_counts()
        if fresh is None or self.parts.activity is None:
            return None
        return CurrentActivity(self.parts.activity, fresh)

    def newest(
        self,
        n: int = 12,
        *,
        category: int | str | None = None,
        eligible: Mask | None = None,
        exclude: Iterable[Any] | AnyArray = (),
    ) -> Slate:
        """Return the latest listings; empty when the catalogue had no ``listed_at``.

        Parameters
        ----------
        n, eligible, exclude, category
            As in `Candidates.slate`.

        Returns
        -------
        Slate
            Scores are negative ages in days at ``as_of``.

        Raises
        ------
        InvalidCountError, InvalidEligibleError, InvalidIdsError
        """
        request = Request.checked(self.parts, n, eligible, exclude, category)
        return listed_slate(self.parts, self.parts.newest, "new", request)

    def buy_again(
        self,
        history: HistoryLike,
        n: int = 12,
        *,
        eligible: Mask | None = None,
        exclude: Iterable[Any] | AnyArray = (),
    ) -> Slate:
        """Return items that this person has bought and that buyers tend to buy again.

        Parameters
        ----------
        history : History
            Only its ``purchase`` events count.
        n, eligible, exclude
            As in `Candidates.slate`.

        Returns
        -------
        Slate
            Often empty: durable goods are not bought again.

        Raises
        ------
        InvalidCountError, InvalidEligibleError, InvalidHistoryError, InvalidIdsError
        """
        request = Request.checked(self.parts, n, eligible, exclude, None)
        return buy_again_slate(self.parts, _as_history(history), request)

    def save(self, path: str | Path) -> None:
        """Write the snapshot to a new directory, all or nothing.

        Parameters
        ----------
        path : str or Path
            Must not exist; its parent must.

        Raises
        ------
        SnapshotExistsError
            The path is taken; nothing was written.
        OSError
            The disk refused; nothing is left at the path.

        Notes
        -----
        Arrays as ``.npy``, facts and checksums as ``manifest.json``; written beside the path, synced,
        renamed. The same snapshot gives the same bytes.
        """
        save_parts(self.parts, self.facts, Path(path))

    @classmethod
    def load(cls, path: str | Path, *, verify: bool = True) -> "RecommenderSnapshot":
        """Open a saved snapshot as memory maps.

        Parameters
        ----------
        path : str or Path
        verify : bool
            Read every byte and compare checksums (about 1 s per GB). Without it the manifest's own checksum
            and each file's size, type and shape are still compared: for workers that open what was just
            verified.

        Returns
        -------
        RecommenderSnapshot

        Raises
        ------
        SnapshotNotFoundError, SnapshotVersionError, CorruptSnapshotError
        """
        parts, facts = load_parts(Path(path), verify=verify)
        return cls(parts, facts)

    def _seeds(self, history: HistoryLike) -> Seeds:
        return seeds_of(_as_history(history), self.parts.vocabulary, self.parts.serving.recency)


def _as_history(history: HistoryLike) -> History:
    return history if isinstance(history, History) else History(history)
