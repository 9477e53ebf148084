"""What counting models need to know of each user and item that met: sums that events are added to."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recs.arrays import AnyArray, Floats, Mask, Positions, StoredPositions
from recs.columns import Event
from recs.interactions import Interactions
from recs.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class PairCounts:
    """One row for each user and item that met, ordered by user, then item.

    Attributes
    ----------
    users, items : Vocabulary
        Exactly those that appear in a pair.
    user_positions, item_positions : ndarray of int32, shape (n_pairs,)
    sums : ndarray of float64, shape (n_pairs, n_half_lives)
        Summed weights, decayed to `until` by each half-life.
    latest : ndarray of float64, shape (n_pairs,)
        Unix seconds of the latest event that weighs anything; -inf without one.
    events, purchases : ndarray of int32, shape (n_pairs,)
        How many rows, and how many of them were purchases.
    until : float
        Unix seconds: no event is later.

    Notes
    -----
    24 bytes a pair and 8 for each half-life. Sums of decayed weights only shrink together as time passes, so
    rows of two tables can be added whatever order their events came in.
    """

    users: Vocabulary
    items: Vocabulary
    user_positions: StoredPositions
    item_positions: StoredPositions
    sums: Floats
    latest: Floats
    events: StoredPositions
    purchases: StoredPositions
    until: float

    def __len__(self) -> int:
        return int(self.user_positions.shape[0])

    @classmethod
    def of(cls, interactions: Interactions, half_lives_s: Sequence[float]) -> "PairCounts":
        """Count a window of interactions.

        Parameters
        ----------
        interactions : Interactions
        half_lives_s : sequence of float
            Seconds, positive.

        Returns
        -------
        PairCounts

        Notes
        -----
        O(n log n).
        """
        n = len(interactions)
        ages = interactions.timestamps - interactions.as_of
        weights = interactions.weights
        sums = np.empty((n, len(half_lives_s)))
        for column, half_life_s in enumerate(half_lives_s):
            sums[:, column] = weights * np.exp2(ages / half_life_s)
        each = cls(
            interactions.users,
            interactions.items,
            interactions.user_positions,
            interactions.item_positions,
            sums,
            np.where(weights > 0, interactions.timestamps, -np.inf),
            np.ones(n, dtype=np.int32),
            (interactions.events == Event.PURCHASE).astype(np.int32),
            interactions.as_of,
        )
        return _summed(each)

    def plus(self, other: "PairCounts", half_lives_s: Sequence[float]) -> "PairCounts":
        """Add another table.

        Parameters
        ----------
        other : PairCounts
        half_lives_s : sequence of float
            The half-lives of both tables.

        Returns
        -------
        PairCounts
            `until` is the later of the two.

        Raises
        ------
        InvalidIdsError
            The ids are of different types.

        Notes
        -----
        O(pairs of both): about 0.5 s for 5 million pairs.
        """
        until = max(self.until, other.until)
        tables = [table for table in (self, other) if len(table)]
        users = _union([table.users for table in tables])
        items = _union([table.items for table in tables])
        joined = PairCounts(
            users,
            items,
            _joined([_translated(table.user_positions, table.users, users) for table in tables], np.int32),
            _joined([_translated(table.item_positions, table.items, items) for table in tables], np.int32),
            np.concatenate(
                [table.sums_at(until, half_lives_s) for table in tables] or [np.empty((0, len(half_lives_s)))]
            ),
            _joined([table.latest for table in tables], np.float64),
            _joined([table.events for table in tables], np.int32),
            _joined([table.purchases for table in tables], np.int32),
            until,
        )
        return _summed(joined)

    def where(self, kept: Mask) -> "PairCounts":
        """Keep some pairs, and only their users and items.

        Parameters
        ----------
        kept : ndarray of bool, shape (n_pairs,)

        Returns
        -------
        PairCounts
        """
        users, user_positions = _pruned(self.users, self.user_positions[kept])
        items, item_positions = _pruned(self.items, self.item_positions[kept])
        return PairCounts(
            users,
            items,
            user_positions,
            item_positions,
            self.sums[kept],
            self.latest[kept],
            self.events[kept],
            self.purchases[kept],
            self.until,
        )

    def sums_at(self, as_of: float, half_lives_s: Sequence[float]) -> Floats:
        """Return the sums decayed to a later moment, shape (n_pairs, n_half_lives)."""
        return self.sums * np.exp2((self.until - as_of) / np.asarray(half_lives_s, dtype=np.float64))


def _summed(table: PairCounts) -> PairCounts:
    """Add up the rows of each pair and order them."""
    keys = table.user_positions.astype(np.int64) * max(1, len(table.items)) + table.item_positions
    if keys.size == 0:
        return table
    # Two sorted runs are merged in linear time by a stable sort.
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    first = order[starts]
    return PairCounts(
        table.users,
        table.items,
        table.user_positions[first],
        table.item_positions[first],
        np.add.reduceat(table.sums[order], starts, axis=0),
        np.maximum.reduceat(table.latest[order], starts),
        np.add.reduceat(table.events[order], starts),
        np.add.reduceat(table.purchases[order], starts),
        table.until,
    )


def _union(vocabularies: Sequence[Vocabulary]) -> Vocabulary:
    # Unequal kinds reach `positions`, which refuses them; numpy would make text of the integers.
    first, *others = vocabularies or [Vocabulary.of([])]
    for other in others:
        first.positions(other.ids[:1])
        first = Vocabulary.of(np.concatenate([first.ids, other.ids]))
    return first


def _translated(positions: StoredPositions, own: Vocabulary, joint: Vocabulary) -> StoredPositions:
    return joint.positions(own.ids).astype(np.int32)[positions]


def _pruned(vocabulary: Vocabulary, positions: StoredPositions) -> tuple[Vocabulary, StoredPositions]:
    used = np.zeros(len(vocabulary), dtype=np.bool_)
    used[positions] = True
    moved: Positions = np.cumsum(used) - 1
    return Vocabulary.of(vocabulary.ids[used]), moved[positions].astype(np.int32)


def _joined(columns: Sequence[AnyArray], dtype: type) -> AnyArray:
    return np.concatenate(columns) if columns else np.empty(0, dtype=dtype)
