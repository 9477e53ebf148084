"""Slots that are given by chance, with the probability written down."""

from dataclasses import dataclass

import numpy as np

from recs.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Exploration:
    """A request to give the last places of a slate to items that little is known about.

    Parameters
    ----------
    slots : int, at least 0
        So many last places explore.
    seed : int
        The same seed explores the same items: derive it from the visitor and the hour, for example.
    pool : int, at least 1
        The draw is uniform among so many of the newest eligible items outside the slate.
    """

    slots: int
    seed: int
    pool: int = 50

    def __post_init__(self) -> None:
        if self.slots < 0 or self.pool < 1 or self.seed < 0:
            raise ConfigurationError(f"slots and seed must be at least 0 and pool at least 1, not {self}")


def drawn(pool: list[int], exploration: Exploration) -> tuple[list[int], float]:
    """Draw distinct items uniformly.

    Parameters
    ----------
    pool : list of int
        Positions; not empty.
    exploration : Exploration

    Returns
    -------
    positions : list of int
        At most ``exploration.slots``, in the order drawn.
    propensity : float
        Probability that a given item of the pool stands in a given one of these places: ``1 / len(pool)``.

    Notes
    -----
    O(len(pool)).
    """
    rng = np.random.default_rng(exploration.seed)
    chosen = rng.permutation(len(pool))[: exploration.slots]
    return [pool[index] for index in chosen.tolist()], 1.0 / len(pool)
