"""Keeps a few visitors from deciding what everybody is shown: bounds on what an interaction counts.

Three bounds, each on training alone; what a visitor did is still known to their own slates:

1. The same thing that a visitor does with the same product on the same day counts once.
2. A day of one visitor counts as much as a hundred interactions, however many there are.
3. Visitors who are new to the shop can lift a product as far as those who are known to it do. Where more
   newcomers turn to a product than its known visitors explain, the surplus fades; where it is almost twice as
   many, the product is pushed, and those newcomers do not count at all: what else they did is how made-up
   profiles borrow the company of popular products. Known visitors then speak for as many newcomers as usual,
   or pushing somebody else's product would bury it.

Known is who bought something, or came back after a fortnight: money or patience, which a flood of made-up
profiles has not. Whoever has them is not stopped here. A campaign that sends many strangers to one product
looks the same and counts from their first purchase or their return.

Memory beyond the table itself: one code per row, a few numbers per visitor and product, and a sixteenth of
the rows at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from recs import Event

DAY_S = 86_400.0
MAX_PER_DAY = 100
KNOWN_AFTER_S = 14 * DAY_S
# With fewer known visitors nobody can tell what is usual.
LEAST_KNOWN = 30
# What is usual is an estimate from few visitors: one more than counted, and one and a half times the error of
# a count, before a product seems pushed. In simulations of a clean log this costs no accuracy beyond noise.
SPARE_VISITORS = 1.0
SPARE_ERRORS = 1.5
# The share of a product's newcomers that is explained, below which the product is pushed. Fading alone would
# let made-up profiles bury a product instead: what they leave dilutes what is true of it.
PUSHED_BELOW = 0.55
# Nor is a product pushed by so few that chance explains them: three errors of a count, and three more.
CHANCE_ERRORS, CHANCE_VISITORS = 3.0, 3.0
# So many at once are no few who push: tastes have changed, or the shop has a new public.
MAX_DOUBTED_SHARE = 0.1
_PARTS = 16
_EVENTS = 16

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SetAside:
    """What the bounds took out of a window."""

    repeated: int = 0
    own_listings: int = 0
    flooded: int = 0
    """Interactions of visitor-days beyond the bound, which count for less."""
    doubted: int = 0
    """Newcomers to pushed products, who do not count."""


def defended(interactions: pd.DataFrame, own: Mask | None = None) -> tuple[pd.DataFrame, SetAside]:
    """Return the interactions that count and what they count; ``own`` marks owners at their own listings."""
    table = _Table.of(interactions)
    if own is not None:
        table.kept &= ~own
    n_own = len(interactions) - int(table.kept.sum())
    n_repeated = n_flooded = 0
    for rows in table.parts():
        n_repeated += _count_once(table, rows)
        n_flooded += _bound_days(table, rows[table.kept[rows]])
    n_doubted = _bound_newcomers(table)
    counted = interactions.assign(weight=table.weights)[table.kept].reset_index(drop=True)
    return counted, SetAside(n_repeated, n_own, n_flooded, n_doubted)


@dataclass(slots=True, eq=False)
class _Table:
    """The columns of a window by codes; ``kept`` and ``weights`` are what the bounds change."""

    users: NDArray[np.int32]
    items: NDArray[np.int32]
    n_users: int
    n_items: int
    times: Floats
    events: NDArray[np.uint8]
    weights: NDArray[np.float32]
    kept: Mask

    @classmethod
    def of(cls, interactions: pd.DataFrame) -> _Table:
        users, user_ids = pd.factorize(interactions["user_id"])
        items, item_ids = pd.factorize(interactions["item_id"])
        return cls(
            users.astype(np.int32),
            items.astype(np.int32),
            len(user_ids),
            len(item_ids),
            interactions["timestamp"].to_numpy(),
            interactions["event"].to_numpy(),
            interactions["weight"].to_numpy(dtype=np.float32, copy=True),
            np.ones(len(interactions), dtype=np.bool_),
        )

    def parts(self) -> Iterator[Integers]:
        """Yield the kept rows of some visitors after the other, each visitor's in one part."""
        for part in range(_PARTS):
            yield np.flatnonzero((self.users % _PARTS == part) & self.kept)

    def days(self, rows: Integers) -> Integers:
        """Return the UTC day of each row."""
        days: Integers = np.floor(self.times[rows] / DAY_S).astype(np.int64)
        return days


