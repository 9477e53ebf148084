"""The currencies of listings in memory: amounts of two are never compared, for the shop knows no rates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from server.features.search.columns import Columns, Rows

DEFAULT = "EUR"


def number_of(currency: str) -> int:
    """Return the number by which a currency stands in the columns: its three letters.

    >>> number_of("EUR")
    4543826
    """
    return int.from_bytes(currency.encode("ascii", "replace"), "big")


def currency_of(number: int) -> str:
    """Return the currency of a number.

    >>> currency_of(4543826)
    'EUR'
    """
    return number.to_bytes(3, "big").decode("ascii", "replace")


def is_mixed(columns: Columns) -> bool:
    """Whether there are prices that do not compare."""
    return len(columns.codes["currency"].ids) > 1


def count_currencies(columns: Columns, rows: Rows) -> dict[str, int]:
    """Count the currencies of some rows, the most frequent first."""
    numbers: Sequence[int] = columns.codes["currency"].ids
    if len(numbers) == 1:
        return {currency_of(numbers[0]): len(rows)}
    counts = np.bincount(columns["currency"][rows], minlength=len(numbers)).tolist()
    found = [(currency_of(number), count) for number, count in zip(numbers, counts, strict=True) if count]
    return dict(sorted(found, key=lambda entry: (-entry[1], entry[0])))


def main_currency(columns: Columns, counts: dict[str, int]) -> str:
    """Return the most frequent of the counted currencies; of nothing, one that the shop has."""
    numbers = columns.codes["currency"].ids
    return next(iter(counts), currency_of(numbers[0]) if numbers else DEFAULT)
