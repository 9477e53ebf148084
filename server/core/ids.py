"""Time-ordered unique ids and the wire form of row ids."""

from __future__ import annotations

import os
import time
import uuid

MAX_BIGINT = 2**63 - 1
MAX_DIGITS = 19


def uuid7() -> uuid.UUID:
    """Return a UUID of version 7 (RFC 9562): 48 bits of milliseconds, then randomness."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def row_id(text: str) -> int | None:
    """Read a row id from the wire; ``None`` when it cannot name a row."""
    if not (text.isascii() and text.isdigit()) or len(text) > MAX_DIGITS:
        return None
    value = int(text)
    return value if 0 < value <= MAX_BIGINT else None
