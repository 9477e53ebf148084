"""Scoring by an item-to-item matrix, and the bridge that lets such a model serve."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from scipy.sparse import csr_array

from recs.arrays import Mask
from recs.candidates.item_knn import empty_table, place_best
from recs.candidates.neighbours import NeighbourTable
from recs.candidates.rows import stable_order
from recs.candidates.sequence_model import ParameterValue, SequenceTraining
from recs.errors import ConfigurationError
from recs.interactions import Interactions
from recs.json_numbers import json_values
from recs.sequences import Sequences
from recs.training import TrainingSet

_LONGEST_HISTORY = 100
_BLOCK_ROWS = 1024


@dataclass(frozen=True, slots=True, eq=False)
class ItemToItemScorer:
    """Sums the rows of a matrix over a history, recent items first.

    Parameters
    ----------
    matrix : csr_array of float32, shape (n_items, n_items)
        Row: item of the history; column: candidate.
    recency : float in (0, 1]
        Factor per basket (or event) back from the latest.
    """

    matrix: csr_array
    recency: float

    def scores(self, histories: Sequences) -> csr_array:
        """Score items for a block of histories.

        Parameters
        ----------
        histories : Sequences

        Returns
        -------
        csr_array of float32, shape (n_histories, n_items)

        Notes
        -----
        O(events * neighbours); only the latest 100 events of a history count.
        """
        recent = histories.latest(_LONGEST_HISTORY)
        weights = np.power(self.recency, recent.baskets_back)
        return csr_array(recent.matrix(weights) @ self.matrix)


class ItemToItemModel(Protocol):
    """A sequence model whose whole knowledge is one item-to-item matrix.

    One that learns from what describes items says so by an attribute ``reads_features``. One that can save
    work when only some neighbours per item are wanted has a method ``narrowed(count)``, which returns it.
    """

    @property
    def name(self) -> str:
        """Cited in reasons and reports."""
        ...

    def parameters(self) -> Mapping[str, ParameterValue]:
        """Return everything that changes the result."""
        ...

    def item_matrix(self, training: SequenceTraining) -> csr_array:
        """Learn the matrix, shape (n_items, n_items)."""
        ...


@dataclass(frozen=True, slots=True)
class ItemToItem:
    """Candidate generator that serves an item-to-item model from a table of neighbours.

    Parameters
    ----------
    model : ItemToItemModel
    neighbours : int, at least 1
        Kept per item; negative and zero entries are dropped.
    weight : float, at least 0
        Factor in the blend.
    label : str
        The name cited in reasons; empty = the model's.

    Notes
    -----
    Rows are divided by their largest entry over all items, so that generators of different scales can be
    blended; the relative weight of items of a history stays.
    """

    model: ItemToItemModel
    neighbours: int = 64
    weight: float = 1.0
    label: str = ""

    def __post_init__(self) -> None:
        if self.neighbours < 1 or not 0 <= self.weight < float("inf"):
            raise ConfigurationError("neighbours must be at least 1, weight finite and at least 0")

    @property
    def name(self) -> str:
        """The name cited in reasons."""
        return self.label or self.model.name

    def parameters(self) -> Mapping[str, Any]:
        """Return everything that changes the result; those of the model apart, because names recur."""
        model = {"name": self.model.name, **json_values(self.model.parameters())}
        return {"model": model, "neighbours": self.neighbours, "weight": self.weight}

    def fit(self, training: TrainingSet) -> NeighbourTable:
        """Learn neighbours from the training set.

        Parameters
        ----------
        training : TrainingSet

        Returns
        -------
        NeighbourTable
            Only listed items are neighbours; every item has a row, best first, ties by position.
        """
        n_items, listed = training.n_items, training.catalogue.listed
        table = empty_table(n_items, max(1, min(self.neighbours, n_items - 1)))
        sequences, reads = sequences_of(training.interactions), getattr(self.model, "reads_features", False)
        # Texts are alike before anybody has looked at them; nothing else is known without events.
        if n_items and (sequences.items.size or reads):
            model = self._narrowed() if listed.all() else self.model
            learned = SequenceTraining(sequences, training.described() if reads else None)
            _fill(table, model.item_matrix(learned), listed)
        return table

    def _narrowed(self) -> ItemToItemModel:
        """Return a model that learns only what can be served: the neighbours, and the item itself."""
        narrowed: Callable[[int], ItemToItemModel] = getattr(self.model, "narrowed", lambda _: self.model)
        return narrowed(self.neighbours + 1)


def _fill(table: NeighbourTable, matrix: csr_array, listed: Mask) -> None:
    for first in range(0, matrix.shape[0], _BLOCK_ROWS):
        rows = csr_array(matrix[first : first + _BLOCK_ROWS])
        rows.data = np.where(listed[rows.indices], rows.data, 0).astype(np.float32)
        place_best(table, first, rows.indptr, rows.indices, rows.data)
    table.scores[:] /= max(float(np.nanmax(table.scores, initial=0)), float(np.finfo(np.float32).tiny))


def sequences_of(interactions: Interactions) -> Sequences:
    """Line up each user's interactions in time order.

    Parameters
    ----------
    interactions : Interactions
        Events of weight 0, such as impressions, are left out.

    Returns
    -------
    Sequences
        Shape (n_users rows); events at the same moment share a basket, ordered by position within it.

    Notes
    -----
    O(n log n).
    """
    counted = interactions.weights > 0
    users, items = interactions.user_positions[counted], interactions.item_positions[counted]
    times = interactions.timestamps[counted]
    order = stable_order(items)
    order = order.take(times.take(order).argsort(kind="stable"))
    order = order.take(stable_order(users.take(order)))
    users, items, times = users[order], items[order], times[order]
    n_users = len(interactions.users)
    starts = np.searchsorted(users, np.arange(n_users + 1))
    moved = np.concatenate(([0], np.cumsum(times[1:] != times[:-1]))) if times.size else times
    lengths = np.diff(starts)
    firsts = (
        np.repeat(moved[np.minimum(starts[:-1], max(0, times.size - 1))], lengths) if times.size else moved
    )
    span = interactions.as_of - float(times.min()) if times.size else 0.0
    ages = (interactions.as_of - times) / span if span > 0 else np.zeros(times.size)
    return Sequences(
        items, starts.astype(np.int64), len(interactions.items), ages, (moved - firsts).astype(np.int32)
    )
