"""Slate ids that prove themselves: UUIDs of version 7 whose last 32 bits are a signature.

So any worker can tell, without asking anyone, whether an event's ``slateId`` names a slate of this shop.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import random
import time

MAX_AGE_MS = 14 * 86_400_000
_SIGNED_BYTES = 12
_VERSION = 0x7 << 76
_VARIANT = 0x2 << 62
_RANDOM_BITS = ((1 << 12) - 1) << 64 | ((1 << 30) - 1) << 32


class SlateIds:
    """Makes and checks slate ids with a key derived from the shop's secret."""

    def __init__(self, secret: bytes) -> None:
        self._key = hmac.digest(secret, b"jackdaw slate", "sha256")
        # Ids must differ, not be secret: a generator seeded by the system saves a system call per slate.
        self._random = random.Random(os.urandom(32))  # noqa: S311

    def make(self) -> str:
        """Return a new id: 48 bits of milliseconds, 42 of randomness, 32 of signature."""
        value = (
            (time.time_ns() // 1_000_000) << 80
            | _VERSION
            | _VARIANT
            | self._random.getrandbits(128) & _RANDOM_BITS
        )
        head = (value >> 32).to_bytes(_SIGNED_BYTES)
        text = (head + self._sign(head)).hex()
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    def is_genuine(self, slate_id: str, now_ms: int) -> bool:
        """Whether this shop made the id within the fortnight that slates are kept."""
        try:
            raw = bytes.fromhex(slate_id.replace("-", ""))
        except ValueError:
            return False
        if len(raw) != 16 or now_ms - int.from_bytes(raw[:6]) > MAX_AGE_MS:
            return False
        return hmac.compare_digest(raw[_SIGNED_BYTES:], self._sign(raw[:_SIGNED_BYTES]))

    def _sign(self, head: bytes) -> bytes:
        return hashlib.blake2b(head, digest_size=4, key=self._key).digest()
