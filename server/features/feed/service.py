"""What the rest of the shop may use of the feed."""

from __future__ import annotations

from server.features.feed.domain import NAMESPACE_PATTERN, SCOPES, ServiceToken, TokenOrder
from server.features.feed.token_queries import select_tokens
from server.features.feed.tokens import issue as issue_token
from server.features.feed.tokens import revoke as revoke_token
from server.features.feed.worker import create_feed

__all__ = [
    "NAMESPACE_PATTERN",
    "SCOPES",
    "ServiceToken",
    "TokenOrder",
    "create_feed",
    "issue_token",
    "revoke_token",
    "select_tokens",
]
