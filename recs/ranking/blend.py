"""Blending: what all generators give for a history, summed per candidate, the best found first."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from recs.arrays import AnyArray, Positions, Scores, read_only
from recs.candidates.base import Contributions
from recs.errors import ShapeError
from recs.history import NO_SEEDS, Seeds, group_starts
from recs.overlay import Overlay
from recs.parts import SnapshotParts
from recs.ranking.order import best_first

Keys: TypeAlias = NDArray[np.unsignedinteger[Any]]

LIVE: Final = "live"

_MOST_CONTRIBUTIONS: Final = 1 << 20  # more than ten generators give for a hundred seeds
_ROUNDING: Final = 1e-6  # of float32 sums, relative
_DEEPER: Final = 4  # times as many candidates are sorted for who has looked at the likely ones in vain


class Source(NamedTuple):
    """Who gave a run of contributions: one generator, or several whose sums were made in advance.

    Attributes
    ----------
    first : int
        Its first contribution.
    names : tuple of str
        Of generators.
    strongest : ndarray of uint8, shape (n_items, k), or None
        As of `BlendedNeighbours`; None for one generator.
    rows : ndarray of int64, shape (n_seeds,)
        Positions of the seeds, each of which gave as many contributions as `width`.
    width : int
    """

    first: int
    names: tuple[str, ...]
    strongest: NDArray[np.uint8] | None = None
    rows: Positions = NO_SEEDS.positions
    width: int = 0

    def name_of(self, contribution: int) -> str:
        """Return the generator that gave most of a contribution."""
        if self.strongest is None:
            return self.names[0]
        row, column = divmod(contribution - self.first, self.width)
        return self.names[self.strongest.item(self.rows.item(row), column)]


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
        What one seed gives one candidate, grouped by candidate.
    seeds : ndarray of int64, shape (n_contributions,)
        Index of that seed, in the same order; -1 for none (popular candidates).
    order : ndarray of int64, shape (n_contributions,)
        Places of the contributions in the order in which they were given.
    starts : ndarray of int64, shape (n_candidates + 1,)
        Candidate ``c`` owns ``values[starts[c]:starts[c + 1]]``.
    sources : tuple of Source
        Who gave the contributions, in the order in which they were given.
    """

    positions: Positions
    support: Scores
    popularity: Scores
    popularity_weight: float
    values: Scores
    seeds: Positions
    order: Positions
    starts: Positions
    sources: tuple[Source, ...]

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
            ranked = self.support.copy()
            ranked.partition(last)
            bound = ranked.item(last)
            least = bound - self.popularity_weight - _ROUNDING * (abs(bound) + self.popularity_weight)
            contenders = (self.support >= least).nonzero()[0]
            yield contenders.take(best_first(self.scores_of(contenders))[known:likely])
            known, likely = likely, likely * _DEEPER
        yield best_first(self.scores)[known:]

    def generator_of(self, contribution: int) -> str:
        """Return the name of the generator that gave a contribution, by its place in what was given."""
        for source in reversed(self.sources):
            if contribution >= source.first:
                return source.name_of(contribution)
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
    values = values.take(order)
    starts = group_starts(grouped)
    firsts = starts[:-1]
    return Blend(
        grouped.take(firsts).astype(np.int64),
        np.add.reduceat(values, firsts) if order.size else values,
        parts.popular.scores,
        parts.serving.popularity_weight,
        values,
        givers.take(order),
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
) -> tuple[list[tuple[AnyArray, Scores, Positions]], tuple[Source, ...]]:
    head = parts.popular.order[: parts.serving.popular_candidates]
    pieces: list[tuple[AnyArray, Scores, Positions]] = [(head, *_from_nobody(head.shape[0]))]
    sources = [Source(0, ("popularity",))]
    if len(seeds) == 0:
        return pieces, tuple(sources)
    first = head.shape[0]
    for given, source in _given(parts, seeds):
        pieces.append(given)
        sources.append(source._replace(first=first))
        first += given.values.shape[0]
    live = overlay.transitions(seeds) if overlay is not None else None
    if live is not None:
        pieces.append((live.positions, live.values.astype(np.float32, copy=False), live.seeds))
        sources.append(Source(first, (LIVE,)))
    return pieces, tuple(sources)


def _given(parts: SnapshotParts, seeds: Seeds) -> Iterator[tuple[Contributions, Source]]:
    """Ask the generators: all at once where their sums were made in advance, else one by one."""
    blended = parts.blended
    if blended is not None:
        given = blended.table.contributions(seeds, parts.serving.neighbours_heard(len(seeds), 1))
        names = tuple([generator.name for generator in parts.generators])
        width = given.values.shape[0] // len(seeds)
        yield given, Source(0, names, blended.strongest, seeds.positions, width)
        return
    most = parts.serving.neighbours_heard(len(seeds), len(parts.generators))
    for generator in parts.generators:
        given = generator.scorer.contributions(seeds, most)
        if generator.weight != 1.0:
            given = given._replace(values=given.values * np.float32(generator.weight))
        yield given, Source(0, (generator.name,))
