"""Sessions seen in the last 30 seconds, so that a request costs no look-up; revocations empty it at once."""

from __future__ import annotations

import time
from collections import OrderedDict

from server.core.principal import Principal

TTL_S = 30.0
# How long a session that cannot be looked up is believed, and until when before it is tried again.
MAX_STALE_S = 3_600.0
RETRY_S = 2.0
MAX_ENTRIES = 50_000
REVOKED_CHANNEL = "jackdaw_sessions"


class SessionCache:
    """Token hash -> principal, for 30 seconds. Also remembers hashes that name no session."""

    def __init__(self, ttl_s: float = TTL_S, max_entries: int = MAX_ENTRIES) -> None:
        self._ttl_s = ttl_s
        self._max_entries = max_entries
        # Until when it is good, for whom, and when it was looked up.
        self._entries: OrderedDict[bytes, tuple[float, Principal | None, float]] = OrderedDict()

    def get(self, token_hash: bytes) -> tuple[bool, Principal | None]:
        """Return (known, principal); an entry past its time is unknown."""
        entry = self._entries.get(token_hash)
        if entry is None or entry[0] < time.monotonic():
            return False, None
        return True, entry[1]

    def stale(self, token_hash: bytes) -> tuple[bool, Principal | None]:
        """Return (known, principal) past the usual time, for moments without a database.

        A revocation that has arrived wins: it took the entry away. It then serves two seconds more, so
        that not every request has to find out again that nobody answers.
        """
        entry = self._entries.get(token_hash)
        now = time.monotonic()
        if entry is None or entry[1] is None or now > entry[2] + MAX_STALE_S:
            return False, None
        self._entries[token_hash] = (now + RETRY_S, entry[1], entry[2])
        return True, entry[1]

    def put(self, token_hash: bytes, principal: Principal | None) -> None:
        """Remember one look-up."""
        now = time.monotonic()
        self._entries[token_hash] = (now + self._ttl_s, principal, now)
        if len(self._entries) > self._max_entries:
            self._entries.popitem(last=False)

    def forget(self, token_hash: bytes) -> None:
        """Drop one session, because it was revoked or changed."""
        self._entries.pop(token_hash, None)

    def receive(self, payload: str) -> None:
        """Take a notification: the hex hash of a session that changed somewhere."""
        self.forget(bytes.fromhex(payload))

    def clear(self) -> None:
        """Drop everything, because notifications may have been missed."""
        self._entries.clear()
