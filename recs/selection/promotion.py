"""The gate between a challenger and the champion: who may serve, and how often that is a mistake.

Both rules compare the same people under both models and resample people, so what is hard for everybody
cancels out. A promotion that is not deserved happens in at most 5 % of decisions (`FALSE_PROMOTIONS`): each
rule tests one side at 2.5 %, and several challengers of one champion share that by Holm's correction. The
rest covers the error of the bootstrap itself on few people or rare hits; simulations in the tests check it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np

from recs.arrays import AnyArray, Floats
from recs.errors import ConfigurationError, EmptyInputError, ShapeError

FALSE_PROMOTIONS: Final = 0.05
"""The stated upper bound of the share of undeserved promotions."""

LEAST_USERS: Final = 30
"""With fewer people no interval is trusted: the champion stays."""

_SIDE: Final = FALSE_PROMOTIONS / 2
_RESAMPLES: Final = 2_000
_DRAWN_AT_ONCE: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of one challenger.

    Attributes
    ----------
    promoted : bool
    difference : float
        Mean of challenger minus champion over people; the unit of the metric.
    low, high : float
        95 % bootstrap interval of the difference.
    p_value : float in (0, 1]
        One-sided, of the rule's null hypothesis: "worse by the margin or more" for a refit, "not better" for
        a new configuration. Not corrected.
    level : float
        What `p_value` was held against: 0.025, divided by Holm's correction.
    users : int
    reason : str
        For a person.
    """

    promoted: bool
    difference: float
    low: float
    high: float
    p_value: float
    level: float
    users: int
    reason: str

    @property
    def clearly_worse(self) -> bool:
        """Whether the whole interval is below 0: the champion is better beyond chance."""
        return self.high < 0


def judge_refit(champion: AnyArray, challenger: AnyArray, *, seed: int, margin: float = 0.01) -> Verdict:
    """Judge the same configuration fitted anew: it must not be worse by more than a margin.

    Parameters
    ----------
    champion, challenger : array_like of float, shape (n_users,)
        A metric of the same people in the same order, such as nDCG@10; larger is better.
    seed : int
    margin : float, at least 0
        Share of the champion's mean that may be lost.

    Returns
    -------
    Verdict
        Promoted when the lower bound of the difference is above ``-margin * champion.mean()``. Equal models
        pass whatever the noise; with few people a noisy difference does not.

    Raises
    ------
    ShapeError, EmptyInputError, ConfigurationError
        Unequal lengths; no people; values that are not finite or a negative margin.

    Notes
    -----
    O(2000 * n_users). Paired bootstrap: Efron 1979; non-inferiority: Piaggio et al. 2012.
    """
    if not margin >= 0:
        raise ConfigurationError(f"margin must be at least 0, not {margin}")
    differences, base = _paired(champion, {"challenger": challenger})
    allowed = -margin * float(base.mean())
    means = _resampled(differences, seed=seed, resamples=_RESAMPLES)[0]
    p_value = _p_value(means, allowed, identical=not differences.any())
    enough = base.shape[0] >= LEAST_USERS
    return _verdict(
        differences[0],
        means,
        p_value,
        level=_SIDE,
        promoted=enough and p_value <= _SIDE,
        rule=f"must stay above {allowed:+.4f}",
    )


def judge_challengers(
    champion: AnyArray, challengers: Mapping[str, AnyArray], *, seed: int
) -> dict[str, Verdict]:
    """Judge new configurations: each must be better, and more so the more of them are tried.

    Parameters
    ----------
    champion : array_like of float, shape (n_users,)
    challengers : mapping of str to array_like of float, shape (n_users,)
        The same people in the same order.
    seed : int

    Returns
    -------
    dict of str to Verdict
        In the order of `challengers`. The chance that any challenger is promoted though none is better stays
        below `FALSE_PROMOTIONS`. Serve the promoted one with the largest difference.

    Raises
    ------
    ShapeError, EmptyInputError, ConfigurationError
        Unequal lengths; no people or no challengers; values that are not finite.

    Notes
    -----
    O(2000 * n_users * n_challengers), more resamples beyond 12 challengers so that the smallest level can be
    reached. Source: Holm 1979.
    """
    differences, base = _paired(champion, challengers)
    resamples = max(_RESAMPLES, ceil(4 * len(challengers) / _SIDE))
    means = _resampled(differences, seed=seed, resamples=resamples)
    p_values = [
        _p_value(row, 0.0, identical=False) if own.any() else 1.0
        for row, own in zip(means, differences, strict=True)
    ]
    levels, passed = _holm(p_values)
    enough = base.shape[0] >= LEAST_USERS
    return {
        name: _verdict(
            differences[index],
            means[index],
            p_values[index],
            level=levels[index],
            promoted=enough and passed[index],
            rule="must be above 0",
        )
        for index, name in enumerate(challengers)
    }


def _paired(champion: AnyArray, challengers: Mapping[str, AnyArray]) -> tuple[Floats, Floats]:
    base = np.asarray(champion, dtype=np.float64)
    if base.ndim != 1 or base.size == 0 or not challengers:
        raise EmptyInputError(f"{len(challengers)} challengers on {base.size} people: nothing to judge by")
    rows = []
    for name, values in challengers.items():
        own = np.asarray(values, dtype=np.float64)
        if own.shape != base.shape:
            raise ShapeError(f"{name} has shape {own.shape}, the champion {base.shape}: other people")
        if not np.isfinite(own).all() or not np.isfinite(base).all():
            raise ConfigurationError(f"{name} or the champion has values that are not finite")
        rows.append(own - base)
    return np.stack(rows), base


def _resampled(differences: Floats, *, seed: int, resamples: int) -> Floats:
    """Return means under resampling of people, shape (n_challengers, resamples); one draw serves all."""
    rng = np.random.default_rng(seed)
    n_users = differences.shape[1]
    step = max(1, _DRAWN_AT_ONCE // n_users)
    parts = []
    for start in range(0, resamples, step):
        drawn = rng.integers(0, n_users, (min(step, resamples - start), n_users), dtype=np.int32)
        parts.append(np.stack([own[drawn].mean(axis=1) for own in differences]))
    return np.concatenate(parts, axis=1)


def _p_value(means: Floats, bound: float, *, identical: bool) -> float:
    against = 0 if identical else int(np.count_nonzero(means <= bound))
    return float(1 + against) / float(means.shape[0] + 1)


def _holm(p_values: list[float]) -> tuple[list[float], list[bool]]:
    levels, passed = [0.0] * len(p_values), [False] * len(p_values)
    open_gate = True
    for rank, index in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        levels[index] = _SIDE / (len(p_values) - rank)
        open_gate = open_gate and p_values[index] <= levels[index]
        passed[index] = open_gate
    return levels, passed


def _verdict(
    differences: Floats, means: Floats, p_value: float, *, level: float, promoted: bool, rule: str
) -> Verdict:
    low, high = np.percentile(means, [2.5, 97.5]).tolist()
    n_users = int(differences.shape[0])
    mean = float(differences.mean())
    if n_users < LEAST_USERS:
        reason = f"Only {n_users} people to judge by, {LEAST_USERS} are needed."
    else:
        reason = (
            f"Differs by {mean:+.4f} ({low:+.4f} to {high:+.4f}) on {n_users} people; {rule}: "
            f"p = {p_value:.4f}, limit {level:.4f}."
        )
    return Verdict(promoted, mean, low, high, p_value, level, n_users, reason)
