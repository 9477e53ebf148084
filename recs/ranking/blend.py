"""Blending: what all generators give for a history, summed per candidate, the best found first."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from recs.arrays import AnyArray, Positions, Scores, read_only
from recs.errors import ShapeError
from recs.history import Seeds, group_starts
from recs.overlay import Overlay
from recs.parts import SnapshotParts
from recs.ranking.order import best_first

Keys: TypeAlias = NDArray[np.unsignedinteger[Any]]

LIVE: Final = "live"

_MOST_CONTRIBUTIONS: Final = 1 << 20  # more than ten generators give for a hundred seeds
_ROUNDING: Final = 1e-6  # of float32 sums, relative
_DEEPER: Final = 4  # times as many candidates are sorted for who has looked at the likely ones in vain


@dataclass(frozen=True, slots=True, eq=False)
class Blend:
    """Scored candidates of one history, with every contribution kept for reasons.

    Attributes
    ----------
    positions : ndarray of int64, shape (n_candidates,)
        Distinct, ascending.
    support : ndarray of float32, shape (n_candidates,)
        Sum of what seeds give.
    popularity : ndarray of float32, shape (n_items,)
        By position, each in [0, 1].
    popularity_weight : float
        What it counts in a score.
    values : ndarray of float32, shape (n_contributions,)
        What one seed gives one candidate.
    seeds : ndarray of int64, shape (n_contributions,)
        Index of that seed; -1 for none (popular candidates).
    order : ndarray of int64, shape (m,)
        Indices of contributions grouped by candidate.
    starts : ndarray of int64, shape (n_candidates + 1,)
        Candidate ``c`` owns ``order[starts[c]:starts[c + 1]]``.
    sources : tuple of (int, str)
        Each generator's first contribution and name, in order.
    """

    positions: Positions
    support: Scores
    popularity: Scores
    popularity_weight: float
    values: Scores
    seeds: Positions
    order: Positions
    starts: Positions
    sources: tuple[tuple[int, str], ...]

    @property
    def scores(self) -> Scores:
        """What each candidate scores: support + weighted popularity, shape (n_candidates,)."""
        return self._scored(self.positions, self.support)

    def scores_of(self, chosen: AnyArray) -> Scores:
        """Return what some candidates score, by their indices."""
        return self._scored(self.positions.take(chosen), self.support.take(chosen))

    def best_first(self, likely: int) -> Iterator[Positions]:
        """Walk down the candidates by falling score, ties by position.

        Parameters
        ----------
        likely : int
            How many will most likely be looked at.

        Yields
        ------
        ndarray of int64
            Indices of candidates: at first as many as are likely, then, for who wants them, several times
            as many, in the end all others.

        Notes
        -----
        Popularity, which is one look into memory per candidate, and a sort are spent on the likely ones only:
        those whose support lies no further below that of the last likely one than popularity can lift.
        """
        n_candidates, known = self.support.shape[0], 0
        while likely < n_candidates:
            last = n_candidates - likely
            bound = float(np.partition(self.support, last)[last])
            least = bound - self.popularity_weight - _ROUNDING * (abs(bound) + self.popularity_weight)
            contenders = (self.support >= least).nonzero()[0]
            yield contenders.take(best_first(self.scores_of(contenders))[known:likely])
            known, likely = likely, likely * _DEEPER
        yield best_first(self.scores)[known:]

    def generator_of(self, contribution: int) -> str:
        """Return the name of the generator that gave a contribution."""
        for first, source in reversed(self.sources):
            if contribution >= first:
                return source
        raise IndexError(contribution)

    def _scored(self, positions: Positions, support: Scores) -> Scores:
        scores = self.popularity.take(positions)
        scores *= self.popularity_weight
        scores += support
        return scores


def blend(parts: SnapshotParts, seeds: Seeds, overlay: Overlay | None = None) -> Blend:
    """Score the candidates of a history in one pass.

    Parameters
    ----------
    parts : SnapshotParts
    seeds : Seeds
        May be empty: then only popular items are candidates.
    overlay : Overlay, optional

    Returns
    -------
    Blend

    Raises
    ------
    ShapeError
        More than a million contributions: too many seeds, neighbours or generators for a request.

    Notes
    -----
    O(c log c) for c contributions, that is n_seeds * k per generator; nothing is allocated by catalogue size.
    One sort of packed integers replaces a scatter into a catalogue-sized vector, which costs 2 ms at 100 k
    items.
    """
    pieces, sources = _contributions(parts, seeds, overlay)
    values = np.concatenate([piece[1] for piece in pieces])
    givers = np.concatenate([piece[2] for piece in pieces])
    if values.shape[0] >= _MOST_CONTRIBUTIONS:
        raise ShapeError(
            f"{values.shape[0]} contributions for {len(seeds)} seeds, at most {_MOST_CONTRIBUTIONS - 1}"
        )
    order, grouped = _grouped([piece[0] for piece in pieces], values.shape[0], len(parts.vocabulary))
    starts = group_starts(grouped)
    firsts = starts[:-1]
    return Blend(
        grouped.take(firsts).astype(np.int64),
        np.add.reduceat(values.take(order), firsts) if order.size else values[:0],
        parts.popular.scores,
        parts.serving.popularity_weight,
        values,
        givers,
        order,
        starts,
        sources,
    )


def _grouped(pieces: list[AnyArray], n: int, n_items: int) -> tuple[Positions, Keys]:
    """Group the n positions in pieces; padding, which is -1, is dropped.

    Returns
    -------
    order : ndarray of int64, shape (m,)
        Indices into the joined pieces.
    grouped : ndarray of unsigned integers, shape (m,)
        Positions in that order, ascending.
    """
    # A key holds the position above and the index below. Where both fit in 32 bits, they sort twice as fast.
    bits = n.bit_length()
    word = np.uint32 if n_items < 1 << (32 - bits) else np.uint64
    keys: Keys = np.concatenate(pieces, dtype=word, casting="unsafe")  # padding becomes the largest
    keys <<= word(bits)
    keys |= _counted(bits)[:n]
    keys.sort()
    if n and keys.item(-1) >= n_items << bits:
        keys = keys[: keys.searchsorted(word(n_items << bits))]
    order = (keys & word((1 << bits) - 1)).astype(np.int64)
    keys >>= word(bits)
    return order, keys


@lru_cache(maxsize=24)
def _counted(bits: int) -> NDArray[np.uint32]:
    """Return all numbers of so many bits."""
    return read_only(np.arange(1 << bits, dtype=np.uint32))


@lru_cache(maxsize=8)
def _from_nobody(n: int) -> tuple[Scores, Positions]:
    """Return the values and seeds of n contributions of nothing by nobody."""
    return read_only(np.zeros(n, dtype=np.float32)), read_only(np.full(n, -1))


def _contributions(
    parts: SnapshotParts, seeds: Seeds, overlay: Overlay | None
) -> tuple[list[tuple[AnyArray, Scores, Positions]], tuple[tuple[int, str], ...]]:
    head = parts.popular.order[: parts.serving.popular_candidates]
    pieces: list[tuple[AnyArray, Scores, Positions]] = [(head, *_from_nobody(head.shape[0]))]
    sources = [(0, "popularity")]
    first = head.shape[0]
    if len(seeds):
        for generator in parts.generators:
            given = generator.scorer.contributions(seeds)
            values = given.values if generator.weight == 1.0 else given.values * np.float32(generator.weight)
            pieces.append((given.positions, values, given.seeds))
            sources.append((first, generator.name))
            first += values.shape[0]
    live = overlay.transitions(seeds) if overlay is not None and len(seeds) else None
    if live is not None:
        pieces.append((live.positions, live.values.astype(np.float32, copy=False), live.seeds))
        sources.append((first, LIVE))
    return pieces, tuple(sources)
