"""What a program may be allowed to do, and the names that namespaces have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

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
