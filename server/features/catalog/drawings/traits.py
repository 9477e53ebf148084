"""Deterministic choices drawn from the name of a thing: same maker and model, same drawing, for ever."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def slugged(text: str) -> str:
    """Reduce a name to ``a-z0-9-``, so that a name and its slug give the same drawing and ids stay valid."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "x"


class Traits:
    """A finite well of choices: each call takes the next digits of a 512-bit hash in mixed radix."""

    __slots__ = ("_left",)

    def __init__(self, *names: str) -> None:
        digest = hashlib.blake2b("|".join(names).encode(), digest_size=64, person=b"jackdaw-draw-1").digest()
        self._left = int.from_bytes(digest, "big")

    def below(self, n: int) -> int:
        """A whole number in ``[0, n)``."""
        self._left, value = divmod(self._left, n)
        return value

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.below(len(options))]

    def chance(self, percent: int) -> bool:
        """True in ``percent`` of a hundred names."""
        return self.below(100) < percent

    def between(self, low: float, high: float) -> float:
        """A number in ``[low, high]`` on a grid of 33 steps: finer differences nobody sees."""
        return low + (high - low) * self.below(33) / 32
