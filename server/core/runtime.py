"""What a running worker consists of, and how a route reaches it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from quart import current_app

from server.core.clock import Clock, SystemClock
from server.core.database import Database, Listener
from server.core.events import EventBus
from server.core.limits import RateLimiter
from server.core.pagination import CursorCodec
from server.core.session_cache import SessionCache
from server.settings import Settings

EXTENSION = "jackdaw"


@dataclass(slots=True)
class Runtime:
    """The shared parts of one worker; features keep their own in ``app.extensions``."""

    settings: Settings
    database: Database
    listener: Listener
    clock: Clock = field(default_factory=SystemClock)
    bus: EventBus = field(default_factory=EventBus)
    sessions: SessionCache = field(default_factory=SessionCache)
    reads: RateLimiter = field(default_factory=lambda: RateLimiter(6_000))
    events: RateLimiter = field(default_factory=lambda: RateLimiter(600))
    writes: RateLimiter = field(default_factory=lambda: RateLimiter(600))
    cursors: CursorCodec = field(default_factory=lambda: CursorCodec(b""))
    is_draining: bool = False


def runtime() -> Runtime:
    """Return the runtime of the application that handles the current request."""
    return cast("Runtime", current_app.extensions[EXTENSION])
