"""Chance by name: a number that depends on nothing but its key, whoever asks and in whatever order."""

from __future__ import annotations

from hashlib import blake2b
from statistics import NormalDist

_NORMAL = NormalDist()
_SEPARATOR = "\x1f"


def unit(*key: object) -> float:
    """Return a uniform number in (0, 1).

    >>> unit(7, "a") == unit(7, "a"), unit(7, "a") == unit(7, "b")
    (True, False)
    """
    return _fraction(blake2b(_SEPARATOR.join(map(str, key)).encode(), digest_size=8).digest())


def normal(*key: object) -> float:
    """Return a standard normal number.

    >>> round(sum(normal(i) for i in range(2000)) / 2000, 1)
    0.0
    """
    return _NORMAL.inv_cdf(unit(*key))


class Dice:
    """Many numbers that share the first part of their key."""

    __slots__ = ("_hash",)

    def __init__(self, *key: object) -> None:
        self._hash = blake2b((_SEPARATOR.join(map(str, key)) + _SEPARATOR).encode(), digest_size=8)

    def unit(self, name: str) -> float:
        """Return a uniform number in (0, 1).

        >>> Dice(7, "a").unit("b") == unit(7, "a", "b")
        True
        """
        copy = self._hash.copy()
        copy.update(name.encode())
        return _fraction(copy.digest())


def _fraction(digest: bytes) -> float:
    return ((int.from_bytes(digest, "big") >> 11) + 0.5) * 2.0**-53
