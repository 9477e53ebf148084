"""What a program may be allowed to do, and what it sends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple, get_args

from server.core.money import EXPONENTS

Scope = Literal["feed:products", "feed:interactions", "feed:recommendations"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
PRODUCTS: Scope = "feed:products"
INTERACTIONS: Scope = "feed:interactions"
RECOMMENDATIONS: Scope = "feed:recommendations"
NAMESPACE_PATTERN = re.compile(r"^[a-z0-9][a-z0-9-]{0,62}\Z")


@dataclass(frozen=True, slots=True)
class TokenOrder:
    """A token that somebody asks for."""

    name: str
    namespace: str
    scopes: tuple[str, ...]
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ServiceToken:
    """What is known of an issued token; the token itself is known to its owner alone."""

    id: int
    name: str
    namespace: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


class RowError(NamedTuple):
    """Why a row of a batch, by its index, was left out; an empty ``field`` means the whole row."""

    row: int
    field: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Batch:
    """One request in bulk, as it is kept."""

    id: int
    kind: Literal["products", "interactions"]
    status: Literal["pending", "done", "failed"]
    received_at: datetime
    done_at: datetime | None
    rows_count: int
    accepted_count: int
    duplicates_count: int
    errors: tuple[RowError, ...]


@dataclass(frozen=True, slots=True)
class FeedProduct:
    """A product of another shop; ``external_id`` is that shop's own name for it."""

    id: int
    external_id: str
    title: str
    category: str
    brand: str
    price_minor: int | None
    currency: str | None
    stock: int | None
    url: str | None
    image_url: str | None
    attributes: dict[str, Any]
    listed_at: datetime
    updated_at: datetime
    withdrawn_at: datetime | None

    @property
    def is_buyable(self) -> bool:
        """Whether it may be recommended: still offered, and not known to be out of stock."""
        return self.withdrawn_at is None and self.stock != 0


def minor_units(amount: str, currency: str) -> int:
    """Read an exact amount.

    >>> minor_units("129.9", "EUR"), minor_units("1200", "JPY")
    (12990, 1200)

    Raises
    ------
    ValueError
        More decimals than the currency has.
    """
    whole, _, fraction = amount.partition(".")
    decimals = EXPONENTS.get(currency, 2)
    if len(fraction.rstrip("0")) > decimals:
        raise ValueError(f"{currency} has {decimals} decimals")
    return int(whole + fraction[:decimals].ljust(decimals, "0"))
