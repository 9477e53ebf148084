"""A counting state: events go in between refits, people go out, and a snapshot equals a full refit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from recs.array_directory import MANIFEST, open_directory, write_directory
from recs.arrays import AnyArray, Mask
from recs.candidates.item_knn import ItemKnn
from recs.candidates.item_to_item import ItemToItem
from recs.errors import ConfigurationError, CorruptSnapshotError
from recs.incremental.fitting import counted_parts
from recs.incremental.order import EventOrder
from recs.incremental.pairs import PairCounts
from recs.interactions import Interactions, as_of_seconds
from recs.recommender import HybridConfig, fitted_facts
from recs.snapshot import RecommenderSnapshot
from recs.vocabulary import Vocabulary

SCHEMA_VERSION: Final = 1

_COLUMNS: Final = (
    "user_positions",
    "item_positions",
    "sums",
    "latest",
    "events",
    "purchases",
)
_ORDER_COLUMNS: Final = {"order_users": "users", "order_items": "items", "order_times": "times"}


def counted_half_lives(config: HybridConfig) -> tuple[float, ...]:
    """Return the half-lives that a state must count by to serve a configuration.

    Parameters
    ----------
    config : HybridConfig

    Returns
    -------
    tuple of float
        Distinct seconds, ascending.

    Raises
    ------
    ConfigurationError
        A generator that is neither item-kNN nor a model of sequences.
    """
    popularity = config.popularity
    found = {popularity.half_life_s, popularity.trend_short_s, popularity.trend_long_s}
    for generator in config.generators:
        if isinstance(generator, ItemKnn):
            found.add(generator.half_life_s)
        elif not isinstance(generator, ItemToItem):
            raise ConfigurationError(
                f"{generator.name} cannot be fitted from counts; item-kNN and models of sequences can"
            )
    return tuple(sorted(found))


def needs_order(config: HybridConfig) -> bool:
    """Return whether a state must keep the order of events to serve a configuration.

    Parameters
    ----------
    config : HybridConfig

    Returns
    -------
    bool
        Whether it has transitions, co-occurrence or another model of sequences.
    """
    return any(isinstance(generator, ItemToItem) for generator in config.generators)


@dataclass(frozen=True, slots=True, eq=False)
class CountingState:
    """All that the counting models remember, one row for each user and item that met.

    Attributes
    ----------
    half_lives_s : tuple of float
    pairs : PairCounts
    order : EventOrder or None
        What transitions, co-occurrence and other models of sequences learn from; None where it is not kept.

    Notes
    -----
    Decayed sums per pair are enough for popularity at every half-life, trends, repeat rates and the user-item
    matrix whose columns item-kNN compares, and they are additive: adding a batch costs O(pairs + batch), no
    log is kept, and a person is forgotten by dropping rows. Compared with a refit over the same events, a sum
    differs by at most 2**-51 for each of its events, the rounding that keeps a refit free of row order.
    Memory and disk: 48 bytes a pair with the three default half-lives, 240 MB for 5 million pairs; where the
    order is kept 16 bytes more for each event. Models of sequences then equal a refit to the last bit.

    Examples
    --------
    >>> seen = pd.DataFrame({"user_id": [1, 1, 2, 2], "item_id": [7, 8, 7, 8], "timestamp": 0.0})
    >>> config = HybridConfig()
    >>> state = CountingState.of(seen, counted_half_lives(config), as_of=60.0)
    >>> state = state.apply(pd.DataFrame({"user_id": [2], "item_id": [9], "timestamp": [90.0]}), as_of=99.0)
    >>> state.snapshot(config).recommend([9], n=2).item_ids.tolist()
    [7, 8]
    >>> state.forget([2]).snapshot(config).item_ids.tolist()
    [7, 8]
    """

    half_lives_s: tuple[float, ...]
    pairs: PairCounts
    order: EventOrder | None = None

    @classmethod
    def of(
        cls,
        interactions: pd.DataFrame,
        half_lives_s: Sequence[float],
        *,
        as_of: float | datetime | None = None,
        keeps_order: bool = False,
    ) -> "CountingState":
        """Count a closed time window.

        Parameters
        ----------
        interactions : DataFrame
            As in `Interactions.of`; may have no rows.
        half_lives_s : sequence of float
            Seconds, positive; `counted_half_lives` names those of a configuration.
        as_of : float or datetime, optional
            Unix seconds or datetime; later rows are left out. Default: the latest timestamp.
        keeps_order : bool
            `needs_order` tells whether a configuration needs it.

        Returns
        -------
        CountingState

        Raises
        ------
        ConfigurationError
            No half-life, or one that is not positive.
        MissingColumnsError, InvalidIdsError, InvalidWeightsError, InvalidTimestampsError, UnknownEventError
        """
        if not half_lives_s or not all(half_life_s > 0 for half_life_s in half_lives_s):
            raise ConfigurationError(f"half-lives must be positive seconds, not {list(half_lives_s)}")
        window = Interactions.of(interactions, as_of=as_of)
        pairs = PairCounts.of(window, half_lives_s)
        return cls(tuple(half_lives_s), pairs, _order_of(window, pairs) if keeps_order else None)

    def apply(self, events: pd.DataFrame, *, as_of: float | datetime | None = None) -> "CountingState":
        """Add events that are not yet counted.

        Parameters
        ----------
        events : DataFrame
            As in `Interactions.of`, in any order; late arrivals from before `until` are welcome. The state
            cannot know what it has counted: give each event once.
        as_of : float or datetime, optional
            Rows after it are left out: give them again later. Default: the latest timestamp.

        Returns
        -------
        CountingState
            A new one; this one stays as it is.

        Raises
        ------
        InputError
            As in `of`; nothing is added.
        """
        window = Interactions.of(events, as_of=as_of)
        if len(window) == 0:
            return self
        added = PairCounts.of(window, self.half_lives_s)
        pairs, order = self.pairs.plus(added, self.half_lives_s), None
        if self.order is not None:
            order = _moved(self.order, self.pairs, pairs).plus(_order_of(window, pairs))
        return CountingState(self.half_lives_s, pairs, order)

    def forget(self, user_ids: Iterable[Any] | AnyArray) -> "CountingState":
        """Leave no trace of some people.

        Parameters
        ----------
        user_ids : iterable of int or str
            Unknown ones are ignored.

        Returns
        -------
        CountingState
            What the state would be had their events never come; items that only they met are gone too.

        Raises
        ------
        InvalidIdsError
            Ids of another type than the users'.
        """
        positions = self.pairs.users.positions(user_ids)
        gone: Mask = np.zeros(len(self.pairs.users), dtype=np.bool_)
        gone[positions[positions >= 0]] = True
        pairs, order = self.pairs.where(~gone[self.pairs.user_positions]), None
        if self.order is not None:
            order = _moved(self.order.without(gone), self.pairs, pairs)
        return CountingState(self.half_lives_s, pairs, order)

    def snapshot(
        self,
        config: HybridConfig,
        items: pd.DataFrame | None = None,
        *,
        as_of: float | datetime | None = None,
    ) -> RecommenderSnapshot:
        """Fit from the counts.

        Parameters
        ----------
        config : HybridConfig
            Its half-lives must be among the counted.
        items : DataFrame, optional
            The catalogue, as in `HybridRecommender.fit`.
        as_of : float or datetime, optional
            Not before `until`, which is the default.

        Returns
        -------
        RecommenderSnapshot
            That of `HybridRecommender.fit` over the same events, scores within 1e-6.

        Raises
        ------
        ConfigurationError
            A half-life that was not counted, an order that was not kept, a generator that cannot be fitted
            from counts, or a moment before `until`: decayed sums cannot be taken back.
        EmptyInputError
            Neither pairs nor items.
        MissingColumnsError, InvalidIdsError, DuplicateItemsError

        Notes
        -----
        Costs what its generators cost; reading, checking and numbering the log is saved.
        """
        uncounted = set(counted_half_lives(config)).difference(self.half_lives_s)
        if uncounted:
            raise ConfigurationError(f"half-lives {sorted(uncounted)} s were not counted")
        if self.order is None and needs_order(config):
            raise ConfigurationError("the order of events was not kept; models of sequences need it")
        now = self.pairs.until if as_of is None else as_of_seconds(as_of, self.pairs.latest)
        if now < self.pairs.until:
            raise ConfigurationError(
                f"as_of {now:.0f} is before {self.pairs.until:.0f}, the end of the counts"
            )
        parts, counts = counted_parts(self.pairs, self.order, self.half_lives_s, config, items, now)
        return RecommenderSnapshot(parts, fitted_facts(now, counts, config))

    def save(self, path: str | Path) -> None:
        """Write the state to a new directory, all or nothing, as snapshots are written.

        Parameters
        ----------
        path : str or Path
            Must not exist; its parent must.

        Raises
        ------
        SnapshotExistsError, OSError
        """
        arrays = {name: getattr(self.pairs, name) for name in _COLUMNS}
        arrays |= {"user_ids": self.pairs.users.ids, "item_ids": self.pairs.items.ids}
        if self.order is not None:
            arrays |= {name: getattr(self.order, column) for name, column in _ORDER_COLUMNS.items()}
        content = {
            "schemaVersion": SCHEMA_VERSION,
            "kind": "counts",
            "halfLivesSeconds": [str(half_life_s) for half_life_s in self.half_lives_s],
            "until": self.pairs.until,
            "keepsOrder": self.order is not None,
        }
        write_directory(Path(path), arrays, content)

    @classmethod
    def load(cls, path: str | Path, *, verify: bool = True) -> "CountingState":
        """Open a saved state as memory maps.

        Parameters
        ----------
        path : str or Path
        verify : bool
            Read every byte and compare checksums.

        Returns
        -------
        CountingState

        Raises
        ------
        SnapshotNotFoundError, SnapshotVersionError, CorruptSnapshotError
        """
        path = Path(path)
        arrays, content = open_directory(path, schema_version=SCHEMA_VERSION, verify=verify)
        try:
            if content["kind"] != "counts":
                raise CorruptSnapshotError(path, MANIFEST, f"holds {content['kind']!r}, not counts")
            half_lives_s = tuple(float(text) for text in content["halfLivesSeconds"])
            columns = {name: arrays[name] for name in _COLUMNS}
            users, items = Vocabulary(arrays["user_ids"]), Vocabulary(arrays["item_ids"])
            until = float(content["until"])
            keeps_order = content.get("keepsOrder", False)
            order = {column: arrays[name] for name, column in _ORDER_COLUMNS.items() if keeps_order}
        except (KeyError, TypeError, ValueError) as error:
            raise CorruptSnapshotError(path, MANIFEST, f"these are no counts ({error})") from error
        pairs = PairCounts(users, items, **columns, until=until)
        return cls(half_lives_s, pairs, EventOrder(**order) if keeps_order else None)


def _order_of(window: Interactions, pairs: PairCounts) -> EventOrder:
    """Return the order of a window in the vocabularies of pairs that hold its own."""
    return EventOrder.of(window).moved((window.users, pairs.users), (window.items, pairs.items))


def _moved(order: EventOrder, now: PairCounts, then: PairCounts) -> EventOrder:
    return order.moved((now.users, then.users), (now.items, then.items))
