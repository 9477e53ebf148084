"""From counts of pairs to the parts of a snapshot, by the formulas of a full fit."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from recs.activity import Activity
from recs.arrays import Floats, StoredPositions
from recs.candidates.item_knn import ItemKnn
from recs.candidates.item_to_item import ItemToItem
from recs.candidates.neighbours import NeighbourTable
from recs.candidates.popularity import newest_of, popular_of, repeat_rates_of, trending_of
from recs.catalogue import Catalogue, catalogue_ids, catalogue_of
from recs.errors import ConfigurationError, EmptyInputError, InvalidIdsError
from recs.incremental.order import EventOrder
from recs.incremental.pairs import PairCounts
from recs.item_features import described_items
from recs.matrix import faded
from recs.parts import FittedGenerator, SnapshotParts, blended_neighbours
from recs.recommender import HybridConfig
from recs.training import TrainingSet
from recs.vocabulary import Vocabulary


def counted_parts(
    pairs: PairCounts,
    order: EventOrder | None,
    half_lives_s: Sequence[float],
    config: HybridConfig,
    items: pd.DataFrame | None,
    as_of: float,
) -> tuple[SnapshotParts, dict[str, int]]:
    """Fit every list and generator from counts.

    Parameters
    ----------
    pairs : PairCounts
    order : EventOrder or None
        Of the same events.
    half_lives_s : sequence of float
        What the columns of ``pairs.sums`` are decayed by.
    config : HybridConfig
    items : DataFrame or None
        The catalogue.
    as_of : float
        Unix seconds.

    Returns
    -------
    parts : SnapshotParts
    counts : dict of str to int
        As a full fit reports them; ``futureInteractions`` is 0, later events were never added.

    Raises
    ------
    EmptyInputError, ConfigurationError, MissingColumnsError, InvalidIdsError, DuplicateItemsError
    """
    vocabulary = _vocabulary(pairs, items)
    if len(vocabulary) == 0 or (items is not None and len(items) == 0):
        raise EmptyInputError(f"nothing to recommend: {len(pairs)} pairs, no items")
    catalogue = catalogue_of(items, vocabulary)
    moved = vocabulary.positions(pairs.items.ids).astype(np.int32)[pairs.item_positions]
    counts = _Counts(pairs, moved, half_lives_s, len(vocabulary), as_of)
    training = None if order is None else _training(order, pairs, catalogue, vocabulary, items, as_of)
    popularity = config.popularity
    by_item = (
        counts.by_item(popularity.half_life_s),
        counts.by_item(popularity.trend_short_s),
        counts.by_item(popularity.trend_long_s),
    )
    bought = pairs.purchases > 0
    generators = tuple(
        FittedGenerator(generator.name, generator.weight, counts.neighbours(generator, catalogue, training))
        for generator in config.generators
    )
    parts = SnapshotParts(
        vocabulary=vocabulary.addressed(),
        attributes=catalogue.attributes,
        generators=generators,
        blended=blended_neighbours(generators),
        popular=popular_of(by_item[0], catalogue),
        trending=trending_of(by_item[1], by_item[2], catalogue, popularity),
        newest=newest_of(catalogue, as_of),
        repeat_rates=repeat_rates_of(
            moved[bought].astype(np.int64), pairs.purchases[bought], len(vocabulary), popularity
        ),
        serving=config.serving,
        activity=Activity.of(by_item, catalogue.listed, asdict(popularity), as_of),
    )
    return parts, {
        "interactions": int(pairs.events.sum()),
        "users": len(pairs.users),
        "items": len(vocabulary),
        "listedItems": int(np.count_nonzero(catalogue.listed)),
        "futureInteractions": 0,
    }


class _Counts:
    """Sums of one moment, by half-life."""

    def __init__(
        self,
        pairs: PairCounts,
        item_positions: StoredPositions,
        half_lives_s: Sequence[float],
        n_items: int,
        as_of: float,
    ) -> None:
        self._pairs = pairs
        self._items = item_positions
        self._half_lives_s = tuple(half_lives_s)
        self._n_items = n_items
        self._as_of = as_of

    def by_item(self, half_life_s: float) -> Floats:
        """Return decayed weights summed by item."""
        sums = np.bincount(self._items, weights=self._sums(half_life_s), minlength=self._n_items)
        return faded(sums.astype(np.float64, copy=False))

    def neighbours(
        self, generator: object, catalogue: Catalogue, training: TrainingSet | None
    ) -> NeighbourTable:
        """Fit item-kNN from the sums, models of sequences from the events themselves."""
        if isinstance(generator, ItemToItem) and training is not None:
            return generator.fit(training)
        if not isinstance(generator, ItemKnn):
            raise ConfigurationError(f"{type(generator).__name__} cannot be fitted from counts")
        return generator.fit_matrix(self._user_items(generator), catalogue.listed)

    def _sums(self, half_life_s: float) -> Floats:
        column = self._half_lives_s.index(half_life_s)
        now: Floats = self._pairs.sums[:, column] * np.exp2((self._pairs.until - self._as_of) / half_life_s)
        return now

    def _user_items(self, generator: ItemKnn) -> csr_array:
        sums = faded(self._sums(generator.half_life_s))
        kept = np.flatnonzero(self._pairs.latest > -np.inf)
        users, items = self._pairs.user_positions[kept], self._items[kept]
        lengths = np.bincount(users, minlength=len(self._pairs.users))
        if int(lengths.max(initial=0)) > generator.history_cap:
            order = np.lexsort((items, -self._pairs.latest[kept], users))
            rank = np.arange(order.shape[0]) - np.searchsorted(users, users)
            inside = np.sort(order[rank < generator.history_cap])
            kept, users, items = kept[inside], users[inside], items[inside]
        starts = np.searchsorted(users, np.arange(len(self._pairs.users) + 1)).astype(np.int32)
        values = np.log1p(sums[kept]).astype(np.float32)
        matrix = csr_array((values, items, starts), shape=(len(self._pairs.users), self._n_items))
        matrix.eliminate_zeros()
        return matrix


def _training(
    order: EventOrder,
    pairs: PairCounts,
    catalogue: Catalogue,
    vocabulary: Vocabulary,
    items: pd.DataFrame | None,
    as_of: float,
) -> TrainingSet:
    moved = order.moved((pairs.users, pairs.users), (pairs.items, vocabulary))
    return TrainingSet(
        moved.interactions(pairs.users, vocabulary, as_of),
        catalogue,
        partial(described_items, items, vocabulary),
    )


def _vocabulary(pairs: PairCounts, items: pd.DataFrame | None) -> Vocabulary:
    if items is None:
        return pairs.items
    listed = Vocabulary.of(catalogue_ids(items))
    if len(pairs.items) == 0 or len(listed) == 0:
        return listed if len(listed) else pairs.items
    if listed.kind != pairs.items.kind:
        raise InvalidIdsError(f"the counts hold {pairs.items.kind} item ids, the catalogue {listed.kind}")
    return Vocabulary.of(np.concatenate([pairs.items.ids, listed.ids]))
