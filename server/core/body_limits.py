"""How long a request's body may be: bulk routes of programs take more than pages ever send."""

from __future__ import annotations

from typing import Any

from quart.wrappers import Request

MAX_BODY_BYTES = 64 * 1024
MAX_BULK_BODY_BYTES = 1024 * 1024
BULK_PATHS = frozenset({"/api/v1/feed/products", "/api/v1/feed/interactions"})


def body_limit(path: str) -> int:
    """Return how many bytes a body sent to this path may have."""
    return MAX_BULK_BODY_BYTES if path in BULK_PATHS else MAX_BODY_BYTES


class ShopRequest(Request):
    """A request whose body is collected up to the limit of its path, also when no length was declared."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.max_content_length = body_limit(self.path)
        self.body = self.body_class(self.content_length, self.max_content_length)
