"""What a shopper leans to, as a listing uses it; who knows shoppers is told elsewhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Shopper(NamedTuple):
    """Who asks, and whether their browser objects to being followed."""

    visitor_id: int | None = None
    objects: bool = False


class TurnedDown(NamedTuple):
    """What a shopper does not want to be shown: ids of listings, models, brands and categories."""

    items: tuple[int, ...] = ()
    models: tuple[int, ...] = ()
    brands: tuple[int, ...] = ()
    categories: tuple[int, ...] = ()


NOTHING_TURNED_DOWN = TurnedDown()


def none_of(product_ids: Ids) -> Mask:
    """Turn nothing down."""
    return np.zeros(len(product_ids), np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Leaning:
    """Listings that can be bought, with how much a shopper leans to each, and what is not to be shown at all.

    ``is_turned_down`` says the same of listings as ``turned_down`` says in words of the table.
    """

    product_ids: Ids
    strengths: NDArray[np.float32]
    turned_down: TurnedDown = NOTHING_TURNED_DOWN
    is_turned_down: Callable[[Ids], Mask] = none_of


NO_LEANING = Leaning(np.empty(0, np.int64), np.empty(0, np.float32))
FindLeaning = Callable[[Shopper, float], Awaitable[Leaning]]


async def nobody_known(_shopper: Shopper, _until_s: float) -> Leaning:
    """Lean to nothing."""
    return NO_LEANING


@dataclass(slots=True)
class Leanings:
    """The place where whoever knows shoppers says so; asked with a moment up to which to know them."""

    find: FindLeaning = nobody_known