def _count_once(table: _Table, rows: Integers) -> int:
    """Keep the first of what a visitor did with a product on a day, by kind; return how many go."""
    rows = rows[np.argsort(table.times[rows], kind="stable")]
    days = table.days(rows)
    days -= days.min() if len(days) else 0
    kinds = days * _EVENTS + table.events[rows]
    pairs = table.users[rows].astype(np.int64) * table.n_items + table.items[rows]
    same = pd.Series(pairs * (int(kinds.max(initial=0)) + 1) + kinds).duplicated()
    repeated = rows[same.to_numpy()]
    table.kept[repeated] = False
    return len(repeated)


def _bound_days(table: _Table, rows: Integers) -> int:
    """Let every visitor-day count as `MAX_PER_DAY` interactions at most; return how many count for less."""
    codes, days = pd.factorize(table.users[rows] * np.int64(1_000_000) + table.days(rows))
    per_day = np.bincount(codes, minlength=len(days))[codes]
    flooded = per_day > MAX_PER_DAY
    table.weights[rows[flooded]] *= (MAX_PER_DAY / per_day[flooded]).astype(np.float32)
    return int(flooded.sum())


def _bound_newcomers(table: _Table) -> int:
    """Let newcomers lift a product as far as known visitors explain; return how many do not count."""
    known = _known(table)
    if np.count_nonzero(known) < LEAST_KNOWN:
        return 0
    counted, expected, usual = _newcomers(table, known)
    explained = np.minimum(1.0, expected / np.maximum(counted, 1.0))
    by_chance = expected + CHANCE_ERRORS * np.sqrt(expected) + CHANCE_VISITORS
    is_pushed = (explained < PUSHED_BELOW) & (counted > by_chance)
    newcomers = np.flatnonzero(table.kept & ~known[table.users])
    is_doubted = np.zeros(table.n_users, dtype=np.bool_)
    is_doubted[table.users[newcomers[is_pushed[table.items[newcomers]]]]] = True
    if np.count_nonzero(is_doubted) > MAX_DOUBTED_SHARE * table.n_users:
        return 0
    _scale(table, newcomers, explained[table.items[newcomers]])
    table.kept &= ~is_doubted[table.users]
    _scale(table, np.flatnonzero(table.kept & is_pushed[table.items]), 1.0 + usual)
    return int(np.count_nonzero(is_doubted))


def _scale(table: _Table, rows: Integers, factors: Floats | float) -> None:
    """Let rows count so many times as much: what counts in the end is the logarithm of a weight."""
    table.weights[rows] = np.expm1(factors * np.log1p(table.weights[rows]))


def _known(table: _Table) -> Mask:
    """Tell who bought something or came back after a fortnight."""
    first, last = np.full(table.n_users, np.inf), np.full(table.n_users, -np.inf)
    rows = np.flatnonzero(table.kept)
    np.minimum.at(first, table.users[rows], table.times[rows])
    np.maximum.at(last, table.users[rows], table.times[rows])
    known: Mask = np.subtract(last, first, where=np.isfinite(last), out=np.zeros_like(last)) >= KNOWN_AFTER_S
    known[table.users[rows[table.events[rows] == int(Event.PURCHASE)]]] = True
    return known


def _newcomers(table: _Table, known: Mask) -> tuple[Floats, Floats, float]:
    """Return the newcomers to each product, how many known visitors explain, and the usual ratio of both."""
    by_known, by_newcomers = np.zeros(table.n_items), np.zeros(table.n_items)
    for rows in table.parts():
        pairs = pd.unique(table.users[rows].astype(np.int64) * table.n_items + table.items[rows])
        is_known = known[pairs // table.n_items]
        items = pairs % table.n_items
        by_known += np.bincount(items[is_known], minlength=table.n_items)
        by_newcomers += np.bincount(items[~is_known], minlength=table.n_items)
    usual = float(by_newcomers.sum() / max(by_known.sum(), 1.0))
    expected: Floats = usual * (by_known + SPARE_VISITORS + SPARE_ERRORS * np.sqrt(by_known))
    return by_newcomers, expected, usual
