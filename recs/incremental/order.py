"""Who met what when: the events themselves, for counting models that look at their order."""

from dataclasses import dataclass

import numpy as np

from recs.arrays import Floats, Mask, StoredPositions
from recs.interactions import Interactions
from recs.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class EventOrder:
    """One row for each event that weighs anything, in the order of arrival.

    Attributes
    ----------
    users, items : ndarray of int32, shape (n,)
        Positions in the vocabularies of the pairs beside it.
    times : ndarray of float64, shape (n,)
        Unix seconds.

    Notes
    -----
    16 bytes an event. Sums would not do: what an event counts depends on how many others lie between it and
    the next, so a late arrival changes the pairs around it, and fading is measured in shares of a window that
    grows. Rows are all that a refit looks at, so the result is the same to the last bit.
    """

    users: StoredPositions
    items: StoredPositions
    times: Floats

    def __len__(self) -> int:
        return int(self.users.shape[0])

    @classmethod
    def of(cls, interactions: Interactions) -> "EventOrder":
        """Keep what order-aware models learn from.

        Parameters
        ----------
        interactions : Interactions

        Returns
        -------
        EventOrder
        """
        counted = interactions.weights > 0
        return cls(
            interactions.user_positions[counted],
            interactions.item_positions[counted],
            interactions.timestamps[counted],
        )

    def moved(
        self, users: tuple[Vocabulary, Vocabulary], items: tuple[Vocabulary, Vocabulary]
    ) -> "EventOrder":
        """Return the same events in other vocabularies that hold all of theirs.

        Parameters
        ----------
        users, items : pair of Vocabulary
            Of now and then.

        Returns
        -------
        EventOrder
        """
        return EventOrder(_moved(self.users, *users), _moved(self.items, *items), self.times)

    def plus(self, other: "EventOrder") -> "EventOrder":
        """Return the events of both, in one vocabulary each; O(events)."""
        return EventOrder(
            np.concatenate((self.users, other.users)),
            np.concatenate((self.items, other.items)),
            np.concatenate((self.times, other.times)),
        )

    def without(self, gone: Mask) -> "EventOrder":
        """Return the events of all but some users.

        Parameters
        ----------
        gone : ndarray of bool, shape (n_users,)

        Returns
        -------
        EventOrder
        """
        kept = ~gone[self.users]
        return EventOrder(self.users[kept], self.items[kept], self.times[kept])

    def interactions(self, users: Vocabulary, items: Vocabulary, as_of: float) -> Interactions:
        """Return them as what candidate generators are fitted on.

        Parameters
        ----------
        users, items : Vocabulary
            Of the positions.
        as_of : float
            Unix seconds.

        Returns
        -------
        Interactions
            Every weight is 1: order-aware models ask only whether there is any.
        """
        n = len(self)
        return Interactions(
            users,
            items,
            self.users,
            self.items,
            np.ones(n),
            self.times,
            np.zeros(n, dtype=np.uint8),
            as_of,
            0,
        )


def _moved(positions: StoredPositions, now: Vocabulary, then: Vocabulary) -> StoredPositions:
    return then.positions(now.ids).astype(np.int32)[positions] if positions.size else positions
