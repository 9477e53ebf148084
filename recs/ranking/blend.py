"""Blending: what all generators give for a history, summed per candidate and ranked once."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from recs.arrays import AnyArray, Positions, Scores
from recs.errors import ShapeError
from recs.history import Seeds, group_starts
from recs.overlay import Overlay
from recs.parts import SnapshotParts
from recs.ranking.order import best_first

LIVE: Final = "live"

# A key holds the position above and the index of the contribution below: 2**20 contributions are more than
# ten generators give for a hundred seeds.
_INDEX_BITS: Final = 20
_INDEX_MASK: Final = (1 << _INDEX_BITS) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Blend:
    """Scored candidates of one history, with every contribution kept for reasons.

    Attributes
    ----------
    positions : ndarray of int64, shape (n_candidates,)
        Distinct, ascending.
    scores : ndarray of float32, shape (n_candidates,)
        ``support + popularity``.
    support : ndarray of float32, shape (n_candidates,)
        Sum of what seeds give.
    ranked : ndarray of int64, shape (n_candidates,)
        Indices into the above, best first, ties by position.
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
    scores: Scores
    support: Scores
    ranked: Positions
    values: Scores
    seeds: Positions
    order: Positions
    starts: Positions
    sources: tuple[tuple[int, str], ...]

    def generator_of(self, contribution: int) -> str:
        """Return the name of the generator that gave a contribution."""
        for first, source in reversed(self.sources):
            if contribution >= first:
                return source
        raise IndexError(contribution)


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
    flat = np.concatenate([piece[0] for piece in pieces], dtype=np.int64)
    values = np.concatenate([piece[1] for piece in pieces])
    givers = np.concatenate([piece[2] for piece in pieces])
    if flat.shape[0] > _INDEX_MASK:
        raise ShapeError(f"{flat.shape[0]} contributions for {len(seeds)} seeds, at most {_INDEX_MASK}")
    keys = (flat << _INDEX_BITS) | np.arange(flat.shape[0])
    keys.sort()
    keys = keys[keys.searchsorted(0) :]  # padding has position -1 and sorts first
    order = keys & _INDEX_MASK
    keys >>= _INDEX_BITS
    starts = group_starts(keys)
    positions = keys[starts[:-1]]
    support = np.add.reduceat(values[order], starts[:-1]) if order.size else values[:0]
    scores = parts.popular.scores[positions]
    scores *= parts.serving.popularity_weight
    scores += support
    return Blend(positions, scores, support, best_first(scores), values, givers, order, starts, sources)


def _contributions(
    parts: SnapshotParts, seeds: Seeds, overlay: Overlay | None
) -> tuple[list[tuple[AnyArray, Scores, Positions]], tuple[tuple[int, str], ...]]:
    head = parts.popular.order[: parts.serving.popular_candidates]
    pieces: list[tuple[AnyArray, Scores, Positions]] = [
        (head, np.zeros(head.shape[0], dtype=np.float32), np.full(head.shape[0], -1))
    ]
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
