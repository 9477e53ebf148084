"""Keyset pages: opaque signed cursors and the limit of a page."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence

import orjson

from server.core.problems import Invalid, Malformed

DEFAULT_LIMIT = 24
MAX_LIMIT = 100
SIGNATURE_BYTES = 8
MAX_CURSOR_CHARACTERS = 512

SortValue = float | int | str | None


class CursorCodec:
    """Signs and reads cursors, so that a forged or foreign one is refused, never executed."""

    def __init__(self, secret: bytes) -> None:
        self._key = hmac.digest(secret, b"jackdaw cursor", "sha256")  # 32 bytes, which BLAKE2b takes as a key

    def encode(self, context: str, values: Sequence[SortValue]) -> str:
        """Seal the sort values of the last row; ``context`` names list, order and filters."""
        payload = orjson.dumps(values)
        return base64.urlsafe_b64encode(self._sign(context, payload) + payload).rstrip(b"=").decode()

    def decode(self, context: str, cursor: str) -> list[SortValue]:
        """Open a cursor of the same context.

        Raises
        ------
        Malformed
            Forged, truncated, or made for another list, order or filter.
        """
        try:
            if len(cursor) > MAX_CURSOR_CHARACTERS:
                raise ValueError(cursor)
            sealed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
            signature, payload = sealed[:SIGNATURE_BYTES], sealed[SIGNATURE_BYTES:]
            if not hmac.compare_digest(signature, self._sign(context, payload)):
                raise ValueError(cursor)
            values: list[SortValue] = orjson.loads(payload)
        except (ValueError, binascii.Error) as error:
            raise Malformed("The cursor does not belong to this list.", code="cursor.invalid") from error
        return values

    def _sign(self, context: str, payload: bytes) -> bytes:
        message = context.encode() + b"\x00" + payload
        return hashlib.blake2b(message, key=self._key, digest_size=SIGNATURE_BYTES).digest()


def page_limit(text: str | None) -> int:
    """Read ``limit``: 24 when absent, 100 at most.

    Raises
    ------
    Invalid
        Not a whole number from 1 to 100.
    """
    if text is None or text == "":
        return DEFAULT_LIMIT
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= MAX_LIMIT):
        raise Invalid(f"limit must be a whole number from 1 to {MAX_LIMIT}.", code="limit.out_of_range")
    return int(text)
