"""Session-kNN: what people did next in the most similar recent sessions."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
from scipy.sparse import coo_array, csr_array, vstack

from recs.arrays import AnyArray, Floats, Positions
from recs.candidates.rows import best_of_rows, looked_up, no_scores, rows_of, scaled
from recs.candidates.sequence_model import ParameterValue, SequenceTraining
from recs.errors import ConfigurationError
from recs.sequences import Sequences

_HISTORIES_AT_ONCE: Final = 512
_LONGEST_HISTORY: Final = 30
_LONGEST_SESSION: Final = 200
_MOST_EVENTS: Final = 10_000


@dataclass(frozen=True, slots=True)
class SessionKnn:
    """Parameters of session-kNN with the weights of VSTAN.

    Parameters
    ----------
    sessions : int, at least 1
        Neighbours kept per history; fewer where they are long: together they hold at most 10,000 events.
    history_reach : float, positive
        Items of the history fade with ``exp(-steps back / history_reach)``.
    session_half_life : float, positive
        Age of a session, as a share of the training window, at which it counts half.
    match_reach : float, positive
        Items of a neighbour fade with ``exp(-distance / match_reach)`` from its match with the latest item.
    before_match : float in [0, 1]
        What items of a neighbour before the match count.
    rarity : float, at least 0
        Weight of an item's inverse document frequency in its score.
    match_rarity : float, at least 0
        Power of the inverse document frequency in the similarity of sessions.
    length_power : float, at least 0
        Similarities are divided by ``length ** length_power`` of the session.
    similarity_power : float, positive
        Similarities are raised to it.

    Notes
    -----
    Time O(postings of the history's items + sessions * their length). Sources: Ludewig et al. 2020 (VSTAN),
    Kersbergen et al. 2022 (VMIS); distances are clamped, so no weight is negative.
    """

    sessions: int = 500
    history_reach: float = 3.0
    session_half_life: float = 0.5
    match_reach: float = 3.0
    before_match: float = 1.0
    rarity: float = 1.0
    match_rarity: float = 0.5
    length_power: float = 0.5
    similarity_power: float = 1.0

    def __post_init__(self) -> None:
        if self.sessions < 1 or not 0 <= self.before_match <= 1:
            raise ConfigurationError("sessions must be at least 1, before_match in [0, 1]")
        if min(self.rarity, self.match_rarity, self.length_power) < 0:
            raise ConfigurationError("rarity, match_rarity and length_power must be at least 0")
        if not min(self.history_reach, self.session_half_life, self.match_reach, self.similarity_power) > 0:
            raise ConfigurationError("reaches, half-life and similarity_power must be positive")

    @property
    def name(self) -> str:
        """The name of the row."""
        return "session_knn"

    def parameters(self) -> Mapping[str, ParameterValue]:
        """Return everything that changes the result."""
        return asdict(self)

    def fit(self, training: SequenceTraining) -> "SessionScorer":
        """Index the sessions.

        Parameters
        ----------
        training : SequenceTraining

        Returns
        -------
        SessionScorer
        """
        sessions = training.sequences.latest(_LONGEST_SESSION)
        present = sessions.matrix(np.ones(sessions.items.shape[0]))
        present.data[:] = 1
        holders = np.bincount(present.indices, minlength=sessions.n_items)
        rarity = np.log(max(1, len(sessions)) / np.maximum(1, holders))
        ages = np.zeros(len(sessions))
        filled = sessions.lengths > 0
        ages[filled] = sessions.ages[sessions.starts[1:][filled] - 1]
        weights = np.exp2(-ages / self.session_half_life)
        weights *= np.power(np.maximum(1, sessions.lengths), -self.length_power)
        return SessionScorer(self, sessions, csr_array(present.T.tocsr()), weights, rarity)


@dataclass(frozen=True, slots=True, eq=False)
class SessionScorer:
    """Indexed sessions.

    Attributes
    ----------
    config : SessionKnn
    sessions : Sequences
    postings : csr_array of float32, shape (n_items, n_sessions)
    session_weights : ndarray of float64, shape (n_sessions,)
    rarity : ndarray of float64, shape (n_items,)
    """

    config: SessionKnn
    sessions: Sequences
    postings: csr_array
    session_weights: Floats
    rarity: Floats

    def scores(self, histories: Sequences) -> csr_array:
        """Score items for a block of histories.

        Parameters
        ----------
        histories : Sequences

        Returns
        -------
        csr_array of float32, shape (n_histories, n_items)
        """
        blocks = [
            self._block(histories.take(np.arange(first, min(first + _HISTORIES_AT_ONCE, len(histories)))))
            for first in range(0, len(histories), _HISTORIES_AT_ONCE)
        ]
        if not blocks:
            return no_scores(0, histories.n_items)
        return csr_array(vstack(blocks, format="csr"))

    def _block(self, histories: Sequences) -> csr_array:
        config = self.config
        steps = steps_of_items(histories.latest(_LONGEST_HISTORY))
        faded = csr_array(
            (np.exp(-(steps.data - 1) / config.history_reach), steps.indices, steps.indptr), shape=steps.shape
        )
        query = scaled(faded, None, np.power(self.rarity + 1e-9, config.match_rarity))
        similar = scaled(csr_array(query @ self.postings), None, self.session_weights)
        near = self._affordable(best_of_rows(similar, config.sessions))
        values = np.power(near.data, config.similarity_power)
        events, owners = self._events_of(near.indices)
        rows = rows_of(near)[owners]
        items = self.sessions.items[events]
        values = values[owners] * self._distance_weights(steps, rows, items, owners)
        values *= 1 + config.rarity * self.rarity[items]
        shape = (len(histories), histories.n_items)
        scored: csr_array = coo_array((values.astype(np.float32), (rows, items)), shape=shape).tocsr()
        return scored

    def _affordable(self, near: csr_array) -> csr_array:
        """Leave out the least similar neighbours of histories whose neighbours hold too many events."""
        rows = rows_of(near)
        lengths = self.sessions.lengths[near.indices]
        if near.nnz == 0 or int(np.bincount(rows, weights=lengths).max()) <= _MOST_EVENTS:
            return near
        order = np.lexsort((-near.data, rows))
        total = np.concatenate(([0], np.cumsum(lengths[order])))
        held = total[1:] - total[near.indptr[:-1][rows]]
        values = near.data.copy()
        values[order[held > _MOST_EVENTS]] = 0
        kept = csr_array((values, near.indices.copy(), near.indptr.copy()), shape=near.shape)
        kept.eliminate_zeros()
        return kept

    def _events_of(self, chosen: AnyArray) -> tuple[Positions, Positions]:
        lengths = self.sessions.lengths[chosen]
        owners = np.repeat(np.arange(chosen.shape[0]), lengths)
        ends = np.cumsum(lengths)
        places = np.arange(owners.shape[0]) - np.repeat(ends - lengths, lengths)
        return np.repeat(self.sessions.starts[:-1][chosen], lengths) + places, owners

    def _distance_weights(
        self, steps: csr_array, rows: AnyArray, items: AnyArray, owners: Positions
    ) -> Floats:
        places, found = looked_up(steps, rows * np.int64(steps.shape[1]) + items)
        back = np.where(found, steps.data[places] if steps.nnz else 0, np.inf)
        starts = np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1])))[: owners.size]
        if starts.size == 0:
            return np.zeros(0)
        lengths = np.diff(np.concatenate((starts, [owners.size])))
        place = np.arange(owners.size) - np.repeat(starts, lengths)
        nearest = np.repeat(np.minimum.reduceat(back, starts), lengths)
        match = np.maximum.reduceat(np.where(back == nearest, place, -1), starts)
        distance = place - np.repeat(match, lengths)
        weights: Floats = np.exp(-np.abs(distance) / self.config.match_reach)
        return np.where(distance < 0, weights * self.config.before_match, weights)


def steps_of_items(histories: Sequences) -> csr_array:
    """Return how far back each item of each history was last seen, 1 = latest.

    Parameters
    ----------
    histories : Sequences

    Returns
    -------
    csr_array of float32, shape (n_histories, n_items)
        Indices sorted.
    """
    keys = histories.rows * np.int64(histories.n_items) + histories.items
    back = histories.baskets_back + 1
    order = np.lexsort((back, keys))
    first = np.ones(order.shape[0], dtype=np.bool_)
    first[1:] = keys[order][1:] != keys[order][:-1]
    kept = order[first]
    rows = histories.rows[kept]
    starts = np.searchsorted(rows, np.arange(len(histories) + 1))
    return csr_array(
        (back[kept].astype(np.float32), histories.items[kept], starts),
        shape=(len(histories), histories.n_items),
    )
